/// @file
/// An organization with an app and a token of each API, for tests and demonstrations.
#pragma once

#include "mock_server/mock_server.hpp"

namespace applivery::mock::sample {

inline constexpr const char* appToken = "app-token-3b7e";
inline constexpr const char* serviceAccountToken = "service-account-token-91c4";
inline constexpr const char* organizationId = "5d5d3183ab0c040ae22c4651";
inline constexpr const char* organizationSlug = "cartography";
inline constexpr const char* applicationId = "5f1a2b3c4d5e6f7081920a1b";
inline constexpr const char* applicationSlug = "meridian";
inline constexpr const char* integrationsPath = "/v1/integrations/builds";
inline constexpr const char* workspacePath =
    "/v1/organizations/5d5d3183ab0c040ae22c4651/apps/5f1a2b3c4d5e6f7081920a1b/builds";

/// Adds the organization, the app and the tokens to the server. @return the builds of the app.
inline BuildData& addTo(MockServer& server, std::vector<MockBuild> newestFirst = {}) {
    Accounts& accounts = server.accounts();
    BuildData& builds = accounts.addApp(applicationId, applicationSlug);
    builds.assign(std::move(newestFirst));
    accounts.addAppToken(appToken, applicationId);
    accounts.addOrganization(organizationId, organizationSlug, {applicationId});
    accounts.addServiceAccount(serviceAccountToken, organizationId);
    return builds;
}

}  // namespace applivery::mock::sample
