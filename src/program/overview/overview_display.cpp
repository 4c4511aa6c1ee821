#include "overview/overview_display.hpp"

#include "overview/overview_screen.hpp"
#include "overview/request_budget.hpp"
#include "text/messages.hpp"
#include "text/terminal.hpp"
#include "text/text_format.hpp"
#include "text/time_text.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace applivery::program {
namespace {

std::string intervalText(const OverviewOptions& options, std::chrono::milliseconds interval) {
    const std::string reason = fmt::format(", not {}: the service allows {} an hour", durationText(options.interval),
                                           counted(RequestBudget::perHour, "request"));
    return fmt::format("refresh every {}{}", durationText(interval), interval > options.interval ? reason : "");
}

}  // namespace

OverviewDisplay::OverviewDisplay(const OverviewOptions& options)
    : options_(options),
      isForPrograms_(options.format == Format::json || options.format == Format::ndjson),
      isRedrawn_(options.isWatch && options.format == Format::table && outputIsScreen()) {}

ExitCode OverviewDisplay::showLast(const Overview& overview, ExitCode code) {
    const bool isWritten = write(isRedrawn_ ? screenText(overview, "", false) : text(overview));
    printFailures(overview);
    return isWritten ? code : codeOfWriteError(code);
}

bool OverviewDisplay::show(const Overview& overview, std::chrono::milliseconds interval, bool isResized) {
    const std::string footer = intervalText(options_, interval);
    if (isRedrawn_) return write(screenText(overview, footer, isResized));
    const bool isWritten = write(text(overview));
    printFailures(overview);
    if (!isWritten) return false;
    if (interval > options_.interval && std::exchange(printedInterval_, footer) != footer) {
        printNote(footer, isForPrograms_);
    }
    return true;
}

ExitCode OverviewDisplay::codeOfWriteError(ExitCode code) const {
    if (out_.isBrokenPipe()) return code;
    printMessage(error_);
    return ExitCode::other;
}

void OverviewDisplay::print(const Error& error) const {
    printError(error, isForPrograms_);
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

std::string OverviewDisplay::text(const Overview& overview) const {
    if (isForPrograms_)
        return overviewJson(overview, options_.format == Format::json ? JsonLines::many : JsonLines::one);
    const std::string separator = hasBegun_ ? "\n" : "";
    if (options_.format == Format::markdown) return separator + overviewMarkdown(overview);
    return separator + overviewTable(overview, {outputColumns(), std::nullopt, hasColors()});
}

std::string OverviewDisplay::screenText(const Overview& overview, const std::string& footer, bool isResized) const {
    const char* const clear = hasBegun_ && !isResized ? "" : "\x1b[2J";
    const ScreenSize size{outputColumns().value_or(0), outputRows()};
    return clear + overviewScreen(overview, footer, size, hasColors());
}

bool OverviewDisplay::hasColors() const {
    return !options_.hasNoColor && outputHasColors();
}

bool OverviewDisplay::write(const std::string& text) {
    hasBegun_ = true;
    const auto error = out_.write(text);
    if (error) error_ = *error;
    return !error && !out_.isBrokenPipe();
}

}  // namespace applivery::program
