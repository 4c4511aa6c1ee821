/// @file
/// Runs the scripts of the CI recipes against the mock server.
#include "mock_server/mock_server.hpp"
#include "program_test.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <utility>

namespace applivery {
namespace {

namespace sample = mock::sample;

class CiRecipe : public testing::TestWithParam<const char*> {
protected:
    /// Runs the job for a build in this state, in its own folder.
    [[nodiscard]] test::Outcome run(const char* status) {
        const mock::MockBuild build = mock::withStatus(mock::demoBuilds().front(), status);
        sample::addTo(server_, {build});
        return test::shell(
            "cd " + folder_.path().string() + " && python3 " APPLIVERY_PROGRAM_TESTS_DIR "/ci_recipes.py " +
            APPLIVERY_RECIPES_DIR "/" + GetParam() + " > job && envman() { echo \"envman $*\"; } && PATH=" +
            std::filesystem::path(test::program).parent_path().string() +
            ":$PATH && export PATH APPLIVERY_APP_TOKEN=" + sample::appToken +
            " APPLIVERY_BASE_URL=" + server_.baseUrl() + " APPLIVERY_BUILD_ID=" + build.id + " && set -e && . ./job");
    }

private:
    mock::MockServer server_;
    mock::TemporaryDirectory folder_;
};

TEST_P(CiRecipe, SucceedsIfTheBuildIsProcessed) {
    const test::Outcome outcome = run("processed");
    EXPECT_EQ(outcome.code, 0) << outcome.text;
    EXPECT_NE(outcome.text.find(": processed"), std::string::npos) << outcome.text;
}

TEST_P(CiRecipe, FailsIfTheBuildFailed) {
    const test::Outcome outcome = run("error");
    EXPECT_EQ(outcome.code, 5) << outcome.text;
}

INSTANTIATE_TEST_SUITE_P(Of, CiRecipe,
                         testing::Values("github.yml", "gitlab-ci.yml", "Jenkinsfile", "azure-pipelines.yml",
                                         "bitrise.yml"),
                         [](const auto& recipe) {
                             const std::string name = recipe.param;
                             return name.substr(0, name.find_first_of("-."));
                         });

}  // namespace
}  // namespace applivery
