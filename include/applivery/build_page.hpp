/// @file
/// Defines BuildPage, the result of one list request.
#pragma once

#include <applivery/build.hpp>
#include <applivery/export.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace applivery {

/// Represents one page of the list of builds, newest first.
///
/// The service may omit every field except `data.items`. If the service omits a field, its member is absent, except for
/// `number`.
///
/// @code
/// const applivery::Result<applivery::BuildPage> page = client.listBuilds();
/// if (page && page->totalItems) std::cout << page->items.size() << " of " << *page->totalItems << " builds\n";
/// @endcode
struct BuildPage {
    std::vector<Build> items{};                ///< `data.items`
    int number = 1;                            ///< `data.page`; the requested number if the service omits the field.
    std::optional<int> limit{};                ///< `data.limit`: the limit that the service applied.
    std::optional<int> totalPages{};           ///< `data.totalPages`; 1 for an empty list.
    std::optional<std::int64_t> totalItems{};  ///< `data.totalDocs`
    std::optional<bool> hasNextPage{};         ///< `data.hasNextPage`
    std::string rawJson{};                     ///< Redacted response body. Empty without ClientOptions::keepRawJson.
    /// Time of the response by the service's clock (`Date`). Absent without this header, and if a cache sent the
    /// response.
    OptionalTime serverTime{};
};

/// @{
/// Returns whether all members are equal.
[[nodiscard]] APPLIVERY_API bool operator==(const BuildPage& a, const BuildPage& b);
/// Returns whether any member differs.
[[nodiscard]] inline bool operator!=(const BuildPage& a, const BuildPage& b) {
    return !(a == b);
}
/// @}

}  // namespace applivery
