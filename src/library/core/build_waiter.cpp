#include "core/text.hpp"

#include <applivery/build_waiter.hpp>

namespace applivery {
namespace {

using detail::trimmed;

bool matchesIfSet(const std::optional<std::string>& wanted, const OptionalText& text) {
    return !wanted || (text && trimmed(*wanted) == trimmed(*text));
}

}  // namespace

std::string_view toString(WaitOutcome outcome) noexcept {
    switch (outcome) {
        case WaitOutcome::processed:
            return "processed";
        case WaitOutcome::failed:
            return "failed";
        case WaitOutcome::timedOutPending:
            return "timedOutPending";
        case WaitOutcome::timedOutNotFound:
            return "timedOutNotFound";
        case WaitOutcome::ambiguous:
            return "ambiguous";
        case WaitOutcome::cancelled:
            break;
    }
    return "cancelled";
}

bool BuildSelector::matches(const Build& build) const {
    static const DeployerInfo none;
    const DeployerInfo& deployer = build.deployer && build.deployer->info ? *build.deployer->info : none;
    return (!id || trimmed(*id) == trimmed(build.id)) && (!os || build.os == *os) &&
           matchesIfSet(versionName, build.versionName) && matchesIfSet(versionCode, build.versionCode) &&
           matchesIfSet(commit, deployer.commit) && matchesIfSet(branch, deployer.branch) &&
           matchesIfSet(tag, deployer.tag) && matchesIfSet(buildNumber, deployer.buildNumber);
}

}  // namespace applivery
