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
    static constexpr std::chrono::minutes minAge{5};       ///< The clocks of two machines may differ.
    static constexpr std::chrono::hours maxAge{24};        ///< A late change, such as of a tag, extends measured times.
    static constexpr std::chrono::hours defaultAge{1};     ///< If too few builds were measured.
    static constexpr std::int64_t minMeasuredBuilds = 20;  ///< With fewer builds, defaultAge applies.

    std::chrono::seconds age{};
    std::optional<double> p99{};  ///< In seconds; absent if too few builds were measured.
};

/// Returns the 99th percentile of the time from the creation to the last change of the app's processed builds, but at
/// least minAge and at most maxAge. The service documents no unit of processTime and queuedTime, so they are not used.
[[nodiscard]] StuckLimit stuckLimit(const BuildStatistics& statistics, const std::string& app);

/// A condition of an app or a system that requires action.
struct AttentionItem {
    static constexpr int expiringDays = 30;  ///< Days before the expiry from which a profile needs attention.

    AttentionKind kind = AttentionKind::unread;
    std::string app{};
    std::string os{};     ///< Empty for `unread`.
    std::string error{};  ///< Only for `unread`.
    /// The newest build for `failed`, the oldest waiting build for `stuck`, the newest processed build for `expiring`.
    std::optional<BuildBrief> build{};
    std::optional<StuckLimit> limit{};  ///< Only for `stuck`.
    std::optional<Profile> profile{};   ///< Only for `expiring`.

    /// Returns whether the item is about this system of the app, or about the whole app.
    [[nodiscard]] bool concerns(const std::string& ofApp, const std::string& ofSystem) const {
        return app == ofApp && (kind == AttentionKind::unread || os == ofSystem);
    }
};

/// Returns all conditions that require action, most urgent first: by kind, and then the newest failure, the oldest
/// waiting build, and the profile that expires first.
[[nodiscard]] std::vector<AttentionItem> attentionItemsOf(const BuildStatistics& statistics,
                                                          const std::vector<UnreadApp>& unread = {});

/// Sorts items of several statistics, most urgent first, as attentionItemsOf() does.
void sortByUrgency(std::vector<AttentionItem>& attentionItems);

/// Returns the groups in the order of their first item, and then the others by app and system. All groups of an
/// unread app are first.
[[nodiscard]] std::vector<const BuildGroup*> groupsByUrgency(const BuildStatistics& statistics,
                                                             const std::vector<AttentionItem>& attentionItems);

/// Returns a sentence for people, without app and system. The sentence contains text of the service.
[[nodiscard]] std::string sentenceOf(const AttentionItem& item, TimePoint now);

}  // namespace applivery::program
