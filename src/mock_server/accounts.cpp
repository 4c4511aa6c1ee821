#include "mock_server/accounts.hpp"

namespace applivery::mock {
namespace {

constexpr Refusal unknownToken{401, 4004, "Invalid Token"};
constexpr Refusal forbidden{403, 4003, "Forbidden"};
constexpr Refusal unknownEntity{404, 3001, "Entity not found"};

}  // namespace

BuildData& Accounts::addApp(const std::string& id, const std::string& slug) {
    const std::lock_guard<std::mutex> lock(mutex_);
    appIds_[id] = id;
    if (!slug.empty()) appIds_[slug] = id;
    std::shared_ptr<BuildData>& builds = builds_[id];
    if (!builds) builds = std::make_shared<BuildData>();
    return *builds;
}

void Accounts::addAppToken(const std::string& token, const std::string& app) {
    const std::lock_guard<std::mutex> lock(mutex_);
    appTokens_[token] = appIds_.at(app);
}

void Accounts::addOrganization(const std::string& id, const std::string& slug, const std::vector<std::string>& apps) {
    const std::lock_guard<std::mutex> lock(mutex_);
    std::set<std::string>& appIds = appIdsOf_[id];
    for (const std::string& app : apps) appIds.insert(appIds_.at(app));
    organizationIds_[id] = id;
    if (!slug.empty()) organizationIds_[slug] = id;
}

void Accounts::addServiceAccount(const std::string& token, const std::string& organization,
                                 const std::vector<std::string>& apps) {
    const std::lock_guard<std::mutex> lock(mutex_);
    ServiceAccount account{organizationIds_.at(organization), {}};
    for (const std::string& app : apps) account.appIds.insert(appIds_.at(app));
    if (apps.empty()) account.appIds = appIdsOf_.at(account.organizationId);
    serviceAccounts_[token] = std::move(account);
}

void Accounts::revoke(const std::string& token) {
    const std::lock_guard<std::mutex> lock(mutex_);
    appTokens_.erase(token);
    serviceAccounts_.erase(token);
}

BuildData& Accounts::builds(const std::string& app) {
    const std::lock_guard<std::mutex> lock(mutex_);
    return *builds_.at(appIds_.at(app));
}

Accounts::Access Accounts::forAppToken(const std::string& token) const {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = appTokens_.find(token);
    if (found == appTokens_.end()) return unknownToken;
    return builds_.at(found->second);
}

Accounts::Access Accounts::forServiceAccount(const std::string& token, const std::string& organization,
                                             const std::string& app) const {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto account = serviceAccounts_.find(token);
    if (account == serviceAccounts_.end()) return unknownToken;

    const auto organizationId = organizationIds_.find(organization);
    if (organizationId == organizationIds_.end()) return unknownEntity;
    if (organizationId->second != account->second.organizationId) return forbidden;

    const auto appId = appIds_.find(app);
    if (appId == appIds_.end() || appIdsOf_.at(organizationId->second).count(appId->second) == 0) return unknownEntity;
    if (account->second.appIds.count(appId->second) == 0) return forbidden;
    return builds_.at(appId->second);
}

}  // namespace applivery::mock
