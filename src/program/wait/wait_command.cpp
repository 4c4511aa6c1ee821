#include "wait/wait_command.hpp"

#include "environment.hpp"
#include "list/build_writer.hpp"
#include "option_names.hpp"
#include "signals.hpp"
#include "text/messages.hpp"
#include "text/output_file.hpp"
#include "wait/expected_builds.hpp"
#include "wait/wait_display.hpp"
#include "wait/wait_messages.hpp"

#include <applivery/applivery.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace applivery::program {
namespace {

using std::chrono::milliseconds;

std::string errorMember(const Error& error) {
    return ",\"error\":" + errorJson(error);
}

// Returns the JSON document of a wait that ended without an outcome.
std::string failureJson(const Error& error, const std::string& members) {
    return R"({"schema":"applivery.wait/1")" + errorMember(error) + members + "}\n";
}

/// Runs the command once.
class WaitRun {
public:
    explicit WaitRun(const WaitCommandOptions& options) : options_(options) {}

    ExitCode run() {
        const Result<Connection> connection = connect(options_.connection);
        if (!connection && connection.error().kind() == ErrorKind::cancelled) {
            for (WaitResult& state : states_) state.outcome = WaitOutcome::cancelled;
            return conclude();
        }
        if (!connection) return fail(connection.error(), ExitCode::credentials);
        WaitOptions limits = options_.limits;
        limits.cancel = signals_.token();
        limits.onEvent = [this](const WaitEvent& event) { show(event); };
        display_->begin(nameOfBuilds(options_), limits.timeout);
        std::vector<BuildSelector> selectors;
        for (const WaitCommandOptions& build : builds_) selectors.push_back(build.selector);
        BuildPoller poller(std::get<BuildsClient>(*connection), std::move(selectors), std::move(limits));
        constexpr milliseconds tick{100};
        while (!poller.poll()) {
            if (const auto results = poller.results()) states_ = *results;
            display_->tick(stateOfBuilds(options_, states_), elapsedOf(states_));
            std::this_thread::sleep_for(std::min(poller.nextDelay(), tick));
        }
        display_->end();
        const auto results = poller.results();
        if (!results) return failAfterChecks(results.error());
        states_ = *results;
        return conclude();
    }

    ExitCode refuse(const std::string& message, ExitCode code) {
        return fail(Error(ErrorKind::invalidArgument, message), code);
    }

private:
    void show(const WaitEvent& event) {
        const std::string system = systemOf(options_, event.selector);
        const std::string prefix = system.empty() ? "" : system + ": ";
        switch (event.kind) {
            case WaitEvent::Kind::found:
                return display_->change(fmt::format("found {}: {}", nameOf(*event.build), statusOf(*event.build)),
                                        event.elapsed);
            case WaitEvent::Kind::statusChanged:
                return display_->change(prefix + statusOf(*event.build), event.elapsed);
            case WaitEvent::Kind::lost:
                return display_->change(prefix + "no longer in the list", event.elapsed);
            case WaitEvent::Kind::unknownAge:
                if (std::exchange(hasIgnored_, true)) return;  // the final message counts them
                return display_->change(fmt::format("ignored {}: its age is unknown", nameOf(*event.build)),
                                        event.elapsed);
            case WaitEvent::Kind::checkFailed:
                checkFailed_ = true;
                if (std::exchange(isFailing_, true)) return;  // the first of consecutive failures is enough
                return display_->change(
                    fmt::format("a check failed ({})", withOptionNames(event.error->message(), options_.connection)),
                    event.elapsed);
            case WaitEvent::Kind::checked:
                break;
        }
        if (!std::exchange(checkFailed_, false)) isFailing_ = false;
    }

    ExitCode conclude() {
        std::vector<ExitCode> codes;
        std::vector<std::string> texts;
        for (std::size_t i = 0; i < builds_.size(); ++i) {
            codes.push_back(codeOf(states_[i]));
            texts.push_back(codes[i] == ExitCode::noVerdict ? noVerdictText(builds_[i], states_[i])
                                                            : outcomeText(builds_[i], states_[i]));
        }
        return report(worstOf(codes), texts,
                      options_.asJson ? json(codes) : fmt::format("{}\n", fmt::join(texts, "\n")));
    }

    static bool isSettled(const WaitResult& state) {
        return state.outcome == WaitOutcome::processed || state.outcome == WaitOutcome::failed;
    }

    ExitCode failAfterChecks(Error error) {
        error = withOptionNames(std::move(error), options_.connection);
        ExitCode code = signals_.exitCodeOf(error, exitCodeOf(error.kind()));
        for (std::size_t i = 0; i < builds_.size(); ++i) {
            if (states_[i].outcome == WaitOutcome::failed) code = ExitCode::buildFailed;
            if (!states_[i].build) continue;
            const std::string system = systemOf(options_, i);
            const std::string seen =
                fmt::format("The {}{}build was {}.", system, system.empty() ? "" : " ", lastSeen(states_[i]));
            error.setMessage(error.message() + ' ' +
                             (isSettled(states_[i]) ? outcomeText(builds_[i], states_[i]) + '.' : seen));
        }
        return fail(error, code);
    }

    // The JSON document contains what was known before the failure.
    ExitCode fail(const Error& error, ExitCode code) {
        const auto members = [this](std::size_t build) {
            const WaitResult& state = states_[build];
            const std::string outcome =
                isSettled(state) ? fmt::format(R"(,"outcome":"{}")", toString(state.outcome)) : "";
            return outcome + membersOf(state);
        };
        const std::string document = failureJson(error, membersOfEach(members));
        return report(code, {error.message()}, options_.asJson ? document : "");
    }

    // Reports to the CI system, to the file of --env-file, and to standard output. A write error changes only the exit
    // code of success.
    ExitCode report(ExitCode code, const std::vector<std::string>& texts, const std::string& output) {
        const bool isFailure = code != ExitCode::done;
        CiVerdict verdict;
        verdict.title = "Applivery " + nameOfBuilds(options_);
        verdict.text = fmt::format("{}", fmt::join(texts, "; "));
        verdict.isFailure = isFailure;
        verdict.printsDocument = options_.asJson;
        verdict.values = valuesOf(options_, states_);
        for (const WaitResult& result : states_) {
            if (result.build && verdict.errorCode.empty()) verdict.errorCode = result.build->errorCode.value_or("");
        }
        WriteErrors errors;
        const auto add = [&errors](const std::optional<std::string>& error) {
            if (error) errors.push_back(*error);
        };
        // The file first, because a CI system may end the process while a stream accepts nothing.
        if (!options_.envFile.empty()) add(writeEnvFile(options_.envFile, verdict.values));
        if (isFailure) {
            for (const std::string& text : texts) printMessage(text);
        }
        for (const std::string& error : reportTo(options_.ci.value_or(detectCi()), verdict)) add(error);
        if (!output.empty() && (!isFailure || options_.asJson)) add(OutputFile("").write(output));
        for (const std::string& error : errors) printMessage(error);
        return !isFailure && !errors.empty() ? ExitCode::other : code;
    }

    [[nodiscard]] ExitCode codeOf(const WaitResult& result) const {
        if (isWithoutVerdict(result)) return ExitCode::noVerdict;
        switch (result.outcome) {
            case WaitOutcome::processed:
                return ExitCode::done;
            case WaitOutcome::failed:
                return ExitCode::buildFailed;
            case WaitOutcome::timedOutPending:
                return options_.limits.timeout.count() == 0 ? ExitCode::stillPending : ExitCode::timedOut;
            case WaitOutcome::timedOutNotFound:
                return ExitCode::notFound;
            case WaitOutcome::ambiguous:
                return ExitCode::usage;
            case WaitOutcome::cancelled:
                break;
        }
        return signals_.exitCode().value_or(ExitCode::other);
    }

    [[nodiscard]] std::string json(const std::vector<ExitCode>& codes) const {
        const auto outcome = [&](std::size_t build) {
            return fmt::format(R"(,"outcome":"{}")",
                               codes[build] == ExitCode::noVerdict ? "noVerdict" : toString(states_[build].outcome));
        };
        const auto members = [&](std::size_t build) {
            const WaitResult& result = states_[build];
            const bool hasError = codes[build] != ExitCode::done && result.lastError;
            return outcome(build) +
                   (hasError ? errorMember(withOptionNames(*result.lastError, options_.connection)) : "") +
                   membersOf(result);
        };
        const auto worst = std::find(codes.begin(), codes.end(), worstOf(codes)) - codes.begin();
        const std::string common = options_.expectedSystems.empty() ? "" : outcome(static_cast<std::size_t>(worst));
        return R"({"schema":"applivery.wait/1")" + common + membersOfEach(members) + "}\n";
    }

    // Returns the members of the only build, or a list with those of several builds.
    template <typename Members>
    [[nodiscard]] std::string membersOfEach(const Members& members) const {
        if (options_.expectedSystems.empty()) return members(0);
        std::string list;
        for (std::size_t i = 0; i < builds_.size(); ++i) {
            list += fmt::format(R"({}{{"os":"{}"{}}})", i == 0 ? "" : ",", systemOf(options_, i), members(i));
        }
        return ",\"builds\":[" + list + ']';
    }

    // Returns the members that the documents of an outcome and of a failure have in common.
    static std::string membersOf(const WaitResult& result) {
        std::string text = fmt::format(R"(,"elapsedMs":{},"polls":{},"transientFailures":{})", result.elapsed.count(),
                                       result.polls, result.transientFailures);
        if (result.timeToFound) text += fmt::format(R"(,"timeToFoundMs":{})", result.timeToFound->count());
        if (result.lastSeenAt) text += fmt::format(R"(,"lastSeenMs":{})", result.lastSeenAt->count());
        if (result.lastCheckAt) text += fmt::format(R"(,"lastCheckMs":{})", result.lastCheckAt->count());
        text += fmt::format(
            R"(,"consecutiveFailures":{},"pagesOfFirstCheck":{},"pagesOfLastCheck":{},"hasUnreadPages":{})",
            result.consecutiveFailures, result.pagesOfFirstCheck, result.pagesOfLastCheck, result.hasUnreadPages);
        text += fmt::format(R"(,"buildsOfUnknownAge":{})", result.buildsOfUnknownAge);
        if (result.build) text += ",\"build\":" + asJson(*result.build);
        if (!result.candidates.empty()) {
            std::string list;
            for (const Build& build : result.candidates) list += (list.empty() ? "" : ",") + asJson(build);
            text += ",\"candidates\":[" + list + ']';
        }
        return text;
    }

    const WaitCommandOptions& options_;
    Signals signals_;
    const std::unique_ptr<WaitDisplay> display_ =
        makeWaitDisplay(!options_.asJson || options_.connection.isVerbose || isCiJob());
    const std::vector<WaitCommandOptions> builds_ = optionsOfEachBuild(options_);
    std::vector<WaitResult> states_{builds_.size()};  // of the last poll
    bool isFailing_ = false;                          // the last check failed
    bool checkFailed_ = false;                        // the current check failed
    bool hasIgnored_ = false;                         // a build of unknown age
};

// Returns which option is missing, and what to set. Null if the options select a build.
const char* missingOption(const BuildSelector& selector) {
    if (selector.isEmpty()) {
        return "no option selects a build. Set --build-id or APPLIVERY_BUILD_ID; or set --since, and other properties "
               "of the build.";
    }
    if (selector.isMissingAge()) {
        return "without --since, an older build could match. Set --since; or set --any-age to accept older builds.";
    }
    return nullptr;
}

}  // namespace

void printWaitRefusal(const std::string& message) {
    (void)printOutput(failureJson(Error(ErrorKind::invalidArgument, message), {}));
}

ExitCode wait(WaitCommandOptions options) {
    if (const char* const missing = missingOption(optionsOfEachBuild(options).front().selector)) {
        return WaitRun(options).refuse(std::string("wait failed: ") + missing, ExitCode::usage);
    }
    if (const auto error = options.envFile.empty() ? std::nullopt : checkEnvFile(options.envFile)) {
        options.envFile.clear();
        return WaitRun(options).refuse(*error, ExitCode::other);
    }
    return WaitRun(options).run();
}

}  // namespace applivery::program
