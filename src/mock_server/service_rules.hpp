/// @file
/// In what the service may differ from what is known of it: each unknown as a member, with either side as a value.
#pragma once

#include "mock_server/build_data.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace applivery::mock {

/// What becomes of a `limit` above the largest.
enum class LargeLimit {
    clamped,          ///< Served as the largest, which is what is echoed.
    clampedSilently,  ///< Served as the largest; what was asked for is echoed.
    refused,
};

/// `status` more than once in a query.
enum class RepeatedStatus { first, last, all, refused };

/// The form of `Retry-After`.
enum class RetryAfter { seconds, date, none };

/// How a parameter is refused; by a list of no builds where the status is 200.
struct InvalidParameter {
    int httpStatus = 400;
    /// Such a code is published nowhere; clients must cope with one that they do not know.
    int code = 1001;
};

/// The defaults are what the library takes to be likely.
struct ServiceRules {
    std::string pathPrefix{};  ///< Such as `/gateway`; requests without it are unknown routes.

    // The keys beside `items`.
    bool totals = true;     ///< `totalDocs`, `totalPages`, `pagingCounter`.
    bool links = true;      ///< `hasPrevPage`, `hasNextPage`, `prevPage`, `nextPage`.
    bool echoLimit = true;  ///< `limit`.
    bool echoPage = true;   ///< `page`.

    std::size_t defaultLimit = 100;         ///< Where the request has no `limit`.
    std::optional<std::size_t> maxLimit{};  ///< Absent: there is none.
    LargeLimit largeLimit = LargeLimit::clamped;

    VersionMatch versionMatch = VersionMatch::whole;
    RepeatedStatus repeatedStatus = RepeatedStatus::first;
    bool commaStatuses = false;  ///< Whether `status=a,b` means both; else it is one that does not exist.

    // The form of some fields.
    bool devicesAsText = false;        ///< `ProvisionedDevices`, else a list.
    bool familyAsNumbers = false;      ///< `UIDeviceFamily`, else texts.
    bool iconsAsObject = false;        ///< `CFBundleIcons`, else a list.
    bool versionCodeAsNumber = false;  ///< Else a text.
    bool timesAsFractions = false;     ///< `processTime` and `queuedTime`, else whole.

    // What a parameter gets that is none. Absent: it is ignored.
    std::optional<InvalidParameter> invalidEnum{InvalidParameter{}};  ///< `status`, `os` and `sort`.
    std::optional<InvalidParameter> invalidPage{InvalidParameter{}};
    std::optional<InvalidParameter> invalidLimit{InvalidParameter{}};  ///< Also one that is too large, where refused.

    std::optional<std::size_t> requestLimit{};  ///< After so many requests, one gets 429. Absent: none does.
    RetryAfter retryAfter = RetryAfter::seconds;
    /// How much the clock is ahead by which `Date` is told. Absent: there is no `Date`.
    std::optional<std::chrono::seconds> clockAhead{std::chrono::seconds{0}};
    bool rateLimitHeaders = false;  ///< `X-RateLimit-Limit` and `X-RateLimit-Remaining`, on every answer.
};

/// Changes the rules as a text says: the name of a set (`assumed`, `bare`, `opposite`), which replaces all but the
/// prefix, and `key=value`, in order, with commas between them.
///
/// @throws std::invalid_argument, which says what there is instead.
void applyRules(ServiceRules& rules, std::string_view text);

/// A line for each key, with its values: for a program's help.
[[nodiscard]] std::string describeRules();

}  // namespace applivery::mock
