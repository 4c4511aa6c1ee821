#include "json/error_envelope.hpp"

#include "json/parsers.hpp"
#include "json/rows.hpp"
#include "json/schema_writer.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

namespace applivery::detail {
namespace {

constexpr std::size_t maxBodySize = std::size_t{1} << 20U;
constexpr std::size_t memoryLimit = 16 * maxBodySize;  // no string of a body can exceed maxStringLength()
constexpr std::size_t maxMessageLength = 500;
constexpr std::size_t maxDataLength = 4096;

struct ErrorObject {
    std::optional<std::int64_t> code{};
    std::optional<std::string> message{};
    RawJson data{};
};

struct ErrorBody {
    std::optional<ErrorObject> error{};
};

struct ErrorObjectToWrite {
    std::optional<std::int64_t> code{};
    std::optional<std::string> message{};
};

struct ErrorBodyToWrite {
    std::optional<bool> status{};
    ErrorObjectToWrite error{};
};

}  // namespace

template <>
Fields fieldsOf<ErrorObject>();
template <>
Fields fieldsOf<ErrorBody>();
template <>
Fields fieldsOf<ErrorObjectToWrite>();
template <>
Fields fieldsOf<ErrorBodyToWrite>();

namespace {

constexpr Field errorObject[] = {
    lenient(field<&ErrorObject::code>("code")),
    lenient(field<&ErrorObject::message>("message")),
    field<&ErrorObject::data>("data"),
};

constexpr Field errorBody[] = {
    lenient(field<&ErrorBody::error>("error")),
};

constexpr Field errorObjectToWrite[] = {
    field<&ErrorObjectToWrite::code>("code"),
    field<&ErrorObjectToWrite::message>("message"),
};

constexpr Field errorBodyToWrite[] = {
    field<&ErrorBodyToWrite::status>("status"),
    field<&ErrorBodyToWrite::error>("error"),
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
template <>
Fields fieldsOf<ErrorObjectToWrite>() {
    return rows(errorObjectToWrite);
}
template <>
Fields fieldsOf<ErrorBodyToWrite>() {
    return rows(errorBodyToWrite);
}

std::optional<ErrorEnvelope> readErrorEnvelope(std::string_view body, const Secret& secret) {
    ErrorBody read;
    if (body.size() > maxBodySize) return std::nullopt;
    if (parseByNlohmann({body, memoryLimit}, rootField<ErrorBody>, &read, secret) || !read.error) return std::nullopt;
    ErrorEnvelope envelope;
    envelope.code = toInt(read.error->code, std::numeric_limits<int>::min());
    envelope.message = secret.redacted(read.error->message.value_or(""), 0, maxMessageLength);
    std::string data = secret.redacted(std::move(read.error->data.text));
    if (data.size() <= maxDataLength) envelope.data = std::move(data);
    return envelope;
}

std::string writeErrorEnvelope(int code, std::string_view message) {
    ErrorBodyToWrite body;
    body.status = false;
    body.error.code = code;
    body.error.message = std::string(message);
    return writeJson(fieldsOf<ErrorBodyToWrite>(), &body);
}

}  // namespace applivery::detail
