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
        std::shared_ptr<Pace> pace;  // as long as the transport: clients come and go
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
    if (!entry.pace) entry = {transport, std::make_shared<Pace>()};
    if (requestsPerSecond) entry.pace->limit(*requestsPerSecond);
    return entry.pace;
}

void Pace::limit(double requestsPerSecond) {
    const std::lock_guard<std::mutex> lock(mutex_);
    constexpr std::chrono::duration<double> longest = std::chrono::hours{1};  // keeps sums in range
    interval_ = std::max(interval_, std::min(std::chrono::duration<double>(1 / requestsPerSecond), longest));
}

std::chrono::milliseconds Pace::reserve(Time now) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const Time earliest = std::max(now, pausedUntil_);
    Time place = earliest;
    if (interval_.count() > 0) {
        const auto interval = std::chrono::duration_cast<Steady::duration>(interval_);
        const auto atOnce = std::max<Steady::duration>(std::chrono::seconds{1} - interval, Steady::duration::zero());
        nextPlace_ = std::max(nextPlace_, earliest);
        place = std::max(earliest, nextPlace_ - atOnce);
        nextPlace_ += interval;
    }
    return std::chrono::ceil<std::chrono::milliseconds>(place - now);
}

void Pace::giveBack() {
    const std::lock_guard<std::mutex> lock(mutex_);
    nextPlace_ -= std::chrono::duration_cast<Steady::duration>(interval_);
}

Pace::Time Pace::pausedUntil() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return pausedUntil_;
}

void Pace::pauseUntil(Time time) {
    const std::lock_guard<std::mutex> lock(mutex_);
    pausedUntil_ = std::max(pausedUntil_, time);
}

}  // namespace applivery::detail
