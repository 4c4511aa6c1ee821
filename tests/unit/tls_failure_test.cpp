/// @file
/// Error codes of each TLS library that libcurl may use. At most one of these libraries is in use here.
#include "http/tls_failure.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace applivery::detail {
namespace {

constexpr auto refused = CURLE_PEER_FAILED_VERIFICATION;
constexpr auto failed = CURLE_SSL_CONNECT_ERROR;

std::optional<TlsFailure> failureOf(const char* library, CURLcode code, long verifyResult, const char* detail = "") {
    TlsFacts facts;
    facts.code = code;
    facts.verifyResult = verifyResult;
    facts.detail = detail;
    facts.library = library;
    return tlsFailureOf(facts);
}

TEST(TlsFailureOf, ReadsTheBitsOfGnuTls) {
    constexpr const char* gnuTls = "GnuTLS/3.7.9";
    EXPECT_EQ(failureOf(gnuTls, refused, 0x42), TlsFailure::unknownAuthority);
    EXPECT_EQ(failureOf(gnuTls, refused, 0x202), TlsFailure::notYetValid);
    EXPECT_EQ(failureOf(gnuTls, refused, 0x402), TlsFailure::expired);
    EXPECT_EQ(failureOf(gnuTls, refused, 0x4002), TlsFailure::wrongHost);
    EXPECT_EQ(failureOf(gnuTls, refused, 0), TlsFailure::wrongHost);
    EXPECT_EQ(failureOf(gnuTls, refused, 0x22), std::nullopt) << "revoked";
    EXPECT_EQ(failureOf(gnuTls, failed, 0), std::nullopt);
}

TEST(TlsFailureOf, ReadsTheCodesOfSchannel) {
    const auto failure = [](const char* detail) { return failureOf("Schannel", failed, 0, detail); };
    EXPECT_EQ(failure("schannel: failed: SEC_E_UNTRUSTED_ROOT (0x80090325) - x"), TlsFailure::unknownAuthority);
    EXPECT_EQ(failure("schannel: failed: SEC_E_CERT_EXPIRED (0x80090328) - x"), TlsFailure::expired);
    EXPECT_EQ(failure("schannel: failed: SEC_E_WRONG_PRINCIPAL (0x80090322) - x"), TlsFailure::wrongHost);
    EXPECT_EQ(failure("schannel: failed: SEC_E_UNSUPPORTED_FUNCTION (0x80090302) - x"), TlsFailure::protocolVersion);
    EXPECT_EQ(failure("schannel: trust error CERT_TRUST_IS_UNTRUSTED_ROOT"), TlsFailure::unknownAuthority);
    EXPECT_EQ(failure("schannel: trust error CERT_TRUST_IS_NOT_TIME_VALID"), TlsFailure::expired);
    EXPECT_EQ(failure("schannel: failed: SEC_E_INTERNAL_ERROR (0x80090304)"), std::nullopt);
    EXPECT_EQ(failureOf("Schannel", refused, 0), std::nullopt) << "the text contains no code";
}

TEST(TlsFailureOf, ReadsTheReasonsOfOpenSslInEachFormat) {
    for (const char* detail : {"TLS connect error: error:0A00042E:SSL routines::tlsv1 alert protocol version",
                               "OpenSSL: error:1409442E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version",
                               "error:1000042e:SSL routines:OPENSSL_internal:TLSV1_ALERT_PROTOCOL_VERSION"}) {
        EXPECT_EQ(failureOf("OpenSSL/3.0.17", failed, 0, detail), TlsFailure::protocolVersion) << detail;
    }
    EXPECT_EQ(failureOf("OpenSSL/3.0.17", CURLE_RECV_ERROR, 0, "OpenSSL SSL_read: error:0A00045C:SSL routines::x"),
              TlsFailure::clientCertificateRequired);
    EXPECT_EQ(failureOf("OpenSSL/3.0.17", failed, 0, "error:0A00010B:SSL routines::wrong version number"), std::nullopt)
        << "no TLS at all";
    EXPECT_EQ(failureOf("OpenSSL/3.0.17", CURLE_OPERATION_TIMEDOUT, 0, "error:"), std::nullopt);
}

TEST(TlsFailureOf, IsTheHostIfOpenSslAcceptedTheCertificate) {
    EXPECT_EQ(failureOf("OpenSSL/3.0.17", refused, 0), TlsFailure::wrongHost);
    EXPECT_EQ(failureOf("OpenSSL/3.0.17", refused, 1), TlsFailure::wrongHost) << "the initial value of libcurl";
    EXPECT_EQ(failureOf("OpenSSL/3.0.17", CURLE_SSL_ISSUER_ERROR, 0), std::nullopt);
}

TEST(TlsFailureOf, DependsOnTheLibraryInUse) {
    EXPECT_EQ(failureOf("(Schannel) OpenSSL/3.0.17", refused, 10), TlsFailure::expired);
    EXPECT_EQ(failureOf("(OpenSSL/3.0.17) Schannel", refused, 10), std::nullopt);
    EXPECT_EQ(failureOf("LibreSSL/3.3.6", refused, 18), TlsFailure::selfSigned);
    EXPECT_EQ(failureOf("mbedTLS/3.6", refused, 10), std::nullopt);
    EXPECT_EQ(failureOf("OpenSSL/3.0.17", refused, 23), std::nullopt) << "revoked";
    EXPECT_EQ(failureOf("", refused, 0), std::nullopt);
}

TEST(TlsFailureOf, IsAbsentIfNothingFailed) {
    EXPECT_EQ(failureOf("OpenSSL/3.0.17", CURLE_OK, 0), std::nullopt);
}

// libcurl 7.77 added this code.
TEST(TlsFailureOf, IsARequiredClientCertificateByTheCodeOfLibcurl) {
    EXPECT_EQ(failureOf("", static_cast<CURLcode>(98), 0), TlsFailure::clientCertificateRequired);
}

}  // namespace
}  // namespace applivery::detail
