#include "wait/wait_command.hpp"

#include "environment.hpp"
#include "option_names.hpp"
#include "signals.hpp"
#include "text/messages.hpp"
#include "text/output_file.hpp"
#include "wait/expected_builds.hpp"
#include "wait/wait_display.hpp"
#include "wait/wait_json.hpp"
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

/// Runs the command once.
class WaitRun {
public:
    explicit WaitRun(const WaitCommandOptions& options) : options_(options) {}

    ExitCode run() {
        const Result<Connection> connection = connect(options_.connection);
        if (!connection && connection.error().kind() == ErrorKind::cancelled) {
            for (WaitResult& result : results_) result.outcome = WaitOutcome::cancelled;
            return conclude();
        }
        if (!connection) return fail(connection.error(), ExitCode::credentials);
        display_->begin(nameOfBuilds(options_), options_.limits.timeout);
        BuildPoller poller = makePoller(std::get<BuildsClient>(*connection));
        constexpr milliseconds displayInterval{100};
        while (!poller.poll()) {
            if (const auto results = poller.results()) results_ = *results;
            display_->tick(stateOfBuilds(options_, results_), elapsedOf(results_));
            std::this_thread::sleep_for(std::min(poller.nextDelay(), displayInterval));
        }
        display_->end();
        const auto results = poller.results();
        if (!results) return failAfterChecks(results.error());
        results_ = *results;
        return conclude();
    }

    // Ends before the first request.
    ExitCode refuse(const std::string& message, ExitCode code) {
        return fail(Error(ErrorKind::invalidArgument, message), code);
    }

private:
    BuildPoller makePoller(const BuildsClient& client) {
        WaitOptions limits = options_.limits;
        limits.cancel = signals_.token();
        limits.onEvent = [this](const WaitEvent& event) { show(event); };
        std::vector<BuildSelector> selectors;
        for (const WaitCommandOptions& build : builds_) selectors.push_back(build.selector);
        return BuildPoller(client, std::move(selectors), std::move(limits));
    }

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
                if (std::exchange(hasShownUnknownAge_, true)) return;  // the final message counts these builds
                return display_->change(fmt::format("ignored {}: its age is unknown", nameOf(*event.build)),
                                        event.elapsed);
            case WaitEvent::Kind::checkFailed:
                hasCurrentCheckFailed_ = true;
                if (std::exchange(hasLastCheckFailed_, true)) return;  // the first of consecutive failures is enough
                return display_->change(
                    fmt::format("a check failed ({})", withOptionNames(event.error->message(), options_.connection)),
                    event.elapsed);
            case WaitEvent::Kind::checked:
                break;
        }
        if (!std::exchange(hasCurrentCheckFailed_, false)) hasLastCheckFailed_ = false;
    }

    ExitCode conclude() {
        std::vector<ExitCode> codes;
        std::vector<std::string> texts;
        for (std::size_t i = 0; i < builds_.size(); ++i) {
            codes.push_back(codeOf(results_[i]));
            texts.push_back(codes[i] == ExitCode::noVerdict ? noVerdictText(builds_[i], results_[i])
                                                            : outcomeText(builds_[i], results_[i]));
        }
        const std::string output =
            options_.asJson ? waitOutcomeJson(options_, results_, codes) : fmt::format("{}\n", fmt::join(texts, "\n"));
        return report(combinedCode(codes), texts, output);
    }

    // The message also says what is known of each build.
    ExitCode failAfterChecks(Error error) {
        error = withOptionNames(std::move(error), options_.connection);
        ExitCode code = signals_.exitCodeOf(error, exitCodeOf(error.kind()));
        for (std::size_t i = 0; i < builds_.size(); ++i) {
            if (results_[i].outcome == WaitOutcome::failed) code = ExitCode::buildFailed;
            if (results_[i].build) error.setMessage(error.message() + ' ' + sentenceOfBuild(i));
        }
        return fail(error, code);
    }

    [[nodiscard]] std::string sentenceOfBuild(std::size_t build) const {
        if (isSettled(results_[build])) return outcomeText(builds_[build], results_[build]) + '.';
        const std::string system = systemOf(options_, build);
        return fmt::format("The {}{}build was {}.", system, system.empty() ? "" : " ", lastSeen(results_[build]));
    }

    ExitCode fail(const Error& error, ExitCode code) {
        return report(code, {error.message()}, options_.asJson ? waitFailureJson(options_, results_, error) : "");
    }

    [[nodiscard]] CiVerdict verdictOf(const std::vector<std::string>& texts, bool isFailure) const {
        CiVerdict verdict;
        verdict.title = "Applivery " + nameOfBuilds(options_);
        verdict.text = fmt::format("{}", fmt::join(texts, "; "));
        verdict.isFailure = isFailure;
        verdict.printsDocument = options_.asJson;
        verdict.values = valuesOf(options_, results_);
        for (const WaitResult& result : results_) {
            if (result.build && verdict.errorCode.empty()) verdict.errorCode = result.build->errorCode.value_or("");
        }
        return verdict;
    }

    // Reports to the file of --env-file, to standard error, to the CI system, and to standard output. A write error
    // changes only the exit code of success.
    // @param texts one for each build, or an error.
    // @param output for standard output. Text is printed only after success, a JSON document always.
    ExitCode report(ExitCode code, const std::vector<std::string>& texts, const std::string& output) {
        const bool isFailure = code != ExitCode::done;
        const CiVerdict verdict = verdictOf(texts, isFailure);
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

    const WaitCommandOptions& options_;
    Signals signals_;
    const std::unique_ptr<WaitDisplay> display_ =
        !options_.asJson || options_.connection.isVerbose || isCiJob() ? makeWaitDisplay() : makeSilentDisplay();
    const std::vector<WaitCommandOptions> builds_ = optionsOfBuilds(options_);
    std::vector<WaitResult> results_{builds_.size()};  // of the last poll
    bool hasLastCheckFailed_ = false;
    bool hasCurrentCheckFailed_ = false;
    bool hasShownUnknownAge_ = false;
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
    (void)printOutput(waitFailureJson(Error(ErrorKind::invalidArgument, message)));
}

ExitCode wait(WaitCommandOptions options) {
    if (const char* const missing = missingOption(optionsOfBuilds(options).front().selector)) {
        return WaitRun(options).refuse(std::string("wait failed: ") + missing, ExitCode::usage);
    }
    std::optional<std::string> envFileError;
    if (!options.envFile.empty()) envFileError = checkEnvFile(options.envFile);
    if (envFileError) {
        options.envFile.clear();  // report() must not write it
        return WaitRun(options).refuse(*envFileError, ExitCode::other);
    }
    return WaitRun(options).run();
}

}  // namespace applivery::program
