/// @file
/// Includes nlohmann/json in a namespace of this library, so that a program can also link another version.
#pragma once

#define NLOHMANN_JSON_NAMESPACE nlohmann::applivery_private
#define NLOHMANN_JSON_NAMESPACE_BEGIN \
    namespace nlohmann {              \
    inline namespace applivery_private {
#define NLOHMANN_JSON_NAMESPACE_END \
    }                               \
    }

#include <nlohmann/json.hpp>
