/// @file
/// `POST /mock/uploads`, which is not the service's: what an upload does to the list.
#pragma once

#include "mock_server/build_data.hpp"
#include "mock_server/exchange.hpp"
#include "mock_server/processing.hpp"

#include <atomic>
#include <cstddef>
#include <optional>

namespace applivery::mock {

[[nodiscard]] bool isUpload(const RecordedRequest& request);

class Uploads {
public:
    /// @param processing null: an upload stays pending. Both must outlive it.
    Uploads(BuildData& builds, Processing* processing) : builds_(builds), processing_(processing) {}

    /// Absent for a request that is none of these.
    [[nodiscard]] std::optional<ScriptedAnswer> answer(const RecordedRequest& request);

private:
    [[nodiscard]] BuildSpec nextSpec();

    BuildData& builds_;
    Processing* processing_;
    std::atomic<std::size_t> count_{0};
};

}  // namespace applivery::mock
