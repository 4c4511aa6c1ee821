#include "mock_server/recording.hpp"

#include "mock_server/responses.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <istream>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace applivery::mock {
namespace {

using nlohmann::json;

// Restores bytes that are not UTF-8, which a recording replaces by U+FFFD. A replay must fail with the same error.
std::string withInvalidUtf8(std::string text) {
    constexpr std::string_view replacement = "\xEF\xBF\xBD";
    std::size_t position = text.find(replacement);
    while (position != std::string::npos) {
        text.replace(position, replacement.size(), "\xFF");
        position = text.find(replacement, position);
    }
    return text;
}

ScriptedResponse closedConnection() {
    ScriptedResponse response = ok("{}");
    response.cutAfter = 0;
    return response;
}

ScriptedResponse noResponse() {
    ScriptedResponse response = ok("{}");
    response.delay = std::chrono::hours{1};
    return response;
}

ScriptedResponse parseResponse(const json& line, const char* bodyName) {
    ScriptedResponse response;
    response.status = line.at("status").get<int>();
    if (response.status < 100 || response.status > 599) throw std::runtime_error("the status is not an HTTP status");
    response.body = withInvalidUtf8(line.at(bodyName).get<std::string>());
    for (const auto& [name, value] : line.at("headers").items()) response.headers.emplace_back(name, value);
    return response;
}

// Returns a response that announces a longer body than it sends.
ScriptedResponse parseCutOffResponse(const json& line) {
    ScriptedResponse response = parseResponse(line, "received");
    response.cutAfter = response.body.size();
    response.body += ' ';
    return response;
}

ScriptedResponse parseOutcome(const json& line) {
    if (!line.contains("kind")) return parseResponse(line, "body");
    if (line.at("kind") == "cancelled") return noResponse();
    return line.contains("received") ? parseCutOffResponse(line) : closedConnection();
}

bool isFixedSegment(const std::string& segment) {
    constexpr std::array<std::string_view, 5> words{"v1", "integrations", "organizations", "apps", "builds"};
    return std::find(words.begin(), words.end(), segment) != words.end();
}

bool matchesExceptIds(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const std::string& left, const std::string& right) {
        return left == right || (!isFixedSegment(left) && !isFixedSegment(right));
    });
}

}  // namespace

Recording::Recording(std::istream& lines) {
    std::string text;
    for (int number = 1; std::getline(lines, text); ++number) {
        if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
        try {
            const json line = json::parse(text);
            if (line.contains("schema")) {
                if (line.at("schema") != "applivery.recording/1")
                    throw std::runtime_error("the schema is not applivery.recording/1");
                continue;
            }
            const auto target = line.at("target").get<std::string>();
            Responses& responses = recorded_[keyOf(makeRequest(line.at("method"), target, {}))];
            responses.target = target;
            responses.inOrder.push_back(parseOutcome(line));
        } catch (const std::exception& fault) {
            throw std::runtime_error("line " + std::to_string(number) +
                                     " is not an exchange of a recording: " + fault.what());
        }
    }
    if (recorded_.empty()) throw std::runtime_error("the recording has no exchanges");
}

ScriptedResponse Recording::response(const RecordedRequest& request) {
    const std::lock_guard<std::mutex> lock(mutex_);
    Responses* const responses = find(keyOf(request));
    if (responses == nullptr) return notRecorded(request);
    const std::size_t current = responses->next;
    responses->next = std::min(current + 1, responses->inOrder.size() - 1);
    return responses->inOrder[current];
}

void Recording::reset() {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (auto& [key, responses] : recorded_) responses.next = 0;
}

Recording::Key Recording::keyOf(const RecordedRequest& request) {
    Key key{request.method, request.segments(), request.query};
    std::sort(key.query.begin(), key.query.end());
    return key;
}

Recording::Responses* Recording::find(const Key& key) {
    if (const auto same = recorded_.find(key); same != recorded_.end()) return &same->second;
    Responses* found = nullptr;
    for (auto& [candidate, responses] : recorded_) {
        const bool matches = candidate.method == key.method && candidate.query == key.query &&
                             matchesExceptIds(candidate.segments, key.segments);
        if (!matches) continue;
        if (found != nullptr) return nullptr;  // several apps match
        found = &responses;
    }
    return found;
}

ScriptedResponse Recording::notRecorded(const RecordedRequest& request) const {
    constexpr int maxNamed = 10;
    std::string message = "No response was recorded for " + request.method + ' ' + request.target + ". Recorded:";
    int named = 0;
    for (const auto& [key, responses] : recorded_) {
        if (++named > maxNamed) break;
        message += (named > 1 ? ", " : " ") + key.method + ' ' + responses.target;
    }
    if (named > maxNamed) message += " and more";
    return apiError(404, 1002, message);
}

}  // namespace applivery::mock
