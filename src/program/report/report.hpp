/// @file
/// The content of `applivery-builds report` for every output format, and the formats that programs read.
#pragma once

#include "build_walk.hpp"
#include "statistics/attention.hpp"
#include "statistics/build_statistics.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace applivery::program {

/// An app that the user asked for, also if it has no builds.
struct ReportedApp {
    std::string app{};          ///< Id or slug of the app, as the user gave it; empty if the token is for one app.
    std::string name{};         ///< Name to show, which the user gave; empty if none.
    std::string serviceName{};  ///< The service's name; empty if it is unknown.
    std::map<std::string, BuildBrief> newestProcessed{};  ///< By system; may be from before the period.
};

/// The statistics of the builds that were read, and the reasons why others are missing.
struct Report {
    BuildStatistics statistics;
    SelectionTerms selection{};       ///< Conditions on the builds, except for the period.
    std::vector<UnreadApp> unread{};  ///< Apps of which builds are missing.
    bool totalsChanged = false;       ///< WalkSummary::totalsChanged: a build may be missing.
    std::vector<ReportedApp> apps{};  ///< All apps, in the order in which the user gave them.

    [[nodiscard]] bool isComplete() const noexcept { return unread.empty(); }

    /// Returns whether the builds of the app were read completely.
    [[nodiscard]] bool isRead(const std::string& app) const;
};

/// Returns the name that the user gave, or else the service's name, or else `app` itself.
/// @param app ReportedApp::app
[[nodiscard]] std::string appNameOrId(const Report& report, const std::string& app);

/// Returns the name that the user gave to the group's app, or else the service's name; empty if there is neither.
[[nodiscard]] std::string knownAppName(const Report& report, const BuildGroup& group);

/// Returns the apps in the order of their first attention item, and then the others in the order of Report::apps.
[[nodiscard]] std::vector<const ReportedApp*> appsByUrgency(const Report& report,
                                                            const std::vector<AttentionItem>& attentionItems);

/// Returns the newest processed build of the group, also from before the period; absent if it is unknown.
[[nodiscard]] std::optional<BuildBrief> newestProcessedOf(const Report& report, const BuildGroup& group);

/// Returns the names of the tables that leave something out to limit the size, such as `weeks`, in the order of the
/// tables.
[[nodiscard]] std::vector<std::string> incompleteTables(const Report& report);

/// Returns the report as one JSON document: all tables by name, with a schema version.
[[nodiscard]] std::string reportJson(const Report& report);

/// Returns the rows of all tables as CSV (RFC 4180). The first column is the name of the table. The other columns are
/// those of all tables; a row has no value in the columns of other tables.
[[nodiscard]] std::string reportCsv(const Report& report);

/// Returns the report in the text format of OpenMetrics, which Prometheus reads too.
[[nodiscard]] std::string reportMetrics(const Report& report);

}  // namespace applivery::program
