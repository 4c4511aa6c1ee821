#include "json/field.hpp"

#include <algorithm>

namespace applivery::detail {

bool isEmpty(const Fields& fields, const void* object) {
    return std::all_of(fields.begin(), fields.end(),
                       [&](const Field& row) { return row.isAlias || row.type->isAbsent(row.memberOf(object)); });
}

bool areEqual(const Fields& fields, const void* a, const void* b) {
    return std::all_of(fields.begin(), fields.end(), [&](const Field& row) {
        return row.isAlias || row.type->equals(row.memberOf(a), row.memberOf(b));
    });
}

}  // namespace applivery::detail
