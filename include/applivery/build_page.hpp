/// @file
/// One page of the list of builds.
#pragma once

#include <applivery/build.hpp>
#include <applivery/export.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace applivery {

/// A page of builds, newest first, and what the service said of the whole list, which may be nothing.
struct BuildPage {
    std::vector<Build> items{};                ///< `data.items`
    int number = 1;                            ///< `data.page`, or the number asked for where the service does not say.
    std::optional<int> limit{};                ///< `data.limit`: the limit that the service applied.
    std::optional<int> totalPages{};           ///< `data.totalPages`; 1 for an empty list.
    std::optional<std::int64_t> totalItems{};  ///< `data.totalDocs`
    std::optional<bool> hasNextPage{};         ///< `data.hasNextPage`
    std::string rawJson{};                     ///< The answer's body, only with ClientOptions::keepRawJson.
    OptionalTime serverTime{};  ///< When the service responded, by its own clock (`Date`). Absent if a cache responded.
};

/// @{
/// Equal where every member is.
[[nodiscard]] APPLIVERY_API bool operator==(const BuildPage& a, const BuildPage& b);
[[nodiscard]] inline bool operator!=(const BuildPage& a, const BuildPage& b) {
    return !(a == b);
}
/// @}

}  // namespace applivery
