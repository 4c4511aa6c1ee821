#include "recording/pseudonyms.hpp"

#include "recording/number_limits.hpp"
#include "text/utf8.hpp"

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
constexpr char32_t firstOfTwoUnits = 0x10000;  // in UTF-16, a character from here on is a pair of surrogates

/// The characters that can replace a character.
struct Alphabet {
    char32_t first;
    std::uint64_t count;  // of characters; 0: the character stays
};

constexpr Alphabet unchanged{0, 0};
constexpr Alphabet decimalDigits{'0', 10};
constexpr Alphabet nonzeroDigits{'1', 9};
constexpr Alphabet upperLetters{'A', 26};
constexpr Alphabet lowerLetters{'a', 26};
constexpr Alphabet hexadecimal{'f', 16};  // `first` is the last letter: see letterOf()
constexpr Alphabet upperHexadecimal{'F', 16};
constexpr Alphabet twoByteCharacters{0xC0, 64};
constexpr Alphabet threeByteCharacters{0x4E00, 64};
constexpr Alphabet fourByteCharacters{0x1F600, 64};

/// A character of a text, in any spelling.
struct Symbol {
    std::string_view raw;
    char32_t code = 0;
    bool isEscape = false;  // of JSON
    Alphabet alphabet = unchanged;
    std::string_view substitute{};  // replaces invalid input, which may contain private text
};

bool isIn(char32_t code, char32_t first, char32_t last) {
    return code >= first && code <= last;
}

Alphabet alphabetOf(char32_t code) {
    if (isIn(code, '0', '9')) return decimalDigits;
    if (isIn(code, 'A', 'Z')) return upperLetters;
    if (isIn(code, 'a', 'z')) return lowerLetters;
    // Characters that are not ASCII keep their length in UTF-8.
    if (code < 0x80) return unchanged;
    if (code < 0x800) return twoByteCharacters;
    return code < firstOfTwoUnits ? threeByteCharacters : fourByteCharacters;
}

Symbol takePlain(std::string_view& text) {
    const Utf8Character character = takeCharacter(text);
    Symbol symbol{character.bytes};
    if (character.code < 0) {
        symbol.substitute = "\xFF";  // not valid in UTF-8 either
        return symbol;
    }
    symbol.code = static_cast<char32_t>(character.code);
    symbol.alphabet = alphabetOf(symbol.code);
    return symbol;
}

constexpr std::size_t unitEscapeLength = 6;  // of an escape such as \u00e9

// Returns the code of a \u escape at the beginning of the text, or a number above all codes if there is none.
char32_t unitAt(std::string_view text) {
    constexpr char32_t none = 0xFFFFFFFF;
    if (text.size() < unitEscapeLength || text.substr(0, 2) != "\\u") return none;
    char32_t unit = 0;
    for (const char c : text.substr(2, 4)) {
        const std::size_t value = std::string_view("0123456789abcdefABCDEF").find(c);
        if (value == std::string_view::npos) return none;
        unit = unit * 16 + static_cast<char32_t>(value < 16 ? value : value - 6);
    }
    return unit;
}

Symbol takeEscape(std::string_view& text) {
    const auto take = [&text](std::size_t count) {
        const std::string_view raw = text.substr(0, count);
        text.remove_prefix(raw.size());
        return raw;
    };
    const char32_t unit = unitAt(text);
    if (isIn(unit, firstHighSurrogate, firstLowSurrogate - 1)) {
        const char32_t low = unitAt(text.substr(unitEscapeLength));
        if (!isIn(low, firstLowSurrogate, endOfSurrogates - 1)) return {take(unitEscapeLength), unit, true};
        const char32_t code = firstOfTwoUnits + ((unit - firstHighSurrogate) << 10U) + (low - firstLowSurrogate);
        return {take(2 * unitEscapeLength), code, true, alphabetOf(code)};
    }
    if (isIn(unit, firstLowSurrogate, endOfSurrogates - 1)) return {take(unitEscapeLength), unit, true};
    if (unit < firstOfTwoUnits) return {take(unitEscapeLength), unit, true, alphabetOf(unit)};
    if (text.substr(0, 2) == "\\u") {  // with fewer than four digits
        return {take(std::min(text.find_first_not_of("0123456789abcdefABCDEF", 2), text.size())), 0, true};
    }
    const std::string_view raw = take(2);
    const bool isCutOff = raw.size() < 2;
    const bool isValid = isCutOff || std::string_view("\"\\/bfnrt").find(raw[1]) != std::string_view::npos;
    return {raw, static_cast<unsigned char>(raw.back()), true, unchanged, isValid ? "" : "\\x"};
}

/// Reads a text character by character.
class SymbolReader {
public:
    SymbolReader(std::string_view text, Spelling spelling) : rest_(text), spelling_(spelling) {}

    [[nodiscard]] bool isAtEnd() const { return rest_.empty(); }

    Symbol take() {
        const bool isEscape = spelling_ == Spelling::json && rest_.front() == '\\';
        Symbol symbol = isEscape ? takeEscape(rest_) : takePlain(rest_);
        if (spelling_ == Spelling::number) keepNumber(symbol);
        return symbol;
    }

private:
    // Chooses the alphabet so that the text stays a number of its type: keeps the exponent and a fraction of zeros, and
    // adds no zero in front.
    void keepNumber(Symbol& symbol) {
        const bool beginsExponent = symbol.code == 'e' || symbol.code == 'E';
        const bool beginsZeroFraction = symbol.code == '.' && rest_.find_first_not_of('0') == std::string_view::npos;
        isRestUnchanged_ = isRestUnchanged_ || beginsExponent || beginsZeroFraction;
        if (isRestUnchanged_) symbol.alphabet = unchanged;
        const bool isDigit = symbol.alphabet.count != 0;
        const bool isFirstDigit = isDigit && !std::exchange(hasDigit_, true);
        if (isFirstDigit) symbol.alphabet = symbol.code == '0' ? unchanged : nonzeroDigits;
    }

    std::string_view rest_;
    Spelling spelling_;
    bool hasDigit_ = false;         // of a number
    bool isRestUnchanged_ = false;  // of a number
};

// Makes the replacements of ids, and of hashes of commits and devices, hexadecimal too.
void keepHexadecimal(std::vector<Symbol>& symbols) {
    constexpr std::size_t minLength = 12;
    const auto areHexadecimal = [&](char32_t last) {
        return std::all_of(symbols.begin(), symbols.end(), [last](const Symbol& symbol) {
            return isIn(symbol.code, '0', '9') || isIn(symbol.code, last - 5, last) || symbol.code == '-';
        });
    };
    const auto hasAny = [&](Alphabet alphabet) {
        return std::any_of(symbols.begin(), symbols.end(),
                           [&](const Symbol& symbol) { return symbol.alphabet.first == alphabet.first; });
    };
    if (symbols.size() < minLength || !hasAny(decimalDigits) || !(hasAny(lowerLetters) || hasAny(upperLetters))) return;
    const bool isLower = areHexadecimal('f');
    if (!isLower && !areHexadecimal('F')) return;
    for (Symbol& symbol : symbols) {
        if (symbol.alphabet.count != 0) symbol.alphabet = isLower ? hexadecimal : upperHexadecimal;
    }
}

std::vector<Symbol> symbolsOf(std::string_view text, Spelling spelling) {
    std::vector<Symbol> symbols;
    for (SymbolReader reader(text, spelling); !reader.isAtEnd();) symbols.push_back(reader.take());
    if (spelling != Spelling::number) keepHexadecimal(symbols);
    return symbols;
}

// Returns the character of the alphabet for a value. Among letters, x has the value 0, so that a mask consists of x; y,
// z and a follow. Among hexadecimal digits, 0 to 9 are first.
char32_t letterOf(const Alphabet& alphabet, std::uint64_t value) {
    if (alphabet.count == hexadecimal.count) {
        const auto digit = static_cast<char32_t>(value);
        return value < 10 ? '0' + digit : alphabet.first - 15 + digit;
    }
    constexpr std::uint64_t rotation = 'x' - 'a';
    return alphabet.first + static_cast<char32_t>(
                                alphabet.count == lowerLetters.count ? (value + rotation) % lowerLetters.count : value);
}

// Appends the character, or its replacement with this code.
void append(std::string& out, const Symbol& symbol, char32_t code) {
    if (symbol.alphabet.count == 0) {
        out += symbol.substitute.empty() ? symbol.raw : symbol.substitute;
    } else if (symbol.isEscape) {
        appendJsonEscape(out, code);
    } else {
        appendUtf8(out, code);
    }
}

// Returns the text with the replaceable characters as the digits of a number. The base of each digit is the size of its
// alphabet.
std::string withDigitsOf(const std::vector<Symbol>& symbols, std::uint64_t number) {
    std::vector<char32_t> codes(symbols.size());
    for (std::size_t i = symbols.size(); i-- > 0;) {
        const Alphabet& alphabet = symbols[i].alphabet;
        if (alphabet.count == 0) continue;
        codes[i] = letterOf(alphabet, number % alphabet.count);
        number /= alphabet.count;
    }
    std::string out;
    for (std::size_t i = 0; i < symbols.size(); ++i) append(out, symbols[i], codes[i]);
    return out;
}

// Masks a text of any length. Allocates only the result, because the text may be large.
std::string maskOfLong(std::string_view text, Spelling spelling) {
    std::string out;
    out.reserve(text.size());
    for (SymbolReader reader(text, spelling); !reader.isAtEnd();) {
        const Symbol symbol = reader.take();
        append(out, symbol, letterOf(symbol.alphabet, 0));
    }
    return out;
}

// Returns the shape of a text. Different texts of the same shape must have different replacements.
std::string shapeOf(const std::vector<Symbol>& symbols) {
    std::string shape;
    for (const Symbol& symbol : symbols) {
        const bool isReplaced = symbol.alphabet.count != 0;
        appendUtf8(shape, isReplaced ? symbol.alphabet.first : symbol.code);
        shape += isReplaced ? '\1' : '\2';
    }
    return shape;
}

}  // namespace

std::string Pseudonyms::of(std::string_view text, Spelling spelling) {
    if (text.size() > maxLength) return maskOfLong(text, spelling);
    const std::vector<Symbol> symbols = symbolsOf(text, spelling);
    const std::string shape = shapeOf(symbols);
    std::string identity = shape;
    for (const Symbol& symbol : symbols) appendUtf8(identity, symbol.code);
    const std::hash<std::string> hash;
    const auto [entry, isNew] = numbers_.try_emplace(hash(identity), 0);
    if (isNew) entry->second = ++counts_[hash(shape)];
    std::string replacement = withDigitsOf(symbols, entry->second);
    return spelling == Spelling::number ? inRangeOf(text, std::move(replacement)) : replacement;
}

std::string Pseudonyms::mask(std::string_view text) {
    return text.size() > maxLength ? maskOfLong(text, Spelling::plain)
                                   : withDigitsOf(symbolsOf(text, Spelling::plain), 0);
}

}  // namespace applivery::program
