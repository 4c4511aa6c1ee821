#include "mock_server/demo_builds.hpp"

#include "mock_server/published_build.hpp"

#include <cstddef>

namespace applivery::mock {
namespace {

struct DemoRow {
    const char* versionName;
    const char* versionCode;
    const char* os;
    const char* status;
    int minutesAgo;
    std::int64_t size;
    const char* branch;
    const char* tag;
    const char* changelog;
};

// In minutes.
constexpr int hour = 60;
constexpr int day = 24 * hour;

constexpr DemoRow rows[] = {
    {"v2.5.0-beta", "2510", "ios", "pending", 0, 51'904'118, "develop", "", "Route sharing, first cut."},
    {"v2.5.0-beta", "2510", "android", "in_progress", 2, 38'417'902, "develop", "", "Route sharing, first cut."},
    {"v2.4.1", "2482", "ios", "processed", 3 * hour, 49'770'355, "main", "v2.4.1", "Fixes the export of long tracks."},
    {"v2.4.1", "2482", "android", "processed", 3 * hour + 4, 36'102'447, "main", "v2.4.1",
     "Fixes the export of long tracks."},
    {"v2.4.1", "2481", "ios", "error", 5 * hour, 49'768'210, "main", "", "Fixes the export of long tracks."},
    {"v2.4.0", "2466", "macos", "processed", 2 * day, 88'213'004, "main", "v2.4.0", "Meridian for the desk: preview."},
    {"v2.4.0", "2466", "ios", "processed", 2 * day + 40, 49'512'930, "main", "v2.4.0",
     "Elevation profiles and dark mode."},
    {"v2.4.0", "2466", "android", "processed", 2 * day + 44, 35'998'161, "main", "v2.4.0",
     "Elevation profiles and dark mode."},
    {"v2.4.0-beta", "2451", "ios", "processed", 6 * day, 49'330'067, "release/2.4", "", "Last beta before 2.4."},
    {"RC-1", "2440", "android", "processed", 9 * day, 35'480'776, "release/2.4", "RC-1", "First release candidate."},
    {"RC-1", "2440", "ios", "processed", 9 * day + 6, 48'995'412, "release/2.4", "RC-1", "First release candidate."},
};

std::string demoId(std::size_t row) {
    return std::string("6731e9e7a1b2c3d4e5f607") + static_cast<char>('0' + row / 10) +
           static_cast<char>('0' + row % 10);
}

BuildSpec specOf(const DemoRow& row, std::size_t index, Time newest) {
    BuildSpec spec;
    spec.id = demoId(index);
    spec.versionName = row.versionName;
    spec.versionCode = row.versionCode;
    spec.os = row.os;
    spec.status = row.status;
    spec.createdAt = newest - std::chrono::minutes{row.minutesAgo};
    spec.size = row.size;
    spec.branch = row.branch;
    spec.tag = row.tag;
    spec.changelog = row.changelog;
    spec.buildNumber = row.versionCode;
    if (!spec.tag.empty()) spec.tags = {"release"};
    if (spec.status == "error") {
        spec.error = "The provisioning profile has expired";
        spec.errorCode = "E-117";
    }
    return spec;
}

}  // namespace

std::vector<MockBuild> demoBuilds(Time newest) {
    std::vector<MockBuild> builds;
    for (const DemoRow& row : rows) builds.push_back(makeBuild(specOf(row, builds.size(), newest)));
    builds.push_back(buildFromJson(publishedBuildJson()));
    return builds;
}

}  // namespace applivery::mock
