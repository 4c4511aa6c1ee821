/// @file
/// Clients and requests for a RawServer, and the smallest page that a client accepts.
#pragma once

#include <applivery/builds_client.hpp>
#include <applivery/client_options.hpp>
#include <applivery/http_transport.hpp>

#include <string>

namespace applivery::test {

inline constexpr const char* emptyPage = R"({"status":true,"data":{"items":[]}})";

[[nodiscard]] inline ClientOptions optionsFor(const std::string& baseUrl) {
    ClientOptions options;
    options.baseUrl = baseUrl;
    return options;
}

/// Returns the URL of a plain HTTP server with the scheme of TLS.
[[nodiscard]] inline std::string withHttps(const std::string& baseUrl) {
    return "https" + baseUrl.substr(4);
}

[[nodiscard]] inline BuildsClient clientWith(const ClientOptions& options) {
    return BuildsClient(AppToken{"app-token-0123456789"}, options);
}

[[nodiscard]] inline Result<BuildPage> list(const ClientOptions& options, const BuildFilter& filter = {}) {
    return clientWith(options).listBuilds(filter);
}

[[nodiscard]] inline HttpRequest requestTo(const std::string& url) {
    return HttpRequest{"GET", url, {{"Authorization", "Bearer app-token"}}};
}

}  // namespace applivery::test
