/// @file
/// `applivery-builds doctor` with faults of the network.
#include "mock_server/connection_handlers.hpp"
#include "mock_server/http_proxy.hpp"
#include "mock_server/mock_server.hpp"
#include "mock_server/test_certificates.hpp"
#include "mock_server/tls_server.hpp"
#include "program/doctor_test.hpp"

#include <applivery/version.hpp>

#include <httplib.h>

#include <algorithm>
#include <thread>

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
        return diagnose(withToken() + baseUrlVariable(url) + ' ' + more);
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

// Behaves like some firewalls.
TEST_F(DoctorOfTheNetwork, WarnsOfAHostWithoutResponsesToRequestsWithoutAToken) {
    const mock::RawServer server([](mock::Connection& connection) {
        const auto head = connection.readRequestHead();
        if (head && head->find("Authorization") != std::string::npos)
            connection.write(raw::response(200, R"({"status":true,"data":{"items":[]}})"));
    });
    const Diagnosis diagnosis = diagnoseAt(server.baseUrl());
    EXPECT_EQ(diagnosis.code, 0) << diagnosis.text;
    expectWarning(diagnosis, "answer", "no HTTP response", "always send the token");
}

TEST_F(DoctorOfTheNetwork, EndsDespiteAnEndlessBody) {
    const Diagnosis diagnosis = diagnoseBehind(raw::respondOnce(raw::responseHead(200) + "{\"status\":"));
    EXPECT_EQ(diagnosis.finding("answer")["verdict"], "ok") << diagnosis.text;
}

// The difference of the clocks is beyond the range of TimePoint::duration.
TEST_F(DoctorOfTheNetwork, WarnsIfTheClockIsCenturiesAhead) {
    const Diagnosis diagnosis = diagnoseBehind(raw::respondToEach(
        raw::response(200, R"({"status":true,"data":{"items":[]}})", "Date: Fri, 01 Jan 1700 00:00:00 GMT\r\n")));
    EXPECT_EQ(diagnosis.code, 0) << diagnosis.text;
    expectWarning(diagnosis, "clock", " ahead of the service", "Set the clock");
}

TEST_F(DoctorOfTls, NamesTinyproxyAsItsProxy) {
    const mock::HttpProxy proxy;
    const Diagnosis diagnosis = diagnoseWith(certificates.serverCertFile(), certificates.serverKeyFile(),
                                             trust() + " https_proxy=" + proxy.url());
    EXPECT_EQ(diagnosis.code, 0) << diagnosis.text;
    EXPECT_EQ(diagnosis.finding("proxy")["found"], "the proxy of https_proxy");
    EXPECT_EQ(diagnosis.finding("connection")["found"].get<std::string>().rfind("IPv4 to the proxy, in ", 0), 0U)
        << diagnosis.text;
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
    for (const char* part : {"TLS 1.3, in ", "a certificate issued by \"CN", "valid until 20",
                             "trusted by CURL_CA_BUNDLE or SSL_CERT_FILE"})
        EXPECT_NE(found.find(part), std::string::npos) << found;
}

// The end of the certificate is beyond the range of TimePoint.
TEST_F(DoctorOfTls, AcceptsACertificateOfTheFarFuture) {
    const Diagnosis diagnosis = diagnoseWith(certificates.endlessCertFile(), certificates.endlessKeyFile(), trust());
    EXPECT_EQ(diagnosis.code, 0) << diagnosis.text;
    const auto finding = diagnosis.finding("TLS");
    EXPECT_EQ(finding["verdict"], "ok") << diagnosis.text;
    // The certificate ends about the year 9040, which not every clock can represent.
    constexpr auto last =
        std::chrono::duration_cast<std::chrono::hours>(std::chrono::system_clock::time_point::max().time_since_epoch());
    constexpr bool isRepresentable = last > std::chrono::hours{24 * 366 * 8000};
    const std::string found = finding["found"];
    EXPECT_EQ(found.find("valid until") != std::string::npos, isRepresentable) << diagnosis.text;
}

TEST_F(DoctorOfTheNetwork, NamesIpv6) {
    httplib::Server server;
    const int port = server.bind_to_any_port("::1");
    ASSERT_GT(port, 0);
    std::thread thread([&] { server.listen_after_bind(); });
    const Diagnosis diagnosis = diagnoseAt("http://[::1]:" + std::to_string(port));
    server.stop();
    thread.join();
    EXPECT_EQ(diagnosis.finding("connection")["found"].get<std::string>().rfind("IPv6, in ", 0), 0U) << diagnosis.text;
}

// Each format has the versions, the address family and the TLS version, which maintainers ask for.
TEST_F(DoctorOfTls, PrintsTheVersionsInEachFormat) {
    mock::MockServerOptions options;
    options.tls = true;
    mock::MockServer server(options);
    sample::addTo(server, mock::demoBuilds());
    const std::string variables = withToken() + baseUrlVariable(server.baseUrl()) + " SSL_CERT_FILE=" + server.caFile();
    for (const char* format : {"table", "json", "markdown"}) {
        std::string text = run(variables, std::string("-o ") + format).text;
        text.erase(std::remove(text.begin(), text.end(), '\\'), text.end());  // escapes of Markdown
        for (const std::string part : {"libcurl/", "APPLIVERY_APP_TOKEN", "IPv4", "TLS 1.3"})
            EXPECT_NE(text.find(part), std::string::npos) << part << " in " << text;
        EXPECT_NE(text.find(version()), std::string::npos) << text;
    }
}

}  // namespace
}  // namespace applivery
