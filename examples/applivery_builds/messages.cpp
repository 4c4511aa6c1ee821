#include "messages.hpp"

#include "text_format.hpp"

#include <applivery/text.hpp>

#include <fmt/format.h>

#include <cstdio>

namespace applivery::program {
void writeRaw(std::string_view text) {
    (void)std::fwrite(text.data(), 1, text.size(), stderr);
    (void)std::fflush(stderr);
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
