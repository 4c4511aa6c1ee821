#include "recording/harmless.hpp"

#include <applivery/build_json.hpp>

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

constexpr std::string_view figures = "0123456789";
constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

bool consistsOf(std::string_view text, const std::string& characters, std::size_t longest) {
    return !text.empty() && text.size() <= longest && text.find_first_not_of(characters) == std::string_view::npos;
}

template <std::size_t count>
bool isOneOf(std::string_view text, const std::array<std::string_view, count>& texts) {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

// Uploaders end some texts in a line break, which JSON writes as an escape.
std::string_view withoutLineBreak(std::string_view text) {
    while (text.size() >= 2 && (text.substr(text.size() - 2) == "\\n" || text.substr(text.size() - 2) == "\\r")) {
        text.remove_suffix(2);
    }
    return text;
}

bool isExtension(std::string_view text) {
    constexpr std::array<std::string_view, 9> extensions{"ipa", "apk",  "aab", "app", "pkg",
                                                         "dmg", "msix", "msi", "exe"};
    return isOneOf(text, extensions);
}

bool isSentence(std::string_view text) {
    constexpr std::array<std::string_view, 8> sentences{"No auth token",  "Invalid Token",    "Forbidden",
                                                        "Not found",      "Entity not found", "Route not found",
                                                        "Internal error", "Limit exceeded"};
    return isOneOf(text, sentences);
}

bool isVersion(std::string_view text) {
    constexpr std::size_t longest = 32;
    static const std::string word = "(alpha|beta|rc|dev|pre|preview|snapshot|release|debug|final)";
    static const std::regex version(
        "v?[0-9]+([.][0-9]+)*([-+. ]?" + word + "([-.]?[0-9]+([-.][0-9]+)*)?)*|" + word + "[-. ]?[0-9]+",
        std::regex::icase);
    return text.size() <= longest && std::regex_match(text.begin(), text.end(), version);
}

}  // namespace

Harmless harmlessIn(std::string_view field) {
    constexpr std::array<std::pair<std::string_view, Harmless>, 35> fields{{
        {"status", Harmless::word},
        {"os", Harmless::word},
        {"signingType", Harmless::word},
        {"sort", Harmless::word},
        {"originalExtension", Harmless::extension},
        {"errorCode", Harmless::code},
        {"message", Harmless::sentence},
        {"versionName", Harmless::version},
        {"versionCode", Harmless::version},
        {"CFBundleShortVersionString", Harmless::version},
        {"CFBundleVersion", Harmless::version},
        {"MinimumOSVersion", Harmless::version},
        {"UIDeviceFamily", Harmless::version},
        {"targetSdkVersion", Harmless::version},
        {"minSDKVersion", Harmless::version},
        {"platformBuildVersionName", Harmless::version},
        {"platformBuildVersionCode", Harmless::version},
        {"createdAt", Harmless::time},
        {"updatedAt", Harmless::time},
        {"ExpirationDate", Harmless::time},
        {"triggerTimestamp", Harmless::time},
        {"size", Harmless::number},
        {"processTime", Harmless::number},
        {"queuedTime", Harmless::number},
        {"code", Harmless::number},
        {"num", Harmless::number},
        {"limit", Harmless::number},
        {"page", Harmless::number},
        {"totalDocs", Harmless::number},
        {"totalPages", Harmless::number},
        {"pagingCounter", Harmless::number},
        {"prevPage", Harmless::number},
        {"nextPage", Harmless::number},
        {"hasPrevPage", Harmless::number},
        {"hasNextPage", Harmless::number},
    }};
    const auto* const found =
        std::find_if(fields.begin(), fields.end(), [field](const auto& entry) { return entry.first == field; });
    return found == fields.end() ? Harmless::nothing : found->second;
}

bool isHarmless(std::string_view text, Harmless kind) {
    text = withoutLineBreak(text);
    const std::string figure(figures);
    switch (kind) {
        case Harmless::word:
            return consistsOf(text, std::string(letters) + "_,:-", 24);
        case Harmless::extension:
            return isExtension(text);
        case Harmless::code:
            return consistsOf(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_-" + figure, 32);
        case Harmless::sentence:
            return isSentence(text);
        case Harmless::version:
            return isVersion(text);
        case Harmless::time:
            return consistsOf(text, figure + "-:.+TZ /", 40);
        case Harmless::number:
            return consistsOf(text, figure + "-+.eE", 32);
        default:
            return false;
    }
}

bool holdsFields(std::string_view field) {
    constexpr std::array<std::string_view, 13> holders{
        "data",  "items", "error",    "applicationInfo", "info",       "android",        "ios",
        "plist", "pkg",   "deployer", "mobileprovision", "uploadedBy", "storageProvider"};
    return isOneOf(field, holders);
}

bool isOfSchema(std::string_view field) {
    static const std::set<std::string, std::less<>> names = [] {
        std::set<std::string, std::less<>> ends;
        for (const std::string& path : buildFieldPaths()) ends.insert(path.substr(path.rfind('.') + 1));
        return ends;
    }();
    return names.find(field) != names.end() || holdsFields(field) || harmlessIn(field) != Harmless::nothing;
}

bool isFieldName(std::string_view name) {
    constexpr std::size_t longest = 40;
    constexpr std::size_t manyFigures = 4;  // more than any field has
    const auto isFigure = [](char c) { return figures.find(c) != std::string_view::npos; };
    return consistsOf(name, std::string(letters) + std::string(figures) + "_$-", longest) && !isFigure(name.front()) &&
           std::count_if(name.begin(), name.end(), isFigure) < static_cast<std::ptrdiff_t>(manyFigures);
}

bool isElementOfHtml(std::string_view name) {
    constexpr std::array<std::string_view, 30> elements{
        "a",    "b",    "body", "br",   "center", "code", "div",   "doctype", "em",    "form",
        "h1",   "h2",   "h3",   "head", "hr",     "html", "i",     "img",     "input", "li",
        "link", "meta", "p",    "pre",  "script", "span", "style", "table",   "title", "ul"};
    std::string lower(name);
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return isOneOf(lower, elements);
}

}  // namespace applivery::program
