/// @file
/// The fields of a build by their path, and builds that are equal: what else the tables of the schema are good for.
#include "core/text.hpp"
#include "json/real_number.hpp"
#include "json/schema.hpp"

#include <applivery/build.hpp>
#include <applivery/build_json.hpp>

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <utility>

namespace applivery {
namespace detail {
namespace {

class PlainText final : public ScalarVisitor {
public:
    void text(std::string_view value) override {
        if (std::exchange(hasOne_, true)) text_ += ", ";
        text_ += value;
    }
    void integer(std::int64_t value) override { text(std::to_string(value)); }
    void real(double value) override { text(realText(value)); }
    void boolean(bool value) override { text(value ? "true" : "false"); }

    [[nodiscard]] std::string take() && { return std::move(text_); }

private:
    std::string text_;
    bool hasOne_ = false;
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

// The service's name, or that of the struct's member, which is Apple's without its prefix.
bool isNamed(const Field& row, std::string_view name) {
    std::string_view own = row.name;
    if (equalsIgnoringCase(own, name)) return true;
    const bool hasPrefix = own.substr(0, 2) == "CF" || own.substr(0, 2) == "UI";
    return hasPrefix && equalsIgnoringCase(own.substr(2), name);
}

// @param object null where it is absent.
std::optional<std::string> fieldText(const Fields& fields, const void* object, std::string_view path) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    const Field* const row = std::find_if(fields.begin(), fields.end(), [&](const Field& field) {
        return !field.isAlias && isNamed(field, path.substr(0, dot));
    });
    const bool isNested = dot < path.size();
    if (row == fields.end() || (row->type->object != nullptr) != isNested) return std::nullopt;
    const void* const member = object != nullptr ? row->memberOf(object) : nullptr;
    if (isNested) {
        const void* const inner = member != nullptr ? row->type->object(member) : nullptr;
        return fieldText(row->type->fields(), inner, path.substr(dot + 1));
    }
    PlainText text;
    if (member != nullptr) row->type->visitScalars(member, text);
    return std::move(text).take();
}

template <typename T>
bool equal(const T& a, const T& b) {
    return areEqual(fieldsOf<T>(), &a, &b);
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

bool operator==(const ApplicationInfo& a, const ApplicationInfo& b) {
    return detail::equal(a, b);
}
bool operator==(const AndroidInfo& a, const AndroidInfo& b) {
    return detail::equal(a, b);
}
bool operator==(const IosPlist& a, const IosPlist& b) {
    return detail::equal(a, b);
}
bool operator==(const MobileProvision& a, const MobileProvision& b) {
    return detail::equal(a, b);
}
bool operator==(const IosInfo& a, const IosInfo& b) {
    return detail::equal(a, b);
}
bool operator==(const PkgInfo& a, const PkgInfo& b) {
    return detail::equal(a, b);
}
bool operator==(const BuildInfo& a, const BuildInfo& b) {
    return detail::equal(a, b);
}
bool operator==(const DeployerInfo& a, const DeployerInfo& b) {
    return detail::equal(a, b);
}
bool operator==(const Deployer& a, const Deployer& b) {
    return detail::equal(a, b);
}
bool operator==(const Uploader& a, const Uploader& b) {
    return detail::equal(a, b);
}
bool operator==(const StorageProvider& a, const StorageProvider& b) {
    return detail::equal(a, b);
}
bool operator==(const Build& a, const Build& b) {
    return detail::equal(a, b);
}

bool operator==(const BuildPage& a, const BuildPage& b) {
    const auto members = [](const BuildPage& page) {
        return std::tie(page.items, page.number, page.limit, page.totalPages, page.totalItems, page.hasNextPage,
                        page.rawJson, page.serverTime);
    };
    return members(a) == members(b);
}

}  // namespace applivery
