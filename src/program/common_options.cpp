#include "common_options.hpp"

#include "option_checks.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace applivery::program {
namespace {

constexpr const char* credentialsHelp = R"(
Credentials come from the environment: APPLIVERY_APP_TOKEN, or APPLIVERY_SERVICE_ACCOUNT_TOKEN with
APPLIVERY_ORGANIZATION_ID and APPLIVERY_APPLICATION_ID. No option takes a token.
)";

constexpr const char* exitCodes = R"(
Exit codes: 0 done, 1 other, 2 usage, 3 credentials, 4 not found, 5 the build failed, 6 no verdict (network, rate limit,
server), 7 plan limit, 8 still pending at the only check, 9 incomplete, 124 timed out, 128 and more a signal.)";

std::string helpWith(const std::string& examples) {
    return credentialsHelp + ("\nExamples:\n" + examples) + exitCodes;
}

std::function<void(const std::string&)> addParameter(BuildFilter& filter) {
    return [&filter](const std::string& text) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos || equals == 0) throw CLI::ValidationError("--param", "write it as NAME=VALUE");
        filter.extraParameters.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    };
}

const std::map<std::string, Format> formats{{"table", Format::table},
                                            {"json", Format::json},
                                            {"ndjson", Format::ndjson},
                                            {"csv", Format::csv},
                                            {"markdown", Format::markdown}};

void defineConnection(CLI::App& command, ConnectionOptions& options) {
    command.add_option("--token-file", options.tokenFile, "read the token here; - is standard input")
        ->check(notEmpty());
    command.add_option("--organization", options.organization, "organization id or slug, with a service account")
        ->check(notEmpty());
    command
        .add_option("--app", options.applications,
                    "app id or slug, with a service account; several where all builds are read")
        ->expected(1)
        ->take_all()
        ->check(notEmpty());
    command.add_option("--base-url", options.baseUrl, "where the service is")->check(notEmpty());
    command.add_flag("--verbose", options.isVerbose, "tell each request on standard error");
    command
        .add_option("--record", options.recordFile,
                    "write each exchange with the service here, one as JSON a line, with what is private in it "
                    "replaced, to hand it over; a file that is there is replaced")
        ->check(fileName());
}

void defineAppsFile(CLI::App& command, ConnectionOptions& options) {
    command
        .add_option("--apps-file", options.appsFile,
                    "apps as of --app, one a line; lines that begin with # are none; - is standard input")
        ->check(notEmpty());
}

void addText(CLI::App& command, const char* name, std::optional<std::string>& text, const char* what) {
    command
        .add_option_function<std::string>(
            name, [&text](const std::string& given) { text = given; }, what)
        ->check(notEmpty());
}

// What the service filters by.
void defineFilter(CLI::App& command, BuildFilter& filter) {
    addText(command, "--version-name", filter.versionName, "only builds of this version name");
    command
        .add_option_function<std::string>(
            "--status", [&](const std::string& text) { filter.status = enumFromText<BuildStatus>(text); },
            "only builds in this state: pending, in_progress, processed, error")
        ->transform(oneOf({"pending", "in_progress", "processed", "error"}));
    command
        .add_option_function<std::string>(
            "--os", [&](const std::string& text) { filter.os = enumFromText<Os>(text); },
            "only builds for this system: ios, android, macos, windows")
        ->transform(oneOf({"ios", "android", "macos", "windows"}));
    command
        .add_option_function<std::vector<std::string>>(
            "--param",
            [&](const std::vector<std::string>& texts) {
                std::for_each(texts.begin(), texts.end(), addParameter(filter));
            },
            "a further query parameter, NAME=VALUE; may be repeated")
        ->expected(1)
        ->take_all();
}

// What is compared here, with what came.
void defineOwnFilter(CLI::App& command, BuildSelection& options) {
    addText(command, "--branch", options.branch,
            "only builds of this branch; compared here, with the builds that came");
    addText(command, "--commit", options.commit, "only builds of this commit; compared here");
    addText(command, "--tag", options.tag, "only builds of this tag; compared here");
}

void defineNoColor(CLI::App& command, bool& hasNoColor) {
    command.add_flag("--no-color", hasNoColor, "no colours, as with NO_COLOR");
}

void defineOutput(CLI::App& command, ListOptions& options) {
    command
        .add_option_function<std::string>(
            "-o,--output", [&](const std::string& text) { options.format = formats.at(text); },
            "table (the default), json, ndjson, csv or markdown")
        ->transform(oneOf({"table", "json", "ndjson", "csv", "markdown"}));
    command
        .add_option("--fields", options.fields,
                    "of table, csv and markdown, by their path in the service's reference, such as "
                    "info.ios.plist.CFBundleVersion, or the end of it where no other ends so, such as branch; "
                    "unknownFields: those that are not known, as a JSON object")
        ->delimiter(',')
        ->check(fieldName());
    defineNoColor(command, options.hasNoColor);
    command
        .add_option(
            "-O,--out-file", options.outFile,
            "write here instead of to standard output (-); a file that is there is replaced by a whole list alone")
        ->check(notEmpty());
}

CLI::Option* defineSince(CLI::App& command, std::optional<TimePoint>& since, const char* what) {
    const auto now = std::chrono::system_clock::now();
    return command
        .add_option_function<std::string>(
            "--since", [&since, now](const std::string& text) { since = parseWhen(text, now); }, what)
        ->check(when(now));
}

CLI::Option* defineDuration(CLI::App& command, const char* name, std::chrono::milliseconds& value, const char* what) {
    return command
        .add_option_function<std::string>(
            name, [&value](const std::string& text) { value = *parseDuration(text); },
            what + (", " + durationText(value) + " unless given"))
        ->check(duration());
}

}  // namespace

void defineList(CLI::App& command, ListOptions& options) {
    defineFilter(command, options.selection.filter);
    defineOwnFilter(command, options.selection);
    CLI::Option* const page = command.add_option("--page", options.page, "the page, from 1")->transform(atLeastOne());
    command.add_option("--limit", options.selection.limit, "builds on a page, from 1")->transform(atLeastOne());
    defineOutput(command, options);
    command.add_flag("--all", options.isWhole, "all pages, 100 builds each unless --limit says otherwise")
        ->excludes(page);
    defineSince(command, options.selection.since,
                "all builds that were made since: a time, a date, or an age such as 7d")
        ->excludes(page);
    defineConnection(command, options.selection.connection);
    defineAppsFile(command, options.selection.connection);
    command.footer(helpWith(R"(  applivery-builds list --status processed --os ios --limit 20
  applivery-builds list -o json | jq -r '.items[0].id'
  applivery-builds list --token-file token.txt -o csv -O builds.csv
  applivery-builds list --all --since 30d -o ndjson | jq -r 'select(.status == "error") | .id'
  applivery-builds list --all --app shop --app bank -o csv
  applivery-builds list --all --apps-file apps.txt -o ndjson
)"));
}

void defineLatest(CLI::App& command, ListOptions& options) {
    options.isLatest = true;
    options.isWhole = true;
    defineFilter(command, options.selection.filter);
    defineOwnFilter(command, options.selection);
    defineOutput(command, options);
    defineSince(command, options.selection.since, "look no further back than a time, a date, or an age such as 7d");
    defineConnection(command, options.selection.connection);
    command.footer(helpWith(R"(  applivery-builds latest --status processed --os android
  applivery-builds latest --branch main -o json | jq -r '.items[0].id'
)"));
}

void defineWait(CLI::App& command, WaitCommandOptions& options) {
    BuildSelector& selector = options.selector;
    addText(command, "--build-id", selector.id, "the build; where nothing else is said of it, APPLIVERY_BUILD_ID");
    addText(command, "--version-name", selector.versionName, "or one of this version name");
    addText(command, "--version-code", selector.versionCode, "and of this version code");
    addText(command, "--commit", selector.commit, "and of this commit");
    addText(command, "--branch", selector.branch, "and of this branch");
    addText(command, "--tag", selector.tag, "and of this tag");
    addText(command, "--build-number", selector.buildNumber, "and of this number of the CI system");
    command
        .add_option_function<std::string>(
            "--os", [&](const std::string& text) { selector.os = enumFromText<Os>(text); },
            "and for this system: ios, android, macos, windows")
        ->transform(oneOf({"ios", "android", "macos", "windows"}));
    CLI::Option* const since = defineSince(
        command, selector.createdSince,
        "that was made since: a time, a date, or an age such as 10m; needed where no --build-id is given, since an "
        "older build of the same version could answer");
    command.add_flag("--any-age", selector.anyAge, "an older build may answer too")->excludes(since);
    defineDuration(command, "--timeout", options.limits.timeout,
                   "how long to wait; 0 makes one check, of at most one second");
    defineDuration(command, "--find-timeout", options.limits.findTimeout, "how long to look for the build");
    command
        .add_option_function<std::string>(
            "-o,--output", [&](const std::string& text) { options.asJson = text == "json"; },
            "text (the default) or json")
        ->transform(oneOf({"text", "json"}));
    defineNoColor(command, options.hasNoColor);
    const std::map<std::string, CiSystem> systems{
        {"none", CiSystem::none}, {"github", CiSystem::github}, {"azure", CiSystem::azure}};
    command
        .add_option_function<std::string>(
            "--ci", [&options, systems](const std::string& text) { options.ci = systems.at(text); },
            "tell this CI system the verdict: github, azure or none; the one that runs the job unless given")
        ->transform(oneOf({"none", "github", "azure"}));
    command.add_option("--env-file", options.envFile, "write the verdict here as APPLIVERY_BUILD_ID=... and so on")
        ->check(notEmpty());
    defineConnection(command, options.connection);
    command.footer(helpWith(R"(  applivery-builds wait --build-id "$APPLIVERY_BUILD_ID"
  applivery-builds wait --version-name 2.4.0 --os ios --since 10m --timeout 30m
  applivery-builds wait --build-id 6731e9e7a1b2c3d4e5f60718 -o json | jq -r .outcome
)"));
}

void defineOverview(CLI::App& command, OverviewOptions& options) {
    defineSince(command, options.selection.since,
                "of builds that were made since: a time, a date, or an age, 30d unless given");
    command
        .add_option_function<std::string>(
            "-o,--output", [&](const std::string& text) { options.format = formats.at(text); },
            "table (the default), json or markdown")
        ->transform(oneOf({"table", "json", "markdown"}));
    defineNoColor(command, options.hasNoColor);
    CLI::Option* const watch = command.add_flag(
        "--watch", options.isWatch,
        "again and again, asking for what is new, until a signal comes, nobody reads it, or every app fails "
        "for good");
    defineDuration(command, "--interval", options.interval, "how often, or as often as 10,000 requests an hour allow")
        ->check(atLeast(std::chrono::seconds{1}))
        ->needs(watch);
    defineConnection(command, options.selection.connection);
    defineAppsFile(command, options.selection.connection);
    command.footer(helpWith(R"(  applivery-builds overview
  applivery-builds overview --apps-file apps.txt --since 7d -o markdown
  applivery-builds overview --app shop --app bank --watch --interval 30s
  applivery-builds overview -o json | jq -r '.rows[] | select(.failed > 0) | .os'
)"));
}

void defineReport(CLI::App& command, ReportOptions& options) {
    BuildSelection& selection = options.selection;
    command
        .add_option(
            "--html", options.htmlFile,
            "write a page for people here (- is standard output): one file, without scripts, that needs nothing "
            "besides; a file that is there is replaced")
        ->check(notEmpty());
    const std::map<std::string, ReportFormat> reportFormats{
        {"openmetrics", ReportFormat::openmetrics}, {"json", ReportFormat::json}, {"csv", ReportFormat::csv}};
    command
        .add_option_function<std::string>(
            "-o,--output",
            [&options, reportFormats](const std::string& text) { options.format = reportFormats.at(text); },
            "the numbers for programs: openmetrics (for a collector of Prometheus text files), json or csv")
        ->transform(oneOf({"openmetrics", "json", "csv"}));
    command
        .add_option("-O,--out-file", options.outFile,
                    "write what -o says here instead of to standard output (-); a file that is there is replaced")
        ->check(notEmpty());
    defineFilter(command, selection.filter);
    defineOwnFilter(command, selection);
    command.add_option("--limit", selection.limit, "builds on a page, from 1; 100 unless given")
        ->transform(atLeastOne());
    defineSince(command, selection.since, "only builds that were made since: a time, a date, or an age such as 30d");
    defineConnection(command, selection.connection);
    defineAppsFile(command, selection.connection);
    command.footer(helpWith(R"(  applivery-builds report --html report.html
  applivery-builds report --since 30d --apps-file apps.txt --html report.html
  applivery-builds report -o openmetrics -O /var/lib/prometheus/node-exporter/applivery.prom
  applivery-builds report -o json | jq '.groups[] | {app, os, processTimeP90}'
)"));
}

void defineDoctor(CLI::App& command, DoctorOptions& options) {
    command
        .add_option_function<std::string>(
            "-o,--output", [&](const std::string& text) { options.format = formats.at(text); },
            "table (the default), json, or markdown to report a fault with; no token and nothing of your builds is in "
            "it")
        ->transform(oneOf({"table", "json", "markdown"}));
    defineNoColor(command, options.hasNoColor);
    CLI::Option* const probe = command.add_flag(
        "--probe", options.isProbe,
        "then ask the service, by 30 requests at most, for what is not known of it, and tell what contradicts what "
        "this program goes by");
    command.add_flag("--yes", options.isConfirmed, "do so without being asked")->needs(probe);
    defineConnection(command, options.connection);
    command.footer(helpWith(R"(  applivery-builds doctor
  applivery-builds doctor -o markdown
  applivery-builds doctor --probe --yes -o json | jq '.unknowns[] | select(.contradicted)'
)"));
}

}  // namespace applivery::program
