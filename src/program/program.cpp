#include "program.hpp"

#include "apps_file.hpp"
#include "common_options.hpp"
#include "environment.hpp"
#include "exit_code.hpp"
#include "generate/generated_text.hpp"
#include "option_checks.hpp"
#include "recording/recorder.hpp"
#include "text/messages.hpp"
#include "text/output_file.hpp"

#include <applivery/applivery.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace applivery::program {
namespace {

// Of what was not expected only names are repeated: the rest may be a token.
std::string unexpected(const CLI::App& app) {
    std::vector<std::string> names;
    for (const std::string& argument : app.remaining(true)) {
        if (argument.size() > 1 && argument.front() == '-') names.push_back(argument.substr(0, argument.find('=')));
    }
    if (std::find(names.begin(), names.end(), "--token") != names.end()) {
        return "no option takes a token: set APPLIVERY_APP_TOKEN, or name a file with --token-file.";
    }
    return names.empty() ? "there is an argument that belongs to no option."
                         : fmt::format("there is no option {}.", fmt::join(names, ", "));
}

std::string complaint(const CLI::App& app, const CLI::ParseError& error) {
    const bool isUnexpected = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr;
    std::string text = isUnexpected ? unexpected(app) : error.what();
    if (std::string_view(".?").find(text.back()) == std::string_view::npos) text += '.';
    const auto commands = app.get_subcommands();
    return text + " See applivery-builds " + (commands.empty() ? "" : commands.front()->get_name() + ' ') + "--help.";
}

void addAppsOfFile(ConnectionOptions& options) {
    if (options.appsFile.empty()) return;
    if (options.appsFile == "-" && options.tokenFile == "-") {
        throw CLI::ValidationError("--apps-file", "only one of it and --token-file can be standard input");
    }
    const auto apps = readAppsFile(options.appsFile);
    if (!apps) throw CLI::ValidationError("--apps-file", apps.error().message());
    options.applications.insert(options.applications.end(), apps->begin(), apps->end());
}

void checkApplications(const ConnectionOptions& options, bool maySeveral) {
    if (options.applications.size() > 1 && !maySeveral) {
        throw CLI::ValidationError("--app",
                                   "several apps are for overview, report, and for list with --all or --since");
    }
}

void checkTargets(const ReportOptions& options) {
    const std::string fault = faultOf(options);
    if (!fault.empty()) throw CLI::ValidationError("report", fault);
}

// What is written later would take the place of the other: of an output, of a token, of what a CI job goes on with.
void checkRecord(const ConnectionOptions& options, std::initializer_list<std::string> outputs) {
    if (options.recordFile.empty()) return;
    const std::string record = outputTarget(options.recordFile);
    const auto isSame = [&](const std::string& file) { return !file.empty() && outputTarget(file) == record; };
    const auto isRead = [&](const std::string& file) { return file != "-" && isSame(file); };
    if (std::any_of(outputs.begin(), outputs.end(), isSame) || isRead(options.tokenFile) || isRead(options.appsFile)) {
        throw CLI::ValidationError("--record", "another option names the same file: name another for one of them");
    }
    for (const char* const variable : {"GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"}) {
        if (!isSame(environment(variable))) continue;
        throw CLI::ValidationError("--record", fmt::format("{} names the same file: name another", variable));
    }
}

int print(const std::string& text) {
    OutputFile out("");
    if (const auto why = out.write(text)) {
        say(*why);
        return other;
    }
    return done;
}

std::string textOf(const CLI::App& app, const std::string& what) {
    if (what == "man") return manPage(app);
    if (what == "bash") return bashCompletion(app);
    return what == "zsh" ? zshCompletion(app) : fishCompletion(app);
}

bool asksForJson(const std::vector<std::string>& arguments) {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& argument = arguments[i];
        if (argument == "-ojson" || argument == "-o=json" || argument == "--output=json") return true;
        const bool isOption = argument == "-o" || argument == "--output";
        if (isOption && i + 1 < arguments.size() && arguments[i + 1] == "json") return true;
    }
    return false;
}

struct Command {
    const CLI::App* name;
    ConnectionOptions* connection;
    std::function<int()> run;
};

// Before anything is sent. @return why not.
std::optional<std::string> openRecorder(ConnectionOptions& options) {
    if (options.recordFile.empty()) return std::nullopt;
    options.recorder = std::make_shared<Recorder>(options.recordFile);
    return options.recorder->open();
}

// What cannot be recorded to its end changes no exit code but the good one.
int runRecorded(const Command& command) {
    const std::shared_ptr<Recorder> recorder = command.connection->recorder;
    const int code = command.run();
    const auto why = recorder ? recorder->finish() : std::nullopt;
    if (why) say(*why);
    return why && code == done ? static_cast<int>(other) : code;
}

// Help and version.
int help(const CLI::App& app, const CLI::ParseError& error) {
    std::ostringstream text;
    (void)app.exit(error, text, text);
    return print(text.str());
}

}  // namespace

int run(std::vector<std::string> arguments) {
    CLI::App app("Lists the builds of apps on Applivery, and waits for them.", "applivery-builds");
    app.set_version_flag("--version", std::string(version()));
    app.require_subcommand(1);
    app.footer("applivery-builds COMMAND --help shows its options, with examples.");
    ListOptions listed;
    ListOptions latest;
    WaitCommandOptions awaited;
    OverviewOptions seen;
    ReportOptions told;
    DoctorOptions examined;
    CLI::App* const list = app.add_subcommand("list", "one page of builds, or all of them, newest first");
    CLI::App* const newest = app.add_subcommand("latest", "the newest build that matches");
    CLI::App* const waiting = app.add_subcommand("wait", "until a build is processed, with a verdict for a CI job");
    CLI::App* const seeing = app.add_subcommand("overview", "how things stand with each app and system");
    CLI::App* const telling = app.add_subcommand("report", "a page with pictures, or the same numbers for programs");
    CLI::App* const examining = app.add_subcommand("doctor", "why it does not work here, step by step");
    std::string generated;
    CLI::App* const generating = app.add_subcommand("generate", "the man page, or the completions of a shell");
    generating->add_option("what", generated, "man, bash, zsh or fish")
        ->required()
        ->transform(oneOf({"man", "bash", "zsh", "fish"}));
    generating->group("");  // for packagers
    defineList(*list, listed);
    defineLatest(*newest, latest);
    defineWait(*waiting, awaited);
    defineOverview(*seeing, seen);
    defineReport(*telling, told);
    defineDoctor(*examining, examined);
    const bool wantsJson = asksForJson(arguments);  // what a command line that is wrong leaves unread
    const auto refuse = [&](const std::string& why, int code) {
        say(why);
        if (*waiting && wantsJson) (void)print(waitRefusalJson(why));
        return code;
    };
    try {
        std::reverse(arguments.begin(), arguments.end());  // as CLI11 takes them
        app.parse(arguments);
        addAppsOfFile(listed.selection.connection);
        addAppsOfFile(seen.selection.connection);
        addAppsOfFile(told.selection.connection);
        listed.isWhole = listed.isWhole || listed.selection.since;
        checkApplications(listed.selection.connection, listed.isWhole);
        checkApplications(latest.selection.connection, false);
        checkApplications(awaited.connection, false);
        checkApplications(examined.connection, false);
        if (*telling) checkTargets(told);
        checkRecord(listed.selection.connection, {listed.outFile});
        checkRecord(latest.selection.connection, {latest.outFile});
        checkRecord(awaited.connection, {awaited.envFile});
        checkRecord(seen.selection.connection, {});
        checkRecord(examined.connection, {});
        checkRecord(told.selection.connection, {told.htmlFile, told.outFile});
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return help(app, error);
        return refuse(complaint(app, error), usage);
    }
    if (*generating) return print(textOf(app, generated));
    const std::vector<Command> commands{
        {list, &listed.selection.connection, [&] { return program::list(listed); }},
        {newest, &latest.selection.connection, [&] { return program::list(latest); }},
        {waiting, &awaited.connection, [&] { return wait(awaited); }},
        {seeing, &seen.selection.connection, [&] { return overview(seen); }},
        {telling, &told.selection.connection, [&] { return report(told); }},
        {examining, &examined.connection, [&] { return doctor(examined); }},
    };
    const Command& command = *std::find_if(commands.begin(), commands.end(),
                                           [](const Command& candidate) { return candidate.name->parsed(); });
    if (const auto why = openRecorder(*command.connection)) return refuse(*why, other);
    return runRecorded(command);
}

}  // namespace applivery::program
