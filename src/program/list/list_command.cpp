#include "list/list_command.hpp"

#include "list/build_writer.hpp"
#include "option_names.hpp"
#include "signals.hpp"
#include "text/messages.hpp"
#include "text/output_file.hpp"
#include "text/progress.hpp"
#include "text/terminal.hpp"
#include "text/text_format.hpp"

#include <applivery/applivery.hpp>

#include <fmt/format.h>

#include <utility>

namespace applivery::program {
namespace {

constexpr int maxPagesOfLatest = 50;

std::unique_ptr<BuildWriter> makeWriter(const ListOptions& options) {
    const std::size_t apps = options.selection.connection.applications.size();
    const WriterOptions rowOptions{columnFields(options.fields), apps > 0};
    switch (options.format) {
        case Format::json:
            return makeJsonWriter();
        case Format::ndjson:
            return makeNdjsonWriter();
        case Format::csv:
            return makeCsvWriter(rowOptions);
        case Format::markdown:
            return makeMarkdownWriter(rowOptions);
        case Format::table:
            break;
    }
    const bool isForTerminal = options.outFile.empty();
    TableOptions tableOptions;
    if (!options.fields.empty()) tableOptions.fields = rowOptions.fields;
    tableOptions.hasAppColumn = apps > 1;
    if (isForTerminal) tableOptions.columns = outputColumns();
    tableOptions.hasColors = isForTerminal && !options.hasNoColor && outputHasColors();
    return makeTableWriter(std::move(tableOptions));
}

// Progress must not appear between builds on a terminal. A table is printed at the end only.
bool showsProgress(const ListOptions& options) {
    const bool printsBuildsToTerminal = outputColumns() && options.outFile.empty() && options.format != Format::table;
    return options.readsAllPages && !printsBuildsToTerminal;
}

bool isForPrograms(Format format) {
    return format == Format::json || format == Format::ndjson;
}

/// Runs the command once, from the first request to the exit code.
class ListRun {
public:
    explicit ListRun(const ListOptions& options)
        : options_(options), out_(options.outFile), writer_(makeWriter(options)), progress_(showsProgress(options)) {}

    ExitCode run(const Connection& connection) {
        // The output is opened before the first request, so that no response is lost because it cannot be written.
        if (const auto error = out_.open()) return failToWrite(*error);
        return options_.readsAllPages ? readAllPages(connection) : readOnePage(std::get<BuildsClient>(connection));
    }

private:
    ExitCode readOnePage(const BuildsClient& client) {
        const BuildSelection& selection = options_.selection;
        Result<BuildPage> page =
            client.listBuilds(selection.sentFilter(), {options_.page, selection.limit}, signals_.token());
        if (!page) {
            const Error error = withOptionNames(page.error(), selection.connection);
            print(error);
            return codeOf(error);
        }
        BuildMatcher matcher(selection);
        for (const Build& build : page->items) {
            if (matcher.includes(build)) add(build, selection.application());
        }
        note(matcher.leftOut());
        if (selection.isPartlyLocal() && !isEmptyTable() && mayHaveOtherPages(*page)) {
            note(fmt::format("compared only the {} of page {}. To compare all builds, set --all.",
                             counted(static_cast<std::int64_t>(page->items.size()), "build"), options_.page));
        }
        // The total of the service includes builds that this program leaves out.
        if (selection.isPartlyLocal() || matcher.leftOut().mismatches > 0) page->totalItems.reset();
        WalkSummary summary;
        summary.pages = 1;
        summary.builds = static_cast<std::int64_t>(page->items.size());
        ListEnd end;
        end.page = &*page;
        return finish(end, ExitCode::done, summary);
    }

    [[nodiscard]] bool mayHaveOtherPages(const BuildPage& page) const {
        if (options_.page != 1) return true;
        if (page.items.empty()) return page.hasNextPage == true;
        return page.hasNextPage != false && page.totalPages != 1;
    }

    ExitCode readAllPages(const Connection& connection) {
        bool isWritten = true;
        WalkVisitor visitor;
        visitor.build = [this](const Build& build, const std::string& app) {
            add(build, app);
            return !options_.isLatest;
        };
        visitor.failure = [this](const Error& error, const std::string&) { addFailure(error); };
        visitor.step = [&](const WalkSummary& summary) {
            isWritten = flush();
            progress_.show(summary);
            isCutOff_ = options_.isLatest && summary.pages >= maxPagesOfLatest;
            return isWritten && !isCutOff_;
        };
        const WalkResult result = walkBuilds(connection, options_.selection, signals_.token(), visitor);
        if (!isWritten) return codeOfWriteError();
        note(result.leftOut);
        return finishAllPages(result);
    }

    void add(const Build& build, const std::string& application) {
        if (!std::exchange(hasBegun_, true)) text_ += writer_->begin();
        text_ += writer_->add(build, application);
        ++builds_;
    }

    void addFailure(const Error& error) {
        clearStatus();
        print(error);
        ++failures_;
        if (firstFailure_ == ExitCode::done) firstFailure_ = codeOf(error);
    }

    // Writes the text so far. Returns false after a write error, and if the reader has closed the pipe.
    bool flush() {
        if (text_.empty()) return true;
        clearStatus();
        const auto error = out_.write(text_);
        text_.clear();
        if (error) writeError_ = *error;
        return !error && !out_.isBrokenPipe();
    }

    ExitCode finishAllPages(const WalkResult& result) {
        if (failures_ > 0) return finishIncomplete(result.summary);
        if (options_.isLatest && builds_ == 0) {
            note(notFoundText(result));
            return ExitCode::notFound;
        }
        if (result.summary.totalsChanged) note(totalsChangedNote);
        return finish(ListEnd{}, ExitCode::done, result.summary);
    }

    ExitCode finishIncomplete(const WalkSummary& summary) {
        const bool haveAllAppsFailed = failures_ == options_.selection.connection.applicationCount();
        const auto signalCode = signals_.exitCode();
        if (builds_ == 0 && (haveAllAppsFailed || signalCode)) return signalCode.value_or(firstFailure_);
        const std::string state = out_.state();
        note(fmt::format("the list is incomplete: it has {} of {}{}.", counted(builds_, "build"),
                         counted(summary.pages, "page"), state.empty() ? "" : "; " + state));
        ListEnd end;
        end.isComplete = false;
        return finish(end, signalCode.value_or(ExitCode::partial), summary);
    }

    [[nodiscard]] std::string notFoundText(const WalkResult& result) const {
        std::string text = noMatchNote(result.summary) + (isCutOff_ ? "; latest reads no more pages." : ".");
        if (result.leftOut.disabled > 0) {
            text += fmt::format(" To include {} that matches but is disabled, set --include-disabled.",
                                counted(result.leftOut.disabled, "build"));
        }
        if (isCutOff_) text += " To read all pages, use list --all.";
        return text;
    }

    [[nodiscard]] bool isEmptyTable() const {
        return builds_ == 0 && options_.format == Format::table && options_.outFile.empty();
    }

    // Writes the end of the list. An incomplete list replaces no file.
    ExitCode finish(const ListEnd& end, ExitCode code, const WalkSummary& summary) {
        if (isEmptyTable()) {
            const bool mayBeElsewhere = end.page != nullptr && mayHaveOtherPages(*end.page);
            note(noMatchNote(summary) + (mayBeElsewhere ? ". Read all pages with --all." : "."));
            return code;
        }
        if (!std::exchange(hasBegun_, true)) text_ += writer_->begin();
        text_ += writer_->end(end);
        if (!flush()) return codeOfWriteError();
        if (end.isComplete) {
            if (const auto error = out_.commit()) return failToWrite(*error);
        }
        return code;
    }

    // A closed pipe is no error: `head` closes it after the lines that it needs.
    ExitCode codeOfWriteError() { return out_.isBrokenPipe() ? firstFailure_ : failToWrite(writeError_); }

    static ExitCode failToWrite(const std::string& error) {
        clearStatus();
        printMessage(error);
        return ExitCode::other;
    }

    [[nodiscard]] ExitCode codeOf(const Error& error) const {
        return signals_.exitCodeOf(error, exitCodeOf(error.kind()));
    }

    void print(const Error& error) const { printError(error, isForPrograms(options_.format)); }

    void note(const LeftOut& leftOut) const {
        for (const std::string& text : leftOut.notes()) note(text);
    }

    void note(const std::string& text) const {
        clearStatus();
        printNote(text, isForPrograms(options_.format));
    }

    const ListOptions& options_;
    Signals signals_;
    OutputFile out_;
    const std::unique_ptr<BuildWriter> writer_;
    Progress progress_;
    std::string text_;  // not written yet
    std::string writeError_;
    std::int64_t builds_ = 0;   // number of builds in the list
    std::size_t failures_ = 0;  // number of apps that could not be read
    ExitCode firstFailure_ = ExitCode::done;
    bool hasBegun_ = false;  // whether the writer returned the text before the first build
    bool isCutOff_ = false;  // whether maxPagesOfLatest ended the list
};

}  // namespace

ExitCode list(const ListOptions& options) {
    const Signals signals;
    const Result<Connection> connection = connect(options.selection.connection);
    if (!connection) {
        printError(connection.error(), isForPrograms(options.format));
        return signals.exitCodeOf(connection.error(), ExitCode::credentials);
    }
    return ListRun(options).run(*connection);
}

}  // namespace applivery::program
