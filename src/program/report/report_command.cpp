#include "report/report_command.hpp"

#include "exit_code.hpp"
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

/// One run of the command, from the first request to the exit code.
class ReportRun {
public:
    explicit ReportRun(const ReportOptions& options)
        : options_(options),
          page_(options.htmlFile),
          data_(options.outFile),
          report_{BuildStatistics(Period{std::chrono::system_clock::now(), options.selection.since}),
                  options.selection.terms()} {}

    int run(const Connection& connection) {
        // a report must not be lost for want of a place
        if (const auto why = options_.htmlFile.empty() ? std::nullopt : page_.open()) return refuse(*why);
        if (const auto why = options_.format ? data_.open() : std::nullopt) return refuse(*why);
        const WalkSummary summary = walk(connection);
        if (signals_.exitCode() != 0) return signals_.exitCode();
        const bool isNothingRead = report_.unread.size() == options_.selection.connection.applicationCount();
        if (isNothingRead && summary.builds == 0) return firstFailure_;
        report_.totalsChanged = summary.totalsChanged;
        if (summary.totalsChanged) note(totalsChangedNote);
        if (const int code = write()) return code;
        if (firstFailure_ == done) return done;
        const auto apps = static_cast<std::int64_t>(report_.unread.size());
        note(fmt::format("incomplete: builds of {} are missing; the report names {}.", counted(apps, "app"),
                         apps == 1 ? "it" : "them"));
        return partial;
    }

private:
    WalkSummary walk(const Connection& connection) {
        Progress progress(true);
        WalkVisitor visitor;
        visitor.build = [this](const Build& build, const std::string& app) { report_.statistics.add(build, app); };
        visitor.failure = [this](const Error& error, const std::string& app) {
            clearStatus();
            sayError(error, isForPrograms());
            if (firstFailure_ == done) firstFailure_ = exitCodeOf(error.kind());
            report_.unread.push_back({app, error.message()});
        };
        visitor.step = [&progress](const WalkSummary& summary) {
            progress.show(summary);
            return true;
        };
        return walkBuilds(connection, options_.selection, signals_.token(), visitor);
    }

    int write() {
        if (options_.format) {
            if (const int code = writeTo(data_, textOf(report_, *options_.format))) return code;
        }
        return options_.htmlFile.empty() ? done : writeTo(page_, reportPage(report_));
    }

    // A reader that has gone away ends it quietly.
    int writeTo(OutputFile& file, const std::string& text) {
        if (const auto why = file.write(text)) return refuse(*why);
        if (const auto why = file.commit()) return refuse(*why);
        return done;
    }

    int refuse(const std::string& why) {
        say(why);
        return other;
    }

    [[nodiscard]] bool isForPrograms() const { return options_.format == ReportFormat::json; }

    void note(const std::string& line) { sayNote(line, isForPrograms()); }

    const ReportOptions& options_;
    Signals signals_;
    OutputFile page_;
    OutputFile data_;
    Report report_;
    int firstFailure_ = done;
};

}  // namespace

std::string faultOf(const ReportOptions& options) {
    if (options.htmlFile.empty() && !options.format) return "say what to write: --html FILE, or -o, or both";
    if (!options.outFile.empty() && !options.format) return "--out-file is for -o; --html names its own file";
    const bool areBoth = !options.htmlFile.empty() && options.format;
    if (areBoth && outputTarget(options.htmlFile) == outputTarget(options.outFile)) {
        return "--html and -o go to the same place: name another for one of them";
    }
    return {};
}

int report(const ReportOptions& options) {
    const Result<Connection> connection = connect(options.selection.connection);
    if (!connection) {
        sayError(connection.error(), options.format == ReportFormat::json);
        return credentials;
    }
    return ReportRun(options).run(*connection);
}

}  // namespace applivery::program
