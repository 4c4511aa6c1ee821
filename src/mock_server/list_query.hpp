/// @file
/// The query of a request for builds.
#pragma once

#include "mock_server/build_data.hpp"
#include "mock_server/http_message.hpp"
#include "mock_server/service_rules.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace applivery::mock {

/// An invalid parameter and its error.
struct RefusedParameter {
    std::string name;
    InvalidParameter refusal;
};

/// A parsed query.
struct ListQuery {
    BuildQuery query{};
    std::size_t echoedLimit = 0;                ///< The limit in the response.
    std::optional<RefusedParameter> refused{};  ///< The first invalid parameter.
};

/// Parses the query of a request for builds by these rules.
[[nodiscard]] ListQuery parseListQuery(const RecordedRequest& request, const ServiceRules& rules);

}  // namespace applivery::mock
