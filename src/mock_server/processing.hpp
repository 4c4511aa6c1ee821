/// @file
/// Processing of uploads.
#pragma once

#include "mock_server/build_data.hpp"

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <thread>

namespace applivery::mock {

/// Changes the stage of builds on a thread of its own. A build is pending at first, in progress after two fifths of
/// the processing time, and processed or failed after the whole processing time. The destructor stops the changes.
class Processing {
public:
    enum class Outcome { processed, error };

    /// @param builds must outlive this object.
    /// @param now current time, for `updatedAt`.
    Processing(BuildData& builds, std::chrono::milliseconds time, TimeSource now);
    ~Processing();
    Processing(const Processing&) = delete;
    Processing& operator=(const Processing&) = delete;

    /// Starts to process a pending build.
    void begin(const std::string& id, Outcome outcome = Outcome::processed);

    /// Continues to process a build in progress.
    void resume(const std::string& id, Outcome outcome = Outcome::processed);

    /// Drops all changes that are not done yet.
    void clear();

private:
    using Clock = std::chrono::steady_clock;
    enum class Stage { inProgress, processed, failed };
    struct Step {
        std::string id;
        Stage stage;
    };

    void add(Clock::time_point due, Step step);
    void run();
    void apply(const Step& step);

    BuildData& builds_;
    const TimeSource now_;
    const std::chrono::milliseconds untilInProgress_;
    const std::chrono::milliseconds untilEnd_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::multimap<Clock::time_point, Step> steps_;
    bool isStopping_ = false;
    std::thread thread_;  // declared last, because the thread uses all other members
};

}  // namespace applivery::mock
