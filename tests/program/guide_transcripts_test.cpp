/// @file
/// What the guide shows of the program: each command is run, and must print what stands below it.
#include "mock_server/mock_server.hpp"
#include "program_test.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace applivery {
namespace {

namespace sample = mock::sample;

/// The lines of the first block of the guide of which one begins so.
std::vector<std::string> blockWith(const std::string& beginning, int which = 1) {
    std::ifstream file(APPLIVERY_GUIDE "/program.md");
    std::vector<std::string> block;
    bool isInside = false;
    for (std::string line; std::getline(file, line);) {
        if (line.rfind("```", 0) != 0) {
            block.push_back(line);
            continue;
        }
        const bool isIt = isInside && std::any_of(block.begin(), block.end(), [&](const std::string& text) {
                              return text.rfind(beginning, 0) == 0;
                          });
        if (isIt && --which == 0) return block;
        isInside = !isInside;
        block.clear();
    }
    ADD_FAILURE() << "program.md shows nothing that begins with " << beginning;
    return {};
}

/// With one text for what differs from run to run: times, and what a CI system's output is delimited by.
std::string withoutChance(std::string text) {
    text = std::regex_replace(text, std::regex("applivery_[0-9a-f]{32}"), "applivery_CHANCE");
    text = std::regex_replace(text, std::regex("\\b[0-9]+s\\b"), "TIME");
    return std::regex_replace(text, std::regex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}Z"), "DATE");
}

/// What is left on a terminal in the end, without colours: of a line that was written anew, what came last.
std::vector<std::string> onScreen(const std::string& output) {
    std::vector<std::string> lines;
    std::istringstream stream(std::regex_replace(output, std::regex("\x1b\\[[0-9;]*m"), ""));
    for (std::string line; std::getline(stream, line);) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        constexpr std::string_view anew = "\r\x1b[K";
        const std::size_t last = line.rfind(anew);
        if (last != std::string::npos) line.erase(0, last + anew.size());
        lines.push_back(line);
    }
    return lines;
}

struct Terminal {
    int columns = 0;  ///< None without one.
};

class GuideTranscript : public testing::Test {
protected:
    GuideTranscript() { sample::addTo(server_); }

    /// What the guide shows below its commands, and what they print. They run in a folder of their own.
    void compare(const std::vector<std::string>& block, const std::string& environment, Terminal terminal = {},
                 int code = 0) {
        std::vector<std::string> shown;
        std::ofstream script(file("run"));
        script << "cd " << folder_.path() << "\nexport PATH=" << std::filesystem::path(test::program).parent_path()
               << ":$PATH APPLIVERY_BASE_URL=" << server_.baseUrl() << ' ' << environment << '\n';
        if (terminal.columns > 0) script << "stty cols " << terminal.columns << '\n';
        for (const std::string& line : block) {
            if (line.rfind("$ ", 0) == 0) {
                script << line.substr(2) << '\n';
            } else {
                shown.push_back(withoutChance(line));
            }
        }
        script.close();
        const std::string run = "sh " + file("run");
        const test::Outcome outcome =
            test::shell(terminal.columns > 0 ? "export TERM=xterm; script -qec \"" + run + "\" /dev/null" : run);
        EXPECT_EQ(outcome.code, code) << outcome.text;
        std::vector<std::string> printed = onScreen(outcome.text);
        std::transform(printed.begin(), printed.end(), printed.begin(), withoutChance);
        EXPECT_EQ(printed, shown) << outcome.text;
    }

    /// A build that is processed when it is looked for again.
    void haveAnUploadThatIsProcessed() {
        mock::BuildSpec spec;
        spec.id = "6731f0aa1b2c3d4e5f607181";
        spec.versionName = "2.5.0";
        spec.versionCode = "1043";
        spec.status = "in_progress";
        mock::BuildData& builds = sample::addTo(server_);
        builds.add(spec);
        server_.setHook([&builds, id = spec.id, looks = 0](const mock::RecordedRequest&) mutable {
            if (++looks == 2) builds.setStatus(id, "processed");
            return std::optional<mock::ScriptedAnswer>{};
        });
    }

    [[nodiscard]] std::string file(const char* name) const { return (folder_.path() / name).string(); }

    mock::MockServer server_;
    mock::TemporaryDirectory folder_;
};

const std::string withToken = std::string("APPLIVERY_APP_TOKEN=") + sample::appToken;

TEST_F(GuideTranscript, OfAWaitOnATerminal) {
    haveAnUploadThatIsProcessed();
    compare(blockWith("$ applivery-builds wait"), withToken + " GITHUB_ACTIONS= TF_BUILD=", Terminal{80});
}

TEST_F(GuideTranscript, OfAWaitInAJob) {
    haveAnUploadThatIsProcessed();
    compare(blockWith("$ applivery-builds wait", 2), withToken + " GITHUB_ACTIONS=true TF_BUILD= GITHUB_OUTPUT=" +
                                                         file("output") + " GITHUB_STEP_SUMMARY=" + file("summary"));
}

TEST_F(GuideTranscript, OfAnOverview) {
    sample::addTo(server_, mock::demoBuilds(std::chrono::system_clock::now() - std::chrono::minutes{3}));
    server_.directory().addOrganization("acme", "acme-slug", {sample::applicationId});
    server_.directory().addServiceAccount("account-token", "acme");
    compare(blockWith("$ applivery-builds overview"),
            "APPLIVERY_SERVICE_ACCOUNT_TOKEN=account-token APPLIVERY_ORGANIZATION_ID=acme", Terminal{109}, 9);
}

TEST_F(GuideTranscript, OfReports) {
    sample::addTo(server_, mock::demoBuilds(std::chrono::system_clock::now()));
    std::ofstream(file("apps.txt")) << sample::applicationId << '\n';
    std::vector<std::string> commands{"$ set -e"};
    for (std::string line : blockWith("applivery-builds report --html")) {
        line = line.substr(0, line.find(" | jq"));  // which is another's
        commands.push_back("$ " + std::regex_replace(line, std::regex("/var/lib/prometheus/node-exporter/"), "") +
                           " >printed 2>&1");
    }
    EXPECT_EQ(commands.size(), 5U);
    compare(commands, std::string("APPLIVERY_SERVICE_ACCOUNT_TOKEN=") + sample::serviceAccountToken +
                          " APPLIVERY_ORGANIZATION_ID=" + sample::organizationId +
                          " APPLIVERY_APPLICATION_ID=" + sample::applicationId);
    for (const char* written : {"report.html", "applivery.prom"}) EXPECT_TRUE(std::filesystem::exists(file(written)));
    std::stringstream json;
    json << std::ifstream(file("printed")).rdbuf();
    for (const char* key : {"groups", "os", "processTimeP90"}) {
        EXPECT_NE(json.str().find('"' + std::string(key) + "\":"), std::string::npos) << json.str();
    }
}

}  // namespace
}  // namespace applivery
