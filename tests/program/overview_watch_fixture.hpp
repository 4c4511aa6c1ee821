/// @file
/// `applivery-builds overview --watch` in this process, in virtual time, against a mock server.
#pragma once

#include "mock_server/mock_server.hpp"
#include "mock_server/sample_workspace.hpp"
#include "mock_server/temporary_directory.hpp"
#include "program/overview/overview_command.hpp"
#include "support/gtest_names.hpp"

#include <applivery/testing/virtual_clock.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
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

/// Redirects a stream of this process to a file until destroyed.
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

/// Runs a watch on a thread. Time passes only between the steps of a test.
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

    /// Adds a build whose version name is its id.
    void addBuild(const std::string& id, const std::string& status, std::chrono::seconds age, int processTime = 37) {
        mock::BuildSpec spec;
        spec.id = id;
        spec.status = status;
        spec.versionName = id;
        spec.processTime = processTime;
        spec.createdAt = clock->wallNow() - age;
        data.add(spec);
    }

    /// Adds apps without builds. The watch then reads these apps too.
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

    /// Waits until the output has this many overviews. Runs the timers that are due, but does not advance the clock.
    [[nodiscard]] bool hasOverviews(std::size_t count) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{60};
        while (overviewCount(output->text()) < count && std::chrono::steady_clock::now() < deadline) {
            std::this_thread::sleep_for(std::chrono::milliseconds{2});
            clock->advance(std::chrono::milliseconds{0});
        }
        return overviewCount(output->text()) == count;
    }

    static std::size_t countOf(const std::string& text, std::string_view part) {
        std::size_t count = 0;
        for (auto begin = text.find(part); begin != std::string::npos; begin = text.find(part, begin + 1)) ++count;
        return count;
    }

    /// Returns the number of tables and JSON documents in the output.
    static std::size_t overviewCount(const std::string& text) {
        return countOf(text, "P50/P90\n") + countOf(text, R"({"schema":)");
    }

    void begin() {
        output.emplace(STDOUT_FILENO, (folder.path() / "output").string());
        errors.emplace(STDERR_FILENO, (folder.path() / "errors").string());
        watch = std::async(std::launch::async, [this] { return overview(options); });
    }

    /// Advances the clock until the output contains the text.
    [[nodiscard]] bool outputEventuallyContains(const std::string& text) {
        constexpr int attempts = 4'000;
        for (int i = 0; i < attempts && output->text().find(text) == std::string::npos; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds{5});
            clock->advance(std::chrono::milliseconds{100});
        }
        return output->text().find(text) != std::string::npos;
    }

    /// Advances the clock until the watch ends. Returns the output.
    [[nodiscard]] std::string finish() {
        while (watch.wait_for(std::chrono::milliseconds{1}) != std::future_status::ready)
            clock->advance(std::chrono::seconds{1});
        code = watch.get();
        errorText = errors->text();
        errors.reset();
        std::string text = output->text();
        output.reset();
        if (HasFailure()) std::cerr << text;  // contains what GoogleTest printed meanwhile
        return text;
    }

    /// Runs each step after an overview, and then advances the clock by the interval. Ends the watch by a revoked
    /// token.
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

    /// Returns the first row of each table.
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

}  // namespace applivery::program
