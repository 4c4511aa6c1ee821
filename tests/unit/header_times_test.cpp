/// @file
/// Parsing of the headers Date and Retry-After.
#include "response/header_times.hpp"

#include <gtest/gtest.h>

namespace applivery::detail {
namespace {

using namespace std::chrono_literals;

constexpr auto tenYears = std::chrono::hours{24 * 3650};

TEST(Date, IsTheServersTime) {
    EXPECT_EQ(dateOf({{"date", "Sun, 06 Nov 1994 08:49:37 GMT"}}), std::chrono::system_clock::from_time_t(784'111'777));
}

TEST(Date, IsAbsentIfMissingInvalidOrOutOfRange) {
    EXPECT_EQ(dateOf({}), std::nullopt);
    EXPECT_EQ(dateOf({{"Date", "today"}}), std::nullopt);
    EXPECT_EQ(dateOf({{"Date", "Fri, 31 Dec 9999 23:59:59 GMT"}}), std::nullopt);
}

TEST(Date, IsAbsentIfACacheStoredTheResponse) {
    const char* const date = "Sun, 06 Nov 1994 08:49:37 GMT";
    const HttpHeaders fromCaches[] = {{{"Date", date}, {"Age", "0"}},
                                      {{"age", "3600"}, {"Date", date}},
                                      {{"Date", date}, {"X-Cache", "Hit from cloudfront"}},
                                      {{"Date", date}, {"x-cache", "MISS, HIT"}},
                                      {{"Date", date}, {"X-Cache-Status", "STALE"}},
                                      {{"Date", date}, {"CF-Cache-Status", "HIT"}},
                                      {{"Date", date}, {"Cache-Status", "ExampleCache; hit; ttl=376"}}};
    for (const HttpHeaders& headers : fromCaches) EXPECT_EQ(dateOf(headers), std::nullopt) << headers.back().second;
}

TEST(Date, IsKnownIfACacheForwardedTheRequest) {
    const char* const date = "Sun, 06 Nov 1994 08:49:37 GMT";
    EXPECT_NE(dateOf({{"Date", date}, {"X-Cache", "MISS from proxy"}, {"CF-Cache-Status", "DYNAMIC"}}), std::nullopt);
}

TEST(RetryAfter, ReadsSeconds) {
    EXPECT_EQ(retryAfter({{"retry-after", "7"}}, {}), 7s);
}

TEST(RetryAfter, ReadsADate) {
    const auto now = std::chrono::system_clock::from_time_t(784'111'767);  // ten seconds before the date below
    EXPECT_EQ(retryAfter({{"Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"}}, now), 10s);
}

TEST(RetryAfter, IsZeroForAPastDate) {
    EXPECT_EQ(retryAfter({{"Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"}}, std::chrono::system_clock::now()), 0s);
}

TEST(RetryAfter, IsAtMostTenYearsForADate) {
    EXPECT_EQ(retryAfter({{"Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT"}}, std::chrono::system_clock::now()),
              tenYears);
}

TEST(RetryAfter, IsAtMostTenYearsForANumber) {
    EXPECT_EQ(retryAfter({{"Retry-After", "99999999999999999999"}}, {}), tenYears);
    EXPECT_EQ(retryAfter({{"Retry-After", "9223372036854775807"}}, {}), tenYears);
}

TEST(RetryAfter, IsZeroForANegativeNumber) {
    EXPECT_EQ(retryAfter({{"Retry-After", "-5"}}, {}), 0s);
    EXPECT_EQ(retryAfter({{"Retry-After", "-99999999999999999999"}}, {}), 0s);
}

TEST(RetryAfter, IsAbsentForInvalidText) {
    EXPECT_EQ(retryAfter({{"Retry-After", "soon"}}, {}), std::nullopt);
}

}  // namespace
}  // namespace applivery::detail
