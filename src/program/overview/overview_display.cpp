#include "overview/overview_display.hpp"

#include "text/messages.hpp"
#include "text/terminal.hpp"
#include "text/text_format.hpp"
#include "text/time_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace applivery::program {
namespace {

// Overwrites the screen line by line: to clear it first would make it flicker.
std::string redrawn(const std::string& text) {
    std::string out = "\x1b[H";
    for (const char c : text) {
        if (c == '\n') out += "\x1b[K";
        out += c;
    }
    return out + "\x1b[J";
}

std::string intervalText(const OverviewOptions& options, std::chrono::milliseconds interval, int requests) {
    const std::string reason = fmt::format(", not {}: a refresh takes {}, and the service limits requests per hour",
                                           durationText(options.interval), counted(requests, "request"));
    return fmt::format("refresh every {}{}", durationText(interval), interval > options.interval ? reason : "");
}

}  // namespace

OverviewDisplay::OverviewDisplay(const OverviewOptions& options)
    : options_(options), isRedrawn_(options.isWatch && options.format == Format::table && outputIsScreen()) {}

ExitCode OverviewDisplay::showLast(const Overview& overview, ExitCode code) {
    const bool isWritten = write(text(overview, ""));
    printFailures(overview);
    return isWritten ? code : codeOfWriteError(code);
}

bool OverviewDisplay::show(const Overview& overview, std::chrono::milliseconds interval, int requests) {
    const std::string footer = intervalText(options_, interval, requests);
    if (isRedrawn_) return write(text(overview, footer + '\n'));
    const bool isWritten = write(text(overview, ""));
    printFailures(overview);
    if (!isWritten) return false;
    if (interval > options_.interval && std::exchange(printedInterval_, footer) != footer) {
        printNote(footer, options_.format == Format::json);
    }
    return true;
}

ExitCode OverviewDisplay::codeOfWriteError(ExitCode code) const {
    if (out_.isBrokenPipe()) return code;
    printMessage(error_);
    return ExitCode::other;
}

void OverviewDisplay::print(const Error& error) const {
    printError(error, options_.format == Format::json);
}

// Prints a failure only if the last refresh did not have the same one.
void OverviewDisplay::printFailures(const Overview& overview) {
    std::map<std::string, std::string> printed;
    for (const AppOverview& app : overview.apps) {
        if (!app.failure()) continue;
        const std::string message = (app.app().empty() ? "" : app.app() + ": ") + app.failure()->message();
        printed[app.app()] = message;
        const auto before = printedFailures_.find(app.app());
        if (before == printedFailures_.end() || before->second != message)
            print(Error(*app.failure()).setMessage(message));
    }
    printedFailures_ = std::move(printed);
}

std::string OverviewDisplay::text(const Overview& overview, const std::string& footer) const {
    const std::string separator = hasBegun_ && !isRedrawn_ ? "\n" : "";
    if (options_.format == Format::json) return overviewJson(overview);
    if (options_.format == Format::markdown) return separator + overviewMarkdown(overview);
    OverviewScreen screen;
    screen.columns = outputColumns();
    screen.hasColors = !options_.hasNoColor && outputHasColors();
    constexpr std::size_t otherLines = 7;  // header, notes and footer, of which some may be wrapped
    if (isRedrawn_) screen.rows = std::max(outputRows(), otherLines + 2) - otherLines;
    return separator + overviewTable(overview, screen) + footer;
}

bool OverviewDisplay::write(const std::string& text) {
    const std::string begin = isRedrawn_ && !hasBegun_ ? "\x1b[2J" : "";
    hasBegun_ = true;
    const auto error = out_.write(isRedrawn_ ? begin + redrawn(text) : text);
    if (error) error_ = *error;
    return !error && !out_.isBrokenPipe();
}

}  // namespace applivery::program
