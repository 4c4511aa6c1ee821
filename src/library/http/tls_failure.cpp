#include "http/tls_failure.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <string>
#include <system_error>

namespace applivery::detail {
namespace {

struct TlsCode {
    unsigned long code;
    TlsFailure failure;
};

template <std::size_t size>
std::optional<TlsFailure> failureIn(const std::array<TlsCode, size>& codes, unsigned long code) {
    const auto row = std::find_if(codes.begin(), codes.end(), [&](const TlsCode& known) { return known.code == code; });
    return row != codes.end() ? std::optional(row->failure) : std::nullopt;
}

// X509_V_ERR_… of OpenSSL and its relatives.
constexpr std::array<TlsCode, 10> verifyResultsOfOpenSsl{{
    {2, TlsFailure::unknownAuthority},   // the issuer's certificate is missing
    {9, TlsFailure::notYetValid},        // the validity begins later
    {10, TlsFailure::expired},           // the validity has ended
    {18, TlsFailure::selfSigned},        // the server's own certificate is self-signed
    {19, TlsFailure::unknownAuthority},  // the server sent the certificate of the authority, which is not trusted
    {20, TlsFailure::unknownAuthority},  // the issuer's certificate is not among the trusted ones
    {21, TlsFailure::unknownAuthority},  // the server sent only its own certificate
    {27, TlsFailure::unknownAuthority},  // not trusted
    {62, TlsFailure::wrongHost},         // the name differs
    {64, TlsFailure::wrongHost},         // the address differs
}};

// SSL_R_…. Codes from 1000 are alerts of the server.
constexpr std::array<TlsCode, 7> reasonsOfOpenSsl{{
    {166, TlsFailure::protocolVersion},             // too high
    {258, TlsFailure::protocolVersion},             // unsupported
    {396, TlsFailure::protocolVersion},             // too low
    {1041, TlsFailure::clientCertificateRequired},  // no certificate
    {1042, TlsFailure::clientCertificateRequired},  // bad certificate; the library never sends one
    {1070, TlsFailure::protocolVersion},            // alert of the protocol version
    {1116, TlsFailure::clientCertificateRequired},  // alert of TLS 1.3
}};

// GNUTLS_CERT_…. These are bits; the first row whose bit is set decides.
constexpr std::array<TlsCode, 4> verifyBitsOfGnuTls{{
    {1UL << 6U, TlsFailure::unknownAuthority},
    {1UL << 9U, TlsFailure::notYetValid},
    {1UL << 10U, TlsFailure::expired},
    {1UL << 14U, TlsFailure::wrongHost},
}};

// SEC_E_… and CERT_E_… of Windows.
constexpr std::array<TlsCode, 9> codesOfSchannel{{
    {0x8009'0302, TlsFailure::protocolVersion},
    {0x8009'0320, TlsFailure::clientCertificateRequired},
    {0x8009'0322, TlsFailure::wrongHost},
    {0x8009'0325, TlsFailure::unknownAuthority},
    {0x8009'0328, TlsFailure::expired},  // also if the certificate is not valid yet
    {0x8009'0331, TlsFailure::protocolVersion},
    {0x800B'0101, TlsFailure::expired},
    {0x800B'0109, TlsFailure::unknownAuthority},
    {0x800B'010F, TlsFailure::wrongHost},
}};

// Returns the first hexadecimal number that directly follows the prefix, or 0.
unsigned long hexNumberAfter(std::string_view prefix, std::string_view text) {
    for (std::size_t at = text.find(prefix); at != std::string_view::npos; at = text.find(prefix, at + 1)) {
        const std::string_view digits = text.substr(at + prefix.size());
        unsigned long number = 0;
        const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number, 16);
        if (fault == std::errc{} && end != digits.data()) return number;
    }
    return 0;
}

// Returns whether the library is in use. libcurl lists libraries that are available, but not in use, in parentheses.
bool uses(std::string_view libraries, std::string_view name) {
    for (std::size_t at = libraries.find(name); at != std::string_view::npos; at = libraries.find(name, at + 1)) {
        if (at == 0 || libraries[at - 1] == ' ') return true;
    }
    return false;
}

bool isRefusedCertificate(CURLcode code) {
    return code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_ISSUER_ERROR;
}

std::optional<TlsFailure> failureOfSchannel(const TlsFacts& facts) {
    if (auto failure = failureIn(codesOfSchannel, hexNumberAfter("(0x", facts.detail))) return failure;
    // If a CA file is set, libcurl itself verifies the chain. The detail then names the flags of the result.
    const auto has = [&](std::string_view flag) { return facts.detail.find(flag) != std::string_view::npos; };
    if (has("CERT_TRUST_IS_NOT_TIME_VALID")) return TlsFailure::expired;
    if (has("CERT_TRUST_IS_UNTRUSTED_ROOT") || has("CERT_TRUST_IS_PARTIAL_CHAIN")) return TlsFailure::unknownAuthority;
    return std::nullopt;
}

// Detects a wrong host that libcurl itself found. libcurl compares the name of the host after the TLS library has
// accepted the certificate. The verify result is then 0, or with OpenSSL the initial value 1.
std::optional<TlsFailure> wrongHostIfAccepted(const TlsFacts& facts) {
    const bool isAccepted = facts.verifyResult == 0 || facts.verifyResult == 1;
    return isAccepted && facts.code == CURLE_PEER_FAILED_VERIFICATION ? std::optional(TlsFailure::wrongHost)
                                                                      : std::nullopt;
}

std::optional<TlsFailure> failureOfGnuTls(const TlsFacts& facts) {
    if (!isRefusedCertificate(facts.code)) return std::nullopt;
    const auto bits = static_cast<unsigned long>(facts.verifyResult);
    for (const TlsCode& known : verifyBitsOfGnuTls) {
        if ((bits & known.code) != 0) return known.failure;
    }
    return wrongHostIfAccepted(facts);
}

std::optional<TlsFailure> failureOfOpenSsl(const TlsFacts& facts) {
    if (!isRefusedCertificate(facts.code)) {
        constexpr unsigned long reasonMask = 0xFFF;  // higher bits identify a part of OpenSSL
        return failureIn(reasonsOfOpenSsl, hexNumberAfter("error:", facts.detail) & reasonMask);
    }
    if (auto failure = failureIn(verifyResultsOfOpenSsl, static_cast<unsigned long>(facts.verifyResult)))
        return failure;
    return wrongHostIfAccepted(facts);
}

}  // namespace

std::optional<TlsFailure> tlsFailureOf(const TlsFacts& facts) {
    constexpr auto clientCertificate = static_cast<CURLcode>(98);  // CURLE_SSL_CLIENTCERT, from libcurl 7.77
    if (facts.code == CURLE_OK) return std::nullopt;
    if (facts.code == clientCertificate) return TlsFailure::clientCertificateRequired;
    if (uses(facts.library, "Schannel")) return failureOfSchannel(facts);
    if (uses(facts.library, "GnuTLS")) return failureOfGnuTls(facts);
    constexpr std::array<std::string_view, 5> relatives{"OpenSSL", "LibreSSL", "BoringSSL", "AWS-LC", "quictls"};
    const bool isOpenSsl = std::any_of(relatives.begin(), relatives.end(),
                                       [&](std::string_view name) { return uses(facts.library, name); });
    return isOpenSsl ? failureOfOpenSsl(facts) : std::nullopt;
}

}  // namespace applivery::detail
