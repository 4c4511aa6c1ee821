/// @file
/// Selection of builds in `applivery-builds list`, `latest` and `report`, whatever the service sends.
#include "mock_server/build_generator.hpp"
#include "program/program_test.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace applivery {
namespace {

using namespace std::chrono_literals;

using test::Outcome;
using test::program;
using test::shell;

class Selection : public test::ListCommand {
protected:
    // Lets the service respond with these builds to each request, and ignore all filters.
    void respondOnlyWith(const std::vector<std::string>& items) {
        std::string list;
        for (const std::string& item : items) list += (list.empty() ? "" : ",") + item;
        server.enqueue(mock::ok(R"({"status":true,"data":{"items":[)" + list + R"(],"hasNextPage":false}})"), 100);
    }

    // Replaces the builds by one build of this age, by the clock of this machine.
    void replaceBuildsByOneOfAge(std::chrono::seconds age) {
        mock::BuildSpec spec;
        spec.id = "b1";
        spec.createdAt = std::chrono::system_clock::now() - age;
        data.assign({mock::makeBuild(spec)});
    }

    void setClockAhead(std::optional<std::chrono::seconds> ahead) {
        mock::ServiceRules rules = server.rules();
        rules.clockAhead = ahead;
        server.setRules(rules);
    }

    [[nodiscard]] std::size_t builds(const std::string& arguments) const {
        return std::stoul(shell(run(arguments + " -o ndjson 2>/dev/null | wc -l")).text);
    }

    static std::string note(const std::string& text) { return "applivery-builds: " + text + '\n'; }
};

// ---- filters ----

const char* const beta = R"({"id":"b2","versionName":"2.5.0-beta","status":"in_progress","os":"ios"})";
const char* const release = R"({"id":"b1","versionName":"2.5.0\n","status":"processed","os":"android"})";

TEST_F(Selection, LatestAppliesTheFiltersOfTheServiceAgain) {
    respondOnlyWith({beta, release});
    for (const char* filter :
         {"--version-name 2.5.0", "--version-name \" 2.5.0 \"", "--status processed", "--os android"}) {
        const Outcome outcome = shell(run("latest -o csv --fields id " + std::string(filter) + " 2>/dev/null"));
        EXPECT_EQ(outcome.text, "id\r\nb1\r\n") << filter;
        EXPECT_EQ(outcome.code, 0) << filter;
    }
}

TEST_F(Selection, LatestExitsWith4IfTheServiceSendsOnlyOtherBuilds) {
    respondOnlyWith({beta});
    const Outcome outcome = shell(run("latest --version-name 2.5.0 --status processed"));
    EXPECT_EQ(outcome.code, 4);
    EXPECT_EQ(
        outcome.text,
        note("corrected the service's response: left out 1 build that does not match --status or --version-name.") +
            note("no build matches among 1 build on 1 page."));
}

TEST_F(Selection, ListAppliesTheFiltersOfTheServiceAgain) {
    respondOnlyWith({beta, beta, release});
    for (const char* pages : {"", "--all "}) {
        const Outcome outcome = shell(run("list -o csv --fields id --status processed " + std::string(pages)));
        EXPECT_EQ(outcome.code, 0);
        EXPECT_NE(outcome.text.find("id\r\nb1\r\n"), std::string::npos) << outcome.text;
        EXPECT_EQ(outcome.text.find("b2"), std::string::npos) << outcome.text;
        EXPECT_NE(outcome.text.find("corrected the service's response: left out "), std::string::npos) << outcome.text;
    }
}

TEST_F(Selection, ReportAppliesTheFiltersOfTheServiceAgain) {
    respondOnlyWith({beta, release});
    const Outcome outcome = shell(run("report -o csv --status processed | grep -c ^groups"));
    EXPECT_NE(outcome.text.find("left out 1 build that does not match --status."), std::string::npos) << outcome.text;
    EXPECT_NE(outcome.text.find("1\n"), std::string::npos) << outcome.text;
}

TEST_F(Selection, PrintsTheCorrectionAsJson) {
    respondOnlyWith({beta});
    EXPECT_EQ(shell(run("list -o ndjson --status processed")).text,
              "{\"note\":{\"message\":\"corrected the service's response: left out 1 build that does not match "
              "--status.\"}}\n");
}

TEST_F(Selection, OmitsTheTotalOfACorrectedResponse) {
    server.enqueue(mock::ok(R"({"status":true,"data":{"items":[)" + std::string(beta) + R"(],"totalDocs":1}})"), 2);
    EXPECT_EQ(shell(run("list -o json --status processed 2>/dev/null")).text.find("totalItems"), std::string::npos);
    EXPECT_NE(shell(run("list -o json --status in_progress")).text.find("\"totalItems\":1"), std::string::npos);
}

TEST_F(Selection, PrintsNoNoteIfTheServiceAppliesTheFilters) {
    EXPECT_EQ(shell(run("list --all --status processed --os ios -o ndjson >/dev/null")).text, "");
}

// ---- systems without a documented filter ----

TEST_F(Selection, ComparesSystemsWithoutADocumentedFilterItself) {
    const Outcome outcome = shell(run("latest --os macos -o csv --fields os"));
    EXPECT_EQ(outcome.text, "os\r\nmacos\r\n");
    EXPECT_EQ(server.requests().at(0).parameter("os"), std::nullopt);
}

TEST_F(Selection, SendsAnUndocumentedSystemGivenAsParam) {
    const Outcome outcome = shell(run("list --os macos --param os=macos -o json"));
    EXPECT_EQ(server.requests().at(0).parameter("os"), "macos");
    EXPECT_NE(outcome.text.find("\"totalItems\":"), std::string::npos) << outcome.text;
    respondOnlyWith({beta});
    EXPECT_NE(shell(run("list --os macos --param os=macos")).text.find("does not match --os."), std::string::npos);
}

TEST_F(Selection, NotesThatOnlyOnePageWasCompared) {
    data.assign(mock::generateBuilds(30));
    for (const char* filter : {"--os macos", "--branch none", "--commit none", "--tag none"}) {
        const Outcome outcome = shell(run("list --limit 20 -o csv --fields id " + std::string(filter)));
        EXPECT_EQ(outcome.text,
                  note("compared only the 20 builds of page 1. To compare all builds, set --all.") + "id\r\n")
            << filter;
    }
    EXPECT_EQ(shell(run("list --limit 30 -o csv --fields id --branch none")).text, "id\r\n") << "the only page";
}

TEST_F(Selection, OmitsTotalItemsIfTheServiceDoesNotFilter) {
    const std::string json = shell(run("list --os macos --limit 2 --page 2 -o json 2>/dev/null")).text;
    EXPECT_NE(json.find("\"page\":2,\"limit\":2,\"totalPages\":"), std::string::npos) << json;
    EXPECT_EQ(json.find("totalItems"), std::string::npos) << json;
}

TEST_F(Selection, WaitSendsNoSystemWithoutADocumentedFilter) {
    EXPECT_EQ(shell(run("wait --os macos --any-age --timeout 0")).code, 0);
    EXPECT_EQ(server.requests().at(0).parameter("os"), std::nullopt);
    EXPECT_EQ(shell(run("wait --os ios --version-name none --any-age --timeout 0")).code, 4);
    EXPECT_EQ(server.requests().back().parameter("os"), "ios");
}

// ---- latest ----

TEST_F(Selection, LatestReadsFurtherPagesUntilABuildMatches) {
    data.assign(mock::generateBuilds(250));
    mock::BuildSpec old = mock::generatedSpec(250);
    old.branch = "old";
    std::vector<mock::MockBuild> all = mock::generateBuilds(250);
    all.push_back(mock::makeBuild(old));
    data.assign(all);
    EXPECT_EQ(shell(run("latest --branch old -o csv --fields id")).text, "id\r\n" + old.id + "\r\n");
}

TEST_F(Selection, LatestNamesTheNumberOfReadPages) {
    data.assign(mock::generateBuilds(250));
    const Outcome outcome = shell(run("latest --branch none"));
    EXPECT_EQ(outcome.code, 4);
    EXPECT_EQ(outcome.text, note("no build matches among 250 builds on 3 pages."));
}

TEST_F(Selection, LatestReadsAtMost50Pages) {
    data.assign(mock::generateBuilds(5500));
    const Outcome outcome = shell(run("latest --branch none"));
    EXPECT_EQ(outcome.code, 4);
    EXPECT_EQ(outcome.text, note("no build matches among 5,000 builds on 50 pages; latest reads no more pages. To read "
                                 "all pages, use list --all."));
}

TEST_F(Selection, ListNamesThePagesOfAnEmptyList) {
    data.assign(mock::generateBuilds(250));
    EXPECT_EQ(shell(run("list --all --branch none")).text, note("no build matches among 250 builds on 3 pages."));
}

TEST_F(Selection, LatestIgnoresDisabledBuilds) {
    respondOnlyWith({R"({"id":"b2","disabled":true})", R"({"id":"b1","disabled":false})"});
    EXPECT_EQ(shell(run("latest -o csv --fields id")).text, "id\r\nb1\r\n");
    EXPECT_EQ(shell(run("latest -o csv --fields id --include-disabled")).text, "id\r\nb2\r\n");
    EXPECT_EQ(shell(run("list -o csv --fields id")).text, "id\r\nb2\r\nb1\r\n");
}

TEST_F(Selection, LatestCountsDisabledBuildsIfNoOtherMatches) {
    respondOnlyWith({R"({"id":"b2","disabled":true})"});
    const Outcome outcome = shell(run("latest"));
    EXPECT_EQ(outcome.code, 4);
    EXPECT_NE(outcome.text.find("To include 1 build that matches but is disabled, set --include-disabled."),
              std::string::npos)
        << outcome.text;
}

// ---- since ----

TEST_F(Selection, SinceGoesByTheClockOfTheService) {
    for (const char* command : {"list --since 1h", "latest --since 1h"}) {
        replaceBuildsByOneOfAge(90min);
        setClockAhead(0s);
        EXPECT_EQ(builds(command), 0U) << command;
        setClockAhead(-1h);
        EXPECT_EQ(builds(command), 1U) << command;
        replaceBuildsByOneOfAge(30min);
        setClockAhead(0s);
        EXPECT_EQ(builds(command), 1U) << command;
        setClockAhead(1h);
        EXPECT_EQ(builds(command), 0U) << command;
    }
}

TEST_F(Selection, SinceAllowsFiveMinutesWithoutTheClockOfTheService) {
    setClockAhead(std::nullopt);
    replaceBuildsByOneOfAge(64min);
    EXPECT_EQ(builds("list --since 1h"), 1U);
    EXPECT_EQ(shell(run("wait --since 1h --version-name 1.0.0 --timeout 0")).code, 0);
    replaceBuildsByOneOfAge(66min);
    EXPECT_EQ(builds("list --since 1h"), 0U);
    EXPECT_EQ(shell(run("wait --since 1h --version-name 1.0.0 --timeout 0")).code, 4);
}

TEST_F(Selection, SinceLeavesOutAndCountsBuildsOfUnknownAge) {
    const std::string known = R"({"id":"b1","createdAt":"2024-11-11T11:27:35Z"})";
    respondOnlyWith({R"({"id":"b3"})", R"({"id":"b2","createdAt":"soon"})", known});
    const std::string counted = note("left out 2 builds of unknown age, because --since needs createdAt.");
    EXPECT_EQ(shell(run("list --since 2024-11-11 -o csv --fields id")).text, "id\r\nb1\r\n" + counted);
    EXPECT_EQ(shell(run("latest --since 2024-11-11 -o csv --fields id")).text, counted + "id\r\nb1\r\n");
    EXPECT_EQ(shell(run("report --since 2024-11-11 -o csv >/dev/null")).text, counted);
    EXPECT_NE(shell(run("overview --since 2024-11-11")).text.find("left out 2 builds of unknown age"),
              std::string::npos);
    EXPECT_EQ(builds("list --all"), 3U);
}

TEST_F(Selection, SinceAcceptsWeeks) {
    replaceBuildsByOneOfAge(24h * 13);
    EXPECT_EQ(builds("list --since 2w"), 1U);
    EXPECT_EQ(builds("list --since 1w"), 0U);
    EXPECT_EQ(builds("list --since 1w6d12h"), 1U);
}

TEST(SelectionUsage, RefusesSinceInTheFuture) {
    for (const char* command : {"list", "latest", "wait", "overview", "report --html -"}) {
        const Outcome outcome = shell(program + ' ' + command + " --since 2200-01-01");
        EXPECT_EQ(outcome.code, 2) << command;
        EXPECT_NE(outcome.text.find("\"2200-01-01\" is in the future"), std::string::npos) << outcome.text;
    }
}

// ---- fields outside of the schema ----

TEST_F(Selection, PrintsUnknownFields) {
    respondOnlyWith({R"({"id":"b1","channel":"nightly","metadata":{"a.b":{"n":7}},"files":[1,2]})"});
    EXPECT_EQ(shell(run("list -o csv --fields id,unknownFields.channel,unknownFields.metadata.a.b.n")).text,
              "id,unknownFields.channel,unknownFields.metadata.a.b.n\r\nb1,nightly,7\r\n");
    EXPECT_EQ(shell(run("latest -o csv --fields unknownFields.files,unknownFields.none,unknownFields.metadata.x")).text,
              "unknownFields.files,unknownFields.none,unknownFields.metadata.x\r\n\"[1,2]\",,\r\n");
    EXPECT_EQ(shell(run("list --fields unknownFields.")).code, 2);
}

}  // namespace
}  // namespace applivery
