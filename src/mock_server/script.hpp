/// @file
/// Scripted responses, which replace the responses of the service.
#pragma once

#include "mock_server/http_message.hpp"

#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>

namespace applivery::mock {

/// Receives each request without a queued response. Returns a response, or std::nullopt for the response of the
/// service. Several threads call a hook at the same time.
using Hook = std::function<std::optional<ScriptedResponse>(const RecordedRequest&)>;
/// Returns whether a queued response is for the request.
using Matcher = std::function<bool(const RecordedRequest&)>;

/// Holds queued responses and a hook. All members are thread-safe.
class Script {
public:
    /// Queues a response for the next `times` matching requests. Earlier responses are used first.
    void add(Matcher matches, ScriptedResponse response, int times);

    /// Replaces the hook. An empty function removes the hook.
    void setHook(Hook hook);

    /// Returns the number of queued responses that are left.
    [[nodiscard]] int pending() const;

    /// Removes the queued responses and the hook.
    void clear();

    /// Removes and returns the response for this request. Returns std::nullopt for the response of the service.
    [[nodiscard]] std::optional<ScriptedResponse> take(const RecordedRequest& request);

private:
    struct Entry {
        Matcher matches;
        ScriptedResponse response;
        int times;
    };

    [[nodiscard]] std::optional<ScriptedResponse> takeQueued(const RecordedRequest& request);

    mutable std::mutex mutex_;
    std::list<Entry> entries_;
    std::shared_ptr<const Hook> hook_;
};

}  // namespace applivery::mock
