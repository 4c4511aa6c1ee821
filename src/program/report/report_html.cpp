#include "report/report_html.hpp"

#include "report/report_charts.hpp"
#include "text/text_format.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>

#include <string_view>
#include <vector>

namespace applivery::program {
namespace {

// Returns the shortened text, with a tooltip if it differs from the text.
std::string withTooltip(const std::string& text, const std::string& shortText) {
    if (shortText == text) return "<bdi>" + escapedHtml(text) + "</bdi>";
    return "<bdi title=\"" + escapedHtml(text) + "\">" + escapedHtml(shortText) + "</bdi>";
}

std::string shortenedInTheMiddle(const std::string& code, std::size_t columns) {
    if (displayWidth(code) <= columns) return shortened(code, columns);
    std::vector<std::string_view> characters;
    for (std::string_view rest = code; !rest.empty();) characters.push_back(takeCharacter(rest).bytes);
    const std::size_t half = columns / 2;
    const std::size_t maxBytes = 16 * half;  // limits characters without width
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
    return " <a href=\"" + escapedHtml(url) + R"(" rel="noopener noreferrer">)" + html + "</a>";
}

}  // namespace

std::string textHtml(const std::string& text, std::size_t columns) {
    if (text.empty()) return "\u2013";
    return withTooltip(text, shortened(text, columns));
}

std::string codeHtml(const std::string& code) {
    constexpr std::size_t columns = 24;
    return code.empty() ? "\u2013" : withTooltip(code, shortenedInTheMiddle(code, columns));
}

std::string versionHtml(const BuildBrief& build) {
    const std::string code = build.versionCode.empty() ? "" : " (" + codeHtml(build.versionCode) + ')';
    return textHtml(versionNameOf(build)) + code;
}

std::string buildLinks(const BuildBrief& build) {
    constexpr std::size_t shortHash = 8;  // digits
    std::string html;
    if (!build.ciUrl.empty()) html += linkTo(build.ciUrl, "CI run");
    if (!build.commitUrl.empty())
        html += linkTo(build.commitUrl, "commit " + escapedHtml(build.commit.substr(0, shortHash)));
    return html;
}

std::string countText(std::int64_t number) {
    return groupedNumber(static_cast<double>(number));
}

std::string percentilesText(const Percentiles& times) {
    return medianAndP90(times, "\u2248 ", " / ").value_or("\u2013");
}

std::string scrollable(const std::string& label, const std::string& table) {
    return R"(<div class="wide" role="group" tabindex="0" aria-label=")" + escapedHtml(label) + "\">" + table +
           "</div>";
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
