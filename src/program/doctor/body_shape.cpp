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

/// Whether a path is in the schema: not at all, as a field, or as a field that contains others.
enum class SchemaPath { none, group, field };

SchemaPath schemaPath(const std::string& path) {
    const std::string prefix = path + '.';
    for (const std::string& known : knownPaths()) {
        if (known == path) return SchemaPath::field;
        if (known.compare(0, prefix.size(), prefix) == 0) return SchemaPath::group;
    }
    return SchemaPath::none;
}

bool isAbsent(const json& value) {
    return value.is_null() || (value.is_string() && value.get_ref<const std::string&>().empty());
}

// Returns the path in the schema. Some uploaders send the fields of deployer.info in deployer.
std::string usualPath(const std::string& path) {
    constexpr std::string_view flat = "deployer.";
    if (path.compare(0, flat.size(), flat) != 0) return path;
    const std::string nested = "deployer.info." + path.substr(flat.size());
    return schemaPath(path) == SchemaPath::none && schemaPath(nested) != SchemaPath::none ? nested : path;
}

// Returns whether a name in a property list is one of Apple's. An app may add its own.
bool isNameOfApple(const std::string& name) {
    static const std::regex names("(CF|DT|ITS|LS|MinimumOS|NS|SK|UI|WK)[A-Za-z]{1,60}");
    return std::regex_match(name, names);
}

// Returns the name of a field, unless it could be private text.
std::string publicName(const std::string& prefix, const std::string& name) {
    const bool isPublic = prefix == "info.ios.plist." ? isNameOfApple(name) : isFieldName(name);
    return isPublic ? name : "(a name)";
}

// Returns a build that has only this field.
json onlyField(std::string_view path, const json& value) {
    const std::size_t dot = path.find('.');
    if (dot == std::string_view::npos) return {{std::string(path), value}};
    return {{std::string(path.substr(0, dot)), onlyField(path.substr(dot + 1), value)}};
}

// Returns whether the library reads the value.
bool isRead(const std::string& path, const json& value) {
    const Result<Build> build =
        buildFromJson(onlyField(path, value).dump(-1, ' ', false, json::error_handler_t::replace));
    return build && (value.empty() || *build != Build{});
}

// Adds the differences between an object and the schema. @param prefix path of the object, with a dot at its end.
void compare(const json& object, const std::string& prefix, BodyShape& shape) {
    for (const auto& [name, value] : object.items()) {
        const std::string path = prefix + name;
        const SchemaPath known = schemaPath(usualPath(path));
        if (known == SchemaPath::none) {
            shape.unknown.insert(prefix + publicName(prefix, name));
        } else if (known == SchemaPath::group && value.is_object()) {
            compare(value, path + '.', shape);
        } else if (!isAbsent(value) && !isRead(path, value)) {
            shape.unexpected.insert(path + " (" + value.type_name() + ')');
        }
    }
}

}  // namespace

BodyShape shapeOf(std::string_view body) {
    BodyShape shape;
    const json response = parseShallow(body);
    const auto data = response.is_object() ? response.find("data") : response.end();
    if (data == response.end() || !data->is_object()) return shape;
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
