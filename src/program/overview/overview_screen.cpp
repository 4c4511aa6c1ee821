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

// Shortens the text of a line to a number of columns. Keeps all color sequences, because the one that ends a color must
// not be lost.
std::string shortenedLine(std::string_view line, std::size_t columns) {
    const std::string text = withoutColors(line);
    if (displayWidth(text) <= columns) return std::string(line);
    const std::size_t keptBytes = shortened(text, columns).size() - ellipsis.size();
    std::size_t bytes = 0;
    bool isShortened = false;
    std::string out;
    while (!line.empty()) {
        if (const std::string_view color = takeColor(line); !color.empty()) {
            out += color;
            continue;
        }
        const std::string_view character = takeCharacter(line).bytes;
        bytes += character.size();
        if (bytes <= keptBytes) {
            out += character;
        } else if (!isShortened) {
            out += ellipsis;
            isShortened = true;
        }
    }
    return out;
}

}  // namespace

std::string overviewScreen(const Overview& overview, const std::string& footer, ScreenSize size, bool hasColors) {
    // To clear the whole screen first would make it flicker. Instead, each line clears its rest.
    constexpr const char* moveToTop = "\x1b[H";
    constexpr const char* clearRestOfLine = "\x1b[K";
    constexpr const char* clearBelow = "\x1b[J";
    // A terminal may erase the last character of a full line, because the cursor is on it.
    const std::size_t columns = std::max<std::size_t>(size.columns, 2) - 1;
    // The last line of the screen remains empty, because a line feed there would scroll.
    const std::size_t otherLines = footer.empty() ? 1 : 2;
    const std::size_t tableLines = std::max(size.lines, otherLines) - otherLines;
    std::string text = overviewTable(overview, {columns, tableLines, hasColors});
    if (!footer.empty()) text += footer + '\n';
    std::string out = moveToTop;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = text.find('\n', begin);
        const auto line = std::string_view(text).substr(begin, end - begin);
        out += shortenedLine(line, columns) + clearRestOfLine + '\n';
        begin = end + 1;
    }
    return out + clearBelow;
}

}  // namespace applivery::program
