/// @file
/// `applivery-builds overview --watch`: repeated requests, intervals, failed and slow apps, and the end.
#include "mock_server/build_stages.hpp"
#include "mock_server/mock_server.hpp"
#include "mock_server/sample_workspace.hpp"
#include "mock_server/temporary_directory.hpp"
#include "program/overview/overview_command.hpp"
#include "support/gtest_names.hpp"

#include <applivery/testing/virtual_clock.hpp>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <fcntl.h>
#include <fstream>
#include <functional>
#include <future>
#include <iostream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace applivery::program {
namespace {

using namespace std::chrono_literals;
using mock::BuildSpec;

// Redirects a stream of this process to a file until destroyed.
class Redirection {
public:
    Redirection(int descriptor, const std::string& file)
        : descriptor_(descriptor), original_(dup(descriptor)), file_(file) {
        const int target = open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        dup2(target, descriptor);
        close(target);
    }
    ~Redirection() {
        dup2(original_, descriptor_);
        close(original_);
    }
    Redirection(const Redirection&) = delete;
    Redirection& operator=(const Redirection&) = delete;

    [[nodiscard]] std::string text() const {
        std::ostringstream text;
        text << std::ifstream(file_).rdbuf();
        return text.str();
    }

private:
    const int descriptor_;
    const int original_;
    const std::string file_;
};

// Lets time pass in one call of callAfter(), before the delay begins.
class SlowClock final : public Clock {
public:
    SlowClock(std::shared_ptr<VirtualClock> clock, int slowCall, std::chrono::milliseconds time)
        : clock_(std::move(clock)), slowCall_(slowCall), time_(time) {}

    [[nodiscard]] std::chrono::steady_clock::time_point now() const override { return clock_->now(); }
    [[nodiscard]] std::chrono::system_clock::time_point wallNow() const override { return clock_->wallNow(); }
    void callAfter(std::chrono::milliseconds delay, CancellationToken token, std::function<void()> wake) override {
        if (++calls_ == slowCall_) clock_->advance(time_);
        clock_->callAfter(delay, std::move(token), std::move(wake));
    }
    void alarmAfter(std::chrono::milliseconds delay, CancellationToken token, std::function<void()> wake) override {
        clock_->alarmAfter(delay, std::move(token), std::move(wake));
    }

private:
    const std::shared_ptr<VirtualClock> clock_;
    const int slowCall_;
    const std::chrono::milliseconds time_;
    int calls_ = 0;
};

// Runs a watch on a thread. Time passes only between the steps of a test.
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

    // Adds a build whose version name is its id.
    void addBuild(const std::string& id, const std::string& status, std::chrono::seconds age, int processTime = 37) {
        BuildSpec spec;
        spec.id = id;
        spec.status = status;
        spec.versionName = id;
        spec.processTime = processTime;
        spec.createdAt = clock->wallNow() - age;
        data.add(spec);
    }

    // Adds apps without builds, and lets the watch read them too.
    void addApps(const std::vector<std::string>& others) {
        std::vector<std::string> apps = others;
        apps.insert(apps.begin(), mock::sample::applicationId);
        for (const std::string& other : others) server.accounts().addApp(other);
        server.accounts().addOrganization("both-id", "both", apps);
        server.accounts().addServiceAccount(mock::sample::appToken, "both-id");
        options.selection.connection.organization = "both";
        options.selection.connection.applications = apps;
    }

    static mock::Matcher isForApp(const std::string& app) {
        return [app](const mock::RecordedRequest& request) { return request.path.find(app) != std::string::npos; };
    }

    // Waits until the output has this many overviews. Runs timers that are due, without letting time pass.
    [[nodiscard]] bool hasOverviews(std::size_t count) {
        const auto deadline = std::chrono::steady_clock::now() + 60s;
        while (overviewCount(output->text()) < count && std::chrono::steady_clock::now() < deadline) {
            std::this_thread::sleep_for(2ms);
            clock->advance(0ms);
        }
        return overviewCount(output->text()) == count;
    }

    static std::size_t overviewCount(const std::string& text) {
        std::size_t count = 0;
        for (const std::string_view mark : {"P50/P90\n", R"({"schema":)"}) {
            for (auto begin = text.find(mark); begin != std::string::npos; begin = text.find(mark, begin + 1)) ++count;
        }
        return count;
    }

    static mock::ScriptedResponse responseThatNeverArrives() {
        mock::ScriptedResponse response = mock::ok("{}");
        response.delay = 1h;
        return response;
    }

    void begin() {
        output.emplace(STDOUT_FILENO, (folder.path() / "output").string());
        errors.emplace(STDERR_FILENO, (folder.path() / "errors").string());
        watch = std::async(std::launch::async, [this] { return overview(options); });
    }

    // Lets time pass until the output contains the text.
    [[nodiscard]] bool outputEventuallyContains(const std::string& text) {
        constexpr int attempts = 4'000;
        for (int i = 0; i < attempts && output->text().find(text) == std::string::npos; ++i) {
            std::this_thread::sleep_for(5ms);
            clock->advance(100ms);
        }
        return output->text().find(text) != std::string::npos;
    }

    // Lets time pass until the watch ends. Returns the output.
    [[nodiscard]] std::string finish() {
        while (watch.wait_for(1ms) != std::future_status::ready) clock->advance(1s);
        code = watch.get();
        errorText = errors->text();
        errors.reset();
        std::string text = output->text();
        output.reset();
        if (HasFailure()) std::cerr << text;  // contains what GoogleTest printed meanwhile
        return text;
    }

    // Runs each step after an overview, and then lets the interval pass. Ends the watch by a revoked token.
    [[nodiscard]] std::string outputAfterSteps(std::vector<std::function<void()>> steps) {
        steps.emplace_back([this] { server.accounts().revoke(mock::sample::appToken); });
        begin();
        std::size_t count = 0;
        for (const auto& step : steps) {
            EXPECT_TRUE(hasOverviews(++count));
            requests.push_back(server.requestCount());
            step();
            clock->advance(pause.value_or(options.interval));
        }
        (void)hasOverviews(++count);
        return finish();
    }

    // Returns the first row of each table.
    static std::vector<std::string> firstRowsOf(const std::string& text) {
        std::vector<std::string> rows;
        constexpr std::string_view lastColumn = "P50/P90\n";
        for (auto header = text.find(lastColumn); header != std::string::npos;
             header = text.find(lastColumn, header + 1)) {
            const std::size_t row = header + lastColumn.size();
            rows.push_back(text.substr(row, text.find('\n', row) - row));
        }
        return rows;
    }

    mock::TemporaryDirectory folder;
    mock::MockServer server;
    mock::BuildData& data;
    const std::shared_ptr<VirtualClock> clock = std::make_shared<VirtualClock>(VirtualClock::Passing::byHand);
    OverviewOptions options;
    std::optional<std::chrono::milliseconds> pause;  // after each step; absent: the interval
    std::optional<Redirection> output;
    std::optional<Redirection> errors;
    std::future<ExitCode> watch;
    std::vector<std::size_t> requests;  // number of requests after each refresh
    ExitCode code = ExitCode::other;
    std::string errorText;  // of the whole watch
};

TEST_F(OverviewWatch, SeesABuildFinish) {
    addBuild("old", "processed", 3h, 10);
    addBuild("new", "pending", 5min);
    const auto end = clock->wallNow() - 5min + 20s;
    const auto process = [end](const mock::MockBuild& build) { return mock::processed(build, end); };
    const std::string text = outputAfterSteps({[] {}, [&] { data.change("new", process); }});
    const auto rows = firstRowsOf(text);
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_EQ(rows[0], "ios  new (1)  pending 5m  3h old (1)  1 for 5m  0/2     10/10");
    EXPECT_EQ(rows[1], "ios  new (1)  pending 6m  3h old (1)  1 for 6m  0/2     10/10");
    EXPECT_EQ(rows[2], "ios  new (1)  processed 7m  7m new (1)  -        0/2     10/20");
    EXPECT_EQ(rows[3].find("numbers from 2023-11-14T22:15:20Z, not read since: "), 0U) << rows[3];
    EXPECT_NE(text.find("\nios  new (1)  processed 8m  8m new (1)  -        0/2     10/20\n"), std::string::npos)
        << text;
    EXPECT_EQ(requests, (std::vector<std::size_t>{1, 2, 3}));
}

TEST_F(OverviewWatch, CountsARepeatedBuildOnce) {
    for (int i = 0; i < 20; ++i) addBuild("b" + std::to_string(i), i % 4 == 0 ? "error" : "processed", 20min - i * 10s);
    const auto rows = firstRowsOf(outputAfterSteps({[] {}, [this] { addBuild("late", "error", 0s); }, [] {}}));
    ASSERT_EQ(rows.size(), 5U);
    EXPECT_NE(rows[1].find("5/20 "), std::string::npos) << rows[1];
    EXPECT_NE(rows[2].find("6/21 "), std::string::npos) << rows[2];
    EXPECT_NE(rows[3].find("6/21 "), std::string::npos) << rows[3];
}

TEST_F(OverviewWatch, RequestsOnlyChangeableBuilds) {
    for (int i = 0; i < 500; ++i) {
        addBuild("b" + std::to_string(i), i == 350 ? "in_progress" : "processed", 24h - i * 2min);
    }
    const std::string text = outputAfterSteps({[] {}, [this] { data.setStatus("b350", "error"); }, [] {}, [] {}});
    const auto rows = firstRowsOf(text);
    ASSERT_EQ(rows.size(), 6U);
    EXPECT_NE(rows[1].find("0/500 "), std::string::npos) << rows[1];
    EXPECT_NE(rows[3].find("1/500 "), std::string::npos) << rows[3];
    ASSERT_EQ(requests.size(), 5U);
    EXPECT_EQ(requests[0], 5U) << "all pages";
    EXPECT_EQ(requests[1] - requests[0], 3U) << "as far as the build that is in progress, and the page that ends it";
    EXPECT_EQ(requests[4] - requests[3], 2U) << "the newest, and the page that ends it";
}

TEST_F(OverviewWatch, RequestsABuildWithoutATimeAgain) {
    addBuild("dated", "processed", 1h);
    data.addJson(R"({"id":"undated","status":"pending","os":"ios"})");
    const auto rows = firstRowsOf(outputAfterSteps({[this] { data.setStatus("undated", "error"); }}));
    EXPECT_NE(rows.at(0).find("1 for ?"), std::string::npos) << rows[0];
    EXPECT_NE(rows.at(1).find("1/2 "), std::string::npos) << rows[1];
}

TEST_F(OverviewWatch, CountsABuildOutOfOrderOnce) {
    addBuild("older", "pending", 2h);
    addBuild("newer", "processed", 1h);
    addBuild("oldest", "processed", 3h);  // older than both
    const auto rows = firstRowsOf(outputAfterSteps({[this] { data.setStatus("older", "error"); }}));
    EXPECT_NE(rows.at(0).find("0/3 "), std::string::npos) << rows[0];
    EXPECT_NE(rows.at(1).find("1/3 "), std::string::npos) << rows[1];
}

TEST_F(OverviewWatch, ShowsTheAgesAtEachRefresh) {
    addBuild("b1", "processed", 1h);
    options.interval = 48h;
    const auto rows = firstRowsOf(outputAfterSteps({[] {}, [this] { addBuild("b2", "processed", 0s); }}));
    EXPECT_EQ(rows.at(1).find("ios  b1 (1)  processed 2d"), 0U) << rows[1];
    EXPECT_EQ(rows.at(2).find("ios  b2 (1)  processed 2d"), 0U) << rows[2];
}

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
    EXPECT_EQ(errorText.find("Forbidden"), errorText.rfind("Forbidden")) << errorText;
}

TEST_F(OverviewWatch, NamesTheTimeOfOldNumbers) {
    addApps({"other"});
    addBuild("b1", "processed", 1h);
    const auto fail = [&] {
        server.enqueueIf(isForApp(mock::sample::applicationId), mock::apiError(403, 4003, "Forbidden"), 2);
    };
    const std::string text = outputAfterSteps({[] {}, fail, [] {}, [] {}});
    EXPECT_EQ(text.find("numbers from "), text.find("numbers from 2023-11-14T22:14:20Z, not read since: page 1: "));
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
    server.enqueueIf(isForApp("other"), responseThatNeverArrives(), 100);
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

TEST_F(OverviewWatch, LimitsTheTimeOfAnAppThatHangs) {
    addApps({"other"});
    addBuild("b1", "pending", 1h);
    options.interval = 20s;  // shorter than the time limit, so that the next refresh prints the failure
    server.enqueueIf(isForApp("other"), responseThatNeverArrives(), 100);
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
    EXPECT_EQ(code, ExitCode::credentials) << "a token that is revoked ends it";
    EXPECT_EQ(errorText.find("refresh every"), std::string::npos) << errorText;
}

// The second timer of the watch is for the next refresh, after 60 s.
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
    // At 10,000 requests an hour, 7 requests need 2.5 s.
    pause = 3s;
    (void)outputAfterSteps({[] {}, [] {}, [] {}});
    EXPECT_NE(errorText.find("refresh every 3s, not 1s: the service allows 10,000 requests an hour"), std::string::npos)
        << errorText;
    EXPECT_EQ(errorText.find("refresh every"), errorText.rfind("refresh every")) << errorText;
}

TEST_F(OverviewWatch, WritesAJsonDocumentEachTime) {
    addBuild("b1", "processed", 1h);
    options.format = Format::json;
    const std::string text = outputAfterSteps({[] {}});
    EXPECT_EQ(text.find(R"({"schema":"applivery.overview/1","at":"2023-11-14T22:13:20.000Z")"), 0U) << text;
    EXPECT_NE(text.find(R"({"schema":"applivery.overview/1","at":"2023-11-14T22:14:20.000Z")"), std::string::npos);
}

TEST_F(OverviewWatch, WritesOneLineOfJsonForEachRefresh) {
    addApps({"other"});
    addBuild("b1", "processed", 1h);
    options.format = Format::ndjson;
    const std::string text = outputAfterSteps({[] {}, [] {}});
    std::istringstream lines(text);
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
        EXPECT_EQ(nlohmann::json::parse(line).at("schema"), "applivery.overview/1");
    }
    EXPECT_EQ(count, 4U) << text;
}

}  // namespace
}  // namespace applivery::program
