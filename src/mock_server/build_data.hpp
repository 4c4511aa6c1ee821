/// @file
/// The builds of an app, which can change while clients list them.
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

/// Compares `versionName` as a whole, by its beginning or by any part.
enum class VersionMatch { whole, beginning, part };

/// The validated filters and page of a request.
struct BuildQuery {
    std::optional<std::string> versionName{};
    VersionMatch versionMatch = VersionMatch::whole;
    std::vector<std::string> statuses{};  ///< Matches any of these statuses. Empty for all builds.
    std::optional<std::string> os{};
    std::size_t page = 1;
    std::size_t limit = 100;
    bool oldestFirst = false;
};

/// A page of builds.
struct BuildSlice {
    std::string items{};    ///< JSON objects separated by commas.
    std::size_t total = 0;  ///< Number of matching builds on all pages.
};

/// Holds builds in the order of the service, newest first. All members are thread-safe.
class BuildData {
public:
    using Builds = std::deque<std::shared_ptr<const MockBuild>>;

    /// Replaces all builds.
    void assign(std::vector<MockBuild> newestFirst);

    /// @{
    /// Returns all builds, or replaces all builds by those of all().
    [[nodiscard]] Builds all() const;
    void restore(Builds builds);
    /// @}

    /// Adds a build as the newest.
    void add(MockBuild build);
    void add(const BuildSpec& spec) { add(makeBuild(spec)); }

    /// Adds a JSON object as the newest build. @throws std::exception if the text is not a JSON object.
    void addJson(std::string json) { add(buildFromJson(std::move(json))); }

    /// Removes a build. @return whether the build existed.
    bool remove(const std::string& id);

    /// Changes the status of a build. @return whether the build exists.
    bool setStatus(const std::string& id, const std::string& status);

    /// Replaces a build by the result of `change`. @return whether the build exists.
    bool change(const std::string& id, const std::function<MockBuild(const MockBuild&)>& change);

    /// Returns a build. Null if there is no build with this id.
    [[nodiscard]] std::shared_ptr<const MockBuild> get(const std::string& id) const;

    /// Returns the number of builds.
    [[nodiscard]] std::size_t size() const;

    /// Returns all ids, newest first.
    [[nodiscard]] std::vector<std::string> ids() const;

    /// Returns the ids of the builds with this status, newest first.
    [[nodiscard]] std::vector<std::string> idsOf(const std::string& status) const;

    /// Returns a page of the matching builds.
    [[nodiscard]] BuildSlice slice(const BuildQuery& query) const;

private:
    [[nodiscard]] std::vector<const MockBuild*> findMatches(const BuildQuery& query) const;

    mutable std::mutex mutex_;
    Builds builds_;
};

}  // namespace applivery::mock
