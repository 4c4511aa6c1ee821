/// @file
/// PageSequence: which page is next, without requests.
#include "client/page_sequence.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <ctime>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace applivery::detail {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Build build(const std::string& id, const std::string& versionName = {}) {
    Build build;
    build.id = id;
    build.versionName = versionName;
    return build;
}

Build createdAt(const std::string& id, std::time_t seconds) {
    Build build;
    build.id = id;
    build.createdAt = std::chrono::system_clock::from_time_t(seconds);
    return build;
}

DeployerInfo& infoOf(Build& build) {
    if (!build.deployer) build.deployer.emplace();
    if (!build.deployer->info) build.deployer->info.emplace();
    return *build.deployer->info;
}

BuildPage pageOf(std::vector<Build> builds) {
    BuildPage page;
    page.items = std::move(builds);
    return page;
}

BuildPage linked(std::vector<Build> builds, bool hasNextPage) {
    BuildPage page = pageOf(std::move(builds));
    page.hasNextPage = hasNextPage;
    return page;
}

BuildPage counted(std::vector<Build> builds, std::optional<int> totalPages,
                  std::optional<std::int64_t> totalItems = std::nullopt) {
    BuildPage page = pageOf(std::move(builds));
    page.totalPages = totalPages;
    page.totalItems = totalItems;
    return page;
}

// Adds a valid page. @return the ids of the remaining builds.
std::vector<std::string> idsAfter(PageSequence& sequence, BuildPage page) {
    const auto error = sequence.take(page);
    EXPECT_FALSE(error) << error->message();
    std::vector<std::string> ids;
    for (const Build& build : page.items) ids.push_back(build.id);
    return ids;
}

// Adds up to 100 pages until one fails. @return the number of the last page.
template <typename MakePage>
int lastTaken(PageSequence& sequence, MakePage makePage) {
    while (sequence.nextPage() <= 100) {
        BuildPage page = makePage(sequence.nextPage());
        if (sequence.take(page)) break;
    }
    return sequence.nextPage() - 1;
}

// ---- the last page ----

TEST(PageSequence, BeginsWithPageOne) {
    const PageSequence sequence;
    EXPECT_EQ(sequence.nextPage(), 1);
    EXPECT_TRUE(sequence.shouldContinue());
    EXPECT_FALSE(sequence.lastPage());
}

TEST(PageSequence, EndsWhenThereIsNoNextPage) {
    PageSequence sequence;
    (void)idsAfter(sequence, linked({build("a")}, true));
    EXPECT_TRUE(sequence.shouldContinue());
    (void)idsAfter(sequence, linked({build("b")}, false));
    EXPECT_FALSE(sequence.shouldContinue());
    EXPECT_EQ(sequence.lastPage(), 2);
}

TEST(PageSequence, EndsAtTheLastOfTheTotalPages) {
    PageSequence sequence;
    (void)idsAfter(sequence, counted({build("a")}, 2));
    EXPECT_EQ(sequence.lastPage(), 2);
    EXPECT_TRUE(sequence.shouldContinue());
    (void)idsAfter(sequence, counted({build("b")}, 2));
    EXPECT_FALSE(sequence.shouldContinue());
}

TEST(PageSequence, DerivesTheLastPageFromTheTotalItems) {
    PageSequence sequence;
    (void)idsAfter(sequence, counted({build("a"), build("b")}, std::nullopt, 5));
    EXPECT_EQ(sequence.lastPage(), 3);
}

TEST(PageSequence, HasNoLastPageWhenTheTotalItemsExceedEveryPageNumber) {
    PageSequence sequence;
    (void)idsAfter(sequence, counted({build("a")}, std::nullopt, std::numeric_limits<std::int64_t>::max() - 1));
    EXPECT_FALSE(sequence.lastPage());
    EXPECT_TRUE(sequence.shouldContinue());
}

TEST(PageSequence, HasNoLastPageWhenAnEmptyPageHasTheHighestTotalItems) {
    PageSequence sequence;
    (void)idsAfter(sequence, counted({}, std::nullopt, std::numeric_limits<std::int64_t>::max()));
    EXPECT_FALSE(sequence.lastPage());
}

TEST(PageSequence, HasNoLastPageWhenALaterPageHasTheHighestTotalItems) {
    PageSequence sequence;
    (void)idsAfter(sequence, linked({}, true));
    (void)idsAfter(sequence, counted({build("a")}, std::nullopt, std::numeric_limits<std::int64_t>::max()));
    EXPECT_FALSE(sequence.lastPage());
    EXPECT_TRUE(sequence.shouldContinue());
}

TEST(PageSequence, HasNoLastPageWhenItsNumberExceedsTheHighestPageNumber) {
    constexpr std::int64_t highest = std::numeric_limits<int>::max();
    PageSequence sequence;
    (void)idsAfter(sequence, counted({build("a")}, std::nullopt, highest + 1));
    EXPECT_FALSE(sequence.lastPage());
}

TEST(PageSequence, DerivesTheHighestPageNumberFromTheTotalItems) {
    constexpr int highest = std::numeric_limits<int>::max();
    PageSequence sequence;
    (void)idsAfter(sequence, counted({build("a")}, std::nullopt, highest));
    EXPECT_EQ(sequence.lastPage(), highest);
}

TEST(PageSequence, PrefersHasNextPageToLowTotals) {
    PageSequence sequence;
    BuildPage page = linked({build("a")}, true);
    page.totalPages = 1;
    (void)idsAfter(sequence, page);
    EXPECT_TRUE(sequence.shouldContinue());
    EXPECT_FALSE(sequence.lastPage());
}

TEST(PageSequence, IgnoresTotalItemsBelowTheReceivedItems) {
    PageSequence sequence;
    (void)idsAfter(sequence, counted({build("a"), build("b")}, std::nullopt, 1));
    EXPECT_TRUE(sequence.shouldContinue());
}

TEST(PageSequence, IgnoresTotalPagesBelowThePageNumber) {
    PageSequence sequence;
    (void)idsAfter(sequence, counted({build("a")}, 0));
    EXPECT_TRUE(sequence.shouldContinue());
}

TEST(PageSequence, ContinuesWhenTheTotalPagesEndBeforeTheTotalItems) {
    PageSequence sequence;
    (void)idsAfter(sequence, counted({build("a")}, 1, 5));
    EXPECT_TRUE(sequence.shouldContinue());
    EXPECT_FALSE(sequence.lastPage());
}

TEST(PageSequence, EndsWhenTheTotalItemsWereReceived) {
    PageSequence sequence;
    (void)idsAfter(sequence, counted({build("a"), build("b")}, std::nullopt, 2));
    EXPECT_FALSE(sequence.shouldContinue());
}

TEST(PageSequence, ContinuesWithoutLinksAndTotals) {
    PageSequence sequence;
    (void)idsAfter(sequence, pageOf({build("a")}));
    EXPECT_TRUE(sequence.shouldContinue());
}

// ---- empty pages ----

TEST(PageSequence, EndsAtAnEmptyPage) {
    PageSequence sequence;
    (void)idsAfter(sequence, pageOf({build("a")}));
    (void)idsAfter(sequence, pageOf({}));
    EXPECT_FALSE(sequence.shouldContinue());
}

TEST(PageSequence, EndsAtAnEmptyPageWhenTheTotalItemsPromiseMore) {
    PageSequence sequence;
    (void)idsAfter(sequence, counted({}, std::nullopt, 5));
    EXPECT_FALSE(sequence.shouldContinue());
}

TEST(PageSequence, ContinuesAfterAnEmptyPageWithANextPage) {
    PageSequence sequence;
    (void)idsAfter(sequence, linked({}, true));
    EXPECT_TRUE(sequence.shouldContinue());
}

TEST(PageSequence, FailsAtTheEleventhEmptyPageInARow) {
    PageSequence sequence;
    EXPECT_EQ(lastTaken(sequence, [](int) { return linked({}, true); }), 11);
}

TEST(PageSequence, RestartsTheCountOfEmptyPagesAtANewBuild) {
    PageSequence sequence;
    const auto page = [](int number) { return number == 5 ? linked({build("a")}, true) : linked({}, true); };
    EXPECT_EQ(lastTaken(sequence, page), 5 + 11);
}

// ---- repeats ----

TEST(PageSequence, RemovesBuildsOfEarlierPages) {
    PageSequence sequence;
    EXPECT_THAT(idsAfter(sequence, pageOf({build("a"), build("b")})), ElementsAre("a", "b"));
    EXPECT_THAT(idsAfter(sequence, pageOf({build("b"), build("c")})), ElementsAre("c"));
    EXPECT_EQ(sequence.summary().repeats, 1);
    EXPECT_EQ(sequence.summary().builds, 3);
}

TEST(PageSequence, RemovesRepeatsWithinAPage) {
    PageSequence sequence;
    EXPECT_THAT(idsAfter(sequence, pageOf({build("a"), build("a")})), ElementsAre("a"));
}

TEST(PageSequence, KeepsBuildsWithoutAnId) {
    PageSequence sequence;
    EXPECT_THAT(idsAfter(sequence, pageOf({build(""), build("")})), ElementsAre("", ""));
    EXPECT_THAT(idsAfter(sequence, pageOf({build("")})), ElementsAre(""));
    EXPECT_EQ(sequence.summary().repeats, 0);
    EXPECT_EQ(sequence.summary().builds, 3);
}

TEST(PageSequence, SkipsPagesOfRepeatsAfterManyUploads) {
    PageSequence sequence;
    (void)idsAfter(sequence, counted({build("a"), build("b")}, 5));
    EXPECT_THAT(idsAfter(sequence, counted({build("a"), build("b")}, 6)), IsEmpty());
    EXPECT_THAT(idsAfter(sequence, counted({build("a"), build("b")}, 6)), IsEmpty());
    EXPECT_THAT(idsAfter(sequence, counted({build("c"), build("d")}, 6)), ElementsAre("c", "d"));
}

TEST(PageSequence, SkipsAPageOfRepeatsWithoutTotals) {
    PageSequence sequence;
    (void)idsAfter(sequence, pageOf({build("a")}));
    EXPECT_THAT(idsAfter(sequence, pageOf({build("a")})), IsEmpty());
    EXPECT_TRUE(sequence.shouldContinue());
}

TEST(PageSequence, FailsAtTheEleventhPageOfRepeats) {
    PageSequence sequence;
    EXPECT_EQ(lastTaken(sequence, [](int) { return pageOf({build("a")}); }), 1 + 11);
}

TEST(PageSequence, ReportsTheNumberOfPagesWithoutNewBuilds) {
    PageSequence sequence;
    std::optional<Error> error;
    while (!error && sequence.nextPage() <= 100) {
        BuildPage page = pageOf({build("a")});
        error = sequence.take(page);
    }
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind(), ErrorKind::invalidResponse);
    EXPECT_THAT(error->message(), HasSubstr("11 consecutive pages"));
}

TEST(PageSequence, SkipsAPageOfRepeatsWhenTheTotalsChange) {
    PageSequence sequence;
    (void)idsAfter(sequence, counted({build("a")}, 2));
    EXPECT_THAT(idsAfter(sequence, counted({build("a")}, 3)), IsEmpty());
    EXPECT_TRUE(sequence.shouldContinue());
    EXPECT_TRUE(sequence.summary().totalsChanged);
}

TEST(PageSequence, FailsAtTheEleventhPageOfRepeatsWhenTheTotalsVary) {
    PageSequence sequence;
    EXPECT_EQ(lastTaken(sequence, [](int number) { return counted({build("a")}, 1000 + number); }), 1 + 11);
}

TEST(PageSequence, FailsWhenPagesWithoutIdsRepeat) {
    PageSequence sequence;
    const auto page = [](int) { return linked({build("", "1.0"), build("", "1.1")}, true); };
    EXPECT_EQ(lastTaken(sequence, page), 1 + 11);
}

TEST(PageSequence, FailsWhenPagesWithoutIdsRepeatInAnotherOrder) {
    PageSequence sequence;
    const auto page = [](int number) {
        return number % 2 == 0 ? linked({build("", "1.0"), build("", "1.1")}, true)
                               : linked({build("", "1.1"), build("", "1.0")}, true);
    };
    EXPECT_EQ(lastTaken(sequence, page), 1 + 11);
}

TEST(PageSequence, FailsWhenRepeatsAndBuildsWithoutIdsRepeat) {
    PageSequence sequence;
    EXPECT_EQ(lastTaken(sequence, [](int) { return linked({build("a"), build("")}, true); }), 1 + 11);
}

// Makes builds without an id differ in one field.
struct Difference {
    const char* field;
    void (*set)(Build& build, int number);
};

class PageSequenceWithoutIds : public testing::TestWithParam<Difference> {};

TEST_P(PageSequenceWithoutIds, ContinuesWhenTheBuildsDiffer) {
    PageSequence sequence;
    const auto page = [](int number) {
        Build differing = build("");
        GetParam().set(differing, number);
        return linked({differing}, true);
    };
    EXPECT_EQ(lastTaken(sequence, page), 100);
}

constexpr Difference differences[] = {
    {"versionName", [](Build& build, int number) { build.versionName = std::to_string(number); }},
    {"versionCode", [](Build& build, int number) { build.versionCode = std::to_string(number); }},
    {"os", [](Build& build, int number) { build.os = OpenEnum<Os>::fromText(std::to_string(number)); }},
    {"changelog", [](Build& build, int number) { build.changelog = std::to_string(number); }},
    {"size", [](Build& build, int number) { build.size = number; }},
    {"createdAt", [](Build& build, int number) { build = createdAt("", number); }},
    {"commit", [](Build& build, int number) { infoOf(build).commit = std::to_string(number); }},
    {"buildNumber", [](Build& build, int number) { infoOf(build).buildNumber = std::to_string(number); }},
};

INSTANTIATE_TEST_SUITE_P(Fields, PageSequenceWithoutIds, testing::ValuesIn(differences),
                         [](const auto& difference) { return std::string(difference.param.field); });

// ---- age ----

TEST(PageSequence, RemovesOldBuilds) {
    PageSequence sequence(std::chrono::system_clock::from_time_t(100));
    EXPECT_THAT(idsAfter(sequence, pageOf({createdAt("new", 100), createdAt("old", 99), createdAt("newer", 101)})),
                ElementsAre("new", "newer"));
    EXPECT_TRUE(sequence.shouldContinue());
    EXPECT_EQ(sequence.summary().builds, 2);
}

TEST(PageSequence, EndsAtAPageOfOldBuilds) {
    PageSequence sequence(std::chrono::system_clock::from_time_t(100));
    EXPECT_THAT(idsAfter(sequence, linked({createdAt("a", 99), createdAt("b", 98)}, true)), IsEmpty());
    EXPECT_FALSE(sequence.shouldContinue());
}

TEST(PageSequence, KeepsBuildsOfUnknownAge) {
    PageSequence sequence(std::chrono::system_clock::from_time_t(100));
    EXPECT_THAT(idsAfter(sequence, linked({build("a"), createdAt("b", 99)}, true)), ElementsAre("a"));
    EXPECT_TRUE(sequence.shouldContinue());
}

// ---- counts ----

TEST(PageSequence, CountsPages) {
    PageSequence sequence;
    (void)idsAfter(sequence, linked({build("a")}, true));
    (void)idsAfter(sequence, linked({}, true));
    EXPECT_EQ(sequence.summary().pages, 2);
    EXPECT_EQ(sequence.nextPage(), 3);
}

TEST(PageSequence, ReportsUnchangedTotals) {
    PageSequence sequence;
    (void)idsAfter(sequence, counted({build("a")}, 2, 2));
    (void)idsAfter(sequence, pageOf({build("b")}));  // without totals
    (void)idsAfter(sequence, counted({build("c")}, 2, 2));
    EXPECT_FALSE(sequence.summary().totalsChanged);
}

}  // namespace
}  // namespace applivery::detail
