#include "wait/wait_json.hpp"

#include "list/build_writer.hpp"
#include "option_names.hpp"
#include "text/messages.hpp"
#include "wait/expected_builds.hpp"
#include "wait/wait_messages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

namespace applivery::program {
namespace {

std::string errorMember(const Error& error) {
    return ",\"error\":" + errorJson(error);
}

// Returns the members that the documents of an outcome and of an error have in common.
std::string resultMembers(const WaitResult& result) {
    std::string members = fmt::format(R"(,"elapsedMs":{},"polls":{},"transientFailures":{})", result.elapsed.count(),
                                      result.polls, result.transientFailures);
    if (result.timeToFound) members += fmt::format(R"(,"timeToFoundMs":{})", result.timeToFound->count());
    if (result.lastSeenAt) members += fmt::format(R"(,"lastSeenMs":{})", result.lastSeenAt->count());
    if (result.lastCheckAt) members += fmt::format(R"(,"lastCheckMs":{})", result.lastCheckAt->count());
    members += fmt::format(
        R"(,"consecutiveFailures":{},"pagesOfFirstCheck":{},"pagesOfLastCheck":{},"hasUnreadPages":{})",
        result.consecutiveFailures, result.pagesOfFirstCheck, result.pagesOfLastCheck, result.hasUnreadPages);
    members += fmt::format(R"(,"buildsOfUnknownAge":{})", result.buildsOfUnknownAge);
    if (result.build) members += ",\"build\":" + asJson(*result.build);
    if (!result.candidates.empty()) {
        std::string list;
        for (const Build& build : result.candidates) list += (list.empty() ? "" : ",") + asJson(build);
        members += ",\"candidates\":[" + list + ']';
    }
    return members;
}

// Returns the members of the only build, or a list with those of the builds of `--expect`.
// @param membersOf returns the members of the build at a position.
template <typename MembersOf>
std::string membersOfEach(const WaitCommandOptions& options, const MembersOf& membersOf) {
    if (options.expectedSystems.empty()) return membersOf(0);
    std::string list;
    for (std::size_t i = 0; i < options.expectedSystems.size(); ++i) {
        list += fmt::format(R"({}{{"os":"{}"{}}})", i == 0 ? "" : ",", systemOf(options, i), membersOf(i));
    }
    return ",\"builds\":[" + list + ']';
}

std::string documentOf(const std::string& members) {
    return R"({"schema":"applivery.wait/1")" + members + "}\n";
}

}  // namespace

std::string waitOutcomeJson(const WaitCommandOptions& options, const std::vector<WaitResult>& results,
                            const std::vector<ExitCode>& codes) {
    const auto outcomeMember = [&](std::size_t build) {
        return fmt::format(R"(,"outcome":"{}")",
                           codes[build] == ExitCode::noVerdict ? "noVerdict" : toString(results[build].outcome));
    };
    const auto membersOf = [&](std::size_t build) {
        const WaitResult& result = results[build];
        std::string members = outcomeMember(build);
        if (codes[build] != ExitCode::done && result.lastError) {
            members += errorMember(withOptionNames(*result.lastError, options.connection));
        }
        return members + resultMembers(result);
    };
    std::string commonOutcome;
    if (!options.expectedSystems.empty()) {
        const auto decisive = std::find(codes.begin(), codes.end(), combinedCode(codes)) - codes.begin();
        commonOutcome = outcomeMember(static_cast<std::size_t>(decisive));
    }
    return documentOf(commonOutcome + membersOfEach(options, membersOf));
}

std::string waitFailureJson(const WaitCommandOptions& options, const std::vector<WaitResult>& results,
                            const Error& error) {
    const auto membersOf = [&](std::size_t build) {
        const WaitResult& result = results[build];
        const std::string outcome =
            isSettled(result) ? fmt::format(R"(,"outcome":"{}")", toString(result.outcome)) : "";
        return outcome + resultMembers(result);
    };
    return documentOf(errorMember(error) + membersOfEach(options, membersOf));
}

std::string waitFailureJson(const Error& error) {
    return documentOf(errorMember(error));
}

}  // namespace applivery::program
