/// @file
/// Repeated requests of an overview. The numbers always equal those of the whole list.
#include "program/overview/app_overview.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <random>
#include <string>
#include <utility>

namespace applivery::program {
namespace {

using namespace std::chrono_literals;

constexpr TimePoint start{std::chrono::duration_cast<TimePoint::duration>(1'731'324'455s)};

class AppOverviewTest : public testing::Test {
protected:
    Build& add(BuildStatus status, std::optional<std::chrono::seconds> age) {
        Build build;
        build.id = std::to_string(++ids_);
        build.status = status;
        build.os = Os::ios;
        build.processTime = ids_ % 50 + 1;
        if (age) build.createdAt = now - *age;
        list.push_front(build);
        return list.front();
    }

    // Reads the list as an iteration with createdSince does. @return the number of received builds.
    std::size_t readList() {
        constexpr std::size_t page = 5;
        std::size_t count = 0;
        app.begin(now);
        const TimePoint since = app.requestSince() + (app.requestSinceIsLocal() ? serviceAhead : 0s);
        const auto isOld = [&](const Build& build) { return build.createdAt && *build.createdAt < since; };
        for (std::size_t first = 0; first < list.size(); first += page) {
            const auto begin = list.begin() + static_cast<std::ptrdiff_t>(first);
            const auto end = list.begin() + static_cast<std::ptrdiff_t>(std::min(first + page, list.size()));
            if (std::all_of(begin, end, isOld)) break;
            for (auto build = begin; build != end; ++build) {
                if (isOld(*build)) continue;
                app.add(*build);
                ++count;
            }
        }
        app.end();
        return count;
    }

    void expectTheWholeList() const {
        BuildStatistics whole({now, app.statistics()->period().since});
        for (const Build& build : list) whole.add(build, "");
        ASSERT_EQ(app.statistics()->groups().size(), 1U);
        const BuildGroup& group = app.statistics()->groups().begin()->second;
        const BuildGroup& expected = whole.groups().begin()->second;
        for (const auto status : {BuildStatus::pending, BuildStatus::inProgress, BuildStatus::processed,
                                  BuildStatus::error, BuildStatus::unknown}) {
            EXPECT_EQ(group.states.of(status), expected.states.of(status)) << toText(status);
        }
        EXPECT_EQ(group.newest->createdAt, expected.newest->createdAt);
        EXPECT_EQ(group.times.process.count(), expected.times.process.count());
        EXPECT_EQ(group.times.process.at(0.5), expected.times.process.at(0.5));
    }

    TimePoint now = start;
    std::chrono::seconds serviceAhead{0};  // how far the service's clock is ahead of this machine's clock
    std::deque<Build> list;                // newest first
    AppOverview app{"", {start, start - 24h * 30}};

private:
    int ids_ = 0;
};

TEST_F(AppOverviewTest, RequestsUnfinishedAndNewerBuildsAgain) {
    for (const auto age : {50h, 40h, 30h}) add(BuildStatus::processed, age);
    Build& open = add(BuildStatus::inProgress, 20h);
    for (const auto age : {15h, 10h}) add(BuildStatus::error, age);
    EXPECT_EQ(readList(), 6U);
    EXPECT_EQ(readList(), 3U);
    open.status = BuildStatus::processed;
    EXPECT_EQ(readList(), 3U);
    EXPECT_EQ(readList(), 1U) << "the newest build, since another build may have the same time";
    expectTheWholeList();
}

TEST_F(AppOverviewTest, RequestsAnUnfinishedBuildAgainIfTheClocksDiffer) {
    serviceAhead = -2h;
    Build& open = add(BuildStatus::pending, 24h * 30 + 1h);
    add(BuildStatus::processed, 10h);
    EXPECT_EQ(readList(), 2U);
    open.status = BuildStatus::processed;
    EXPECT_EQ(readList(), 2U);
    expectTheWholeList();
    EXPECT_EQ(readList(), 1U);
    expectTheWholeList();
}

TEST_F(AppOverviewTest, RequestsABuildOfUnknownStatusAgain) {
    add(BuildStatus::processed, 50h);
    add(BuildStatus::unknown, 20h);
    add(BuildStatus::processed, 10h);
    (void)readList();
    EXPECT_EQ(readList(), 2U);
}

TEST_F(AppOverviewTest, CountsALateBuildOnce) {
    add(BuildStatus::processed, 80s);
    add(BuildStatus::processed, 0s);
    (void)readList();
    add(BuildStatus::processed, 30s);
    EXPECT_EQ(readList(), 2U);
    expectTheWholeList();
    (void)readList();
    expectTheWholeList();
}

TEST_F(AppOverviewTest, CountsABuildOutOfOrder) {
    add(BuildStatus::pending, 2h);
    add(BuildStatus::processed, 3h);
    add(BuildStatus::processed, 1h);
    (void)readList();
    (void)readList();
    expectTheWholeList();
}

TEST_F(AppOverviewTest, CountsABuildWithoutATime) {
    add(BuildStatus::processed, std::nullopt);
    for (auto age = 40h; age > 0h; --age) add(BuildStatus::processed, age);
    (void)readList();
    (void)readList();
    expectTheWholeList();
}

TEST_F(AppOverviewTest, RequestsABuildOfTheFutureAgain) {
    add(BuildStatus::processed, 10h);
    add(BuildStatus::processed, -48h);
    (void)readList();
    add(BuildStatus::processed, 0s);
    (void)readList();
    expectTheWholeList();
}

TEST_F(AppOverviewTest, CountsAllBuildsIfTheClockIsAhead) {
    add(BuildStatus::processed, 10h);
    add(BuildStatus::processed, -5h);
    (void)readList();
    for (int i = 0; i < 3; ++i) {
        now += 1min;
        add(BuildStatus::processed, 0s);
        // a list is sorted by time
        std::sort(list.begin(), list.end(), [](const Build& a, const Build& b) { return a.createdAt > b.createdAt; });
        (void)readList();
        expectTheWholeList();
    }
    now += 6h;
    (void)readList();
    add(BuildStatus::processed, 0s);
    EXPECT_EQ(readList(), 2U) << "the time has come";
    expectTheWholeList();
}

TEST_F(AppOverviewTest, CountsAllBuildsOnceIfTheClockIsSetBack) {
    for (const auto age : {10h, 2h, 0h}) add(BuildStatus::processed, age);
    (void)readList();
    now -= 3h;
    for (int i = 0; i < 3; ++i) {
        now += 1min;
        (void)readList();
        expectTheWholeList();
    }
}

TEST_F(AppOverviewTest, AcceptsTheOldestTime) {
    app = AppOverview("", {start, TimePoint::min()});
    add(BuildStatus::pending, std::nullopt).createdAt = TimePoint::min();
    add(BuildStatus::processed, 1h);
    (void)readList();
    (void)readList();
    expectTheWholeList();
}

TEST_F(AppOverviewTest, KeepsItsNumbersAfterAFailedRefresh) {
    add(BuildStatus::processed, 10h);
    (void)readList();
    app.begin(now);
    app.add(list.front());
    app.add(list.front());
    app.fail(Error(ErrorKind::server, "away"));
    EXPECT_TRUE(app.failure());
    expectTheWholeList();
    (void)readList();
    EXPECT_FALSE(app.failure());
    expectTheWholeList();
}

// Pseudo-random changes, the same on every run: builds appear in any order or without a time, and finish.
TEST_F(AppOverviewTest, EqualsACountOfTheWholeList) {
    std::mt19937 chance(17);
    const auto oneIn = [&](unsigned n) { return chance() % n == 0; };
    for (int round = 0; round < 400; ++round) {
        if (round % 50 == 0) {
            list.clear();
            app = AppOverview("", {now, now - 24h * 30});
        }
        now += 10min;
        for (unsigned i = chance() % 4; i > 0; --i) {
            const std::chrono::seconds age(chance() % 60);
            add(oneIn(3) ? BuildStatus::pending : BuildStatus::processed,
                oneIn(40) ? std::nullopt : std::optional(age));
        }
        if (list.empty()) continue;
        for (Build& build : list) {
            if (build.status == BuildStatus::pending && oneIn(4)) build.status = BuildStatus::error;
        }
        if (list.size() > 2 && oneIn(10)) std::swap(list[1], list[2]);
        (void)readList();
        expectTheWholeList();
        if (HasFailure()) return;
    }
}

}  // namespace
}  // namespace applivery::program
