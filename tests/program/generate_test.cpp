/// @file
/// `applivery-builds generate`: the man page and the completions of shells.
#include "mock_server/temporary_directory.hpp"
#include "program/program_test.hpp"

#include <fstream>
#include <sstream>
#include <string>

namespace applivery {
namespace {

using test::Outcome;
using test::program;
using test::shell;

TEST(Generate, NamesEachOptionInTheManPageAndTheCompletions) {
    for (const char* what : {"man", "bash", "zsh", "fish"}) {
        const Outcome outcome = shell(program + " generate " + what);
        EXPECT_EQ(outcome.code, 0);
        for (const char* name : {"find.*timeout", "token.*file", "latest"}) {
            EXPECT_EQ(shell(program + " generate " + what + " | grep -c \"" + name + "\" >/dev/null").code, 0)
                << what << ' ' << name;
        }
    }
    EXPECT_EQ(shell(program + " generate bash | bash -n").code, 0);
}

// Returns the line of a completion script for this option of the command `list`.
std::string lineOf(const std::string& what, const std::string& option) {
    std::istringstream script(shell(program + " generate " + what).text);
    const std::string command = what == "zsh" ? "        list) _arguments" : "'__fish_seen_subcommand_from list'";
    const std::string name = what == "zsh" ? "'--" + option + '[' : " -l " + option + ' ';
    bool isInCommand = false;
    for (std::string line; std::getline(script, line);) {
        isInCommand = line.find(command) != std::string::npos || (what == "zsh" && isInCommand);
        if (isInCommand && line.find(name) != std::string::npos) return line;
    }
    return "";
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

class BashCompletion : public testing::Test {
protected:
    BashCompletion() { std::ofstream(file("token.txt")); }

    [[nodiscard]] std::string file(const char* name) const { return (folder_.path() / name).string(); }

    /// Returns the completions of the word after these words, one per line.
    [[nodiscard]] std::string completionsAfter(const std::string& words, const std::string& previous) const {
        std::ofstream(file("complete.sh")) << "cd " << folder_.path().string() << "\neval \"$(" << program
                                           << " generate bash)\"\nCOMP_WORDS=(applivery-builds " << words
                                           << " '')\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n"
                                           << "_applivery_builds applivery-builds '' " << previous
                                           << "\nprintf '%s\\n' \"${COMPREPLY[@]}\" | LC_ALL=C sort\n";
        return shell("bash " + file("complete.sh")).text;
    }

private:
    mock::TemporaryDirectory folder_;
};

TEST_F(BashCompletion, OffersFilesForAFileOption) {
    for (const char* option : {"--token-file", "--apps-file", "--record", "-O"}) {
        EXPECT_EQ(completionsAfter(std::string("list ") + option, option), "complete.sh\ntoken.txt\n") << option;
    }
}

TEST_F(BashCompletion, OffersNothingForAValueOption) {
    for (const char* option : {"--branch", "--since", "-o"}) {
        EXPECT_EQ(completionsAfter(std::string("list ") + option, option), "\n") << option;
    }
}

TEST_F(BashCompletion, OffersOptionsAfterAFlag) {
    const std::string words = completionsAfter("list --all", "--all");
    EXPECT_TRUE(contains(words, "--branch\n")) << words;
    EXPECT_FALSE(contains(words, "token.txt")) << words;
    EXPECT_FALSE(contains(words, "--build-id")) << words;
}

TEST_F(BashCompletion, OffersTheCommandsFirst) {
    const std::string words = completionsAfter("", "applivery-builds");
    EXPECT_TRUE(contains(words, "overview\n")) << words;
    EXPECT_FALSE(contains(words, "generate")) << words;
}

TEST(ZshCompletion, OffersFilesOnlyForAFileOption) {
    EXPECT_TRUE(contains(lineOf("zsh", "token-file"), "]:file:_files'")) << lineOf("zsh", "token-file");
    EXPECT_TRUE(contains(lineOf("zsh", "branch"), "]:value:'")) << lineOf("zsh", "branch");
    EXPECT_TRUE(contains(lineOf("zsh", "all"), "]'")) << lineOf("zsh", "all");
}

TEST(FishCompletion, OffersFilesOnlyForAFileOption) {
    EXPECT_TRUE(contains(lineOf("fish", "token-file"), " -l token-file -r -F -d ")) << lineOf("fish", "token-file");
    EXPECT_TRUE(contains(lineOf("fish", "branch"), " -l branch -x -d ")) << lineOf("fish", "branch");
    EXPECT_TRUE(contains(lineOf("fish", "all"), " -l all -d ")) << lineOf("fish", "all");
}

}  // namespace
}  // namespace applivery
