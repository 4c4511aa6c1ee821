#include "output.hpp"
#include "text_format.hpp"

#include <applivery/text.hpp>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

namespace applivery::program {
namespace {

constexpr std::size_t columnCount = 8;
constexpr std::size_t gap = 2;
constexpr std::array<std::size_t, 2> freeText{1, 4};  // the columns that may be shortened: version and branch
using Row = std::array<std::string, columnCount>;

const DeployerInfo& deployerInfo(const Build& build) {
    static const DeployerInfo none;
    return build.deployer && build.deployer->info ? *build.deployer->info : none;
}

std::string orDash(const OptionalText& text) {
    const std::string line = printable(text.value_or(""));
    return line.empty() ? "-" : line;
}

Row rowOf(const Build& build) {
    const DeployerInfo& info = deployerInfo(build);
    const std::string size =
        build.size ? fmt::format("{:.1f} MiB", static_cast<double>(*build.size) / (1024 * 1024)) : "-";
    return {orDash(build.status.text()),
            orDash(build.versionName),
            orDash(build.versionCode),
            orDash(build.os.text()),
            orDash(info.branch),
            size,
            build.createdAt ? timeText(*build.createdAt).substr(0, 16) + 'Z' : "-",
            orDash(build.id)};
}

}  // namespace

std::string timeText(std::chrono::system_clock::time_point time) {
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch());
    const auto seconds = std::chrono::floor<std::chrono::seconds>(milliseconds);
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(static_cast<std::time_t>(seconds.count())),
                       (milliseconds - seconds).count());
}

std::string asTable(const BuildPage& page, std::size_t columns) {
    std::vector<Row> rows{{"STATUS", "VERSION", "CODE", "OS", "BRANCH", "SIZE", "CREATED", "ID"}};
    std::transform(page.items.begin(), page.items.end(), std::back_inserter(rows), rowOf);

    std::array<std::size_t, columnCount> widths{};
    std::size_t total = gap * (columnCount - 1);
    for (std::size_t i = 0; i < columnCount; ++i) {
        for (const Row& row : rows) widths[i] = std::max(widths[i], displayWidth(row[i]));
        total += widths[i];
    }
    constexpr std::size_t narrowest = 8;
    for (const std::size_t i : freeText) {
        if (columns == 0 || total <= columns || widths[i] <= narrowest) continue;
        const std::size_t cut = std::min(total - columns, widths[i] - narrowest);
        widths[i] -= cut;
        total -= cut;
    }

    std::string out;
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < columnCount; ++i) {
            const std::string cell = shortened(row[i], widths[i]);
            out += cell;
            out += i + 1 < columnCount ? std::string(widths[i] + gap - displayWidth(cell), ' ') : "\n";
        }
    }
    return out;
}

std::string asCsv(const BuildPage& page) {
    std::string out =
        "id,status,versionName,versionCode,os,size,createdAt,branch,commit,tag,buildNumber,error,errorCode\r\n";
    for (const Build& build : page.items) {
        const DeployerInfo& info = deployerInfo(build);
        const std::array<std::string, 13> cells{build.id,
                                                build.status.text(),
                                                build.versionName.value_or(""),
                                                build.versionCode.value_or(""),
                                                build.os.text(),
                                                build.size ? std::to_string(*build.size) : "",
                                                build.createdAt ? timeText(*build.createdAt) : "",
                                                info.branch.value_or(""),
                                                info.commit.value_or(""),
                                                info.tag.value_or(""),
                                                info.buildNumber.value_or(""),
                                                build.error.value_or(""),
                                                build.errorCode.value_or("")};
        for (std::size_t i = 0; i < cells.size(); ++i) out += (i > 0 ? "," : "") + csvQuoted(cells[i]);
        out += "\r\n";
    }
    return out;
}

}  // namespace applivery::program
