#include "mock_server/request_log.hpp"

#include <algorithm>

namespace applivery::mock {

void RequestLog::begin(RecordedRequest request) {
    const std::lock_guard<std::mutex> lock(mutex_);
    requests_.push_back(std::move(request));
    peak_ = std::max(peak_, ++inFlight_);
    grown_.notify_all();
}

void RequestLog::end() {
    const std::lock_guard<std::mutex> lock(mutex_);
    --inFlight_;
}

std::vector<RecordedRequest> RequestLog::all() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return requests_;
}

std::size_t RequestLog::count() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return requests_.size();
}

std::size_t RequestLog::peak() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return peak_;
}

void RequestLog::clear() {
    const std::lock_guard<std::mutex> lock(mutex_);
    requests_.clear();
    peak_ = inFlight_;
}

bool RequestLog::waitFor(std::size_t count, std::chrono::milliseconds timeout) const {
    std::unique_lock<std::mutex> lock(mutex_);
    return grown_.wait_for(lock, timeout, [this, count] { return requests_.size() >= count; });
}

}  // namespace applivery::mock
