#include "doctor/credential_checks.hpp"

#include "doctor/faults.hpp"
#include "environment.hpp"
#include "text/ascii.hpp"
#include "text/trimmed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace applivery::program {
namespace {

// The variables that affect credentials, address, proxy and TLS. Also APPLIVERY_API_KEY, which only causes a warning.
constexpr const char* relevantVariables[] = {"APPLIVERY_APP_TOKEN",
                                             "APPLIVERY_SERVICE_ACCOUNT_TOKEN",
                                             "APPLIVERY_ORGANIZATION_ID",
                                             "APPLIVERY_APPLICATION_ID",
                                             "APPLIVERY_BASE_URL",
                                             "APPLIVERY_TENANT",
                                             "APPLIVERY_API_KEY",
                                             "CURL_CA_BUNDLE",
                                             "SSL_CERT_FILE",
                                             "https_proxy",
                                             "HTTPS_PROXY",
                                             "all_proxy",
                                             "ALL_PROXY",
                                             "no_proxy",
                                             "NO_PROXY",
                                             "SSLKEYLOGFILE"};

bool isSet(const char* name) {
    return !environment(name).empty();
}

std::string environmentWarnings() {
    std::vector<std::string> warnings;
    if (isSet("APPLIVERY_API_KEY")) {
        warnings.emplace_back(
            "APPLIVERY_API_KEY is ignored, because other tools store another kind of key in it. Set "
            "APPLIVERY_APP_TOKEN.");
    }
    if (isSet("APPLIVERY_BASE_URL") && isSet("APPLIVERY_TENANT")) {
        warnings.emplace_back("APPLIVERY_TENANT is ignored if APPLIVERY_BASE_URL is set. Unset one of them.");
    }
    if (isSet("SSLKEYLOGFILE")) {
        warnings.emplace_back(
            "SSLKEYLOGFILE makes libcurl write the keys of all TLS connections to a file. Unset SSLKEYLOGFILE unless "
            "you need that.");
    }
    return fmt::format("{}", fmt::join(warnings, " "));
}

bool isSpace(unsigned char c) {
    return std::isspace(c) != 0;
}

// Returns whether the token looks like a placeholder: a variable or a filler word that no CI job or template replaced.
bool isPlaceholder(std::string_view token) {
    constexpr std::array<std::string_view, 10> words{"null",  "none",     "undefined", "token",       "secret",
                                                     "dummy", "changeme", "change-me", "placeholder", "replace_me"};
    constexpr std::array<std::string_view, 3> beginnings{"your", "applivery_", "insert"};
    const std::string text = lowerCase(token);
    const auto isWord = [&](std::string_view word) { return text == word; };
    const auto isBeginning = [&](std::string_view beginning) { return startsWithIgnoringCase(text, beginning); };
    const bool isReference = std::string_view("$%<{").find(token.front()) != std::string_view::npos ||
                             token.find("${") != std::string_view::npos || token.find("{{") != std::string_view::npos;
    const bool isFiller = token.find_first_not_of("xX.-_0") == std::string_view::npos;
    return isReference || isFiller || std::any_of(words.begin(), words.end(), isWord) ||
           std::any_of(beginnings.begin(), beginnings.end(), isBeginning);
}

bool hasQuote(std::string_view token) {
    constexpr std::string_view quotes = "\"'`";
    return quotes.find(token.front()) != std::string_view::npos || quotes.find(token.back()) != std::string_view::npos;
}

// Returns the first fault of the token; null if the token has none.
const Fault* faultOfToken(std::string_view token) {
    if (startsWithIgnoringCase(token, "bearer ") || startsWithIgnoringCase(token, "authorization:"))
        return &faults::tokenWithHeader;
    if (hasQuote(token)) return &faults::tokenInQuotes;
    if (token.find_first_not_of('*') == std::string_view::npos) return &faults::tokenIsMask;
    if (isPlaceholder(token)) return &faults::tokenIsPlaceholder;
    return std::any_of(token.begin(), token.end(), isSpace) ? &faults::tokenWithSpaces : nullptr;
}

// Describes a token without revealing it.
std::string tokenShape(std::string_view token) {
    const auto has = [&](int (*isOfClass)(int)) {
        return std::any_of(token.begin(), token.end(), [&](unsigned char c) { return isOfClass(c) != 0; });
    };
    std::vector<std::string> parts;
    if (has(std::isalpha)) parts.emplace_back("letters");
    if (has(std::isdigit)) parts.emplace_back("digits");
    if (has(std::ispunct)) parts.emplace_back("punctuation");
    const bool isJwt = startsWithIgnoringCase(token, "ey") && std::count(token.begin(), token.end(), '.') == 2;
    return fmt::format("{} characters: {}{}", token.size(), fmt::join(parts, ", "),
                       isJwt ? ", in the three parts of a JSON Web Token" : "");
}

// Returns the variable that contains the token; null if the token is read from a file or from standard input.
const char* variableOf(const ConnectionOptions& options, const Credentials& credentials) {
    if (!options.tokenFile.empty()) return nullptr;
    return std::holds_alternative<AppToken>(credentials) ? "APPLIVERY_APP_TOKEN" : "APPLIVERY_SERVICE_ACCOUNT_TOKEN";
}

// Returns where the token comes from. Omits the path of a file, because the path may contain the name of a user.
std::string sourceOf(const ConnectionOptions& options, const Credentials& credentials) {
    if (const char* const variable = variableOf(options, credentials)) return variable;
    return options.tokenFile == "-" ? "standard input" : "the file of --token-file";
}

// Returns whether the value of the variable has white space around it.
bool isPadded(const char* variable) {
    const char* const value = variable != nullptr ? std::getenv(variable) : nullptr;
    return value != nullptr && trimmed(value) != value;
}

}  // namespace

const std::string& tokenIn(const Credentials& credentials) {
    return std::visit([](const auto& either) -> const std::string& { return either.token; }, credentials);
}

Finding checkEnvironment() {
    std::vector<const char*> set;
    std::copy_if(std::begin(relevantVariables), std::end(relevantVariables), std::back_inserter(set), isSet);
    const std::string found =
        set.empty() ? "no variable for this program is set" : fmt::format("set: {}", fmt::join(set, ", "));
    const std::string advice = environmentWarnings();
    return {"environment", advice.empty() ? Verdict::ok : Verdict::warning, found, advice};
}

Finding checkToken(const ConnectionOptions& options, const Result<Credentials>& credentials) {
    constexpr ExitCode code = ExitCode::credentials;
    if (!credentials) return describe(faults::noCredentials, code, credentials.error().message());
    const std::string_view token = trimmed(tokenIn(*credentials));
    const std::string source = sourceOf(options, *credentials);
    if (const Fault* const fault = faultOfToken(token)) return describe(*fault, code, source);
    const char* const kind = std::holds_alternative<AppToken>(*credentials) ? "App API Token" : "Service Account token";
    const std::string found = fmt::format("{} of {}, {}", kind, source, tokenShape(token));
    if (isPadded(variableOf(options, *credentials))) return describe(faults::tokenWithPadding, ExitCode::done, found);
    return pass("token", found);
}

}  // namespace applivery::program
