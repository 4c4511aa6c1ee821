/// @file
/// Rules of the service that the documentation leaves open. Each rule is a member of ServiceRules.
#pragma once

#include "mock_server/build_data.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace applivery::mock {

/// Handling of a `limit` above the maximum.
enum class LargeLimit {
    clamped,          ///< Serves the maximum and reports the maximum.
    clampedSilently,  ///< Serves the maximum and reports the requested limit.
    refused,
};

/// Handling of a query with several `status` parameters.
enum class RepeatedStatus { first, last, all, refused };

/// The format of `Retry-After`.
enum class RetryAfter { seconds, date, none };

/// The response to an invalid parameter. With the status 200, the response is an empty list.
struct InvalidParameter {
    int httpStatus = 400;
    /// The service documents no code for this error. Clients must accept unknown codes.
    int code = 1001;
};

/// The defaults are the assumptions of the library.
struct ServiceRules {
    std::string pathPrefix{};  ///< Such as `/gateway`. Requests without the prefix fail with status 404.

    // Members of `data` besides `items`.
    bool totals = true;     ///< `totalDocs`, `totalPages`, `pagingCounter`.
    bool links = true;      ///< `hasPrevPage`, `hasNextPage`, `prevPage`, `nextPage`.
    bool echoLimit = true;  ///< `limit`.
    bool echoPage = true;   ///< `page`.

    std::size_t defaultLimit = 100;         ///< If the request has no `limit`.
    std::optional<std::size_t> maxLimit{};  ///< Of a requested `limit`. Absent if there is no maximum.
    LargeLimit largeLimit = LargeLimit::clamped;

    VersionMatch versionMatch = VersionMatch::whole;
    RepeatedStatus repeatedStatus = RepeatedStatus::first;
    bool commaStatuses = false;  ///< Splits `status=a,b` into two statuses. Otherwise such a status is invalid.

    // Formats of fields.
    bool devicesAsText = false;        ///< `ProvisionedDevices`. Otherwise a list.
    bool familyAsNumbers = false;      ///< `UIDeviceFamily`. Otherwise texts.
    bool iconsAsObject = false;        ///< `CFBundleIcons`. Otherwise a list.
    bool versionCodeAsNumber = false;  ///< Otherwise a text.
    bool timesAsFractions = false;     ///< `processTime` and `queuedTime`. Otherwise integers.

    // Responses to invalid parameters. If absent, the parameter is ignored.
    std::optional<InvalidParameter> invalidEnum{InvalidParameter{}};  ///< `status`, `os` and `sort`.
    std::optional<InvalidParameter> invalidPage{InvalidParameter{}};
    std::optional<InvalidParameter> invalidLimit{InvalidParameter{}};  ///< Also for LargeLimit::refused.

    std::optional<std::size_t> requestLimit{};  ///< After this many requests, one request fails with status 429.
    RetryAfter retryAfter = RetryAfter::seconds;
    /// Offset of the clock of the header `Date`. If absent, there is no `Date`.
    std::optional<std::chrono::seconds> clockAhead{std::chrono::seconds{0}};
    bool rateLimitHeaders = false;  ///< Adds `X-RateLimit-Limit` and `X-RateLimit-Remaining`.
};

/// Changes the rules by a comma-separated list of names of sets and `key=value`, in order. A set (`assumed`, `bare` or
/// `opposite`) replaces all rules except the path prefix.
///
/// @throws std::invalid_argument with the valid keys or values.
void applyRules(ServiceRules& rules, std::string_view text);

/// Returns a line for each key with its values, for the help of a program.
[[nodiscard]] std::string describeRules();

}  // namespace applivery::mock
