#include "doctor/doctor_command.hpp"

#include "doctor/credential_checks.hpp"
#include "doctor/doctor_writer.hpp"
#include "doctor/faults.hpp"
#include "doctor/network_checks.hpp"
#include "doctor/network_inspection.hpp"
#include "doctor/probe.hpp"
#include "doctor/probe_client.hpp"
#include "doctor/service_checks.hpp"
#include "option_names.hpp"
#include "signals.hpp"
#include "text/descriptor.hpp"
#include "text/messages.hpp"
#include "text/output_file.hpp"
#include "text/terminal.hpp"

#include <applivery/applivery.hpp>

#include <fmt/format.h>

#include <iterator>
#include <string>
#include <utility>
#include <variant>

namespace applivery::program {
namespace {

// Returns the default address, or the source and the scheme of any other address: that address may contain the name of
// a company.
std::string addressText(const ConnectionOptions& options, const std::string& address) {
    const ClientOptions defaults;
    if (address.compare(0, defaults.baseUrl.size() + 1, defaults.baseUrl + '/') == 0) return defaults.baseUrl;
    const std::string scheme = address.substr(0, address.find(':'));
    return fmt::format("the address of {}, with {}", sourceOfBaseUrl(options), scheme);
}

// Returns the same token as credentials of the other API. Absent if that API needs an organization and an app, and one
// of them is unknown.
std::optional<Credentials> asOtherKind(const ConnectionOptions& options, const Credentials& credentials) {
    if (const auto* account = std::get_if<ServiceAccount>(&credentials)) return Credentials{AppToken{account->token}};
    const std::string organization = organizationOf(options);
    const std::string app = firstApplicationOf(options);
    if (organization.empty() || app.empty()) return std::nullopt;
    return Credentials{ServiceAccount{tokenIn(credentials), organization, app}};
}

void append(Findings& findings, Findings more) {
    findings.insert(findings.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

// Turns the failure into a warning: a later request received a response, so the network works for other commands.
void withdraw(Finding& failure) {
    failure.verdict = Verdict::warning;
    failure.found += "; a later request received a response";
    failure.advice = faults::reachedLater;
}

// Checks everything up to the first failure.
Findings diagnose(const ConnectionOptions& options, const Result<Credentials>& credentials,
                  const CancellationToken& token) {
    Findings findings{checkEnvironment(), checkToken(options, credentials)};
    if (exitCodeOf(findings) != ExitCode::done) return findings;
    const ClientOptions client = clientOptions(options);
    const Result<HttpRequest> request = requestOf(*credentials, client);
    if (!request) {
        // The library's message names the host.
        findings.push_back(describe(faults::addressRefused, exitCodeOf(request.error().kind())));
        return findings;
    }
    findings.push_back(pass("address", addressText(options, request->url)));
    NetworkInspection inspection = inspectNetwork(*request, client, token);
    ServiceFindings service =
        checkService({*credentials, asOtherKind(options, *credentials), client, makeTransport(options)}, token);
    inspection.tlsFailure = service.tlsFailure;
    Findings network = checkNetwork(inspection, client, std::chrono::system_clock::now());
    const bool isReached = exitCodeOf(network) == ExitCode::done;
    if (!isReached && service.hasResponse) withdraw(network.back());
    append(findings, std::move(network));
    if (isReached || service.hasResponse) append(findings, std::move(service.findings));
    // A warning about an unusual token becomes a failure if the service refuses the token.
    Finding& tokenFinding = findings.at(1);
    const bool isUnusual = tokenFinding.code == ExitCode::credentials;
    if (isUnusual && exitCodeOf(findings) == ExitCode::credentials) tokenFinding.verdict = Verdict::failed;
    return findings;
}

Diagnosis runProbe(const DoctorOptions& options, const Credentials& credentials, Findings findings,
                   const CancellationToken& token) {
    ClientOptions client = clientOptions(options.connection);
    client.maxRequestsPerSecond = probeRequestsPerSecond;
    client.retry.maxElapsed = probeRequestTimeLimit;
    ProbeClient probeClient(credentials, client, makeTransport(options.connection), maxProbeRequests);
    Assumptions assumptions = probe(probeClient, token);
    clearStatus();
    return {std::move(findings), std::move(assumptions), probeClient.requestCount()};
}

// Asks for confirmation on a terminal.
bool isProbeConfirmed(const DoctorOptions& options, const CancellationToken& token) {
    if (options.isConfirmed) return true;
    if (!inputIsTerminal() || options.connection.tokenFile == "-") {
        printMessage("--probe failed: standard input is no terminal for a confirmation. Add --yes.");
        return false;
    }
    writeRaw(fmt::format("This sends up to {} requests to the service, which only list builds. Continue? [y/N] ",
                         maxProbeRequests));
    const std::string answer = readAnswer(token);
    return answer == "y" || answer == "Y" || answer == "yes";
}

std::string textOf(const Diagnosis& diagnosis, const DoctorOptions& options) {
    if (options.format == Format::json) return diagnosisJson(diagnosis);
    if (options.format == Format::markdown) return diagnosisMarkdown(diagnosis);
    return diagnosisText(diagnosis, !options.hasNoColor && outputHasColors());
}

}  // namespace

ExitCode doctor(const DoctorOptions& options) {
    const Signals signals;
    const auto endBySignal = [&](ExitCode signalCode) {
        printError(interruption("the check"), options.format == Format::json);
        return signalCode;
    };
    const bool isConfirmed = !options.isProbe || isProbeConfirmed(options, signals.token());
    if (const auto signalCode = signals.exitCode()) return endBySignal(*signalCode);
    if (!isConfirmed) return ExitCode::usage;
    const Result<Credentials> credentials = credentialsOf(options.connection);
    Diagnosis diagnosis{diagnose(options.connection, credentials, signals.token())};
    const ExitCode code = exitCodeOf(diagnosis.findings);
    if (options.isProbe && code == ExitCode::done) {
        diagnosis = runProbe(options, *credentials, std::move(diagnosis.findings), signals.token());
    }
    if (const auto signalCode = signals.exitCode()) return endBySignal(*signalCode);
    const ExitCode written = printOutput(textOf(diagnosis, options));
    return code == ExitCode::done ? written : code;
}

}  // namespace applivery::program
