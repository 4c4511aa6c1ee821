/// @file
/// Follows a parser's events through the tables of the schema. Knows at each moment which member the next value is for;
/// what belongs to no member is skipped at any depth.
#pragma once

#include "core/secret.hpp"
#include "json/field.hpp"
#include "json/parse.hpp"
#include "json/unknown_fields.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace applivery::detail {

class SchemaReader {
public:
    /// @param row of the text as a whole, whose members go to `object`.
    SchemaReader(const JsonText& text, const Field& row, void* object, const Secret& secret);

    /// Why the text could not be read, once the parser is through with it.
    [[nodiscard]] std::optional<DecodeFailure> failure() && { return std::move(failure_); }

    /// Where in the text the parser is: behind what it took. Before each event. False where the text is given up.
    [[nodiscard]] bool reach(std::size_t offset) {
        offset_ = offset;
        return offset < nextPause_ || pause();
    }

    // The parser's events; false stops it.
    bool null();
    bool boolean(bool value);
    bool number(std::string_view text);
    bool string(std::string_view value);
    bool startObject();
    bool key(std::string_view name);
    bool endObject();
    bool startArray();
    bool endArray();

    // What the parser itself may find wrong.
    void failAsTooLarge();
    void failAsCutOff();
    void failAsNotJson();

private:
    // What the parser is inside of: an object of the schema, or a list.
    struct Frame {
        void* target = nullptr;            // the object, or the list
        Fields fields{};                   // of the object
        const Field* row = nullptr;        // the member that the next value is for; null where it is skipped
        std::size_t next = 0;              // the row after the last that matched: the service keeps the tables' order
        std::uint64_t met = 0;             // a bit for each row whose member was given a value
        bool isRepeated = false;           // `row` had a value before, which this one replaces
        const MemberType* list = nullptr;  // of the list; null in an object
        bool flattensStrings = false;      // of lists and objects inside, the strings belong to the list
        bool isGathered = false;           // it is such an object, or in one: of other values there is no use
        std::size_t index = 0;             // in the list: elements that were begun
    };

    bool pause();
    bool scalar(const Scalar& value);
    bool setMember(Frame& frame, const Scalar& value);
    bool setElement(Frame& frame, const Scalar& value);
    static void* memberOf(Frame& frame);
    bool enter(Frame frame);
    bool enterMember(Frame& frame, bool isObject);
    bool enterElement(Frame& frame, bool isObject);
    bool enterItem(Frame& frame);
    bool begin(bool isObject);
    bool leave(char bracket);
    bool skip();
    bool beginUnknown(const Frame& frame, std::string_view name);
    bool storeUnknown(const Frame& frame);
    bool beginRaw();
    bool setRaw(std::string_view json);
    [[nodiscard]] std::string_view rawValue() const;
    [[nodiscard]] bool isOutside() const noexcept { return frames_.size() == 1; }
    bool refuse(Frame& frame, bool isNested);
    void reserveItems(const Frame& frame);
    bool spend(std::size_t bytes);
    bool fault(std::string_view what);
    void fail(DecodeFailure::Reason reason, std::string_view what);
    [[nodiscard]] std::string place() const;

    const JsonText& text_;
    const Secret& secret_;
    std::size_t memoryLeft_;
    std::size_t offset_ = 0;
    std::size_t nextPause_;
    std::size_t depth_ = 0;
    std::size_t skipDepth_ = 0;  // objects and lists that belong to no member
    std::size_t itemsBegin_ = 0;
    std::size_t valueBegin_ = 0;  // behind the name of the member that the next value is for
    bool isInRaw_ = false;        // what is skipped is kept as it stands in the text
    UnknownFields unknown_;       // of the object that is read
    std::vector<Frame> frames_;
    std::optional<DecodeFailure> failure_;
};

}  // namespace applivery::detail
