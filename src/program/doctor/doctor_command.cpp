#include "doctor/doctor_command.hpp"

#include "doctor/credential_checks.hpp"
#include "doctor/doctor_writer.hpp"
#include "doctor/network_checks.hpp"
#include "doctor/network_inspection.hpp"
#include "doctor/probe.hpp"
#include "doctor/probe_client.hpp"
#include "doctor/service_checks.hpp"
#include "environment.hpp"
#include "signals.hpp"
#include "text/messages.hpp"
#include "text/output_file.hpp"
#include "text/terminal.hpp"

#include <applivery/applivery.hpp>

#include <fmt/format.h>

#include <iostream>
#include <iterator>
#include <string>
#include <utility>
#include <variant>

namespace applivery::program {
namespace {

// Of another than the usual one only is told where it was named: it may be the name of a company.
std::string addressText(const ConnectionOptions& options, const std::string& address) {
    const ClientOptions usual;
    if (address.compare(0, usual.baseUrl.size() + 1, usual.baseUrl + '/') == 0) return usual.baseUrl;
    const char* const source = !options.baseUrl.empty()                     ? "--base-url"
                               : !environment("APPLIVERY_BASE_URL").empty() ? "APPLIVERY_BASE_URL"
                                                                            : "APPLIVERY_TENANT";
    return fmt::format("that of {}, by {}", source, address.substr(0, address.find(':')));
}

// The token as one of the other API, where it is known of which app.
std::optional<Credentials> asOtherKind(const ConnectionOptions& options, const Credentials& credentials) {
    if (const auto* account = std::get_if<ServiceAccount>(&credentials)) return Credentials{AppToken{account->token}};
    const std::string organization = organizationOf(options);
    const std::string app = firstApplicationOf(options);
    if (organization.empty() || app.empty()) return std::nullopt;
    return Credentials{ServiceAccount{tokenIn(credentials), organization, app}};
}

// The library's own words would name the host.
Finding refusedAddress(ErrorKind kind) {
    return bad(
        "address", exitCodeOf(kind), "nothing can be asked",
        "What --base-url, APPLIVERY_BASE_URL or APPLIVERY_TENANT names must be an https URL without a user, or http "
        "on this machine; organization and app must be text. `applivery-builds list` says what is wrong.");
}

void append(Findings& findings, Findings more) {
    findings.insert(findings.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

Findings checkServiceAs(const ConnectionOptions& options, const Credentials& credentials, const ClientOptions& client,
                        const CancellationToken& token) {
    constexpr int askedOnce = 1;
    const auto transport = makeTransport(options);
    ProbeClient asker(credentials, client, transport, askedOnce);
    std::optional<ProbeClient> other;
    if (const auto kind = asOtherKind(options, credentials)) other.emplace(*kind, client, transport, askedOnce);
    return checkService(asker, other ? &*other : nullptr, token);
}

Findings diagnose(const ConnectionOptions& options, const Result<Credentials>& credentials,
                  const CancellationToken& token) {
    Findings findings{checkEnvironment(), checkToken(options, credentials)};
    if (!credentials) return findings;
    ClientOptions client = clientOptions(options);
    client.retry.maxAttempts = 1;  // what fails now is what is asked about
    const Result<HttpRequest> request = requestOf(*credentials, client);
    if (!request) {
        if (exitCodeOf(findings) == done) findings.push_back(refusedAddress(request.error().kind()));
        return findings;
    }
    findings.push_back(good("address", addressText(options, request->url)));
    NetworkFindings network = checkNetwork(lookAt(*request, client), client, std::chrono::system_clock::now());
    if (!network.isConnected) {
        append(findings, std::move(network.findings));
        return findings;
    }
    Findings service = checkServiceAs(options, *credentials, client, token);
    // Some hosts do not answer at all without a token: that is then no fault.
    Finding& last = network.findings.back();
    if (exitCodeOf(service) == done && last.verdict == Verdict::failed) last.verdict = Verdict::warning;
    append(findings, std::move(network.findings));
    append(findings, std::move(service));
    return findings;
}

Diagnosis probed(const DoctorOptions& options, const Credentials& credentials, Findings findings,
                 const CancellationToken& token) {
    ClientOptions client = clientOptions(options.connection);
    client.maxRequestsPerSecond = probeRequestsPerSecond;
    client.retry.maxElapsed = longestProbeQuestion;
    ProbeClient asker(credentials, client, makeTransport(options.connection), mostProbeRequests);
    Assumptions unknowns = probe(asker, token);
    clearStatus();
    return {std::move(findings), std::move(unknowns), asker.requestCount()};
}

// On a terminal, somebody is asked; elsewhere --yes has to stand on the command line.
bool mayProbe(const DoctorOptions& options) {
    if (options.isConfirmed) return true;
    if (!inputIsTerminal() || options.connection.tokenFile == "-") {
        say("--probe needs --yes where nobody can be asked.");
        return false;
    }
    writeRaw(fmt::format("This sends up to {} requests to the service, which only read lists of builds. Go on? [y/N] ",
                         mostProbeRequests));
    std::string answer;
    std::getline(std::cin, answer);
    return answer == "y" || answer == "Y" || answer == "yes";
}

std::string textOf(const Diagnosis& diagnosis, const DoctorOptions& options) {
    if (options.format == Format::json) return diagnosisJson(diagnosis);
    if (options.format == Format::markdown) return diagnosisMarkdown(diagnosis);
    return diagnosisText(diagnosis, !options.hasNoColor && outputHasColors());
}

}  // namespace

int doctor(const DoctorOptions& options) {
    if (options.isProbe && !mayProbe(options)) return usage;
    const Signals signals;
    const Result<Credentials> credentials = credentialsOf(options.connection);
    Diagnosis diagnosis{diagnose(options.connection, credentials, signals.token())};
    const ExitCode code = exitCodeOf(diagnosis.findings);
    if (options.isProbe && code == done) {
        diagnosis = probed(options, *credentials, std::move(diagnosis.findings), signals.token());
    }
    if (signals.exitCode() != 0) return signals.exitCode();
    OutputFile out("");
    if (const auto why = out.write(textOf(diagnosis, options))) {
        say(*why);
        return code == done ? other : code;
    }
    return code;
}

}  // namespace applivery::program
