/// @file
/// The interval of a watch under the service's hourly limit.
#include "program/overview/request_budget.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <deque>
#include <utility>

namespace applivery::program {
namespace {

using namespace std::chrono_literals;

class OverviewBudget : public testing::Test {
protected:
    RequestBudget budget;
    RequestBudget::Time now{100h};
};

TEST_F(OverviewBudget, SharesTheHourAmongRequests) {
    EXPECT_EQ(budget.intervalFor(1, now), 360ms);
    EXPECT_EQ(budget.intervalFor(100, now), 36s);
}

TEST_F(OverviewBudget, KeepsAShortIntervalAfterALongFirstReading) {
    budget.record(200, now);
    EXPECT_LT(budget.intervalFor(60, now), 23s);
    budget.record(5'800, now);
    EXPECT_EQ(budget.intervalFor(60, now), 54s);
}

TEST_F(OverviewBudget, ForgetsABurstAfterAnHour) {
    budget.record(9'000, now);
    EXPECT_EQ(budget.intervalFor(10, now), 36s);
    EXPECT_EQ(budget.intervalFor(10, now + 1h), 3'600ms);
}

TEST_F(OverviewBudget, WaitsUntilTheHourIsOverIfNothingIsLeft) {
    budget.record(12'000, now);
    EXPECT_EQ(budget.intervalFor(10, now + 20min), 40min);
}

TEST_F(OverviewBudget, NeverExceedsTheLimit) {
    std::deque<std::pair<RequestBudget::Time, int>> sent;
    const auto send = [&](int requests) {
        budget.record(requests, now);
        sent.emplace_back(now, requests);
        while (sent.front().first + 1h <= now) sent.pop_front();
        int sum = 0;
        for (const auto& [time, count] : sent) sum += count;
        return sum;
    };
    (void)send(4'000);
    for (int round = 0; round < 2'000; ++round) {
        const int requests = round % 100 == 0 ? 300 : 60;
        now += budget.intervalFor(requests, now);
        ASSERT_LE(send(requests), RequestBudget::perHour) << round;
    }
    EXPECT_LT(budget.intervalFor(60, now), 30s) << "the limit is used";
}

}  // namespace
}  // namespace applivery::program
