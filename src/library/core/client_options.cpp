#include <applivery/client_options.hpp>

#include <ostream>

namespace applivery {

std::string_view toString(LogLevel level) noexcept {
    switch (level) {
        case LogLevel::debug:
            return "debug";
        case LogLevel::warning:
            return "warning";
        case LogLevel::error:
            return "error";
    }
    return "unknown";
}

std::ostream& operator<<(std::ostream& out, LogLevel level) {
    return out << toString(level);
}

}  // namespace applivery
