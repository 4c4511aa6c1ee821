/// @file
/// The service's rules, without a network: a request in, an answer out.
#pragma once

#include "mock_server/directory.hpp"
#include "mock_server/exchange.hpp"
#include "mock_server/service_rules.hpp"

#include <cstddef>
#include <mutex>
#include <utility>

namespace applivery::mock {

/// Answers both APIs' lists of builds from a directory. Safe to use from many threads at once.
///
/// Each API knows its own tokens only: the other's is "Invalid Token" there.
class MockService {
public:
    explicit MockService(ServiceRules rules = {}) : rules_(std::move(rules)) {}

    [[nodiscard]] Directory& directory() noexcept { return directory_; }

    [[nodiscard]] ServiceRules rules() const;
    void setRules(ServiceRules rules);

    [[nodiscard]] ScriptedAnswer answer(const RecordedRequest& request) const;

private:
    /// Counts a request. @return the rules, and how many there were since one was refused for too many.
    [[nodiscard]] std::pair<ServiceRules, std::size_t> count() const;

    [[nodiscard]] ScriptedAnswer listAnswer(const RecordedRequest& request, const ServiceRules& rules) const;

    mutable std::mutex mutex_;
    mutable std::size_t requests_ = 0;
    ServiceRules rules_;
    Directory directory_;
};

}  // namespace applivery::mock
