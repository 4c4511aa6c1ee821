#include "program.hpp"

#include "command_line.hpp"
#include "command_table.hpp"
#include "option_checks.hpp"
#include "recording/recorder.hpp"
#include "signals.hpp"
#include "text/messages.hpp"
#include "text/output_file.hpp"

#include <applivery/version.hpp>

#include <algorithm>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

namespace applivery::program {
namespace {

struct DefinedCommand {
    std::unique_ptr<Command> command;
    const CLI::App* app;
};

bool isFlag(const CLI::Option* option) {
    return option->get_items_expected_max() == 0;
}

std::vector<DefinedCommand> defineCommands(CLI::App& app) {
    app.set_version_flag("--version", std::string(version()), "Print the version");
    app.set_help_flag("-h,--help", "Print this help");
    app.require_subcommand(1);
    app.footer("applivery-builds COMMAND --help shows the options of a command, with examples.");
    std::vector<DefinedCommand> commands;
    for (const CommandRow& row : commandTable()) {
        CLI::App* const subcommand = app.add_subcommand(row.name, row.description);
        if (row.isHidden) subcommand->group("");
        commands.push_back({row.make(), subcommand});
        commands.back().command->defineOptions(*subcommand);
        for (CLI::Option* const flag : subcommand->get_options(isFlag)) flag->check(noValue());
    }
    return commands;
}

// Prints the text of --help or --version, which CLI11 reports as an error.
ExitCode printHelp(const CLI::App& app, const CLI::ParseError& error) {
    std::ostringstream text;
    (void)app.exit(error, text, text);
    return printOutput(text.str());
}

// Ends before the command is run. @param command null if the command line has no valid command.
ExitCode refuse(const Command* command, const std::string& message, ExitCode code, bool asJson) {
    printMessage(message);
    if (command != nullptr && asJson) command->printRefusal(message);
    return code;
}

// Runs the command, and completes the recording. An error of the recording changes the exit code only
// if the command succeeded.
ExitCode runRecorded(Command& command, Recorder& recorder) {
    const ExitCode code = command.run();
    const auto error = recorder.finish();
    if (error) printMessage(*error);
    return error && code == ExitCode::done ? ExitCode::other : code;
}

ExitCode runCommand(Command& command, bool asJson) {
    ConnectionOptions* const connection = command.connection();
    if (connection == nullptr || connection->recordFile.empty()) return command.run();
    connection->recorder = std::make_shared<Recorder>(connection->recordFile);
    if (const auto error = connection->recorder->open()) return refuse(&command, *error, ExitCode::other, asJson);
    return runRecorded(command, *connection->recorder);
}

ExitCode parseAndRun(const std::vector<std::string>& arguments, const Signals& signals) {
    CLI::App app("List the builds of apps on Applivery, and wait for them.", "applivery-builds");
    const std::vector<DefinedCommand> commands = defineCommands(app);
    const auto parsedCommand = [&commands]() -> Command* {
        const auto isParsed = [](const DefinedCommand& candidate) { return candidate.app->parsed(); };
        const auto found = std::find_if(commands.begin(), commands.end(), isParsed);
        return found == commands.end() ? nullptr : found->command.get();
    };
    const bool asJson = requestsJson(arguments);
    try {
        app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));  // CLI11 reads from the end
        (void)emptyEnvFiles(app, arguments);                                        // `wait` reports an error
        completeOptions(*parsedCommand());
    } catch (const CLI::ParseError& error) {
        const bool isHelp = error.get_exit_code() == 0;
        if (isHelp) return printHelp(app, error);
        if (const auto fileError = emptyEnvFiles(app, arguments)) printMessage(*fileError);
        if (const auto code = signals.exitCode()) {
            printError(interruption("reading the options"), asJson);
            return *code;
        }
        return refuse(parsedCommand(), messageOf(app, error), ExitCode::usage, asJson);
    }
    return runCommand(*parsedCommand(), asJson);
}

}  // namespace

int run(const std::vector<std::string>& arguments) {
    const Signals signals;
    const ExitCode code = parseAndRun(arguments, signals);
    // After a signal, output that no reader takes is a write error.
    return toInt(code == ExitCode::other ? signals.exitCode().value_or(code) : code);
}

}  // namespace applivery::program
