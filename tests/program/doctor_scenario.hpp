/// @file
/// Situations in which `doctor` finds a fault.
#pragma once

#include "mock_server/connection_handlers.hpp"
#include "mock_server/http_proxy.hpp"
#include "mock_server/mock_server.hpp"
#include "mock_server/test_certificates.hpp"
#include "mock_server/tls_server.hpp"
#include "program/doctor_test.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace applivery::test {

/// A fault that the program meets.
struct Scenario {
    std::string variables;  ///< `NAME=VALUE`, separated by spaces.
    std::string arguments{};
    std::vector<std::shared_ptr<const void>> servers{};  ///< Run as long as the scenario.
};

using Cause = std::function<Scenario()>;
using Causes = std::map<std::string, Cause>;

inline std::string appTokenVariable(const std::string& token = mock::sample::appToken) {
    return "APPLIVERY_APP_TOKEN=\"" + token + "\" ";
}

inline std::string serviceAccountVariables(const std::string& token = mock::sample::serviceAccountToken,
                                           const std::string& app = mock::sample::applicationId) {
    return "APPLIVERY_SERVICE_ACCOUNT_TOKEN=" + token + " APPLIVERY_ORGANIZATION_ID=" + mock::sample::organizationId +
           " APPLIVERY_APPLICATION_ID=" + app + ' ';
}

template <typename Server>
Scenario behind(std::shared_ptr<Server> server, const std::string& variables = appTokenVariable()) {
    return {variables + "APPLIVERY_BASE_URL=" + server->baseUrl(), "", {server}};
}

/// Returns a service with builds.
inline std::shared_ptr<mock::MockServer> workingService(const mock::MockServerOptions& options = {}) {
    auto server = std::make_shared<mock::MockServer>(options);
    mock::sample::addTo(*server, mock::demoBuilds());
    return server;
}

inline Cause withVariables(const std::string& variables) {
    return [=] { return behind(workingService(), variables + ' '); };
}

inline Cause withTokenText(const std::string& token) {
    return withVariables(appTokenVariable(token));
}

/// The service accepts the token, and other tokens that contain it.
inline Cause withAcceptedToken(const std::string& token) {
    return [=] {
        auto server = workingService();
        server->accounts().addAppToken(token, mock::sample::applicationId);
        return behind(std::move(server), appTokenVariable(token));
    };
}

/// Every request receives this response.
inline Cause withResponse(mock::ScriptedResponse response, const std::string& variables = appTokenVariable()) {
    return [response = std::move(response), variables] {
        auto server = workingService();
        server->setHook([=](const mock::RecordedRequest&) { return std::optional(response); });
        return behind(std::move(server), variables);
    };
}

inline Cause withHandler(const mock::ConnectionHandler& handler) {
    return [=] { return behind(std::make_shared<mock::RawServer>(handler)); };
}

/// The service is reached only by a proxy of this handler.
inline Cause withProxy(const mock::ConnectionHandler& handler) {
    return [=]() -> Scenario {
        const auto proxy = std::make_shared<mock::RawServer>(handler);
        return {appTokenVariable() + "APPLIVERY_BASE_URL=https://service.invalid https_proxy=" + proxy->baseUrl(),
                "",
                {proxy}};
    };
}

inline Cause withTinyproxy(const std::string& credentials) {
    return [=]() -> Scenario {
        const auto proxy = std::make_shared<mock::HttpProxy>("user", "password");
        return {
            appTokenVariable() + "APPLIVERY_BASE_URL=https://service.invalid https_proxy=" + proxy->url(credentials),
            "",
            {proxy}};
    };
}

/// Returns the URL of a closed port.
inline std::string closedPort() {
    return mock::MockServer().baseUrl();  // the server is already destroyed
}

inline Cause withoutServer(const std::string& variables) {
    return [=] { return Scenario{appTokenVariable() + variables}; };
}

/// The host sends this certificate.
/// @param isTrusted whether the client trusts the authority of the tests, and no other.
inline Cause withCertificate(std::string (mock::TestCertificates::*certificate)() const,
                             std::string (mock::TestCertificates::*key)() const, bool isTrusted) {
    return [=] {
        const auto certificates = std::make_shared<mock::TestCertificates>();
        mock::MockServerOptions options;
        options.tls = true;
        options.tlsFiles = mock::TlsFiles{((*certificates).*certificate)(), ((*certificates).*key)()};
        Scenario scenario = behind(workingService(options));
        if (isTrusted) scenario.variables += " SSL_CERT_FILE=" + certificates->caFile();
        scenario.servers.emplace_back(certificates);
        return scenario;
    };
}

inline Cause withTls(mock::TlsServer::Configure (*configure)()) {
    return [=] {
        const auto server = std::make_shared<mock::TlsServer>(configure());
        Scenario scenario = behind(server);
        scenario.variables += " SSL_CERT_FILE=" + server->caFile();
        return scenario;
    };
}

/// The address of the service begins with https, but the server supports only http.
inline Cause withoutTls(const mock::ConnectionHandler& handler) {
    return [=]() -> Scenario {
        const auto server = std::make_shared<mock::RawServer>(handler);
        return {appTokenVariable() + "APPLIVERY_BASE_URL=https" + server->baseUrl().substr(4), "", {server}};
    };
}

inline Cause withClockAhead(std::chrono::minutes time) {
    return [=] {
        mock::MockServerOptions options;
        options.rules.clockAhead = time;
        return behind(workingService(options));
    };
}

}  // namespace applivery::test
