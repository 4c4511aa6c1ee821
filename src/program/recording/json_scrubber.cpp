#include "recording/json_scrubber.hpp"

#include "recording/allowed_value.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>
#include <vector>

namespace applivery::program {
namespace {

constexpr std::string_view space = " \t\r\n";
constexpr std::string_view structure = "{}[],:\"";

// Returns the length of the string at the beginning of the text, with its quotes. The closing quote may be missing.
std::size_t lengthOfString(std::string_view text) {
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '\\') {
            ++i;
        } else if (text[i] == '"') {
            return i + 1;
        }
    }
    return text.size();
}

// Returns whether the word is a literal of JSON, or a number that only JavaScript has.
bool isLiteral(std::string_view word) {
    constexpr std::array<std::string_view, 6> literals{"true", "false", "null", "NaN", "Infinity", "-Infinity"};
    return std::find(literals.begin(), literals.end(), word) != literals.end();
}

// Returns the length of the literal at the beginning of the word, which may be incomplete.
std::size_t lengthOfLiteral(std::string_view word) {
    std::size_t length = isLiteral(word) ? word.size() : 0;
    for (const std::string_view literal : {"true", "false", "null"}) {
        const auto* const end =
            std::mismatch(word.data(), word.data() + std::min(word.size(), literal.size()), literal.data()).first;
        length = std::max(length, static_cast<std::size_t>(end - word.data()));
    }
    return length;
}

// Replaces an incomplete literal, which may be private text, by another incomplete literal of the same length: a parser
// then fails at the same position.
std::string_view substituteLiteral(std::string_view part, bool isCutOff) {
    if (isCutOff || isLiteral(part)) return part;
    return std::string_view(part.size() < 4 ? "nul" : "fals").substr(0, part.size());
}

std::size_t lengthOfNumber(std::string_view word) {
    const bool isNumber = word.front() == '-' || (word.front() >= '0' && word.front() <= '9');
    return isNumber ? std::min(word.find_first_not_of("0123456789+-.eE"), word.size()) : 0;
}

/// Reads the text once, without recursion, because the sender determines the depth.
class JsonScrubber {
public:
    JsonScrubber(std::string_view text, Pseudonyms& pseudonyms) : rest_(text), pseudonyms_(pseudonyms) {
        out_.reserve(text.size());
    }

    std::string run() && {
        while (!rest_.empty()) {
            const char c = rest_.front();
            if (c == '"') {
                scrubString();
            } else if (structure.find(c) != std::string_view::npos) {
                updateLevels(c);
                out_ += take(1);
            } else if (space.find(c) != std::string_view::npos) {
                out_ += take(1);
            } else {
                scrubWord();
            }
        }
        return std::move(out_);
    }

private:
    /// An open object or list, or the top level.
    struct Level {
        bool isObject = false;
        bool awaitsName = false;     // whether the next string is a name of a field
        bool isOfSchema = true;      // whether the schema has this object or list
        std::string_view holder{};   // the field whose value this is
        std::string_view field{};    // the last name in this object
        bool nextIsOfSchema = true;  // whether `isOfSchema` is true for an object that is the next value
        AllowedValue allowed = AllowedValue::nothing;  // for the next value
    };

    std::string_view take(std::size_t count) {
        const std::string_view taken = rest_.substr(0, count);
        rest_.remove_prefix(taken.size());
        return taken;
    }

    // Forgets the field after its value. In invalid JSON, a second value may follow, which is not allowed.
    static void endField(Level& level) {
        level.nextIsOfSchema = false;
        level.allowed = AllowedValue::nothing;
    }

    // Opens an object or a list, which is the value of the last field of the current level.
    void openLevel(bool isObject) {
        const Level outer = levels_.back();
        if (outer.isObject) endField(levels_.back());
        Level inner;
        inner.isObject = isObject;
        inner.awaitsName = isObject;
        inner.isOfSchema = isObject ? outer.nextIsOfSchema : outer.isOfSchema;
        inner.holder = outer.isObject ? outer.field : outer.holder;
        inner.nextIsOfSchema = !isObject && outer.nextIsOfSchema;
        if (!isObject) inner.allowed = outer.allowed;  // the items of a list are values of the same field
        levels_.push_back(inner);
    }

    // Follows a character of the structure.
    void updateLevels(char c) {
        Level& level = levels_.back();
        if (c == '{' || c == '[') {
            openLevel(c == '{');
        } else if ((c == '}' || c == ']') && levels_.size() > 1) {
            levels_.pop_back();
        } else if (c == ',' && level.isObject) {
            level.awaitsName = true;
            endField(level);
        } else if (c == ':') {
            level.awaitsName = false;
        }
    }

    void scrubString() {
        const std::string_view literal = take(lengthOfString(rest_));
        const bool isClosed = literal.size() > 1 && literal.back() == '"';
        const std::string_view content = literal.substr(1, literal.size() - (isClosed ? 2 : 1));
        out_ += '"';
        out_ += levels_.back().awaitsName ? scrubbedName(content) : scrubbedValue(content, Spelling::json);
        if (isClosed) out_ += '"';
    }

    // A word is text that is neither structure, white space nor a string. In invalid JSON, a word may contain several
    // literals and numbers without a separator.
    void scrubWord() {
        const std::size_t end = rest_.find_first_of(std::string(space) + std::string(structure));
        std::string_view word = take(std::min(end, rest_.size()));
        bool isWhole = true;
        while (!word.empty()) {
            const std::size_t literal = lengthOfLiteral(word);
            const std::size_t number = literal == 0 ? lengthOfNumber(word) : 0;
            const std::size_t length = literal + number == 0 ? word.size() : literal + number;
            const std::string_view part = word.substr(0, length);
            if (number > 0) {
                out_ += scrubbedValue(part, Spelling::number);
            } else if (literal > 0) {
                out_ += substituteLiteral(part, part.size() == word.size() && rest_.empty());
            } else {
                out_ += isWhole ? scrubbedValue(part, Spelling::plain) : Pseudonyms::mask(part);
            }
            isWhole = false;
            word.remove_prefix(length);
        }
    }

    // Also stores the name as the field of the next value.
    std::string scrubbedName(std::string_view text) {
        Level& level = levels_.back();
        level.field = text;
        level.allowed = level.isOfSchema ? allowedValueOf(level.holder, text) : AllowedValue::nothing;
        level.nextIsOfSchema = level.isOfSchema && containsFields(text);
        // In invalid JSON the text may be a value. Below an unknown field, names may be data.
        const std::size_t next = std::min(rest_.find_first_not_of(space), rest_.size());
        const bool isNamed = level.isOfSchema && rest_.substr(next, 1) == ":" && isFieldName(text);
        return isNamed || isOfSchema(text) ? std::string(text) : pseudonyms_.of(text, Spelling::json);
    }

    // Also ends the field.
    std::string scrubbedValue(std::string_view text, Spelling spelling) {
        Level& level = levels_.back();
        const AllowedValue kind = level.allowed;
        if (level.isObject) endField(level);
        const bool isNumeric = kind == AllowedValue::bytes || kind == AllowedValue::number;
        if (isNumeric && !text.empty() && lengthOfNumber(text) == text.size()) spelling = Spelling::number;
        return isAllowed(text, kind) ? std::string(text) : pseudonyms_.of(text, spelling);
    }

    std::string_view rest_;
    Pseudonyms& pseudonyms_;
    std::vector<Level> levels_{Level{}};
    std::string out_;
};

}  // namespace

std::string scrubbedJson(std::string_view text, Pseudonyms& pseudonyms) {
    return JsonScrubber(text, pseudonyms).run();
}

}  // namespace applivery::program
