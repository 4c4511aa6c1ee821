/// @file
/// A request's query, as the service reads it.
#pragma once

#include "mock_server/build_data.hpp"
#include "mock_server/exchange.hpp"
#include "mock_server/service_rules.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace applivery::mock {

/// A parameter that is refused, and how.
struct BadParameter {
    std::string name;
    InvalidParameter refusal;
};

struct ReadQuery {
    BuildQuery query{};
    std::size_t echoedLimit = 0;
    std::optional<BadParameter> bad{};  ///< The first that is refused.
};

[[nodiscard]] ReadQuery readQuery(const RecordedRequest& request, const ServiceRules& rules);

}  // namespace applivery::mock
