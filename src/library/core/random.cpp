#include "core/random.hpp"

#include <random>

namespace applivery::detail {

double uniformRandom() {
    thread_local std::mt19937_64 engine{std::random_device{}()};
    return std::uniform_real_distribution<double>{}(engine);
}

}  // namespace applivery::detail
