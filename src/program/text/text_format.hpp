/// @file
/// Formats text of the service and numbers for a terminal, JSON, CSV, Markdown, HTML and shells. Formats for people
/// apply applivery::printable().
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace applivery::program {

/// Returns the number of columns that the text takes on a terminal.
[[nodiscard]] std::size_t displayWidth(std::string_view text);

/// Shortens the text to a number of columns, and to 16 bytes per column. A shortened text ends in an ellipsis.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t columns);

/// Returns the text as one printable line; `-` if it is absent or empty.
[[nodiscard]] std::string orDash(const std::optional<std::string>& text);

/// Escapes all characters of a JSON text that a terminal or a CI system could interpret.
[[nodiscard]] std::string jsonForLogs(std::string_view json);

/// Returns a JSON string with quotes. Bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string jsonQuoted(std::string_view text);

/// Escapes text for Markdown and for a cell of a Markdown table: it contains no markup, no HTML, and nothing that
/// GitHub turns into a link or a mention.
[[nodiscard]] std::string markdownText(std::string_view text);

/// Escapes text for HTML, SVG, and attributes in quotes.
[[nodiscard]] std::string escapedHtml(std::string_view text);

/// Returns a number for people: whole numbers and numbers from 100 on as `12,345`, others with three digits.
[[nodiscard]] std::string groupedNumber(double number);

/// Returns a short number for people: from a million on only three digits, such as `1.23e6`.
[[nodiscard]] std::string shortNumber(double number);

/// Returns a count with its noun in singular or plural: `1 build`, `12,345 builds`.
[[nodiscard]] std::string counted(std::int64_t count, std::string_view noun);

/// Quotes text as one word of a shell command.
[[nodiscard]] std::string shellQuoted(std::string_view text);

/// Returns a cell of CSV (RFC 4180) on one line. Text that a spreadsheet would read as a formula gets an apostrophe in
/// front.
[[nodiscard]] std::string csvCell(std::string_view text);

}  // namespace applivery::program
