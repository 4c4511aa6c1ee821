#include "text/progress.hpp"

#include <fmt/format.h>

namespace applivery::program {

Progress::Progress(bool isVisible) : isVisible_(isVisible) {}

void Progress::show(const WalkSummary& summary) {
    const Clock::time_point now = Clock::now();
    if (!isVisible_ || now < nextUpdateAt_) return;
    constexpr std::chrono::milliseconds interval{200};
    nextUpdateAt_ = now + interval;
    const std::chrono::duration<double> elapsed = now - startedAt_;
    const double rate = elapsed.count() > 0 ? static_cast<double>(summary.builds) / elapsed.count() : 0;
    showStatus(fmt::format("{} pages, {} builds, {:.0f} builds/s", summary.pages, summary.builds, rate));
}

}  // namespace applivery::program
