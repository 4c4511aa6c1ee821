#include "connection.hpp"

#include "messages.hpp"

#include <applivery/credentials.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <utility>

namespace applivery::program {
namespace {

std::string environment(const char* name) {
    const char* const value = std::getenv(name);
    return value != nullptr ? value : "";
}

std::string either(const std::string& option, const char* name) {
    return option.empty() ? environment(name) : option;
}

struct Close {
    void operator()(std::FILE* file) const noexcept {
        if (file != stdin) std::fclose(file);
    }
};

Error refused(const std::string& path, const std::string& why) {
    return Error(ErrorKind::invalidArgument, "the token file " + path + ' ' + why);
}

// Of a file that was written by an editor: a byte order mark and what surrounds the token do not belong to it.
Result<std::string> tokenOf(std::string text, const std::string& path) {
    constexpr std::string_view utf8Mark = "\xEF\xBB\xBF";
    if (text.compare(0, utf8Mark.size(), utf8Mark) == 0) text.erase(0, utf8Mark.size());
    if (text.find('\0') != std::string::npos || text.compare(0, 2, "\xFF\xFE") == 0 ||
        text.compare(0, 2, "\xFE\xFF") == 0) {
        return refused(path, "is not text in UTF-8 or ASCII. Save it so.");
    }
    const auto isSpace = [](unsigned char c) { return std::isspace(c) != 0; };
    text.erase(text.begin(), std::find_if_not(text.begin(), text.end(), isSpace));
    text.erase(std::find_if_not(text.rbegin(), text.rend(), isSpace).base(), text.end());
    if (text.empty()) return refused(path, "is empty. Write the token into it.");
    if (std::any_of(text.begin(), text.end(), isSpace))
        return refused(path, "holds more than one word. Leave the token alone in it.");
    return text;
}

Result<std::string> readToken(const std::string& path) {
    const std::unique_ptr<std::FILE, Close> file(path == "-" ? stdin : std::fopen(path.c_str(), "r"));
    if (!file) return refused(path, "cannot be read.");
    std::array<char, 16 * 1024 + 1> text{};  // no token is as long
    const std::size_t size = std::fread(text.data(), 1, text.size(), file.get());
    if (std::ferror(file.get()) != 0) return refused(path, "cannot be read.");
    if (size == text.size()) return refused(path, "is too long to hold a token.");
    return tokenOf(std::string(text.data(), size), path);
}

ClientOptions clientOptions(const ConnectionOptions& options) {
    ClientOptions client = ClientOptions::fromEnvironment();
    if (!options.baseUrl.empty()) client.baseUrl = options.baseUrl;
    client.userAgentSuffix = "applivery-builds";
    if (options.isVerbose) client.log = [](LogLevel, std::string_view line) { say(line); };
    return client;
}

}  // namespace

Result<Connection> connect(const ConnectionOptions& options) {
    const auto asClient = [&](const Credentials& credentials) {
        return Connection(BuildsClient(credentials, clientOptions(options)));
    };
    if (options.tokenFile.empty() && options.organization.empty() && options.applications.empty()) {
        return credentialsFromEnvironment().transform(asClient);
    }
    const std::string organization = either(options.organization, "APPLIVERY_ORGANIZATION_ID");
    const std::string application =
        options.applications.empty() ? environment("APPLIVERY_APPLICATION_ID") : options.applications.front();
    Result<std::string> token =
        options.tokenFile.empty() ? environment("APPLIVERY_SERVICE_ACCOUNT_TOKEN") : readToken(options.tokenFile);
    return std::move(token).transform([&](std::string text) {
        if (options.applications.size() > 1) {
            return Connection(Workspace(ServiceAccountToken{std::move(text)}, organization, clientOptions(options)));
        }
        const bool isServiceAccount = !organization.empty() || !application.empty();
        return asClient(isServiceAccount ? Credentials{ServiceAccount{std::move(text), organization, application}}
                                         : Credentials{AppToken{std::move(text)}});
    });
}

}  // namespace applivery::program
