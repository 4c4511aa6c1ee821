/// @file
/// Access to the builds of apps by token.
#pragma once

#include "mock_server/build_data.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace applivery::mock {

/// The error of a refused request.
struct Refusal {
    int httpStatus = 0;
    int code = 0;
    const char* message = "";
};

/// Holds apps, organizations and tokens. Organizations and apps are found by id or by slug. All members are
/// thread-safe.
class Accounts {
public:
    /// Holds the builds that a token can list, or the reason why the token cannot list them.
    using Access = std::variant<std::shared_ptr<const BuildData>, Refusal>;

    /// Adds an app without builds. @return the app's builds, which exist as long as this object.
    BuildData& addApp(const std::string& id, const std::string& slug = {});

    /// Adds a token of the Integrations API. @throws std::out_of_range if the app does not exist.
    void addAppToken(const std::string& token, const std::string& app);

    /// Adds an organization. @param apps ids or slugs. @throws std::out_of_range if an app does not exist.
    void addOrganization(const std::string& id, const std::string& slug, const std::vector<std::string>& apps);

    /// Adds a token of the Workspace API.
    /// @param apps ids or slugs of the apps that the token can list. Empty for all apps that the organization has now.
    /// @throws std::out_of_range if the organization or an app does not exist.
    void addServiceAccount(const std::string& token, const std::string& organization,
                           const std::vector<std::string>& apps = {});

    /// Removes a token of either API.
    void revoke(const std::string& token);

    /// Returns the builds of an app. @throws std::out_of_range if the app does not exist.
    [[nodiscard]] BuildData& builds(const std::string& app);

    /// Returns the builds that a token of the Integrations API can list, or an error.
    [[nodiscard]] Access forAppToken(const std::string& token) const;

    /// Returns the builds of an app if a token of the Workspace API can list them, or an error.
    [[nodiscard]] Access forServiceAccount(const std::string& token, const std::string& organization,
                                           const std::string& app) const;

private:
    struct ServiceAccount {
        std::string organizationId;
        std::set<std::string> appIds;
    };

    mutable std::mutex mutex_;
    std::map<std::string, std::shared_ptr<BuildData>> builds_;  // by app id
    std::map<std::string, std::string> appIds_;                 // id or slug to id
    std::map<std::string, std::string> organizationIds_;        // id or slug to id
    std::map<std::string, std::set<std::string>> appIdsOf_;     // by organization id
    std::map<std::string, std::string> appTokens_;              // token to app id
    std::map<std::string, ServiceAccount> serviceAccounts_;     // by token
};

}  // namespace applivery::mock
