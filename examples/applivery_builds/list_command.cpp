#include "list_command.hpp"

#include "exit_code.hpp"
#include "output.hpp"
#include "text_format.hpp"

#include <applivery/applivery.hpp>

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <sys/ioctl.h>
#include <system_error>
#include <unistd.h>

namespace applivery::program {
namespace {

int fail(const ListOptions& options, const Error& error) {
    if (options.format == Format::json || options.format == Format::ndjson) {
        const std::string code = error.apiCode() ? fmt::format(",\"code\":{}", *error.apiCode()) : "";
        const std::string http = error.httpStatus() ? fmt::format(",\"http\":{}", *error.httpStatus()) : "";
        fmt::print(stderr, "{{\"error\":{{\"kind\":\"{}\"{}{},\"message\":{},\"retryable\":{}}}}}\n",
                   toString(error.kind()), code, http, jsonQuoted(error.message()), error.isRetryable());
    } else {
        fmt::print(stderr, "applivery-builds: {}\n", printable(error.message()));
    }
    return exitCodeOf(error.kind());
}

std::string environment(const char* name) {
    const char* const value = std::getenv(name);
    return value != nullptr ? value : "";
}

Result<std::string> readToken(const std::string& path) {
    std::ifstream file;
    if (path != "-") file.open(path);
    std::istream& in = path == "-" ? std::cin : file;
    if (!in) return Error(ErrorKind::invalidArgument, "the token file " + path + " cannot be read");
    return std::string(std::istreambuf_iterator<char>(in), {});
}

Result<Credentials> credentialsOf(const ListOptions& options) {
    if (options.tokenFile.empty() && options.organization.empty() && options.application.empty()) {
        return credentialsFromEnvironment();
    }
    const auto either = [](const std::string& option, const char* name) {
        return option.empty() ? environment(name) : option;
    };
    const std::string organization = either(options.organization, "APPLIVERY_ORGANIZATION_ID");
    const std::string application = either(options.application, "APPLIVERY_APPLICATION_ID");
    const bool isServiceAccount = !organization.empty() || !application.empty();
    Result<std::string> token =
        options.tokenFile.empty() ? environment("APPLIVERY_SERVICE_ACCOUNT_TOKEN") : readToken(options.tokenFile);
    return std::move(token).transform([&](std::string text) {
        return isServiceAccount ? Credentials{ServiceAccount{std::move(text), organization, application}}
                                : Credentials{AppToken{std::move(text)}};
    });
}

std::size_t terminalColumns() {
    winsize size{};
    if (isatty(STDOUT_FILENO) == 0 || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
    return size.ws_col;
}

std::string formatted(const BuildPage& page, const ListOptions& options) {
    switch (options.format) {
        case Format::json:
            return asJson(page);
        case Format::ndjson:
            return asNdjson(page);
        case Format::csv:
            return asCsv(page);
        case Format::table:
            break;
    }
    return asTable(page, options.outFile.empty() ? terminalColumns() : 0);
}

struct CloseFile {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};

// A reader that has gone away ends the program quietly; anything else that keeps the data from its place is said.
int write(const std::string& text, std::FILE* file, const std::string& name) {
    const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size() && std::fflush(file) == 0;
    const int why = errno;
    if (written || why == EPIPE) return done;
    fmt::print(stderr, "applivery-builds: {} cannot be written: {}\n", name, std::generic_category().message(why));
    return other;
}

}  // namespace

int list(const ListOptions& options) {
    const Result<Credentials> credentials = credentialsOf(options);
    if (!credentials) {
        (void)fail(options, credentials.error());
        return ExitCode::credentials;
    }
    std::unique_ptr<std::FILE, CloseFile> file;
    if (!options.outFile.empty()) {  // before anything is asked for: an answer must not be lost for want of a place
        file.reset(std::fopen(options.outFile.c_str(), "w"));
        if (!file) {
            fmt::print(stderr, "applivery-builds: {} cannot be written: {}\n", options.outFile,
                       std::generic_category().message(errno));
            return other;
        }
    }
    ClientOptions client = ClientOptions::fromEnvironment();
    if (!options.baseUrl.empty()) client.baseUrl = options.baseUrl;
    client.userAgentSuffix = "applivery-builds";

    const Result<BuildPage> page = BuildsClient(*credentials, client).listBuilds(options.filter, options.page);
    if (!page) return fail(options, page.error());
    if (page->items.empty() && options.format == Format::table) {
        fmt::print(stderr, "applivery-builds: no builds match\n");
        return done;
    }
    return write(formatted(*page, options), file ? file.get() : stdout, file ? options.outFile : "standard output");
}

}  // namespace applivery::program
