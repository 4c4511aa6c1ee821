/// @file
/// The builds of one app, which may change while clients list them.
#pragma once

#include "mock_server/mock_build.hpp"

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace applivery::mock {

/// How `versionName` is compared.
enum class VersionMatch { whole, beginning, part };

/// What a request asks of an app's builds, already checked.
struct BuildQuery {
    std::optional<std::string> versionName{};
    VersionMatch versionMatch = VersionMatch::whole;
    std::vector<std::string> statuses{};  ///< Any of them; none means all.
    std::optional<std::string> os{};
    std::size_t page = 1;
    std::size_t limit = 100;
    bool oldestFirst = false;
};

/// One page: the items' JSON joined by commas, and how many builds match on all pages.
struct BuildSlice {
    std::string items{};
    std::size_t total = 0;
};

/// Builds in the order of the service, newest first. Safe to use from many threads at once.
class BuildData {
public:
    /// Replaces all builds; the first is the newest.
    void assign(std::vector<MockBuild> newestFirst);

    /// Adds a build as the newest.
    void add(MockBuild build);
    void add(const BuildSpec& spec) { add(makeBuild(spec)); }

    /// Adds a build as the newest, given as JSON. @throws std::exception where it is no JSON object.
    void addJson(std::string json) { add(buildFromJson(std::move(json))); }

    /// Whether there was one with this id, which then is gone.
    bool remove(const std::string& id);

    /// Whether there is one with this id, which then has this status.
    bool setStatus(const std::string& id, const std::string& status);

    /// Whether there is one with this id, which then has failed.
    bool setFailed(const std::string& id, const std::string& error, const std::string& errorCode);

    [[nodiscard]] std::size_t size() const;

    /// All ids, newest first.
    [[nodiscard]] std::vector<std::string> ids() const;

    /// The ids of those with this status, newest first.
    [[nodiscard]] std::vector<std::string> idsOf(const std::string& status) const;

    [[nodiscard]] BuildSlice slice(const BuildQuery& query) const;

private:
    using Builds = std::deque<std::shared_ptr<const MockBuild>>;

    [[nodiscard]] std::vector<const MockBuild*> matches(const BuildQuery& query) const;
    Builds::iterator find(const std::string& id);

    /// Replaces the build by `change` of it. @return whether there is one.
    bool change(const std::string& id, const std::function<MockBuild(const MockBuild&)>& change);

    mutable std::mutex mutex_;
    Builds builds_;
};

}  // namespace applivery::mock
