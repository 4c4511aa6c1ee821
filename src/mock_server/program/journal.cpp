#include "journal.hpp"

#include "mock_server/json_object.hpp"

#include <string_view>

namespace applivery::mock {
namespace {

// Escapes bytes that a target should not have, and cuts long targets, so that the journal is small and valid JSON.
std::string printableTarget(std::string_view target) {
    constexpr std::size_t maxBytes = 2000;
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    for (const char c : target.substr(0, maxBytes)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte < 0x7F) {
            text += c;
        } else {
            text += {'%', digits[byte >> 4U], digits[byte & 15U]};
        }
    }
    return text;
}

}  // namespace

void Journal::add(const RecordedRequest& request, Time receivedAt, const std::string& outcome) {
    const std::lock_guard<std::mutex> lock(mutex_);
    std::string entry;
    {
        JsonObject object(entry);  // the destructor writes the closing brace
        object.json("number", std::to_string(++total_));
        object.text("receivedAt", isoTime(receivedAt));
        object.text("method", printableTarget(request.method));
        object.text("target", printableTarget(request.target));
        object.boolean("hasToken", request.header("Authorization").has_value());
    }
    entry.back() = ',';
    entries_.push_back(entry + outcome + '}');
    if (entries_.size() > capacity) entries_.pop_front();
}

void Journal::clear() {
    const std::lock_guard<std::mutex> lock(mutex_);
    entries_.clear();
    total_ = 0;
}

std::string Journal::json() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    std::string json = R"({"total":)" + std::to_string(total_) + R"(,"requests":[)";
    for (const std::string& entry : entries_) {
        if (json.back() != '[') json += ',';
        json += entry;
    }
    return json + "]}";
}

}  // namespace applivery::mock
