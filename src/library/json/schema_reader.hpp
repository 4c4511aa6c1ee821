/// @file
/// Assigns the values of a JSON text to structs, by the tables of the schema.
#pragma once

#include "core/secret.hpp"
#include "json/field.hpp"
#include "json/memory_budget.hpp"
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

/// Receives the events of a parser, and tracks the member to which the next value belongs. Skips values without a
/// member, at any depth.
class SchemaReader {
public:
    /// @param row row for the whole text: see rootField
    SchemaReader(const JsonInput& input, const Field& row, void* object, const Secret& secret);

    /// Returns the failure, if any. Call this after the parser has stopped.
    [[nodiscard]] std::optional<DecodeFailure> failure() && { return std::move(failure_); }

    /// Sets the number of bytes that the parser has consumed. Call this before each event. Returns false if parsing
    /// must stop.
    [[nodiscard]] bool advanceTo(std::size_t offset) {
        offset_ = offset;
        return offset < nextCheck_ || shouldContinue();
    }

    /// @{
    /// Handles an event. Returns false if parsing must stop.
    bool null();
    bool boolean(bool value) { return scalar(Scalar{Scalar::Kind::boolean, value ? "true" : "false", value}); }
    bool number(std::string_view text) { return scalar(Scalar{Scalar::Kind::number, text}); }
    bool string(std::string_view value) { return scalar(Scalar{Scalar::Kind::text, value}); }
    bool startObject() { return begin(true); }
    bool key(std::string_view name);
    bool endObject() { return leave('}'); }
    bool startArray() { return begin(false); }
    bool endArray() { return leave(']'); }
    /// @}

    /// @{
    /// Sets the failure that the parser detected.
    void failAsTooLarge();
    void failAsCutOff();
    void failAsNotJson();
    /// @}

private:
    // The state of an object or a list that has begun and not ended.
    struct Frame {
        void* target = nullptr;            // the struct or list in memory
        Fields fields{};                   // the rows of the struct
        const Field* row = nullptr;        // the row of the next value; null if the value is skipped
        std::size_t expectedRow = 0;       // the row after the last match, because the service keeps the order of rows
        std::uint64_t assignedRows = 0;    // a bit for each row whose member was assigned
        bool isRepeated = false;           // whether the member of `row` was assigned before, and must be reset
        const MemberType* list = nullptr;  // the type of the list; null for an object
        bool flattensStrings = false;      // whether nested values add their strings to the list
        bool ignoresNonStrings = false;    // whether this is a flattened object, or within one
        std::size_t elementCount = 0;      // elements of the list that have begun
    };

    [[nodiscard]] bool shouldContinue();
    bool scalar(const Scalar& value);
    bool setMember(Frame& frame, const Scalar& value);
    bool setElement(Frame& frame, const Scalar& value);
    static void* memberToAssign(Frame& frame);
    bool enter(Frame frame);
    bool enterMember(Frame& frame, bool isObject);
    bool enterElement(Frame& frame, bool isObject);
    bool enterItem(Frame& frame);
    bool begin(bool isObject);
    bool leave(char bracket);
    bool skip();
    void beginUnknownField(const Frame& frame, std::string_view name);
    bool storeUnknownFields(const Frame& frame);
    bool beginRaw();
    bool setRaw(std::string_view json);
    [[nodiscard]] std::string_view rawValue() const;
    [[nodiscard]] bool isAtRoot() const noexcept { return frames_.size() == 1; }
    bool rejectValue(Frame& frame, bool isNested);
    bool spend(std::size_t bytes);
    bool failAsMismatch(std::string_view problem);
    void fail(DecodeFailure::Reason reason, std::string_view problem);
    [[nodiscard]] std::string path() const;

    const JsonInput& input_;
    const Secret& secret_;
    MemoryBudget budget_;
    std::size_t offset_ = 0;
    std::size_t nextCheck_;  // the offset at which JsonInput::shouldContinue is called again
    std::size_t depth_ = 0;
    std::size_t skipDepth_ = 0;    // number of open objects and lists of the skipped value
    std::size_t itemsBegin_ = 0;   // offset of the list of items
    std::size_t valueBegin_ = 0;   // offset after the last key
    bool isInRaw_ = false;         // whether the skipped value is stored as JSON text
    UnknownFields unknownFields_;  // of the current object
    std::vector<Frame> frames_;
    std::optional<DecodeFailure> failure_;
};

}  // namespace applivery::detail
