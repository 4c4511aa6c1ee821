#include "doctor/credential_checks.hpp"

#include "environment.hpp"
#include "text/trimmed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
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

std::string warningsOfEnvironment() {
    std::vector<std::string> warnings;
    if (isSet("APPLIVERY_API_KEY")) {
        warnings.emplace_back(
            "APPLIVERY_API_KEY is not read, since others keep another kind of key in it: set APPLIVERY_APP_TOKEN.");
    }
    if (isSet("APPLIVERY_BASE_URL") && isSet("APPLIVERY_TENANT")) {
        warnings.emplace_back("APPLIVERY_TENANT is not read while APPLIVERY_BASE_URL is set: unset one of them.");
    }
    if (isSet("SSLKEYLOGFILE")) {
        warnings.emplace_back(
            "The keys of every TLS connection are written to the file of SSLKEYLOGFILE: unset it unless you mean "
            "that.");
    }
    return fmt::format("{}", fmt::join(warnings, " "));
}

struct Fault {
    std::string what;
    std::string advice;
};

bool isSpace(unsigned char c) {
    return std::isspace(c) != 0;
}

bool beginsLike(std::string_view text, std::string_view beginning) {
    return text.size() >= beginning.size() &&
           std::equal(beginning.begin(), beginning.end(), text.begin(),
                      [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

// What a CI job, a template or a script that went wrong leaves.
bool isPlaceholder(std::string_view token) {
    constexpr std::array<std::string_view, 6> words{"null", "none", "undefined", "token", "your_token", "your-token"};
    const auto isWord = [&](std::string_view word) { return token.size() == word.size() && beginsLike(token, word); };
    return std::string_view("$%<{").find(token.front()) != std::string_view::npos ||
           token.find("${") != std::string_view::npos || token.find("{{") != std::string_view::npos ||
           std::any_of(words.begin(), words.end(), isWord);
}

// What no token looks like.
std::optional<Fault> faultOf(std::string_view token) {
    if (beginsLike(token, "bearer ") || beginsLike(token, "authorization:")) {
        return Fault{"the token begins with a part of the header", "Leave the token alone: the rest is added here."};
    }
    const auto isQuote = [](char c) { return c == '"' || c == '\'' || c == '`'; };
    if (isQuote(token.front()) || isQuote(token.back())) {
        return Fault{"the token stands in quotes",
                     "They belong to the shell or to the file that sets it, and not to the token: leave them out."};
    }
    if (isPlaceholder(token)) {
        return Fault{"in place of the token stands a variable or a word that nothing has replaced",
                     "Check how the CI job hands its secret on: pull requests of forks, for one, get none."};
    }
    if (token.find_first_not_of('*') == std::string_view::npos) {
        return Fault{"the token is masked", "What was copied is what a log shows instead: copy the token itself."};
    }
    if (std::any_of(token.begin(), token.end(), isSpace)) {
        return Fault{"there is white space inside the token", "Is it two, or was it broken into lines? Copy it again."};
    }
    const auto isPlain = [](unsigned char c) { return c > ' ' && c < 0x7F; };
    if (!std::all_of(token.begin(), token.end(), isPlain)) {
        return Fault{"there are characters in the token that no token has", "Copy it again, as plain text."};
    }
    return std::nullopt;
}

// What may be told of a token.
std::string tokenShape(std::string_view token) {
    const auto has = [&](int (*isOne)(int)) {
        return std::any_of(token.begin(), token.end(), [&](unsigned char c) { return isOne(c) != 0; });
    };
    std::vector<std::string> parts;
    if (has(std::isalpha)) parts.emplace_back("letters");
    if (has(std::isdigit)) parts.emplace_back("digits");
    if (has(std::ispunct)) parts.emplace_back("punctuation");
    const bool isJwt = beginsLike(token, "ey") && std::count(token.begin(), token.end(), '.') == 2;
    return fmt::format("{} characters: {}{}", token.size(), fmt::join(parts, ", "),
                       isJwt ? ", in the three parts of a JSON Web Token" : "");
}

// As it is set, where it comes from the environment.
std::string untrimmed(const ConnectionOptions& options, const Credentials& credentials) {
    if (!options.tokenFile.empty()) return {};
    return environment(std::holds_alternative<AppToken>(credentials) ? "APPLIVERY_APP_TOKEN"
                                                                     : "APPLIVERY_SERVICE_ACCOUNT_TOKEN");
}

}  // namespace

const std::string& tokenIn(const Credentials& credentials) {
    return std::visit([](const auto& either) -> const std::string& { return either.token; }, credentials);
}

Finding checkEnvironment() {
    std::vector<const char*> set;
    std::copy_if(std::begin(variables), std::end(variables), std::back_inserter(set), isSet);
    const std::string found =
        set.empty() ? "none of its variables is set" : fmt::format("set: {}", fmt::join(set, ", "));
    const std::string advice = warningsOfEnvironment();
    return advice.empty() ? good("environment", found) : doubtful("environment", found, advice);
}

Finding checkToken(const ConnectionOptions& options, const Result<Credentials>& credentials) {
    if (!credentials) {
        return bad("token", program::credentials, "there are no usable credentials", credentials.error().message());
    }
    const std::string_view token = trimmed(tokenIn(*credentials));
    if (token.empty()) return bad("token", program::credentials, "the token is empty", "Set it.");
    if (const auto fault = faultOf(token)) return bad("token", program::credentials, fault->what, fault->advice);
    const std::string found =
        (std::holds_alternative<AppToken>(*credentials) ? "App API Token of " : "Service Account token of ") +
        tokenShape(token);
    const std::string raw = untrimmed(options, *credentials);
    if (!raw.empty() && trimmed(raw) != raw) {
        return doubtful("token", found + "; with white space or a newline around it",
                        "Both are left out here, and other programs may send them: set it without.");
    }
    return good("token", found);
}

}  // namespace applivery::program
