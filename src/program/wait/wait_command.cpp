#include "wait/wait_command.hpp"

#include "exit_code.hpp"
#include "list/build_writer.hpp"
#include "signals.hpp"
#include "text/messages.hpp"
#include "text/output_file.hpp"
#include "text/text_format.hpp"
#include "wait/wait_display.hpp"
#include "wait/wait_messages.hpp"

#include <applivery/applivery.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <thread>
#include <utility>

namespace applivery::program {
namespace {

using std::chrono::milliseconds;

std::string errorMember(const Error& error) {
    return ",\"error\":" + errorJson(error);
}

// The document of a wait that came to no verdict, with what is known besides.
std::string failureJson(const Error& error, const std::string& facts) {
    return R"({"schema":"applivery.wait/1")" + errorMember(error) + facts + "}\n";
}

/// One run of the command.
class WaitRun {
public:
    explicit WaitRun(const WaitCommandOptions& options) : options_(options) {}

    int run() {
        const Result<Connection> connection = connect(options_.connection);
        if (!connection) return fail(connection.error(), credentials);
        WaitOptions limits = options_.limits;
        limits.cancel = signals_.token();
        limits.onEvent = [this](const WaitEvent& event) { tell(event); };
        display_->begin(nameOf(options_.selector), limits.timeout);
        BuildPoller poller(std::get<BuildsClient>(*connection), options_.selector, std::move(limits));
        constexpr milliseconds tick{100};
        while (!poller.poll()) {
            if (const auto now = poller.results()) state_ = now->front();
            display_->tick(stateOf(state_), state_.elapsed);
            std::this_thread::sleep_for(std::min(poller.nextDelay(), tick));
        }
        display_->end();
        const auto results = poller.results();
        return results ? conclude(results->front()) : fail(results.error(), exitCodeOf(results.error().kind()));
    }

    int refuse(const std::string& why, int code) { return fail(Error(ErrorKind::invalidArgument, why), code); }

private:
    void tell(const WaitEvent& event) {
        switch (event.kind) {
            case WaitEvent::Kind::found:
                return display_->change(fmt::format("found {}: {}", nameOf(*event.build), event.build->status.text()),
                                        event.elapsed);
            case WaitEvent::Kind::statusChanged:
                return display_->change(event.build->status.text(), event.elapsed);
            case WaitEvent::Kind::lost:
                return display_->change("not in the list any more", event.elapsed);
            case WaitEvent::Kind::unknownAge:
                if (std::exchange(hasIgnored_, true)) return;  // the verdict has their number
                return display_->change(fmt::format("ignored {}: its age is unknown", nameOf(*event.build)),
                                        event.elapsed);
            case WaitEvent::Kind::checkFailed:
                hasFailed_ = true;
                if (std::exchange(isInTrouble_, true)) return;  // a run of failures is told once
                return display_->change("a check failed: " + event.error->message(), event.elapsed);
            case WaitEvent::Kind::checked:
                break;
        }
        if (!std::exchange(hasFailed_, false)) isInTrouble_ = false;
    }

    int conclude(const WaitResult& result) {
        const int code = codeOf(result);
        const std::string text = code == noVerdict ? noVerdictText(options_, result) : outcomeText(options_, result);
        return reported(code, result, text, options_.asJson ? json(result, code) : text + '\n');
    }

    // What was seen before stays true.
    int fail(const Error& error, int code) {
        const std::string document = failureJson(error, factsOf(state_));
        return reported(code, state_, error.message(), options_.asJson ? document : "");
    }

    // To the CI system, the file for it, and standard output. What cannot be written changes no verdict but the good
    // one.
    int reported(int code, const WaitResult& result, const std::string& text, const std::string& output) {
        CiVerdict verdict;
        verdict.title = "Applivery " + nameOf(options_.selector);
        verdict.text = text;
        verdict.isFailure = code != done;
        verdict.values = valuesOf(result, options_.selector);
        if (result.build) verdict.errorCode = result.build->errorCode.value_or("");
        if (code != done) say(text);
        bool isTold = true;
        for (const auto& trouble :
             {reportTo(options_.ci.value_or(detectCi()), verdict),
              options_.envFile.empty() ? std::nullopt : writeEnvFile(options_.envFile, verdict.values),
              output.empty() || (code != done && !options_.asJson) ? std::nullopt : OutputFile("").write(output)}) {
            if (trouble) say(*trouble);
            isTold = isTold && !trouble;
        }
        return code == done && !isTold ? static_cast<int>(other) : code;
    }

    [[nodiscard]] int codeOf(const WaitResult& result) const {
        const bool isTimeOut =
            result.outcome == WaitOutcome::timedOutPending || result.outcome == WaitOutcome::timedOutNotFound;
        if (isTimeOut && !isStateKnown(result)) return noVerdict;
        switch (result.outcome) {
            case WaitOutcome::processed:
                return done;
            case WaitOutcome::failed:
                return buildFailed;
            case WaitOutcome::timedOutPending:
                return options_.limits.timeout.count() == 0 ? stillPending : timedOut;
            case WaitOutcome::timedOutNotFound:
                return notFound;
            case WaitOutcome::ambiguous:
                return usage;
            case WaitOutcome::cancelled:
                break;
        }
        return signals_.exitCode() != 0 ? signals_.exitCode() : static_cast<int>(other);
    }

    [[nodiscard]] std::string json(const WaitResult& result, int code) const {
        return fmt::format(R"({{"schema":"applivery.wait/1","outcome":"{}")",
                           code == noVerdict ? "noVerdict" : toString(result.outcome)) +
               (code != done && result.lastError ? errorMember(*result.lastError) : "") + factsOf(result) + "}\n";
    }

    // The members that a verdict and a failure have in common.
    static std::string factsOf(const WaitResult& result) {
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

    // What is not known is left out: an empty value would take the place of one that a job has.
    static CiValues valuesOf(const WaitResult& result, const BuildSelector& selector) {
        CiValues values;
        const auto add = [&](const char* name, const std::string& value) {
            if (!value.empty()) values.emplace_back(name, value);
        };
        const Build build = result.build.value_or(Build{});
        add("build-id", result.build ? build.id : selector.id.value_or(""));
        add("build-status", build.status.text());
        add("version-name", build.versionName.value_or(""));
        add("version-code", build.versionCode.value_or(""));
        add("error-code", build.errorCode.value_or(""));
        add("elapsed-seconds",
            std::to_string(std::chrono::duration_cast<std::chrono::seconds>(result.elapsed).count()));
        return values;
    }

    const WaitCommandOptions& options_;
    Signals signals_;
    const std::unique_ptr<WaitDisplay> display_ = makeWaitDisplay(!options_.asJson || options_.connection.isVerbose);
    WaitResult state_;  // as it was seen last
    bool isInTrouble_ = false;
    bool hasFailed_ = false;   // the check under way
    bool hasIgnored_ = false;  // a build of unknown age
};

}  // namespace

std::string waitRefusalJson(const std::string& why) {
    return failureJson(Error(ErrorKind::invalidArgument, why), {});
}

int wait(WaitCommandOptions options) {
    BuildSelector& selector = options.selector;
    const bool isSaid = selector.id || selector.versionName || selector.versionCode || selector.commit ||
                        selector.branch || selector.tag || selector.buildNumber || selector.os ||
                        selector.createdSince || selector.anyAge;
    const char* const id = std::getenv("APPLIVERY_BUILD_ID");
    if (!isSaid && id != nullptr && *id != '\0') selector.id = id;
    if (!selector.id && !selector.createdSince && !selector.anyAge) {
        return WaitRun(options).refuse(
            "wait needs --build-id or APPLIVERY_BUILD_ID; or --since with what is known of the build, since an older "
            "one of the same version could answer.",
            usage);
    }
    if (const auto trouble = options.envFile.empty() ? std::nullopt : checkEnvFile(options.envFile)) {
        options.envFile.clear();
        return WaitRun(options).refuse(*trouble, other);
    }
    return WaitRun(options).run();
}

}  // namespace applivery::program
