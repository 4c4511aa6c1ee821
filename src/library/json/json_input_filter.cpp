#include "json/json_input_filter.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <cstring>

namespace applivery::detail {
namespace {

constexpr std::string_view escapedReplacementCharacter = "\\ufffd";
constexpr std::string_view emptyString = "\"\"";
constexpr std::string_view invalidToken = "\x01";
constexpr std::string_view incompleteNumber = "-";
constexpr std::ptrdiff_t escapeSize = 6;  // of \uXXXX

bool isWhiteSpace(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

bool isNumberCharacter(char c) {
    return isDigit(c) || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

const char* find(char c, const char* at, const char* end) {
    const void* const found = std::memchr(at, c, static_cast<std::size_t>(end - at));
    return found != nullptr ? static_cast<const char*>(found) : end;
}

enum class Surrogate { none, high, low };

// Returns the kind of the surrogate that begins at a position as \uXXXX, if any.
Surrogate surrogateAt(const char* at, const char* end) {
    if (end - at < escapeSize || at[0] != '\\' || at[1] != 'u' || (at[2] != 'd' && at[2] != 'D')) {
        return Surrogate::none;
    }
    const auto isHex = [](char c) { return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
    if (!isHex(at[4]) || !isHex(at[5])) return Surrogate::none;
    if (std::string_view("89abAB").find(at[3]) != std::string_view::npos) return Surrogate::high;
    return std::string_view("cdefCDEF").find(at[3]) != std::string_view::npos ? Surrogate::low : Surrogate::none;
}

}  // namespace

bool isNumber(std::string_view text) noexcept {
    const char* at = text.data();
    const char* const end = at + text.size();
    const auto skip = [&](std::string_view characters) {
        const bool isFound = at != end && characters.find(*at) != std::string_view::npos;
        if (isFound) ++at;
        return isFound;
    };
    const auto skipDigits = [&] {
        const char* const begin = at;
        at = std::find_if_not(at, end, isDigit);
        return at != begin;
    };
    (void)skip("-");
    if (!skip("0") && !skipDigits()) return false;
    if (skip(".") && !skipDigits()) return false;
    if (skip("eE") && ((void)skip("+-"), !skipDigits())) return false;
    return at == end;
}

bool needsNoEscaping(std::string_view text) noexcept {
    bool isPlain = true;
    // Without a branch, so that the compiler vectorizes the loop.
    for (const char c : text) isPlain &= c >= ' ' && c <= '~' && c != '"' && c != '\\';
    return isPlain;
}

JsonInputFilter::JsonInputFilter(std::string_view text, std::size_t maxStringLength)
    : at_(text.data()),
      chunkEnd_(at_),
      next_(at_),
      begin_(at_),
      end_(at_ + text.size()),
      maxStringLength_(maxStringLength) {}

std::size_t JsonInputFilter::offset() const noexcept {
    const bool isPartOfText = chunkEnd_ == next_;
    return static_cast<std::size_t>((isPartOfText ? at_ : next_) - begin_);
}

bool JsonInputFilter::nextChunk() noexcept {
    at_ = chunkEnd_ = next_;
    const char* const replaced = findReplaced(at_);
    if (replaced != at_) return pass(replaced);
    if (at_ == end_) return finish();
    if (stringLimit_ != nullptr) {
        isStringTooLong_ = at_ >= stringLimit_;
        return isStringTooLong_ ? finish() : replace(escapedReplacementCharacter, at_ + escapeSize);
    }
    if (*at_ == '"') return passString();
    if (isWhiteSpace(*at_)) return passWhiteSpace();
    return *at_ == '\0' ? replace(invalidToken, at_ + 1) : passNumber();
}

// Returns the first position that needs a replacement or a check.
const char* JsonInputFilter::findReplaced(const char* at) noexcept {
    while (at != end_) {
        if (stringLimit_ != nullptr) {
            at = findReplacedInString(at);
            if (stringLimit_ != nullptr) return at;
        } else if (*at == '"' || isWhiteSpace(*at) || isDigit(*at) || *at == '-' || *at == '\0') {
            return at;
        } else {
            ++at;
        }
    }
    return at;
}

// Returns the position after the closing quote, and leaves the string. Stops at half a surrogate pair, or at the limit
// of the string.
const char* JsonInputFilter::findReplacedInString(const char* at) noexcept {
    while (at < stringLimit_) {
        if (quote_ < at) quote_ = find('"', at, stringLimit_);
        at = find('\\', at, quote_);
        if (at == quote_) break;
        const Surrogate surrogate = surrogateAt(at, end_);
        const bool isPair = surrogate == Surrogate::high && surrogateAt(at + escapeSize, end_) == Surrogate::low;
        if (surrogate != Surrogate::none && !isPair) return at;
        at += std::min(isPair ? 2 * escapeSize : 2, end_ - at);
    }
    if (at == end_ || *at != '"') return at;
    stringLimit_ = nullptr;
    return at + 1;
}

bool JsonInputFilter::finish() noexcept {
    isAtEnd_ = true;
    return false;
}

bool JsonInputFilter::pass(const char* end) noexcept {
    chunkEnd_ = next_ = end;
    return true;
}

bool JsonInputFilter::replace(std::string_view replacement, const char* next) noexcept {
    at_ = replacement.data();
    chunkEnd_ = at_ + replacement.size();
    next_ = next;
    return true;
}

bool JsonInputFilter::passString() noexcept {
    const char* const first = at_ + 1;
    stringLimit_ = first + std::min(static_cast<std::size_t>(end_ - first), maxStringLength_);
    quote_ = find('"', first, stringLimit_);
    plainString_ = std::string_view(first, static_cast<std::size_t>(quote_ - first));
    if (quote_ != stringLimit_ && needsNoEscaping(plainString_)) {
        stringLimit_ = nullptr;
        return replace(emptyString, quote_ + 1);
    }
    plainString_ = {};
    return pass(first);
}

// Replaces an invalid number completely, because the parser could accept a part of the number. An invalid number at the
// end of the text may be cut off.
bool JsonInputFilter::passNumber() noexcept {
    const char* const end = std::find_if_not(at_, end_, isNumberCharacter);
    const std::string_view text(at_, static_cast<std::size_t>(end - at_));
    if (!isNumber(text)) return replace(end == end_ ? incompleteNumber : invalidToken, end);
    number_ = text;
    return replace("0", end);
}

bool JsonInputFilter::passWhiteSpace() noexcept {
    const char* const end = std::find_if_not(at_, end_, isWhiteSpace);
    at_ = end - 1;
    return pass(end);
}

}  // namespace applivery::detail
