#include "list/list_command.hpp"

#include "exit_code.hpp"
#include "signals.hpp"
#include "text/messages.hpp"
#include "text/output_file.hpp"
#include "text/progress.hpp"
#include "text/terminal.hpp"

#include <applivery/applivery.hpp>

#include <fmt/format.h>

#include <utility>

namespace applivery::program {
namespace {

std::unique_ptr<BuildWriter> makeWriter(const ListOptions& options) {
    const std::size_t applications = options.selection.connection.applications.size();
    const WriterOptions rows{fieldsOf(options.fields), applications > 0};
    switch (options.format) {
        case Format::json:
            return makeJsonWriter();
        case Format::ndjson:
            return makeNdjsonWriter();
        case Format::csv:
            return makeCsvWriter(rows);
        case Format::markdown:
            return makeMarkdownWriter(rows);
        case Format::table:
            break;
    }
    TableOptions table;
    if (!options.fields.empty()) table.fields = rows.fields;
    table.hasApplications = applications > 1;
    if (options.outFile.empty()) table.columns = outputColumns();
    table.hasColors = options.outFile.empty() && !options.hasNoColor && outputHasColors();
    return makeTableWriter(std::move(table));
}

bool isForPrograms(Format format) {
    return format == Format::json || format == Format::ndjson;
}

/// One run of the command, from the first request to the exit code.
class ListRun {
public:
    explicit ListRun(const ListOptions& options)
        : options_(options),
          out_(options.outFile),
          writer_(makeWriter(options)),
          progress_(options.isWhole &&
                    (!outputColumns() || !options.outFile.empty() || options.format == Format::table)) {}

    int run(const Connection& connection) {
        if (const auto why = out_.open()) return refuse(*why);  // an answer must not be lost for want of a place
        return options_.isWhole ? walk(connection) : onePage(std::get<BuildsClient>(connection));
    }

private:
    int onePage(const BuildsClient& client) {
        const BuildSelection& selection = options_.selection;
        const Result<BuildPage> page =
            client.listBuilds(selection.filter, {options_.page, selection.limit}, signals_.token());
        if (!page) return fail(page.error());
        for (const Build& build : page->items) {
            if (selection.includes(build)) deliver(build, selection.application());
        }
        return finish({&*page, true}, done);
    }

    int walk(const Connection& connection) {
        bool isWritten = true;
        WalkVisitor visitor;
        visitor.build = [this](const Build& build, const std::string& app) { deliver(build, app); };
        visitor.failure = [this](const Error& error, const std::string&) { failed(error); };
        visitor.step = [&](const WalkSummary& summary) {
            if (isEnough()) return false;
            isWritten = flush();
            progress_.show(summary);
            return isWritten;
        };
        const WalkSummary summary = walkBuilds(connection, options_.selection, signals_.token(), visitor);
        return isWritten ? finishWalk(summary) : trouble();
    }

    [[nodiscard]] bool isEnough() const { return options_.isLatest && builds_ > 0; }

    void deliver(const Build& build, const std::string& application) {
        if (isEnough()) return;
        if (!std::exchange(hasBegun_, true)) text_ += writer_->begin();
        text_ += writer_->add(build, application);
        ++builds_;
    }

    bool flush() {
        if (text_.empty()) return true;
        clearStatus();
        const auto why = out_.write(text_);
        text_.clear();
        if (why) error_ = *why;
        return !why && !out_.isBrokenPipe();
    }

    void failed(const Error& error) {
        clearStatus();
        say(error);
        ++failures_;
        if (firstFailure_ == done) firstFailure_ = codeOf(error);
    }

    int finishWalk(const WalkSummary& summary) {
        if (firstFailure_ == done) {
            if (options_.isLatest && builds_ == 0) {
                note("no build matches");
                return notFound;
            }
            if (summary.totalsChanged) note(totalsChangedNote);
            return finish({nullptr, true}, done);
        }
        const bool isNothingRead = failures_ == options_.selection.connection.applicationCount();
        if (builds_ == 0 && (isNothingRead || signals_.exitCode() != 0)) return firstFailure_;
        const std::string state = out_.state();
        note(fmt::format("incomplete: {} builds of {} page{} came{}", builds_, summary.pages,
                         summary.pages == 1 ? "" : "s", state.empty() ? "." : "; " + state + '.'));
        return finish({nullptr, false}, partial);
    }

    // What is not whole takes the place of no file.
    int finish(const ListEnd& end, int code) {
        if (builds_ == 0 && options_.format == Format::table && options_.outFile.empty()) {
            note("no builds match");
            return code;
        }
        if (!std::exchange(hasBegun_, true)) text_ += writer_->begin();
        text_ += writer_->end(end);
        if (!flush()) return trouble();
        if (end.isComplete) {
            if (const auto why = out_.commit()) return refuse(*why);
        }
        return code;
    }

    // A reader that has gone away ends the program quietly.
    int trouble() { return out_.isBrokenPipe() ? firstFailure_ : refuse(error_); }

    int refuse(const std::string& why) {
        clearStatus();
        program::say(why);
        return other;
    }

    int fail(const Error& error) {
        say(error);
        return codeOf(error);
    }

    [[nodiscard]] int codeOf(const Error& error) const {
        const bool isBySignal = error.kind() == ErrorKind::cancelled && signals_.exitCode() != 0;
        return isBySignal ? signals_.exitCode() : static_cast<int>(exitCodeOf(error.kind()));
    }

    void say(const Error& error) const { sayError(error, isForPrograms(options_.format)); }

    void note(const std::string& line) {
        clearStatus();
        sayNote(line, isForPrograms(options_.format));
    }

    const ListOptions& options_;
    Signals signals_;
    OutputFile out_;
    const std::unique_ptr<BuildWriter> writer_;
    Progress progress_;
    std::string text_;  // that is not written yet
    std::string error_;
    std::int64_t builds_ = 0;
    std::size_t failures_ = 0;  // one an app
    int firstFailure_ = done;
    bool hasBegun_ = false;
};

}  // namespace

int list(const ListOptions& options) {
    const Result<Connection> connection = connect(options.selection.connection);
    if (!connection) {
        sayError(connection.error(), isForPrograms(options.format));
        return credentials;
    }
    return ListRun(options).run(*connection);
}

}  // namespace applivery::program
