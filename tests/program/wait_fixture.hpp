/// @file
/// `applivery-builds wait` against a mock server, and builds for it.
#pragma once

#include "mock_server/temporary_directory.hpp"
#include "program/program_test.hpp"

#include <string>

namespace applivery::test {

/// A mock server without builds.
class WaitCommand : public ListCommand {
protected:
    WaitCommand() { data.assign({}); }

    /// Adds a build. @param members of its JSON object.
    void addBuild(const std::string& members) { data.addJson('{' + members + '}'); }

    /// Returns a command line of `wait` that detects no CI system.
    [[nodiscard]] std::string waitFor(const std::string& arguments,
                                      const std::string& token = mock::sample::appToken) const {
        return "APPLIVERY_APP_TOKEN=" + token + " GITHUB_ACTIONS= TF_BUILD= " + program + " wait --base-url " +
               server.baseUrl() + ' ' + arguments;
    }

    [[nodiscard]] std::string file(const char* name) const { return (folder.path() / name).string(); }

    mock::TemporaryDirectory folder;
};

inline constexpr const char* processed =
    R"("id":"b1","status":"processed","versionName":"2.4.0","versionCode":"7","os":"ios")";
inline constexpr const char* pending = R"("id":"b1","status":"pending","versionName":"2.4.0")";
inline constexpr const char* hostileFailure =
    R"("id":"b1","status":"error","errorCode":"50;07]","versionName":"2\u001b[31m\n::error::a",)"
    R"("error":"##vso[task.x]##[error]\n::set-output name=a::b <b>|`$(id)` applivery_0")";

}  // namespace applivery::test
