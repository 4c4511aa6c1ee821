/// @file
/// Result and the exceptions of value().
#include "support/matchers.hpp"

#include <applivery/build.hpp>
#include <applivery/client_options.hpp>
#include <applivery/result.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <sstream>
#include <string>

namespace applivery {
namespace {

Result<int> seven() {
    return 7;
}
Result<int> notFound() {
    return Error(ErrorKind::notFound, "no such app");
}

static_assert(std::is_same_v<decltype(std::declval<Result<std::string>>().value()), std::string>,
              "value() of a temporary must not return a reference");
static_assert(std::is_same_v<decltype(*std::declval<Result<std::string>>()), std::string>);

TEST(Result, HoldsAValue) {
    const Result<int> result = seven();
    ASSERT_TRUE(result.has_value());
    EXPECT_EQ(*result, 7);
    EXPECT_EQ(result.value(), 7);
}

TEST(Result, HoldsAnError) {
    const Result<int> result = notFound();
    EXPECT_THAT(result, test::FailsWith(ErrorKind::notFound));
}

TEST(Result, ValueOrReturnsItsArgumentIfThereIsNoValue) {
    EXPECT_EQ(seven().value_or(1), 7);
    EXPECT_EQ(notFound().value_or(1), 1);
}

TEST(Result, TransformChangesOnlyAValue) {
    const auto text = [](int value) { return std::to_string(value); };
    EXPECT_EQ(seven().transform(text).value(), "7");
    EXPECT_THAT(notFound().transform(text), test::FailsWith(ErrorKind::notFound));
}

TEST(Result, AndThenCallsTheFunctionOnlyWithAValue) {
    const auto half = [](int value) -> Result<int> {
        if (value % 2 != 0) return Error(ErrorKind::invalidArgument, "odd");
        return value / 2;
    };
    EXPECT_EQ(Result<int>(8).and_then(half).value(), 4);
    EXPECT_EQ(seven().and_then(half).error().message(), "odd");
    EXPECT_EQ(notFound().and_then(half).error().message(), "no such app");
}

TEST(Result, HoldsAMoveOnlyValue) {
    Result<std::unique_ptr<int>> result = std::make_unique<int>(3);
    const std::unique_ptr<int> taken = *std::move(result);
    EXPECT_EQ(*taken, 3);
}

TEST(Result, PrintsTheKindAndMessageOfAnError) {
    std::ostringstream out;
    out << notFound().error();
    EXPECT_EQ(out.str(), "notFound: no such app");
}

template <typename Thrown>
void expectThrown(ErrorKind kind) {
    const Result<int> result = Error(kind, "why");
    try {
        (void)result.value();
        FAIL() << toString(kind) << " was not thrown";
    } catch (const Thrown& exception) {
        EXPECT_EQ(exception.error().kind(), kind);
        EXPECT_STREQ(exception.what(), "why");
    }
}

TEST(Result, ValueThrowsTheExceptionOfTheKind) {
    expectThrown<InvalidArgumentError>(ErrorKind::invalidArgument);
    expectThrown<AuthenticationError>(ErrorKind::authentication);
    expectThrown<PermissionDeniedError>(ErrorKind::permissionDenied);
    expectThrown<PlanLimitError>(ErrorKind::planLimit);
    expectThrown<NotFoundError>(ErrorKind::notFound);
    expectThrown<InvalidRequestError>(ErrorKind::invalidRequest);
    expectThrown<RateLimitedError>(ErrorKind::rateLimited);
    expectThrown<ServerError>(ErrorKind::server);
    expectThrown<ConnectionError>(ErrorKind::connection);
    expectThrown<TlsError>(ErrorKind::tls);
    expectThrown<TimeoutError>(ErrorKind::timeout);
    expectThrown<CancelledError>(ErrorKind::cancelled);
    expectThrown<InvalidResponseError>(ErrorKind::invalidResponse);
    expectThrown<ResponseTooLargeError>(ErrorKind::responseTooLarge);
}

TEST(Result, ValueThrowsExceptionsDerivedFromException) {
    EXPECT_THROW((void)notFound().value(), Exception);
}

TEST(Result, OrElseReplacesOnlyAnError) {
    const auto fallback = [](const Error&) { return seven(); };
    EXPECT_EQ(notFound().or_else(fallback).value(), 7);
    EXPECT_EQ(seven().or_else([](const Error&) { return notFound(); }).value(), 7);
    const Result<int> failed = notFound();
    EXPECT_EQ(failed.or_else([](const Error& error) -> Result<int> { return error; }).error().kind(),
              ErrorKind::notFound);
}

TEST(Result, TransformErrorChangesOnlyAnError) {
    const auto renamed = [](Error error) { return error.setMessage("renamed"); };
    EXPECT_EQ(notFound().transform_error(renamed).error().message(), "renamed");
    EXPECT_EQ(seven().transform_error(renamed).value(), 7);
    const Result<int> failed = notFound();
    EXPECT_EQ(failed.transform_error(renamed).error().message(), "renamed");
}

TEST(Streams, PrintABuild) {
    Build build;
    build.id = "66f";
    build.versionName = "v2\n";
    build.versionCode = "42";
    build.os = Os::ios;
    build.status = BuildStatus::processed;
    std::ostringstream out;
    out << build << ' ' << LogLevel::warning;
    EXPECT_EQ(out.str(), R"(build 66f v2\n (42) ios processed warning)");
}

}  // namespace
}  // namespace applivery
