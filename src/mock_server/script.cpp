#include "mock_server/script.hpp"

#include <algorithm>

namespace applivery::mock {

void Script::add(Matcher matches, ScriptedAnswer answer, int times) {
    if (times < 1) return;
    const std::lock_guard<std::mutex> lock(mutex_);
    entries_.push_back({std::move(matches), std::move(answer), times});
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

std::optional<ScriptedAnswer> Script::take(const RecordedRequest& request) {
    if (auto answer = takeQueued(request)) return answer;
    std::unique_lock<std::mutex> lock(mutex_);
    const std::shared_ptr<const Hook> hook = hook_;
    lock.unlock();  // a hook may take its time, and may script more
    return hook ? (*hook)(request) : std::nullopt;
}

std::optional<ScriptedAnswer> Script::takeQueued(const RecordedRequest& request) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto entry =
        std::find_if(entries_.begin(), entries_.end(), [&request](const Entry& e) { return e.matches(request); });
    if (entry == entries_.end()) return std::nullopt;
    ScriptedAnswer answer = entry->answer;
    if (--entry->times == 0) entries_.erase(entry);
    return answer;
}

}  // namespace applivery::mock
