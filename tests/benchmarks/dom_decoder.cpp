#include "benchmarks/dom_decoder.hpp"

#include "benchmarks/read_build.hpp"
#include "json/nlohmann.hpp"

#include <optional>
#include <string>

namespace applivery::benchmarks {

namespace {

struct JsonNode {
    const nlohmann::json* value;
};

std::optional<JsonNode> find(JsonNode object, const char* name) {
    const auto member = object.value->find(name);
    if (member == object.value->end() || member->is_null()) return std::nullopt;
    return JsonNode{&*member};
}
const std::string& asText(JsonNode node) {
    return node.value->get_ref<const std::string&>();
}
std::vector<std::string> asTexts(JsonNode node) {
    if (!node.value->is_array()) return {asText(node)};
    return node.value->get<std::vector<std::string>>();
}
std::int64_t asInteger(JsonNode node) {
    return node.value->get<std::int64_t>();
}
double asReal(JsonNode node) {
    return node.value->get<double>();
}
bool asBoolean(JsonNode node) {
    return node.value->get<bool>();
}

}  // namespace

std::vector<Build> decodeByDocument(std::string_view body) {
    const nlohmann::json document = nlohmann::json::parse(body);
    const nlohmann::json& items = document.at("data").at("items");
    std::vector<Build> builds;
    builds.reserve(items.size());
    for (const nlohmann::json& item : items) builds.push_back(build(JsonNode{&item}));
    return builds;
}

}  // namespace applivery::benchmarks
