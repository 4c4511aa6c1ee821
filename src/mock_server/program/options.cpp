#include "options.hpp"

#include "faults.hpp"
#include "own_routes.hpp"

#include <applivery/error.hpp>
#include <applivery/version.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <map>
#include <stdexcept>
#include <vector>

namespace applivery::mock {
namespace {

constexpr int usageExitCode = 2;

constexpr const char* serviceHelp = R"(
Output: the URL in the first line of standard output and, with --tls, the path of the CA certificate in the second line.
The server is ready when both are printed. The server listens only on 127.0.0.1 and ends at SIGINT or SIGTERM.

Known from the documentation and from public clients of the service:
- the lists of builds:
  GET /v1/integrations/builds
  GET /v1/organizations/5d5d3183ab0c040ae22c4651/apps/5f1a2b3c4d5e6f7081920a1b/builds   (or by slug: cartography, meridian)
- one build: each of these paths, followed by /ID
- Bearer tokens; each API accepts only its own tokens
- the parameters versionName, status, os, page and limit
- the order: newest first, with pages from 1
- the fields of a build
- the envelope {"status":true,"data":{"items":[...]}} and the envelope of errors
- the codes 4002 (no token), 4004 (wrong token), 3001 (no such organization or app), 1002 (no such route)

What is a guess:
- the keys besides items (page, limit, totalDocs, totalPages, hasNextPage, ...), which are those of the other lists
- the envelope of one build: {"status":true,"data":{...}}
- a default limit of 100 and no maximum
- versionName is compared as a whole
- an invalid status, os, page or limit fails with HTTP 400 and the code 1001
- sort=createdAt:asc; os=macos and os=windows
- the code 4003 for a token of another organization
- the time of processing; builds have no times and no info while pending, and failed builds have no info
- no limit on the number of requests

Rules change most of these guesses. --rules takes names of sets and KEY=VALUE, separated by commas:
)";

constexpr const char* ownHelp = R"(
For tests, and not part of the service. Faults and the latency do not affect these routes. With --tls, they also accept
HTTP without TLS:
)";

constexpr const char* replayHelp = R"(
With --replay, the server sends recorded responses instead of those of the service:
- A request receives the recorded responses for its method, path and parameters, in their order. The last one repeats.
- For a recorded network failure, including TLS failures and time-outs, the connection closes without a response, or
  after the part of a response that was received.
- A recording replaces version names, branches and ids. Requests must name the replacements.
- If only one app was recorded, a request can name any organization and app.
- Any other request fails with status 404 and a message that names the recorded requests.

Faults and the outcome of a call of the library; see also --fault-count, --fault-path and POST /mock/faults. After a
fault with a count, the connection closes:
)";

std::string footer() {
    std::string text = serviceHelp + describeRules() + ownHelp + describeOwnRoutes() + replayHelp;
    for (const Fault& fault : serverFaults()) {
        std::string word = slugOf(fault);
        constexpr std::size_t columnWidth = 62;
        word.resize(std::max(word.size() + 2, columnWidth), ' ');
        text += "  " + word + (fault.kind ? std::string(toString(*fault.kind)) : "success");
        text += fault.isRetried ? ", retried\n" : "\n";
    }
    return text;
}

CLI::Validator knownFault() {
    return CLI::Validator(
        [](const std::string& word) {
            return findFault(word) ? "" : "unknown fault \"" + word + "\". --help lists all faults";
        },
        "");
}

CLI::Validator knownRules() {
    return CLI::Validator(
        [](const std::string& text) {
            try {
                ServiceRules rules;
                applyRules(rules, text);
                return std::string();
            } catch (const std::invalid_argument& error) {
                return std::string(error.what());
            }
        },
        "");
}

CLI::Validator knownTime() {
    return CLI::Validator(
        [](const std::string& text) {
            return parseIsoTime(text) ? "" : "\"" + text + "\" is not a time in UTC such as 2026-11-30T12:00:00Z";
        },
        "");
}

CLI::Validator duration() {
    return CLI::AsNumberWithUnit(std::map<std::string, std::int64_t>{{"ms", 1}, {"s", 1000}, {"m", 60'000}},
                                 CLI::AsNumberWithUnit::UNIT_REQUIRED)
        .description("");
}

CLI::Validator between(int min, int max) {
    return CLI::Range(min, max).description("");
}

void defineServer(CLI::App& app, ProgramOptions& options) {
    app.add_option("--port", options.port, "Listen on this port (default: 0, a free port)")
        ->check(between(0, 65535))
        ->type_name("PORT");
    app.add_flag("--tls", options.tls, "Serve HTTPS with a generated certificate");
    app.add_option_function<std::int64_t>(
           "--latency", [&](std::int64_t ms) { options.latency = std::chrono::milliseconds{ms}; },
           "Wait before each response, such as 250ms")
        ->transform(duration())
        ->check(CLI::Validator(CLI::NonNegativeNumber).description(""))
        ->type_name("TIME");
    app.add_option_function<std::string>(
           "--rules", [&](const std::string& text) { applyRules(options.rules, text); },
           "Change the rules of the service, such as max-limit=50,version-name=part (rules: see below)")
        ->check(knownRules())
        ->type_name("RULES");
    app.add_flag("--verbose", options.isVerbose, "Print each request on standard error, without its token");
    app.add_flag("--until-stdin-closes", options.endsWithInput,
                 "End at the end of standard input, with the program that writes to the pipe");
}

void defineBuilds(CLI::App& app, ProgramOptions& options) {
    CLI::Option* const file =
        app.add_option("--builds", options.buildsFile,
                       "Serve these builds, newest first: a JSON object a line, as of applivery-builds list -o ndjson")
            ->check(CLI::Validator(CLI::ExistingFile).description(""))
            ->type_name("FILE");
    CLI::Option* const generate = app.add_option("--generate", options.generatedCount,
                                                 "Serve this number of generated builds (default: a dozen demo builds)")
                                      ->check(between(0, 1'000'000))
                                      ->type_name("COUNT")
                                      ->excludes(file);
    app.add_option("--seed", options.seed, "Seed of the generated builds")->needs(generate)->type_name("NUMBER");
    app.add_option_function<std::string>(
           "--now", [&](const std::string& text) { options.now = parseIsoTime(text); },
           "Start the server's clock at this time, such as 2026-11-30T12:00:00Z: then, --generate --seed serves the "
           "same bytes in each run")
        ->check(knownTime())
        ->type_name("TIME");
    app.add_option("--token", options.token, "Accept this App API Token")->type_name("TOKEN")->capture_default_str();
    app.add_option("--service-account-token", options.serviceAccountToken, "Accept this Service Account token")
        ->type_name("TOKEN")
        ->capture_default_str();
    app.add_option_function<std::int64_t>(
           "--processing-time", [&](std::int64_t ms) { options.processingTime = std::chrono::milliseconds{ms}; },
           "Process pending builds, builds in progress and uploads in this time, such as 10s (default: never)")
        ->transform(duration())
        ->check(CLI::Validator(CLI::NonNegativeNumber).description(""))
        ->type_name("TIME");
}

void defineFault(CLI::App& app, ProgramOptions& options) {
    CLI::Option* const fault = app.add_option_function<std::string>(
                                      "--fault", [&](const std::string& word) { options.fault = findFault(word); },
                                      "Apply this fault to requests instead of responding (names: see below)")
                                   ->check(knownFault())
                                   ->type_name("NAME");
    app.add_option("--fault-count", options.faultCount, "Apply the fault only to this number of requests, then respond")
        ->check(between(1, 1'000'000))
        ->type_name("COUNT")
        ->needs(fault);
    app.add_option("--fault-path", options.faultPath,
                   "Apply the fault only to requests whose path begins with this text")
        ->check(CLI::Validator(
            [](const std::string& text) { return text.rfind('/', 0) == 0 ? "" : "must begin with /"; }, ""))
        ->type_name("PATH")
        ->needs(fault);
}

void defineReplay(CLI::App& app, ProgramOptions& options) {
    CLI::Option* const replay =
        app.add_option("--replay", options.replayFile,
                       "Replay a file of applivery-builds --record FILE, for any token (see below)")
            ->check(CLI::Validator(CLI::ExistingFile).description(""))
            ->type_name("FILE");
    for (const char* const other :
         {"--builds", "--generate", "--processing-time", "--rules", "--fault", "--token", "--service-account-token"}) {
        replay->excludes(other);
    }
}

// A fault of the TLS handshake needs a server with TLS.
void completeTls(ProgramOptions& options) {
    if (!options.fault || !occursInHandshake(*options.fault)) return;
    options.tls = true;
    if (!options.faultPath.empty())
        throw CLI::ValidationError("--fault-path", "this fault occurs in the TLS handshake, before the path is known");
}

}  // namespace

std::variant<ProgramOptions, int> parseOptions(int argc, char** argv) {
    CLI::App app("Serves a mock of Applivery's lists of builds on this machine, to test programs and scripts.",
                 "applivery-mock-server");
    app.set_version_flag("--version", std::string(version()));
    ProgramOptions options;
    defineServer(app, options);
    defineBuilds(app, options);
    defineFault(app, options);
    defineReplay(app, options);
    app.footer(footer());
    try {
        app.parse(argc, argv);
        completeTls(options);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return app.exit(error);
        std::cerr << "applivery-mock-server: " << error.what() << ". See applivery-mock-server --help.\n";
        return usageExitCode;
    }
    return options;
}

}  // namespace applivery::mock
