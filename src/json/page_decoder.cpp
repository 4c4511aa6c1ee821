#include "json/page_decoder.hpp"

#include "core/excerpt.hpp"
#include "json/sax_handler.hpp"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <optional>
#include <utility>

namespace applivery::detail {
namespace {

// Characters for the parser, which tells nobody where it is: this one leaves its position behind. It also folds runs of
// line breaks and tabs, which JSON allows between values alone: on an error the parser spells out each of them.
class TrackedCharacter {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    TrackedCharacter(const char* at, const char* end, const char** position)
        : at_(at), end_(end), position_(position) {}

    reference operator*() const { return *at_; }
    TrackedCharacter& operator++() {
        const bool folds = isBreak(*at_);
        ++at_;
        while (folds && at_ != end_ && isBreak(*at_)) ++at_;
        *position_ = at_;
        return *this;
    }
    friend bool operator!=(const TrackedCharacter& a, const TrackedCharacter& b) { return a.at_ != b.at_; }

private:
    static bool isBreak(char c) { return c == '\n' || c == '\r' || c == '\t'; }

    const char* at_;
    const char* end_;
    const char** position_;
};

// Gateways answer with an empty body or a page of their own; to say so helps more than a parser's complaint.
std::optional<DecodeFailure> noJson(std::string_view body, const Secret& secret) {
    const std::size_t start = body.find_first_not_of(" \t\r\n");
    std::string message;
    if (start == std::string_view::npos) {
        message = "the answer is empty.";
    } else if (body[start] == '<') {
        message = "the answer is an HTML or XML page, not JSON: " + excerpt(body, secret) + '.';
    } else {
        return std::nullopt;
    }
    return DecodeFailure{DecodeFailure::Reason::notJson, message + " Does ClientOptions::baseUrl name the service?"};
}

std::optional<int> asInt(const std::optional<std::int64_t>& number) {
    if (!number || *number < 0 || *number > std::numeric_limits<int>::max()) return std::nullopt;
    return static_cast<int>(*number);
}

DecodedBody bodyFrom(Envelope envelope) {
    ListData& data = envelope.data;
    DecodedBody body;
    body.statusIsTrue = envelope.status.isSet;
    body.hasErrorObject = envelope.error.has_value();
    body.hasItems = data.items.has_value();
    if (data.items) body.page.items = *std::move(data.items);
    body.page.number = asInt(data.page).value_or(0);
    body.page.limit = asInt(data.limit);
    body.page.totalPages = asInt(data.totalPages);
    if (data.totalDocs && *data.totalDocs >= 0) body.page.totalItems = data.totalDocs;
    body.page.hasNextPage = data.hasNextPage;
    return body;
}

}  // namespace

std::variant<DecodedBody, DecodeFailure> decodeBody(std::string_view body, std::size_t memoryLimit,
                                                    const Secret& secret) {
    if (auto failure = noJson(body, secret)) return *std::move(failure);
    const char* position = body.data();
    SaxHandler handler(body, position, memoryLimit, secret);
    const TrackedCharacter first(body.data(), body.data() + body.size(), &position);
    const TrackedCharacter last(body.data() + body.size(), body.data() + body.size(), &position);
    (void)nlohmann::json::sax_parse(first, last, &handler);
    auto envelope = std::move(handler).finish();
    if (auto* const failure = std::get_if<DecodeFailure>(&envelope)) return std::move(*failure);
    return bodyFrom(std::get<Envelope>(std::move(envelope)));
}

}  // namespace applivery::detail
