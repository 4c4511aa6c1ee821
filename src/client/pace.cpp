#include "client/pace.hpp"

#include "core/process_local.hpp"

#include <algorithm>
#include <map>

namespace applivery::detail {
namespace {

using Steady = std::chrono::steady_clock;

struct Paces {
    struct Entry {
        std::weak_ptr<HttpTransport> transport;
        std::weak_ptr<Pace> pace;
    };
    std::mutex mutex;
    std::map<const HttpTransport*, Entry> byTransport;
};

}  // namespace

std::shared_ptr<Pace> Pace::of(const std::shared_ptr<HttpTransport>& transport,
                               std::optional<double> requestsPerSecond) {
    auto& paces = processLocal<Paces>();
    const std::lock_guard<std::mutex> lock(paces.mutex);
    for (auto next = paces.byTransport.begin(); next != paces.byTransport.end();) {
        const auto entry = next++;
        if (entry->second.transport.expired()) paces.byTransport.erase(entry);
    }
    Paces::Entry& entry = paces.byTransport[transport.get()];
    std::shared_ptr<Pace> pace = entry.pace.lock();
    if (!pace) {
        pace = std::make_shared<Pace>();
        entry = {transport, pace};
    }
    if (requestsPerSecond) pace->limit(*requestsPerSecond);
    return pace;
}

void Pace::limit(double requestsPerSecond) {
    const std::lock_guard<std::mutex> lock(mutex_);
    interval_ = std::max(interval_, std::chrono::duration<double>(1 / requestsPerSecond));
}

std::chrono::milliseconds Pace::reserve(Time now) {
    const std::lock_guard<std::mutex> lock(mutex_);
    Time place = std::max(now, pausedUntil_);
    if (interval_.count() > 0) {
        const std::chrono::duration<double> atOnce =
            std::max(std::chrono::duration<double>(1) - interval_, 0 * interval_);
        nextPlace_ = std::max(nextPlace_, now);
        place = std::max(place, nextPlace_ - std::chrono::duration_cast<Steady::duration>(atOnce));
        nextPlace_ += std::chrono::duration_cast<Steady::duration>(interval_);
    }
    return std::chrono::ceil<std::chrono::milliseconds>(place - now);
}

void Pace::pauseUntil(Time time) {
    const std::lock_guard<std::mutex> lock(mutex_);
    pausedUntil_ = std::max(pausedUntil_, time);
}

}  // namespace applivery::detail
