#include "json/error_envelope.hpp"

#include "json/nlohmann.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

namespace applivery::detail {
namespace {

using Json = nlohmann::json;

constexpr std::size_t largestEnvelope = std::size_t{1} << 20U;  // a document takes many times its text
constexpr int deepestEnvelope = 64;  // writing a document out again takes stack for each level
constexpr std::size_t longestMessage = 500;
constexpr std::size_t longestData = 4096;

// Counts brackets outside strings, before a parser sees them.
bool isDeep(std::string_view body) {
    int depth = 0;
    bool inString = false;
    for (std::size_t i = 0; i < body.size(); ++i) {
        const char c = body[i];
        if (inString && c == '\\') {
            ++i;
        } else if (c == '"') {
            inString = !inString;
        } else if (!inString && (c == '[' || c == '{')) {
            if (++depth > deepestEnvelope) return true;
        } else if (!inString && (c == ']' || c == '}')) {
            --depth;
        }
    }
    return false;
}

std::optional<int> integerIn(const Json& object, const char* name) {
    const auto member = object.find(name);
    if (member == object.end() || !member->is_number_integer()) return std::nullopt;
    const auto number = member->get<std::int64_t>();
    if (number < std::numeric_limits<int>::min() || number > std::numeric_limits<int>::max()) return std::nullopt;
    return static_cast<int>(number);
}

}  // namespace

std::optional<ErrorEnvelope> readErrorEnvelope(std::string_view body, const Secret& secret) {
    if (body.size() > largestEnvelope) return std::nullopt;
    if (isDeep(body)) return std::nullopt;
    const Json document = Json::parse(body, nullptr, false);
    if (!document.is_object()) return std::nullopt;
    const auto error = document.find("error");
    if (error == document.end() || !error->is_object()) return std::nullopt;
    ErrorEnvelope envelope;
    envelope.code = integerIn(*error, "code");
    if (const auto message = error->find("message"); message != error->end() && message->is_string()) {
        envelope.message = secret.redacted(message->get<std::string>(), 0, longestMessage);
    }
    if (const auto data = error->find("data"); data != error->end() && !data->is_null()) {
        std::string text = secret.redacted(data->dump(-1, ' ', true));
        if (text.size() <= longestData) envelope.data = std::move(text);
    }
    return envelope;
}

}  // namespace applivery::detail
