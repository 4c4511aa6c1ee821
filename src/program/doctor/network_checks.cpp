#include "doctor/network_checks.hpp"

#include "text/text_format.hpp"

#include <applivery/text.hpp>

#include <fmt/format.h>

#include <algorithm>
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

// Returns the step at which the request ended. For a closed connection and a time-out, the times show the last step.
Phase phaseOf(const NetworkInspection& inspection) {
    constexpr int firstRefusal = 300;
    if (inspection.code == CURLE_OK || inspection.status != 0) return Phase::done;
    if (inspection.tlsFailure) return Phase::tls;
    if (inspection.code == CURLE_COULDNT_RESOLVE_PROXY || inspection.proxyStatus >= firstRefusal) return Phase::proxy;
    if (inspection.code == CURLE_COULDNT_RESOLVE_HOST) return Phase::lookUp;
    if (inspection.code == CURLE_COULDNT_CONNECT) return Phase::connection;
    if (isTlsError(inspection.code)) return Phase::tls;
    if (inspection.lookUp.count() == 0) return Phase::lookUp;
    if (inspection.hasSentConnect && inspection.proxyStatus == 0) return Phase::proxy;
    if (inspection.isTls && inspection.tls.count() == 0)
        return inspection.hasStartedTls ? Phase::tls : Phase::connection;
    return inspection.connection.count() == 0 ? Phase::connection : Phase::answer;
}

std::string millisecondsText(microseconds time) {
    return fmt::format("{:.1f} ms", static_cast<double>(time.count()) / 1000);
}

// Returns libcurl's description of the error code, which contains nothing of the request.
std::string curlMessage(const NetworkInspection& inspection) {
    return curl_easy_strerror(inspection.code);
}

Finding proxyFailed(const NetworkInspection& inspection) {
    if (inspection.proxyStatus == 407) {
        return fail("proxy", ExitCode::noVerdict,
                    fmt::format("the proxy of {} requires credentials (407)", inspection.proxyVariable),
                    "Add them to the variable: http://USER:PASSWORD@HOST:PORT.");
    }
    if (inspection.proxyStatus != 0) {
        return fail("proxy", ExitCode::noVerdict,
                    fmt::format("the proxy of {} refuses the connection ({})", inspection.proxyVariable,
                                inspection.proxyStatus),
                    "Ask the operator of the proxy to allow the service, or add the host to no_proxy.");
    }
    if (inspection.hasSentConnect) {
        return fail(
            "proxy", ExitCode::noVerdict,
            fmt::format("the proxy of {} did not connect: {}", inspection.proxyVariable, curlMessage(inspection)),
            "Check that it is an HTTP proxy, and ask its operator.");
    }
    return fail("proxy", ExitCode::noVerdict, "the name of the proxy has no address: " + curlMessage(inspection),
                "Check https_proxy and all_proxy, or unset them.");
}

Finding proxyFinding(const NetworkInspection& inspection) {
    return inspection.proxyVariable.empty() ? pass("proxy", "none")
                                            : pass("proxy", "the proxy of " + inspection.proxyVariable);
}

Finding lookUpFailed(const NetworkInspection& inspection) {
    return fail(
        "name look-up", ExitCode::noVerdict, "the name of the host has no address: " + curlMessage(inspection),
        "Check the host in --base-url, APPLIVERY_BASE_URL or APPLIVERY_TENANT, and the DNS of this machine. If the "
        "network requires a proxy, set https_proxy.");
}

Finding connectionFailed(const NetworkInspection& inspection) {
    return fail("connection", ExitCode::noVerdict,
                (inspection.proxyVariable.empty()
                     ? "the host cannot be reached: "
                     : fmt::format("the proxy of {} cannot be reached: ", inspection.proxyVariable)) +
                    curlMessage(inspection),
                "Check the port and the firewall. If the network requires a proxy, set https_proxy.");
}

std::string certificateText(const Certificate& certificate) {
    std::string text = certificate.issuer.empty() ? "a self-signed certificate"
                                                  : "a certificate issued by \"" + printable(certificate.issuer) + '"';
    if (certificate.expiry) text += ", valid until " + minuteText(*certificate.expiry);
    return text;
}

// Some TLS libraries do not report that a certificate is expired or not yet valid, so its dates are compared.
std::optional<TlsFailure> tlsFailureOf(const NetworkInspection& inspection, TimePoint now) {
    const bool mayBeExpired = !inspection.tlsFailure || inspection.tlsFailure == TlsFailure::expired;
    if (!mayBeExpired || !inspection.certificate) return inspection.tlsFailure;
    if (inspection.certificate->begin && *inspection.certificate->begin > now) return TlsFailure::notYetValid;
    if (inspection.certificate->expiry && *inspection.certificate->expiry < now) return TlsFailure::expired;
    return inspection.tlsFailure;
}

Finding certificateRefused(const NetworkInspection& inspection, const ClientOptions& options, TimePoint now) {
    const auto refused = [&](const char* reason, const char* advice) {
        return fail("TLS", ExitCode::noVerdict, certificateText(*inspection.certificate) + ", is refused" + reason,
                    advice);
    };
    constexpr const char* bundleAdvice =
        "Only the authorities in CURL_CA_BUNDLE or SSL_CERT_FILE are trusted. Add this one, or unset the variable.";
    switch (tlsFailureOf(inspection, now).value_or(TlsFailure::protocolVersion)) {
        case TlsFailure::expired:
            return refused(": it has expired",
                           "Check the clock of this machine. If it is right, the operator of the host must renew the "
                           "certificate.");
        case TlsFailure::notYetValid:
            return refused(": it is not yet valid", "Check the clock of this machine, which may be slow.");
        case TlsFailure::wrongHost:
            return refused(": it is for another host",
                           "Check the host in --base-url, APPLIVERY_BASE_URL or APPLIVERY_TENANT.");
        case TlsFailure::unknownAuthority:
            return refused(": its authority is not trusted",
                           options.caBundle.empty()
                               ? "If it is the authority of your company, set CURL_CA_BUNDLE to its PEM file."
                               : bundleAdvice);
        case TlsFailure::selfSigned:
            return refused(": the host signed it itself", options.caBundle.empty()
                                                              ? "If you trust it, set CURL_CA_BUNDLE to its PEM file."
                                                              : bundleAdvice);
        case TlsFailure::clientCertificateRequired:
        case TlsFailure::protocolVersion:
            break;
    }
    return refused("", "Check the name of the host, the clock of this machine, and the authorities that it trusts.");
}

Finding tlsFailed(const NetworkInspection& inspection, const ClientOptions& options, TimePoint now) {
    if (inspection.code == CURLE_SSL_CACERT_BADFILE) {
        return fail("TLS", ExitCode::noVerdict, "the file of certificate authorities cannot be read",
                    "Check the file of CURL_CA_BUNDLE or SSL_CERT_FILE. It must be in PEM format.");
    }
    if (inspection.tlsFailure == TlsFailure::clientCertificateRequired) {
        return fail("TLS", ExitCode::noVerdict, "the host requires a client certificate",
                    "This program cannot send one. Use another address of the service.");
    }
    if (inspection.tlsFailure == TlsFailure::protocolVersion) {
        return fail("TLS", ExitCode::noVerdict, "the host and this machine have no TLS version in common",
                    "Update the TLS library of this machine, or ask the operator of the host for TLS 1.2 or newer.");
    }
    if (inspection.code == CURLE_PEER_FAILED_VERIFICATION && inspection.certificate)
        return certificateRefused(inspection, options, now);
    return fail("TLS", ExitCode::noVerdict, "the TLS connection failed: " + curlMessage(inspection),
                "Check that the port serves https, and that no proxy or firewall modifies TLS.");
}

Finding tlsFinding(const NetworkInspection& inspection, const ClientOptions& options, TimePoint now) {
    constexpr std::chrono::hours soon{24 * 14};
    if (!inspection.isTls) return skip("TLS", "plain http to this machine");
    const std::string trusted = options.caBundle.empty() ? "" : ", trusted by CURL_CA_BUNDLE or SSL_CERT_FILE";
    const std::string time = "in " + millisecondsText(inspection.tls - inspection.connection) + ", ";
    if (!inspection.certificate) return pass("TLS", time + "with a valid certificate" + trusted);
    const std::string found = time + "with " + certificateText(*inspection.certificate) + trusted;
    if (inspection.certificate->expiry && *inspection.certificate->expiry - now < soon) {
        return warn("TLS", found, "The certificate expires soon. Inform the operator of the host.");
    }
    return pass("TLS", found);
}

Finding answerFailed(const NetworkInspection& inspection) {
    return fail("answer", ExitCode::noVerdict, "connected, but there was no HTTP response: " + curlMessage(inspection),
                "Check that the host and the port are those of the service, and that no proxy or firewall blocks it.");
}

Finding answerFinding(const NetworkInspection& inspection) {
    const microseconds ready = std::max(inspection.tls, inspection.connection);
    return pass("answer", fmt::format("{}, status {} to a request without a token, after {}", inspection.protocol,
                                      inspection.status, millisecondsText(inspection.firstByte - ready)));
}

Finding connectionFinding(const NetworkInspection& inspection) {
    if (inspection.connection < inspection.lookUp)
        return pass("connection", "made");  // after a TLS failure, libcurl includes its time
    return pass("connection", "in " + millisecondsText(inspection.connection - inspection.lookUp));
}

Finding clockFinding(const NetworkInspection& inspection) {
    constexpr seconds tolerance{60};
    if (!inspection.clockAhead) return skip("clock", "the response has no Date header");
    const seconds ahead = *inspection.clockAhead;
    if (ahead <= tolerance && ahead >= -tolerance) return pass("clock", "within one minute of the service's clock");
    return warn("clock",
                fmt::format("this machine is {} {} the service", ageText(std::max(ahead, -ahead)),
                            ahead > seconds{0} ? "behind" : "ahead of"),
                "Set the clock, for example with NTP. TLS and ages such as --since 10m depend on it.");
}

}  // namespace

NetworkFindings checkNetwork(const NetworkInspection& inspection, const ClientOptions& options, TimePoint now) {
    const Phase end = phaseOf(inspection);
    Findings findings;
    const auto add = [&](Phase phase, auto whenFailed, auto whenPassed) {
        if (end >= phase) findings.push_back(end == phase ? whenFailed() : whenPassed());
    };
    add(
        Phase::proxy, [&] { return proxyFailed(inspection); }, [&] { return proxyFinding(inspection); });
    add(
        Phase::lookUp, [&] { return lookUpFailed(inspection); },
        [&] { return pass("name look-up", "in " + millisecondsText(inspection.lookUp)); });
    add(
        Phase::connection, [&] { return connectionFailed(inspection); }, [&] { return connectionFinding(inspection); });
    add(
        Phase::tls, [&] { return tlsFailed(inspection, options, now); },
        [&] { return tlsFinding(inspection, options, now); });
    add(
        Phase::answer, [&] { return answerFailed(inspection); }, [&] { return answerFinding(inspection); });
    if (end == Phase::done) findings.push_back(clockFinding(inspection));
    return {std::move(findings), end >= Phase::answer};
}

}  // namespace applivery::program
