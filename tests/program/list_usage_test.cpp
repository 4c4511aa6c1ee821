/// @file
/// The command line of applivery-builds: invalid options, missing credentials, and the help. No server is needed.
#include "program/program_test.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace applivery {
namespace {

using test::Outcome;
using test::program;
using test::shell;

TEST(ListUsage, RefusesAnOptionOfWhiteSpaceAlone) {
    for (const char* option :
         {"list --version-name", "list --branch", "list --commit", "list --tag", "list --organization", "list --app",
          "list --base-url", "list --token-file", "list --apps-file", "list --record", "list -O", "report --html",
          "wait --build-id", "wait --version-code", "wait --build-number", "wait --env-file"}) {
        const Outcome outcome = shell(program + ' ' + option + " \" \t\"");
        EXPECT_EQ(outcome.code, 2) << option;
        EXPECT_NE(outcome.text.find("is empty; check that its variable is set"), std::string::npos) << outcome.text;
    }
}

TEST(ListUsage, RefusesAValueOfAFlag) {
    for (const std::string flag : {"list --all", "list --verbose", "list --no-color", "wait --any-age",
                                   "overview --watch", "doctor --probe", "doctor --yes"}) {
        const Outcome outcome = shell(program + ' ' + flag + "=false");
        EXPECT_EQ(outcome.code, 2) << flag;
        EXPECT_NE(outcome.text.find("takes no value"), std::string::npos) << outcome.text;
    }
}

TEST(ListUsage, OffersSeveralAppsOnlyIfTheCommandTakesThem) {
    for (const auto& [command, takesSeveral] :
         {std::pair{"list", true}, std::pair{"overview", true}, std::pair{"report", true}, std::pair{"latest", false},
          std::pair{"wait", false}, std::pair{"doctor", false}}) {
        const std::string help = shell(program + ' ' + command + " --help").text;
        EXPECT_EQ(help.find("repeat it for several apps") != std::string::npos, takesSeveral) << command;
    }
}

TEST(ListUsage, ReportsAFullDiskForTheHelp) {
    EXPECT_EQ(shell(program + " --help > /dev/full").code, 1);
}

TEST(ListUsage, ExitsWith3WithoutCredentials) {
    EXPECT_EQ(shell(program + " list").code, 3);
}

TEST(ListUsage, ExitsWith2ForInvalidInput) {
    for (const char* arguments :
         {"", "list --page 0", "list --limit 0", "list --limit x", "list --os beos", "frob", "list --param x",
          "list --no-such-option", "list --all --page 2", "list --since yesterday", "list --since 20241111",
          "list --since 9999-12-31", "list --since 2024-02-31", "list --token-file \"\"", "list -O \"\"",
          "list --app a --app b"}) {
        EXPECT_EQ(shell(program + ' ' + arguments).code, 2) << arguments;
    }
}

TEST(ListUsage, PrintsNoMisplacedToken) {
    for (const char* arguments :
         {"list --token=tok-5566", "list --token tok-5566", "list tok-5566", "list --token-file tok-5566"}) {
        const Outcome outcome = shell(program + ' ' + arguments);
        EXPECT_NE(outcome.code, 0);
        EXPECT_EQ(outcome.text.find("5566"), std::string::npos) << outcome.text;
    }
    EXPECT_NE(shell(program + " list --token x").text.find("--token-file"), std::string::npos);
}

TEST(ListUsage, ExitsWith3ForIncompleteCredentials) {
    for (const char* arguments : {"list --app shop", "list --organization acme", "list --all --app a --app b"}) {
        EXPECT_EQ(shell(program + ' ' + arguments).code, 3) << arguments;
        EXPECT_EQ(shell("export APPLIVERY_SERVICE_ACCOUNT_TOKEN=x; " + program + ' ' + arguments).code, 3) << arguments;
    }
}

TEST(ListUsage, SuggestsTheNearestText) {
    EXPECT_NE(shell(program + " list --status proccessed").text.find("did you mean processed?"), std::string::npos);
}

TEST(ListUsage, ShowsExamplesAndExitCodesInTheHelp) {
    const Outcome outcome = shell(program + " list --help");
    EXPECT_EQ(outcome.code, 0);
    EXPECT_NE(outcome.text.find("Exit codes:"), std::string::npos);
}

}  // namespace
}  // namespace applivery
