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

/// Responds to requests of both APIs for builds. All members are thread-safe.
///
/// Each API accepts only its own tokens. A token of the other API is an "Invalid Token".
class MockService {
public:
    explicit MockService(ServiceRules rules = {}) : rules_(std::move(rules)) {}

    [[nodiscard]] Accounts& accounts() noexcept { return accounts_; }

    [[nodiscard]] ServiceRules rules() const;
    void setRules(ServiceRules rules);

    [[nodiscard]] ScriptedResponse response(const RecordedRequest& request) const;

private:
    /// Counts a request. @return the rules and the number of requests since the last one with status 429.
    [[nodiscard]] std::pair<ServiceRules, std::size_t> count() const;

    [[nodiscard]] ScriptedResponse listResponse(const RecordedRequest& request, const ServiceRules& rules) const;

    mutable std::mutex mutex_;
    mutable std::size_t requests_ = 0;
    ServiceRules rules_;
    Accounts accounts_;
};

}  // namespace applivery::mock
