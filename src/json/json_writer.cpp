#include "json/json_writer.hpp"

#include "core/utf8.hpp"
#include "json/characters.hpp"
#include "json/real_number.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace applivery::detail {
namespace {

void appendUnicodeEscape(std::string& out, char control) {
    constexpr std::string_view digits = "0123456789abcdef";
    const auto code = static_cast<unsigned char>(control);
    out += "\\u00";
    out += digits[code >> 4U];
    out += digits[code & 0xFU];
}

void appendCharacter(std::string& out, char c) {
    constexpr std::string_view characters = "\"\\\b\f\n\r\t";
    constexpr std::string_view letters = "\"\\bfnrt";
    const std::size_t index = characters.find(c);
    if (index != std::string_view::npos) {
        out += '\\';
        out += letters[index];
    } else if (static_cast<unsigned char>(c) < ' ') {
        appendUnicodeEscape(out, c);
    } else {
        out += c;
    }
}

bool continuesCharacter(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// Each broken character becomes one U+FFFD.
void appendText(std::string& out, std::string_view text) {
    while (!text.empty()) {
        std::size_t length = firstCharacter(text).length;
        if (length == 0) {
            out += "\xEF\xBF\xBD";
            length = 1;
            while (length < text.size() && continuesCharacter(text[length])) ++length;
        } else if (length == 1) {
            appendCharacter(out, text.front());
        } else {
            out += text.substr(0, length);
        }
        text.remove_prefix(length);
    }
}

class JsonWriter final : public ScalarVisitor {
public:
    void write(const Fields& fields, const void* object) {
        open('{');
        for (const Field& row : fields) {
            if (!row.isAlias && !row.type->isAbsent(row.memberOf(object))) write(row, row.memberOf(object));
        }
        text_ += '}';
    }

    [[nodiscard]] std::string take() && { return std::move(text_); }

    void text(std::string_view value) override {
        separate();
        text_ += '"';
        if (standsForItself(value)) {
            text_ += value;
        } else {
            appendText(text_, value);
        }
        text_ += '"';
    }
    void integer(std::int64_t value) override { bare(std::to_string(value)); }
    void real(double value) override { bare(realText(value)); }
    void boolean(bool value) override { bare(value ? "true" : "false"); }

private:
    void write(const Field& row, const void* member) {
        const MemberType& type = *row.type;
        separate();
        text_ += '"';
        text_ += row.name;
        text_ += "\":";
        if (type.items != nullptr) {
            writeItems(type, type.list(member));
        } else if (type.object != nullptr) {
            write(type.fields(), type.object(member));
        } else if (type.isListOfTexts) {
            open('[');
            type.visitScalars(member, *this);
            text_ += ']';
        } else {
            type.visitScalars(member, *this);
        }
    }

    void writeItems(const MemberType& type, const void* list) {
        open('[');
        const std::size_t count = type.items->size(list);
        for (std::size_t i = 0; i < count; ++i) write(type.fields(), type.items->at(list, i));
        text_ += ']';
    }

    void open(char bracket) {
        separate();
        text_ += bracket;
    }

    void bare(std::string_view value) {
        separate();
        text_ += value;
    }

    // Behind anything but a beginning, a comma.
    void separate() {
        if (!text_.empty() && std::string_view("{[:").find(text_.back()) == std::string_view::npos) text_ += ',';
    }

    std::string text_;
};

}  // namespace

std::string writeJson(const Fields& fields, const void* object) {
    JsonWriter writer;
    writer.write(fields, object);
    return std::move(writer).take();
}

}  // namespace applivery::detail
