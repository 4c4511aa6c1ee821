/// @file
/// Provides the fields of a build by their path, for programs that print or select fields.
#include "core/text.hpp"
#include "json/real_number.hpp"
#include "json/schema.hpp"

#include <applivery/build_json.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace applivery {
namespace detail {
namespace {

// Joins the scalars of a member into one text, separated by commas.
class FieldText final : public ScalarVisitor {
public:
    void text(std::string_view value) override {
        if (std::exchange(isStarted_, true)) text_ += ", ";
        text_ += value;
    }
    void integer(std::int64_t value) override { text(std::to_string(value)); }
    void real(double value) override { text(formatReal(value)); }
    void boolean(bool value) override { text(value ? "true" : "false"); }

    [[nodiscard]] std::string take() && { return std::move(text_); }

private:
    std::string text_;
    bool isStarted_ = false;
};

void addPaths(const Fields& fields, const std::string& prefix, std::vector<std::string>& paths) {
    for (const Field& row : fields) {
        if (row.isAlias) continue;
        const std::string path = prefix + std::string(row.name);
        if (row.type->object != nullptr) {
            addPaths(row.type->fields(), path + '.', paths);
        } else {
            paths.push_back(path);
        }
    }
}

// Returns whether `name` is the service's name of the field, or the name of the struct's member. Names of members omit
// the prefixes CF and UI of Apple's names.
bool hasName(const Field& row, std::string_view name) {
    if (equalsIgnoringCase(row.name, name)) return true;
    const std::string_view prefix = row.name.substr(0, 2);
    return (prefix == "CF" || prefix == "UI") && equalsIgnoringCase(row.name.substr(2), name);
}

// Returns the text of the field; empty if the field is absent, and std::nullopt if the path is unknown. `object` is
// null if the struct is absent.
std::optional<std::string> fieldText(const Fields& fields, const void* object, std::string_view path) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    const Field* const row = std::find_if(fields.begin(), fields.end(), [&](const Field& field) {
        return !field.isAlias && hasName(field, path.substr(0, dot));
    });
    if (row == fields.end()) return std::nullopt;
    const bool isNested = dot < path.size();
    const bool isStruct = row->type->object != nullptr;
    if (isStruct != isNested) return std::nullopt;  // a path ends at a field, not at a struct
    const void* const member = object != nullptr ? row->memberOf(object) : nullptr;
    if (isNested) {
        const void* const inner = member != nullptr ? row->type->object(member) : nullptr;
        return fieldText(row->type->fields(), inner, path.substr(dot + 1));
    }
    FieldText text;
    if (member != nullptr) row->type->visitScalars(member, text);
    return std::move(text).take();
}

}  // namespace
}  // namespace detail

std::vector<std::string> buildFieldPaths() {
    std::vector<std::string> paths;
    detail::addPaths(detail::fieldsOf<Build>(), "", paths);
    return paths;
}

std::optional<std::string> buildFieldText(const Build& build, std::string_view path) {
    return detail::fieldText(detail::fieldsOf<Build>(), &build, path);
}

}  // namespace applivery
