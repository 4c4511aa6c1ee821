#include "command_line.hpp"

#include "apps_file.hpp"
#include "environment.hpp"
#include "text/output_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace applivery::program {
namespace {

void addAppsOfFile(ConnectionOptions& options) {
    if (options.appsFile.empty()) return;
    if (options.appsFile == "-" && options.tokenFile == "-") {
        throw CLI::ValidationError("--apps-file", "it and --token-file cannot both be standard input");
    }
    const auto apps = readAppsFile(options.appsFile);
    if (!apps) throw CLI::ValidationError("--apps-file", apps.error().message());
    options.applications.insert(options.applications.end(), apps->begin(), apps->end());
}

void checkApplications(const ConnectionOptions& options, bool acceptsSeveral) {
    if (options.applications.size() > 1 && !acceptsSeveral) {
        throw CLI::ValidationError("--app", "only overview, report, and list with --all or --since read several apps");
    }
}

// The recording must not replace another output, the token, or a file of the CI system.
void checkRecordFile(const ConnectionOptions& options, const std::vector<std::string>& outputs) {
    if (options.recordFile.empty()) return;
    const std::string record = outputTarget(options.recordFile);
    const auto isSame = [&](const std::string& file) { return !file.empty() && outputTarget(file) == record; };
    const auto isInput = [&](const std::string& file) { return file != "-" && isSame(file); };
    if (std::any_of(outputs.begin(), outputs.end(), isSame) || isInput(options.tokenFile) ||
        isInput(options.appsFile)) {
        throw CLI::ValidationError("--record", "another option names the same file; choose different files");
    }
    for (const char* const variable : {"GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"}) {
        if (!isSame(environment(variable))) continue;
        throw CLI::ValidationError("--record", fmt::format("{} names the same file; choose another", variable));
    }
}

// Repeats only the names of unknown options.
std::string unknownArguments(const CLI::App& app) {
    std::vector<std::string> names;
    for (const std::string& argument : app.remaining(true)) {
        if (argument.size() > 1 && argument.front() == '-') names.push_back(argument.substr(0, argument.find('=')));
    }
    if (std::find(names.begin(), names.end(), "--token") != names.end()) {
        return "no option takes a token. Set APPLIVERY_APP_TOKEN, or name a file with --token-file.";
    }
    return names.empty() ? "an argument belongs to no option."
                         : fmt::format("there is no option {}.", fmt::join(names, ", "));
}

}  // namespace

void completeOptions(Command& command) {
    ConnectionOptions* const connection = command.connection();
    if (connection != nullptr) addAppsOfFile(*connection);
    command.validate();
    if (connection == nullptr) return;
    checkApplications(*connection, command.acceptsSeveralApps());
    checkRecordFile(*connection, command.outputFiles());
}

bool requestsJson(const std::vector<std::string>& arguments) {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& argument = arguments[i];
        if (argument == "-ojson" || argument == "-o=json" || argument == "--output=json") return true;
        const bool isOption = argument == "-o" || argument == "--output";
        if (isOption && i + 1 < arguments.size() && arguments[i + 1] == "json") return true;
    }
    return false;
}

std::string messageOf(const CLI::App& app, const CLI::ParseError& error) {
    const bool isUnknown = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr;
    std::string text = isUnknown ? unknownArguments(app) : error.what();
    if (std::string_view(".?").find(text.back()) == std::string_view::npos) text += '.';
    const auto commands = app.get_subcommands();
    return text + " See applivery-builds " + (commands.empty() ? "" : commands.front()->get_name() + ' ') + "--help.";
}

}  // namespace applivery::program
