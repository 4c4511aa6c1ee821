#include "report/report_html.hpp"

#include "report/report_charts.hpp"
#include "text/text_format.hpp"

#include <fmt/format.h>

namespace applivery::program {

std::string shown(const std::string& text, std::size_t columns) {
    if (text.empty()) return "\u2013";
    const std::string part = shortened(text, columns);
    if (part == text) return "<bdi>" + htmlText(text) + "</bdi>";
    return "<bdi title=\"" + htmlText(text) + "\">" + htmlText(part) + "</bdi>";
}

std::string shownVersion(const BuildBrief& build) {
    const std::string code = build.versionCode.empty() ? "" : " (" + shown(build.versionCode) + ')';
    return shown(versionNameOf(build)) + code;
}

std::string shownCount(std::int64_t number) {
    return groupedNumber(static_cast<double>(number));
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
