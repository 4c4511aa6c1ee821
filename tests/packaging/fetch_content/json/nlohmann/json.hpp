// Represents another version of nlohmann/json. The parent must include this file.
#pragma once

namespace nlohmann {
inline constexpr int version = 99;
}
