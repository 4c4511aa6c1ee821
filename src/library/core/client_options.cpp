#include <applivery/client_options.hpp>

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

}  // namespace applivery
