/// @file
/// The iteration over all builds of one app or several, as the commands do it.
#pragma once

#include "connection.hpp"
#include "text/time_text.hpp"

#include <applivery/build_filter.hpp>
#include <applivery/build_range.hpp>

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace applivery::program {

/// Note for the user if WalkSummary::totalsChanged.
inline constexpr const char* totalsChangedNote =
    "builds were added or deleted while reading; an unchanged one may be missing.";

/// Returns the note for a list of which no build matches: how many builds and pages were read.
[[nodiscard]] std::string noMatchNote(const WalkSummary& summary);

/// Fields and values that builds must match, under the service's names.
using SelectionTerms = std::vector<std::pair<std::string, std::string>>;

/// Selects the builds that a command reads.
struct BuildSelection {
    ConnectionOptions connection;
    BuildFilter filter;
    std::optional<int> limit;        ///< Builds per page.
    std::optional<int> prefetch;     ///< WalkOptions::prefetch; absent: the library's default.
    std::optional<TimePoint> since;  ///< WalkOptions::createdSince
    // Compared by includes(), because the service has no such filters.
    std::optional<std::string> branch;
    std::optional<std::string> commit;
    std::optional<std::string> tag;

    /// Returns whether the build has the branch, the commit and the tag, without white space around them.
    [[nodiscard]] bool includes(const Build& build) const;

    /// Returns all that is selected, except for `since`.
    [[nodiscard]] SelectionTerms terms() const;

    /// Returns the app if the user named exactly one; else an empty text.
    [[nodiscard]] std::string application() const;
};

/// Receives the builds of an iteration. Several apps are named as the user named them; a single app is
/// BuildSelection::application().
struct WalkVisitor {
    std::function<void(const Build& build, const std::string& app)> build;
    /// The iteration over the app failed. If there are several apps, the message of the error names the app.
    std::function<void(const Error& error, const std::string& app)> failure;
    /// Called after each page of a single app, and after each build of several. Returns false to stop.
    std::function<bool(const WalkSummary& summary)> step;
};

/// Iterates over all pages, 100 builds per page unless the selection has a limit.
WalkSummary walkBuilds(const Connection& connection, const BuildSelection& selection, const CancellationToken& cancel,
                       const WalkVisitor& visitor);

}  // namespace applivery::program
