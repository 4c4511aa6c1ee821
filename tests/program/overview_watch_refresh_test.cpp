/// @file
/// `applivery-builds overview --watch`: the interval of refreshes, and refreshes with failed or slow apps.
#include "program/overview_watch_fixture.hpp"
#include "support/delayed_response.hpp"

#include <applivery/clock.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>

namespace applivery::program {
namespace {

using namespace std::chrono_literals;

// Simulates a thread that the system pauses before it sets a timer: one call of callAfter() first advances the virtual
// clock.
class SlowClock final : public Clock {
public:
    // @param slowCall number of the call, from 1. @param pause time by which that call advances the clock.
    SlowClock(std::shared_ptr<VirtualClock> clock, int slowCall, std::chrono::milliseconds pause)
        : clock_(std::move(clock)), slowCall_(slowCall), pause_(pause) {}

    [[nodiscard]] std::chrono::steady_clock::time_point now() const override { return clock_->now(); }
    [[nodiscard]] std::chrono::system_clock::time_point wallNow() const override { return clock_->wallNow(); }
    void callAfter(std::chrono::milliseconds delay, CancellationToken token, std::function<void()> wake) override {
        if (++calls_ == slowCall_) clock_->advance(pause_);
        clock_->callAfter(delay, std::move(token), std::move(wake));
    }
    void alarmAfter(std::chrono::milliseconds delay, CancellationToken token, std::function<void()> wake) override {
        clock_->alarmAfter(delay, std::move(token), std::move(wake));
    }

private:
    const std::shared_ptr<VirtualClock> clock_;
    const int slowCall_;
    const std::chrono::milliseconds pause_;
    int calls_ = 0;
};

TEST_F(OverviewWatch, ReportsAFailedAppOnceAndContinues) {
    addApps({"other"});
    addBuild("b1", "processed", 1h);
    const auto fail = [&] {
        server.enqueueIf(isForApp(mock::sample::applicationId), mock::apiError(403, 4003, "Forbidden"), 2);
    };
    const std::string text = outputAfterSteps({fail, [] {}, [this] { addBuild("b2", "processed", 0s); }});
    const auto rows = firstRowsOf(text);
    ASSERT_EQ(rows.size(), 5U) << text;
    EXPECT_NE(rows[1].find("numbers from "), std::string::npos) << rows[1];
    EXPECT_NE(rows[3].find("ios  b2 (1)"), std::string::npos) << rows[3];
    EXPECT_NE(text.find(", incomplete: 1 of 2 apps, 1 build, 0 failed"), std::string::npos) << text;
    EXPECT_EQ(countOf(errorText, "Forbidden"), 1U) << errorText;
}

TEST_F(OverviewWatch, NamesTheTimeOfOldNumbers) {
    addApps({"other"});
    addBuild("b1", "processed", 1h);
    const auto fail = [&] {
        server.enqueueIf(isForApp(mock::sample::applicationId), mock::apiError(403, 4003, "Forbidden"), 2);
    };
    const std::string text = outputAfterSteps({[] {}, fail, [] {}, [] {}});
    const std::size_t firstOldNumbers = text.find("numbers from ");
    ASSERT_NE(firstOldNumbers, std::string::npos) << text;
    EXPECT_EQ(firstOldNumbers, text.find("numbers from 2023-11-14T22:14:20Z, not read since: page 1: ")) << text;
    EXPECT_NE(text.find("to 2023-11-14T22:15:20Z\n"), std::string::npos) << "the other app is read";
    EXPECT_NE(text.find("to 2023-11-14T22:16:20Z\n"), std::string::npos) << text;
    EXPECT_EQ(text.find("numbers from 2023-11-14T22:15:20Z"), std::string::npos) << text;
}

TEST_F(OverviewWatch, NamesTheTimeOfOldNumbersInJson) {
    addApps({"other"});
    addBuild("b1", "processed", 1h);
    options.format = Format::ndjson;
    const std::string text = outputAfterSteps(
        {[&] { server.enqueueIf(isForApp(mock::sample::applicationId), mock::apiError(403, 4003, "Forbidden")); }});
    const std::size_t second = text.find('\n') + 1;
    EXPECT_NE(text.find(R"("readAt":"2023-11-14T22:13:20.000Z"})", second), std::string::npos) << text;
    EXPECT_NE(text.find(R"("at":"2023-11-14T22:14:20.000Z")", second), std::string::npos) << text;
}

TEST_F(OverviewWatch, RefreshesTheOtherAppsWhileOneHangs) {
    addApps({"other"});
    addBuild("b1", "pending", 1h);
    server.enqueueIf(isForApp("other"), test::responseThatNeverArrives(), 100);
    begin();
    EXPECT_TRUE(outputEventuallyContains(" pending ")) << output->text();
    EXPECT_NE(output->text().find("not read: the reading is not complete after 10s, and continues."), std::string::npos)
        << output->text();
    data.setStatus("b1", "processed");
    EXPECT_TRUE(outputEventuallyContains(" processed ")) << output->text();
    EXPECT_LT(clock->elapsed(), 100s) << "one interval, and not the time of the app that hangs";
    server.clearScript();
    server.accounts().revoke(mock::sample::appToken);
    EXPECT_TRUE(outputEventuallyContains("0 of 2 apps"));
    (void)finish();
}

TEST_F(OverviewWatch, LimitsTheTimeOfAHangingApp) {
    addApps({"other"});
    addBuild("b1", "pending", 1h);
    options.interval = 20s;  // shorter than the time limit, so that the next refresh prints the failure
    server.enqueueIf(isForApp("other"), test::responseThatNeverArrives(), 100);
    begin();
    EXPECT_TRUE(outputEventuallyContains("not read: the next page did not arrive within 30s.")) << output->text();
    server.clearScript();
    EXPECT_TRUE(outputEventuallyContains("no builds on 1 page")) << output->text() << "a later refresh reads the app";
    server.accounts().revoke(mock::sample::appToken);
    EXPECT_TRUE(outputEventuallyContains("0 of 2 apps"));
    (void)finish();
}

TEST_F(OverviewWatch, KeepsItsInterval) {
    addBuild("b1", "processed", 1h);
    options.interval = 30s;
    const std::string text = outputAfterSteps({[] {}});
    EXPECT_NE(text.find("to 2023-11-14T22:13:50Z\n"), std::string::npos) << text;
    EXPECT_EQ(code, ExitCode::credentials) << "a revoked token ends the watch";
    EXPECT_EQ(errorText.find("refresh every"), std::string::npos) << errorText;
}

// The second timer of the watch is for the refresh after 60 s. The watch sets this timer 20 s late, so that the refresh
// is due 40 s later.
TEST_F(OverviewWatch, KeepsItsIntervalIfTimePassesBeforeATimerIsSet) {
    addBuild("b1", "processed", 1h);
    options.clock = std::make_shared<SlowClock>(clock, 2, 20s);
    begin();
    EXPECT_TRUE(hasOverviews(1));
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    while (clock->elapsed() < 20s && std::chrono::steady_clock::now() < deadline) std::this_thread::sleep_for(1ms);
    clock->advance(40s);
    EXPECT_TRUE(hasOverviews(2));
    server.accounts().revoke(mock::sample::appToken);
    (void)finish();
}

TEST_F(OverviewWatch, KeepsItsIntervalAfterALongFirstReading) {
    for (int i = 0; i < 3'000; ++i) addBuild("b" + std::to_string(i), "processed", 24h - i * 20s);
    options.interval = 1s;
    (void)outputAfterSteps({[] {}});
    EXPECT_EQ(requests[0], 30U);
    EXPECT_EQ(errorText.find("refresh every"), std::string::npos) << errorText;
}

TEST_F(OverviewWatch, LengthensAShortIntervalAndReportsIt) {
    for (int i = 0; i < 500; ++i) addBuild("b" + std::to_string(i), i == 0 ? "pending" : "processed", 24h - i * 2min);
    options.interval = 1s;
    // The pending build is the oldest, so each refresh reads all 500 builds again. The watch expects 5 full pages and 2
    // more pages for each refresh. At 10,000 requests an hour, 7 requests need 2.5 s, which is rounded up to 3 s.
    pause = 3s;
    (void)outputAfterSteps({[] {}, [] {}, [] {}});
    EXPECT_NE(errorText.find("refresh every 3s, not 1s: the service allows 10,000 requests an hour"), std::string::npos)
        << errorText;
    EXPECT_EQ(countOf(errorText, "refresh every"), 1U) << errorText;
}

}  // namespace
}  // namespace applivery::program
