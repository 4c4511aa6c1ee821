/// @file
/// `applivery-builds overview --watch`: repeated requests, intervals and the end. Time passes only while the command
/// waits.
#include "mock_server/mock_server.hpp"
#include "mock_server/sample_workspace.hpp"
#include "mock_server/temporary_directory.hpp"
#include "program/overview/overview_command.hpp"
#include "program/program_test.hpp"
#include "support/gtest_names.hpp"

#include <applivery/testing/virtual_clock.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <deque>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace applivery::program {
namespace {

using namespace std::chrono_literals;
using mock::BuildSpec;

// Runs the next action of a list at each wait.
class SteppingClock final : public Clock {
public:
    [[nodiscard]] std::chrono::steady_clock::time_point now() const override { return time_.now(); }
    [[nodiscard]] std::chrono::system_clock::time_point wallNow() const override { return time_.wallNow(); }
    void callAfter(std::chrono::milliseconds delay, CancellationToken token, std::function<void()> wake) override {
        if (!steps.empty()) {
            const auto step = std::move(steps.front());
            steps.pop_front();
            step();
        }
        time_.callAfter(delay, std::move(token), std::move(wake));
    }
    [[nodiscard]] std::vector<std::chrono::milliseconds> delays() const { return time_.delays(); }

    std::deque<std::function<void()>> steps;

private:
    VirtualClock time_;
};

class OverviewWatch : public ::testing::Test {
protected:
    OverviewWatch() : data(mock::sample::addTo(server)) {
        const std::string file = (folder.path() / "token").string();
        std::ofstream(file) << mock::sample::appToken;
        options.selection.connection.tokenFile = file;
        options.selection.connection.baseUrl = server.baseUrl();
        options.isWatch = true;
        options.clock = clock;
    }

    void have(const std::string& id, const std::string& status, std::chrono::seconds age, int processTime = 37) {
        BuildSpec spec;
        spec.id = id;
        spec.status = status;
        spec.versionName = id;
        spec.processTime = processTime;
        spec.createdAt = clock->wallNow() - age;
        data.add(spec);
    }

    // Runs the steps and then ends the watch by a revoked token.
    [[nodiscard]] std::string watched(std::vector<std::function<void()>> steps) {
        clock->steps.assign(steps.begin(), steps.end());
        for (auto& step : clock->steps) {
            step = [this, step] {
                requests.push_back(server.requestCount());
                step();
            };
        }
        clock->steps.emplace_back([this] {
            requests.push_back(server.requestCount());
            server.accounts().revoke(mock::sample::appToken);
        });
        ::testing::internal::CaptureStdout();
        ::testing::internal::CaptureStderr();
        code = overview(options);
        said = ::testing::internal::GetCapturedStderr();
        return ::testing::internal::GetCapturedStdout();
    }

    // Returns the first row of each table.
    static std::vector<std::string> rowsOf(const std::string& text) {
        std::vector<std::string> rows;
        constexpr std::string_view head = "P50/P90\n";
        for (auto at = text.find(head); at != std::string::npos; at = text.find(head, at + 1)) {
            const std::size_t begin = at + head.size();
            rows.push_back(text.substr(begin, text.find('\n', begin) - begin));
        }
        return rows;
    }

    mock::TemporaryDirectory folder;
    mock::MockServer server;
    mock::BuildData& data;
    const std::shared_ptr<SteppingClock> clock = std::make_shared<SteppingClock>();
    OverviewOptions options;
    std::vector<std::size_t> requests;  // number of requests after each refresh
    ExitCode code = ExitCode::other;
    std::string said;
};

TEST_F(OverviewWatch, SeesABuildFinish) {
    have("old", "processed", 3h, 10);
    have("new", "pending", 5min, 20);
    const auto rows = rowsOf(watched({[] {}, [this] { data.setStatus("new", "processed"); }}));
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_EQ(rows[0], "ios  new (1)  pending 5m  3h old (1)  1 for 5m  0/2     10/10");
    EXPECT_EQ(rows[1], "ios  new (1)  pending 6m  3h old (1)  1 for 6m  0/2     10/10");
    EXPECT_EQ(rows[2], "ios  new (1)  processed 7m  7m new (1)  -        0/2     10/20");
    EXPECT_EQ(rows[3], "ios  new (1)  processed 8m  8m new (1)  -        0/2     10/20") << "what was known stays";
    EXPECT_EQ(requests, (std::vector<std::size_t>{1, 2, 3}));
}

TEST_F(OverviewWatch, CountsARepeatedBuildOnce) {
    for (int i = 0; i < 20; ++i) have("b" + std::to_string(i), i % 4 == 0 ? "error" : "processed", 20min - i * 10s);
    const auto rows = rowsOf(watched({[] {}, [this] { have("late", "error", 0s); }, [] {}}));
    ASSERT_EQ(rows.size(), 5U);
    EXPECT_NE(rows[1].find("5/20 "), std::string::npos) << rows[1];
    EXPECT_NE(rows[2].find("6/21 "), std::string::npos) << rows[2];
    EXPECT_NE(rows[3].find("6/21 "), std::string::npos) << rows[3];
}

TEST_F(OverviewWatch, RequestsOnlyChangeableBuilds) {
    for (int i = 0; i < 500; ++i) {
        have("b" + std::to_string(i), i == 350 ? "in_progress" : "processed", 24h - i * 2min);
    }
    const std::string text = watched({[] {}, [this] { data.setStatus("b350", "error"); }, [] {}, [] {}});
    const auto rows = rowsOf(text);
    ASSERT_EQ(rows.size(), 6U);
    EXPECT_NE(rows[1].find("0/500 "), std::string::npos) << rows[1];
    EXPECT_NE(rows[3].find("1/500 "), std::string::npos) << rows[3];
    ASSERT_EQ(requests.size(), 5U);
    EXPECT_EQ(requests[0], 5U) << "all pages";
    EXPECT_EQ(requests[1] - requests[0], 3U) << "as far as the build that is in progress, and the page that ends it";
    EXPECT_EQ(requests[4] - requests[3], 2U) << "the newest, and the page that ends it";
}

TEST_F(OverviewWatch, RequestsABuildWithoutATimeAgain) {
    have("dated", "processed", 1h);
    data.addJson(R"({"id":"undated","status":"pending","os":"ios"})");
    const auto rows = rowsOf(watched({[this] { data.setStatus("undated", "error"); }}));
    EXPECT_NE(rows.at(0).find("1 for ?"), std::string::npos) << rows[0];
    EXPECT_NE(rows.at(1).find("1/2 "), std::string::npos) << rows[1];
}

TEST_F(OverviewWatch, CountsABuildOutOfOrderOnce) {
    have("older", "pending", 2h);
    have("newer", "processed", 1h);
    have("oldest", "processed", 3h);  // older than both
    const auto rows = rowsOf(watched({[this] { data.setStatus("older", "error"); }}));
    EXPECT_NE(rows.at(0).find("0/3 "), std::string::npos) << rows[0];
    EXPECT_NE(rows.at(1).find("1/3 "), std::string::npos) << rows[1];
}

TEST_F(OverviewWatch, MovesItsPeriodEachDay) {
    have("b1", "processed", 1h);
    options.interval = 48h;
    const auto rows = rowsOf(watched({[] {}, [this] { have("b2", "processed", 0s); }}));
    EXPECT_EQ(rows.at(1).find("ios  b1 (1)  processed 2d"), 0U) << rows[1];
    EXPECT_EQ(rows.at(2).find("ios  b2 (1)  processed 2d"), 0U) << rows[2];
}

TEST_F(OverviewWatch, ReportsAFailedAppOnceAndContinues) {
    server.accounts().addApp("other");
    server.accounts().addOrganization("both-id", "both", {mock::sample::applicationId, "other"});
    server.accounts().addServiceAccount(mock::sample::appToken, "both-id");
    options.selection.connection.organization = "both";
    options.selection.connection.applications = {mock::sample::applicationId, "other"};
    have("b1", "processed", 1h);
    const auto isOfTheFirst = [](const mock::RecordedRequest& request) {
        return request.path.find(mock::sample::applicationId) != std::string::npos;
    };
    const auto fail = [&] { server.enqueueIf(isOfTheFirst, mock::apiError(403, 4003, "Forbidden"), 2); };
    const std::string text = watched({fail, [] {}, [this] { have("b2", "processed", 0s); }});
    const auto rows = rowsOf(text);
    ASSERT_EQ(rows.size(), 5U) << text;
    EXPECT_NE(rows[1].find("ios  b1 (1)"), std::string::npos) << rows[1];
    EXPECT_NE(rows[3].find("ios  b2 (1)"), std::string::npos) << rows[3];
    EXPECT_NE(text.find("  not read: page 1: "), std::string::npos) << text;
    EXPECT_NE(text.find(", incomplete: 1 of 2 apps, 1 build, 0 failed"), std::string::npos) << text;
    EXPECT_EQ(said.find("Forbidden"), said.rfind("Forbidden")) << said;
}

TEST_F(OverviewWatch, KeepsItsInterval) {
    have("b1", "processed", 1h);
    options.interval = 30s;
    (void)watched({[] {}});
    EXPECT_EQ(clock->delays(), (std::vector<std::chrono::milliseconds>{30s, 30s}));
    EXPECT_EQ(code, ExitCode::credentials) << "a token that is revoked ends it";
    EXPECT_EQ(said.find("refresh every"), std::string::npos) << said;
}

TEST_F(OverviewWatch, LengthensAShortIntervalAndReportsIt) {
    for (int i = 0; i < 500; ++i) have("b" + std::to_string(i), i == 0 ? "pending" : "processed", 24h - i * 2min);
    options.interval = 1s;
    (void)watched({[] {}});
    EXPECT_EQ(clock->delays(),
              (std::vector<std::chrono::milliseconds>{2s, 2s}));  // at 10,000 requests an hour, 5 requests need 1.8 s
    EXPECT_NE(said.find("refresh every 2s, not 1s"), std::string::npos) << said;
}

TEST_F(OverviewWatch, LengthensTheIntervalForManyRequests) {
    EXPECT_EQ(intervalOf(options, 100), 60s);
    EXPECT_EQ(intervalOf(options, 1000), 360s);
}

TEST_F(OverviewWatch, WritesAJsonDocumentEachTime) {
    have("b1", "processed", 1h);
    options.format = Format::json;
    const std::string text = watched({[] {}});
    EXPECT_EQ(text.find(R"({"schema":"applivery.overview/1","at":"2023-11-14T22:13:20.000Z")"), 0U) << text;
    EXPECT_NE(text.find(R"({"schema":"applivery.overview/1","at":"2023-11-14T22:14:20.000Z")"), std::string::npos);
}

// ---- the program ----

class OverviewWatchProgram : public test::ListCommand {
protected:
    OverviewWatchProgram() {
        data.assign({});
        BuildSpec spec;
        spec.id = "b1";
        spec.status = "pending";
        spec.createdAt = std::chrono::system_clock::now() - 5min;
        data.add(spec);
    }

    // The second refresh finds the processed build. The signal arrives at the third refresh.
    void signalAfterTwo(const test::SignalledCommand& command, int number) {
        const std::size_t before = server.requestCount();
        data.setStatus("b1", "pending");
        server.setHook([this, &command, number, before](const mock::RecordedRequest&) {
            const std::size_t requests = server.requestCount() - before;
            if (requests == 2) data.setStatus("b1", "processed");
            if (requests < 3) return std::optional<mock::ScriptedResponse>{};
            command.signal(number);
            return std::optional(never());
        });
    }

    [[nodiscard]] std::string watch(const std::string& more = "") const {
        return "APPLIVERY_APP_TOKEN=" + std::string(mock::sample::appToken) + ' ' + test::program +
               " overview --watch --interval 1s --base-url " + server.baseUrl() + ' ' + more;
    }

    // Runs on a terminal of this kind after these commands.
    [[nodiscard]] test::Outcome onTerminal(const std::string& kind, const std::string& commands = "") {
        const test::SignalledCommand command(watch("--no-color 2>/dev/null"));
        signalAfterTwo(command, SIGINT);
        return test::shell("export TERM=" + kind + "; script -qec \"" + commands + command.text() + "\" /dev/null");
    }

    static std::size_t count(const std::string& text, const std::string& part) {
        std::size_t found = 0;
        for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
        return found;
    }
};

TEST_F(OverviewWatchProgram, PrintsATableEachTimeAndEndsWithTheSignalsCode) {
    const test::SignalledCommand command(watch());
    signalAfterTwo(command, SIGINT);
    const test::Outcome outcome = test::shell(command.text());
    EXPECT_EQ(outcome.code, 130) << outcome.text;
    EXPECT_EQ(count(outcome.text, "NEWEST"), 2U) << outcome.text;
    EXPECT_LT(outcome.text.find(" pending "), outcome.text.find(" processed ")) << outcome.text;
    EXPECT_EQ(outcome.text.find('\x1b'), std::string::npos) << outcome.text;
    signalAfterTwo(command, SIGTERM);
    EXPECT_EQ(test::shell(command.text()).code, 143);
}

TEST_F(OverviewWatchProgram, RewritesTheScreenOnATerminal) {
    const std::string text = onTerminal("xterm").text;
    EXPECT_EQ(text.find("\x1b[2J\x1b[HOS "), 0U) << text;
    EXPECT_NE(text.find("refresh every 1s\x1b[K\r\n\x1b[J\x1b[HOS "), std::string::npos) << text;
    EXPECT_NE(text.find(" processed "), std::string::npos) << text;
    EXPECT_EQ(onTerminal("dumb").text.find('\x1b'), std::string::npos);
}

TEST_F(OverviewWatchProgram, CountsOmittedRowsOnALowScreen) {
    for (const char* os : {"android", "macos", "windows", "tvos"}) {
        BuildSpec spec;
        spec.id = spec.os = os;
        spec.createdAt = std::chrono::system_clock::now();
        data.add(spec);
    }
    const std::string text = onTerminal("xterm", "stty rows 10; ").text;
    EXPECT_NE(text.find("and 3 more rows"), std::string::npos) << text;
}

TEST_F(OverviewWatchProgram, EndsSilentlyWhenTheReaderCloses) {
    const test::SignalledCommand command(watch());
    const std::string gone = command.file("gone");
    server.setHook([&](const mock::RecordedRequest&) -> std::optional<mock::ScriptedResponse> {
        if (server.requestCount() == 1) return std::nullopt;
        for (int i = 0; i < 3'000 && !std::filesystem::exists(gone); ++i) std::this_thread::sleep_for(10ms);
        if (server.requestCount() == 2) return std::nullopt;
        command.signal(SIGINT);  // the program has not ended
        return never();
    });
    EXPECT_EQ(test::shell("{ " + command.text() + "; echo code $? >&2; } | { head -n 1 | cut -c 1-2; exec <&-; touch " +
                          gone + "; }")
                  .text,
              "OS\ncode 0\n");
}

}  // namespace
}  // namespace applivery::program
