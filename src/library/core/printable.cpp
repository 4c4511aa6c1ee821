#include "core/text.hpp"
#include "core/utf8.hpp"

#include <applivery/text.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace applivery {
namespace {

using detail::firstCharacter;

// Returns whether a character is a control character (C0 or C1), a line separator, or changes the direction of text.
bool mustBeEscaped(char32_t code) {
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x61C || code == 0x200E || code == 0x200F ||
           (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

void appendEscaped(std::string& out, std::string_view bytes) {
    for (const char byte : bytes) {
        out += "\\x";
        detail::appendHex(out, byte);
    }
}

// Starts of commands of Azure Pipelines, GitHub Actions and TeamCity. Their runners execute a command anywhere in a
// line.
constexpr std::string_view runnerCommands[] = {"##[", "##vso[", "##teamcity["};

// Returns whether the ASCII characters of the text begin with a command. Skips other characters: the runners of GitHub
// and Azure compare texts by culture, which ignores invisible characters between those of a command.
bool startsWithCommand(std::string_view text, std::string_view command) {
    for (std::size_t i = 0; i < text.size() && !command.empty(); ++i) {
        if (static_cast<unsigned char>(text[i]) >= 0x80) continue;
        if (text[i] != command.front()) return false;
        command.remove_prefix(1);
    }
    return command.empty();
}

// Inserts spaces into commands of CI runners. GitHub executes `::` at the start of a line, also after white space.
void breakCommands(std::string& line) {
    std::size_t start = 0;
    while (start < line.size() && (line[start] == ' ' || static_cast<unsigned char>(line[start]) >= 0x80)) ++start;
    if (startsWithCommand(std::string_view(line).substr(start), "::")) line.insert(start + 1, " ");
    for (std::size_t at = line.find('#'); at != std::string::npos; at = line.find('#', at + 1)) {
        const std::string_view rest = std::string_view(line).substr(at);
        const auto isHere = [rest](std::string_view command) { return startsWithCommand(rest, command); };
        if (std::any_of(std::begin(runnerCommands), std::end(runnerCommands), isHere)) line.insert(at + 1, " ");
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
        } else if (character.length == 0 || mustBeEscaped(character.code)) {
            appendEscaped(out, bytes);
        } else {
            out += bytes;
        }
    }
    breakCommands(out);
    return out;
}

}  // namespace applivery
