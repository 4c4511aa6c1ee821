#include "json/parsers.hpp"
#include "json/schema_reader.hpp"

#include <simdjson.h>

#include <cstddef>
#include <string_view>

namespace applivery::detail {
namespace {

namespace ondemand = simdjson::ondemand;

// A parser takes several times the text for itself.
constexpr std::size_t parsersShare = 8;

std::string_view withoutWhiteSpaceBehind(std::string_view token) {
    return token.substr(0, token.find_last_not_of(" \t\r\n") + 1);
}

/// Simdjson's values to the reader's events. Looks at each of them, also where the reader skips it: what is not looked
/// at is not checked. `false`: the text is for the other parser.
class Walk {
public:
    Walk(SchemaReader& reader, std::string_view text, std::size_t longestString)
        : reader_(reader), begin_(text.data()), longestString_(longestString) {}

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
        if (!reader_.reach(static_cast<std::size_t>(value.raw_json_token().data() - begin_))) return false;
        if (value.get_object().get(object) != simdjson::SUCCESS || !reader_.startObject()) return false;
        for (auto field : object) {
            std::string_view key;
            if (field.unescaped_key().get(key) != simdjson::SUCCESS || isPerhapsTooLong(key)) return false;
            ondemand::value member;
            if (!reader_.key(key) || field.value().get(member) != simdjson::SUCCESS || !read(member)) return false;
        }
        return reader_.endObject();
    }

    // Each of its characters may have been an escape, of up to six bytes.
    [[nodiscard]] bool isPerhapsTooLong(std::string_view unescaped) const {
        return unescaped.size() > longestString_ / 6;
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
                return value.raw_json_token().size() <= longestString_ &&
                       value.get_string().get(text) == simdjson::SUCCESS && reader_.string(text);
            case ondemand::json_type::number:
                text = withoutWhiteSpaceBehind(value.raw_json_token());
                return value.get_number().get(number) == simdjson::SUCCESS && reader_.number(text);
            case ondemand::json_type::boolean:
                return value.get_bool().get(flag) == simdjson::SUCCESS && reader_.boolean(flag);
            default:
                return value.is_null().get(flag) == simdjson::SUCCESS && flag && reader_.null();
        }
    }

    SchemaReader& reader_;
    const char* begin_;
    std::size_t longestString_;
};

}  // namespace

bool parseBySimdjson(const JsonText& text, const Field& row, void* object, const Secret& secret) {
    if (text.text.size() > text.memoryLimit / parsersShare) return false;
    const simdjson::padded_string padded(text.text);
    if (padded.data() == nullptr) return false;  // for want of memory
    ondemand::parser parser;
    ondemand::document document;
    if (parser.iterate(padded).get(document) != simdjson::SUCCESS) return false;
    SchemaReader reader(text, row, object, secret);
    Walk walk(reader, padded, longestString(text));
    ondemand::value whole;
    if (document.get_value().get(whole) != simdjson::SUCCESS || !walk.read(whole)) return false;
    return document.current_location().error() == simdjson::OUT_OF_BOUNDS;  // nothing follows
}

}  // namespace applivery::detail
