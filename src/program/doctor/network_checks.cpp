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

/// In the order in which a request comes through them.
enum class Phase { proxy, lookUp, connection, tls, answer, done };

bool isOfTls(CURLcode code) {
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

// Where it ended; of what breaks off or takes too long, the times tell, and what was begun.
Phase phaseOf(const NetworkLook& look) {
    constexpr int firstRefusal = 300;
    if (look.code == CURLE_OK || look.status != 0) return Phase::done;
    if (look.tlsFailure) return Phase::tls;
    if (look.code == CURLE_COULDNT_RESOLVE_PROXY || look.proxyStatus >= firstRefusal) return Phase::proxy;
    if (look.code == CURLE_COULDNT_RESOLVE_HOST) return Phase::lookUp;
    if (look.code == CURLE_COULDNT_CONNECT) return Phase::connection;
    if (isOfTls(look.code)) return Phase::tls;
    if (look.lookUp.count() == 0) return Phase::lookUp;
    if (look.hasAskedProxy && look.proxyStatus == 0) return Phase::proxy;
    if (look.isTls && look.tls.count() == 0) return look.hasBegunTls ? Phase::tls : Phase::connection;
    return look.connection.count() == 0 ? Phase::connection : Phase::answer;
}

std::string millisecondsText(microseconds time) {
    return fmt::format("{:.1f} ms", static_cast<double>(time.count()) / 1000);
}

// What libcurl says of a failure; its own words, which hold nothing of the request.
std::string words(const NetworkLook& look) {
    return curl_easy_strerror(look.code);
}

Finding proxyFailed(const NetworkLook& look) {
    if (look.proxyStatus == 407) {
        return bad("proxy", noVerdict, fmt::format("the proxy of {} asks for credentials (407)", look.proxyVariable),
                   "Write them into the variable: http://USER:PASSWORD@HOST:PORT.");
    }
    if (look.proxyStatus != 0) {
        return bad("proxy", noVerdict,
                   fmt::format("the proxy of {} refuses to connect ({})", look.proxyVariable, look.proxyStatus),
                   "Ask who runs it to let the service through, or name the host in no_proxy.");
    }
    if (look.hasAskedProxy) {
        return bad("proxy", noVerdict,
                   fmt::format("the proxy of {} does not connect: {}", look.proxyVariable, words(look)),
                   "Check that it is a proxy of HTTP, and ask who runs it.");
    }
    return bad("proxy", noVerdict, "the proxy's name has no address: " + words(look),
               "Check https_proxy and all_proxy, or unset them.");
}

Finding proxyFinding(const NetworkLook& look) {
    return look.proxyVariable.empty() ? good("proxy", "none") : good("proxy", "that of " + look.proxyVariable);
}

Finding lookUpFailed(const NetworkLook& look) {
    return bad("name look-up", noVerdict, "the host's name has no address: " + words(look),
               "Check the host in --base-url, APPLIVERY_BASE_URL or APPLIVERY_TENANT, and this machine's DNS; behind a "
               "company's proxy, set https_proxy.");
}

Finding connectionFailed(const NetworkLook& look) {
    return bad("connection", noVerdict,
               (look.proxyVariable.empty() ? "the host cannot be reached: "
                                           : fmt::format("the proxy of {} cannot be reached: ", look.proxyVariable)) +
                   words(look),
               "Check the port, and whether a firewall stands between; where only a proxy leads out, set https_proxy.");
}

std::string certificateText(const Certificate& certificate) {
    std::string text = certificate.issuer.empty() ? "a certificate of its own"
                                                  : "a certificate of \"" + printable(certificate.issuer) + '"';
    if (certificate.expiry) text += ", valid until " + minuteText(*certificate.expiry);
    return text;
}

// The dates say more than some TLS libraries do.
std::optional<TlsFailure> tlsFailureOf(const NetworkLook& look, TimePoint now) {
    const bool isOfTime = !look.tlsFailure || look.tlsFailure == TlsFailure::expired;
    if (!isOfTime || !look.certificate) return look.tlsFailure;
    if (look.certificate->begin && *look.certificate->begin > now) return TlsFailure::notYetValid;
    if (look.certificate->expiry && *look.certificate->expiry < now) return TlsFailure::expired;
    return look.tlsFailure;
}

Finding certificateRefused(const NetworkLook& look, const ClientOptions& options, TimePoint now) {
    const auto refused = [&](const char* why, const char* advice) {
        return bad("TLS", noVerdict, certificateText(*look.certificate) + ", is refused" + why, advice);
    };
    constexpr const char* onlyTheBundle =
        "CURL_CA_BUNDLE or SSL_CERT_FILE names the only authorities that are trusted: add this one, or unset it.";
    switch (tlsFailureOf(look, now).value_or(TlsFailure::protocolVersion)) {
        case TlsFailure::expired:
            return refused(": it has expired",
                           "Check this machine's clock; if it is right, the operator of the host must renew the "
                           "certificate.");
        case TlsFailure::notYetValid:
            return refused(": it is not valid yet", "Check this machine's clock, which may be behind.");
        case TlsFailure::wrongHost:
            return refused(": it is for another host",
                           "Check the host in --base-url, APPLIVERY_BASE_URL or APPLIVERY_TENANT.");
        case TlsFailure::unknownAuthority:
            return refused(": its authority is not trusted",
                           options.caBundle.empty()
                               ? "If it is your company's authority, set CURL_CA_BUNDLE to its PEM file."
                               : onlyTheBundle);
        case TlsFailure::selfSigned:
            return refused(": the host signed it itself", options.caBundle.empty()
                                                              ? "If you trust it, set CURL_CA_BUNDLE to its PEM file."
                                                              : onlyTheBundle);
        case TlsFailure::clientCertificateRequired:
        case TlsFailure::protocolVersion:
            break;
    }
    return refused("", "Check the host's name, this machine's clock, and the authorities that this machine trusts.");
}

Finding tlsFailed(const NetworkLook& look, const ClientOptions& options, TimePoint now) {
    if (look.code == CURLE_SSL_CACERT_BADFILE) {
        return bad("TLS", noVerdict, "the file of authorities cannot be read",
                   "Check the file of CURL_CA_BUNDLE or SSL_CERT_FILE: it is to be in PEM.");
    }
    if (look.tlsFailure == TlsFailure::clientCertificateRequired) {
        return bad("TLS", noVerdict, "the host requires a certificate of its clients",
                   "This program cannot send one: use another address of the service.");
    }
    if (look.tlsFailure == TlsFailure::protocolVersion) {
        return bad("TLS", noVerdict, "the host and this machine have no version of TLS in common",
                   "Update this machine's TLS library, or ask who runs the host to offer TLS 1.2 or newer.");
    }
    if (look.code == CURLE_PEER_FAILED_VERIFICATION && look.certificate) return certificateRefused(look, options, now);
    return bad("TLS", noVerdict, "no TLS connection was made: " + words(look),
               "Check that the port speaks https, and that nothing on the way breaks TLS.");
}

Finding tlsFinding(const NetworkLook& look, const ClientOptions& options, TimePoint now) {
    constexpr std::chrono::hours soon{24 * 14};
    if (!look.isTls) return skipped("TLS", "plain http, to this machine");
    const std::string trusted = options.caBundle.empty() ? "" : ", trusted by CURL_CA_BUNDLE or SSL_CERT_FILE";
    const std::string time = "in " + millisecondsText(look.tls - look.connection) + ", ";
    if (!look.certificate) return good("TLS", time + "with a good certificate" + trusted);
    const std::string found = time + "with " + certificateText(*look.certificate) + trusted;
    if (look.certificate->expiry && *look.certificate->expiry - now < soon) {
        return doubtful("TLS", found, "It expires soon: tell who runs the host.");
    }
    return good("TLS", found);
}

Finding answerFailed(const NetworkLook& look) {
    return bad("answer", noVerdict, "connected, and no answer of HTTP came: " + words(look),
               "Check that the host and the port are those of the service, and what a proxy or a firewall does to it.");
}

Finding answerFinding(const NetworkLook& look) {
    const microseconds ready = std::max(look.tls, look.connection);
    return good("answer", fmt::format("{}, status {} to a request without a token, after {}", look.protocol,
                                      look.status, millisecondsText(look.firstByte - ready)));
}

Finding connectionFinding(const NetworkLook& look) {
    if (look.connection < look.lookUp) return good("connection", "made");  // libcurl counts TLS in, where that failed
    return good("connection", "in " + millisecondsText(look.connection - look.lookUp));
}

Finding clockFinding(const NetworkLook& look) {
    constexpr seconds tolerable{60};
    if (!look.clockAhead) return skipped("clock", "the answer tells no time");
    const seconds ahead = *look.clockAhead;
    if (ahead <= tolerable && ahead >= -tolerable) return good("clock", "within a minute of the service's");
    return doubtful("clock",
                    fmt::format("this machine is {} {} the service", ageText(std::max(ahead, -ahead)),
                                ahead > seconds{0} ? "behind" : "ahead of"),
                    "Set its clock, by NTP for one: TLS goes by it, and so do ages such as --since 10m.");
}

}  // namespace

NetworkFindings checkNetwork(const NetworkLook& look, const ClientOptions& options, TimePoint now) {
    const Phase end = phaseOf(look);
    Findings findings;
    // Whether the phase is over, for good or for ill.
    const auto add = [&](Phase phase, auto failed, auto passed) {
        if (end < phase) return;
        findings.push_back(end == phase ? failed() : passed());
    };
    add(
        Phase::proxy, [&] { return proxyFailed(look); }, [&] { return proxyFinding(look); });
    add(
        Phase::lookUp, [&] { return lookUpFailed(look); },
        [&] { return good("name look-up", "in " + millisecondsText(look.lookUp)); });
    add(
        Phase::connection, [&] { return connectionFailed(look); }, [&] { return connectionFinding(look); });
    add(
        Phase::tls, [&] { return tlsFailed(look, options, now); }, [&] { return tlsFinding(look, options, now); });
    add(
        Phase::answer, [&] { return answerFailed(look); }, [&] { return answerFinding(look); });
    if (end == Phase::done) findings.push_back(clockFinding(look));
    return {std::move(findings), end >= Phase::answer};
}

}  // namespace applivery::program
