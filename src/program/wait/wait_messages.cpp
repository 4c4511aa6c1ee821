#include "wait/wait_messages.hpp"

#include "text/text_format.hpp"
#include "text/time_text.hpp"

#include <applivery/text.hpp>

#include <fmt/format.h>

#include <chrono>

namespace applivery::program {
namespace {

std::string counted(int number, const char* what) {
    return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

std::string nameIn(const WaitCommandOptions& options, const WaitResult& result) {
    return result.build ? nameOf(*result.build) : nameOf(options.selector);
}

// Whether the last check that was to see the build saw it: the time limit may have cut that check off.
bool isJustSeen(const WaitResult& result) {
    constexpr std::chrono::seconds soon{1};
    return result.elapsed - *result.lastSeenAt < soon;
}

std::string lastSeen(const WaitResult& result) {
    return fmt::format("{} when last seen, after {}", result.build->status.text(), durationText(*result.lastSeenAt));
}

std::string failures(const WaitResult& result) {
    if (result.transientFailures == 0) return "";
    return fmt::format(" ({} of {} checks failed)", result.transientFailures, result.polls);
}

// How far the wait searched, if the build may be further on.
std::string searched(const WaitResult& result) {
    std::string text;
    if (result.build) text += ", " + lastSeen(result);
    if (result.hasUnreadPages) {
        text += fmt::format(", on the newest {}", counted(result.pagesOfFirstCheck, "page"));
        if (result.pagesOfLastCheck != result.pagesOfFirstCheck) {
            text += fmt::format(" at first and {} at last", result.pagesOfLastCheck);
        }
    }
    if (result.buildsOfUnknownAge > 0) {
        text += fmt::format(", except for {} of unknown age", counted(result.buildsOfUnknownAge, "build"));
    }
    return text;
}

std::string searchAdvice(const WaitCommandOptions& options, const WaitResult& result) {
    if (result.buildsOfUnknownAge > 0) return "Name the build with --build-id, or take any with --any-age";
    const bool isTimeout = options.limits.timeout <= options.limits.findTimeout;
    const std::string advice = fmt::format("Look longer with {}", isTimeout ? "--timeout" : "--find-timeout");
    return result.hasUnreadPages ? advice + ", or search fewer builds with --version-name or --os" : advice;
}

// Whatever the service calls the build: a shell takes it for one word.
std::string resumeCommand(const WaitCommandOptions& options, const std::string& id) {
    std::string command = "applivery-builds wait --build-id " + shellQuoted(printable(id));
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) command += fmt::format(" {} {}", name, shellQuoted(value));
    };
    if (options.limits.timeout.count() > 0) add("--timeout", durationText(options.limits.timeout));
    const ConnectionOptions& connection = options.connection;
    add("--token-file", connection.tokenFile);
    add("--organization", connection.organization);
    for (const auto& application : connection.applications) add("--app", application);
    add("--base-url", connection.baseUrl);
    return command;
}

std::string timedOutText(const WaitCommandOptions& options, const WaitResult& result) {
    const std::string took = durationText(result.elapsed);
    if (result.outcome == WaitOutcome::timedOutNotFound) {
        return fmt::format("not in the list after {}{}{}. {}", took, failures(result), searched(result),
                           searchAdvice(options, result));
    }
    const std::string state = isJustSeen(result) ? fmt::format("still {} after {}", result.build->status.text(), took)
                                                 : fmt::format("{}; the wait ended after {}", lastSeen(result), took);
    return fmt::format("{}{}. Resume: {}", state, failures(result), resumeCommand(options, result.build->id));
}

}  // namespace

std::string nameOf(const BuildSelector& selector) {
    std::string name = "build";
    const auto add = [&](const char* what, const std::optional<std::string>& text) {
        if (text) name += fmt::format(" {}{}", what, *text);
    };
    add("", selector.id);
    add("", selector.versionName);
    add("code ", selector.versionCode);
    add("of commit ", selector.commit);
    add("of branch ", selector.branch);
    add("of tag ", selector.tag);
    add("number ", selector.buildNumber);
    if (selector.os) name += fmt::format(" for {}", OpenEnum<Os>(*selector.os).text());
    if (selector.createdSince) name += " since " + timeText(*selector.createdSince);
    return name;
}

std::string nameOf(const Build& build) {
    std::string name = build.versionName.value_or("build");
    if (build.versionCode) name += fmt::format(" ({})", *build.versionCode);
    if (!build.os.text().empty()) name += ' ' + build.os.text();
    return name + ' ' + build.id;
}

bool isStateKnown(const WaitResult& result) {
    return result.lastCheckAt && result.consecutiveFailures == 0;
}

std::string stateOf(const WaitResult& result) {
    const bool isLost = result.build && result.lastCheckAt && *result.lastSeenAt < *result.lastCheckAt;
    if (isStateKnown(result)) return result.build && !isLost ? result.build->status.text() : "not found";
    return result.build ? "without an answer, " + lastSeen(result) : "without an answer";
}

std::string outcomeText(const WaitCommandOptions& options, const WaitResult& result) {
    const std::string name = nameIn(options, result);
    switch (result.outcome) {
        case WaitOutcome::processed:
            return printable(fmt::format("{}: processed after {}", name, durationText(result.elapsed)));
        case WaitOutcome::failed: {
            const std::string why = result.build->error.value_or("the service does not say why");
            const std::string code = result.build->errorCode ? *result.build->errorCode + ' ' : "";
            return printable(fmt::format("{}: failed: {}{}", name, code, why));
        }
        case WaitOutcome::timedOutPending:
        case WaitOutcome::timedOutNotFound:
            return printable(fmt::format("{}: {}", name, timedOutText(options, result)));
        case WaitOutcome::ambiguous: {
            std::string names;
            for (const Build& build : result.candidates) names += (names.empty() ? "" : ", ") + nameOf(build);
            return printable(fmt::format("{}: {} builds match: {}. Say more of it, or its id", name,
                                         result.candidates.size(), names));
        }
        case WaitOutcome::cancelled:
            break;
    }
    return printable(
        fmt::format("{}: given up after {}, when it was {}", name, durationText(result.elapsed), stateOf(result)));
}

std::string noVerdictText(const WaitCommandOptions& options, const WaitResult& result) {
    std::string text = fmt::format("no verdict after {}: {}: ", durationText(result.elapsed), nameIn(options, result));
    if (result.build) {
        text += lastSeen(result) + "; ";
    } else if (result.lastCheckAt) {
        text += fmt::format("not in the list after {}; ", durationText(*result.lastCheckAt));
    }
    if (result.consecutiveFailures > 0) {
        text += fmt::format("the last {} of {} failed: {}", result.consecutiveFailures, counted(result.polls, "check"),
                            result.lastError ? result.lastError->message() : "");
    } else {
        text += fmt::format("the time limit ended the check after {}; allow more with --timeout.",
                            counted(result.pagesOfLastCheck, "page"));
    }
    if (result.build) text += " Resume: " + resumeCommand(options, result.build->id);
    return printable(text);
}

}  // namespace applivery::program
