#include "program.hpp"

#include "exit_code.hpp"
#include "list_command.hpp"
#include "messages.hpp"
#include "option_checks.hpp"
#include "output_file.hpp"

#include <applivery/applivery.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace applivery::program {
namespace {

constexpr const char* footer = R"(
Credentials come from the environment: APPLIVERY_APP_TOKEN, or APPLIVERY_SERVICE_ACCOUNT_TOKEN with
APPLIVERY_ORGANIZATION_ID and APPLIVERY_APPLICATION_ID. No option takes a token.

Examples:
  applivery-builds list --status processed --os ios --limit 20
  applivery-builds list -o json | jq -r '.items[0].id'
  applivery-builds list --token-file token.txt -o csv -O builds.csv
  applivery-builds list --all --since 30d -o ndjson | jq -r 'select(.status == "error") | .id'
  applivery-builds list --all --app shop --app bank -o csv

Exit codes: 0 done, 1 other, 2 usage, 3 credentials, 4 not found, 6 no verdict (network, rate limit, server),
7 plan limit, 9 incomplete, 128 and more a signal.)";

std::function<void(const std::string&)> addParameter(ListOptions& options) {
    return [&options](const std::string& text) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos || equals == 0) throw CLI::ValidationError("--param", "write it as NAME=VALUE");
        options.filter.extraParameters.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    };
}

const std::map<std::string, Format> formats{
    {"table", Format::table}, {"json", Format::json}, {"ndjson", Format::ndjson}, {"csv", Format::csv}};

void defineConnection(CLI::App& command, ConnectionOptions& options) {
    command.add_option("--token-file", options.tokenFile, "read the token here; - is standard input")
        ->check(notEmpty());
    command.add_option("--organization", options.organization, "organization id or slug, with a service account")
        ->check(notEmpty());
    command
        .add_option("--app", options.applications,
                    "app id or slug, with a service account; with --all or --since also several")
        ->expected(1)
        ->take_all()
        ->check(notEmpty());
    command.add_option("--base-url", options.baseUrl, "where the service is")->check(notEmpty());
    command.add_flag("--verbose", options.isVerbose, "tell each request on standard error");
}

void defineList(CLI::App& command, ListOptions& options) {
    command.add_option("--version-name", options.filter.versionName, "only builds of this version name");
    command
        .add_option_function<std::string>(
            "--status", [&](const std::string& text) { options.filter.status = enumFromText<BuildStatus>(text); },
            "only builds in this state: pending, in_progress, processed, error")
        ->transform(oneOf({"pending", "in_progress", "processed", "error"}));
    command
        .add_option_function<std::string>(
            "--os", [&](const std::string& text) { options.filter.os = enumFromText<Os>(text); },
            "only builds for this system: ios, android, macos, windows")
        ->transform(oneOf({"ios", "android", "macos", "windows"}));
    CLI::Option* const page =
        command.add_option("--page", options.page.number, "the page, from 1")->transform(atLeastOne());
    command.add_option("--limit", options.page.limit, "builds on a page, from 1")->transform(atLeastOne());
    command
        .add_option_function<std::vector<std::string>>(
            "--param",
            [&](const std::vector<std::string>& texts) {
                std::for_each(texts.begin(), texts.end(), addParameter(options));
            },
            "a further query parameter, NAME=VALUE; may be repeated")
        ->expected(1)
        ->take_all();
    command
        .add_option_function<std::string>(
            "-o,--output", [&](const std::string& text) { options.format = formats.at(text); },
            "table (the default), json, ndjson or csv")
        ->transform(oneOf({"table", "json", "ndjson", "csv"}));
    command
        .add_option(
            "-O,--out-file", options.outFile,
            "write here instead of to standard output (-); a file that is there is replaced by a whole list alone")
        ->check(notEmpty());
    command.add_flag("--all", options.isWhole, "all pages, 100 builds each unless --limit says otherwise")
        ->excludes(page);
    const auto now = std::chrono::system_clock::now();
    command
        .add_option_function<std::string>(
            "--since",
            [&options, now](const std::string& text) {
                options.since = parseWhen(text, now);
                options.isWhole = true;
            },
            "all builds that were made since: a time, a date, or an age such as 7d")
        ->check(when(now))
        ->excludes(page);
    defineConnection(command, options.connection);
    command.footer(footer);
}

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

// Help and version.
int help(const CLI::App& app, const CLI::ParseError& error) {
    std::ostringstream text;
    (void)app.exit(error, text, text);
    OutputFile out("");
    if (const auto why = out.write(text.str())) {
        say(*why);
        return other;
    }
    return done;
}

}  // namespace

int run(std::vector<std::string> arguments) {
    CLI::App app("Lists the builds of apps on Applivery.", "applivery-builds");
    app.set_version_flag("--version", std::string(version()));
    app.require_subcommand(1);
    app.footer(footer);
    ListOptions options;
    defineList(*app.add_subcommand("list", "one page of builds, or all of them, newest first"), options);
    try {
        std::reverse(arguments.begin(), arguments.end());  // as CLI11 takes them
        app.parse(arguments);
        if (options.connection.applications.size() > 1 && !options.isWhole) {
            throw CLI::ValidationError("--app", "several apps are listed with --all or --since alone");
        }
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return help(app, error);
        say(complaint(app, error));
        return usage;
    }
    return list(options);
}

}  // namespace applivery::program
