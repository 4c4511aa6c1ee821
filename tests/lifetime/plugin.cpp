// A plugin with its own copy of the library. Leaves calls in flight when it is unloaded.
#include "lifetime/scenarios.hpp"

#include <memory>

namespace {
std::unique_ptr<applivery::BuildsClient> kept;
}

extern "C" __attribute__((visibility("default"))) void start(bool keep) {
    auto client = std::make_unique<applivery::BuildsClient>(applivery::lifetime::makeClient());
    applivery::lifetime::startCalls(*client);
    if (keep) kept = std::move(client);
}
