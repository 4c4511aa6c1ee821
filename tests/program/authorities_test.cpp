/// @file
/// The file of certificate authorities of a program that runs on every distribution.
#include "program/authorities.hpp"

#include "mock_server/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace applivery {
namespace {

using program::firstReadableFile;

class Authorities : public ::testing::Test {
protected:
    [[nodiscard]] std::string path(const char* name) const { return (folder.path() / name).string(); }
    [[nodiscard]] std::string write(const char* name, const char* text) const {
        std::ofstream(path(name)) << text;
        return path(name);
    }

    mock::TemporaryDirectory folder;
};

TEST_F(Authorities, AreInTheFirstExistingFile) {
    const std::string first = write("first.pem", "PEM");
    const std::string second = write("second.pem", "PEM");
    EXPECT_EQ(firstReadableFile({path("missing.pem"), first, second}), first);
}

TEST_F(Authorities, AreNotInADirectoryOrAnEmptyFile) {
    std::filesystem::create_directory(path("certs"));
    const std::string file = write("file.pem", "PEM");
    EXPECT_EQ(firstReadableFile({path("certs"), write("empty.pem", ""), file}), file);
}

TEST_F(Authorities, AreUnknownIfNoFileExists) {
    EXPECT_EQ(firstReadableFile({path("missing.pem")}), "");
}

}  // namespace
}  // namespace applivery
