/// @file
/// Error codes of the service: kinds and advice.
#include "response/response.hpp"
#include "support/matchers.hpp"
#include "support/samples.hpp"

#include <applivery/testing/fake_transport.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace applivery::detail {
namespace {

using testing::HasSubstr;
using testing::Not;

Error errorOf(int status, std::string body) {
    const auto page = readResponse(FakeTransport::answer(status, std::move(body)), {}, Secret());
    EXPECT_FALSE(page);
    return page ? Error(ErrorKind::invalidArgument, "no error") : page.error();
}

std::string envelope(int code, const std::string& message) {
    return R"({"status":false,"error":{"code":)" + std::to_string(code) + R"(,"message":")" + message + "\"}}";
}

TEST(ApiCode, AdvisesANewTokenWhenTheTokenIsExpired) {
    for (const int status : {200, 400, 401}) {
        const Error error = errorOf(status, test::sample("v08_docs_error_401_code3002_token_expired.json"));
        EXPECT_EQ(error.kind(), ErrorKind::authentication) << error;
        EXPECT_EQ(error.apiCode(), api_code::tokenExpired) << error;
        EXPECT_FALSE(error.isRetryable()) << error;
        EXPECT_THAT(error.message(), HasSubstr("Create a new token")) << error;
    }
}

TEST(ApiCode, AdvisesToWaitWhenABuildIsNotProcessed) {
    for (const int status : {200, 400}) {
        const Error error = errorOf(status, envelope(5014, "Build Not Processed"));
        EXPECT_EQ(error.kind(), ErrorKind::invalidRequest) << error;
        EXPECT_EQ(error.apiCode(), api_code::buildNotProcessed) << error;
        EXPECT_FALSE(error.isRetryable()) << error;
        EXPECT_THAT(error.message(), HasSubstr("Wait until the build is processed")) << error;
    }
}

TEST(ApiCode, NamesTheHeaderWhenNoTokenArrived) {
    const Error error = errorOf(401, test::sample("v02_docs_error_401_code4002.json"));
    EXPECT_EQ(error.kind(), ErrorKind::authentication);
    EXPECT_THAT(error.message(), HasSubstr("Authorization"));
}

TEST(ApiCode, DistinguishesAWrongTokenFromAMissingToken) {
    const Error wrong = errorOf(401, test::sample("v12_iossdk_error_code4002_invalid_token.json"));
    EXPECT_EQ(wrong.kind(), ErrorKind::authentication);
    EXPECT_EQ(wrong.apiCode(), api_code::noAuthToken);
    EXPECT_THAT(wrong.message(), HasSubstr("Check that the token is complete"));
    EXPECT_THAT(wrong.message(), Not(HasSubstr("Authorization")));
}

TEST(ApiCode, ComparesTheMessageWithoutRegardToCase) {
    // Returns the message without its first sentence, which repeats the message of the service.
    const auto adviceOf = [](const Error& error) { return error.message().substr(error.message().find(").") + 2); };
    const Error wrong = errorOf(401, envelope(4002, "invalid token"));
    EXPECT_THAT(wrong.message(), testing::StartsWith("the service returned 401: invalid token (code 4002)."));
    EXPECT_EQ(adviceOf(wrong), adviceOf(errorOf(401, envelope(4004, "x"))));
}

}  // namespace
}  // namespace applivery::detail
