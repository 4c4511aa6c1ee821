#include "mock_server/recording.hpp"

#include "mock_server/answers.hpp"

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

// In a recording, U+FFFD stands for a byte that is no UTF-8.
std::string withBrokenBytes(std::string text) {
    constexpr std::string_view replacement = "\xEF\xBF\xBD";
    for (std::size_t at = text.find(replacement); at != std::string::npos; at = text.find(replacement, at)) {
        text.replace(at, replacement.size(), "\xFF");
    }
    return text;
}

ScriptedAnswer closedConnection() {
    ScriptedAnswer answer = ok("{}");
    answer.cutAfter = 0;
    return answer;
}

// Somebody gave up waiting for it.
ScriptedAnswer noAnswer() {
    ScriptedAnswer answer = ok("{}");
    answer.delay = std::chrono::hours{1};
    return answer;
}

ScriptedAnswer answerOf(const json& line) {
    if (line.contains("kind")) return line.at("kind") == "cancelled" ? noAnswer() : closedConnection();
    ScriptedAnswer answer;
    answer.status = line.at("status").get<int>();
    if (answer.status < 100 || answer.status > 599) throw std::runtime_error("status is none of HTTP");
    answer.body = withBrokenBytes(line.at("body").get<std::string>());
    for (const auto& [name, value] : line.at("headers").items()) answer.headers.emplace_back(name, value);
    return answer;
}

bool isWordOfPaths(const std::string& segment) {
    constexpr std::array<std::string_view, 5> words{"v1", "integrations", "organizations", "apps", "builds"};
    return std::find(words.begin(), words.end(), segment) != words.end();
}

bool isSameButForIds(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const std::string& one, const std::string& other) {
        return one == other || (!isWordOfPaths(one) && !isWordOfPaths(other));
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
                if (line.at("schema") != "applivery.recording/1") throw std::runtime_error("another kind of file");
                continue;
            }
            const auto target = line.at("target").get<std::string>();
            Answers& answers = recorded_[keyOf(makeRequest(line.at("method"), target, {}))];
            answers.target = target;
            answers.inOrder.push_back(answerOf(line));
        } catch (const std::exception& fault) {
            throw std::runtime_error("line " + std::to_string(number) + " is none of a recording: " + fault.what());
        }
    }
    if (recorded_.empty()) throw std::runtime_error("nothing is recorded in it");
}

ScriptedAnswer Recording::answer(const RecordedRequest& request) {
    const std::lock_guard<std::mutex> lock(mutex_);
    Answers* const answers = find(keyOf(request));
    if (answers == nullptr) return nothingFor(request);
    const std::size_t now = answers->next;
    answers->next = std::min(now + 1, answers->inOrder.size() - 1);
    return answers->inOrder[now];
}

Recording::Key Recording::keyOf(const RecordedRequest& request) {
    Key key{request.method, request.segments(), request.query};
    std::sort(key.query.begin(), key.query.end());
    return key;
}

Recording::Answers* Recording::find(const Key& key) {
    if (const auto same = recorded_.find(key); same != recorded_.end()) return &same->second;
    Answers* found = nullptr;
    for (auto& [candidate, answers] : recorded_) {
        const bool isLike = candidate.method == key.method && candidate.query == key.query &&
                            isSameButForIds(candidate.segments, key.segments);
        if (!isLike) continue;
        if (found != nullptr) return nullptr;  // who knows which app is meant
        found = &answers;
    }
    return found;
}

ScriptedAnswer Recording::nothingFor(const RecordedRequest& request) const {
    constexpr int mostTold = 10;
    std::string message = "Nothing is recorded for " + request.method + ' ' + request.target + ", but for";
    int told = 0;
    for (const auto& [key, answers] : recorded_) {
        if (++told > mostTold) break;
        message += (told > 1 ? ", " : " ") + key.method + ' ' + answers.target;
    }
    if (told > mostTold) message += " and more";
    return apiError(404, 1002, message);
}

}  // namespace applivery::mock
