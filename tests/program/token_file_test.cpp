/// @file
/// Token files.
#include "mock_server/temporary_directory.hpp"
#include "program/program_test.hpp"

#include <fstream>
#include <utility>

namespace applivery {
namespace {

using test::Outcome;
using test::program;
using test::shell;

class TokenFile : public test::ListCommand {
protected:
    Outcome listWith(const std::string& path) {
        return shell(program + " list --base-url " + server.baseUrl() + " --token-file " + path);
    }

    Outcome listWithText(const std::string& text) {
        const std::string path = (folder.path() / "token").string();
        std::ofstream(path, std::ios::binary) << text;
        return listWith(path);
    }

    mock::TemporaryDirectory folder;
};

TEST_F(TokenFile, IgnoresWhiteSpaceAroundTheToken) {
    const std::string token = mock::sample::appToken;
    for (const std::string& text : {token, token + "\n", "\xEF\xBB\xBF" + token + "\r\n", "  " + token + "\n\n"}) {
        EXPECT_EQ(listWithText(text).code, 0) << text;
    }
}

TEST_F(TokenFile, ExitsWith3WithoutARequestIfItHasNoToken) {
    const std::pair<std::string, const char*> texts[] = {{"", "is empty"},
                                                         {" \n", "is empty"},
                                                         {"one\ntwo\n", "more than one word"},
                                                         {"one\x7F", "a control character"},
                                                         {"ön\u20ac", "not ASCII"},
                                                         {std::string("\xFF\xFEt\0", 4), "UTF-8"}};
    for (const auto& [text, why] : texts) {
        const Outcome outcome = listWithText(text);
        EXPECT_EQ(outcome.code, 3) << outcome.text;
        EXPECT_NE(outcome.text.find(why), std::string::npos) << outcome.text;
    }
    EXPECT_EQ(server.requestCount(), 0U);
}

TEST_F(TokenFile, ExitsWith3IfItIsUnreadable) {
    for (const std::string& path : {folder.path().string(), std::string("/no/such/file"), std::string("/dev/zero")}) {
        const Outcome outcome = listWith(path);
        EXPECT_EQ(outcome.code, 3) << path << ": " << outcome.text;
    }
}

}  // namespace
}  // namespace applivery
