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
    std::string name = shown(pageNameOf(report, attention.app));
    if (group == groups.end()) return name;
    const std::string title = attention.kind == AttentionKind::unread ? name : groupTitle(report, **group);
    return fmt::format("<a href=\"#{}\">{}</a>", groupAnchor(static_cast<std::size_t>(group - groups.begin())), title);
}

// Returns the sentence. The message of an unread app begins with the app, which the title names.
std::string attentionSentence(Attention attention, TimePoint now) {
    const std::string prefix = attention.app + ": ";
    if (attention.error.rfind(prefix, 0) == 0) attention.error.erase(0, prefix.size());
    std::string html = shown(sentenceOf(attention, now), maxColumnsOfLongText);
    if (!attention.profile || html.find("<bdi title=") == 0) return html;
    const std::string day = dayText(attention.profile->expires);
    const std::size_t at = html.rfind(day);
    return at == std::string::npos ? html : html.replace(at, day.size(), "<time>" + day + "</time>");  // on one line
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
        html += fmt::format("<li>{}: {}<small>{}</small></li>\n", attentionTitle(report, attention, groups),
                            attentionSentence(attention, report.statistics.period().now),
                            attention.build ? buildLinks(*attention.build) : "");
    }
    return html + "</ul></section>\n";
}

}  // namespace applivery::program
