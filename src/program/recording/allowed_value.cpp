#include "recording/allowed_value.hpp"

#include "text/ascii.hpp"

#include <applivery/build_json.hpp>
#include <applivery/open_enum.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <regex>
#include <set>
#include <string>
#include <utility>

namespace applivery::program {
namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

bool consistsOf(std::string_view text, const std::string& characters, std::size_t maxLength) {
    return !text.empty() && text.size() <= maxLength && text.find_first_not_of(characters) == std::string_view::npos;
}

template <std::size_t count>
bool isOneOf(std::string_view text, const std::array<std::string_view, count>& texts) {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

// Removes line breaks at the end, with which some uploaders end texts. In JSON, a line break is an escape sequence.
std::string_view withoutLineBreak(std::string_view text) {
    while (text.size() >= 2 && (text.substr(text.size() - 2) == "\\n" || text.substr(text.size() - 2) == "\\r")) {
        text.remove_suffix(2);
    }
    return text;
}

bool isExtension(std::string_view text) {
    constexpr std::array<std::string_view, 10> extensions{"ipa", "apk",  "aab", "app", "pkg",
                                                          "dmg", "msix", "msi", "exe", "nsp"};
    return isOneOf(text, extensions);
}

// The error messages that the service's documentation quotes.
bool isSentence(std::string_view text) {
    constexpr std::array<std::string_view, 8> sentences{"No auth token",  "Invalid Token",    "Forbidden",
                                                        "Not found",      "Entity not found", "Route not found",
                                                        "Internal error", "Limit exceeded"};
    return isOneOf(text, sentences);
}

// Accepts unknown words too, but no capital, hyphen or colon, which a name may have.
bool isWord(std::string_view text) {
    constexpr std::size_t maxLength = 16;
    return consistsOf(text, "abcdefghijklmnopqrstuvwxyz_", maxLength);
}

bool isPlatform(std::string_view text) {
    constexpr std::array<std::string_view, 4> consoles{"ps4", "ps5", "xbox-one", "xbox-series"};
    return isWord(text) || isOneOf(text, consoles);
}

bool isSigning(std::string_view text) {
    return isWord(text) || enumFromText<SigningType>(text) || text == "in-house";
}

bool isSort(std::string_view text) {
    const std::size_t colon = std::min(text.find(':'), text.size());
    const std::string_view order = text.substr(colon);
    if (!order.empty() && order != ":asc" && order != ":desc") return false;
    std::string_view field = text.substr(0, colon);
    if (!field.empty() && field.front() == '-') field.remove_prefix(1);
    return isOfSchema(field);
}

// Rejects longer texts: std::regex uses recursion, whose depth grows with the text.
bool isLike(std::string_view text, const std::regex& expression) {
    constexpr std::size_t maxLength = 32;
    return text.size() <= maxLength && std::regex_match(text.begin(), text.end(), expression);
}

bool isCode(std::string_view text) {
    static const std::regex code("[A-Z_]{0,8}-?[0-9]{1,6}");
    return isLike(text, code);
}

// Rejects what may be a telephone number or an IP address.
bool isVersion(std::string_view text) {
    static const std::string word = "(alpha|beta|rc|dev|pre|preview|snapshot|release|debug|final)";
    static const std::regex version(
        "v?[0-9]+([.][0-9]+)*([-+. ]?" + word + "([-.]?[0-9]+([-.][0-9]+)*)?)*|" + word + "[-. ]?[0-9]+",
        std::regex::icase);
    static const std::regex identifying("[0-9]{11}|(^|[^0-9])[0-9]{1,3}([-.][0-9]{1,3}){3}");
    return isLike(text, version) && !std::regex_search(text.begin(), text.end(), identifying);
}

// Accepts ISO 8601, and seconds or milliseconds since 1970 for times from 2001 to 2033.
bool isTime(std::string_view text) {
    static const std::regex time(
        "[0-9]{4}-[0-9]{2}-[0-9]{2}([T ]([0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)?)?)?"
        "(Z|[-+][0-9]{2}:?[0-9]{2})?|1[0-9]{9}([0-9]{3})?([.][0-9]{1,6})?");
    return isLike(text, time);
}

bool isNumber(std::string_view text, std::size_t maxDigits) {
    static const std::regex number("-?[0-9]+([.][0-9]{1,3})?");
    const std::size_t sign = !text.empty() && text.front() == '-' ? 1 : 0;
    return isLike(text, number) && std::min(text.find('.'), text.size()) - sign <= maxDigits;
}

/// Allows values of one kind for a field.
struct Rule {
    std::string_view holder;  // field that contains the field; empty: any field
    std::string_view field;
    AllowedValue kind;
};

constexpr std::array<Rule, 36> rules{{
    {"items", "status", AllowedValue::word},
    {"items", "os", AllowedValue::word},
    {"items", "buildPlatform", AllowedValue::platform},
    {"mobileprovision", "signingType", AllowedValue::signing},
    {"items", "sort", AllowedValue::sort},
    {"items", "originalExtension", AllowedValue::extension},
    {"items", "errorCode", AllowedValue::code},
    {"error", "message", AllowedValue::sentence},
    {"error", "code", AllowedValue::number},
    {"", "versionName", AllowedValue::version},
    {"", "versionCode", AllowedValue::version},
    {"", "CFBundleShortVersionString", AllowedValue::version},
    {"", "CFBundleVersion", AllowedValue::version},
    {"", "MinimumOSVersion", AllowedValue::version},
    {"", "UIDeviceFamily", AllowedValue::version},
    {"", "targetSdkVersion", AllowedValue::version},
    {"", "minSDKVersion", AllowedValue::version},
    {"", "platformBuildVersionName", AllowedValue::version},
    {"", "platformBuildVersionCode", AllowedValue::version},
    {"", "createdAt", AllowedValue::time},
    {"", "updatedAt", AllowedValue::time},
    {"", "ExpirationDate", AllowedValue::time},
    {"", "triggerTimestamp", AllowedValue::time},
    {"", "size", AllowedValue::bytes},
    {"", "processTime", AllowedValue::number},
    {"", "queuedTime", AllowedValue::number},
    {"", "num", AllowedValue::number},
    {"", "limit", AllowedValue::number},
    {"", "page", AllowedValue::number},
    {"", "totalDocs", AllowedValue::number},
    {"", "totalPages", AllowedValue::number},
    {"", "pagingCounter", AllowedValue::number},
    {"", "prevPage", AllowedValue::number},
    {"", "nextPage", AllowedValue::number},
    {"", "hasPrevPage", AllowedValue::number},
    {"", "hasNextPage", AllowedValue::number},
}};

// Part of the allow-list: a rule without a holder applies to the fields of each of these.
constexpr std::array<std::string_view, 13> holders{
    "data",  "items", "error",    "applicationInfo", "info",       "android",        "ios",
    "plist", "pkg",   "deployer", "mobileprovision", "uploadedBy", "storageProvider"};

}  // namespace

AllowedValue allowedValueOf(std::string_view holder, std::string_view field) {
    const auto* const found = std::find_if(rules.begin(), rules.end(), [=](const Rule& rule) {
        return rule.field == field && (rule.holder.empty() || rule.holder == holder);
    });
    return found == rules.end() ? AllowedValue::nothing : found->kind;
}

bool isAllowed(std::string_view text, AllowedValue kind) {
    constexpr std::size_t maxDigitsOfBytes = 10;
    constexpr std::size_t maxDigitsOfNumbers = 7;
    text = withoutLineBreak(text);
    switch (kind) {
        case AllowedValue::word:
            return isWord(text);
        case AllowedValue::signing:
            return isSigning(text);
        case AllowedValue::sort:
            return isSort(text);
        case AllowedValue::platform:
            return isPlatform(text);
        case AllowedValue::extension:
            return isExtension(text);
        case AllowedValue::code:
            return isCode(text);
        case AllowedValue::sentence:
            return isSentence(text);
        case AllowedValue::version:
            return isVersion(text);
        case AllowedValue::time:
            return isTime(text);
        case AllowedValue::bytes:
            return isNumber(text, maxDigitsOfBytes);
        case AllowedValue::number:
            return isNumber(text, maxDigitsOfNumbers);
        default:
            return false;
    }
}

bool containsFields(std::string_view field) {
    return isOneOf(field, holders);
}

bool isOfSchema(std::string_view field) {
    static const std::set<std::string, std::less<>> fields = [] {
        std::set<std::string, std::less<>> names;
        for (const std::string& path : buildFieldPaths()) names.insert(path.substr(path.rfind('.') + 1));
        return names;
    }();
    const auto isOfField = [field](const Rule& rule) { return rule.field == field; };
    return fields.find(field) != fields.end() || containsFields(field) ||
           std::any_of(rules.begin(), rules.end(), isOfField);
}

bool isFieldName(std::string_view name) {
    constexpr std::size_t maxLength = 40;
    constexpr std::ptrdiff_t maxDigits = 3;
    static const std::regex id("[0-9a-fA-F]{12}");
    const auto isDigit = [](char c) { return digits.find(c) != std::string_view::npos; };
    const auto isCapital = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (!consistsOf(name, std::string(letters) + std::string(digits) + "_$", maxLength)) return false;
    if (isDigit(name.front()) || isCapital(name.front())) return false;
    const bool hasFewDigits = std::count_if(name.begin(), name.end(), isDigit) <= maxDigits;
    return hasFewDigits && !std::regex_search(name.begin(), name.end(), id);
}

bool isHtmlElement(std::string_view name) {
    constexpr std::array<std::string_view, 30> elements{
        "a",    "b",    "body", "br",   "center", "code", "div",   "doctype", "em",    "form",
        "h1",   "h2",   "h3",   "head", "hr",     "html", "i",     "img",     "input", "li",
        "link", "meta", "p",    "pre",  "script", "span", "style", "table",   "title", "ul"};
    return isOneOf(lowerCase(name), elements);
}

}  // namespace applivery::program
