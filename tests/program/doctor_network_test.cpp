/// @file
/// `applivery-builds doctor` with faults of the network.
#include "mock_server/connection_handlers.hpp"
#include "mock_server/http_proxy.hpp"
#include "mock_server/mock_server.hpp"
#include "mock_server/test_certificates.hpp"
#include "mock_server/tls_server.hpp"
#include "program/doctor_test.hpp"

#include <optional>

namespace applivery {
namespace {

namespace raw = mock::raw;
namespace sample = mock::sample;

using test::Diagnosis;
using test::expectFailure;
using test::expectWarning;

class DoctorOfTheNetwork : public test::DoctorCommand {
protected:
    static Diagnosis diagnoseAt(const std::string& url, const std::string& more = "") {
        return diagnose(withToken() + at(url) + ' ' + more);
    }
    static Diagnosis diagnoseBehind(const mock::ConnectionHandler& behaviour) {
        const mock::RawServer server(behaviour);
        return diagnoseAt(server.baseUrl());
    }
};

class DoctorOfTls : public DoctorOfTheNetwork {
protected:
    Diagnosis diagnoseWith(const std::string& certificate, const std::string& key, const std::string& more = "") {
        mock::MockServerOptions options;
        options.tls = true;
        options.tlsFiles = mock::TlsFiles{certificate, key};
        mock::MockServer server(options);
        sample::addTo(server, mock::demoBuilds());
        return diagnoseAt(server.baseUrl(), more);
    }
    [[nodiscard]] std::string trust() const { return "SSL_CERT_FILE=" + certificates.caFile(); }

    mock::TestCertificates certificates;
};

TEST_F(DoctorOfTheNetwork, FindsANameWithoutAnAddress) {
    expectFailure(diagnoseAt("https://service.invalid"), 6, "name look-up", "no address", "DNS");
}

TEST_F(DoctorOfTheNetwork, FindsAClosedPort) {
    const std::string url = mock::MockServer().baseUrl();  // the server is already destroyed
    expectFailure(diagnoseAt(url), 6, "connection", "cannot be reached", "firewall");
}

TEST_F(DoctorOfTheNetwork, FindsAMissingResponse) {
    expectFailure(diagnoseBehind(raw::closeAtOnce()), 6, "answer", "no HTTP response", "the host and the port");
}

TEST_F(DoctorOfTheNetwork, FindsAProxyWithoutConnection) {
    const mock::RawServer proxy(raw::resetAfterRequest());
    expectFailure(diagnoseAt("https://service.invalid", "https_proxy=" + proxy.baseUrl()), 6, "proxy",
                  "https_proxy did not connect", "an HTTP proxy");
}

// Behaves like some firewalls.
TEST_F(DoctorOfTheNetwork, WarnsOfAHostWithoutResponsesToRequestsWithoutAToken) {
    const mock::RawServer server([](mock::Connection& connection) {
        const auto head = connection.readRequestHead();
        if (head && head->find("Authorization") != std::string::npos)
            connection.write(raw::response(200, R"({"status":true,"data":{"items":[]}})"));
    });
    const Diagnosis diagnosis = diagnoseAt(server.baseUrl());
    EXPECT_EQ(diagnosis.code, 0) << diagnosis.text;
    expectWarning(diagnosis, "answer", "no HTTP response", "firewall blocks");
}

TEST_F(DoctorOfTheNetwork, EndsDespiteAnEndlessBody) {
    const Diagnosis diagnosis = diagnoseBehind(raw::respondOnce(raw::responseHead(200) + "{\"status\":"));
    EXPECT_EQ(diagnosis.finding("answer")["verdict"], "ok") << diagnosis.text;
}

TEST_F(DoctorOfTheNetwork, FindsAnInvalidHttpResponse) {
    expectFailure(diagnoseBehind(raw::respondOnce("SSH-2.0-OpenSSH_9.2\r\n")), 6, "answer", "no HTTP response",
                  "the host and the port");
}

TEST_F(DoctorOfTheNetwork, FindsAProxyNameWithoutAnAddress) {
    expectFailure(diagnoseAt("https://service.invalid", "https_proxy=http://proxy.invalid:3128"), 6, "proxy",
                  "no address", "Check https_proxy");
}

TEST_F(DoctorOfTheNetwork, FindsAnUnreachableProxy) {
    const std::string url = mock::MockServer().baseUrl();
    expectFailure(diagnoseAt("https://service.invalid", "HTTPS_PROXY=" + url), 6, "connection",
                  "the proxy of HTTPS_PROXY", "firewall");
}

TEST_F(DoctorOfTheNetwork, FindsMissingTinyproxyCredentials) {
    const mock::HttpProxy proxy("user", "password");
    expectFailure(diagnoseAt("https://service.invalid", "https_proxy=" + proxy.url()), 6, "proxy",
                  "https_proxy requires credentials (407)", "USER:PASSWORD");
}

TEST_F(DoctorOfTheNetwork, FindsARefusalOfAProxy) {
    const mock::RawServer proxy(raw::respondOnce(raw::response(403, "")));
    expectFailure(diagnoseAt("https://service.invalid", "all_proxy=" + proxy.baseUrl()), 6, "proxy",
                  "all_proxy refuses the connection (403)", "no_proxy");
}

TEST_F(DoctorOfTls, NamesTinyproxyAsItsProxy) {
    const mock::HttpProxy proxy;
    const Diagnosis diagnosis = diagnoseWith(certificates.serverCertFile(), certificates.serverKeyFile(),
                                             trust() + " https_proxy=" + proxy.url());
    EXPECT_EQ(diagnosis.code, 0) << diagnosis.text;
    EXPECT_EQ(diagnosis.finding("proxy")["found"], "the proxy of https_proxy");
}

TEST_F(DoctorOfTls, HonoursNoProxy) {
    const Diagnosis diagnosis = diagnoseWith(certificates.serverCertFile(), certificates.serverKeyFile(),
                                             trust() + " https_proxy=http://proxy.invalid:1 no_proxy=127.0.0.1");
    EXPECT_EQ(diagnosis.finding("proxy")["found"], "none") << diagnosis.text;
}

TEST_F(DoctorOfTls, ReportsIssuerAndExpiryAndTrust) {
    const Diagnosis diagnosis = diagnoseWith(certificates.serverCertFile(), certificates.serverKeyFile(), trust());
    EXPECT_EQ(diagnosis.code, 0) << diagnosis.text;
    const std::string found = diagnosis.finding("TLS")["found"];
    for (const char* part :
         {"a certificate issued by \"CN", "valid until 20", "trusted by CURL_CA_BUNDLE or SSL_CERT_FILE"})
        EXPECT_NE(found.find(part), std::string::npos) << found;
}

TEST_F(DoctorOfTls, FindsAnUntrustedAuthority) {
    const Diagnosis diagnosis = diagnoseWith(certificates.serverCertFile(), certificates.serverKeyFile());
    expectFailure(diagnosis, 6, "TLS", "a certificate issued by \"CN", "set CURL_CA_BUNDLE");
    expectFailure(diagnosis, 6, "TLS", "its authority is not trusted", "the authority of your company");
}

TEST_F(DoctorOfTls, FindsASelfSignedCertificate) {
    expectFailure(diagnoseWith(certificates.selfSignedCertFile(), certificates.selfSignedKeyFile()), 6, "TLS",
                  "the host signed it itself", "If you trust it, set CURL_CA_BUNDLE");
}

TEST_F(DoctorOfTls, FindsACertificateOfTheFuture) {
    expectFailure(diagnoseWith(certificates.notYetValidCertFile(), certificates.notYetValidKeyFile(), trust()), 6,
                  "TLS", "it is not yet valid", "the clock of this machine");
}

TEST_F(DoctorOfTls, FindsARequiredClientCertificate) {
    const mock::TlsServer server(mock::requireClientCertificates());
    expectFailure(diagnoseAt(server.baseUrl(), "SSL_CERT_FILE=" + server.caFile()), 6, "TLS",
                  "requires a client certificate", "another address");
}

TEST_F(DoctorOfTls, FindsAnUnsupportedVersionOfTls) {
    const mock::TlsServer server(mock::offerOnlyOldTls());
    expectFailure(diagnoseAt(server.baseUrl(), "SSL_CERT_FILE=" + server.caFile()), 6, "TLS",
                  "no TLS version in common", "TLS 1.2");
}

TEST_F(DoctorOfTls, FindsAnExpiredCertificate) {
    expectFailure(diagnoseWith(certificates.expiredCertFile(), certificates.expiredKeyFile(), trust()), 6, "TLS",
                  "it has expired", "the clock of this machine");
}

TEST_F(DoctorOfTls, FindsACertificateOfAnotherHost) {
    expectFailure(diagnoseWith(certificates.wrongHostCertFile(), certificates.wrongHostKeyFile(), trust()), 6, "TLS",
                  "is refused: it is for another host", "Check the host");
}

TEST_F(DoctorOfTls, FindsAnUnreadableCaBundle) {
    expectFailure(diagnoseWith(certificates.serverCertFile(), certificates.serverKeyFile(), "CURL_CA_BUNDLE=/no/file"),
                  6, "TLS", "cannot be read", "in PEM");
}

TEST_F(DoctorOfTls, FindsABrokenOffHandshake) {
    const mock::RawServer server(raw::closeAtOnce());
    expectFailure(diagnoseAt("https" + server.baseUrl().substr(4)), 6, "TLS", "the TLS connection failed",
                  "modifies TLS");
}

TEST_F(DoctorOfTls, FindsAPortWithoutTls) {
    const mock::RawServer server(raw::respondWithoutTls());
    expectFailure(diagnoseAt("https" + server.baseUrl().substr(4)), 6, "TLS", "the TLS connection failed",
                  "serves https");
}

TEST_F(DoctorOfTheNetwork, FindsAWrongClock) {
    mock::MockServerOptions options;
    options.rules.clockAhead = std::chrono::minutes{10};
    mock::MockServer server(options);
    sample::addTo(server);
    const Diagnosis diagnosis = diagnoseAt(server.baseUrl());
    EXPECT_EQ(diagnosis.code, 0) << diagnosis.text;
    expectWarning(diagnosis, "clock", "behind the service", "NTP");
}

}  // namespace
}  // namespace applivery
