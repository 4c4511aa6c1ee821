/// @file
/// The protocol of the page server and its clients: pages and requested faults.
#pragma once

#include "benchmarks/page_of_builds.hpp"

#include <array>
#include <cstddef>

namespace applivery::benchmarks {

inline constexpr PlaceOfPage servedPages{20, 50, 1};

/// Query parameters of the page server.
inline constexpr const char* faultParameter = "fault";  ///< One of `faults`.
inline constexpr const char* onceParameter = "once";    ///< Any number. Its second request receives the page.

inline constexpr const char* cutInBody = "cut";
inline constexpr const char* unavailable = "503";
inline constexpr const char* noAnswer = "hang";
inline constexpr const char* garbage = "garbage";

inline constexpr std::array<const char*, 4> faults{cutInBody, unavailable, noAnswer, garbage};

}  // namespace applivery::benchmarks
