/// @file
/// What the service does with an upload.
#pragma once

#include "mock_server/build_data.hpp"

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <thread>

namespace applivery::mock {

/// Takes builds through the states of their processing, on a thread of its own: pending, in progress when two fifths of
/// the time are over, and at its end processed, or failed. The destructor leaves them as they are then.
class Processing {
public:
    enum class Outcome { processed, error };

    /// The builds must outlive it.
    Processing(BuildData& builds, std::chrono::milliseconds time);
    ~Processing();
    Processing(const Processing&) = delete;
    Processing& operator=(const Processing&) = delete;

    /// Begins with a build that is pending.
    void begin(const std::string& id, Outcome outcome = Outcome::processed);

    /// Goes on with a build that is in progress.
    void proceed(const std::string& id, Outcome outcome = Outcome::processed);

private:
    using Clock = std::chrono::steady_clock;
    struct Step {
        std::string id;
        std::string status;
    };

    void add(Clock::time_point due, Step step);
    void run();
    void take(const Step& step);

    BuildData& builds_;
    const std::chrono::milliseconds untilInProgress_;
    const std::chrono::milliseconds untilEnd_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::multimap<Clock::time_point, Step> steps_;
    bool isOver_ = false;
    std::thread thread_;  // the last: it uses all of the above
};

}  // namespace applivery::mock
