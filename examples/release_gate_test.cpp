// Tests a class that uses the library, without a network and without delays.
#include "release_gate.hpp"

#include <applivery/testing/fake_transport.hpp>
#include <applivery/testing/virtual_clock.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <string>

using applivery::testing::FakeTransport;

namespace {

applivery::BuildPage pageWith(const std::string& version) {
    applivery::BuildPage page;
    applivery::Build& build = page.items.emplace_back();
    build.id = "6731e9e7a1b2c3d4e5f60718";
    build.versionName = version;
    return page;
}

ReleaseGate gateWith(const std::shared_ptr<FakeTransport>& service) {
    applivery::ClientOptions options;
    options.clock = std::make_shared<applivery::testing::VirtualClock>();  // retries without delay
    return ReleaseGate(applivery::BuildsClient(applivery::AppToken{"any-token"}, options, service));
}

TEST(ReleaseGate, OpensForTheNewestProcessedBuild) {
    const auto service = std::make_shared<FakeTransport>(FakeTransport::answer(pageWith("2.4.0")));
    EXPECT_TRUE(gateWith(service).isOpenFor("2.4.0").value());
    EXPECT_NE(service->requests().at(0).url.find("status=processed"), std::string::npos);
}

TEST(ReleaseGate, OpensAfterRetriesIfTheServiceIsBusy) {
    const auto service = std::make_shared<FakeTransport>(FakeTransport::answer(503, "<html>busy</html>"),
                                                         FakeTransport::fail(applivery::ErrorKind::timeout),
                                                         FakeTransport::answer(pageWith("2.4.0")));
    EXPECT_TRUE(gateWith(service).isOpenFor("2.4.0").value());
}

TEST(ReleaseGate, StaysClosedIfTheNewestBuildHasAnotherVersion) {
    const auto service = std::make_shared<FakeTransport>(FakeTransport::answer(pageWith("2.3.9")));
    EXPECT_FALSE(gateWith(service).isOpenFor("2.4.0").value());
}

TEST(ReleaseGate, ReturnsTheErrorOfAWrongToken) {
    const auto service = std::make_shared<FakeTransport>(FakeTransport::error(4004, "Invalid Token", 401));
    EXPECT_THROW((void)gateWith(service).isOpenFor("2.4.0").value(), applivery::AuthenticationError);
}

}  // namespace
