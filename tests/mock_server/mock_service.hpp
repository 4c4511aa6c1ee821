/// @file
/// The service's rules, without a network: a request in, an answer out.
#pragma once

#include "mock_server/directory.hpp"
#include "mock_server/exchange.hpp"

#include <mutex>
#include <optional>
#include <string>

namespace applivery::mock {

/// In what the service may differ from one day, tenant or gateway to another.
struct ServiceRules {
    std::string pathPrefix{};               ///< Such as `/gateway`; requests without it are unknown routes.
    std::size_t defaultLimit = 100;         ///< Where the request has no `limit`.
    std::optional<std::size_t> maxLimit{};  ///< Larger limits are served as this one, silently.
    bool totals = true;                     ///< `totalDocs`, `totalPages`, `pagingCounter`.
    bool links = true;                      ///< `hasPrevPage`, `hasNextPage`, `prevPage`, `nextPage`.
    bool echoLimit = true;                  ///< `limit`, as applied.
    bool echoPage = true;                   ///< `page`.
};

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
    mutable std::mutex mutex_;
    ServiceRules rules_;
    Directory directory_;
};

}  // namespace applivery::mock
