#include "mock_server/script.hpp"

#include <algorithm>

namespace applivery::mock {

void Script::add(Matcher matches, ScriptedResponse response, int times) {
    if (times < 1) return;
    const std::lock_guard<std::mutex> lock(mutex_);
    entries_.push_back({std::move(matches), std::move(response), times});
}

void Script::setHook(Hook hook) {
    auto shared = hook ? std::make_shared<const Hook>(std::move(hook)) : nullptr;
    const std::lock_guard<std::mutex> lock(mutex_);
    hook_ = std::move(shared);
}

int Script::pending() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    int sum = 0;
    for (const Entry& entry : entries_) sum += entry.times;
    return sum;
}

void Script::clear() {
    const std::lock_guard<std::mutex> lock(mutex_);
    entries_.clear();
    hook_.reset();
}

std::optional<ScriptedResponse> Script::take(const RecordedRequest& request) {
    if (auto response = takeQueued(request)) return response;
    std::unique_lock<std::mutex> lock(mutex_);
    const std::shared_ptr<const Hook> hook = hook_;
    lock.unlock();  // a hook may block or queue responses
    return hook ? (*hook)(request) : std::nullopt;
}

std::optional<ScriptedResponse> Script::takeQueued(const RecordedRequest& request) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto entry =
        std::find_if(entries_.begin(), entries_.end(), [&request](const Entry& e) { return e.matches(request); });
    if (entry == entries_.end()) return std::nullopt;
    ScriptedResponse response = entry->response;
    if (--entry->times == 0) entries_.erase(entry);
    return response;
}

}  // namespace applivery::mock
