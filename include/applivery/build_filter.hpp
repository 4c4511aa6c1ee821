/// @file
/// Which builds to list. Aggregates: C++20 callers name their members, `{.status = BuildStatus::processed}`.
#pragma once

#include <applivery/open_enum.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace applivery {

/// Builds must match every member that is set; the service does the filtering. A filter with which the request's URL
/// would be longer than 16,384 bytes is refused.
struct BuildFilter {
    std::optional<std::string>
        versionName{};  ///< `versionName`. Whether the service matches it whole or in part is not documented.
    std::optional<BuildStatus> status{};  ///< `status`; `unknown` is refused.
    std::optional<Os> os{};               ///< `os`; `unknown` is refused. The service documents `ios` and `android`.
    /// Further query parameters, name and value, sent as they are after percent-encoding. A name that this request
    /// sends already, such as `page`, is refused.
    std::vector<std::pair<std::string, std::string>> extraParameters{};
};

/// Which part of the list to fetch.
struct Page {
    int number = 1;              ///< `page`, from 1.
    std::optional<int> limit{};  ///< `limit`, from 1: builds on a page. Absent: the service decides. It may also send
                                 ///< fewer than asked.
};

}  // namespace applivery
