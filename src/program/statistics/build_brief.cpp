#include "statistics/build_brief.hpp"

#include "build_parts.hpp"
#include "statistics/web_links.hpp"
#include "text/text_format.hpp"
#include "text/trimmed.hpp"

namespace applivery::program {
namespace {

std::string ciLinkOf(const DeployerInfo& info) {
    std::string link = webLink(info.buildUrl.value_or(""));
    return link.empty() ? webLink(info.ciUrl.value_or("")) : link;
}

}  // namespace

std::string boundedText(std::string_view text) {
    constexpr std::size_t maxColumns = 300;
    return shortened(text, maxColumns);
}

std::string boundedText(const OptionalText& text) {
    return text ? boundedText(trimmed(*text)) : "";
}

BuildBrief makeBrief(const Build& build, const OptionalTime& createdAt) {
    const DeployerInfo& info = deployerOf(build);
    return {boundedText(std::string_view(build.id)),
            boundedText(build.versionName),
            boundedText(build.versionCode),
            OpenEnum<BuildStatus>::fromText(boundedText(std::string_view(build.status.text()))),
            createdAt,
            build.size,
            boundedText(build.errorCode),
            boundedText(build.error),
            ciLinkOf(info),
            boundedText(info.commit),
            commitLink(info.repositoryUrl.value_or(""), info.commit.value_or(""))};
}

std::string appNameOf(const Build& build) {
    const std::string name = boundedText(build.applicationInfo.name);
    return name.empty() ? boundedText(build.applicationInfo.slug) : name;
}

std::string systemOf(const Build& build) {
    return boundedText(std::string_view(platformOf(build)));
}

}  // namespace applivery::program
