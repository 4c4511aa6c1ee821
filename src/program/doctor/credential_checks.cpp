#include "doctor/credential_checks.hpp"

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

constexpr const char* variables[] = {"APPLIVERY_APP_TOKEN",
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

struct TokenFault {
    std::string found;
    std::string advice;
};

bool isSpace(unsigned char c) {
    return std::isspace(c) != 0;
}

// Returns whether the token is what a CI job or a template leaves if it does not replace a variable.
bool isPlaceholder(std::string_view token) {
    constexpr std::array<std::string_view, 6> words{"null", "none", "undefined", "token", "your_token", "your-token"};
    const auto isWord = [&](std::string_view word) { return lowerCase(token) == word; };
    return std::string_view("$%<{").find(token.front()) != std::string_view::npos ||
           token.find("${") != std::string_view::npos || token.find("{{") != std::string_view::npos ||
           std::any_of(words.begin(), words.end(), isWord);
}

// Returns why the text cannot be a token; absent if it can.
std::optional<TokenFault> findFault(std::string_view token) {
    if (startsWithIgnoringCase(token, "bearer ") || startsWithIgnoringCase(token, "authorization:")) {
        return TokenFault{"the token begins with a part of the header",
                          "Set only the token. The program adds the rest of the header."};
    }
    const auto isQuote = [](char c) { return c == '"' || c == '\'' || c == '`'; };
    if (isQuote(token.front()) || isQuote(token.back())) {
        return TokenFault{"the token is in quotes", "The quotes are not part of the token. Remove them."};
    }
    if (isPlaceholder(token)) {
        return TokenFault{"the token is a variable or a placeholder that was not replaced",
                          "Check how the CI job passes its secrets. Pull requests from forks, for example, get none."};
    }
    if (token.find_first_not_of('*') == std::string_view::npos) {
        return TokenFault{"the token is masked", "It was copied from a log that hides secrets. Copy the token itself."};
    }
    if (std::any_of(token.begin(), token.end(), isSpace)) {
        return TokenFault{"the token contains white space",
                          "It may be two tokens, or broken into lines. Copy the token again."};
    }
    const auto isPlain = [](unsigned char c) { return c > ' ' && c < 0x7F; };
    if (!std::all_of(token.begin(), token.end(), isPlain)) {
        return TokenFault{"the token contains a control character or a character that is not ASCII",
                          "Copy the token again, as plain text."};
    }
    return std::nullopt;
}

// Describes a token without revealing it.
std::string tokenShape(std::string_view token) {
    const auto has = [&](int (*isOne)(int)) {
        return std::any_of(token.begin(), token.end(), [&](unsigned char c) { return isOne(c) != 0; });
    };
    std::vector<std::string> parts;
    if (has(std::isalpha)) parts.emplace_back("letters");
    if (has(std::isdigit)) parts.emplace_back("digits");
    if (has(std::ispunct)) parts.emplace_back("punctuation");
    const bool isJwt = startsWithIgnoringCase(token, "ey") && std::count(token.begin(), token.end(), '.') == 2;
    return fmt::format("{} characters: {}{}", token.size(), fmt::join(parts, ", "),
                       isJwt ? ", in the three parts of a JSON Web Token" : "");
}

// Returns the token as the environment has it; empty if it does not come from there.
std::string untrimmedToken(const ConnectionOptions& options, const Credentials& credentials) {
    if (!options.tokenFile.empty()) return {};
    const char* const value = std::getenv(
        std::holds_alternative<AppToken>(credentials) ? "APPLIVERY_APP_TOKEN" : "APPLIVERY_SERVICE_ACCOUNT_TOKEN");
    return value != nullptr ? value : "";
}

}  // namespace

const std::string& tokenIn(const Credentials& credentials) {
    return std::visit([](const auto& either) -> const std::string& { return either.token; }, credentials);
}

Finding checkEnvironment() {
    std::vector<const char*> set;
    std::copy_if(std::begin(variables), std::end(variables), std::back_inserter(set), isSet);
    const std::string found =
        set.empty() ? "no variable for this program is set" : fmt::format("set: {}", fmt::join(set, ", "));
    const std::string advice = environmentWarnings();
    return advice.empty() ? pass("environment", found) : warn("environment", found, advice);
}

Finding checkToken(const ConnectionOptions& options, const Result<Credentials>& credentials) {
    if (!credentials) {
        return fail("token", ExitCode::credentials, "there are no usable credentials", credentials.error().message());
    }
    const std::string_view token = trimmed(tokenIn(*credentials));
    if (token.empty()) return fail("token", ExitCode::credentials, "the token is empty", "Set the token.");
    if (const auto fault = findFault(token)) return fail("token", ExitCode::credentials, fault->found, fault->advice);
    const std::string found =
        (std::holds_alternative<AppToken>(*credentials) ? "App API Token of " : "Service Account token of ") +
        tokenShape(token);
    const std::string raw = untrimmedToken(options, *credentials);
    if (!raw.empty() && trimmed(raw) != raw) {
        return warn("token", found + "; with white space or a newline around it",
                    "This program ignores both, but other programs may send them. Set the token without them.");
    }
    return pass("token", found);
}

}  // namespace applivery::program
