#include "command_line.hpp"

#include "apps_file.hpp"
#include "environment.hpp"
#include "text/near_names.hpp"
#include "text/output_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <filesystem>
#include <string_view>
#include <system_error>

namespace applivery::program {
namespace {

void addAppsOfFile(ConnectionOptions& options) {
    if (options.appsFile.empty()) return;
    if (options.appsFile == "-" && options.tokenFile == "-") {
        throw CLI::ValidationError("--apps-file", "it and --token-file cannot both be standard input");
    }
    const auto apps = readAppsFile(options.appsFile);
    if (!apps) throw CLI::ValidationError("--apps-file", apps.error().message());
    for (const ListedApp& listed : *apps) {
        options.applications.push_back(listed.app);
        if (!listed.name.empty()) options.appNames[listed.app] = listed.name;
    }
}

void checkApplications(const ConnectionOptions& options, bool acceptsSeveral) {
    if (options.applications.size() > 1 && !acceptsSeveral) {
        throw CLI::ValidationError("--app", "only overview, report, and list with --all or --since read several apps");
    }
}

// Checks that the recording does not replace another output, the token, or a file of the CI system.
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

std::vector<std::string> commandNames(const CLI::App& app) {
    std::vector<std::string> names;
    const auto isVisible = [](const CLI::App* command) { return !command->get_group().empty(); };
    for (const CLI::App* command : app.get_subcommands(isVisible)) names.push_back(command->get_name());
    return names;
}

std::vector<std::string> optionNames(const CLI::App& command) {
    std::vector<std::string> names;
    for (const CLI::Option* option : command.get_options()) {
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
    return names;
}

// Returns the message for a first argument that is no command. Repeats only a word that cannot be a token.
std::string unknownCommand(const CLI::App& app, const std::string& word) {
    constexpr std::size_t maxLength = 16;
    const bool isWord = word.size() <= maxLength && std::all_of(word.begin(), word.end(), [](unsigned char c) {
                            return c == '-' || c == '_' || std::isalpha(c) != 0;
                        });
    const std::vector<std::string> names = commandNames(app);
    const std::string question = suggestion(word, names);
    return fmt::format("{} is not a command; {}", isWord ? '"' + word + '"' : "the first argument",
                       question.empty() ? fmt::format("the commands are {}", fmt::join(names, ", ")) : question);
}

// Returns the unknown option, and the valid option that it resembles.
std::string withSuggestion(const std::string& option, const CLI::App& command) {
    const std::vector<std::string> names = optionNames(command);
    if (std::find(names.begin(), names.end(), option) != names.end()) {
        return fmt::format("{} before the command; write it after {}", option, command.get_name());
    }
    const std::string question = suggestion(option, names);
    return question.empty() ? option : fmt::format("{}; {}", option, question);
}

// Returns the message for unknown options and arguments. Repeats only names of options.
std::string unknownArguments(const CLI::App& app) {
    std::vector<std::string> names;
    const auto commands = app.get_subcommands();
    const CLI::App& command = commands.empty() ? app : *commands.front();
    for (const std::string& argument : app.remaining(true)) {
        if (argument.size() > 1 && argument.front() == '-') names.push_back(argument.substr(0, argument.find('=')));
    }
    if (std::find(names.begin(), names.end(), "--token") != names.end()) {
        return "no option takes a token. Set APPLIVERY_APP_TOKEN, or name a file with --token-file.";
    }
    if (names.size() == 1) return "there is no option " + withSuggestion(names.front(), command);
    return names.empty() ? "an argument belongs to no option."
                         : fmt::format("there is no option {}.", fmt::join(names, ", "));
}

// Returns the message for a command line without a known command, for which CLI11 only reports that one is missing.
std::string missingCommand(const CLI::App& app) {
    const std::vector<std::string> arguments = app.remaining();
    if (arguments.empty())
        return fmt::format("a command is missing; the commands are {}", fmt::join(commandNames(app), ", "));
    const std::string& first = arguments.front();
    return first.rfind('-', 0) == 0 ? unknownArguments(app) : unknownCommand(app, first);
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

std::optional<std::string> emptyEnvFiles(const CLI::App& app, const std::vector<std::string>& arguments) {
    constexpr std::string_view option = "--env-file";
    // A command without this option refuses the option, and the file may be one that the user needs.
    const auto isCommandWithoutOption = [&](const CLI::App* command) {
        return command->check_name(arguments.front()) && command->get_option_no_throw(std::string(option)) == nullptr;
    };
    if (!arguments.empty() && !app.get_subcommands(isCommandWithoutOption).empty()) return std::nullopt;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string_view argument = arguments[i];
        std::string file;
        if (argument == option && i + 1 < arguments.size()) file = arguments[i + 1];
        const std::size_t valueBegin = option.size() + 1;
        if (argument.substr(0, valueBegin) == "--env-file=") file = argument.substr(valueBegin);
        std::error_code error;
        const std::filesystem::path path = std::filesystem::u8path(file);
        if (!std::filesystem::is_regular_file(path, error)) continue;
        std::filesystem::resize_file(path, 0, error);
        if (error) return fmt::format("{} cannot be written: {}", file, error.message());
    }
    return std::nullopt;
}

std::string messageOf(const CLI::App& app, const CLI::ParseError& error) {
    const bool hasUnknownArgument = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr;
    const auto commands = app.get_subcommands();
    const bool isCommandMissing =
        commands.empty() && (hasUnknownArgument || dynamic_cast<const CLI::RequiredError*>(&error) != nullptr);
    std::string text = isCommandMissing     ? missingCommand(app)
                       : hasUnknownArgument ? unknownArguments(app)
                                            : error.what();
    if (std::string_view(".?").find(text.back()) == std::string_view::npos) text += '.';
    return text + " See applivery-builds " + (commands.empty() ? "" : commands.front()->get_name() + ' ') + "--help.";
}

}  // namespace applivery::program
