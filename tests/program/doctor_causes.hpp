/// @file
/// Causes of the faults in the table of doctor.md.
#pragma once

#include "program/doctor_scenario.hpp"

namespace applivery::test {

namespace raw = mock::raw;
namespace sample = mock::sample;

inline Causes causesBeforeRequests() {
    return {
        {"no credentials", withVariables("")},
        {"a Service Account token without an app", withVariables("APPLIVERY_SERVICE_ACCOUNT_TOKEN=abcdefgh")},
        {"the variable of another tool", withVariables(appTokenVariable() + "APPLIVERY_API_KEY=abcdefgh")},
        {"a tenant beside a base URL", withVariables(appTokenVariable() + "APPLIVERY_TENANT=acme")},
        {"a file for the keys of TLS", withVariables(appTokenVariable() + "SSLKEYLOGFILE=/dev/null")},
        {"a control character in the token", withTokenText("app\x01token")},
        {"a newline after the token", withTokenText(std::string(sample::appToken) + '\n')},
        {"`Bearer` before the token", withTokenText("Bearer app-token-3b7e")},
        {"quotes around the token", withTokenText("\\\"app-token-3b7e\\\"")},
        {"`YOUR_APP_TOKEN`", withTokenText("YOUR_APP_TOKEN")},
        {"`xxxx`", withTokenText("xxxx")},
        {"`YOUR_APP_TOKEN`, and the service accepts it", withAcceptedToken("YOUR_APP_TOKEN")},
        {"a masked token", withTokenText("***")},
        {"white space in the token", withTokenText("app-token 3b7e")},
        {"a character in the token that is not ASCII", withTokenText("app–token")},
        {"plain http to another machine", withoutServer("APPLIVERY_BASE_URL=http://build.acme.invalid")},
    };
}

inline Causes causesOfNetworks() {
    const std::string host = "APPLIVERY_BASE_URL=https://service.invalid";
    const std::string list = R"({"status":true,"data":{"items":[{"id":"b1"}]}})";
    return {
        {"a proxy whose name has no address", withoutServer(host + " https_proxy=http://proxy.invalid:3128")},
        {"a proxy that cannot be reached", [=] { return withoutServer(host + " HTTPS_PROXY=" + closedPort())(); }},
        {"a proxy that requires credentials (407)", withTinyproxy("")},
        {"a proxy that refuses the credentials (401)", withTinyproxy("user:wrong")},
        {"a proxy that refuses the credentials (407)",
         [] {
             Scenario scenario = withProxy(raw::respondToEach(raw::response(407, "")))();
             const std::size_t scheme = scenario.variables.rfind("http://");
             scenario.variables.insert(scheme + 7, "user:wrong@");
             return scenario;
         }},
        {"a proxy that refuses the host (403)", withProxy(raw::respondToEach(raw::response(403, "")))},
        {"a proxy that cannot connect (502)", withProxy(raw::respondToEach(raw::response(502, "")))},
        {"a proxy that closes the connection", withProxy(raw::resetAfterRequest())},
        {"a host whose name has no address", withoutServer(host)},
        {"a closed port", [] { return withoutServer("APPLIVERY_BASE_URL=" + closedPort())(); }},
        {"a connection that closes", withHandler(raw::closeAtOnce())},
        {"a server that is not of HTTP", withHandler(raw::respondOnce("SSH-2.0-OpenSSH_9.2\r\n"))},
        {"a connection that closes once",
         withHandler(raw::inSequence({raw::closeAtOnce(), raw::respondToEach(raw::response(200, list))}))},
        {"a clock that is 2 hours slow", withClockAhead(std::chrono::hours{2})},
        {"a clock that is 2 hours fast", withClockAhead(std::chrono::hours{-2})},
    };
}

inline Causes causesOfTls() {
    using T = mock::TestCertificates;
    constexpr bool trusted = true;
    return {
        {"a certificate that expires soon", withCertificate(&T::serverCertFile, &T::serverKeyFile, trusted)},
        {"an expired certificate", withCertificate(&T::expiredCertFile, &T::expiredKeyFile, trusted)},
        {"a certificate that is not yet valid",
         withCertificate(&T::notYetValidCertFile, &T::notYetValidKeyFile, trusted)},
        {"a certificate for another host", withCertificate(&T::wrongHostCertFile, &T::wrongHostKeyFile, trusted)},
        {"an unknown authority", withCertificate(&T::serverCertFile, &T::serverKeyFile, !trusted)},
        {"an authority that `SSL_CERT_FILE` lacks",
         [] {
             const auto other = std::make_shared<mock::TestCertificates>();
             Scenario scenario = withCertificate(&T::serverCertFile, &T::serverKeyFile, !trusted)();
             scenario.variables += " SSL_CERT_FILE=" + other->caFile();
             scenario.servers.emplace_back(other);
             return scenario;
         }},
        {"a self-signed certificate", withCertificate(&T::selfSignedCertFile, &T::selfSignedKeyFile, !trusted)},
        {"a self-signed certificate that `SSL_CERT_FILE` lacks",
         withCertificate(&T::selfSignedCertFile, &T::selfSignedKeyFile, trusted)},
        {"an unreadable file of authorities",
         [] {
             Scenario scenario = withCertificate(&T::serverCertFile, &T::serverKeyFile, !trusted)();
             scenario.variables += " CURL_CA_BUNDLE=/no/file";
             return scenario;
         }},
        {"a required client certificate", withTls(&mock::requireClientCertificates)},
        {"a host that offers only old versions of TLS", withTls(&mock::offerOnlyOldTls)},
        {"a handshake that breaks off", withoutTls(raw::closeAtOnce())},
        {"a server without TLS", withoutTls(raw::respondWithoutTls())},
    };
}

inline mock::ScriptedResponse exhaustedQuota() {
    mock::ScriptedResponse response = mock::ok(
        R"({"status":false,"error":{"code":5003,"message":"Limit exceeded","data":{"limit":5,"num":6,"itemName":"apps"}}})");
    response.status = 400;
    return response;
}

inline mock::ScriptedResponse withStatus(int status, mock::ScriptedResponse response) {
    response.status = status;
    return response;
}

inline mock::ScriptedResponse garbled() {
    mock::ScriptedResponse response = mock::ok("{}");
    response.headers.emplace_back("Content-Encoding", "gzip");
    return response;
}

inline Cause withResponseToTheToken(const mock::ScriptedResponse& response, int times) {
    return [=] {
        auto server = workingService();
        const auto hasToken = [](const mock::RecordedRequest& request) { return !!request.header("Authorization"); };
        server->enqueueIf(hasToken, response, times);
        return behind(std::move(server));
    };
}

inline Causes causesOfCredentials() {
    const std::string account = serviceAccountVariables();
    return {
        {"code 4002", withResponse(mock::apiError(401, 4002, "No auth token"))},
        {"code 4002 with `Invalid Token`", withResponse(mock::apiError(401, 4002, "Invalid Token"))},
        {"code 4004", withTokenText("app-token-0000")},
        {"code 3002", withResponse(mock::apiError(401, 3002, "Token Expired"))},
        {"code 4003, App API Token", withResponse(mock::apiError(403, 4003, "Forbidden"))},
        {"code 4003, Service Account token", withResponse(mock::apiError(403, 4003, "Forbidden"), account)},
        {"code 3001, App API Token", withResponse(mock::apiError(404, 3001, "Entity not found"))},
        {"code 3001, Service Account token",
         withVariables(serviceAccountVariables(sample::serviceAccountToken, "another"))},
        {"a Service Account token as App API Token",
         [] {
             Scenario scenario = withTokenText(sample::serviceAccountToken)();
             scenario.variables += std::string(" APPLIVERY_ORGANIZATION_ID=") + sample::organizationId +
                                   " APPLIVERY_APPLICATION_ID=" + sample::applicationId;
             return scenario;
         }},
        {"an App API Token as Service Account token", withVariables(serviceAccountVariables(sample::appToken))},
        {"code 5003", withResponse(exhaustedQuota())},
        {"code 5004", withResponse(mock::apiError(402, 5004, "The billing plan does not allow this"))},
    };
}

inline Causes causesOfServices() {
    mock::ScriptedResponse page = mock::ok("<html><body>Please log in</body></html>");
    page.headers.emplace_back("Content-Type", "text/html");
    constexpr int always = 1000;
    return {
        {"code 1002",
         [] {
             Scenario scenario = withVariables(appTokenVariable())();
             scenario.variables += "/api";
             return scenario;
         }},
        {"code 1000", withResponse(mock::apiError(500, 1000, "Internal error"))},
        {"a code that the program does not know", withResponse(mock::apiError(418, 7001, "Something of ours"))},
        {"too many requests (429)", withResponse(mock::tooManyRequests("3600"))},
        {"a service that is down (503)", withResponse(mock::bare(503))},
        {"a failure of a gateway (502)", withResponse(mock::gatewayError(502))},
        {"one response with 503", withResponseToTheToken(mock::bare(503), 1)},
        {"a redirect", withResponse(mock::redirect("https://login.example/"))},
        {"a refusal by a gateway", withResponse(withStatus(401, mock::ok(R"({"message":"Unauthorized"})")))},
        {"a log-in page", withResponse(page)},
        {"JSON without builds", withResponse(mock::ok(R"({"hello":"world"})"))},
        {"JSON that is cut off", withResponse(mock::ok(R"({"status":true,"data":{"items":[)"))},
        {"a response that cannot be decompressed", withResponseToTheToken(garbled(), always)},
        {"a response that is too large", withHandler(raw::gzipBomb(65))},
        {"an app without builds",
         [] {
             auto server = std::make_shared<mock::MockServer>();
             sample::addTo(*server);
             return behind(std::move(server));
         }},
        {"fields that the program does not know", withResponse(mock::okItems({R"({"id":"a","novel":1})"}))},
        {"a time in another format", withResponse(mock::okItems({R"({"id":"a","createdAt":"soon"})"}))},
        {"a field of another type", withResponse(mock::okItems({R"({"id":"a","size":["1"]})"}))},
    };
}

/// Returns the cause of each fault of the table.
inline const Causes& allCauses() {
    static const Causes all = [] {
        Causes causes = causesBeforeRequests();
        for (Causes more : {causesOfNetworks(), causesOfTls(), causesOfCredentials(), causesOfServices()})
            causes.merge(more);
        return causes;
    }();
    return all;
}

}  // namespace applivery::test
