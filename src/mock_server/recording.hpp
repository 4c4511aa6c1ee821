/// @file
/// Replay of a recording of `applivery-builds --record FILE`.
#pragma once

#include "mock_server/http_message.hpp"

#include <cstddef>
#include <iosfwd>
#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

namespace applivery::mock {

/// Replays the responses of a recording. All members are thread-safe.
class Recording {
public:
    /// Reads the recording to its end.
    ///
    /// @throws std::runtime_error with the number of the invalid line.
    explicit Recording(std::istream& lines);

    /// Returns the recorded responses for the request, in their order. The last response repeats.
    ///
    /// - For a recorded network failure, the connection closes after the part of the response that was received.
    /// - For a cancelled request, no response arrives.
    /// - If only one app was recorded, the ids in the path can differ, because a recording replaces ids.
    /// - If nothing was recorded for the request, the response has status 404 and names the recorded requests.
    [[nodiscard]] ScriptedResponse response(const RecordedRequest& request);

    /// Starts again from the first recorded response of each request.
    void reset();

private:
    struct Key {
        std::string method;
        std::vector<std::string> segments;
        Fields query;  // sorted

        friend bool operator<(const Key& a, const Key& b) {
            return std::tie(a.method, a.segments, a.query) < std::tie(b.method, b.segments, b.query);
        }
    };
    struct Responses {
        std::string target;  // as recorded
        std::vector<ScriptedResponse> inOrder;
        std::size_t next = 0;  // position in `inOrder`
    };

    [[nodiscard]] static Key keyOf(const RecordedRequest& request);
    [[nodiscard]] Responses* find(const Key& key);
    [[nodiscard]] ScriptedResponse notRecorded(const RecordedRequest& request) const;

    std::mutex mutex_;
    std::map<Key, Responses> recorded_;
};

}  // namespace applivery::mock
