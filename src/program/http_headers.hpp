/// @file
/// Access to the headers of a request or a response.
#pragma once

#include "text/ascii.hpp"

#include <applivery/http_transport.hpp>

#include <string>
#include <string_view>

namespace applivery::program {

/// Returns the value of the first header with this name in any case; null if there is none.
/// @param name in lower case.
[[nodiscard]] inline const std::string* findHeader(const HttpHeaders& headers, std::string_view name) {
    for (const auto& [key, value] : headers) {
        if (lowerCase(key) == name) return &value;
    }
    return nullptr;
}

}  // namespace applivery::program
