#include "messages.hpp"

#include "text_format.hpp"

#include <applivery/text.hpp>

#include <fmt/format.h>

#include <cstdio>

namespace applivery::program {
namespace {

void write(const std::string& text) {
    (void)std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace

void say(std::string_view line) {
    write(fmt::format("applivery-builds: {}\n", printable(line)));
}

void sayError(const Error& error, bool asJson) {
    if (!asJson) return say(error.message());
    const std::string code = error.apiCode() ? fmt::format(",\"code\":{}", *error.apiCode()) : "";
    const std::string http = error.httpStatus() ? fmt::format(",\"http\":{}", *error.httpStatus()) : "";
    write(fmt::format("{{\"error\":{{\"kind\":\"{}\"{}{},\"message\":{},\"retryable\":{}}}}}\n", toString(error.kind()),
                      code, http, jsonQuoted(error.message()), error.isRetryable()));
}

void sayNote(std::string_view note, bool asJson) {
    if (!asJson) return say(note);
    write(fmt::format("{{\"note\":{{\"message\":{}}}}}\n", jsonQuoted(note)));
}

}  // namespace applivery::program
