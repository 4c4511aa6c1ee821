#include "overview/left_out_rows.hpp"

#include "text/text_format.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace applivery::program {
namespace {

// Breaks lines between words. A word that is longer than a line is shortened.
std::string wrappedWords(const std::vector<std::string>& words, std::size_t columns) {
    std::string text;
    std::size_t lineWidth = 0;
    for (const std::string& each : words) {
        const std::string word = shortened(each, columns);
        const std::size_t wordWidth = displayWidth(word);
        if (lineWidth == 0) {
            lineWidth = wordWidth;
        } else if (lineWidth + 1 + wordWidth <= columns) {
            text += ' ';
            lineWidth += 1 + wordWidth;
        } else {
            text += '\n';
            lineWidth = wordWidth;
        }
        text += word;
    }
    return text + '\n';
}

std::string rowName(const OverviewRow& row, std::size_t columns) {
    const std::string name = shortened(orDash(row.app->name()), columns);
    return row.isFailure || row.os.empty() ? name : name + ' ' + orDash(row.os);
}

// Returns the words for the rows of each kind of attention, such as "failed: shop ios, bank android;".
std::vector<std::string> wordsOf(const std::vector<OverviewRow>& rows, std::size_t nameColumns) {
    std::vector<std::string> words;
    std::optional<AttentionKind> lastKind;
    for (const OverviewRow& row : rows) {
        const bool hasOldNumbers = !row.isFailure && row.app->failure();  // another row names the app, as unread
        if (row.attentionItems.empty() || hasOldNumbers) continue;
        const AttentionKind kind = row.attentionItems.front().kind;
        if (!words.empty()) words.back() += lastKind == kind ? ',' : ';';
        if (lastKind != kind) words.push_back(std::string(toText(kind)) + ':');
        lastKind = kind;
        words.push_back(rowName(row, nameColumns));
    }
    return words;
}

}  // namespace

std::string leftOutText(const std::vector<OverviewRow>& rows, const OverviewLayout& layout, std::size_t nameColumns) {
    if (rows.empty()) return {};
    constexpr std::size_t unlimited = 1'000;
    std::vector<std::string> words = wordsOf(rows, nameColumns);
    const auto hasNoItem = [](const OverviewRow& row) { return row.attentionItems.empty(); };
    const auto others = std::count_if(rows.begin(), rows.end(), hasNoItem);
    if (others > 0 && !words.empty()) words.back() += ';';
    if (others > 0) words.push_back(counted(others, "row") + " without trouble");
    words.insert(words.begin(), "left out for lack of lines:");
    return wrappedWords(words, std::max<std::size_t>(layout.columns.value_or(unlimited), 1));
}

}  // namespace applivery::program
