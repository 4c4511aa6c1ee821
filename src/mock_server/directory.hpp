/// @file
/// Who may list which app's builds.
#pragma once

#include "mock_server/build_data.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <variant>

namespace applivery::mock {

/// Why a request is refused: the parts of the error envelope.
struct Refusal {
    int httpStatus = 0;
    int code = 0;
    const char* message = "";
};

/// Apps, organizations and tokens. Organizations and apps are known by id and, where they have one, by slug. Safe to
/// use from many threads at once.
class Directory {
public:
    using Access = std::variant<std::shared_ptr<const BuildData>, Refusal>;

    /// @return the app's builds, empty at first; the reference lives as long as the directory.
    BuildData& addApp(const std::string& id, const std::string& slug = {});

    /// A token of the Integrations API. @throws std::out_of_range where there is no such app.
    void addAppToken(const std::string& token, const std::string& app);

    /// @param apps ids or slugs. @throws std::out_of_range where there is no such app.
    void addOrganization(const std::string& id, const std::string& slug, const std::vector<std::string>& apps);

    /// A token of the Workspace API. @param apps ids or slugs of those it may list; none means all of the organization.
    /// @throws std::out_of_range where there is no such organization or app.
    void addServiceAccount(const std::string& token, const std::string& organization,
                           const std::vector<std::string>& apps = {});

    /// Makes a token of either kind unknown.
    void revoke(const std::string& token);

    /// The app's builds. @throws std::out_of_range where there is no such app.
    [[nodiscard]] BuildData& builds(const std::string& app);

    [[nodiscard]] Access forAppToken(const std::string& token) const;
    [[nodiscard]] Access forServiceAccount(const std::string& token, const std::string& organization,
                                           const std::string& app) const;

private:
    struct ServiceAccount {
        std::string organizationId;
        std::set<std::string> appIds;
    };

    mutable std::mutex mutex_;
    std::map<std::string, std::shared_ptr<BuildData>> builds_;  // by app id
    std::map<std::string, std::string> appIds_;                 // by id and by slug
    std::map<std::string, std::string> organizationIds_;        // by id and by slug
    std::map<std::string, std::set<std::string>> appIdsOf_;     // by organization id
    std::map<std::string, std::string> appTokens_;              // token to app id
    std::map<std::string, ServiceAccount> serviceAccounts_;     // by token
};

}  // namespace applivery::mock
