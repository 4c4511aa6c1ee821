/// @file
/// What a log keeps of a long wait, in which no time passes.
#include "applivery_builds/wait_display.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace applivery::program {
namespace {

using namespace std::chrono_literals;

// The display writes to standard error, which is a file while it is captured.
template <typename Steps>
std::string shown(const Steps& steps) {
    testing::internal::CaptureStderr();
    const auto display = makeWaitDisplay();
    steps(*display);
    display->end();
    return testing::internal::GetCapturedStderr();
}

TEST(WaitDisplay, GivesASignOfLifeEachMinute) {
    const std::string log = shown([](WaitDisplay& display) {
        display.begin("build 42", 20min);
        for (auto elapsed = 0s; elapsed <= 150s; ++elapsed) display.tick("pending", elapsed);
    });
    EXPECT_EQ(log,
              "applivery-builds: waiting for build 42, for 20m at most\n"
              "applivery-builds: still pending after 1m\n"
              "applivery-builds: still pending after 2m\n");
}

TEST(WaitDisplay, CountsTheMinuteFromTheLastLine) {
    const std::string log = shown([](WaitDisplay& display) {
        display.begin("build 42", 20min);
        display.change("inProgress", 50s);
        for (auto elapsed = 51s; elapsed <= 115s; ++elapsed) display.tick("inProgress", elapsed);
    });
    EXPECT_EQ(log,
              "applivery-builds: waiting for build 42, for 20m at most\n"
              "applivery-builds: inProgress after 50s\n"
              "applivery-builds: still inProgress after 1m50s\n");
}

}  // namespace
}  // namespace applivery::program
