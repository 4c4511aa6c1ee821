/// @file
/// Implements the only two functions of the library that read the environment. libcurl itself reads the proxy variables
/// and SSLKEYLOGFILE.
#include "core/text.hpp"

#include <applivery/client_options.hpp>
#include <applivery/credentials.hpp>

#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

namespace applivery {
namespace {

// Returns the trimmed value of a variable; std::nullopt if the variable is unset or blank.
std::optional<std::string> variable(const char* name) {
    const char* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): documented on the callers
    if (value == nullptr) return std::nullopt;
    const std::string_view text = detail::trimmed(value);
    if (text.empty()) return std::nullopt;
    return std::string(text);
}

bool isDnsLabel(std::string_view text) {
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
    return !text.empty() && text.size() <= 63 && text.front() != '-' && text.back() != '-' &&
           text.find_first_not_of(allowed) == std::string_view::npos;
}

bool isDomain(std::string_view text) {
    for (std::size_t dot = text.find('.'); dot != std::string_view::npos; dot = text.find('.')) {
        if (!isDnsLabel(text.substr(0, dot))) return false;
        text.remove_prefix(dot + 1);
    }
    return isDnsLabel(text);
}

// Returns text that is not a URL if the tenant is neither a DNS label nor a domain. With the tenant `acme/`, for
// example, the URL https://api.acme/.applivery.io would send the token to another host.
//
// fromEnvironment() cannot return an error. Instead, each call of the client fails, and its error shows the text.
std::string urlOfTenant(const std::string& tenant) {
    if (!isDomain(tenant)) return "(APPLIVERY_TENANT must be a DNS label or a domain)";
    const bool isLabel = tenant.find('.') == std::string::npos;
    return "https://api." + tenant + (isLabel ? ".applivery.io" : "");
}

}  // namespace

Result<Credentials> credentialsFromEnvironment() {
    const auto app = variable("APPLIVERY_APP_TOKEN");
    const auto service = variable("APPLIVERY_SERVICE_ACCOUNT_TOKEN");
    const auto organization = variable("APPLIVERY_ORGANIZATION_ID");
    const auto application = variable("APPLIVERY_APPLICATION_ID");

    if (service && organization && application)
        return Credentials{ServiceAccount{*service, *organization, *application}};
    if (app && !service) return Credentials{AppToken{*app}};
    if (app && service) {
        return Error(ErrorKind::invalidArgument,
                     "APPLIVERY_APP_TOKEN and APPLIVERY_SERVICE_ACCOUNT_TOKEN are both set. Unset one of them, or set "
                     "APPLIVERY_ORGANIZATION_ID and APPLIVERY_APPLICATION_ID to use the service account.");
    }
    if (service) {
        return Error(ErrorKind::invalidArgument,
                     "APPLIVERY_SERVICE_ACCOUNT_TOKEN is set without APPLIVERY_ORGANIZATION_ID and "
                     "APPLIVERY_APPLICATION_ID. Set both.");
    }
    return Error(ErrorKind::invalidArgument,
                 "no credentials in the environment. Set APPLIVERY_APP_TOKEN, or APPLIVERY_SERVICE_ACCOUNT_TOKEN with "
                 "APPLIVERY_ORGANIZATION_ID and APPLIVERY_APPLICATION_ID.");
}

ClientOptions ClientOptions::fromEnvironment() {
    ClientOptions options;
    if (const auto url = variable("APPLIVERY_BASE_URL")) {
        options.baseUrl = *url;
    } else if (const auto tenant = variable("APPLIVERY_TENANT")) {
        options.baseUrl = urlOfTenant(*tenant);
    }
    for (const char* name : {"CURL_CA_BUNDLE", "SSL_CERT_FILE"}) {  // the order of the curl program
        const auto file = variable(name);
        if (file && options.caBundle.empty()) options.caBundle = *file;
    }
    return options;
}

}  // namespace applivery
