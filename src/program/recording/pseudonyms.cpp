#include "recording/pseudonyms.hpp"

#include "text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <utility>
#include <vector>

namespace applivery::program {
namespace {

constexpr char32_t firstHighSurrogate = 0xD800;
constexpr char32_t firstLowSurrogate = 0xDC00;
constexpr char32_t endOfSurrogates = 0xE000;
constexpr char32_t beyondSurrogates = 0x10000;

/// Which characters may stand in the place of one.
struct Alphabet {
    char32_t first;       // the others follow it
    std::uint64_t count;  // 0: the character stays
};

constexpr Alphabet itself{0, 0};
constexpr Alphabet digits{'0', 10};
constexpr Alphabet digitsBut0{'1', 9};
constexpr Alphabet upperLetters{'A', 26};
constexpr Alphabet lowerLetters{'a', 26};
constexpr Alphabet hexadecimal{'f', 16};
constexpr Alphabet upperHexadecimal{'F', 16};
constexpr Alphabet ofTwoBytes{0xC0, 64};
constexpr Alphabet ofThreeBytes{0x4E00, 64};
constexpr Alphabet ofFourBytes{0x1F600, 64};

/// A character of the text, however it is spelled.
struct Sign {
    std::string_view raw;
    char32_t code = 0;
    bool isEscape = false;
    Alphabet alphabet = itself;
    std::string_view instead{};  // where it cannot be replaced, and must not stay
};

bool isIn(char32_t code, char32_t first, char32_t last) {
    return code >= first && code <= last;
}

Alphabet alphabetOf(char32_t code) {
    if (isIn(code, '0', '9')) return digits;
    if (isIn(code, 'A', 'Z')) return upperLetters;
    if (isIn(code, 'a', 'z')) return lowerLetters;
    if (code < 0x80) return itself;
    return code < 0x800 ? ofTwoBytes : code < beyondSurrogates ? ofThreeBytes : ofFourBytes;
}

Sign takePlain(std::string_view& text) {
    const Character character = takeCharacter(text);
    Sign sign{character.bytes};
    if (character.code < 0) {
        sign.instead = "\xFF";  // is no UTF-8 either
        return sign;
    }
    sign.code = static_cast<char32_t>(character.code);
    sign.alphabet = alphabetOf(sign.code);
    return sign;
}

// The number of a \u, or what is beyond all of them.
char32_t unitAt(std::string_view text) {
    constexpr char32_t none = 0xFFFFFFFF;
    if (text.size() < 6 || text.substr(0, 2) != "\\u") return none;
    char32_t unit = 0;
    for (const char c : text.substr(2, 4)) {
        const std::size_t value = std::string_view("0123456789abcdefABCDEF").find(c);
        if (value == std::string_view::npos) return none;
        unit = unit * 16 + static_cast<char32_t>(value < 16 ? value : value - 6);
    }
    return unit;
}

Sign takeEscape(std::string_view& text) {
    const auto take = [&text](std::size_t count) {
        const std::string_view raw = text.substr(0, count);
        text.remove_prefix(raw.size());
        return raw;
    };
    const char32_t unit = unitAt(text);
    if (isIn(unit, firstHighSurrogate, firstLowSurrogate - 1)) {
        const char32_t low = unitAt(text.substr(6));
        if (!isIn(low, firstLowSurrogate, endOfSurrogates - 1)) return {take(6), unit, true};
        const char32_t code = beyondSurrogates + ((unit - firstHighSurrogate) << 10U) + (low - firstLowSurrogate);
        return {take(12), code, true, alphabetOf(code)};
    }
    if (isIn(unit, firstLowSurrogate, endOfSurrogates - 1)) return {take(6), unit, true};
    if (unit < beyondSurrogates) return {take(6), unit, true, alphabetOf(unit)};
    if (text.substr(0, 2) == "\\u") {  // of four digits some
        return {take(std::min(text.find_first_not_of("0123456789abcdefABCDEF", 2), text.size())), 0, true};
    }
    const std::string_view raw = take(2);
    const bool isKnown = raw.size() == 2 && std::string_view("\"\\/bfnrt").find(raw[1]) != std::string_view::npos;
    return {raw, static_cast<unsigned char>(raw.back()), true, itself, isKnown || raw.size() < 2 ? "" : "\\x"};
}

/// Takes one character after the other off the text.
class SignReader {
public:
    SignReader(std::string_view text, Spelling spelling) : rest_(text), spelling_(spelling) {}

    [[nodiscard]] bool isAtEnd() const { return rest_.empty(); }

    Sign take() {
        const bool isEscape = spelling_ == Spelling::json && rest_.front() == '\\';
        Sign sign = isEscape ? takeEscape(rest_) : takePlain(rest_);
        if (spelling_ == Spelling::number) respectNumber(sign);
        return sign;
    }

private:
    // It has no zero in front that it had not, and the exponent that it had.
    void respectNumber(Sign& sign) {
        isExponent_ = isExponent_ || sign.code == 'e' || sign.code == 'E';
        if (isExponent_) sign.alphabet = itself;
        if (sign.alphabet.count == 0 || !std::exchange(isFirst_, false)) return;
        sign.alphabet = sign.code == '0' ? itself : digitsBut0;
    }

    std::string_view rest_;
    Spelling spelling_;
    bool isFirst_ = true;
    bool isExponent_ = false;
};

// As ids, hashes of commits and devices are.
void respectHexadecimal(std::vector<Sign>& signs) {
    constexpr std::size_t shortest = 12;
    const auto all = [&](char32_t last) {
        return std::all_of(signs.begin(), signs.end(), [last](const Sign& sign) {
            return isIn(sign.code, '0', '9') || isIn(sign.code, last - 5, last) || sign.code == '-';
        });
    };
    const auto hasAny = [&](Alphabet alphabet) {
        return std::any_of(signs.begin(), signs.end(),
                           [&](const Sign& sign) { return sign.alphabet.first == alphabet.first; });
    };
    if (signs.size() < shortest || !hasAny(digits) || !(hasAny(lowerLetters) || hasAny(upperLetters))) return;
    const bool isLower = all('f');
    if (!isLower && !all('F')) return;
    for (Sign& sign : signs) {
        if (sign.alphabet.count != 0) sign.alphabet = isLower ? hexadecimal : upperHexadecimal;
    }
}

std::vector<Sign> signsOf(std::string_view text, Spelling spelling) {
    std::vector<Sign> signs;
    for (SignReader reader(text, spelling); !reader.isAtEnd();) signs.push_back(reader.take());
    if (spelling != Spelling::number) respectHexadecimal(signs);
    return signs;
}

void appendUtf8(std::string& out, char32_t code) {
    const auto add = [&out](char32_t byte) { out += static_cast<char>(byte); };
    if (code < 0x80) return add(code);
    if (code < 0x800) {
        add(0xC0 + (code >> 6U));
    } else if (code < beyondSurrogates) {
        add(0xE0 + (code >> 12U));
        add(0x80 + ((code >> 6U) & 0x3FU));
    } else {
        add(0xF0 + (code >> 18U));
        add(0x80 + ((code >> 12U) & 0x3FU));
        add(0x80 + ((code >> 6U) & 0x3FU));
    }
    add(0x80 + (code & 0x3FU));
}

void appendEscape(std::string& out, char32_t code) {
    if (code >= beyondSurrogates) {
        const char32_t rest = code - beyondSurrogates;
        out += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(firstHighSurrogate + (rest >> 10U)));
        code = firstLowSurrogate + (rest & 0x3FFU);
    }
    out += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(code));
}

// The letter of a value: x stands for 0, and after z comes a.
char32_t letterOf(const Alphabet& alphabet, std::uint64_t value) {
    if (alphabet.count == 16) {
        const auto digit = static_cast<char32_t>(value);
        return value < 10 ? '0' + digit : alphabet.first - 15 + digit;
    }
    constexpr std::uint64_t rotation = 'x' - 'a';
    return alphabet.first + static_cast<char32_t>(alphabet.count == 26 ? (value + rotation) % 26 : value);
}

// The character, or the one of this code in its place.
void append(std::string& out, const Sign& sign, char32_t code) {
    if (sign.alphabet.count == 0) {
        out += sign.instead.empty() ? sign.raw : sign.instead;
    } else if (sign.isEscape) {
        appendEscape(out, code);
    } else {
        appendUtf8(out, code);
    }
}

// The text of a number: its last places are the characters that may be replaced.
std::string written(const std::vector<Sign>& signs, std::uint64_t number) {
    std::vector<char32_t> codes(signs.size());
    for (std::size_t i = signs.size(); i-- > 0;) {
        const Alphabet& alphabet = signs[i].alphabet;
        if (alphabet.count == 0) continue;
        codes[i] = letterOf(alphabet, number % alphabet.count);
        number /= alphabet.count;
    }
    std::string out;
    for (std::size_t i = 0; i < signs.size(); ++i) append(out, signs[i], codes[i]);
    return out;
}

// With no memory but the result's.
std::string maskOfLong(std::string_view text, Spelling spelling) {
    std::string out;
    out.reserve(text.size());
    for (SignReader reader(text, spelling); !reader.isAtEnd();) {
        const Sign sign = reader.take();
        append(out, sign, letterOf(sign.alphabet, 0));
    }
    return out;
}

// What texts have in common that get different ones; and behind it, the text.
std::string shapeOf(const std::vector<Sign>& signs) {
    std::string shape;
    for (const Sign& sign : signs) {
        const bool isReplaced = sign.alphabet.count != 0;
        appendUtf8(shape, isReplaced ? sign.alphabet.first : sign.code);
        shape += isReplaced ? '\1' : '\2';
    }
    return shape;
}

}  // namespace

std::string Pseudonyms::of(std::string_view text, Spelling spelling) {
    if (text.size() > longest) return maskOfLong(text, spelling);
    const std::vector<Sign> signs = signsOf(text, spelling);
    const std::string shape = shapeOf(signs);
    std::string identity = shape;
    for (const Sign& sign : signs) appendUtf8(identity, sign.code);
    const std::hash<std::string> hash;
    const auto [entry, isNew] = numbers_.try_emplace(hash(identity), 0);
    if (isNew) entry->second = ++counts_[hash(shape)];
    return written(signs, entry->second);
}

std::string Pseudonyms::mask(std::string_view text) {
    return text.size() > longest ? maskOfLong(text, Spelling::plain) : written(signsOf(text, Spelling::plain), 0);
}

}  // namespace applivery::program
