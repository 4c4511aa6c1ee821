/// @file
/// The state of the program: service, builds, faults and journal.
#pragma once

#include "faults.hpp"
#include "journal.hpp"
#include "mock_server/mock_service.hpp"
#include "mock_server/processing.hpp"
#include "mock_server/recording.hpp"
#include "options.hpp"
#include "uploads.hpp"

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace applivery::mock {

/// Holds the service, its builds, the faults and the journal. All members are thread-safe.
class State {
public:
    /// @throws std::exception if a file cannot be read.
    explicit State(const ProgramOptions& options);

    [[nodiscard]] Faults& faults() noexcept { return faults_; }
    [[nodiscard]] Journal& journal() noexcept { return journal_; }
    [[nodiscard]] std::chrono::milliseconds latency() const noexcept { return latency_; }
    [[nodiscard]] bool hasTls() const noexcept { return hasTls_; }

    /// Returns the response of the service or of a recording, and adds the request to the journal.
    [[nodiscard]] ScriptedResponse respond(const RecordedRequest& request);

    /// Returns the response to an upload.
    [[nodiscard]] ScriptedResponse upload(const RecordedRequest& request);

    /// Adds a request that a fault affects to the journal.
    void logFault(const RecordedRequest& request, const Fault& fault);

    /// Writes a request and its outcome to standard error if --verbose is set.
    void print(const RecordedRequest& request, const std::string& outcome);

    /// Restores the state of the start, except for the clock.
    void reset();

private:
    void startProcessing();

    const std::chrono::milliseconds latency_;
    const bool hasTls_;
    const bool isVerbose_;
    const ServiceRules rules_;
    const TimeSource now_;
    MockService service_;
    BuildData& builds_;
    const BuildData::Builds initialBuilds_;
    std::optional<Recording> recording_;
    std::unique_ptr<Processing> processing_;  // null if builds are never processed
    Uploads uploads_;
    Faults faults_;
    Journal journal_;
    std::mutex mutex_;  // guards standard error
};

}  // namespace applivery::mock
