/// @file
/// Reads the builds of all apps of an overview, a few apps at a time.
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
    /// @param period whose begin is known, whatever the selection says.
    OverviewReader(BuildSelection selection, const Period& period, CancellationToken cancel);

    /// Why nothing can be read; the credentials are not whole.
    [[nodiscard]] const std::optional<Error>& refusal() const noexcept { return refusal_; }

    /// Reads what is new, or may still change, of each app. @return how many requests that took.
    int read(TimePoint now);

    /// As the user named them, each once.
    [[nodiscard]] const std::vector<AppOverview>& apps() const noexcept { return apps_; }

private:
    void readEach(TimePoint now);
    void readOne(AppOverview& app, TimePoint now);
    void tell(std::int64_t builds);

    const BuildSelection selection_;
    const std::shared_ptr<CountingTransport> transport_;
    const CancellationToken cancel_;
    std::optional<Connection> connection_;
    std::optional<Error> refusal_;
    std::vector<AppOverview> apps_;

    std::mutex telling_;
    WalkSummary summary_;               // guarded by telling_
    std::optional<Progress> progress_;  // guarded by telling_; of the first reading alone
    bool isFirst_ = true;
};

}  // namespace applivery::program
