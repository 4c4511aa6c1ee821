/// @file
/// Every reason of a TLS failure, with real handshakes.
#include "mock_server/connection_handlers.hpp"
#include "mock_server/mock_server.hpp"
#include "mock_server/sample_workspace.hpp"
#include "mock_server/tls_server.hpp"
#include "support/matchers.hpp"
#include "support/raw_client.hpp"

#include <applivery/applivery.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <string>

namespace applivery {
namespace {

namespace sample = mock::sample;

class FailureOfTls : public testing::Test {
protected:
    [[nodiscard]] static Result<BuildPage> listAt(const std::string& url, const std::string& caFile) {
        ClientOptions options;
        options.baseUrl = url;
        options.caBundle = caFile;
        return BuildsClient(AppToken{sample::appToken}, options).listBuilds();
    }

    [[nodiscard]] static Result<BuildPage> listFrom(const std::string& certificate, const std::string& key,
                                                    const std::string& caFile) {
        mock::MockServerOptions options;
        options.tls = true;
        options.tlsFiles = mock::TlsFiles{certificate, key};
        mock::MockServer server(options);
        sample::addTo(server);
        return listAt(server.baseUrl(), caFile);
    }

    static void expectFailure(const Result<BuildPage>& page, TlsFailure failure, const char* cause) {
        ASSERT_FALSE(page);
        const Error& error = page.error();
        EXPECT_EQ(error.kind(), ErrorKind::tls) << error;
        EXPECT_EQ(error.tlsFailure(), failure) << error;
        EXPECT_NE(error.message().find(cause), std::string::npos) << error;
        EXPECT_FALSE(error.isRetryable());
    }

    const mock::TestCertificates certificates;
};

TEST_F(FailureOfTls, IsAnExpiredCertificate) {
    expectFailure(listFrom(certificates.expiredCertFile(), certificates.expiredKeyFile(), certificates.caFile()),
                  TlsFailure::expired, "has expired. Check this machine's clock");
}

TEST_F(FailureOfTls, IsACertificateOfTheFuture) {
    expectFailure(
        listFrom(certificates.notYetValidCertFile(), certificates.notYetValidKeyFile(), certificates.caFile()),
        TlsFailure::notYetValid, "not valid yet. Check this machine's clock");
}

TEST_F(FailureOfTls, IsACertificateOfAnotherHost) {
    expectFailure(listFrom(certificates.wrongHostCertFile(), certificates.wrongHostKeyFile(), certificates.caFile()),
                  TlsFailure::wrongHost, "for another host. Check the host in ClientOptions::baseUrl");
}

TEST_F(FailureOfTls, IsAnUnknownAuthority) {
    const mock::TestCertificates others;
    for (const std::string& caFile : {std::string(), others.caFile()}) {
        expectFailure(listFrom(certificates.serverCertFile(), certificates.serverKeyFile(), caFile),
                      TlsFailure::unknownAuthority, "not trusted signed");
    }
}

TEST_F(FailureOfTls, IsASelfSignedCertificate) {
    for (const std::string& caFile : {std::string(), certificates.caFile()}) {
        expectFailure(listFrom(certificates.selfSignedCertFile(), certificates.selfSignedKeyFile(), caFile),
                      TlsFailure::selfSigned, "signed by the server itself");
    }
}

TEST_F(FailureOfTls, IsARequiredClientCertificate) {
    const mock::TlsServer server(mock::requireClientCertificates());
    expectFailure(listAt(server.baseUrl(), server.caFile()), TlsFailure::clientCertificateRequired,
                  "requires a certificate of the client");
}

TEST_F(FailureOfTls, IsAnUnsupportedVersion) {
    const mock::TlsServer server(mock::offerOnlyOldTls());
    expectFailure(listAt(server.baseUrl(), server.caFile()), TlsFailure::protocolVersion, "no version of TLS");
}

TEST_F(FailureOfTls, IsAbsentIfTheServerHasNoTls) {
    const mock::RawServer server(mock::raw::respondWithoutTls());
    const auto page = listAt(test::withHttps(server.baseUrl()), "");
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().kind(), ErrorKind::tls);
    EXPECT_EQ(page.error().tlsFailure(), std::nullopt) << page.error();
}

TEST_F(FailureOfTls, IsAbsentIfTlsWorks) {
    EXPECT_TRUE(listFrom(certificates.serverCertFile(), certificates.serverKeyFile(), certificates.caFile()));
    EXPECT_TRUE(listFrom(certificates.selfSignedCertFile(), certificates.selfSignedKeyFile(),
                         certificates.selfSignedCertFile()));
}

}  // namespace
}  // namespace applivery
