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

// Returns the interval, and why it is longer than the option.
std::string intervalText(const OverviewOptions& options, std::chrono::milliseconds interval) {
    std::string text = "refresh every " + durationText(interval);
    if (interval > options.interval) {
        text += fmt::format(", not {}: the service allows {} an hour", durationText(options.interval),
                            counted(RequestBudget::perHour, "request"));
    }
    return text;
}

}  // namespace

OverviewDisplay::OverviewDisplay(const OverviewOptions& options)
    : options_(options),
      isForPrograms_(options.format == Format::json || options.format == Format::ndjson),
      isRedrawn_(options.isWatch && options.format == Format::table && outputIsScreen()) {}

ExitCode OverviewDisplay::showLast(const Overview& overview, ExitCode code) {
    const bool isWritten = write(isRedrawn_ ? screenText(overview, "", false) : formatted(overview));
    printFailures(overview);
    return isWritten ? code : codeOfWriteError(code);
}

bool OverviewDisplay::show(const Overview& overview, std::chrono::milliseconds interval, bool isResized) {
    const std::string footer = intervalText(options_, interval);
    if (isRedrawn_) return write(screenText(overview, footer, isResized));
    const bool isWritten = write(formatted(overview));
    printFailures(overview);
    if (!isWritten) return false;
    const bool isExtended = interval > options_.interval;
    if (isExtended && printedInterval_ != footer) {
        printNote(footer, isForPrograms_);
        printedInterval_ = footer;
    }
    return true;
}

ExitCode OverviewDisplay::codeOfWriteError(ExitCode code) const {
    if (out_.isBrokenPipe()) return code;
    printMessage(writeError_);
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
        const auto last = printedFailures_.find(app.app());
        const bool isRepeated = last != printedFailures_.end() && last->second == message;
        if (!isRepeated) print(Error(*app.failure()).setMessage(message));
    }
    printedFailures_ = std::move(printed);
}

std::string OverviewDisplay::formatted(const Overview& overview) const {
    if (options_.format == Format::json) return overviewJson(overview, JsonLines::many);
    if (options_.format == Format::ndjson) return overviewJson(overview, JsonLines::one);
    const std::string separator = hasPrinted_ ? "\n" : "";
    if (options_.format == Format::markdown) return separator + overviewMarkdown(overview);
    return separator + overviewTable(overview, {outputColumns(), std::nullopt, hasColors()});
}

std::string OverviewDisplay::screenText(const Overview& overview, const std::string& footer, bool isResized) const {
    const char* const clearScreen = "\x1b[2J";
    const bool mustClear = !hasPrinted_ || isResized;
    const ScreenSize size{outputColumns().value_or(0), outputRows()};
    return (mustClear ? clearScreen : "") + overviewScreen(overview, footer, size, hasColors());
}

bool OverviewDisplay::hasColors() const {
    return !options_.hasNoColor && outputHasColors();
}

bool OverviewDisplay::write(const std::string& text) {
    hasPrinted_ = true;
    const auto error = out_.write(text);
    if (error) writeError_ = *error;
    return !error && !out_.isBrokenPipe();
}

}  // namespace applivery::program
