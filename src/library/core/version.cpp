#include <applivery/version.hpp>

namespace applivery {

std::string_view version() noexcept {
    return APPLIVERY_VERSION;
}

}  // namespace applivery
