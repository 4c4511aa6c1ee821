#include "client/wait_rules.hpp"

#include "core/clock_skew.hpp"
#include "core/random.hpp"
#include "core/text.hpp"
#include "core/time_limits.hpp"
#include "core/user_code.hpp"

#include <algorithm>
#include <string>

namespace applivery::detail {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

bool isDocumentedFilter(Os os) {
    return os == Os::ios || os == Os::android;
}

}  // namespace

const char* validate(const WaitOptions& options) {
    if (options.timeout.count() < 0 || options.findTimeout.count() < 0)
        return "a time limit of WaitOptions is negative.";
    if (options.minDelay.count() <= 0) return "WaitOptions::minDelay is not above 0.";
    if (options.maxDelay < options.minDelay) return "WaitOptions::maxDelay is below minDelay.";
    return nullptr;
}

const char* validate(const BuildSelector& selector) {
    const auto isBlank = [](const std::optional<std::string>& text) { return text && trimmed(*text).empty(); };
    if (selector.isEmpty()) {
        return "a BuildSelector selects nothing. Set its id, or what else is known of the build.";
    }
    if (isBlank(selector.id)) return "BuildSelector::id is empty.";
    if (isBlank(selector.versionName)) return "BuildSelector::versionName is empty.";
    if (isBlank(selector.versionCode)) return "BuildSelector::versionCode is empty.";
    if (isBlank(selector.commit)) return "BuildSelector::commit is empty.";
    if (isBlank(selector.branch)) return "BuildSelector::branch is empty.";
    if (isBlank(selector.tag)) return "BuildSelector::tag is empty.";
    if (isBlank(selector.buildNumber)) return "BuildSelector::buildNumber is empty.";
    if (selector.isMissingAge()) {
        return "a BuildSelector without id could match an older build. Set createdSince, or set anyAge to allow that.";
    }
    if (selector.os == Os::unknown) return "BuildSelector::os is unknown.";
    return nullptr;
}

BuildFilter commonFilter(const std::vector<const BuildSelector*>& selectors) {
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
    if (first.os && isDocumentedFilter(*first.os) && haveSame(&BuildSelector::os)) filter.os = first.os;
    return filter;
}

bool isTooOld(const BuildSelector& selector, const Build& build, std::optional<seconds> serverAhead) {
    return selector.createdSince && build.createdAt &&
           *build.createdAt < createdSinceByService(*selector.createdSince, serverAhead);
}

bool isUnexpected(const Error& error) {
    return error.httpStatus() && (!error.apiCode() || *error.apiCode() == api_code::internalError);
}

PollInterval::PollInterval(const WaitOptions& options)
    : interval_(std::min<milliseconds>(options.minDelay, longestDelay)),
      longest_(std::min<milliseconds>(options.maxDelay, longestDelay)) {}

milliseconds PollInterval::next(const WaitOptions& options) {
    const auto drawn =
        invokeUserCode("WaitOptions::random", [&] { return options.random ? options.random() : uniformRandom(); });
    const double jitter = 0.9 + 0.2 * (drawn && *drawn >= 0 && *drawn <= 1 ? *drawn : 0.5);
    const double delay = static_cast<double>(interval_.count()) * jitter;
    interval_ = std::min(longest_, interval_ + interval_ / 2);
    return milliseconds(static_cast<milliseconds::rep>(delay));
}

}  // namespace applivery::detail
