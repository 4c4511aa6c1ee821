#include "json/parse.hpp"

#include "json/nlohmann.hpp"
#include "json/sax_handler.hpp"

#include <cstddef>
#include <iterator>
#include <utility>

namespace applivery::detail {
namespace {

// Characters for the parser, which tells nobody where it is: this one moves the position that others see. It also folds
// runs of line breaks and tabs, which JSON allows between values alone: on an error the parser spells out each of them.
class TrackedCharacter {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    TrackedCharacter(ParserPosition& position, const char* end) : position_(&position), end_(end) {}

    reference operator*() const { return *position_->at; }
    TrackedCharacter& operator++() {
        const bool folds = isBreak(*position_->at);
        ++position_->at;
        if (folds) skipBreaks();
        return *this;
    }
    // The parser only asks whether the end is reached.
    friend bool operator!=(const TrackedCharacter& at, const TrackedCharacter&) { return at.position_->at != at.end_; }

private:
    static bool isBreak(char c) { return static_cast<unsigned char>(c) < ' ' && (c == '\n' || c == '\r' || c == '\t'); }
    void skipBreaks() {
        for (; position_->at != end_ && isBreak(*position_->at); ++position_->at) ++position_->folded;
    }

    ParserPosition* position_;
    const char* end_;
};

}  // namespace

std::optional<DecodeFailure> parseJson(std::string_view text, const Field& row, void* object, std::size_t memoryLimit,
                                       const Secret& secret) {
    ParserPosition position{text.data()};
    SaxHandler handler(text, position, row, object, memoryLimit, secret);
    const TrackedCharacter characters(position, text.data() + text.size());
    (void)nlohmann::json::sax_parse(characters, characters, &handler);
    return std::move(handler).failure();
}

}  // namespace applivery::detail
