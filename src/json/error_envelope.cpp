#include "json/error_envelope.hpp"

#include "json/parsers.hpp"
#include "json/rows.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

namespace applivery::detail {
namespace {

constexpr std::size_t largestBody = std::size_t{1} << 20U;  // an error is no longer than this
constexpr std::size_t memoryLimit = 16 * largestBody;       // so that no string of it is too long
constexpr std::size_t longestMessage = 500;
constexpr std::size_t longestData = 4096;

struct ErrorObject {
    std::optional<std::int64_t> code{};
    std::optional<std::string> message{};
    RawJson data{};
};

struct ErrorBody {
    std::optional<ErrorObject> error{};
};

}  // namespace

template <>
Fields fieldsOf<ErrorObject>();
template <>
Fields fieldsOf<ErrorBody>();

namespace {

constexpr Field errorObject[] = {
    lenient(field<&ErrorObject::code>("code")),
    lenient(field<&ErrorObject::message>("message")),
    field<&ErrorObject::data>("data"),
};

constexpr Field errorBody[] = {
    lenient(field<&ErrorBody::error>("error")),
};

}  // namespace

template <>
Fields fieldsOf<ErrorObject>() {
    return rows(errorObject);
}
template <>
Fields fieldsOf<ErrorBody>() {
    return rows(errorBody);
}

std::optional<ErrorEnvelope> readErrorEnvelope(std::string_view body, const Secret& secret) {
    ErrorBody read;
    if (body.size() > largestBody) return std::nullopt;
    if (parseByNlohmann({body, memoryLimit}, wholeText<ErrorBody>, &read, secret) || !read.error) return std::nullopt;
    ErrorEnvelope envelope;
    envelope.code = asInt(read.error->code, std::numeric_limits<int>::min());
    envelope.message = secret.redacted(read.error->message.value_or(""), 0, longestMessage);
    std::string data = secret.redacted(std::move(read.error->data.text));
    if (data.size() <= longestData) envelope.data = std::move(data);
    return envelope;
}

}  // namespace applivery::detail
