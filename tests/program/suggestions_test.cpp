/// @file
/// Messages about unknown commands, options and fields.
#include "program/program_test.hpp"
#include "program/text/near_names.hpp"

#include <string>
#include <vector>

namespace applivery {
namespace {

using program::nearNames;
using test::Outcome;
using test::shell;

using Names = std::vector<std::string>;

Outcome run(const std::string& arguments) {
    return shell(test::program + ' ' + arguments);
}

TEST(NearNames, FindAnExchangeOfLetters) {
    EXPECT_EQ(nearNames("wiat", {"list", "latest", "wait"}), Names{"wait"});
}

TEST(NearNames, FindTheEndOfAPathInAnyCase) {
    EXPECT_EQ(nearNames("cfbundleversion", {"id", "info.ios.plist.CFBundleVersion"}),
              Names{"info.ios.plist.CFBundleVersion"});
}

TEST(NearNames, FindAPartOfAName) {
    EXPECT_EQ(nearNames("version", {"versionCode", "os"}), Names{"versionCode"});
}

TEST(NearNames, BeginWithTheMostSimilar) {
    EXPECT_EQ(nearNames("status", {"statuses", "state", "statu"}), (Names{"statu", "statuses"}));
}

TEST(NearNames, AreAtMostFour) {
    EXPECT_EQ(nearNames("aaaa", {"aaab", "aaac", "aaad", "aaae", "aaaf"}).size(), 4U);
}

TEST(NearNames, AreAbsentForADissimilarWord) {
    EXPECT_EQ(nearNames("nonsense", {"id", "os", "status", "versionName"}), Names{});
    EXPECT_EQ(nearNames("", {"id"}), Names{});
}

TEST(UnknownCommand, IsNamedWithTheNearestCommand) {
    const Outcome outcome = run("wiat --build-id b1");
    EXPECT_EQ(outcome.code, 2);
    EXPECT_EQ(outcome.text,
              "applivery-builds: \"wiat\" is not a command; did you mean wait? See applivery-builds --help.\n");
}

TEST(UnknownCommand, IsFollowedByAllCommandsIfNoneIsNear) {
    EXPECT_EQ(
        run("frobnicate").text,
        "applivery-builds: \"frobnicate\" is not a command; the commands are list, latest, wait, overview, report, "
        "doctor. See applivery-builds --help.\n");
}

TEST(UnknownCommand, IsNotRepeatedIfItMayBeAToken) {
    const Outcome outcome = run("aB3dE5fG7hI9jK1lM3nO5");
    EXPECT_EQ(outcome.code, 2);
    EXPECT_EQ(outcome.text.find("applivery-builds: the first argument is not a command; "), 0U) << outcome.text;
    EXPECT_EQ(outcome.text.find("aB3dE5"), std::string::npos) << outcome.text;
}

TEST(MissingCommand, IsReportedWithAllCommands) {
    EXPECT_EQ(run("").text.find("applivery-builds: a command is missing; the commands are list, "), 0U);
}

TEST(UnknownOption, IsNamedWithTheNearestOption) {
    EXPECT_EQ(run("list --verison-name 2").text,
              "applivery-builds: there is no option --verison-name; did you mean --version-name? See applivery-builds "
              "list --help.\n");
}

TEST(OptionBeforeTheCommand, IsReportedWithItsCommand) {
    EXPECT_EQ(run("--os ios list").text,
              "applivery-builds: there is no option --os before the command; write it after list. See applivery-builds "
              "list --help.\n");
}

TEST(UnknownField, IsNamedWithTheNearestFields) {
    const Outcome outcome = run("list --fields comit");
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.text.find("\"comit\" is not a field; did you mean deployer.info.commit? --fields help prints all "
                                "fields. See"),
              std::string::npos)
        << outcome.text;
}

TEST(UnknownField, IsNotFollowedByAllFields) {
    const Outcome outcome = run("list --fields nonsense");
    EXPECT_NE(outcome.text.find("\"nonsense\" is not a field; --fields help prints all fields. See"), std::string::npos)
        << outcome.text;
    EXPECT_EQ(outcome.text.find("versionName"), std::string::npos) << outcome.text;
}

TEST(FieldsHelp, PrintsEachFieldOnALine) {
    const Outcome outcome = run("list --fields help");
    EXPECT_EQ(outcome.code, 0);
    EXPECT_NE(outcome.text.find("\ndeployer.info.commit\n"), std::string::npos) << outcome.text;
}

}  // namespace
}  // namespace applivery
