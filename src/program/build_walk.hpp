/// @file
/// The iteration of the commands over all builds of one app or several.
#pragma once

#include "build_selection.hpp"
#include "connection.hpp"

#include <applivery/build_range.hpp>

#include <functional>
#include <string>

namespace applivery::program {

/// The note for the user if WalkSummary::totalsChanged is true.
inline constexpr const char* totalsChangedNote =
    "builds were added or deleted while reading; an unchanged one may be missing.";

/// Returns the note for a list of which no build matches: how many builds and pages were read.
[[nodiscard]] std::string noMatchNote(const WalkSummary& summary);

/// Receives the builds of an iteration. Several apps are named as the user named them; a single app is
/// BuildSelection::application().
struct WalkVisitor {
    /// Receives a build that matches the selection. Returns false to stop.
    std::function<bool(const Build& build, const std::string& app)> build;
    /// Receives the error that ended the iteration over an app. If there are several apps, the message names the app.
    std::function<void(const Error& error, const std::string& app)> failure;
    /// Called after each page of a single app, and after each build of several. Returns false to stop.
    std::function<bool(const WalkSummary& summary)> step;
};

/// Describes the end of an iteration.
struct WalkResult {
    WalkSummary summary;
    LeftOut leftOut;
};

/// Iterates over all pages, 100 builds per page unless the selection has a limit.
WalkResult walkBuilds(const Connection& connection, const BuildSelection& selection, const CancellationToken& cancel,
                      const WalkVisitor& visitor);

}  // namespace applivery::program
