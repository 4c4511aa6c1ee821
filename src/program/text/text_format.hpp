/// @file
/// Server text in the columns of a terminal, in JSON, in CSV and on a page. For people it goes through
/// applivery::printable() first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace applivery::program {

/// How many columns a terminal needs for it.
[[nodiscard]] std::size_t displayWidth(std::string_view text);

/// At most so many columns, and not many more bytes, with an ellipsis where something was left out.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t columns);

/// As one line of a table; `-` where there is no text.
[[nodiscard]] std::string orDash(const std::optional<std::string>& text);

/// JSON text in which nothing acts on a terminal or on what reads a log: such characters become escapes.
[[nodiscard]] std::string jsonForLogs(std::string_view json);

/// As a JSON string, with its quotes; bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string jsonQuoted(std::string_view text);

/// As text in Markdown, also in a cell of a table: nothing in it is markup, nor HTML, nor
/// what GitHub makes links and mentions of.
[[nodiscard]] std::string markdownText(std::string_view text);

/// As text of HTML, of SVG, or of an attribute in quotes: nothing in it is markup.
[[nodiscard]] std::string htmlText(std::string_view text);

/// A number for people: `12,345`, or three digits of one that is not whole.
[[nodiscard]] std::string groupedNumber(double number);

/// The same where there is little room: three digits from a million on, `1.23e6`.
[[nodiscard]] std::string shortNumber(double number);

/// `1 build`, `12,345 builds`
[[nodiscard]] std::string counted(std::int64_t count, std::string_view what);

/// As one word of a shell's command, whatever it holds.
[[nodiscard]] std::string shellQuoted(std::string_view text);

/// As a cell of RFC 4180 on one line, which no spreadsheet takes for a formula: one that begins like it gets an
/// apostrophe.
[[nodiscard]] std::string csvCell(std::string_view text);

}  // namespace applivery::program
