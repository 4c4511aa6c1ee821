#include "program.hpp"

#include "exit_code.hpp"
#include "list_command.hpp"

#include <applivery/applivery.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
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

Exit codes: 0 done, 1 other, 2 usage, 3 credentials, 4 not found, 6 no verdict (network, rate limit, server),
7 plan limit.)";

std::size_t distance(const std::string& a, const std::string& b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t cost = std::min({diagonal + (a[i] == b[j] ? 0 : 1), row[j] + 1, row[j + 1] + 1});
            diagonal = std::exchange(row[j + 1], cost);
        }
    }
    return row.back();
}

// A check for CLI11: takes the texts, `-` for `_` too, and suggests the nearest for any other.
CLI::Validator oneOf(std::vector<std::string> texts) {
    const auto check = [texts = std::move(texts)](std::string& input) -> std::string {
        std::string wanted = input;
        std::replace(wanted.begin(), wanted.end(), '-', '_');
        if (std::find(texts.begin(), texts.end(), wanted) != texts.end()) {
            input = wanted;
            return {};
        }
        const auto nearest = std::min_element(texts.begin(), texts.end(), [&](const auto& a, const auto& b) {
            return distance(wanted, a) < distance(wanted, b);
        });
        return fmt::format("\"{}\" is none of {}; did you mean {}?", input, fmt::join(texts, ", "), *nearest);
    };
    return CLI::Validator(check, "");
}

CLI::Validator atLeastOne() {
    const auto check = [](const std::string& input) -> std::string {
        const bool digits = !input.empty() && input.find_first_not_of("0123456789") == std::string::npos;
        if (digits && input.find_first_not_of('0') != std::string::npos) return {};
        return fmt::format("\"{}\" is no whole number from 1", input);
    };
    return CLI::Validator(check, "");
}

std::function<void(const std::string&)> addParameter(ListOptions& options) {
    return [&options](const std::string& text) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos || equals == 0) throw CLI::ValidationError("--param", "write it as NAME=VALUE");
        options.filter.extraParameters.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    };
}

const std::map<std::string, Format> formats{
    {"table", Format::table}, {"json", Format::json}, {"ndjson", Format::ndjson}, {"csv", Format::csv}};

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
    command.add_option("--page", options.page.number, "the page, from 1")->check(atLeastOne());
    command.add_option("--limit", options.page.limit, "builds on a page, from 1")->check(atLeastOne());
    command
        .add_option_function<std::vector<std::string>>(
            "--param",
            [&](const std::vector<std::string>& texts) {
                std::for_each(texts.begin(), texts.end(), addParameter(options));
            },
            "a further query parameter, NAME=VALUE")
        ->expected(1)
        ->take_all();
    command
        .add_option_function<std::string>(
            "-o,--output", [&](const std::string& text) { options.format = formats.at(text); },
            "table, json, ndjson or csv")
        ->transform(oneOf({"table", "json", "ndjson", "csv"}));
    command.add_option("-O,--out-file", options.outFile, "write here instead of to standard output");
    command.add_option("--token-file", options.tokenFile, "read the token here; - is standard input");
    command.add_option("--organization", options.organization, "organization id or slug, with a service account");
    command.add_option("--app", options.application, "app id or slug, with a service account");
    command.add_option("--base-url", options.baseUrl, "where the service is");
    command.footer(footer);
}

}  // namespace

int run(std::vector<std::string> arguments) {
    CLI::App app("Lists the builds of apps on Applivery.", "applivery-builds");
    app.set_version_flag("--version", std::string(version()));
    app.require_subcommand(1);
    app.footer(footer);
    ListOptions options;
    defineList(*app.add_subcommand("list", "one page of builds, newest first"), options);
    try {
        std::reverse(arguments.begin(), arguments.end());  // as CLI11 takes them
        app.parse(arguments);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return app.exit(error);  // help and version
        fmt::print(stderr, "applivery-builds: {}\nSee applivery-builds --help.\n", error.what());
        return usage;
    }
    return list(options);
}

}  // namespace applivery::program
