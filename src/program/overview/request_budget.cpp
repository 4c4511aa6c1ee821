#include "overview/request_budget.hpp"

#include <algorithm>
#include <cstdint>

namespace applivery::program {
namespace {

using std::chrono::milliseconds;

constexpr std::chrono::hours hour{1};

}  // namespace

void RequestBudget::record(int requests, Time now) {
    if (requests <= 0) return;
    while (!minutes_.empty() && minutes_.front().last + hour <= now) minutes_.pop_front();
    if (minutes_.empty() || minutes_.back().begin + std::chrono::minutes{1} <= now) minutes_.push_back({now, now, 0});
    minutes_.back().last = now;
    minutes_.back().count += requests;
}

milliseconds RequestBudget::intervalFor(int requests, Time now) const {
    // Distributes the available requests over a time. If they are not enough for one refresh, it must wait until the
    // end.
    const auto distributed = [requests](milliseconds time, int available) {
        return available < requests ? time : milliseconds{time.count() * std::int64_t{requests} / available};
    };
    milliseconds interval = distributed(hour, perHour);
    int recorded = 0;  // number of requests in this minute and all later ones
    for (auto minute = minutes_.rbegin(); minute != minutes_.rend(); ++minute) {
        if (minute->last + hour <= now) break;
        recorded += minute->count;
        // Until the requests of this minute are an hour old, they and all later ones count.
        const auto remaining = std::chrono::ceil<milliseconds>(minute->last + hour - now);
        interval = std::max(interval, distributed(remaining, perHour - recorded));
    }
    return interval;
}

}  // namespace applivery::program
