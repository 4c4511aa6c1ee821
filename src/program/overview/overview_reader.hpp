/// @file
/// Reads the builds of all apps of an overview, several apps at a time.
#pragma once

#include "build_walk.hpp"
#include "counting_transport.hpp"
#include "overview/app_overview.hpp"
#include "text/progress.hpp"

#include <applivery/cancellation.hpp>
#include <applivery/error.hpp>

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace applivery::program {

class OverviewReader {
public:
    /// @param period its `since` is set, and replaces that of the selection.
    OverviewReader(BuildSelection selection, const Period& period, CancellationToken cancel);

    /// Returns why the credentials are invalid; absent if they are valid.
    [[nodiscard]] const std::optional<Error>& credentialsError() const noexcept { return credentialsError_; }

    /// Reads the builds of each app that are new or may still change. @return number of requests sent.
    int read(TimePoint now);

    /// Returns the apps in the order in which the user named them, without repeats.
    [[nodiscard]] const std::vector<AppOverview>& apps() const noexcept { return apps_; }

private:
    void readEach(TimePoint now);
    void readOne(AppOverview& app, TimePoint now);
    void showProgress(std::int64_t builds);

    const BuildSelection selection_;
    const std::shared_ptr<CountingTransport> transport_;
    const CancellationToken cancel_;
    std::optional<Connection> connection_;
    std::optional<Error> credentialsError_;
    std::vector<AppOverview> apps_;

    std::mutex progressMutex_;
    WalkSummary summary_;               // guarded by progressMutex_
    std::optional<Progress> progress_;  // guarded by progressMutex_; shown only by the first read()
    bool isFirst_ = true;
};

}  // namespace applivery::program
