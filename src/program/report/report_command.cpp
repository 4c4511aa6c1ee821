#include "report/report_command.hpp"

#include "newest_processed.hpp"
#include "report/report.hpp"
#include "report/report_page.hpp"
#include "service_clock.hpp"
#include "signals.hpp"
#include "text/messages.hpp"
#include "text/output_file.hpp"
#include "text/progress.hpp"
#include "text/text_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <vector>

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

// Replaces the newest processed build of the system if `build` is newer. Ignores further systems beyond the limit.
void addNewestProcessed(std::map<std::string, BuildBrief>& newest, const std::string& os, const BuildBrief& build) {
    if (newest.size() >= BuildStatistics::maxSystems && newest.find(os) == newest.end()) return;
    const auto [known, isNew] = newest.emplace(os, build);
    if (!isNew && isNewer(build, known->second)) known->second = build;
}

/// Runs the command once, from the first request to the exit code.
class ReportRun {
public:
    explicit ReportRun(const ReportOptions& options)
        : options_(options),
          htmlOutput_(options.htmlFile),
          dataOutput_(options.outFile),
          selection_(options.selection),
          report_{BuildStatistics(periodOf(options)), options.selection.terms()} {
        const Period& period = report_.statistics.period();
        if (period.previousSince) selection_.since = period.previousSince;
        addApps();
    }

    ExitCode run(const Connection& connection) {
        if (const ExitCode code = openOutputs(); code != ExitCode::done) return code;
        correctPeriod(connection);
        const WalkResult result = walk(connection);
        describeApps(connection);
        if (const auto code = signals_.exitCode()) {
            if (firstFailure_ == ExitCode::done) printError(interruption("reading the builds"), isForPrograms());
            return *code;
        }
        const bool haveAllAppsFailed = report_.unread.size() == options_.selection.connection.applicationCount();
        if (haveAllAppsFailed && result.summary.builds == 0) return firstFailure_;
        report_.totalsChanged = result.summary.totalsChanged;
        printNotes(result);
        if (const ExitCode code = writeOutputs(); code != ExitCode::done) return code;
        if (report_.isComplete()) return ExitCode::done;
        printIncompleteNote();
        return ExitCode::partial;
    }

private:
    // Opens the files before the first request, because a report that cannot be written would be lost.
    ExitCode openOutputs() {
        std::optional<std::string> error;
        if (!options_.htmlFile.empty()) error = htmlOutput_.open();
        if (!error && options_.format) error = dataOutput_.open();
        return error ? failToWrite(*error) : ExitCode::done;
    }

    void printNotes(const WalkResult& result) const {
        if (result.summary.totalsChanged) note(totalsChangedNote);
        for (const std::string& text : result.leftOut.notes()) note(text);
        if (!hasMatch_ && report_.isComplete()) note(noMatchNote(result.summary) + '.');
    }

    void printIncompleteNote() const {
        const auto apps = static_cast<std::int64_t>(report_.unread.size());
        note(fmt::format("the report is incomplete: builds of {} are missing. The report names {}.",
                         counted(apps, "app"), apps == 1 ? "it" : "them"));
    }

    static Period periodOf(const ReportOptions& options) {
        Period period{std::chrono::system_clock::now(), options.selection.since};
        if (options.comparesPrevious) period.previousSince = previousBegin(*period.since, period.now);
        return period;
    }

    // Corrects the end of the previous period by the service's clock. A report without a comparison begins at the same
    // time.
    void correctPeriod(const Connection& connection) {
        Period period = report_.statistics.period();
        if (!period.previousSince) return;
        period.sinceCorrection = sinceCorrection(connection, selection_, report_.apps.front().app, signals_.token());
        report_.statistics = BuildStatistics(period);
    }

    void addApps() {
        std::vector<std::string> names = selection_.connection.applications;
        if (names.empty()) names.emplace_back();
        for (const std::string& name : names) {
            if (findApp(name) != nullptr) continue;
            const auto shownName = selection_.connection.appNames.find(name);
            report_.apps.push_back({name, shownName == selection_.connection.appNames.end() ? "" : shownName->second});
        }
    }

    // Adds the names and the newest processed builds of the apps, after their builds were read.
    void describeApps(const Connection& connection) {
        for (const auto& [key, group] : report_.statistics.groups()) {
            ReportedApp* const app = findApp(group.app);
            if (app == nullptr) continue;
            if (app->serviceName.empty()) app->serviceName = group.appName;
            if (group.newestProcessed) app->newestProcessed[group.os] = *group.newestProcessed;
        }
        if (options_.selection.since) addEarlierBuilds(connection);
    }

    // Adds newest processed builds from before the period. If a request fails, the report lacks only these builds.
    void addEarlierBuilds(const Connection& connection) {
        std::vector<std::string> names;
        for (const ReportedApp& app : report_.apps) {
            if (report_.isRead(app.app)) names.push_back(app.app);
        }
        const auto visit = [this](const std::string& name, const Build& build) {
            ReportedApp& app = *findApp(name);
            if (app.serviceName.empty()) app.serviceName = appNameOf(build);
            addNewestProcessed(app.newestProcessed, systemOf(build), report_.statistics.briefOf(build));
        };
        readNewestProcessed(connection, options_.selection, names, signals_.token(), visit);
    }

    ReportedApp* findApp(const std::string& name) {
        const auto isNamed = [&](const ReportedApp& app) { return app.app == name; };
        const auto found = std::find_if(report_.apps.begin(), report_.apps.end(), isNamed);
        return found == report_.apps.end() ? nullptr : &*found;
    }

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
        return walkBuilds(connection, selection_, signals_.token(), visitor);
    }

    ExitCode writeOutputs() {
        ExitCode code = ExitCode::done;
        if (options_.format) code = writeTo(dataOutput_, textOf(report_, *options_.format));
        if (code != ExitCode::done || options_.htmlFile.empty()) return code;
        return writeTo(htmlOutput_, reportPage(report_));
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
    OutputFile htmlOutput_;
    OutputFile dataOutput_;
    BuildSelection selection_;  // begins with the previous period, if the report compares
    Report report_;
    ExitCode firstFailure_ = ExitCode::done;  // of the first app that could not be read
    bool hasMatch_ = false;                   // whether a build is in the report
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
