#include "report/attention_section.hpp"

#include "report/group_table.hpp"
#include "report/report_html.hpp"
#include "report/report_labels.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace applivery::program {
namespace {

// Returns app and system, as a link to their section if the page has one.
std::string attentionTitle(const Report& report, const AttentionItem& item,
                           const std::vector<const BuildGroup*>& groups) {
    const auto group = std::find_if(groups.begin(), groups.end(),
                                    [&](const BuildGroup* each) { return item.concerns(each->app, each->os); });
    std::string name = textHtml(displayNameOf(report, item.app));
    if (group == groups.end()) return name;
    const std::string title = item.kind == AttentionKind::unread ? name : groupTitle(report, **group);
    const auto position = static_cast<std::size_t>(group - groups.begin());
    return fmt::format("<a href=\"#{}\">{}</a>", groupAnchor(position), title);
}

// Returns the sentence. The message of an unread app begins with the app, which the title names.
std::string attentionSentence(AttentionItem item, TimePoint now) {
    const std::string prefix = item.app + ": ";
    if (item.error.rfind(prefix, 0) == 0) item.error.erase(0, prefix.size());
    std::string html = textHtml(sentenceOf(item, now), maxColumnsOfLongText);
    const bool isShortened = html.rfind("<bdi title=", 0) == 0;  // may lack the day
    if (!item.profile || isShortened) return html;
    // The style sheet allows no line break in <time>.
    const std::string day = dayText(item.profile->expires);
    const std::size_t position = html.rfind(day);
    return position == std::string::npos ? html : html.replace(position, day.size(), "<time>" + day + "</time>");
}

}  // namespace

std::string attentionSection(const Report& report, const std::vector<AttentionItem>& attentionItems,
                             const std::vector<const BuildGroup*>& groups) {
    if (attentionItems.empty()) {
        return "<p class=\"calm\">Nothing needs attention: all apps were read, no newest build failed, no build is "
               "stuck, and no profile of a newest build expires within 30 days.</p>\n";
    }
    std::string html = "<section class=\"attention\"><h2>Needs attention</h2>\n<ul>\n";
    for (const AttentionItem& item : attentionItems) {
        html += fmt::format("<li>{}: {}<small>{}</small></li>\n", attentionTitle(report, item, groups),
                            attentionSentence(item, report.statistics.period().now),
                            item.build ? buildLinks(*item.build) : "");
    }
    return html + "</ul></section>\n";
}

}  // namespace applivery::program
