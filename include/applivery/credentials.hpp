/// @file
/// The two kinds of credential, and with them the two APIs.
#pragma once

#include <applivery/export.hpp>
#include <applivery/result.hpp>

#include <string>
#include <variant>

namespace applivery {

/// An App API Token. Selects the Integrations API, `/v1/integrations/builds`; the app is the token's own.
struct AppToken {
    std::string token;  ///< White space around it is dropped; empty or with a control character it is refused.
};

/// A Service Account token for one app. Selects the Workspace API,
/// `/v1/organizations/{organizationId}/apps/{applicationId}/builds`.
struct ServiceAccount {
    std::string token;           ///< As AppToken::token.
    std::string organizationId;  ///< The service's `organizationId`: 24 hexadecimal digits or a slug.
    std::string applicationId;   ///< The service's `applicationId`: 24 hexadecimal digits or a slug.
};

/// A Service Account token for a whole Workspace.
struct ServiceAccountToken {
    std::string token;  ///< As AppToken::token.
};

/// Of either API.
using Credentials = std::variant<AppToken, ServiceAccount>;

/// Reads `APPLIVERY_APP_TOKEN`, or `APPLIVERY_SERVICE_ACCOUNT_TOKEN` with `APPLIVERY_ORGANIZATION_ID` and
/// `APPLIVERY_APPLICATION_ID`. Where both tokens are set, the two ids decide for the service account.
///
/// Fails with ErrorKind::invalidArgument, naming the variables, where none are set, some are missing, or both tokens
/// are set without the ids. Not safe while another thread changes the environment.
[[nodiscard]] APPLIVERY_API Result<Credentials> credentialsFromEnvironment();

}  // namespace applivery
