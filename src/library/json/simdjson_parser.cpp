#include "json/json_input_filter.hpp"
#include "json/parsers.hpp"
#include "json/schema_reader.hpp"

#include <simdjson.h>

#include <cstddef>
#include <string_view>

namespace applivery::detail {
namespace {

namespace ondemand = simdjson::ondemand;

// The parser itself allocates several times the size of the text.
constexpr std::size_t parserMemoryFactor = 8;

std::string_view withoutTrailingSpace(std::string_view token) {
    return token.substr(0, token.find_last_not_of(jsonWhiteSpace) + 1);
}

// Passes the values of simdjson to a SchemaReader as events. Also reads the values that the reader skips, because
// simdjson validates only values that are read. A function returns false if the other parser must decide.
class SimdjsonWalk {
public:
    SimdjsonWalk(SchemaReader& reader, std::string_view text, std::size_t maxStringLength)
        : reader_(reader), begin_(text.data()), maxStringLength_(maxStringLength) {}

    bool read(ondemand::value& value) {
        ondemand::json_type type{};
        if (value.type().get(type) != simdjson::SUCCESS) return false;
        switch (type) {
            case ondemand::json_type::object:
                return readObject(value);
            case ondemand::json_type::array:
                return readArray(value);
            default:
                return readScalar(value, type);
        }
    }

private:
    bool readObject(ondemand::value& value) {
        ondemand::object object;
        if (!reader_.advanceTo(static_cast<std::size_t>(value.raw_json_token().data() - begin_))) return false;
        if (value.get_object().get(object) != simdjson::SUCCESS || !reader_.startObject()) return false;
        for (auto field : object) {
            std::string_view key;
            if (field.unescaped_key().get(key) != simdjson::SUCCESS || mayBeTooLong(key)) return false;
            ondemand::value member;
            if (!reader_.key(key) || field.value().get(member) != simdjson::SUCCESS || !read(member)) return false;
        }
        return reader_.endObject();
    }

    // Every character may be the result of an escape sequence of up to six bytes.
    [[nodiscard]] bool mayBeTooLong(std::string_view unescaped) const {
        return unescaped.size() > maxStringLength_ / 6;
    }

    bool readArray(ondemand::value& value) {
        ondemand::array array;
        if (value.get_array().get(array) != simdjson::SUCCESS || !reader_.startArray()) return false;
        for (auto element : array) {
            ondemand::value item;
            if (element.get(item) != simdjson::SUCCESS || !read(item)) return false;
        }
        return reader_.endArray();
    }

    bool readScalar(ondemand::value& value, ondemand::json_type type) {
        std::string_view text;
        bool flag = false;
        ondemand::number number;
        switch (type) {
            case ondemand::json_type::string:
                return value.raw_json_token().size() <= maxStringLength_ &&
                       value.get_string().get(text) == simdjson::SUCCESS && reader_.string(text);
            case ondemand::json_type::number:
                text = withoutTrailingSpace(value.raw_json_token());
                return value.get_number().get(number) == simdjson::SUCCESS && reader_.number(text);
            case ondemand::json_type::boolean:
                return value.get_bool().get(flag) == simdjson::SUCCESS && reader_.boolean(flag);
            default:
                return value.is_null().get(flag) == simdjson::SUCCESS && flag && reader_.null();
        }
    }

    SchemaReader& reader_;
    const char* begin_;
    std::size_t maxStringLength_;
};

}  // namespace

bool parseBySimdjson(const JsonInput& input, const Field& row, void* object, const Secret& secret) {
    if (input.text.size() > input.memoryLimit / parserMemoryFactor) return false;
    const simdjson::padded_string padded(input.text);
    if (padded.data() == nullptr) return false;  // the allocation failed
    ondemand::parser parser;
    ondemand::document document;
    if (parser.iterate(padded).get(document) != simdjson::SUCCESS) return false;
    SchemaReader reader(input, row, object, secret);
    SimdjsonWalk walk(reader, padded, maxStringLength(input));
    ondemand::value root;
    if (document.get_value().get(root) != simdjson::SUCCESS || !walk.read(root)) return false;
    return document.current_location().error() == simdjson::OUT_OF_BOUNDS;  // no text may follow
}

}  // namespace applivery::detail
