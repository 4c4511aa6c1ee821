/// @file
/// The program's names in messages of the library.
#include "program/option_names.hpp"

#include "program/program_test.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

namespace applivery {
namespace {

using test::Outcome;
using test::shell;

// Members in messages that the program cannot cause, because it does not set them.
const std::set<std::string> unsetMembers{"ClientOptions::connectTimeout", "ClientOptions::executor",
                                         "ClientOptions::maxConnections", "ClientOptions::maxRequestsPerSecond",
                                         "ClientOptions::requestTimeout", "ClientOptions::userAgentSuffix",
                                         "HttpRequest::onStart",          "RetryPolicy::custom",
                                         "RetryPolicy::initialDelay",     "RetryPolicy::maxAttempts",
                                         "RetryPolicy::maxDelay",         "RetryPolicy::multiplier",
                                         "RetryPolicy::random",           "WaitOptions::maxDelay",
                                         "WaitOptions::minDelay",         "WaitOptions::onEvent",
                                         "WaitOptions::random",           "WalkOptions::appsAtOnce",
                                         "WalkOptions::prefetch"};

// Returns all string literals of the library's sources, one per line.
std::string textsOfTheLibrary() {
    std::string texts;
    const std::filesystem::path sources(APPLIVERY_PROGRAM_TESTS_DIR "/../../src/library");
    const std::regex literal(R"re("((?:[^"\\\n]|\\.)*)")re");
    const std::regex seam("\"\\s*\n\\s*\"");  // between the parts of a literal
    for (const auto& entry : std::filesystem::recursive_directory_iterator(sources)) {
        if (entry.path().extension() != ".cpp") continue;
        std::ifstream file(entry.path());
        const std::string source =
            std::regex_replace(std::string(std::istreambuf_iterator<char>(file), {}), seam, std::string());
        for (std::sregex_iterator found(source.begin(), source.end(), literal), end; found != end; ++found) {
            texts += (*found)[1].str() + '\n';
        }
    }
    return texts;
}

TEST(OptionNames, ReplaceEachMemberInTheTextsOfTheLibrary) {
    const std::string texts = program::withOptionNames(textsOfTheLibrary(), {});
    EXPECT_NE(texts.find("--base-url"), std::string::npos);
    const std::regex member("[A-Z][A-Za-z]+::[a-z][A-Za-z]+");
    for (std::sregex_iterator found(texts.begin(), texts.end(), member), end; found != end; ++found) {
        EXPECT_EQ(unsetMembers.count(found->str()), 1U) << found->str();
    }
}

TEST(OptionNames, FollowTheSourceOfTheUrl) {
    const auto messageOf = [](const std::string& variables, const std::string& arguments) {
        return shell("APPLIVERY_APP_TOKEN=x " + variables + ' ' + test::program + ' ' + arguments).text;
    };
    const std::string problem = " would send the token unencrypted to a.test. Use https.\n";
    EXPECT_EQ(messageOf("", "list --base-url http://a.test"), "applivery-builds: --base-url" + problem);
    EXPECT_EQ(messageOf("APPLIVERY_BASE_URL=http://a.test", "list"), "applivery-builds: APPLIVERY_BASE_URL" + problem);
    EXPECT_EQ(messageOf("APPLIVERY_BASE_URL=b", "list --base-url http://a.test"),
              "applivery-builds: --base-url" + problem);
    EXPECT_EQ(messageOf("APPLIVERY_TENANT=a/b", "list"),
              "applivery-builds: APPLIVERY_TENANT is not a DNS label or a domain. Set it to a name such as acme or "
              "acme.example.\n");
}

TEST(OptionNames, AppearInTheMessagesOfEachCommand) {
    for (const char* command : {"list", "list --all", "latest", "wait --build-id b1", "overview", "report --html -"}) {
        const Outcome outcome = shell("APPLIVERY_APP_TOKEN=x " + test::program + ' ' + command + " --base-url ftp://a");
        EXPECT_EQ(outcome.code, 2) << command;
        EXPECT_NE(outcome.text.find("--base-url must begin with https://"), std::string::npos) << outcome.text;
        EXPECT_EQ(outcome.text.find("ClientOptions"), std::string::npos) << outcome.text;
    }
}

TEST(OptionNames, FollowTheSourceOfAnId) {
    const auto messageOf = [](const std::string& variables, const std::string& arguments) {
        return shell("APPLIVERY_SERVICE_ACCOUNT_TOKEN=x " + variables + ' ' + test::program + " list " + arguments)
            .text;
    };
    EXPECT_EQ(messageOf("", "--organization . --app a"), "applivery-builds: --organization is not an id.\n");
    EXPECT_EQ(messageOf("APPLIVERY_ORGANIZATION_ID=.. APPLIVERY_APPLICATION_ID=a", ""),
              "applivery-builds: APPLIVERY_ORGANIZATION_ID is not an id.\n");
    EXPECT_EQ(messageOf("APPLIVERY_ORGANIZATION_ID=a APPLIVERY_APPLICATION_ID=.", ""),
              "applivery-builds: APPLIVERY_APPLICATION_ID is not an id.\n");
}

TEST(OptionNames, FollowTheSourceOfTheToken) {
    const std::string list = test::program + " list ";
    EXPECT_EQ(
        shell("APPLIVERY_APP_TOKEN=tok\u00e9n " + list).text.find("applivery-builds: APPLIVERY_APP_TOKEN contains "),
        0U);
    EXPECT_EQ(shell("printf tok\u00e9n | " + list + "--token-file -")
                  .text.find("applivery-builds: the file of --token-file contains "),
              0U);
}

TEST(OptionNames, ReplaceParametersOfTheFilter) {
    EXPECT_EQ(shell("APPLIVERY_APP_TOKEN=x " + test::program + " list --param page=2").text,
              "applivery-builds: --param contains \"page\". Use the option for this parameter.\n");
}

TEST(OptionNames, AppearInTheLog) {
    const std::string text = shell("APPLIVERY_APP_TOKEN=x " + test::program +
                                   " wait --build-id b1 --timeout 0 --verbose --base-url "
                                   "http://127.0.0.1:1")
                                 .text;
    EXPECT_EQ(text.find("ClientOptions"), std::string::npos) << text;
}

TEST(ConnectionFailure, NamesTheProxyVariablesIfOneIsSet) {
    const Outcome outcome = shell("APPLIVERY_APP_TOKEN=x https_proxy=http://127.0.0.1:2 " + test::program +
                                  " wait --build-id b1 --timeout 0");
    EXPECT_NE(outcome.text.find("Check the network and the proxy variables, then try again."), std::string::npos)
        << outcome.text;
}

TEST(ConnectionFailure, NamesHostAndPort) {
    const Outcome outcome = shell("APPLIVERY_APP_TOKEN=x " + test::program +
                                  " wait --build-id b1 --timeout 0 --base-url http://127.0.0.1:1");
    EXPECT_EQ(outcome.code, 6);
    EXPECT_NE(outcome.text.find("GET /v1/integrations/builds from 127.0.0.1:1: Could"), std::string::npos)
        << outcome.text;
}

}  // namespace
}  // namespace applivery
