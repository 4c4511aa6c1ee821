/// @file
/// Follows the parser's events through the tables of the schema. Knows at each moment which member the next value is
/// for; what belongs to no member is skipped at any depth.
#pragma once

#include "core/secret.hpp"
#include "json/field.hpp"
#include "json/parse.hpp"

#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace applivery::detail {

/// Where in the body the parser is.
struct ParserPosition {
    const char* at;          ///< Behind the last character that it took.
    std::size_t folded = 0;  ///< Characters that it was not given, and does not count.
};

class SaxHandler {
public:
    /// @param position it moves while the parser works.
    /// @param row of the body as a whole, whose members go to `object`.
    SaxHandler(std::string_view body, const ParserPosition& position, const Field& row, void* object,
               std::size_t memoryLimit, const Secret& secret);

    /// Why the body could not be read, once the parser is through with it.
    [[nodiscard]] std::optional<DecodeFailure> failure() && { return std::move(failure_); }

    // The parser's events; false stops it.
    bool null();
    bool boolean(bool value);
    bool number_integer(std::int64_t value);
    bool number_unsigned(std::uint64_t value);
    bool number_float(double value, const std::string& text);
    bool string(std::string& value);
    bool binary(std::vector<std::uint8_t>& value);
    bool start_object(std::size_t size);
    bool key(std::string& name);
    bool end_object();
    bool start_array(std::size_t size);
    bool end_array();
    bool parse_error(std::size_t position, const std::string& token, const std::exception& exception);

private:
    // What the parser is inside of: an object of the schema, or a list.
    struct Frame {
        void* target = nullptr;            // the object, or the list
        Fields fields{};                   // of the object
        const Field* row = nullptr;        // the member that the next value is for; null where it is skipped
        std::size_t next = 0;              // the row after the last that matched: the service keeps the tables' order
        const MemberType* list = nullptr;  // of the list; null in an object
        bool gathers = false;              // of all that is inside, the strings belong to the list
        std::size_t index = 0;             // in the list: elements that were begun
    };

    bool scalar(Scalar value);
    bool setMember(const Frame& frame, Scalar& value);
    bool setElement(Frame& frame, Scalar& value);
    bool enter(Frame frame);
    bool enterElement(Frame& frame, bool gathers);
    bool enterItem(Frame& frame);
    bool leave();
    bool skip();
    bool beginRaw();
    bool setRaw();
    bool refuse(const Field& row, bool isNested);
    void reserveItems(const Frame& frame);
    bool spend(std::size_t bytes);
    bool fault(std::string_view what);
    [[nodiscard]] std::string place() const;
    [[nodiscard]] std::size_t offset() const;

    std::string_view body_;
    const ParserPosition& position_;
    const Secret& secret_;
    std::size_t memoryLeft_;
    std::size_t depth_ = 0;
    std::size_t skipDepth_ = 0;  // objects and lists that belong to no member
    std::size_t itemsBegin_ = 0;
    std::size_t valueBegin_ = 0;  // behind the name of the member that the next value is for
    bool isInRaw_ = false;        // what is skipped is kept as it stands in the body
    std::vector<Frame> frames_;
    std::optional<DecodeFailure> failure_;
};

}  // namespace applivery::detail
