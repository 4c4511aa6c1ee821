#include "mock_server/processing.hpp"

#include "mock_server/build_stages.hpp"

#include <utility>

namespace applivery::mock {

Processing::Processing(BuildData& builds, std::chrono::milliseconds time, TimeSource now)
    : builds_(builds), now_(std::move(now)), untilInProgress_(time * 2 / 5), untilEnd_(time), thread_([this] {
          run();
      }) {}

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
    add(now + untilInProgress_, {id, Stage::inProgress});
    add(now + untilEnd_, {id, outcome == Outcome::error ? Stage::failed : Stage::processed});
}

void Processing::resume(const std::string& id, Outcome outcome) {
    add(Clock::now() + untilEnd_ - untilInProgress_,
        {id, outcome == Outcome::error ? Stage::failed : Stage::processed});
}

void Processing::clear() {
    const std::lock_guard<std::mutex> lock(mutex_);
    steps_.clear();
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
            apply(steps_.begin()->second);  // under the lock, so that clear() leaves no change behind
            steps_.erase(steps_.begin());
        }
    }
}

void Processing::apply(const Step& step) {
    builds_.change(step.id, [&](const MockBuild& build) {
        switch (step.stage) {
            case Stage::inProgress:
                return inProgress(build, now_());
            case Stage::processed:
                return processed(build, now_());
            default:
                return failed(build, now_(), "The provisioning profile has expired", "E-117");
        }
    });
}

}  // namespace applivery::mock
