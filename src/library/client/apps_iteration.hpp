/// @file
/// Iteration over the builds of many apps.
#pragma once

#include "client/page_iteration.hpp"
#include "core/fork_guard.hpp"

#include <applivery/build_range.hpp>

#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace applivery::detail {

/// Iterates over the builds of several apps at the same time. Apps whose next page has arrived take turns. Used by one
/// thread at a time.
class AppsIteration {
public:
    using MakePages = std::function<std::unique_ptr<PageIteration>(const std::string& applicationId,
                                                                   std::shared_ptr<ReaderQueue> queue)>;

    /// @param applicationIds A repeated id is ignored.
    /// @param makePages Creates the iteration over the pages of one app.
    /// @param appsAtOnce Number of apps that are read at the same time.
    AppsIteration(std::vector<std::string> applicationIds, MakePages makePages, int appsAtOnce);

    /// Waits for the next build of any app. Writes the build, or the error that ended the iteration over an app, to
    /// `element`. Returns false after the last app.
    [[nodiscard]] bool next(std::optional<AppBuild>& element);

    /// Ends the iteration over all apps: next() returns false.
    void end();
    [[nodiscard]] bool hasEnded() const noexcept {
        return startedCount_ == ids_.size() && active_.empty() && position_ == builds_.size();
    }

    /// Returns the counts of all apps together.
    [[nodiscard]] WalkSummary summary() const;

private:
    struct App {
        std::string id;
        std::unique_ptr<PageIteration> pages;
    };
    using Apps = std::list<App>;

    [[nodiscard]] std::optional<AppBuild> startApps();
    [[nodiscard]] Apps::iterator waitForApp();
    void endApp(Apps::iterator app);

    const std::vector<std::string> ids_;
    const MakePages makePages_;
    const std::size_t appsAtOnce_;
    const std::shared_ptr<ReaderQueue> queue_ = std::make_shared<ReaderQueue>();
    std::size_t startedCount_ = 0;
    Apps active_;                // in order of their last delivery; the last app delivered `builds_`
    std::vector<Build> builds_;  // of the last page
    std::size_t position_ = 0;
    WalkSummary ended_;  // counts of the apps that have ended
    const ForkGuard forkGuard_;
};

}  // namespace applivery::detail
