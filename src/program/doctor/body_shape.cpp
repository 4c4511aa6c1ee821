#include "doctor/body_shape.hpp"

#include "doctor/shallow_json.hpp"
#include "recording/allowed_value.hpp"

#include <applivery/build_json.hpp>

#include <regex>
#include <vector>

namespace applivery::program {
namespace {

using nlohmann::json;

const std::vector<std::string>& knownPaths() {
    static const std::vector<std::string> paths = buildFieldPaths();
    return paths;
}

enum class Known { no, group, field };

Known knownAs(const std::string& path) {
    const std::string inside = path + '.';
    for (const std::string& known : knownPaths()) {
        if (known == path) return Known::field;
        if (known.compare(0, inside.size(), inside) == 0) return Known::group;
    }
    return Known::no;
}

bool isNothing(const json& value) {
    return value.is_null() || (value.is_string() && value.get_ref<const std::string&>().empty());
}

// What an uploader says of itself may stand with the deployer, or one level below.
std::string usualPath(const std::string& path) {
    constexpr std::string_view flat = "deployer.";
    if (path.compare(0, flat.size(), flat) != 0) return path;
    const std::string nested = "deployer.info." + path.substr(flat.size());
    return knownAs(path) == Known::no && knownAs(nested) != Known::no ? nested : path;
}

// Of a property list, whose other names are an app's own.
bool isApples(const std::string& name) {
    static const std::regex names("(CF|DT|ITS|LS|MinimumOS|NS|SK|UI|WK)[A-Za-z]{1,60}");
    return std::regex_match(name, names);
}

// Names that could be somebody's text are not repeated.
std::string nameToTell(const std::string& prefix, const std::string& name) {
    const bool isTold = prefix == "info.ios.plist." ? isApples(name) : isFieldName(name);
    return isTold ? name : "(a name)";
}

// A build of nothing but this field.
json onlyField(std::string_view path, const json& value) {
    const std::size_t dot = path.find('.');
    if (dot == std::string_view::npos) return {{std::string(path), value}};
    return {{std::string(path.substr(0, dot)), onlyField(path.substr(dot + 1), value)}};
}

// Whether the library makes anything of it, where there is something.
bool isRead(const std::string& path, const json& value) {
    const Result<Build> build =
        buildFromJson(onlyField(path, value).dump(-1, ' ', false, json::error_handler_t::replace));
    return build && (value.empty() || *build != Build{});
}

void compare(const json& object, const std::string& prefix, BodyShape& shape) {
    for (const auto& [name, value] : object.items()) {
        const std::string path = prefix + name;
        const Known known = knownAs(usualPath(path));
        if (known == Known::no) {
            shape.unknown.insert(prefix + nameToTell(prefix, name));
        } else if (known == Known::group && value.is_object()) {
            compare(value, path + '.', shape);
        } else if (!isNothing(value) && !isRead(path, value)) {
            shape.unexpected.insert(path + " (" + value.type_name() + ')');
        }
    }
}

}  // namespace

BodyShape shapeOf(std::string_view body) {
    BodyShape shape;
    const json answer = parseShallow(body);
    const auto data = answer.is_object() ? answer.find("data") : answer.end();
    if (data == answer.end() || !data->is_object()) return shape;
    const auto items = data->find("items");
    if (items == data->end() || !items->is_array()) return shape;
    for (const json& item : *items) {
        if (!item.is_object()) continue;
        ++shape.builds;
        compare(item, "", shape);
    }
    return shape;
}

}  // namespace applivery::program
