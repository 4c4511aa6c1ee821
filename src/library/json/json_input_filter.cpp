#include "json/json_input_filter.hpp"

#include <algorithm>
#include <cstring>

namespace applivery::detail {
namespace {

constexpr std::string_view replacement = "\\ufffd";
constexpr std::string_view emptyString = "\"\"";
constexpr std::string_view noJson = "\x01";
constexpr std::string_view cutNumber = "-";
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

const char* find(char c, const char* at, const char* end) {
    const void* const found = std::memchr(at, c, static_cast<std::size_t>(end - at));
    return found != nullptr ? static_cast<const char*>(found) : end;
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

bool isNumber(std::string_view text) noexcept {
    const char* at = text.data();
    const char* const end = at + text.size();
    const auto skip = [&](std::string_view characters) {
        const bool stands = at != end && characters.find(*at) != std::string_view::npos;
        if (stands) ++at;
        return stands;
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
    bool stands = true;  // without a branch, so that many are looked at at once
    for (const char c : text) stands &= c >= ' ' && c <= '~' && c != '"' && c != '\\';
    return stands;
}

JsonInputFilter::JsonInputFilter(std::string_view text, std::size_t longestString)
    : at_(text.data()), runEnd_(at_), next_(at_), begin_(at_), end_(at_ + text.size()), longestString_(longestString) {}

std::size_t JsonInputFilter::offset() const noexcept {
    const bool isOfTheText = runEnd_ == next_;
    return static_cast<std::size_t>((isOfTheText ? at_ : next_) - begin_);
}

bool JsonInputFilter::beginRun() noexcept {
    at_ = runEnd_ = next_;
    const char* const plain = endOfPlain(at_);
    if (plain != at_) return give(plain);
    if (at_ == end_) return finish();
    if (stringEnd_ != nullptr) {
        stringIsTooLong_ = at_ >= stringEnd_;
        return stringIsTooLong_ ? finish() : giveInstead(replacement, at_ + escapeSize);
    }
    if (*at_ == '"') return giveString();
    if (isWhiteSpace(*at_)) return giveWhiteSpace();
    return *at_ == '\0' ? giveInstead(noJson, at_ + 1) : giveNumber();
}

// How far the text can be given as it is.
const char* JsonInputFilter::endOfPlain(const char* at) noexcept {
    while (at != end_) {
        if (stringEnd_ != nullptr) {
            at = endOfPlainString(at);
            if (stringEnd_ != nullptr) return at;
        } else if (*at == '"' || isWhiteSpace(*at) || isDigit(*at) || *at == '-' || *at == '\0') {
            return at;
        } else {
            ++at;
        }
    }
    return at;
}

// Behind the string's last quote, or at half a surrogate pair, or where the string is too long.
const char* JsonInputFilter::endOfPlainString(const char* at) noexcept {
    while (at < stringEnd_) {
        if (quote_ < at) quote_ = find('"', at, stringEnd_);
        at = find('\\', at, quote_);
        if (at == quote_) break;
        const Surrogate surrogate = surrogateAt(at, end_);
        const bool isPair = surrogate == Surrogate::high && surrogateAt(at + escapeSize, end_) == Surrogate::low;
        if (surrogate != Surrogate::none && !isPair) return at;
        at += std::min(isPair ? 2 * escapeSize : 2, end_ - at);
    }
    if (at == end_ || *at != '"') return at;
    stringEnd_ = nullptr;
    return at + 1;
}

bool JsonInputFilter::finish() noexcept {
    endWasAskedFor_ = true;
    return false;
}

bool JsonInputFilter::give(const char* end) noexcept {
    runEnd_ = next_ = end;
    return true;
}

bool JsonInputFilter::giveInstead(std::string_view characters, const char* next) noexcept {
    at_ = characters.data();
    runEnd_ = at_ + characters.size();
    next_ = next;
    return true;
}

bool JsonInputFilter::giveString() noexcept {
    const char* const first = at_ + 1;
    stringEnd_ = first + std::min(static_cast<std::size_t>(end_ - first), longestString_);
    quote_ = find('"', first, stringEnd_);
    plainString_ = std::string_view(first, static_cast<std::size_t>(quote_ - first));
    if (quote_ != stringEnd_ && needsNoEscaping(plainString_)) {
        stringEnd_ = nullptr;
        return giveInstead(emptyString, quote_ + 1);
    }
    plainString_ = {};
    return give(first);
}

// Of a number in a wrong form nothing is given that could be one. One that may be cut off ends the text as such.
bool JsonInputFilter::giveNumber() noexcept {
    const char* const end = std::find_if_not(at_, end_, isOfNumbers);
    if (!isNumber({at_, static_cast<std::size_t>(end - at_)}))
        return giveInstead(end == end_ ? cutNumber : noJson, end);
    number_ = std::string_view(at_, static_cast<std::size_t>(end - at_));
    return giveInstead("0", end);
}

bool JsonInputFilter::giveWhiteSpace() noexcept {
    const char* const end = std::find_if_not(at_, end_, isWhiteSpace);
    at_ = end - 1;
    return give(end);
}

}  // namespace applivery::detail
