/// @file
/// Runs examples/ci/install.sh, which the CI recipes use.
#include "mock_server/temporary_directory.hpp"
#include "support/process.hpp"

#include <gtest/gtest.h>

#include <string>

namespace applivery {
namespace {

/// A folder with the archive of a release. Its program prints a word. Its completions have the name of the program.
class InstallScript : public testing::Test {
protected:
    InstallScript() {
        (void)run(
            "mkdir -p release/share release/bin && echo > release/share/applivery-builds && "
            "printf \"#!/bin/sh\\necho released\\n\" > release/bin/applivery-builds && "
            "chmod +x release/bin/applivery-builds && tar -czf release.tar.gz release/share release/bin");
    }

    /// Runs a script in the folder.
    [[nodiscard]] test::Outcome run(const std::string& script) const {
        return test::runInShell("cd " + folder_.path().string() + " && { " + script + "; }");
    }

    [[nodiscard]] static std::string install() { return "sh " APPLIVERY_RECIPES_DIR "/install.sh bin"; }

    const std::string url_ = "export APPLIVERY_BUILDS_URL=file://$PWD/release.tar.gz; ";
    const std::string checksum_ = "export APPLIVERY_BUILDS_SHA256=$(sha256sum release.tar.gz | cut -c 1-64); ";

private:
    mock::TemporaryDirectory folder_;
};

TEST_F(InstallScript, InstallsTheProgramOfAnArchive) {
    EXPECT_EQ(run(url_ + checksum_ + install() + " && bin/applivery-builds").text, "released\n");
}

TEST_F(InstallScript, RefusesAnArchiveWithAnotherChecksum) {
    const test::Outcome outcome = run(url_ + "export APPLIVERY_BUILDS_SHA256=0; " + install());
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.text.find(", not 0.\n"), std::string::npos) << outcome.text;
    EXPECT_NE(run("test -e bin").code, 0);
}

TEST_F(InstallScript, RefusesAnArchiveWithoutAChecksum) {
    const test::Outcome outcome = run(url_ + install());
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.text.find("APPLIVERY_BUILDS_SHA256 is not set"), std::string::npos) << outcome.text;
}

TEST_F(InstallScript, NamesTheUrlIfTheDownloadFails) {
    const test::Outcome outcome =
        run("export APPLIVERY_BUILDS_URL=file:///none.tar.gz APPLIVERY_BUILDS_SHA256=0; " + install());
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.text.find("could not download file:///none.tar.gz.\n"), std::string::npos) << outcome.text;
}

TEST_F(InstallScript, RefusesAnArchiveWithoutTheProgram) {
    const test::Outcome outcome =
        run("rm release/bin/*; tar -czf release.tar.gz release; " + url_ + checksum_ + install());
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.text.find("does not contain applivery-builds.\n"), std::string::npos) << outcome.text;
}

TEST_F(InstallScript, NamesBothWaysIfNeitherIsSet) {
    const test::Outcome outcome = run(install());
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.text.find("set APPLIVERY_BUILDS_URL or APPLIVERY_BUILDS_SOURCE.\n"), std::string::npos)
        << outcome.text;
}

// The sources of this test are a project with the program as its only target.
TEST_F(InstallScript, BuildsTheProgramIfThereIsNoArchive) {
    const test::Outcome outcome = run(
        "mkdir sources && cd sources && git init -q && printf \"project(p NONE)\\nadd_custom_target(applivery-builds "
        "COMMAND mkdir examples COMMAND cp \\${CMAKE_SOURCE_DIR}/program examples/applivery-builds)\\n\" > "
        "CMakeLists.txt && "
        "printf \"#!/bin/sh\\necho built\\n\" > program && chmod +x program && git add . && "
        "git -c user.name=a -c user.email=a@example.com commit -qm sources && cd .. && "
        "export APPLIVERY_BUILDS_SOURCE=file://$PWD/sources && " +
        install() + " > log 2>&1 && bin/applivery-builds");
    EXPECT_EQ(outcome.text, "built\n");
}

}  // namespace
}  // namespace applivery
