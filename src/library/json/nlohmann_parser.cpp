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

// Passes the events of nlohmann/json to a SchemaReader.
class NlohmannHandler {
public:
    NlohmannHandler(SchemaReader& reader, const JsonInputFilter& filter) : reader_(reader), filter_(filter) {}

    bool null() { return advance() && reader_.null(); }
    bool boolean(bool value) { return advance() && reader_.boolean(value); }
    bool number_integer(std::int64_t) { return advance() && reader_.number(filter_.number()); }
    bool number_unsigned(std::uint64_t) { return advance() && reader_.number(filter_.number()); }
    bool number_float(double, const std::string&) { return advance() && reader_.number(filter_.number()); }
    bool string(const std::string& value) { return advance() && reader_.string(unfiltered(value)); }
    bool binary(const std::vector<std::uint8_t>&) { return true; }  // never called for JSON text
    bool start_object(std::size_t) { return advance() && reader_.startObject(); }
    bool key(const std::string& name) { return advance() && reader_.key(unfiltered(name)); }
    bool end_object() { return advance() && reader_.endObject(); }
    bool start_array(std::size_t) { return advance() && reader_.startArray(); }
    bool end_array() { return advance() && reader_.endArray(); }
    bool parse_error(std::size_t, const std::string&, const std::exception&) {
        if (!advance()) return false;
        if (filter_.isStringTooLong()) {
            reader_.failAsTooLarge();
        } else if (filter_.isAtEnd()) {
            reader_.failAsCutOff();
        } else {
            reader_.failAsNotJson();
        }
        return false;
    }

private:
    [[nodiscard]] std::string_view unfiltered(const std::string& value) const {
        return value.empty() ? filter_.plainString() : std::string_view(value);
    }

    bool advance() { return reader_.advanceTo(filter_.offset()); }

    SchemaReader& reader_;
    const JsonInputFilter& filter_;
};

}  // namespace

std::optional<DecodeFailure> parseByNlohmann(const JsonInput& input, const Field& row, void* object,
                                             const Secret& secret) {
    JsonInputFilter filter(input.text, maxStringLength(input));
    SchemaReader reader(input, row, object, secret);
    NlohmannHandler handler(reader, filter);
    const JsonInputFilter::Iterator first(filter);
    (void)nlohmann::json::sax_parse(first, first, &handler);
    return std::move(reader).failure();
}

}  // namespace applivery::detail
