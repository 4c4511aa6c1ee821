// Stands for another version of nlohmann/json: what the parent includes must be this.
#pragma once

namespace nlohmann {
inline constexpr int version = 99;
}
