#include "connection.hpp"

#include "authorities.hpp"
#include "environment.hpp"
#include "option_names.hpp"
#include "pause_reporter.hpp"
#include "recording/recorder.hpp"
#include "signals.hpp"
#include "text/descriptor.hpp"
#include "text/messages.hpp"
#include "text/trimmed.hpp"

#include <applivery/partial_response.hpp>

#include <algorithm>
#include <cctype>
#include <set>
#include <utility>

namespace applivery::program {
namespace {

Error invalidCredentials(std::string message) {
    return Error(ErrorKind::invalidArgument, std::move(message));
}

// Refuses a token that the library would refuse later. The error here has the exit code of invalid credentials.
Result<std::string> requirePlain(std::string token, const std::string& source) {
    const auto isPlain = [](unsigned char c) { return c >= ' ' && c < 0x7F; };
    if (std::all_of(token.begin(), token.end(), isPlain)) return token;
    return invalidCredentials(
        source +
        " contains a control character or a character that is not ASCII. Copy the token again, as plain text.");
}

// Returns the token of a file or a variable, without a byte order mark and white space that an editor may have added.
Result<std::string> parseToken(std::string text, const std::string& source) {
    text = std::string(withoutByteOrderMark(text));
    const bool isUtf16 = text.compare(0, 2, "\xFF\xFE") == 0 || text.compare(0, 2, "\xFE\xFF") == 0;
    if (isUtf16 || text.find('\0') != std::string::npos) {
        return invalidCredentials(source + " is not text in UTF-8 or ASCII. Save it in one of them.");
    }
    const auto isSpace = [](unsigned char c) { return std::isspace(c) != 0; };
    text = std::string(trimmed(text));
    if (text.empty()) return invalidCredentials(source + " is empty. Write the token there.");
    if (std::any_of(text.begin(), text.end(), isSpace)) {
        return invalidCredentials(source + " contains more than one word. Write only the token there.");
    }
    return requirePlain(std::move(text), source);
}

// Reads the token from a file. No message repeats the path: a user may have passed the token itself by mistake.
Result<std::string> readToken(const std::string& path) {
    const std::string source = "the file of --token-file";
    constexpr std::size_t maxSize = 16 * 1024 + 1;  // longer than any token
    const Signals signals;
    const Result<std::string> text = readInput(path, maxSize, signals.token());
    if (!text && text.error().kind() == ErrorKind::cancelled) return interruption("reading the token");
    if (!text) return invalidCredentials(source + " cannot be read: " + text.error().message() + '.');
    if (text->size() == maxSize) return invalidCredentials(source + " is too long for a token.");
    return parseToken(*text, source);
}

Result<Credentials> readEnvironment() {
    Result<Credentials> credentials = credentialsFromEnvironment();
    if (!credentials) return credentials;
    const auto* const app = std::get_if<AppToken>(&*credentials);
    const Result<std::string> token =
        app != nullptr ? requirePlain(app->token, "APPLIVERY_APP_TOKEN")
                       : requirePlain(std::get<ServiceAccount>(*credentials).token, "APPLIVERY_SERVICE_ACCOUNT_TOKEN");
    if (!token) return token.error();
    return credentials;
}

}  // namespace

std::size_t ConnectionOptions::applicationCount() const {
    const std::set<std::string> names(applications.begin(), applications.end());
    return std::max<std::size_t>(names.size(), 1);
}

BuildsClient appClient(const Connection& connection, const std::string& app) {
    if (const auto* const workspace = std::get_if<Workspace>(&connection)) return workspace->app(app);
    return std::get<BuildsClient>(connection);
}

ClientOptions clientOptions(const ConnectionOptions& options) {
    ClientOptions client = ClientOptions::fromEnvironment();
    if (!options.baseUrl.empty()) client.baseUrl = options.baseUrl;
    if (client.caBundle.empty()) client.caBundle = authoritiesOfSystem();
    client.userAgentSuffix = "applivery-builds";
    client.keepUnknownFields = true;
    if (options.isVerbose) {
        ConnectionOptions copy = options;
        copy.recorder.reset();  // the log must not extend the life of the recorder
        client.log = [copy = std::move(copy)](LogLevel, std::string_view line) {
            printMessage(withOptionNames(std::string(line), copy));
        };
    }
    return client;
}

std::shared_ptr<HttpTransport> makeTransport(const ConnectionOptions& options) {
    const std::shared_ptr<Recorder> recorder = options.recorder;
    if (!recorder) return makePauseReporter(makeCurlTransport(clientOptions(options)));
    const auto storePartial = [recorder](const HttpRequest&, HttpResponse response) {
        recorder->storePartialResponse(std::move(response));
    };
    return makeRecordingTransport(makePauseReporter(makeCurlTransport(clientOptions(options), storePartial)), recorder);
}

std::string organizationOf(const ConnectionOptions& options) {
    return options.organization.empty() ? environment("APPLIVERY_ORGANIZATION_ID") : options.organization;
}

std::string firstApplicationOf(const ConnectionOptions& options) {
    return options.applications.empty() ? environment("APPLIVERY_APPLICATION_ID") : options.applications.front();
}

Result<Credentials> credentialsOf(const ConnectionOptions& options) {
    if (options.tokenFile.empty() && options.organization.empty() && options.applications.empty())
        return readEnvironment();
    const std::string organization = organizationOf(options);
    const std::string application = firstApplicationOf(options);
    const bool isServiceAccount = !organization.empty() || !application.empty();
    constexpr const char* variable = "APPLIVERY_SERVICE_ACCOUNT_TOKEN";
    const Result<std::string> token =
        options.tokenFile.empty() ? parseToken(environment(variable), variable) : readToken(options.tokenFile);
    if (!token) return token.error();
    if (!isServiceAccount) return Credentials{AppToken{*token}};
    if (organization.empty())
        return invalidCredentials(
            "a service account needs an organization. Set --organization or APPLIVERY_ORGANIZATION_ID.");
    if (application.empty())
        return invalidCredentials("a service account needs an app. Set --app or APPLIVERY_APPLICATION_ID.");
    return Credentials{ServiceAccount{*token, organization, application}};
}

Result<Connection> connect(const ConnectionOptions& options, std::shared_ptr<HttpTransport> transport) {
    if (!transport) transport = makeTransport(options);
    return credentialsOf(options).transform([&](const Credentials& credentials) {
        if (options.applications.size() < 2)
            return Connection(BuildsClient(credentials, clientOptions(options), transport));
        const auto& account = std::get<ServiceAccount>(credentials);
        return Connection(
            Workspace(ServiceAccountToken{account.token}, account.organizationId, clientOptions(options), transport));
    });
}

}  // namespace applivery::program
