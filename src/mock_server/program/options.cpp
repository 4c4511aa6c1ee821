#include "options.hpp"

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

constexpr int usage = 2;

constexpr const char* knowledge = R"(
What it prints: on standard output the URL, with --tls the path of the CA's certificate in a second line, and nothing
else; both are there once it answers. It listens on 127.0.0.1 alone, and ends with SIGINT or SIGTERM.

What it knows of the service, from its documentation and public clients: both lists of builds
  GET /v1/integrations/builds
  GET /v1/organizations/5d5d3183ab0c040ae22c4651/apps/5f1a2b3c4d5e6f7081920a1b/builds   (or by slug: cartography, meridian)
their Bearer tokens, of which each API knows its own alone; the parameters versionName, status, os, page and limit; newest
first, pages from 1; the fields of a build; the envelope {"status":true,"data":{"items":[...]}} and that of errors, with the
codes 4002 (no token), 4004 (wrong token), 3001 (no such organization or app), 1002 (no such route).

What is a guess: the keys beside items (page, limit, totalDocs, totalPages, hasNextPage, ...) are those of the service's
other lists; a limit of 100 where none is given, and no largest one; versionName is compared whole; what is no status, os,
page or limit gets HTTP 400 and code 1001; sort=createdAt:asc; os=macos and os=windows; code 4003 for another
organization's token; how long processing takes. It knows no limit of requests.

Most of that can be otherwise: --rules takes the name of a set, or KEY=VALUE, or several with commas between them:
)";

constexpr const char* additions = R"(
Not the service's, but for tests: POST /mock/uploads makes a build as an upload would, and answers with it. Parameters of
the query, each optional: id, versionName, versionCode, os, branch, commit, tag, buildNumber, and outcome (processed or
error), which is how its processing ends. Faults spare it, but for those that wait for no request.

With --replay nothing of that holds. A request gets what was recorded for its method, path and parameters: what came
first first, and the last for ever; a failure of the network, also one of TLS or time, is a connection that closes. What
a recording has made up in the place of a version name, branch or id is to be asked for as it stands there; but where one
app alone was recorded, any organization and app will do. Anything else gets 404 and is told what there is.

Faults, with what the library makes of them; see also --fault-count:
)";

// What a server can do wrong; a proxy is none.
std::vector<Fault> faultsOfServers() {
    std::vector<Fault> faults = faultMatrix();
    const auto isOfAProxy = [](const Fault& fault) { return fault.way == Way::proxy || fault.way == Way::proxyTunnel; };
    faults.erase(std::remove_if(faults.begin(), faults.end(), isOfAProxy), faults.end());
    return faults;
}

std::string footer() {
    std::string text = knowledge + describeRules() + additions;
    for (const Fault& fault : faultsOfServers()) {
        std::string word = wordFor(fault);
        word.resize(std::max<std::size_t>(word.size() + 2, 62), ' ');
        text += "  " + word + (fault.kind ? std::string(toString(*fault.kind)) : "the page");
        text += fault.isTriedAgain ? ", tried again\n" : "\n";
    }
    return text;
}

std::optional<Fault> faultOf(const std::string& word) {
    const std::vector<Fault> faults = faultsOfServers();
    const auto found =
        std::find_if(faults.begin(), faults.end(), [&](const Fault& fault) { return wordFor(fault) == word; });
    if (found == faults.end()) return std::nullopt;
    return *found;
}

CLI::Validator knownFault() {
    return CLI::Validator(
        [](const std::string& word) { return faultOf(word) ? "" : "\"" + word + "\" is no fault; --help lists them"; },
        "");
}

// What the rules refuse, as CLI11 tells it.
CLI::Validator knownRules() {
    return CLI::Validator(
        [](const std::string& text) {
            try {
                ServiceRules rules;
                applyRules(rules, text);
                return std::string();
            } catch (const std::invalid_argument& fault) {
                return std::string(fault.what());
            }
        },
        "");
}

CLI::Validator duration() {
    return CLI::AsNumberWithUnit(std::map<std::string, std::int64_t>{{"ms", 1}, {"s", 1000}, {"m", 60'000}},
                                 CLI::AsNumberWithUnit::UNIT_REQUIRED)
        .description("");
}

CLI::Validator between(int least, int most) {
    return CLI::Range(least, most).description("");
}

void defineServer(CLI::App& app, ProgramOptions& options) {
    app.add_option("--port", options.port, "listen on this port; 0, the default, takes one that is free")
        ->check(between(0, 65535))
        ->type_name("PORT");
    app.add_flag("--tls", options.tls, "by https, with a certificate that is made for this run");
    app.add_option_function<std::int64_t>(
           "--latency", [&](std::int64_t ms) { options.latency = std::chrono::milliseconds{ms}; },
           "wait so long before each answer, such as 250ms")
        ->transform(duration())
        ->check(CLI::Validator(CLI::NonNegativeNumber).description(""))
        ->type_name("TIME");
    app.add_option_function<std::string>(
           "--rules", [&](const std::string& text) { applyRules(options.rules, text); },
           "differ in this from what the service is taken to do, such as max-limit=50,version-name=part; all rules "
           "are below")
        ->check(knownRules())
        ->type_name("RULES");
    app.add_flag("--verbose", options.isVerbose, "tell each request on standard error, without its token");
    app.add_flag("--until-stdin-closes", options.endsWithInput,
                 "end with standard input too, so that it ends with the program at the other end of the pipe");
}

void defineBuilds(CLI::App& app, ProgramOptions& options) {
    CLI::Option* const file =
        app.add_option(
               "--builds", options.buildsFile,
               "serve these builds, newest first: one as JSON a line, as applivery-builds list -o ndjson writes")
            ->check(CLI::Validator(CLI::ExistingFile).description(""))
            ->type_name("FILE");
    CLI::Option* const generate =
        app.add_option("--generate", options.generated, "serve so many generated builds, instead of a dozen")
            ->check(between(0, 1'000'000))
            ->type_name("COUNT")
            ->excludes(file);
    app.add_option("--seed", options.seed, "what is left to chance in generated builds")
        ->needs(generate)
        ->type_name("NUMBER");
    app.add_option("--token", options.token, "the App API Token to be accepted")
        ->type_name("TOKEN")
        ->capture_default_str();
    app.add_option("--service-account-token", options.serviceAccountToken, "the Service Account token to be accepted")
        ->type_name("TOKEN")
        ->capture_default_str();
    app.add_option_function<std::int64_t>(
           "--processing-time", [&](std::int64_t ms) { options.processingTime = std::chrono::milliseconds{ms}; },
           "process builds that are pending or in progress, and uploads, in so long, such as 10s; otherwise no build "
           "changes by itself")
        ->transform(duration())
        ->check(CLI::Validator(CLI::NonNegativeNumber).description(""))
        ->type_name("TIME");
}

void defineFault(CLI::App& app, ProgramOptions& options) {
    CLI::Option* const fault = app.add_option_function<std::string>(
                                      "--fault", [&](const std::string& word) { options.fault = faultOf(word); },
                                      "do this to each connection instead of answering; the names are below")
                                   ->check(knownFault())
                                   ->type_name("NAME")
                                   ->excludes("--tls");
    app.add_option("--fault-count", options.faultCount,
                   "do so to the first requests alone, as many as given, and answer those that follow")
        ->check(between(1, 1'000'000))
        ->type_name("COUNT")
        ->needs(fault);
}

void defineReplay(CLI::App& app, ProgramOptions& options) {
    CLI::Option* const replay =
        app.add_option("--replay", options.replayFile,
                       "answer as the service did when applivery-builds --record FILE ran, to any token; see below")
            ->check(CLI::Validator(CLI::ExistingFile).description(""))
            ->type_name("FILE");
    for (const char* const other :
         {"--builds", "--generate", "--processing-time", "--rules", "--fault", "--token", "--service-account-token"}) {
        replay->excludes(other);
    }
}

void checkTogether(const ProgramOptions& options) {
    if (options.fault && options.fault->way == Way::tls && options.faultCount != 0) {
        throw CLI::ValidationError("--fault-count", "this fault is of a server without TLS, which cannot answer");
    }
}

}  // namespace

std::variant<ProgramOptions, int> parseOptions(int argc, char** argv) {
    CLI::App app("A mock of Applivery's lists of builds, to test programs and scripts against on this machine.",
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
        checkTogether(options);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return app.exit(error);
        std::cerr << "applivery-mock-server: " << error.what() << ". See applivery-mock-server --help.\n";
        return usage;
    }
    return options;
}

}  // namespace applivery::mock
