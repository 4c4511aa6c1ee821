/// @file
/// Implements the operators of the structs of build.hpp.
#include "json/schema.hpp"

#include <applivery/build.hpp>
#include <applivery/text.hpp>

#include <ostream>
#include <string>

namespace applivery {
namespace detail {
namespace {

template <typename T>
bool haveEqualFields(const T& a, const T& b) {
    return areEqual(fieldsOf<T>(), &a, &b);
}

}  // namespace
}  // namespace detail

bool operator==(const ApplicationInfo& a, const ApplicationInfo& b) {
    return detail::haveEqualFields(a, b);
}
bool operator==(const AndroidInfo& a, const AndroidInfo& b) {
    return detail::haveEqualFields(a, b);
}
bool operator==(const IosPlist& a, const IosPlist& b) {
    return detail::haveEqualFields(a, b);
}
bool operator==(const MobileProvision& a, const MobileProvision& b) {
    return detail::haveEqualFields(a, b);
}
bool operator==(const IosInfo& a, const IosInfo& b) {
    return detail::haveEqualFields(a, b);
}
bool operator==(const PkgInfo& a, const PkgInfo& b) {
    return detail::haveEqualFields(a, b);
}
bool operator==(const BuildInfo& a, const BuildInfo& b) {
    return detail::haveEqualFields(a, b);
}
bool operator==(const DeployerInfo& a, const DeployerInfo& b) {
    return detail::haveEqualFields(a, b);
}
bool operator==(const Deployer& a, const Deployer& b) {
    return detail::haveEqualFields(a, b);
}
bool operator==(const Uploader& a, const Uploader& b) {
    return detail::haveEqualFields(a, b);
}
bool operator==(const StorageProvider& a, const StorageProvider& b) {
    return detail::haveEqualFields(a, b);
}
bool operator==(const Build& a, const Build& b) {
    return detail::haveEqualFields(a, b);
}

std::ostream& operator<<(std::ostream& out, const Build& build) {
    out << "build " << printable(build.id);
    if (build.versionName) out << ' ' << printable(*build.versionName);
    if (build.versionCode) out << " (" << printable(*build.versionCode) << ')';
    const std::string& os = build.os.text();
    const std::string platform = os.empty() ? build.buildPlatform.value_or("") : os;
    if (!platform.empty()) out << ' ' << printable(platform);
    if (!build.status.text().empty()) out << ' ' << build.status;
    return out;
}

}  // namespace applivery
