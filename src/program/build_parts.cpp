#include "build_parts.hpp"

namespace applivery::program {

const DeployerInfo& deployerOf(const Build& build) {
    static const DeployerInfo none;
    return build.deployer && build.deployer->info ? *build.deployer->info : none;
}

std::string platformOf(const Build& build) {
    return build.os.text().empty() ? build.buildPlatform.value_or("") : build.os.text();
}

bool isFinal(const Build& build) {
    return build.status == BuildStatus::processed || build.status == BuildStatus::error;
}

bool isWaiting(const Build& build) {
    return build.status == BuildStatus::pending || build.status == BuildStatus::inProgress;
}

}  // namespace applivery::program
