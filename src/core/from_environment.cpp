/// @file
/// The two functions that read the environment; nothing else of the library does.
#include "core/text.hpp"

#include <applivery/client_options.hpp>
#include <applivery/credentials.hpp>

namespace applivery {

Result<Credentials> credentialsFromEnvironment() {
    const auto app = detail::environment("APPLIVERY_APP_TOKEN");
    const auto service = detail::environment("APPLIVERY_SERVICE_ACCOUNT_TOKEN");
    const auto organization = detail::environment("APPLIVERY_ORGANIZATION_ID");
    const auto application = detail::environment("APPLIVERY_APPLICATION_ID");

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
    if (const auto url = detail::environment("APPLIVERY_BASE_URL")) {
        options.baseUrl = *url;
    } else if (const auto tenant = detail::environment("APPLIVERY_TENANT")) {
        options.baseUrl = "https://api." + *tenant + ".applivery.io";
    }
    for (const char* name : {"SSL_CERT_FILE", "CURL_CA_BUNDLE"}) {
        const auto file = detail::environment(name);
        if (file && options.caBundle.empty()) options.caBundle = *file;
    }
    return options;
}

}  // namespace applivery
