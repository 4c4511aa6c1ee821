#include "json/json_writer.hpp"

#include "json/characters.hpp"
#include "json/nlohmann.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace applivery::detail {
namespace {

using Json = nlohmann::json;

class JsonWriter final : public ScalarVisitor {
public:
    void write(const Fields& fields, const void* object) {
        open('{');
        for (const Field& row : fields) {
            if (!row.isAlias && !row.type->isAbsent(row.memberOf(object))) write(row, row.memberOf(object));
        }
        text_ += '}';
    }

    [[nodiscard]] std::string take() && { return std::move(text_); }

    void text(std::string_view value) override {
        separate();
        if (standsForItself(value)) {
            text_ += '"';
            text_ += value;
            text_ += '"';
        } else {
            text_ += Json(value).dump(-1, ' ', false, Json::error_handler_t::replace);
        }
    }
    void integer(std::int64_t value) override { bare(std::to_string(value)); }
    void real(double value) override { bare(realText(value)); }
    void boolean(bool value) override { bare(value ? "true" : "false"); }

private:
    void write(const Field& row, const void* member) {
        const MemberType& type = *row.type;
        separate();
        text_ += '"';
        text_ += row.name;
        text_ += "\":";
        if (type.items != nullptr) {
            writeItems(type, type.list(member));
        } else if (type.object != nullptr) {
            write(type.fields(), type.object(member));
        } else if (type.isListOfTexts) {
            open('[');
            type.visitScalars(member, *this);
            text_ += ']';
        } else {
            type.visitScalars(member, *this);
        }
    }

    void writeItems(const MemberType& type, const void* list) {
        open('[');
        const std::size_t count = type.items->size(list);
        for (std::size_t i = 0; i < count; ++i) write(type.fields(), type.items->at(list, i));
        text_ += ']';
    }

    void open(char bracket) {
        separate();
        text_ += bracket;
    }

    void bare(std::string_view value) {
        separate();
        text_ += value;
    }

    // Behind anything but a beginning, a comma.
    void separate() {
        if (!text_.empty() && std::string_view("{[:").find(text_.back()) == std::string_view::npos) text_ += ',';
    }

    std::string text_;
};

}  // namespace

std::string writeJson(const Fields& fields, const void* object) {
    JsonWriter writer;
    writer.write(fields, object);
    return std::move(writer).take();
}

std::string realText(double value) {
    constexpr double exact = 9007199254740992;  // 2^53: below it, each whole number is one
    if (std::fabs(value) < exact && value == std::floor(value)) return std::to_string(static_cast<std::int64_t>(value));
    return Json(value).dump();
}

}  // namespace applivery::detail
