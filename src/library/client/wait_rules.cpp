#include "client/wait_rules.hpp"

#include "core/random.hpp"
#include "core/text.hpp"
#include "core/time_limits.hpp"
#include "core/user_code.hpp"

#include <algorithm>
#include <string>

namespace applivery::detail {
namespace {

using std::chrono::floor;
using std::chrono::milliseconds;
using std::chrono::seconds;

bool matchesIfSet(const std::optional<std::string>& wanted, const OptionalText& text) {
    return !wanted || (text && trimmed(*wanted) == trimmed(*text));
}

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

BuildSelector::TimePoint createdSinceByService(BuildSelector::TimePoint createdSince,
                                               std::optional<seconds> serverAhead) {
    using TimePoint = BuildSelector::TimePoint;
    constexpr seconds imprecision{2};  // `Date` has whole seconds, and the response took some time
    constexpr seconds usualError = std::chrono::minutes{5};
    const seconds ahead = serverAhead ? *serverAhead - imprecision : -usualError;
    if (ahead.count() < 0 && createdSince < TimePoint::min() - ahead) return TimePoint::min();
    if (ahead.count() > 0 && createdSince > TimePoint::max() - ahead) return TimePoint::max();
    return createdSince + ahead;
}

bool isTooOld(const BuildSelector& selector, const Build& build, std::optional<seconds> serverAhead) {
    return selector.createdSince && build.createdAt &&
           *build.createdAt < createdSinceByService(*selector.createdSince, serverAhead);
}

bool isUnexpected(const Error& error) {
    return error.httpStatus() && (!error.apiCode() || *error.apiCode() == api_code::internalError);
}

void ClockSkew::add(TimePoint service, TimePoint local) noexcept {
    constexpr seconds limit = std::chrono::hours{24};
    // A difference in whole seconds cannot overflow.
    const seconds ahead = floor<seconds>(service.time_since_epoch()) - floor<seconds>(local.time_since_epoch());
    // Ignores samples after the ninth: a clock that is set during a wait must not change which builds match.
    if (ahead > limit || ahead < -limit || count_ == samples_.size()) return;
    const auto place = std::upper_bound(samples_.begin(), samples_.begin() + count_, ahead);
    std::move_backward(place, samples_.begin() + count_, samples_.begin() + count_ + 1);
    *place = ahead;
    ++count_;
}

std::optional<seconds> ClockSkew::estimate() const noexcept {
    if (count_ == 0) return std::nullopt;
    return samples_[count_ / 2];
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

namespace applivery {

bool BuildSelector::matches(const Build& build) const {
    using detail::matchesIfSet;
    using detail::trimmed;
    static const DeployerInfo none;
    const DeployerInfo& deployer = build.deployer && build.deployer->info ? *build.deployer->info : none;
    return (!id || trimmed(*id) == trimmed(build.id)) && (!os || build.os == *os) &&
           matchesIfSet(versionName, build.versionName) && matchesIfSet(versionCode, build.versionCode) &&
           matchesIfSet(commit, deployer.commit) && matchesIfSet(branch, deployer.branch) &&
           matchesIfSet(tag, deployer.tag) && matchesIfSet(buildNumber, deployer.buildNumber);
}

}  // namespace applivery
