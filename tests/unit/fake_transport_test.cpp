/// @file
/// FakeTransport.
#include "support/matchers.hpp"

#include <applivery/applivery.hpp>
#include <applivery/testing/fake_transport.hpp>
#include <applivery/testing/virtual_clock.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace applivery {
namespace {

using test::FailsWith;
using testing::HasSubstr;

BuildsClient clientOf(std::shared_ptr<FakeTransport> service) {
    ClientOptions options;
    options.clock = std::make_shared<VirtualClock>();
    return BuildsClient(AppToken{"any-token"}, options, std::move(service));
}

BuildPage pageOf(const std::string& id) {
    BuildPage page;
    page.items.emplace_back().id = id;
    page.items.back().changelog = "\"Quotes\"\nand \xE2\x82\xAC";
    page.number = 1;
    page.limit = 20;
    page.totalPages = 1;
    page.totalItems = 1;
    page.hasNextPage = false;
    return page;
}

TEST(FakeTransport, ReturnsAGivenPage) {
    const auto service = std::make_shared<FakeTransport>(FakeTransport::answer(pageOf("b1")));
    EXPECT_EQ(clientOf(service).listBuilds().value(), pageOf("b1"));
}

TEST(FakeTransport, ReturnsAnErrorOfTheService) {
    const auto service = std::make_shared<FakeTransport>(FakeTransport::error(4004, "Invalid \"Token\"", 401));
    const auto page = clientOf(service).listBuilds();
    EXPECT_THAT(page, FailsWith(ErrorKind::authentication));
    EXPECT_EQ(page.error().apiCode(), api_code::invalidToken);
    EXPECT_EQ(page.error().httpStatus(), 401);
    EXPECT_THAT(page.error().message(), HasSubstr("Invalid \"Token\""));
    EXPECT_EQ(service->requests().size(), 1U);
}

TEST(FakeTransport, CausesARetryOnlyForATransientFailure) {
    for (const auto& [kind, attempts] : {std::pair{ErrorKind::timeout, 4}, std::pair{ErrorKind::tls, 1}}) {
        const auto service =
            std::make_shared<FakeTransport>([kind = kind](const HttpRequest&) { return FakeTransport::fail(kind); });
        const auto page = clientOf(service).listBuilds();
        EXPECT_THAT(page, FailsWith(kind));
        EXPECT_EQ(page.error().attempts(), attempts);
    }
}

TEST(FakeTransport, RespondsInTheOrderOfTheScript) {
    const auto service = std::make_shared<FakeTransport>(FakeTransport::answer(503, "<html>busy</html>"),
                                                         FakeTransport::answer(pageOf("b1")));
    service->add(FakeTransport::answer(pageOf("b2")));
    const BuildsClient client = clientOf(service);
    EXPECT_EQ(client.listBuilds()->items.at(0).id, "b1");
    EXPECT_EQ(client.listBuilds()->items.at(0).id, "b2");
}

TEST(FakeTransport, FailsAfterTheEndOfTheScript) {
    const auto service = std::make_shared<FakeTransport>(FakeTransport::answer(BuildPage{}));
    const BuildsClient client = clientOf(service);
    EXPECT_TRUE(client.listBuilds());
    const auto page = client.listBuilds();
    EXPECT_THAT(page, FailsWith(ErrorKind::invalidArgument));
    EXPECT_THAT(page.error().message(), HasSubstr("has ended: it has 1 answers, and this is request 2, GET https://"));
    EXPECT_EQ(service->requests().size(), 2U);
}

TEST(FakeTransport, CallsAFunctionAfterTheEndOfTheScript) {
    const auto service = std::make_shared<FakeTransport>(FakeTransport::answer(pageOf("b1")));
    service->otherwise([](const HttpRequest& request) {
        const bool isIos = request.url.find("os=ios") != std::string::npos;
        return FakeTransport::answer(pageOf(isIos ? "ios" : "other"));
    });
    const BuildsClient client = clientOf(service);
    BuildFilter filter;
    filter.os = Os::ios;
    EXPECT_EQ(client.listBuilds(filter)->items.at(0).id, "b1");
    EXPECT_EQ(client.listBuilds(filter)->items.at(0).id, "ios");
    EXPECT_EQ(client.listBuilds()->items.at(0).id, "other");
}

TEST(FakeTransport, KeepsTheRequests) {
    const auto service = std::make_shared<FakeTransport>(FakeTransport::answer(BuildPage{}));
    BuildFilter filter;
    filter.status = BuildStatus::processed;
    EXPECT_TRUE(clientOf(service).listBuilds(filter));
    const HttpRequest request = service->requests().at(0);
    EXPECT_EQ(request.method, "GET");
    EXPECT_THAT(request.url, HasSubstr("/v1/integrations/builds?status=processed"));
    EXPECT_THAT(request.headers, testing::Contains(testing::Pair("Authorization", "Bearer any-token")));
    EXPECT_FALSE(request.onStart);
}

TEST(FakeTransport, EndsASilentRequestWhenTheTokenIsCancelled) {
    const auto service = std::make_shared<FakeTransport>(FakeTransport::silence());
    CancellationSource source;
    const BuildsClient client = clientOf(service);
    auto page = client.listBuildsAsync({}, {}, source.token());
    source.cancel();
    EXPECT_THAT(page.get(), FailsWith(ErrorKind::cancelled));
}

TEST(FakeTransport, KeepsTheScriptForACancelledRequest) {
    FakeTransport transport(FakeTransport::answer(pageOf("b1")), FakeTransport::answer(pageOf("b2")));
    CancellationSource source;
    source.cancel();
    std::optional<Result<HttpResponse>> answer;
    const auto keep = [&](Result<HttpResponse> result) { answer = std::move(result); };
    transport.send({}, source.token(), keep);
    ASSERT_TRUE(answer);
    EXPECT_THAT(*answer, FailsWith(ErrorKind::cancelled));
    EXPECT_TRUE(transport.requests().empty());
    transport.send({}, {}, keep);
    EXPECT_THAT((*answer)->body, HasSubstr("b1"));
}

TEST(FakeTransport, EndsASilentRequestWhenItIsDestroyed) {
    auto transport = std::make_unique<FakeTransport>(FakeTransport::silence());
    std::promise<Result<HttpResponse>> done;
    transport->send({}, {}, [&](Result<HttpResponse> answer) { done.set_value(std::move(answer)); });
    transport.reset();
    EXPECT_THAT(done.get_future().get(), FailsWith(ErrorKind::cancelled));
}

TEST(FakeTransport, ServesManyThreads) {
    constexpr int threads = 8;
    constexpr int calls = 50;
    const auto service = std::make_shared<FakeTransport>();
    for (int i = 0; i < threads * calls; ++i) service->add(FakeTransport::answer(pageOf("b1")));
    const BuildsClient client = clientOf(service);
    std::atomic<int> succeeded{0};
    std::vector<std::thread> callers;
    for (int i = 0; i < threads; ++i) {
        callers.emplace_back([&] {
            for (int call = 0; call < calls; ++call) succeeded += client.listBuilds() ? 1 : 0;
        });
    }
    for (std::thread& thread : callers) thread.join();
    EXPECT_EQ(succeeded, threads * calls);
    EXPECT_EQ(service->requests().size(), static_cast<std::size_t>(threads * calls));
}

}  // namespace
}  // namespace applivery
