/// @file
/// Keeps a replaced number within the limits at which programs read numbers differently, such as 2^31.
#pragma once

#include <string>
#include <string_view>

namespace applivery::program {

/// Changes the replacement of a number in JSON so that both are in the same range. The ranges end at 2^31, 2^32, 2^53,
/// 2^63, 2^64 and at the largest double. Returns the number itself if it is zero or one of these limits.
///
/// @param replacement has the length, the exponent and the other signs of the number.
[[nodiscard]] std::string inRangeOf(std::string_view number, std::string replacement);

}  // namespace applivery::program
