#include "json/characters.hpp"
#include "json/nlohmann.hpp"
#include "json/parsers.hpp"
#include "json/schema_reader.hpp"

#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace applivery::detail {
namespace {

/// Nlohmann's events to the reader's.
class SaxEvents {
public:
    SaxEvents(SchemaReader& reader, const JsonCharacters& characters) : reader_(reader), characters_(characters) {}

    bool null() { return at().null(); }
    bool boolean(bool value) { return at().boolean(value); }
    bool number_integer(std::int64_t) { return at().number(characters_.number()); }
    bool number_unsigned(std::uint64_t) { return at().number(characters_.number()); }
    bool number_float(double, const std::string&) { return at().number(characters_.number()); }
    bool string(const std::string& value) { return at().string(textOf(value)); }
    bool binary(const std::vector<std::uint8_t>&) { return true; }  // JSON text has none
    bool start_object(std::size_t) { return at().startObject(); }
    bool key(const std::string& name) { return at().key(textOf(name)); }
    bool end_object() { return at().endObject(); }
    bool start_array(std::size_t) { return at().startArray(); }
    bool end_array() { return at().endArray(); }
    bool parse_error(std::size_t, const std::string&, const std::exception&) {
        if (characters_.stringIsTooLong()) {
            at().failAsTooLarge();
        } else if (characters_.endWasAskedFor()) {
            at().failAsCutOff();
        } else {
            at().failAsNotJson();
        }
        return false;
    }

private:
    [[nodiscard]] std::string_view textOf(const std::string& value) const {
        return value.empty() ? characters_.plainString() : std::string_view(value);
    }

    SchemaReader& at() {
        reader_.setOffset(characters_.offset());
        return reader_;
    }

    SchemaReader& reader_;
    const JsonCharacters& characters_;
};

}  // namespace

std::optional<DecodeFailure> parseByNlohmann(const JsonText& text, const Field& row, void* object,
                                             const Secret& secret) {
    JsonCharacters characters(text.text, longestString(text));
    SchemaReader reader(text, row, object, secret);
    SaxEvents events(reader, characters);
    const JsonCharacters::Iterator first(characters);
    (void)nlohmann::json::sax_parse(first, first, &events);
    return std::move(reader).failure();
}

}  // namespace applivery::detail
