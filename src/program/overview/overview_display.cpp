#include "overview/overview_display.hpp"

#include "exit_code.hpp"
#include "text/messages.hpp"
#include "text/terminal.hpp"
#include "text/text_format.hpp"
#include "text/time_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace applivery::program {
namespace {

// In the place of what stands there, without a moment in which nothing does.
std::string writtenAnew(const std::string& text) {
    std::string out = "\x1b[H";
    for (const char c : text) {
        if (c == '\n') out += "\x1b[K";
        out += c;
    }
    return out + "\x1b[J";
}

std::string whenAgain(const OverviewOptions& options, std::chrono::milliseconds interval, int requests) {
    const std::string why = fmt::format(", not {}: {} a time, by the service's hourly limit",
                                        durationText(options.interval), counted(requests, "request"));
    return fmt::format("again after {}{}", durationText(interval), interval > options.interval ? why : "");
}

}  // namespace

OverviewDisplay::OverviewDisplay(const OverviewOptions& options)
    : options_(options), isScreen_(options.isWatch && options.format == Format::table && outputIsScreen()) {}

int OverviewDisplay::last(const Overview& overview, int code) {
    const bool isWritten = write(text(overview, ""));
    sayFailures(overview);
    return isWritten ? code : trouble(code);
}

bool OverviewDisplay::show(const Overview& overview, std::chrono::milliseconds interval, int requests) {
    const std::string again = whenAgain(options_, interval, requests);
    if (isScreen_) return write(text(overview, again + '\n'));
    const bool isWritten = write(text(overview, ""));
    sayFailures(overview);
    if (!isWritten) return false;
    if (interval > options_.interval && std::exchange(saidOfInterval_, again) != again) {
        sayNote(again, options_.format == Format::json);
    }
    return true;
}

int OverviewDisplay::trouble(int code) const {
    if (out_.isBrokenPipe()) return code;
    program::say(error_);
    return other;
}

void OverviewDisplay::say(const Error& error) const {
    sayError(error, options_.format == Format::json);
}

// A failure that lasts is told once.
void OverviewDisplay::sayFailures(const Overview& overview) {
    std::map<std::string, std::string> said;
    for (const AppOverview& app : overview.apps) {
        if (!app.failure()) continue;
        const std::string message = (app.app().empty() ? "" : app.app() + ": ") + app.failure()->message();
        said[app.app()] = message;
        const auto before = said_.find(app.app());
        if (before == said_.end() || before->second != message) say(Error(*app.failure()).setMessage(message));
    }
    said_ = std::move(said);
}

std::string OverviewDisplay::text(const Overview& overview, const std::string& foot) const {
    const bool isAnother = hasBegun_ && !isScreen_;
    if (options_.format == Format::json) return overviewJson(overview);
    if (options_.format == Format::markdown) return (isAnother ? "\n" : "") + overviewMarkdown(overview);
    OverviewScreen screen;
    screen.columns = outputColumns();
    screen.hasColors = !options_.hasNoColor && outputHasColors();
    constexpr std::size_t others = 7;  // lines that are not the table's rows, some of which may take two
    if (isScreen_) screen.rows = std::max(outputRows(), others + 2) - others;
    return (isAnother ? "\n" : "") + overviewTable(overview, screen) + foot;
}

bool OverviewDisplay::write(const std::string& text) {
    const std::string begin = isScreen_ && !hasBegun_ ? "\x1b[2J" : "";
    hasBegun_ = true;
    const auto why = out_.write(isScreen_ ? begin + writtenAnew(text) : text);
    if (why) error_ = *why;
    return !why && !out_.isBrokenPipe();
}

}  // namespace applivery::program
