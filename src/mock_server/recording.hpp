/// @file
/// What `applivery-builds --record FILE` wrote, as answers to the requests that were recorded.
#pragma once

#include "mock_server/exchange.hpp"

#include <cstddef>
#include <iosfwd>
#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

namespace applivery::mock {

/// Safe to use from many threads at once.
class Recording {
public:
    /// Reads it to its end.
    ///
    /// @throws std::runtime_error with the number of a line that is none of a recording.
    explicit Recording(std::istream& lines);

    /// What was recorded for the request: the first time first, and the last for ever. A failure of the network is a
    /// connection that closes; where the program gave up, no answer comes. Of what is replaced in a recording, ids in
    /// the path need not be the same, as long as only one app was recorded. Where there is nothing, 404 with what there
    /// is.
    [[nodiscard]] ScriptedAnswer answer(const RecordedRequest& request);

private:
    struct Key {
        std::string method;
        std::vector<std::string> segments;
        Fields query;  // sorted

        friend bool operator<(const Key& a, const Key& b) {
            return std::tie(a.method, a.segments, a.query) < std::tie(b.method, b.segments, b.query);
        }
    };
    struct Answers {
        std::string target;  // as it was recorded
        std::vector<ScriptedAnswer> inOrder;
        std::size_t next = 0;
    };

    [[nodiscard]] static Key keyOf(const RecordedRequest& request);
    [[nodiscard]] Answers* find(const Key& key);
    [[nodiscard]] ScriptedAnswer nothingFor(const RecordedRequest& request) const;

    std::mutex mutex_;
    std::map<Key, Answers> recorded_;
};

}  // namespace applivery::mock
