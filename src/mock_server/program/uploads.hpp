/// @file
/// `POST /mock/uploads`: adds a build as an upload does.
#pragma once

#include "mock_server/build_data.hpp"
#include "mock_server/http_message.hpp"
#include "mock_server/processing.hpp"

#include <cstddef>
#include <mutex>
#include <string>
#include <utility>

namespace applivery::mock {

/// Adds the builds of uploads. All members are thread-safe.
class Uploads {
public:
    /// The number of uploads that are kept, so that the memory of a server that runs for long is bounded.
    static constexpr std::size_t capacity = 10'000;

    /// @param builds must outlive this object.
    /// @param processing must outlive this object. If null, builds stay pending.
    /// @param now returns the current time.
    Uploads(BuildData& builds, Processing* processing, TimeSource now)
        : builds_(builds), processing_(processing), now_(std::move(now)) {}

    /// Returns the response to an upload: the pending build, or the reason for a refusal.
    [[nodiscard]] ScriptedResponse respond(const RecordedRequest& request);

    /// Restarts the count of uploads at 0. Call this after the uploaded builds were removed.
    void reset();

private:
    struct Upload {
        BuildSpec build{};
        Processing::Outcome outcome = Processing::Outcome::processed;
    };

    /// Applies a parameter. @return an error message, or an empty text.
    [[nodiscard]] std::string apply(const std::string& name, const std::string& value, Upload& upload) const;
    [[nodiscard]] std::string applyOutcome(const std::string& value, Upload& upload) const;
    [[nodiscard]] BuildSpec nextSpec();

    BuildData& builds_;
    Processing* const processing_;
    const TimeSource now_;
    std::mutex mutex_;
    std::size_t count_ = 0;
};

}  // namespace applivery::mock
