/// @file
/// Answers that come before the service's own, for the next requests or for some of them.
#pragma once

#include "mock_server/exchange.hpp"

#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>

namespace applivery::mock {

/// Sees every request that no queued answer took. An answer replaces the service's; nothing leaves it to the service.
/// Runs on the server's threads, several at once.
using Hook = std::function<std::optional<ScriptedAnswer>(const RecordedRequest&)>;
using Matcher = std::function<bool(const RecordedRequest&)>;

/// Safe to use from many threads at once.
class Script {
public:
    /// Queues an answer for the next `times` requests that match; those queued first are tried first.
    void add(Matcher matches, ScriptedAnswer answer, int times);

    void setHook(Hook hook);

    /// How many queued answers are still to be given.
    [[nodiscard]] int pending() const;

    void clear();

    /// The answer for this request, which then is spent; nothing where the service shall answer.
    [[nodiscard]] std::optional<ScriptedAnswer> take(const RecordedRequest& request);

private:
    struct Entry {
        Matcher matches;
        ScriptedAnswer answer;
        int times;
    };

    [[nodiscard]] std::optional<ScriptedAnswer> takeQueued(const RecordedRequest& request);

    mutable std::mutex mutex_;
    std::list<Entry> entries_;
    std::shared_ptr<const Hook> hook_;
};

}  // namespace applivery::mock
