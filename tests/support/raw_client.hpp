/// @file
/// A client of a RawServer, and the smallest page that it accepts.
#pragma once

#include <applivery/client_options.hpp>

#include <string>

namespace applivery::test {

inline constexpr const char* emptyPage = R"({"status":true,"data":{"items":[]}})";

[[nodiscard]] inline ClientOptions optionsFor(const std::string& baseUrl) {
    ClientOptions options;
    options.baseUrl = baseUrl;
    return options;
}

}  // namespace applivery::test
