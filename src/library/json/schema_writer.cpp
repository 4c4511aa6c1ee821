#include "json/schema_writer.hpp"

#include "json/json_output.hpp"
#include "json/parse.hpp"
#include "json/real_number.hpp"
#include "json/schema.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace applivery::detail {
namespace {

// Returns the members of Build::unknownFields without the braces. A user may have set any text, so the text is parsed
// as a build. Omits invalid JSON, and fields for which Build has a member.
std::string unknownMembers(const std::string& unknownFields) {
    constexpr std::size_t copies = 16;  // no string can exceed maxStringLength()
    Build build;
    JsonInput input{unknownFields, std::max(unknownFields.size() * copies, std::size_t{64} << 10U)};
    input.keepsUnknownFields = true;
    if (parseJson(input, rootField<Build>, &build, Secret()) || build.unknownFields.empty()) return {};
    return build.unknownFields.substr(1, build.unknownFields.size() - 2);
}

class SchemaWriter final : public ScalarVisitor {
public:
    void write(const Fields& fields, const void* object) {
        out_.open('{');
        for (const Field& row : fields) {
            if (!row.isAlias && !row.type->isAbsent(row.memberOf(object))) write(row, row.memberOf(object));
        }
        out_.close('}');
    }

    [[nodiscard]] std::string take() && { return std::move(out_).take(); }

    void text(std::string_view value) override { out_.text(value); }
    void integer(std::int64_t value) override { out_.raw(std::to_string(value)); }
    void real(double value) override { out_.raw(formatReal(value)); }
    void boolean(bool value) override { out_.raw(value ? "true" : "false"); }

private:
    void write(const Field& row, const void* member) {
        const MemberType& type = *row.type;
        if (row.holdsUnknownFields) return writeUnknownFields(*static_cast<const std::string*>(member));
        out_.key(row.name);
        if (type.items != nullptr) {
            writeItems(type, type.list(member));
        } else if (type.object != nullptr) {
            write(type.fields(), type.object(member));
        } else if (type.isStringList) {
            out_.open('[');
            type.visitScalars(member, *this);
            out_.close(']');
        } else {
            type.visitScalars(member, *this);
        }
    }

    void writeUnknownFields(const std::string& json) {
        const std::string members = unknownMembers(json);
        if (!members.empty()) out_.raw(members);
    }

    void writeItems(const MemberType& type, const void* list) {
        out_.open('[');
        const std::size_t count = type.items->size(list);
        for (std::size_t i = 0; i < count; ++i) write(type.fields(), type.items->at(list, i));
        out_.close(']');
    }

    JsonOutput out_;
};

}  // namespace

std::string writeJson(const Fields& fields, const void* object) {
    SchemaWriter writer;
    writer.write(fields, object);
    return std::move(writer).take();
}

}  // namespace applivery::detail
