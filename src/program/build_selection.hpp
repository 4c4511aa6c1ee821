/// @file
/// Selects the builds that a command shows, and compares received builds with the selection.
#pragma once

#include "connection.hpp"
#include "text/time_text.hpp"

#include <applivery/build.hpp>
#include <applivery/build_filter.hpp>
#include <applivery/build_waiter.hpp>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace applivery::program {

/// Fields and values that builds must match, under the service's names.
using SelectionTerms = std::vector<std::pair<std::string, std::string>>;

/// Selects the builds that a command reads.
struct BuildSelection {
    ConnectionOptions connection;
    BuildFilter filter;
    std::optional<int> limit;         ///< Builds per page.
    std::optional<int> prefetch;      ///< WalkOptions::prefetch; absent: the library's default.
    std::optional<TimePoint> since;   ///< WalkOptions::createdSince
    bool sinceIsLocal = true;         ///< WalkOptions::createdSinceIsLocal
    bool includesUnknownAge = false;  ///< Whether builds of unknown age match `since`.
    bool includesDisabled = true;
    // Properties that the service does not document as filters.
    std::optional<std::string> branch;
    std::optional<std::string> commit;
    std::optional<std::string> tag;

    /// Returns the filter to send. The service documents only `ios` and `android` as values of `os`; another system is
    /// sent only as a further parameter.
    [[nodiscard]] BuildFilter sentFilter() const;

    /// Returns whether the selection has a condition that is not sent to the service, apart from `since`.
    [[nodiscard]] bool isPartlyLocal() const;

    /// Returns all conditions on the builds, except for `since`.
    [[nodiscard]] SelectionTerms terms() const;

    /// Returns the app if the user named exactly one; else an empty text.
    [[nodiscard]] std::string application() const;
};

/// Numbers of received builds that the program left out for a reason that the user must know.
struct LeftOut {
    std::int64_t mismatches = 0;    ///< Builds that the service should not have sent.
    std::set<std::string> options;  ///< The options that these builds do not match.
    std::int64_t unknownAge = 0;    ///< Builds that match except for their unknown age.
    std::int64_t disabled = 0;      ///< Builds that match but are disabled.

    /// Returns one line for mismatches, and one for builds of unknown age.
    [[nodiscard]] std::vector<std::string> notes() const;
};

/// Applies a selection to received builds, including the filters that the service should have applied already.
class BuildMatcher {
public:
    explicit BuildMatcher(const BuildSelection& selection);

    /// Returns whether the build is selected. Counts the build if not.
    [[nodiscard]] bool includes(const Build& build);

    [[nodiscard]] const LeftOut& leftOut() const noexcept { return leftOut_; }

private:
    [[nodiscard]] bool matchesSentFilter(const Build& build);

    BuildSelector sentVersion_;              // as sent to the service
    BuildSelector sentSystem_;               // as sent to the service
    std::optional<BuildStatus> sentStatus_;  // as sent to the service
    BuildSelector local_;                    // only this program applies it
    bool needsAge_;
    bool includesDisabled_;
    LeftOut leftOut_;
};

}  // namespace applivery::program
