/// @file
/// `POST /mock/uploads`: adds a build as an upload does. The service has no such route.
#pragma once

#include "mock_server/build_data.hpp"
#include "mock_server/http_message.hpp"
#include "mock_server/processing.hpp"

#include <atomic>
#include <cstddef>
#include <optional>

namespace applivery::mock {

/// Returns whether a request is an upload.
[[nodiscard]] bool isUpload(const RecordedRequest& request);

/// Adds the builds of uploads.
class Uploads {
public:
    /// @param builds must outlive this object.
    /// @param processing must outlive this object. If null, builds stay pending.
    Uploads(BuildData& builds, Processing* processing) : builds_(builds), processing_(processing) {}

    /// Returns the response to an upload. Returns std::nullopt for other requests.
    [[nodiscard]] std::optional<ScriptedResponse> respond(const RecordedRequest& request);

private:
    [[nodiscard]] BuildSpec nextSpec();

    BuildData& builds_;
    Processing* processing_;
    std::atomic<std::size_t> count_{0};
};

}  // namespace applivery::mock
