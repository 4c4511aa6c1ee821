/// @file
/// Walks through the builds of many apps at once.
#pragma once

#include "client/page_walk.hpp"
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

/// Read by one thread. A few apps are walked at a time; of those that have a page, each has its turn.
class AppsWalk {
public:
    using MakeWalk =
        std::function<std::unique_ptr<PageWalk>(const std::string& applicationId, std::shared_ptr<ReaderQueue>)>;

    /// @param applicationIds one that comes twice is walked once. @param makeWalk for one app. @param atOnce how many
    /// apps.
    AppsWalk(std::vector<std::string> applicationIds, MakeWalk makeWalk, int atOnce);

    /// The next build of any app, or what ended the walk of one, into `element`; false when all have ended.
    [[nodiscard]] bool next(std::optional<AppBuild>& element);

    void end();
    [[nodiscard]] bool hasEnded() const noexcept {
        return startedCount_ == ids_.size() && active_.empty() && position_ == builds_.size();
    }

    /// Of all apps together.
    [[nodiscard]] WalkSummary summary() const;

private:
    struct App {
        std::string id;
        std::unique_ptr<PageWalk> walk;
    };
    using Apps = std::list<App>;

    [[nodiscard]] std::optional<AppBuild> begin();
    [[nodiscard]] Apps::iterator waitForOne();
    void leave(Apps::iterator app);

    const std::vector<std::string> ids_;
    const MakeWalk makeWalk_;
    const std::size_t atOnce_;
    const std::shared_ptr<ReaderQueue> mailbox_ = std::make_shared<ReaderQueue>();
    std::size_t startedCount_ = 0;
    Apps active_;                // the one that was served last stands last
    std::vector<Build> builds_;  // of that one
    std::size_t position_ = 0;
    WalkSummary ended_;
    const ForkGuard forkGuard_;
};

}  // namespace applivery::detail
