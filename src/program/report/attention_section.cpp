#include "report/attention_section.hpp"

#include "report/group_table.hpp"
#include "report/report_html.hpp"
#include "report/report_labels.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace applivery::program {
namespace {

// Returns app and system, as a link if the page has a section about them.
std::string attentionTitle(const Report& report, const Attention& attention,
                           const std::vector<const BuildGroup*>& groups) {
    const auto group = std::find_if(groups.begin(), groups.end(), [&](const BuildGroup* each) {
        return each->app == attention.app && (attention.kind == AttentionKind::unread || each->os == attention.os);
    });
    const std::string name = shown(pageNameOf(report, attention.app));
    if (group == groups.end()) return name;
    const std::string title = attention.kind == AttentionKind::unread ? name : groupTitle(report, **group);
    return fmt::format("<a href=\"#{}\">{}</a>", groupAnchor(static_cast<std::size_t>(group - groups.begin())), title);
}

}  // namespace

std::string attentionSection(const Report& report, const std::vector<Attention>& attentions,
                             const std::vector<const BuildGroup*>& groups) {
    if (attentions.empty()) {
        return "<p class=\"calm\">Nothing needs attention: all apps were read, no newest build failed, no build is "
               "stuck, and no profile of a newest build expires within 30 days.</p>\n";
    }
    std::string html = "<section class=\"attention\"><h2>Needs attention</h2>\n<ul>\n";
    for (const Attention& attention : attentions) {
        const std::string sentence = sentenceOf(attention, report.statistics.period().now);
        html += fmt::format("<li>{}: {}<small>{}</small></li>\n", attentionTitle(report, attention, groups),
                            shown(sentence, maxColumnsOfLongText), attention.build ? buildLinks(*attention.build) : "");
    }
    return html + "</ul></section>\n";
}

}  // namespace applivery::program
