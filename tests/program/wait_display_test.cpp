/// @file
/// The log of a long wait.
#include "program/wait/wait_display.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace applivery::program {
namespace {

using namespace std::chrono_literals;

// Returns the output of a wait after its first line. The display writes to standard error, which the test captures in a
// file.
template <typename Steps>
std::string saidOf(const Steps& steps) {
    testing::internal::CaptureStderr();
    const auto display = makeWaitDisplay();
    display->begin("build 42", 20min);
    steps(*display);
    display->end();
    const std::string log = testing::internal::GetCapturedStderr();
    return log.substr(log.find('\n') + 1);
}

void tickEachSecond(WaitDisplay& display, const char* state, std::chrono::seconds first, std::chrono::seconds last) {
    for (auto elapsed = first; elapsed <= last; ++elapsed) display.tick(state, elapsed);
}

TEST(WaitDisplay, PrintsALineEachMinute) {
    EXPECT_EQ(saidOf([](WaitDisplay& display) { tickEachSecond(display, "pending", 0s, 150s); }),
              "applivery-builds: still pending after 1m\napplivery-builds: still pending after 2m\n");
}

TEST(WaitDisplay, CountsTheMinuteFromTheLastLine) {
    const std::string log = saidOf([](WaitDisplay& display) {
        display.change("inProgress", 50s);
        tickEachSecond(display, "inProgress", 51s, 115s);
    });
    EXPECT_EQ(log, "applivery-builds: inProgress after 50s\napplivery-builds: still inProgress after 1m50s\n");
}

}  // namespace
}  // namespace applivery::program
