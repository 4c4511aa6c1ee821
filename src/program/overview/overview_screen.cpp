#include "overview/overview_screen.hpp"

#include "text/text_format.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <string_view>

namespace applivery::program {
namespace {

constexpr std::string_view ellipsis = "\u2026";

// Removes a color sequence (SGR) from the front of the text. @return the sequence; empty if there is none.
std::string_view takeColor(std::string_view& text) {
    if (text.substr(0, 2) != "\x1b[") return {};
    const std::string_view color = text.substr(0, text.find('m') + 1);
    text.remove_prefix(color.size());
    return color;
}

std::string withoutColors(std::string_view line) {
    std::string text;
    while (!line.empty()) {
        if (takeColor(line).empty()) text += takeCharacter(line).bytes;
    }
    return text;
}

// Keeps all colors: the one that ends a color must not be cut.
std::string cutLine(std::string_view line, std::size_t columns) {
    const std::string text = withoutColors(line);
    if (displayWidth(text) <= columns) return std::string(line);
    std::size_t left = shortened(text, columns).size() - ellipsis.size();
    std::string out;
    for (bool isCut = false; !line.empty();) {
        const std::string_view color = takeColor(line);
        out += color;
        if (!color.empty()) continue;
        const std::string_view character = takeCharacter(line).bytes;
        if (isCut) continue;
        isCut = character.size() > left;
        out += isCut ? ellipsis : character;
        left -= isCut ? left : character.size();
    }
    return out;
}

}  // namespace

std::string overviewScreen(const Overview& overview, const std::string& footer, ScreenSize size, bool hasColors) {
    // A terminal may erase the last character of a full line, because the cursor is on it. A line feed after the last
    // line would scroll.
    const std::size_t columns = std::max<std::size_t>(size.columns, 2) - 1;
    const std::size_t otherLines = footer.empty() ? 1 : 2;
    const std::size_t lines = std::max(size.lines, otherLines) - otherLines;
    const std::string text =
        overviewTable(overview, {columns, lines, hasColors}) + footer + (footer.empty() ? "" : "\n");
    std::string out = "\x1b[H";
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = text.find('\n', begin);
        // To clear the screen first would make it flicker.
        out += cutLine(std::string_view(text).substr(begin, end - begin), columns) + "\x1b[K\n";
        begin = end + 1;
    }
    return out + "\x1b[J";
}

}  // namespace applivery::program
