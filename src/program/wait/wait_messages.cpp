#include "wait/wait_messages.hpp"

#include "option_names.hpp"
#include "text/text_format.hpp"
#include "text/time_text.hpp"
#include "text/trimmed.hpp"

#include <applivery/text.hpp>

#include <fmt/format.h>

#include <chrono>

namespace applivery::program {
namespace {

// Returns a name for the build that was found, or else for the one that the wait is for.
std::string buildName(const WaitCommandOptions& options, const WaitResult& result) {
    return result.build ? nameOf(*result.build) : nameOf(options.selector);
}

// Returns whether the build was seen just before the end. The time limit may have ended the last check before that.
bool wasSeenAtEnd(const WaitResult& result) {
    constexpr std::chrono::seconds maxAge{1};
    return result.elapsed - *result.lastSeenAt < maxAge;
}

// Returns whether the wait timed out while the build had a status that the library does not list.
bool hasUnknownStatus(const WaitResult& result) {
    return result.outcome == WaitOutcome::timedOutPending && result.build &&
           result.build->status == BuildStatus::unknown;
}

// Returns a text of the service; empty if it is absent or blank.
std::string textOrEmpty(const OptionalText& text) {
    return text ? std::string(trimmed(*text)) : "";
}

// Returns how many checks failed; empty if none did.
std::string failedChecks(const WaitResult& result) {
    if (result.transientFailures == 0) return "";
    return fmt::format(" ({} of {} checks failed)", result.transientFailures, result.polls);
}

// Returns which builds the wait searched: the missing build may be one that it did not.
std::string searchScope(const WaitResult& result) {
    std::string text =
        fmt::format(", on {}{}", result.hasUnreadPages ? "the newest " : "", counted(result.pagesOfFirstCheck, "page"));
    if (result.pagesOfLastCheck != result.pagesOfFirstCheck) {
        text += fmt::format(" in the first check and {} in the last", result.pagesOfLastCheck);
    }
    if (result.build) text += ", " + lastSeen(result);
    if (result.buildsOfUnknownAge > 0) {
        text += fmt::format(", except for {} of unknown age", counted(result.buildsOfUnknownAge, "build"));
    }
    return text;
}

std::string searchAdvice(const WaitCommandOptions& options, const WaitResult& result) {
    if (result.buildsOfUnknownAge > 0)
        return "Select the build with --build-id, or accept builds of any age with --any-age";
    const bool isTimeout = options.limits.timeout <= options.limits.findTimeout;
    const std::string advice = fmt::format("Set a longer {}", isTimeout ? "--timeout" : "--find-timeout");
    return result.hasUnreadPages ? advice + ", or search fewer builds with --version-name or --os" : advice;
}

// Returns a command line that continues the wait. Selects the build by its id, or else like this wait. Quotes the
// values, because the service may send any id.
std::string resumeCommand(const WaitCommandOptions& options, const std::string& id) {
    std::string command = "applivery-builds wait";
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) command += fmt::format(" {} {}", name, shellQuoted(printable(value)));
    };
    const BuildSelector& selector = options.selector;
    if (!trimmed(id).empty()) {
        add("--build-id", id);
    } else {
        add("--version-name", selector.versionName.value_or(""));
        add("--version-code", selector.versionCode.value_or(""));
        add("--commit", selector.commit.value_or(""));
        add("--branch", selector.branch.value_or(""));
        add("--tag", selector.tag.value_or(""));
        add("--build-number", selector.buildNumber.value_or(""));
        if (selector.os) add("--os", std::string(toText(*selector.os)));
        if (selector.createdSince) add("--since", timeText(*selector.createdSince));
        if (selector.anyAge) command += " --any-age";
    }
    if (options.limits.timeout.count() > 0) add("--timeout", durationText(options.limits.timeout));
    const ConnectionOptions& connection = options.connection;
    add("--token-file", connection.tokenFile);
    add("--organization", connection.organization);
    for (const auto& application : connection.applications) add("--app", application);
    add("--base-url", connection.baseUrl);
    return command;
}

std::string timedOutText(const WaitCommandOptions& options, const WaitResult& result) {
    const std::string elapsed = durationText(result.elapsed);
    if (result.outcome == WaitOutcome::timedOutNotFound) {
        return fmt::format("not in the list after {}{}{}. {}", elapsed, failedChecks(result), searchScope(result),
                           searchAdvice(options, result));
    }
    const std::string state = wasSeenAtEnd(result)
                                  ? fmt::format("still {} after {}", statusOf(*result.build), elapsed)
                                  : fmt::format("{}; the wait ended after {}", lastSeen(result), elapsed);
    return fmt::format("{}{}. Resume: {}", state, failedChecks(result), resumeCommand(options, result.build->id));
}

}  // namespace

std::string nameOf(const BuildSelector& selector) {
    std::string name = "build";
    const auto add = [&](const char* prefix, const std::optional<std::string>& text) {
        if (text) name += fmt::format(" {}{}", prefix, *text);
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
    const std::string version = textOrEmpty(build.versionName);
    const std::string code = textOrEmpty(build.versionCode);
    std::string name = version.empty() ? "build" : version;
    if (!code.empty()) name += fmt::format(" ({})", code);
    for (const std::string& part : {build.os.text(), build.id}) {
        if (!part.empty()) name += ' ' + part;
    }
    return name;
}

std::string statusOf(const Build& build) {
    const std::string& text = build.status.text();
    if (text.empty()) return "without a status";
    return build.status == BuildStatus::unknown ? "in the unknown status " + text : text;
}

std::string lastSeen(const WaitResult& result) {
    return fmt::format("last seen {} {} ago", statusOf(*result.build),
                       durationText(result.elapsed - *result.lastSeenAt));
}

bool isSettled(const WaitResult& result) {
    return result.outcome == WaitOutcome::processed || result.outcome == WaitOutcome::failed;
}

bool isStateKnown(const WaitResult& result) {
    return result.lastCheckAt && result.consecutiveFailures == 0;
}

bool isWithoutVerdict(const WaitResult& result) {
    const bool isTimeOut =
        result.outcome == WaitOutcome::timedOutPending || result.outcome == WaitOutcome::timedOutNotFound;
    return isTimeOut && (!isStateKnown(result) || hasUnknownStatus(result));
}

std::string stateOf(const WaitResult& result) {
    const bool isLost = result.build && result.lastCheckAt && *result.lastSeenAt < *result.lastCheckAt;
    if (isStateKnown(result)) return result.build && !isLost ? statusOf(*result.build) : "not found";
    return result.build ? fmt::format("without a response ({})", lastSeen(result)) : "without a response";
}

std::string outcomeText(const WaitCommandOptions& options, const WaitResult& result) {
    const std::string name = buildName(options, result);
    switch (result.outcome) {
        case WaitOutcome::processed:
            return printable(fmt::format("{}: processed after {}", name, durationText(result.elapsed)));
        case WaitOutcome::failed: {
            const std::string reason = textOrEmpty(result.build->error);
            const std::string code = textOrEmpty(result.build->errorCode);
            return printable(fmt::format("{}: failed: {}{}{}", name, code, code.empty() ? "" : " ",
                                         reason.empty() ? "the service sent no reason" : reason));
        }
        case WaitOutcome::timedOutPending:
        case WaitOutcome::timedOutNotFound:
            return printable(fmt::format("{}: {}", name, timedOutText(options, result)));
        case WaitOutcome::ambiguous: {
            std::string names;
            for (const Build& build : result.candidates) names += (names.empty() ? "" : ", ") + nameOf(build);
            return printable(fmt::format("{}: {} builds match: {}. Select one with --build-id, or with more options",
                                         name, result.candidates.size(), names));
        }
        case WaitOutcome::cancelled:
            break;
    }
    return printable(
        fmt::format("{}: cancelled after {}; last state: {}", name, durationText(result.elapsed), stateOf(result)));
}

std::string noVerdictText(const WaitCommandOptions& options, const WaitResult& result) {
    std::string text =
        fmt::format("no verdict after {}: {}: ", durationText(result.elapsed), buildName(options, result));
    if (isStateKnown(result) && hasUnknownStatus(result)) {
        return printable(fmt::format("{}{}: neither pending nor done. Check the build in the service. Resume: {}", text,
                                     statusOf(*result.build), resumeCommand(options, result.build->id)));
    }
    if (result.build) {
        text += lastSeen(result) + "; ";
    } else if (result.lastCheckAt) {
        text += fmt::format("not in the list after {}, on {}; ", durationText(*result.lastCheckAt),
                            counted(result.pagesOfFirstCheck, "page"));
    }
    if (result.consecutiveFailures > 0) {
        const std::string checks =
            result.consecutiveFailures == 1 ? "check" : fmt::format("{} checks", result.consecutiveFailures);
        const std::string reason =
            result.lastError ? result.lastError->message() : "the time limit ended the last one.";
        text += fmt::format("the last {} failed: {}", checks, withOptionNames(reason, options.connection));
    } else {
        text += fmt::format("the time limit ended the check after {}; set a longer --timeout.",
                            counted(result.pagesOfLastCheck, "page"));
    }
    if (result.build) text += " Resume: " + resumeCommand(options, result.build->id);
    return printable(text);
}

}  // namespace applivery::program
