#include "report/report_html.hpp"

#include "report/report_charts.hpp"
#include "text/text_format.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>

#include <string_view>
#include <vector>

namespace applivery::program {
namespace {

std::string withTooltip(const std::string& text, const std::string& part) {
    if (part == text) return "<bdi>" + htmlText(text) + "</bdi>";
    return "<bdi title=\"" + htmlText(text) + "\">" + htmlText(part) + "</bdi>";
}

std::string shortenedInTheMiddle(const std::string& code, std::size_t columns) {
    if (displayWidth(code) <= columns) return shortened(code, columns);
    std::vector<std::string_view> characters;
    for (std::string_view rest = code; !rest.empty();) characters.push_back(takeCharacter(rest).bytes);
    const std::size_t half = columns / 2;
    const std::size_t maxBytes = 16 * half;  // bounds characters that have no width
    std::string end;
    for (std::size_t width = 0; !characters.empty(); characters.pop_back()) {
        width += displayWidth(characters.back());
        if (width >= half || end.size() > maxBytes) break;
        end.insert(0, characters.back());
    }
    return shortened(code, columns - half + 1) + end;
}

// The URL is a webLink(), which the statistics checked.
std::string linkTo(const std::string& url, const std::string& html) {
    return " <a href=\"" + htmlText(url) + R"(" rel="noopener noreferrer">)" + html + "</a>";
}

}  // namespace

std::string shown(const std::string& text, std::size_t columns) {
    if (text.empty()) return "\u2013";
    return withTooltip(text, shortened(text, columns));
}

std::string shownCode(const std::string& code) {
    constexpr std::size_t columns = 24;
    return code.empty() ? "\u2013" : withTooltip(code, shortenedInTheMiddle(code, columns));
}

std::string shownVersion(const BuildBrief& build) {
    const std::string code = build.versionCode.empty() ? "" : " (" + shownCode(build.versionCode) + ')';
    return shown(versionNameOf(build)) + code;
}

std::string buildLinks(const BuildBrief& build) {
    constexpr std::size_t shortCommit = 8;
    std::string html;
    if (!build.ciUrl.empty()) html += linkTo(build.ciUrl, "CI run");
    if (!build.commitUrl.empty())
        html += linkTo(build.commitUrl, "commit " + htmlText(build.commit.substr(0, shortCommit)));
    return html;
}

std::string shownCount(std::int64_t number) {
    return groupedNumber(static_cast<double>(number));
}

std::string shownPercentiles(const Percentiles& times) {
    return medianAndP90(times, "\u2248 ", " / ").value_or("\u2013");
}

std::string scrollable(const std::string& label, const std::string& table) {
    return R"(<div class="wide" role="group" tabindex="0" aria-label=")" + htmlText(label) + "\">" + table + "</div>";
}

std::string tableHead(std::initializer_list<const char*> titles) {
    std::string html = "<thead><tr>";
    for (const char* const title : titles) html += fmt::format("<th scope=\"col\">{}</th>", title);
    return html + "</tr></thead>\n";
}

std::string tableRow(std::initializer_list<std::string> cells) {
    std::string html = "<tr>";
    for (const std::string& cell : cells) html += "<td>" + cell + "</td>";
    return html + "</tr>\n";
}

}  // namespace applivery::program
