#include "core/text.hpp"
#include "core/utf8.hpp"

#include <applivery/text.hpp>

#include <algorithm>
#include <cstddef>

namespace applivery {
namespace {

using detail::firstCharacter;

// Returns whether a character is a control character (C0 or C1), a line separator, or changes the direction of text.
bool isControl(char32_t code) {
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x61C || code == 0x200E || code == 0x200F ||
           (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

void appendEscaped(std::string& out, std::string_view bytes) {
    for (const char byte : bytes) {
        out += "\\x";
        detail::appendHex(out, byte);
    }
}

// Returns whether a character is white space of Unicode. Omits the characters that printable() escapes.
bool isSpace(char32_t code) {
    return code == ' ' || code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200A) || code == 0x202F ||
           code == 0x205F || code == 0x3000;
}

// Inserts spaces into commands of CI runners. A runner executes `::` at the start of a line, also after white space,
// and `##[` and `##vso[` anywhere in the line.
void breakCommands(std::string& line) {
    std::size_t start = 0;
    while (start < line.size()) {
        const detail::Utf8Character character = firstCharacter(std::string_view(line).substr(start));
        if (!isSpace(character.code)) break;
        start += character.length;
    }
    if (line.compare(start, 2, "::") == 0) line.insert(start + 1, " ");
    for (const std::string_view command : {"##[", "##vso["}) {
        for (std::size_t at = line.find(command); at != std::string::npos; at = line.find(command, at)) {
            line.insert(at + 1, " ");
        }
    }
}

}  // namespace

std::string printable(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const detail::Utf8Character character = firstCharacter(text);
        const std::string_view bytes = text.substr(0, std::max<std::size_t>(character.length, 1));
        text.remove_prefix(bytes.size());
        if (bytes == "\n") {
            out += "\\n";
        } else if (bytes == "\r") {
            out += "\\r";
        } else if (bytes == "\t") {
            out += "\\t";
        } else if (character.length == 0 || isControl(character.code)) {
            appendEscaped(out, bytes);
        } else {
            out += bytes;
        }
    }
    breakCommands(out);
    return out;
}

}  // namespace applivery
