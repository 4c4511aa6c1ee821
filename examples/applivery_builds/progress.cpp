#include "progress.hpp"

#include "messages.hpp"
#include "terminal.hpp"
#include "text_format.hpp"

#include <fmt/format.h>

namespace applivery::program {
Progress::Progress(bool isWanted) : columns_(isWanted ? progressColumns().value_or(0) : 0) {}

void Progress::show(const WalkSummary& summary) {
    const Clock::time_point now = Clock::now();
    if (columns_ == 0 || now < next_) return;
    constexpr std::chrono::milliseconds interval{200};
    next_ = now + interval;
    const std::chrono::duration<double> elapsed = now - began_;
    const double rate = elapsed.count() > 0 ? static_cast<double>(summary.builds) / elapsed.count() : 0;
    const std::string line = fmt::format("{} pages, {} builds, {:.0f} builds/s", summary.pages, summary.builds, rate);
    writeRaw("\r\x1b[K" + shortened(line, columns_ - 1));
    isShown_ = true;
}

void Progress::clear() {
    if (!isShown_) return;
    writeRaw("\r\x1b[K");
    isShown_ = false;
}

}  // namespace applivery::program
