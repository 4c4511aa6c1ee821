/// @file
/// The faults that the program injects.
#pragma once

#include "mock_server/fault_matrix.hpp"
#include "mock_server/http_message.hpp"

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace applivery::mock {

/// A fault and the requests that it affects.
struct FaultRule {
    Fault fault{};
    std::string path{};     ///< The beginning of the path of affected requests. Empty for all requests.
    std::size_t count = 0;  ///< Number of affected requests. 0 for all requests.
};

/// A rule that is in effect.
struct ActiveFault {
    explicit ActiveFault(FaultRule faultRule) : rule(std::move(faultRule)), left(rule.count) {}

    const FaultRule rule;
    std::size_t left;                         ///< Number of requests that are still affected. Guarded by Faults.
    std::atomic<std::size_t> connections{0};  ///< Number of connections on which the fault has occurred.
};

/// Holds the faults in effect. All members are thread-safe.
class Faults {
public:
    static constexpr std::size_t capacity = 100;

    /// @param initial the fault of the command line.
    explicit Faults(std::optional<FaultRule> initial) : initial_(std::move(initial)) { reset(); }

    /// Adds a fault, which occurs after those that were added before. @return false if there are too many faults.
    bool add(FaultRule rule);

    void clear();

    /// Restores the fault of the command line.
    void reset();

    /// Uses the first fault that affects the request. Null if there is none.
    [[nodiscard]] std::shared_ptr<ActiveFault> takeFor(const RecordedRequest& request);

    /// Uses the first fault of a TLS handshake. Null if there is none.
    [[nodiscard]] std::shared_ptr<ActiveFault> takeForHandshake();

    /// Returns a JSON object with the faults in effect.
    [[nodiscard]] std::string json() const;

private:
    template <typename Matches>
    std::shared_ptr<ActiveFault> take(Matches&& matches);

    const std::optional<FaultRule> initial_;
    mutable std::mutex mutex_;
    std::vector<std::shared_ptr<ActiveFault>> active_;
};

/// Returns the fault of a server with this slug. Faults of proxies are excluded, because the program is no proxy.
[[nodiscard]] std::optional<Fault> findFault(const std::string& slug);

/// Parses the parameters of a request that adds a fault. @return an error message, or an empty text.
[[nodiscard]] std::string parseFaultRule(const RecordedRequest& request, bool hasTls, FaultRule& rule);

/// Returns all faults of servers.
[[nodiscard]] std::vector<Fault> serverFaults();

/// Returns whether the fault occurs in the TLS handshake, before any request.
[[nodiscard]] bool occursInHandshake(const Fault& fault);

}  // namespace applivery::mock
