#include "json/json_input_filter.hpp"
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
    SaxEvents(SchemaReader& reader, const JsonInputFilter& characters) : reader_(reader), characters_(characters) {}

    bool null() { return reach() && reader_.null(); }
    bool boolean(bool value) { return reach() && reader_.boolean(value); }
    bool number_integer(std::int64_t) { return reach() && reader_.number(characters_.number()); }
    bool number_unsigned(std::uint64_t) { return reach() && reader_.number(characters_.number()); }
    bool number_float(double, const std::string&) { return reach() && reader_.number(characters_.number()); }
    bool string(const std::string& value) { return reach() && reader_.string(textOf(value)); }
    bool binary(const std::vector<std::uint8_t>&) { return true; }  // JSON text has none
    bool start_object(std::size_t) { return reach() && reader_.startObject(); }
    bool key(const std::string& name) { return reach() && reader_.key(textOf(name)); }
    bool end_object() { return reach() && reader_.endObject(); }
    bool start_array(std::size_t) { return reach() && reader_.startArray(); }
    bool end_array() { return reach() && reader_.endArray(); }
    bool parse_error(std::size_t, const std::string&, const std::exception&) {
        if (!reach()) return false;
        if (characters_.stringIsTooLong()) {
            reader_.failAsTooLarge();
        } else if (characters_.endWasAskedFor()) {
            reader_.failAsCutOff();
        } else {
            reader_.failAsNotJson();
        }
        return false;
    }

private:
    [[nodiscard]] std::string_view textOf(const std::string& value) const {
        return value.empty() ? characters_.plainString() : std::string_view(value);
    }

    bool reach() { return reader_.reach(characters_.offset()); }

    SchemaReader& reader_;
    const JsonInputFilter& characters_;
};

}  // namespace

std::optional<DecodeFailure> parseByNlohmann(const JsonText& text, const Field& row, void* object,
                                             const Secret& secret) {
    JsonInputFilter characters(text.text, longestString(text));
    SchemaReader reader(text, row, object, secret);
    SaxEvents events(reader, characters);
    const JsonInputFilter::Iterator first(characters);
    (void)nlohmann::json::sax_parse(first, first, &events);
    return std::move(reader).failure();
}

}  // namespace applivery::detail
