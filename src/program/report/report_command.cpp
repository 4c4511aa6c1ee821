#include "report/report_command.hpp"

#include "report/report.hpp"
#include "report/report_page.hpp"
#include "signals.hpp"
#include "text/messages.hpp"
#include "text/output_file.hpp"
#include "text/progress.hpp"
#include "text/text_format.hpp"

#include <fmt/format.h>

#include <chrono>

namespace applivery::program {
namespace {

std::string textOf(const Report& report, ReportFormat format) {
    switch (format) {
        case ReportFormat::json:
            return reportJson(report);
        case ReportFormat::csv:
            return reportCsv(report);
        default:
            return reportMetrics(report);
    }
}

/// Runs the command once, from the first request to the exit code.
class ReportRun {
public:
    explicit ReportRun(const ReportOptions& options)
        : options_(options),
          page_(options.htmlFile),
          data_(options.outFile),
          report_{BuildStatistics(Period{std::chrono::system_clock::now(), options.selection.since}),
                  options.selection.terms()} {}

    ExitCode run(const Connection& connection) {
        // Before the first request, so that no report is lost because it cannot be written.
        if (const auto error = options_.htmlFile.empty() ? std::nullopt : page_.open()) return failToWrite(*error);
        if (const auto error = options_.format ? data_.open() : std::nullopt) return failToWrite(*error);
        const WalkResult result = walk(connection);
        const WalkSummary& summary = result.summary;
        if (const auto code = signals_.exitCode()) {
            if (firstFailure_ == ExitCode::done) printError(interruption("reading the builds"), isForPrograms());
            return *code;
        }
        const bool isNothingRead = report_.unread.size() == options_.selection.connection.applicationCount();
        if (isNothingRead && summary.builds == 0) return firstFailure_;
        report_.totalsChanged = summary.totalsChanged;
        if (summary.totalsChanged) note(totalsChangedNote);
        for (const std::string& text : result.leftOut.notes()) note(text);
        if (!hasMatch_ && report_.unread.empty()) note(noMatchNote(summary) + '.');
        if (const ExitCode code = write(); code != ExitCode::done) return code;
        if (firstFailure_ == ExitCode::done) return ExitCode::done;
        const auto apps = static_cast<std::int64_t>(report_.unread.size());
        note(fmt::format("the report is incomplete: builds of {} are missing. The report names {}.",
                         counted(apps, "app"), apps == 1 ? "it" : "them"));
        return ExitCode::partial;
    }

private:
    WalkResult walk(const Connection& connection) {
        Progress progress(true);
        WalkVisitor visitor;
        visitor.build = [this](const Build& build, const std::string& app) {
            hasMatch_ = true;
            report_.statistics.add(build, app);
            return true;
        };
        visitor.failure = [this](const Error& error, const std::string& app) {
            clearStatus();
            printError(error, isForPrograms());
            if (firstFailure_ == ExitCode::done) firstFailure_ = exitCodeOf(error.kind());
            report_.unread.push_back({app, error.message()});
        };
        visitor.step = [&progress](const WalkSummary& summary) {
            progress.show(summary);
            return true;
        };
        return walkBuilds(connection, options_.selection, signals_.token(), visitor);
    }

    ExitCode write() {
        const ExitCode code = options_.format ? writeTo(data_, textOf(report_, *options_.format)) : ExitCode::done;
        if (code != ExitCode::done || options_.htmlFile.empty()) return code;
        return writeTo(page_, reportPage(report_));
    }

    // A closed pipe is no error.
    static ExitCode writeTo(OutputFile& file, const std::string& text) {
        if (const auto error = file.write(text)) return failToWrite(*error);
        if (const auto error = file.commit()) return failToWrite(*error);
        return ExitCode::done;
    }

    static ExitCode failToWrite(const std::string& error) {
        printMessage(error);
        return ExitCode::other;
    }

    [[nodiscard]] bool isForPrograms() const { return options_.format == ReportFormat::json; }

    void note(const std::string& text) const { printNote(text, isForPrograms()); }

    const ReportOptions& options_;
    Signals signals_;
    OutputFile page_;
    OutputFile data_;
    Report report_;
    ExitCode firstFailure_ = ExitCode::done;
    bool hasMatch_ = false;  // a build is in the report
};

}  // namespace

ExitCode report(const ReportOptions& options) {
    const Signals signals;
    const Result<Connection> connection = connect(options.selection.connection);
    if (!connection) {
        printError(connection.error(), options.format == ReportFormat::json);
        return signals.exitCodeOf(connection.error(), ExitCode::credentials);
    }
    return ReportRun(options).run(*connection);
}

}  // namespace applivery::program
