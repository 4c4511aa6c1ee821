/// @file
/// Whether a build is one that a BuildSelector selects.
#pragma once

#include "core/text.hpp"

#include <applivery/build_waiter.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace applivery::detail {

/// Returns why a wait refuses the selector; null if the selector is valid.
inline const char* validate(const BuildSelector& selector) {
    const auto isBlank = [](const std::optional<std::string>& text) { return text && trimmed(*text).empty(); };
    const bool hasText = selector.id || selector.versionName || selector.versionCode || selector.commit ||
                         selector.branch || selector.tag || selector.buildNumber;
    if (!hasText && !selector.os && !selector.createdSince) {
        return "a BuildSelector selects nothing. Set its id, or what else is known of the build.";
    }
    if (isBlank(selector.id)) return "BuildSelector::id is empty.";
    if (isBlank(selector.versionName)) return "BuildSelector::versionName is empty.";
    if (isBlank(selector.versionCode)) return "BuildSelector::versionCode is empty.";
    if (isBlank(selector.commit)) return "BuildSelector::commit is empty.";
    if (isBlank(selector.branch)) return "BuildSelector::branch is empty.";
    if (isBlank(selector.tag)) return "BuildSelector::tag is empty.";
    if (isBlank(selector.buildNumber)) return "BuildSelector::buildNumber is empty.";
    if (!selector.id && !selector.createdSince && !selector.anyAge) {
        return "a BuildSelector without id could match an older build. Set createdSince, or anyAge where that is "
               "meant.";
    }
    if (selector.os == Os::unknown) return "BuildSelector::os is unknown.";
    return nullptr;
}

inline bool matchesIfSet(const std::optional<std::string>& wanted, const OptionalText& text) {
    return !wanted || (text && trimmed(*wanted) == trimmed(*text));
}

/// Returns the filter that all of the builds pass: as many of them as match, and few others. Never a status: a build
/// leaves such a list both when it is processed and when it fails.
inline BuildFilter commonFilter(const std::vector<const BuildSelector*>& selectors) {
    BuildFilter filter;
    if (selectors.empty()) return filter;
    const BuildSelector& first = *selectors.front();
    const auto haveSame = [&](const auto& member) {
        return std::all_of(selectors.begin(), selectors.end(),
                           [&](const BuildSelector* each) { return each->*member == first.*member; });
    };
    if (first.versionName && haveSame(&BuildSelector::versionName)) {
        filter.versionName = std::string(trimmed(*first.versionName));
    }
    if (haveSame(&BuildSelector::os)) filter.os = first.os;
    return filter;
}

/// Returns whether the build has everything that the selector sets, except for its id and its age.
inline bool matchesExceptAge(const BuildSelector& selector, const Build& build) {
    static const DeployerInfo none;
    const DeployerInfo& deployer = build.deployer && build.deployer->info ? *build.deployer->info : none;
    return (!selector.os || build.os == *selector.os) && matchesIfSet(selector.versionName, build.versionName) &&
           matchesIfSet(selector.versionCode, build.versionCode) && matchesIfSet(selector.commit, deployer.commit) &&
           matchesIfSet(selector.branch, deployer.branch) && matchesIfSet(selector.tag, deployer.tag) &&
           matchesIfSet(selector.buildNumber, deployer.buildNumber);
}

/// Returns whether the build is known to be older than the selector allows.
/// @param serverAhead how far the service's clock is ahead of this machine's clock; absent if unknown.
inline bool isTooOld(const BuildSelector& selector, const Build& build,
                     std::optional<std::chrono::seconds> serverAhead) {
    if (!selector.createdSince || !build.createdAt) return false;
    using std::chrono::floor;
    using std::chrono::seconds;
    constexpr seconds imprecision{2};  // `Date` has whole seconds, and the response took some time
    constexpr seconds usualError = std::chrono::minutes{5};
    const seconds ahead = serverAhead ? *serverAhead - imprecision : -usualError;
    // Whole seconds have room for every sum.
    const seconds since = floor<seconds>(selector.createdSince->time_since_epoch());
    return floor<seconds>(build.createdAt->time_since_epoch()) < since + ahead;
}

}  // namespace applivery::detail
