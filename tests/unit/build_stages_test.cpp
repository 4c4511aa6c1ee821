/// @file
/// The fields of a mock build in each status.
#include "mock_server/build_stages.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace applivery::mock {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

MockBuild madeWith(const std::string& status) {
    BuildSpec spec;
    spec.status = status;
    spec.os = "android";
    return makeBuild(spec);
}

// Returns which of the fields that depend on the status a build has.
std::string fieldsOf(const MockBuild& build) {
    std::string fields;
    const json object = json::parse(build.json);
    for (const char* name : {"info", "queuedTime", "processTime"}) {
        if (object.contains(name)) fields += std::string(name) + ' ';
    }
    return fields;
}

TEST(BuildStages, DetermineTheFieldsOfANewBuild) {
    EXPECT_EQ(fieldsOf(madeWith("pending")), "");
    EXPECT_EQ(fieldsOf(madeWith("in_progress")), "queuedTime ");
    EXPECT_EQ(fieldsOf(madeWith("error")), "queuedTime processTime ");
    EXPECT_EQ(fieldsOf(madeWith("processed")), "info queuedTime processTime ");
}

TEST(BuildStages, AddFieldsToAPendingBuild) {
    const MockBuild started = inProgress(madeWith("pending"), newestTime + 3s);
    EXPECT_EQ(fieldsOf(started), "queuedTime ");
    const MockBuild done = processed(started, newestTime + 10s);
    EXPECT_EQ(fieldsOf(done), "info queuedTime processTime ");
    EXPECT_EQ(fieldsOf(failed(started, newestTime + 10s, "broken", "E-1")), "queuedTime processTime ");
    const json object = json::parse(done.json);
    EXPECT_EQ(object.at("queuedTime"), 3);
    EXPECT_EQ(object.at("processTime"), 7);
    EXPECT_EQ(object.at("updatedAt"), isoTime(newestTime + 10s));
    EXPECT_EQ(object.at("info"), json::parse(madeWith("processed").json).at("info"));
}

TEST(BuildStages, KeepTheExistingInfo) {
    const MockBuild done =
        processed(buildFromJson(R"({"id":"b1","status":"pending","info":{"icon":"i"}})"), newestTime);
    EXPECT_EQ(done.json,
              R"({"id":"b1","status":"processed","info":{"icon":"i"},"updatedAt":")" + isoTime(newestTime) + "\"}");
}

TEST(ParseIsoTime, RefusesInvalidAndUnsupportedTimes) {
    EXPECT_EQ(parseIsoTime("2024-11-11T11:27:35.446Z"), newestTime);
    EXPECT_EQ(parseIsoTime("2024-11-11T11:27:35Z"), newestTime - 446ms);
    for (const char* text :
         {"", "2024-11-11", "2024-02-30T11:27:35Z", "2024-11-11T11:27:35", "2024-11-11T11:27:35.4Z",
          "2024-11-11T11:27:35Zulu", "1969-11-11T11:27:35Z", "1970-01-01T00:00:00.-5Z", "9999-12-31T23:59:59Z"})
        EXPECT_EQ(parseIsoTime(text), std::nullopt) << text;
}

}  // namespace
}  // namespace applivery::mock
