#include "mock_server/processing.hpp"

#include <utility>

namespace applivery::mock {

Processing::Processing(BuildData& builds, std::chrono::milliseconds time)
    : builds_(builds), untilInProgress_(time * 2 / 5), untilEnd_(time), thread_([this] { run(); }) {}

Processing::~Processing() {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        isStopping_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

void Processing::begin(const std::string& id, Outcome outcome) {
    const auto now = Clock::now();
    add(now + untilInProgress_, {id, "in_progress"});
    add(now + untilEnd_, {id, outcome == Outcome::error ? "error" : "processed"});
}

void Processing::resume(const std::string& id, Outcome outcome) {
    add(Clock::now() + untilEnd_ - untilInProgress_, {id, outcome == Outcome::error ? "error" : "processed"});
}

void Processing::add(Clock::time_point due, Step step) {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        steps_.emplace(due, std::move(step));
    }
    changed_.notify_one();
}

void Processing::run() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (!isStopping_) {
        if (steps_.empty()) {
            changed_.wait(lock);
        } else if (const auto due = steps_.begin()->first; due > Clock::now()) {
            changed_.wait_until(lock, due);
        } else {
            const Step step = std::move(steps_.begin()->second);
            steps_.erase(steps_.begin());
            lock.unlock();
            apply(step);
            lock.lock();
        }
    }
}

void Processing::apply(const Step& step) {
    if (step.status == "error") {
        builds_.setFailed(step.id, "The provisioning profile has expired", "E-117");
    } else {
        builds_.setStatus(step.id, step.status);
    }
}

}  // namespace applivery::mock
