#include "text/messages.hpp"

#include "text/terminal.hpp"
#include "text/text_format.hpp"

#include <applivery/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <mutex>
#include <string>
#include <utility>

namespace applivery::program {
namespace {

constexpr std::string_view lineErased = "\r\x1b[K";
std::mutex output;
bool statusIsShown = false;  // guarded by output

void write(std::string_view text) {
    (void)std::fwrite(text.data(), 1, text.size(), stderr);
    (void)std::fflush(stderr);
}

void eraseStatus() {
    if (std::exchange(statusIsShown, false)) write(lineErased);
}

}  // namespace

void showStatus(std::string_view line) {
    const auto columns = progressColumns();
    if (!columns) return;
    const std::lock_guard<std::mutex> lock(output);
    write(std::string(lineErased) + shortened(printable(line), std::max<std::size_t>(*columns, 2) - 1));
    statusIsShown = true;
}

void clearStatus() {
    const std::lock_guard<std::mutex> lock(output);
    eraseStatus();
}

void writeRaw(std::string_view text) {
    const std::lock_guard<std::mutex> lock(output);
    eraseStatus();
    write(text);
}

void say(std::string_view line) {
    writeRaw(fmt::format("applivery-builds: {}\n", printable(line)));
}

std::string errorJson(const Error& error) {
    const std::string code = error.apiCode() ? fmt::format(",\"code\":{}", *error.apiCode()) : "";
    const std::string http = error.httpStatus() ? fmt::format(",\"http\":{}", *error.httpStatus()) : "";
    return fmt::format(R"({{"kind":"{}"{}{},"message":{},"retryable":{}}})", toString(error.kind()), code, http,
                       jsonQuoted(error.message()), error.isRetryable());
}

void sayError(const Error& error, bool asJson) {
    if (!asJson) return say(error.message());
    writeRaw("{\"error\":" + errorJson(error) + "}\n");
}

void sayNote(std::string_view note, bool asJson) {
    if (!asJson) return say(note);
    writeRaw(fmt::format("{{\"note\":{{\"message\":{}}}}}\n", jsonQuoted(note)));
}

}  // namespace applivery::program
