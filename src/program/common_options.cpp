#include "common_options.hpp"

#include <utility>
#include <vector>

namespace applivery::program {
namespace {

constexpr const char* credentialsHelp = R"(
Credentials come from the environment: APPLIVERY_APP_TOKEN, or APPLIVERY_SERVICE_ACCOUNT_TOKEN with
APPLIVERY_ORGANIZATION_ID and APPLIVERY_APPLICATION_ID. No option takes a token.
)";

constexpr const char* exitCodesHelp = R"(
Exit codes: 0 done, 1 other, 2 usage, 3 credentials, 4 not found, 5 the build failed, 6 no verdict (network, rate
limit, server), 7 plan limit, 8 still pending at the only check, 9 incomplete, 124 timed out, and 128 plus the number
of a signal.)";

void addParameter(BuildFilter& filter, const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) throw CLI::ValidationError("--param", "write it as NAME=VALUE");
    filter.extraParameters.emplace_back(text.substr(0, equals), text.substr(equals + 1));
}

}  // namespace

void defineConnection(CLI::App& command, ConnectionOptions& options) {
    defineFile(command, "--token-file", options.tokenFile, "Read the token from this file; - is standard input");
    command.add_option("--organization", options.organization, "Organization id or slug, for a service account")
        ->check(notEmpty());
    command.add_option("--app", options.applications, "App id or slug, for a service account")
        ->expected(1)
        ->take_all()
        ->check(notEmpty());
    command.add_option("--base-url", options.baseUrl, "URL of the service")->check(notEmpty());
    command.add_flag("--verbose", options.isVerbose, "Print each request to standard error");
    defineFile(command, "--record", options.recordFile,
               "Write each exchange with the service to this file, one JSON object per line, with private data "
               "replaced; an existing file is replaced")
        ->check(fileName());
}

void defineAppsFile(CLI::App& command, ConnectionOptions& options) {
    CLI::Option* const app = command.get_option("--app");
    app->description(app->get_description() + "; repeat it for several apps if all pages are read");
    defineFile(command, "--apps-file", options.appsFile,
               "Read values for --app from this file, one per line; after white space, a line may have a name to show "
               "in reports; lines that begin with # are comments; - is standard input");
}

void defineServiceFilter(CLI::App& command, BuildFilter& filter) {
    defineText(command, "--version-name", filter.versionName, "Only builds with this version name");
    defineChoice(command, "--status", filter.status, knownStatuses(), "Only builds with this status");
    defineChoice(command, "--os", filter.os, knownSystems(),
                 "Only builds for this operating system. This program compares macos and windows, because the service "
                 "documents no such filter. If the service accepts one, add --param os=macos or --param os=windows. "
                 "Values");
    command
        .add_option_function<std::vector<std::string>>(
            "--param",
            [&filter](const std::vector<std::string>& texts) {
                for (const std::string& text : texts) addParameter(filter, text);
            },
            "Send a further query parameter, NAME=VALUE; may be repeated")
        ->expected(1)
        ->take_all();
}

void defineLocalFilter(CLI::App& command, BuildSelection& selection) {
    defineText(command, "--branch", selection.branch,
               "Only builds of this branch; compared by this program, not by the service");
    defineText(command, "--commit", selection.commit, "Only builds of this commit; compared by this program");
    defineText(command, "--tag", selection.tag, "Only builds with this tag; compared by this program");
}

void defineNoColor(CLI::App& command, bool& hasNoColor) {
    command.add_flag("--no-color", hasNoColor, "Print without colors, as with NO_COLOR");
}

CLI::Option* defineText(CLI::App& command, const char* name, std::optional<std::string>& text, const char* help) {
    return command
        .add_option_function<std::string>(
            name, [&text](const std::string& value) { text = value; }, help)
        ->check(notEmpty());
}

CLI::Option* defineFile(CLI::App& command, const char* name, std::string& file, const char* help) {
    return command.add_option(name, file, help)->type_name(fileTypeName)->check(notEmpty());
}

CLI::Option* defineSince(CLI::App& command, std::optional<TimePoint>& since, const char* help) {
    const auto now = std::chrono::system_clock::now();
    const std::string rules =
        ". A difference between the clocks of this machine and of the service is corrected. Builds of unknown age are "
        "left out";
    return command
        .add_option_function<std::string>(
            "--since", [&since, now](const std::string& text) { since = parseWhen(text, now); }, help + rules)
        ->check(validTime(now));
}

CLI::Option* defineDuration(CLI::App& command, const char* name, std::chrono::milliseconds& duration,
                            const char* help) {
    return command
        .add_option_function<std::string>(
            name, [&duration](const std::string& text) { duration = *parseDuration(text); },
            help + (" (default " + durationText(duration) + ')'))
        ->check(validDuration());
}

std::string helpFooter(const std::string& examples) {
    return credentialsHelp + ("\nExamples:\n" + examples) + exitCodesHelp;
}

}  // namespace applivery::program
