#include "mock_server/field_formats.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <utility>

namespace applivery::mock {
namespace {

using Json = nlohmann::ordered_json;

// Returns a member; null if there is none.
Json* find(Json& object, const char* name) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(name);
    return found != object.end() ? &*found : nullptr;
}

// Returns a member of `info.ios.GROUP`; null if there is none.
Json* find(Json& build, const char* group, const char* name) {
    Json* const info = find(build, "info");
    Json* const ios = info != nullptr ? find(*info, "ios") : nullptr;
    Json* const part = ios != nullptr ? find(*ios, group) : nullptr;
    return part != nullptr ? find(*part, name) : nullptr;
}

void convertToNumber(Json& value) {
    if (!value.is_string()) return;
    const std::string text = value.get<std::string>();
    std::int64_t number = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
    if (parsed.ec == std::errc{} && parsed.ptr == text.data() + text.size()) value = number;
}

void convertToText(Json& list) {
    if (!list.is_array()) return;
    std::string text;
    for (const Json& element : list) text += (text.empty() ? "" : ",") + element.get<std::string>();
    list = text;
}

// Converts a list of icons to the format of Apple's property lists: one icon with several files.
void convertToIcons(Json& list) {
    if (list.is_array()) list = Json{{"CFBundlePrimaryIcon", {{"CFBundleIconFiles", std::exchange(list, Json())}}}};
}

void applyFormats(Json& build, const ServiceRules& rules) {
    if (Json* const devices = find(build, "mobileprovision", "ProvisionedDevices"); devices && rules.devicesAsText)
        convertToText(*devices);
    if (Json* const family = find(build, "plist", "UIDeviceFamily"); family && rules.familyAsNumbers) {
        for (Json& element : *family) convertToNumber(element);
    }
    if (Json* const icons = find(build, "plist", "CFBundleIcons"); icons && rules.iconsAsObject) convertToIcons(*icons);
    if (Json* const code = find(build, "versionCode"); code && rules.versionCodeAsNumber) convertToNumber(*code);
    for (const char* const name : {"processTime", "queuedTime"}) {
        constexpr double fraction = 0.25;
        Json* const time = find(build, name);
        if (time != nullptr && time->is_number() && rules.timesAsFractions) *time = time->get<double>() + fraction;
    }
}

}  // namespace

std::string withFieldFormats(std::string items, const ServiceRules& rules) {
    if (!rules.devicesAsText && !rules.familyAsNumbers && !rules.iconsAsObject && !rules.versionCodeAsNumber &&
        !rules.timesAsFractions)
        return items;
    Json builds = Json::parse('[' + items + ']');
    for (Json& build : builds) applyFormats(build, rules);
    const std::string list = builds.dump();
    return list.substr(1, list.size() - 2);
}

}  // namespace applivery::mock
