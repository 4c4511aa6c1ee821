/// @file
/// Hostile text of the service in each output format: it acts nowhere as a command, a formula or markup.
#include "program/program_test.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

namespace applivery {
namespace {

using test::Outcome;
using test::shell;

const std::vector<std::string> hostileTexts{
    "",
    "   ",
    " lead",
    "=1+1",
    "+1",
    "-1",
    "@x",
    " =1",
    "\uFF1D1",
    "\uFF0B1",
    "\u3000=1",
    "\uFEFF=1",
    "\t=1",
    "a;=1",
    "a,b",
    "a\"b",
    "'",
    "a|b",
    "`id`",
    "$(id)",
    "; id",
    "<script>alert(1)</script>",
    "<b>&amp;",
    "\x1b[31mred",
    "\x1b]0;t\x07",
    "\u009B31m",
    "a\nb",
    "a\r\nb",
    "\n::error::x",
    "  ::set-output name=a::b",
    "##vso[task.x]b",
    "##[error]x",
    "%0A::error::",
    "\u202Eevil",
    "\u2028x",
    "e\u0301e\u0301",
    "\u6F22\u5B57",
    "\U0001F468\u200D\U0001F469",
    "../../etc/passwd",
    "--help",
    "[a](javascript:x)",
    "@user #12 www.x.y",
    "EOF\nname<<EOF",
    "\x7f\b",
    "-->",
    "%s%n",
    "a\\",
};

class HostileText : public test::ListCommand {
protected:
    HostileText() {
        data.assign({});
        for (const std::string& text : hostileTexts) data.addJson(build(text).dump());
    }

    static nlohmann::json build(const std::string& text) {
        return {{"id", text},
                {"status", "error"},
                {"versionName", text},
                {"versionCode", text},
                {"os", "ios"},
                {"createdAt", "2030-01-01T00:00:00.000Z"},
                {"error", text},
                {"errorCode", text},
                {"changelog", text},
                {"tags", {text}},
                {"deployer", {{"name", text}, {"info", {{"branch", text}, {"commit", text}, {"tag", text}}}}}};
    }

    // Checks that neither a terminal nor a CI system could interpret a part of the text.
    static void expectInert(const std::string& text, const std::string& what) {
        const auto isControl = [](unsigned char c) { return (c < ' ' && c != '\n' && c != '\r') || c == 0x7F; };
        EXPECT_TRUE(std::none_of(text.begin(), text.end(), isControl)) << what;
        for (const char* command : {"##[", "##vso[", "\u202E", "\u2028", "\u009B", "\n::", "\n  ::"}) {
            EXPECT_EQ(text.find(command), std::string::npos) << what << ": " << command;
        }
    }
};

TEST_F(HostileText, IsInertInEachFormatOfAList) {
    for (const char* format : {"table", "json", "ndjson", "csv", "markdown"}) {
        for (const char* command : {"list", "list --all", "latest"}) {
            const std::string arguments = std::string(command) + " -o " + format;
            const Outcome outcome = shell(run(arguments));
            EXPECT_EQ(outcome.code, 0) << arguments << outcome.text;
            expectInert(outcome.text, arguments);
        }
    }
}

TEST_F(HostileText, IsInertInEachFormatOfTheOtherCommands) {
    for (const char* arguments :
         {"overview -o table", "overview -o json", "overview -o markdown", "report -o json", "report -o csv",
          "report -o openmetrics", "report --html /dev/stdout", "doctor -o table", "doctor -o json"}) {
        const Outcome outcome = shell(run(arguments));
        EXPECT_EQ(outcome.code, 0) << arguments << outcome.text;
        expectInert(outcome.text, arguments);
    }
}

TEST_F(HostileText, IsNoMarkupInAPage) {
    for (const char* arguments : {"report --html /dev/stdout", "list -o markdown", "overview -o markdown"}) {
        const std::string text = shell(run(arguments)).text;
        EXPECT_EQ(text.find("<script>"), std::string::npos) << arguments;
        EXPECT_EQ(text.find("<b>"), std::string::npos) << arguments;
    }
}

TEST_F(HostileText, IsUnchangedInJson) {
    const auto items = nlohmann::json::parse(shell(run("list -o json")).text).at("items");
    ASSERT_EQ(items.size(), hostileTexts.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
        EXPECT_EQ(items[items.size() - 1 - i].at("versionName"), hostileTexts[i]);
    }
}

TEST_F(HostileText, IsNoFormulaInCsv) {
    std::istringstream lines(shell(run("list -o csv --fields versionName")).text);
    std::string line;
    std::getline(lines, line);
    std::size_t rows = 0;
    for (; std::getline(lines, line); ++rows) {
        const std::size_t first = line.find_first_not_of("\" ");
        const bool isFormula = first != std::string::npos && std::string("=+-@").find(line[first]) != std::string::npos;
        EXPECT_FALSE(isFormula) << line;
    }
    EXPECT_EQ(rows, hostileTexts.size());
}

TEST_F(HostileText, IsInertInAWait) {
    const mock::TemporaryDirectory folder;
    const std::string env = (folder.path() / "env").string();
    for (const std::string& text : hostileTexts) {
        data.assign({});
        data.addJson(build(text).dump());
        const Outcome outcome = shell(run("wait --os ios --any-age --timeout 0 --env-file " + env));
        EXPECT_EQ(outcome.code, 5) << text << outcome.text;
        expectInert(outcome.text, text);
        EXPECT_EQ(shell("grep -vcE \"^APPLIVERY_[A-Z_]+=[A-Za-z0-9._+@:/-]*$\" " + env).text, "0\n") << text;
    }
}

}  // namespace
}  // namespace applivery
