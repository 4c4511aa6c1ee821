#include "json/characters.hpp"

#include <algorithm>

namespace applivery::detail {
namespace {

constexpr std::string_view replacement = "\\ufffd";
constexpr std::string_view noJson = "\x01";
constexpr std::ptrdiff_t escapeSize = 6;  // of \uXXXX

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isWhiteSpace(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

bool isOfNumbers(char c) {
    return isDigit(c) || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

const char* skipDigits(const char* at, const char* end) {
    return std::find_if_not(at, end, isDigit);
}

// The end of the number that begins here; null where its form is wrong.
const char* endOfNumber(const char* at, const char* end) {
    if (at != end && *at == '-') ++at;
    const char* const whole = at;
    at = skipDigits(at, end);
    if (at == whole || (*whole == '0' && at - whole > 1)) return nullptr;
    if (at != end && *at == '.') {
        const char* const fraction = ++at;
        at = skipDigits(at, end);
        if (at == fraction) return nullptr;
    }
    if (at != end && (*at == 'e' || *at == 'E')) {
        ++at;
        if (at != end && (*at == '+' || *at == '-')) ++at;
        const char* const exponent = at;
        at = skipDigits(at, end);
        if (at == exponent) return nullptr;
    }
    return at;
}

enum class Surrogate { none, high, low };

// Of the \uXXXX that stands here, if one does.
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

JsonCharacters::JsonCharacters(std::string_view text, std::size_t longestString)
    : at_(text.data()), runEnd_(at_), next_(at_), begin_(at_), end_(at_ + text.size()), longestString_(longestString) {}

std::size_t JsonCharacters::offset() const noexcept {
    const bool isOfTheText = runEnd_ == next_;
    return static_cast<std::size_t>((isOfTheText ? at_ : next_) - begin_);
}

bool JsonCharacters::beginRun() noexcept {
    at_ = runEnd_ = next_;
    if (stringEnd_ != nullptr) return giveString(at_);
    if (at_ == end_) return finish();
    if (*at_ == '"') {
        const auto left = static_cast<std::size_t>(end_ - at_) - 1;
        stringEnd_ = at_ + 1 + std::min(left, longestString_);
        return giveString(at_ + 1);
    }
    if (*at_ == '-' || isDigit(*at_)) return giveNumber();
    if (isWhiteSpace(*at_)) return giveWhiteSpace();
    if (*at_ == '\0') return giveInstead(noJson, at_ + 1);
    return give(at_ + 1);
}

bool JsonCharacters::finish() noexcept {
    endWasAskedFor_ = true;
    return false;
}

bool JsonCharacters::give(const char* end) noexcept {
    runEnd_ = next_ = end;
    return true;
}

bool JsonCharacters::giveInstead(std::string_view characters, const char* next) noexcept {
    at_ = characters.data();
    runEnd_ = at_ + characters.size();
    next_ = next;
    return true;
}

// Up to the string's end, or to a half of a surrogate pair.
bool JsonCharacters::giveString(const char* from) noexcept {
    const char* at = from;
    while (at < stringEnd_ && *at != '"') {
        if (*at != '\\') {
            ++at;
            continue;
        }
        const Surrogate surrogate = surrogateAt(at, end_);
        const bool isPair = surrogate == Surrogate::high && surrogateAt(at + escapeSize, end_) == Surrogate::low;
        if (surrogate != Surrogate::none && !isPair) {
            return at == at_ ? giveInstead(replacement, at + escapeSize) : give(at);
        }
        at += std::min(isPair ? 2 * escapeSize : 2, end_ - at);
    }
    if (at < end_ && *at == '"') {
        stringEnd_ = nullptr;
        return give(at + 1);
    }
    stringIsTooLong_ = at < end_;
    if (stringIsTooLong_ || at_ == end_) return finish();
    return give(end_);
}

// Nothing of a number in a wrong form is given, lest what is left of it be one.
bool JsonCharacters::giveNumber() noexcept {
    const char* const end = std::find_if_not(at_, end_, isOfNumbers);
    if (endOfNumber(at_, end) != end) return end == end_ ? finish() : giveInstead(noJson, end);
    number_ = std::string_view(at_, static_cast<std::size_t>(end - at_));
    return giveInstead("0", end);
}

bool JsonCharacters::giveWhiteSpace() noexcept {
    const char* const end = std::find_if_not(at_, end_, isWhiteSpace);
    at_ = end - 1;
    return give(end);
}

}  // namespace applivery::detail
