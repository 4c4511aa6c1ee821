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
    std::size_t used = 0;
    for (const std::string& each : words) {
        const std::string word = shortened(each, columns);
        const std::size_t width = displayWidth(word);
        if (used > 0 && used + 1 + width > columns) {
            text += '\n';
            used = 0;
        }
        if (used > 0) text += ' ';
        used += width + (used > 0 ? 1 : 0);
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
    std::optional<AttentionKind> kind;
    for (const OverviewRow& row : rows) {
        const bool isOldNumbers = !row.isFailure && row.app->failure();  // its app is named already, as not read
        if (row.attentions.empty() || isOldNumbers) continue;
        if (!words.empty()) words.back() += kind == row.attentions.front().kind ? ',' : ';';
        if (kind != row.attentions.front().kind) {
            kind = row.attentions.front().kind;
            words.push_back(std::string(toText(*kind)) + ':');
        }
        words.push_back(rowName(row, nameColumns));
    }
    return words;
}

}  // namespace

std::string leftOutText(const std::vector<OverviewRow>& rows, const OverviewScreen& screen, std::size_t nameColumns) {
    if (rows.empty()) return {};
    constexpr std::size_t unlimited = 1'000;
    std::vector<std::string> words = wordsOf(rows, nameColumns);
    const auto isCalm = [](const OverviewRow& row) { return row.attentions.empty(); };
    const auto others = std::count_if(rows.begin(), rows.end(), isCalm);
    if (others > 0 && !words.empty()) words.back() += ';';
    if (others > 0) words.push_back(counted(others, "row") + " without trouble");
    words.insert(words.begin(), "left out for lack of lines:");
    return wrappedWords(words, std::max<std::size_t>(screen.columns.value_or(unlimited), 1));
}

}  // namespace applivery::program
