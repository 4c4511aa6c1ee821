/// @file
/// Follows the parser's events through the tables of the schema. Knows at each moment which member the next value is
/// for; what belongs to no member is skipped at any depth.
#pragma once

#include "json/field.hpp"
#include "json/nlohmann.hpp"
#include "json/page_decoder.hpp"
#include "json/schema.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace applivery::detail {

class SaxHandler {
public:
    using Json = nlohmann::json;

    /// @param position where in the body the parser is; it moves while the parser works.
    SaxHandler(std::string_view body, const char* const& position, std::size_t memoryLimit, const Secret& secret);

    [[nodiscard]] std::variant<DecodedBody, DecodeFailure> finish() &&;

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
    bool parse_error(std::size_t position, const std::string& token, const Json::exception& exception);

private:
    // What the parser is inside of.
    enum class Place { outside, answer, data, items, object, list, gather };

    struct Frame {
        Place place = Place::outside;
        Fields fields{};
        void* object = nullptr;
        const MemberType* list = nullptr;
        std::size_t next = 0;        // the row after the last that matched: the service keeps the tables' order
        const Field* row = nullptr;  // the member that the next value is for; null where it is skipped
        std::string_view name{};     // of the value that is under way, for the place of a fault
        std::size_t index = 0;       // in a list
    };

    bool scalar(Scalar value);
    bool setMember(Scalar& value);
    bool enter(Frame frame);
    bool enterObject();
    bool enterItem();
    bool enterList();
    bool leave();
    bool skip();
    [[nodiscard]] bool isSkipped() const;
    void reserveItems();
    bool spend(std::size_t bytes);
    bool fault(const std::string& what);
    [[nodiscard]] std::string place() const;
    [[nodiscard]] std::size_t offset() const;

    std::string_view body_;
    const char* const& position_;
    const Secret& secret_;
    std::size_t memoryLeft_;
    std::size_t depth_ = 0;
    std::size_t skipDepth_ = 0;  // objects and lists that belong to no member
    std::size_t itemsBegin_ = 0;
    std::vector<Frame> frames_;
    DecodedBody decoded_;
    PageFacts facts_;
    std::optional<DecodeFailure> failure_;
};

}  // namespace applivery::detail
