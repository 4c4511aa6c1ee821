/// @file
/// What the public types look like in a stream.
#include <applivery/build.hpp>
#include <applivery/client_options.hpp>
#include <applivery/error.hpp>
#include <applivery/open_enum.hpp>
#include <applivery/text.hpp>

#include <ostream>

namespace applivery {

namespace detail {

std::ostream& print(std::ostream& out, std::string_view text) {
    return out << printable(text);
}

}  // namespace detail

std::ostream& operator<<(std::ostream& out, ErrorKind kind) {
    return out << toString(kind);
}

std::ostream& operator<<(std::ostream& out, const Error& error) {
    return out << error.kind() << ": " << error.message();
}

std::ostream& operator<<(std::ostream& out, LogLevel level) {
    return out << toString(level);
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
