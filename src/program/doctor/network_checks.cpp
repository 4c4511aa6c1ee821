#include "doctor/network_checks.hpp"

#include "authorities.hpp"
#include "doctor/faults.hpp"
#include "environment.hpp"

#include <applivery/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <utility>

namespace applivery::program {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

/// The steps of a request, in their order.
enum class Phase { proxy, lookUp, connection, tls, answer, done };

bool isTlsError(CURLcode code) {
    switch (code) {
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CIPHER:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_INVALIDCERTSTATUS:
        case CURLE_USE_SSL_FAILED:
            return true;
        default:
            return false;
    }
}

// Returns the step at which the request ended. After a closed connection or a time-out, libcurl's error code does not
// show the step, so the times of the steps are compared.
Phase phaseOf(const NetworkInspection& inspection) {
    constexpr int firstRefusal = 300;  // status of a proxy
    // If a proxy is used, a failed connection is a fault of the proxy.
    const Phase connectionPhase = inspection.proxyVariable.empty() ? Phase::connection : Phase::proxy;
    if (inspection.code == CURLE_OK || inspection.status != 0) return Phase::done;
    if (inspection.tlsFailure) return Phase::tls;
    if (inspection.code == CURLE_COULDNT_RESOLVE_PROXY || inspection.proxyStatus >= firstRefusal) return Phase::proxy;
    if (inspection.code == CURLE_COULDNT_RESOLVE_HOST) return Phase::lookUp;
    if (inspection.code == CURLE_COULDNT_CONNECT) return connectionPhase;
    if (isTlsError(inspection.code)) return Phase::tls;
    if (inspection.lookUp.count() == 0) return Phase::lookUp;
    if (inspection.hasSentConnect && inspection.proxyStatus == 0) return Phase::proxy;
    if (inspection.isTls && inspection.tls.count() == 0) return inspection.hasStartedTls ? Phase::tls : connectionPhase;
    return inspection.connection.count() == 0 ? Phase::connection : Phase::answer;
}

std::string millisecondsText(microseconds time) {
    return fmt::format("{:.1f} ms", static_cast<double>(time.count()) / 1000);
}

// Returns libcurl's description of the error code, which contains nothing of the request.
std::string curlMessage(const NetworkInspection& inspection) {
    return curl_easy_strerror(inspection.code);
}

// Describes a fault of the connection. Every command exits with ExitCode::noVerdict if the service cannot be reached.
template <typename... Args>
Finding failedAs(const Fault& fault, const Args&... args) {
    return describe(fault, ExitCode::noVerdict, args...);
}

// Returns whether the variable of the proxy contains a user name.
bool hasProxyCredentials(const NetworkInspection& inspection) {
    return environment(inspection.proxyVariable.c_str()).find('@') != std::string::npos;
}

bool isGatewayFailure(int status) {
    return status == 500 || (status >= 502 && status <= 504);
}

Finding proxyFailed(const NetworkInspection& inspection) {
    // Only libcurl's log names the variable, and some builds of libcurl write no log.
    const std::string variable = inspection.proxyVariable.empty() ? "the environment" : inspection.proxyVariable;
    const int status = inspection.proxyStatus;
    if (inspection.code == CURLE_COULDNT_RESOLVE_PROXY)
        return failedAs(faults::proxyUnknown, variable, curlMessage(inspection));
    const bool hasCredentials = hasProxyCredentials(inspection);
    if (hasCredentials && (status == 407 || status == 401))
        return failedAs(faults::proxyRefusesCredentials, variable, status);
    if (status == 407) return failedAs(faults::proxyNeedsCredentials, variable);
    if (status != 0)
        return failedAs(isGatewayFailure(status) ? faults::proxyCannotConnect : faults::proxyRefuses, variable, status);
    return failedAs(inspection.hasSentConnect ? faults::proxyBroken : faults::proxyUnreachable, variable,
                    curlMessage(inspection));
}

Finding proxyFinding(const NetworkInspection& inspection) {
    return inspection.proxyVariable.empty() ? pass("proxy", "none")
                                            : pass("proxy", "the proxy of " + inspection.proxyVariable);
}

std::string certificateText(const std::optional<Certificate>& certificate) {
    if (!certificate) return "the certificate";
    std::string text = certificate->issuer.empty()
                           ? "a self-signed certificate"
                           : "a certificate issued by \"" + printable(certificate->issuer) + '"';
    if (certificate->expiry) text += " (valid until " + minuteText(*certificate->expiry) + ')';
    return text;
}

// Some TLS libraries do not report that a certificate is expired or not yet valid, and Schannel reports both as
// expired. So the dates of the certificate are compared.
std::optional<TlsFailure> tlsFailureOf(const NetworkInspection& inspection, TimePoint now) {
    const bool mayDependOnDates = !inspection.tlsFailure || inspection.tlsFailure == TlsFailure::expired;
    if (!mayDependOnDates || !inspection.certificate) return inspection.tlsFailure;
    if (inspection.certificate->begin && *inspection.certificate->begin > now) return TlsFailure::notYetValid;
    if (inspection.certificate->expiry && *inspection.certificate->expiry < now) return TlsFailure::expired;
    return inspection.tlsFailure;
}

bool isBundleOfUser(const std::string& bundle) {
    return !bundle.empty() && bundle != authoritiesOfSystem();
}

struct TlsFault {
    TlsFailure failure;
    const Fault* fault;
    const Fault* faultWithBundle;  // if the environment names a file of certificate authorities
};

constexpr std::array<TlsFault, 7> tlsFaults{{
    {TlsFailure::expired, &faults::certificateExpired, &faults::certificateExpired},
    {TlsFailure::notYetValid, &faults::certificateNotYetValid, &faults::certificateNotYetValid},
    {TlsFailure::wrongHost, &faults::certificateOfOtherHost, &faults::certificateOfOtherHost},
    {TlsFailure::unknownAuthority, &faults::authorityNotTrusted, &faults::authorityNotInBundle},
    {TlsFailure::selfSigned, &faults::selfSigned, &faults::selfSignedNotInBundle},
    {TlsFailure::clientCertificateRequired, &faults::clientCertificateRequired, &faults::clientCertificateRequired},
    {TlsFailure::protocolVersion, &faults::noCommonTlsVersion, &faults::noCommonTlsVersion},
}};

Finding tlsFailed(const NetworkInspection& inspection, const ClientOptions& options, TimePoint now) {
    if (inspection.code == CURLE_SSL_CACERT_BADFILE) return failedAs(faults::authoritiesUnreadable);
    const std::optional<TlsFailure> failure = tlsFailureOf(inspection, now);
    const auto found = std::find_if(tlsFaults.begin(), tlsFaults.end(),
                                    [&](const TlsFault& candidate) { return candidate.failure == failure; });
    if (found != tlsFaults.end()) {
        return failedAs(isBundleOfUser(options.caBundle) ? *found->faultWithBundle : *found->fault,
                        certificateText(inspection.certificate));
    }
    if (inspection.code == CURLE_PEER_FAILED_VERIFICATION)
        return failedAs(faults::certificateRefused, certificateText(inspection.certificate));
    return failedAs(faults::tlsBroken, curlMessage(inspection));
}

Finding tlsFinding(const NetworkInspection& inspection, const ClientOptions& options, TimePoint now) {
    constexpr std::chrono::hours soon{24 * 14};
    if (!inspection.isTls) return skip("TLS", "plain http to this machine");
    const std::string version = inspection.tlsVersion.empty() ? "" : inspection.tlsVersion + ", ";
    const std::string trusted = isBundleOfUser(options.caBundle) ? ", trusted by CURL_CA_BUNDLE or SSL_CERT_FILE" : "";
    const std::string found =
        fmt::format("{}in {}, with {}{}", version, millisecondsText(inspection.tls - inspection.connection),
                    certificateText(inspection.certificate), trusted);
    const bool endsSoon =
        inspection.certificate && inspection.certificate->expiry && *inspection.certificate->expiry - now < soon;
    return endsSoon ? failedAs(faults::certificateExpiresSoon, found) : pass("TLS", found);
}

Finding answerFinding(const NetworkInspection& inspection) {
    const microseconds connected = std::max(inspection.tls, inspection.connection);
    return pass("answer", fmt::format("{}, status {} to a request without a token, after {}", inspection.protocol,
                                      inspection.status, millisecondsText(inspection.firstByte - connected)));
}

Finding lookUpFinding(const NetworkInspection& inspection) {
    return pass("name look-up",
                (inspection.proxyVariable.empty() ? "in " : "of the proxy, in ") + millisecondsText(inspection.lookUp));
}

Finding connectionFinding(const NetworkInspection& inspection) {
    std::string found = inspection.addressFamily + (inspection.proxyVariable.empty() ? "" : " to the proxy");
    // After a TLS failure, libcurl may report 0 as the time of the connection, as libcurl 7.88 does.
    if (inspection.connection >= inspection.lookUp)
        found += ", in " + millisecondsText(inspection.connection - inspection.lookUp);
    return pass("connection", found);
}

Finding clockFinding(const NetworkInspection& inspection) {
    constexpr seconds tolerance{60};
    if (!inspection.clockAhead) return skip("clock", "the response has no Date header");
    const seconds serviceAhead = *inspection.clockAhead;
    if (serviceAhead <= tolerance && serviceAhead >= -tolerance)
        return pass("clock", "within one minute of the service's clock");
    const auto difference =
        std::chrono::round<std::chrono::minutes>(serviceAhead > seconds{0} ? serviceAhead : -serviceAhead);
    return failedAs(faults::clockWrong, durationText(difference), serviceAhead > seconds{0} ? "behind" : "ahead of");
}

}  // namespace

Findings checkNetwork(const NetworkInspection& inspection, const ClientOptions& options, TimePoint now) {
    const Phase end = phaseOf(inspection);
    Findings findings;
    // Adds the finding of a phase, unless the request ended before it.
    const auto add = [&](Phase phase, auto failure, auto success) {
        if (end >= phase) findings.push_back(end == phase ? failure() : success());
    };
    add(
        Phase::proxy, [&] { return proxyFailed(inspection); }, [&] { return proxyFinding(inspection); });
    add(
        Phase::lookUp, [&] { return failedAs(faults::hostUnknown, curlMessage(inspection)); },
        [&] { return lookUpFinding(inspection); });
    add(
        Phase::connection, [&] { return failedAs(faults::hostUnreachable, curlMessage(inspection)); },
        [&] { return connectionFinding(inspection); });
    add(
        Phase::tls, [&] { return tlsFailed(inspection, options, now); },
        [&] { return tlsFinding(inspection, options, now); });
    add(
        Phase::answer, [&] { return failedAs(faults::noHttpResponse, curlMessage(inspection)); },
        [&] { return answerFinding(inspection); });
    if (end == Phase::done) findings.push_back(clockFinding(inspection));
    return findings;
}

}  // namespace applivery::program
