/// @file
/// The conditions that require action, in the order in which reports and the overview show them.
#pragma once

#include "statistics/build_statistics.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace applivery::program {

/// An app whose builds could not be read completely.
struct UnreadApp {
    std::string app;      ///< App as the user named it; empty if the token is for one app.
    std::string message;  ///< Message of the error.
};

/// Why an app or one of its systems requires action. The most urgent kind is first.
enum class AttentionKind {
    unread,    ///< The builds of the app could not be read completely.
    failed,    ///< The newest build failed.
    stuck,     ///< The oldest waiting build is older than StuckLimit::age.
    expiring,  ///< The profile of the newest processed build expires in less than 30 days, or has expired.
};

/// Returns the name of the kind, such as `stuck`.
[[nodiscard]] std::string_view toText(AttentionKind kind);

/// The age from which a waiting build is stuck.
struct StuckLimit {
    static constexpr std::chrono::minutes shortest{5};  ///< The clocks of two machines may differ.
    static constexpr std::chrono::hours longest{24};    ///< A late change, such as of a tag, extends the measured time.
    static constexpr std::chrono::hours unmeasured{1};  ///< If too few builds were measured.
    static constexpr std::int64_t fewest = 20;          ///< Number of builds that must have been measured.

    std::chrono::seconds age{};
    std::optional<double> p99{};  ///< In seconds; absent if too few builds were measured.
};

/// Returns the 99th percentile of the time from the creation to the last change of the app's processed builds, within
/// the bounds above. The service documents no unit of processTime and queuedTime, so they are not used.
[[nodiscard]] StuckLimit stuckLimit(const BuildStatistics& statistics, const std::string& app);

/// A condition of an app or a system that requires action.
struct Attention {
    static constexpr int expiringDays = 30;

    AttentionKind kind = AttentionKind::unread;
    std::string app{};
    std::string os{};                   ///< Empty for `unread`.
    std::string error{};                ///< Only for `unread`.
    std::optional<BuildBrief> build{};  ///< The newest, the oldest waiting, or the newest processed build.
    std::optional<StuckLimit> limit{};  ///< Only for `stuck`.
    std::optional<Profile> profile{};   ///< Only for `expiring`.
};

/// Returns all conditions that require action, most urgent first: by kind, and then the newest failure, the oldest
/// waiting build, and the profile that expires first.
[[nodiscard]] std::vector<Attention> attentionsOf(const BuildStatistics& statistics,
                                                  const std::vector<UnreadApp>& unread = {});

/// Sorts what attentionsOf() returned for several statistics, most urgent first.
void sortByUrgency(std::vector<Attention>& attentions);

/// Returns the groups in the order of their first attention, and then the others by app and system. All groups of an
/// unread app are first.
[[nodiscard]] std::vector<const BuildGroup*> groupsByUrgency(const BuildStatistics& statistics,
                                                             const std::vector<Attention>& attentions);

/// Returns a sentence for people, without app and system. It contains text of the service.
[[nodiscard]] std::string sentenceOf(const Attention& attention, TimePoint now);

}  // namespace applivery::program
