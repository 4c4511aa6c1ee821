/// @file
/// Runs the CI recipes against the mock server, with the shells of the CI systems.
#include "mock_server/mock_server.hpp"
#include "program_test.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <string>

namespace applivery {
namespace {

namespace sample = mock::sample;

struct Recipe {
    const char* file;
    const char* shell;
    const char* environment = "CI=true";  ///< That the CI system sets.
};

class CiRecipe : public testing::TestWithParam<Recipe> {
protected:
    /// Runs the job for a build in this state, in its own folder.
    [[nodiscard]] test::Outcome run(const char* status, const char* timeout = "30m") {
        const mock::MockBuild build = mock::withStatus(mock::demoBuilds().front(), status);
        sample::addTo(server_, {build});
        return test::shell("cd " + folder_.path().string() + " && export APPLIVERY_APP_TOKEN=" + sample::appToken +
                           " APPLIVERY_BASE_URL=" + server_.baseUrl() + " APPLIVERY_BUILD_ID=" + build.id + ' ' +
                           GetParam().environment + " && python3 " APPLIVERY_PROGRAM_TESTS_DIR "/ci_recipes.py " +
                           APPLIVERY_RECIPES_DIR "/" + GetParam().file + " \"" + GetParam().shell + "\" " + timeout +
                           ' ' + test::program);
    }

private:
    mock::MockServer server_;
    mock::TemporaryDirectory folder_;
};

// The last step of each recipe prints the status that the first step passed on.

TEST_P(CiRecipe, SucceedsIfTheBuildIsProcessed) {
    const test::Outcome outcome = run("processed");
    EXPECT_EQ(outcome.code, 0) << outcome.text;
    EXPECT_NE(outcome.text.find("\nApplivery: processed\n"), std::string::npos) << outcome.text;
}

TEST_P(CiRecipe, FailsAndPassesTheStatusOnIfTheBuildFailed) {
    const test::Outcome outcome = run("error");
    EXPECT_EQ(outcome.code, 5) << outcome.text;
    EXPECT_NE(outcome.text.find("\nApplivery: error\n"), std::string::npos) << outcome.text;
}

TEST_P(CiRecipe, FailsAndPassesTheStatusOnAfterATimeOut) {
    const test::Outcome outcome = run("in_progress", "1s");
    EXPECT_EQ(outcome.code, 124) << outcome.text;
    EXPECT_NE(outcome.text.find("\nApplivery: in_progress\n"), std::string::npos) << outcome.text;
}

INSTANTIATE_TEST_SUITE_P(Of, CiRecipe,
                         testing::Values(Recipe{"github.yml", "bash -e", "CI=true GITHUB_ACTIONS=true"},
                                         Recipe{"github.yml", "sh -e", "CI=true GITHUB_ACTIONS=true"},
                                         Recipe{"github-action/action.yml", "bash --noprofile --norc -eo pipefail",
                                                "CI=true GITHUB_ACTIONS=true"},
                                         Recipe{"gitlab-ci.yml", "bash -eo pipefail"}, Recipe{"gitlab-ci.yml", "sh -e"},
                                         Recipe{"Jenkinsfile", "sh -xe", "JENKINS_URL=http://ci.example.com"},
                                         Recipe{"azure-pipelines.yml", "bash --noprofile --norc", "TF_BUILD=True"},
                                         Recipe{"bitrise.yml", "bash"}, Recipe{"circleci.yml", "bash -eo pipefail"},
                                         Recipe{"circleci.yml", "sh -e"}, Recipe{"buildkite.yml", "bash -e"},
                                         Recipe{"ci_post_xcodebuild.sh", "sh",
                                                "CI=TRUE CI_XCODEBUILD_ACTION=archive CI_XCODEBUILD_EXIT_CODE=0"},
                                         Recipe{"codemagic.yaml", "sh"}, Recipe{"codemagic.yaml", "bash -e"},
                                         Recipe{"teamcity.kts", "sh", "TEAMCITY_VERSION=2025.11"}),
                         [](const auto& recipe) {
                             std::string name = std::string(recipe.param.file) + '_' + recipe.param.shell;
                             std::replace_if(
                                 name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
                             return name;
                         });

}  // namespace
}  // namespace applivery
