/// @file
/// The transcripts and commands of the guide page program.md.
#include "program/guide_transcript.hpp"

namespace applivery {
namespace {

namespace sample = mock::sample;

using test::blockWith;
using test::Terminal;

const std::string programPage = "program.md";

class ProgramTranscript : public test::GuideTranscript {
protected:
    /// Adds a build in progress. The second request changes its status to processed.
    void addBuildInProgress() {
        mock::BuildSpec spec;
        spec.id = "6731f0aa1b2c3d4e5f607181";
        spec.versionName = "2.5.0";
        spec.versionCode = "1043";
        spec.status = "in_progress";
        mock::BuildData& builds = sample::addTo(server_);
        builds.add(spec);
        server_.setHook([&builds, id = spec.id, requests = 0](const mock::RecordedRequest&) mutable {
            if (++requests == 2) builds.setStatus(id, "processed");
            return std::optional<mock::ScriptedResponse>{};
        });
    }
};

const std::string withToken = std::string("APPLIVERY_APP_TOKEN=") + sample::appToken;

TEST_F(ProgramTranscript, ShowsAWaitOnATerminal) {
    addBuildInProgress();
    compare(blockWith(programPage, "$ applivery-builds wait"), withToken + " GITHUB_ACTIONS= TF_BUILD=", Terminal{80});
}

TEST_F(ProgramTranscript, ShowsAWaitInACiJob) {
    addBuildInProgress();
    compare(blockWith(programPage, "$ applivery-builds wait", 2),
            withToken + " GITHUB_ACTIONS=true TF_BUILD= GITHUB_OUTPUT=" + file("output") +
                " GITHUB_STEP_SUMMARY=" + file("summary"));
}

TEST_F(ProgramTranscript, ShowsAnOverview) {
    constexpr int partial = 9;  // exit code if some apps could not be read
    sample::addTo(server_, mock::demoBuilds(std::chrono::system_clock::now() - std::chrono::minutes{3}));
    server_.accounts().addOrganization("acme", "acme-slug", {sample::applicationId});
    server_.accounts().addServiceAccount("account-token", "acme");
    compare(blockWith(programPage, "$ applivery-builds overview"),
            "APPLIVERY_SERVICE_ACCOUNT_TOKEN=account-token APPLIVERY_ORGANIZATION_ID=acme", Terminal{109}, partial);
}

// The page shows no output of these commands. The files and fields that it names must exist.
TEST_F(ProgramTranscript, ShowsCommandsForReports) {
    sample::addTo(server_, mock::demoBuilds(std::chrono::system_clock::now()));
    std::ofstream(file("apps.txt")) << sample::applicationId << '\n';
    const std::string output = " >printed 2>&1";  // in the end, the output of the last command: JSON
    std::vector<std::string> commands{"$ set -e"};
    for (std::string line : blockWith(programPage, "applivery-builds report --html")) {
        line = line.substr(0, line.find(" | jq"));  // the machine may not have jq
        line = std::regex_replace(line, std::regex("/var/lib/prometheus/node-exporter/"), "");
        commands.push_back("$ " + line + output);
    }
    EXPECT_EQ(commands.size(), 6U) << "set -e and the 5 commands of the page";
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
