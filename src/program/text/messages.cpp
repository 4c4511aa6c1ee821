#include "text/messages.hpp"

#include "text/descriptor.hpp"
#include "text/terminal.hpp"
#include "text/text_format.hpp"

#include <applivery/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <string>
#include <utility>

namespace applivery::program {
namespace {

constexpr std::string_view eraseLine = "\r\x1b[K";
std::mutex outputMutex;
bool statusIsShown = false;  // guarded by outputMutex

void writeToStandardError(std::string_view text) {
    (void)writeAll(standardError, text);
}

void eraseStatus() {
    if (std::exchange(statusIsShown, false)) writeToStandardError(eraseLine);
}

}  // namespace

void showStatus(std::string_view line) {
    const auto columns = progressColumns();
    if (!columns) return;
    const std::lock_guard<std::mutex> lock(outputMutex);
    const std::size_t maxColumns = std::max<std::size_t>(*columns, 2) - 1;  // in a full line, the terminal would wrap
    writeToStandardError(std::string(eraseLine) + shortened(printable(line), maxColumns));
    statusIsShown = true;
}

void clearStatus() {
    const std::lock_guard<std::mutex> lock(outputMutex);
    eraseStatus();
}

void writeRaw(std::string_view text) {
    const std::lock_guard<std::mutex> lock(outputMutex);
    eraseStatus();
    writeToStandardError(text);
}

void printMessage(std::string_view line) {
    writeRaw(fmt::format("applivery-builds: {}\n", printable(line)));
}

std::string errorJson(const Error& error) {
    const std::string code = error.apiCode() ? fmt::format(",\"code\":{}", *error.apiCode()) : "";
    const std::string http = error.httpStatus() ? fmt::format(",\"http\":{}", *error.httpStatus()) : "";
    return fmt::format(R"({{"kind":"{}"{}{},"message":{},"retryable":{}}})", toString(error.kind()), code, http,
                       jsonQuoted(error.message()), error.isRetryable());
}

void printError(const Error& error, bool asJson) {
    if (!asJson) return printMessage(error.message());
    writeRaw("{\"error\":" + errorJson(error) + "}\n");
}

void printNote(std::string_view note, bool asJson) {
    if (!asJson) return printMessage(note);
    writeRaw(fmt::format("{{\"note\":{{\"message\":{}}}}}\n", jsonQuoted(note)));
}

}  // namespace applivery::program
