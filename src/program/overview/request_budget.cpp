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

// For each recorded minute, the interval must leave room for its requests and all later ones until they are an hour
// old.
milliseconds RequestBudget::intervalFor(int requests, Time now) const {
    const auto shared = [requests](milliseconds time, int left) {
        return left < requests ? time : milliseconds{time.count() * std::int64_t{requests} / left};
    };
    milliseconds interval = shared(hour, perHour);
    int count = 0;
    for (auto minute = minutes_.rbegin(); minute != minutes_.rend(); ++minute) {
        if (minute->last + hour <= now) break;
        count += minute->count;
        const auto time = std::chrono::ceil<milliseconds>(minute->last + hour - now);
        interval = std::max(interval, shared(time, perHour - count));
    }
    return interval;
}

}  // namespace applivery::program
