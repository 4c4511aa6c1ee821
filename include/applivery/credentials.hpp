/// @file
/// Defines the credentials. Their type selects one of the service's two APIs.
#pragma once

#include <applivery/export.hpp>
#include <applivery/result.hpp>

#include <string>
#include <variant>

namespace applivery {

/// Holds an App API Token, which belongs to one app.
///
/// Selects the Integrations API, `/v1/integrations/builds`.
///
/// @code
/// const applivery::BuildsClient byAppToken{applivery::AppToken{token}};
/// @endcode
struct AppToken {
    /// The token. Surrounding white space is removed. A token is refused in these cases:
    ///
    /// - It is empty, or longer than 8 KiB.
    /// - It contains a control character, or a character that is not ASCII.
    std::string token;
};

/// Holds a Service Account token, with the app whose builds are listed.
///
/// Selects the Workspace API, `/v1/organizations/{organizationId}/apps/{applicationId}/builds`. Use Workspace for many
/// apps.
///
/// @code
/// const applivery::BuildsClient byServiceAccount{applivery::ServiceAccount{token, "acme", "meridian"}};
/// @endcode
struct ServiceAccount {
    std::string token;           ///< See AppToken::token.
    std::string organizationId;  ///< `organizationId`: 24 hexadecimal digits or a slug.
    std::string applicationId;   ///< `applicationId`: 24 hexadecimal digits or a slug.
};

/// Holds a Service Account token for all apps of a Workspace.
struct ServiceAccountToken {
    std::string token;  ///< See AppToken::token.
};

/// Holds the credentials of either API.
using Credentials = std::variant<AppToken, ServiceAccount>;

/// Reads credentials from the environment.
///
/// - `APPLIVERY_APP_TOKEN` gives an AppToken.
/// - `APPLIVERY_SERVICE_ACCOUNT_TOKEN`, `APPLIVERY_ORGANIZATION_ID` and `APPLIVERY_APPLICATION_ID` give a
///   ServiceAccount.
/// - If both tokens and both ids are set, the ServiceAccount is used.
///
/// Fails with ErrorKind::invalidArgument, and names the variables, in these cases:
///
/// - No variable is set, or some are missing.
/// - Both tokens are set without the ids.
///
/// Not safe while another thread changes the environment.
///
/// @code
/// const applivery::Result<applivery::Credentials> credentials = applivery::credentialsFromEnvironment();
/// if (!credentials) {
///     std::cerr << credentials.error() << '\n';
///     return 2;
/// }
/// const applivery::BuildsClient client{*credentials, applivery::ClientOptions::fromEnvironment()};
/// @endcode
[[nodiscard]] APPLIVERY_API Result<Credentials> credentialsFromEnvironment();

}  // namespace applivery
