/// @file
/// The mock service without a network.
#pragma once

#include "mock_server/accounts.hpp"
#include "mock_server/http_message.hpp"
#include "mock_server/service_rules.hpp"

#include <cstddef>
#include <mutex>
#include <utility>

namespace applivery::mock {

/// Responds to requests of both APIs for lists of builds and for one build. All members are thread-safe.
///
/// Each API accepts only its own tokens. A token of the other API is an "Invalid Token".
class MockService {
public:
    /// @param now current time, for the headers `Date` and `Retry-After`.
    explicit MockService(ServiceRules rules = {}, TimeSource now = std::chrono::system_clock::now)
        : rules_(std::move(rules)), now_(std::move(now)) {}

    [[nodiscard]] Accounts& accounts() noexcept { return accounts_; }

    [[nodiscard]] ServiceRules rules() const;

    /// Replaces the rules, and counts requests for ServiceRules::requestLimit from 0.
    void setRules(ServiceRules rules);

    /// Returns the response to a request.
    [[nodiscard]] ScriptedResponse response(const RecordedRequest& request) const;

private:
    /// Counts a request. @return the rules and the number of requests since the last one with status 429.
    [[nodiscard]] std::pair<ServiceRules, std::size_t> count() const;

    [[nodiscard]] ScriptedResponse buildsResponse(const RecordedRequest& request, const ServiceRules& rules) const;

    mutable std::mutex mutex_;
    mutable std::size_t requests_ = 0;
    ServiceRules rules_;
    const TimeSource now_;
    Accounts accounts_;
};

}  // namespace applivery::mock
