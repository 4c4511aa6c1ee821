/// @file
/// The walk through the builds of one app or several, as commands take it: what belongs to the selection is handed on.
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

/// What is to be said where WalkSummary::totalsChanged.
inline constexpr const char* totalsChangedNote =
    "builds came or went meanwhile; one that was there all the time may be missing.";

/// Field and value of what builds must match, by the service's names.
using SelectionTerms = std::vector<std::pair<std::string, std::string>>;

/// Which builds a command is about.
struct BuildSelection {
    ConnectionOptions connection;
    BuildFilter filter;
    std::optional<int> limit;           ///< Builds on a page.
    std::optional<int> prefetch;        ///< Of all pages: how many ahead; absent: the library's.
    std::optional<TimePoint> since;     ///< What was made since; of all pages alone.
    std::optional<std::string> branch;  ///< These three are compared here, with what came.
    std::optional<std::string> commit;
    std::optional<std::string> tag;

    /// Whether the build is of this branch, commit and tag.
    [[nodiscard]] bool includes(const Build& build) const;

    /// All but the time.
    [[nodiscard]] SelectionTerms terms() const;

    /// The app that was named, where it is one; else nothing.
    [[nodiscard]] std::string application() const;
};

/// Who walks. Of many apps, each is named as the user did; of one, it is BuildSelection::application().
struct WalkVisitor {
    std::function<void(const Build& build, const std::string& app)> build;
    /// What ended the walk through this app; of several apps its message names it.
    std::function<void(const Error& error, const std::string& app)> failure;
    /// After each page of an app, or each build of several; false ends the walk.
    std::function<bool(const WalkSummary& summary)> step;
};

/// Every page, 100 builds each unless the selection says otherwise.
WalkSummary walkBuilds(const Connection& connection, const BuildSelection& selection, const CancellationToken& cancel,
                       const WalkVisitor& visitor);

}  // namespace applivery::program
