#include "json/parse.hpp"

#include "json/nlohmann.hpp"
#include "json/sax_handler.hpp"

#include <cstddef>
#include <iterator>
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

}  // namespace

std::optional<DecodeFailure> parseJson(std::string_view text, const Field& row, void* object, std::size_t memoryLimit,
                                       const Secret& secret) {
    const char* position = text.data();
    SaxHandler handler(text, position, row, object, memoryLimit, secret);
    const TrackedCharacter first(text.data(), text.data() + text.size(), &position);
    const TrackedCharacter last(text.data() + text.size(), text.data() + text.size(), &position);
    (void)nlohmann::json::sax_parse(first, last, &handler);
    return std::move(handler).failure();
}

}  // namespace applivery::detail
