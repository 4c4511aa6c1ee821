/// @file
/// nlohmann/json under a namespace of our own, so that a program that links another version of it keeps its own.
#pragma once

#define NLOHMANN_JSON_NAMESPACE nlohmann::applivery_private
#define NLOHMANN_JSON_NAMESPACE_BEGIN \
    namespace nlohmann {              \
    inline namespace applivery_private {
#define NLOHMANN_JSON_NAMESPACE_END \
    }                               \
    }

#include <nlohmann/json.hpp>
