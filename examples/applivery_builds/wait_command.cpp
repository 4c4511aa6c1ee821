#include "wait_command.hpp"

#include "build_writer.hpp"
#include "exit_code.hpp"
#include "messages.hpp"
#include "output_file.hpp"
#include "signals.hpp"
#include "text_format.hpp"
#include "time_text.hpp"
#include "wait_display.hpp"

#include <applivery/applivery.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <thread>
#include <utility>

namespace applivery::program {
namespace {

using std::chrono::milliseconds;

// What is waited for, in words.
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

std::string stateOf(const WaitResult& result) {
    return result.build ? result.build->status.text() : "not found";
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
            if (const auto now = poller.results()) display_->tick(stateOf(now->front()), now->front().elapsed);
            std::this_thread::sleep_for(std::min(poller.nextDelay(), tick));
        }
        display_->end();
        const auto results = poller.results();
        return results ? conclude(results->front()) : fail(results.error(), exitCodeOf(results.error().kind()));
    }

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
            case WaitEvent::Kind::checkFailed:
                hasFailed_ = true;
                lastFailure_ = event.error->message();
                if (std::exchange(isInTrouble_, true)) return;  // a run of failures is told once
                return display_->change("a check failed: " + event.error->message(), event.elapsed);
            case WaitEvent::Kind::checked:
                break;
        }
        if (std::exchange(hasFailed_, false)) return;
        isInTrouble_ = false;
        lastFailure_.clear();
    }

    int conclude(const WaitResult& result) {
        const int code = codeOf(result);
        const std::string text = code == noVerdict ? "no verdict: " + lastFailure_ : sentence(result);
        return reported(code, result, text, options_.asJson ? json(result, code) : text + '\n');
    }

    int fail(const Error& error, int code) {
        const std::string document =
            fmt::format(R"({{"schema":"applivery.wait/1","error":{}}})", errorJson(error)) + '\n';
        return reported(code, WaitResult{}, error.message(), options_.asJson ? document : "");
    }

    // To the CI system, the file for it, and standard output. What cannot be written changes no verdict but the good
    // one.
    int reported(int code, const WaitResult& result, const std::string& text, const std::string& output) {
        CiVerdict verdict;
        verdict.title = "Applivery " + nameOf(options_.selector);
        verdict.text = text;
        verdict.isFailure = code != done;
        verdict.values = valuesOf(result);
        if (result.build) verdict.errorCode = result.build->errorCode.value_or("");
        if (code != done) say(text);
        bool isTold = true;
        for (const auto& trouble :
             {reportTo(options_.ci.value_or(detectCi()), verdict),
              options_.envFile.empty() ? std::nullopt : writeEnvFile(options_.envFile, verdict.values),
              output.empty() ? std::nullopt : OutputFile("").write(output)}) {
            if (trouble) say(*trouble);
            isTold = isTold && !trouble;
        }
        return code == done && !isTold ? static_cast<int>(other) : code;
    }

    [[nodiscard]] int codeOf(const WaitResult& result) const {
        const bool isUnknown = result.outcome == WaitOutcome::timedOutNotFound && !lastFailure_.empty();
        if (isUnknown) return noVerdict;
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

    [[nodiscard]] std::string sentence(const WaitResult& result) const {
        const std::string took = durationText(result.elapsed);
        const std::string name = result.build ? nameOf(*result.build) : nameOf(options_.selector);
        switch (result.outcome) {
            case WaitOutcome::processed:
                return printable(fmt::format("{}: processed after {}", name, took));
            case WaitOutcome::failed: {
                const std::string why = result.build->error.value_or("the service does not say why");
                return printable(fmt::format("{}: failed: {} {}", name, result.build->errorCode.value_or(""), why));
            }
            case WaitOutcome::timedOutPending:
                return printable(
                    fmt::format("{}: still {} after {}{}. Resume: applivery-builds wait --build-id {} --timeout {}",
                                name, result.build->status.text(), took, troubles(result), result.build->id,
                                durationText(options_.limits.timeout)));
            case WaitOutcome::timedOutNotFound:
                return printable(fmt::format("{}: not in the list after {}{}. Look longer with --find-timeout", name,
                                             took, troubles(result)));
            case WaitOutcome::ambiguous: {
                std::string names;
                for (const Build& build : result.candidates) names += (names.empty() ? "" : ", ") + nameOf(build);
                return printable(fmt::format("{}: {} builds match: {}. Say more of it, or its id", name,
                                             result.candidates.size(), names));
            }
            case WaitOutcome::cancelled:
                break;
        }
        return printable(fmt::format("{}: given up after {}, when it was {}", name, took, stateOf(result)));
    }

    static std::string troubles(const WaitResult& result) {
        return result.transientFailures == 0
                   ? ""
                   : fmt::format(" ({} of {} checks failed)", result.transientFailures, result.polls);
    }

    static std::string json(const WaitResult& result, int code) {
        std::string text = fmt::format(
            R"({{"schema":"applivery.wait/1","outcome":"{}","elapsedMs":{},"polls":{},"transientFailures":{})",
            code == noVerdict ? "noVerdict" : toString(result.outcome), result.elapsed.count(), result.polls,
            result.transientFailures);
        if (result.timeToFound) text += fmt::format(R"(,"timeToFoundMs":{})", result.timeToFound->count());
        if (result.build) text += ",\"build\":" + asJson(*result.build);
        if (!result.candidates.empty()) {
            std::string list;
            for (const Build& build : result.candidates) list += (list.empty() ? "" : ",") + asJson(build);
            text += ",\"candidates\":[" + list + ']';
        }
        return text + "}\n";
    }

    static CiValues valuesOf(const WaitResult& result) {
        const Build build = result.build.value_or(Build{});
        return {{"build-id", build.id},
                {"build-status", build.status.text()},
                {"version-name", build.versionName.value_or("")},
                {"version-code", build.versionCode.value_or("")},
                {"error-code", build.errorCode.value_or("")},
                {"elapsed-seconds",
                 std::to_string(std::chrono::duration_cast<std::chrono::seconds>(result.elapsed).count())}};
    }

    const WaitCommandOptions& options_;
    Signals signals_;
    const std::unique_ptr<WaitDisplay> display_ = makeWaitDisplay();
    bool isInTrouble_ = false;
    std::string lastFailure_;  // of the last check; empty where that was well
    bool hasFailed_ = false;   // the check under way
};

}  // namespace

int wait(WaitCommandOptions options) {
    BuildSelector& selector = options.selector;
    const bool isSaid = selector.id || selector.versionName || selector.versionCode || selector.commit ||
                        selector.branch || selector.tag || selector.buildNumber || selector.os ||
                        selector.createdSince || selector.anyAge;
    const char* const id = std::getenv("APPLIVERY_BUILD_ID");
    if (!isSaid && id != nullptr && *id != '\0') selector.id = id;
    if (!selector.id && !selector.createdSince && !selector.anyAge) {
        say("wait needs --build-id or APPLIVERY_BUILD_ID; or --since with what is known of the build, since an older "
            "one of the same version could answer.");
        return usage;
    }
    return WaitRun(options).run();
}

}  // namespace applivery::program
