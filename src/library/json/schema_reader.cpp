#include "json/schema_reader.hpp"

#include "core/excerpt.hpp"

#include <algorithm>

namespace applivery::detail {
namespace {

constexpr std::size_t maxDepth = 512;
constexpr std::size_t maxPathLength = 200;
constexpr std::size_t smallStringCapacity = 15;                      // a std::string of this length does not allocate
constexpr std::size_t bytesBetweenChecks = std::size_t{256} << 10U;  // a few milliseconds

// Returns the index of the row with that name, or the number of rows. The service sends the fields in the order of the
// rows, so the search begins at the expected row.
std::size_t findRow(const Fields& fields, std::size_t expected, std::string_view name) {
    for (std::size_t i = 0; i < fields.count; ++i) {
        const std::size_t at = expected + i < fields.count ? expected + i : expected + i - fields.count;
        if (fields.rows[at].name == name && !fields.rows[at].holdsUnknownFields) return at;
    }
    return fields.count;
}

std::string_view describeMismatch(const MemberType& type) {
    if (type.items != nullptr) return "is not a list";
    if (type.enterObject != nullptr && type.setScalar == nullptr) return "is not an object";
    return "has a wrong type or format";
}

}  // namespace

SchemaReader::SchemaReader(const JsonInput& input, const Field& row, void* object, const Secret& secret)
    : input_(input), secret_(secret), budget_(input.memoryLimit), nextCheck_(bytesBetweenChecks) {
    constexpr std::size_t usualDepth = 12;
    frames_.reserve(usualDepth);
    Frame root;
    root.target = object;
    root.fields = {&row, 1};
    root.row = &row;
    frames_.push_back(root);
}

bool SchemaReader::shouldContinue() {
    nextCheck_ = offset_ + bytesBetweenChecks;
    if (!input_.shouldContinue || input_.shouldContinue()) return true;
    fail(DecodeFailure::Reason::cancelled, " was not read completely.");
    return false;
}

// ---- scalars ----

bool SchemaReader::null() {
    if (unknownFields_.isInValue()) unknownFields_.null();
    if (skipDepth_ > 0) return true;
    if (isAtRoot()) return failAsMismatch("is not an object");
    Frame& frame = frames_.back();
    if (frame.list != nullptr) {
        ++frame.elementCount;
    } else if (frame.row != nullptr && frame.isRepeated) {
        (void)memberToAssign(frame);  // resets the member
    }
    return true;
}

bool SchemaReader::scalar(const Scalar& value) {
    if (unknownFields_.isInValue()) unknownFields_.scalar(value);
    if (skipDepth_ > 0) return true;
    if (isAtRoot()) return failAsMismatch("is not an object");
    Frame& frame = frames_.back();
    if (frame.list != nullptr) return setElement(frame, value);
    return frame.row == nullptr || setMember(frame, value);
}

// Returns the member of the current row, and records its assignment. If the object contains the key twice, resets the
// member.
void* SchemaReader::memberToAssign(Frame& frame) {
    void* const member = frame.row->member(frame.target);
    if (frame.isRepeated) frame.row->type->reset(member);
    frame.assignedRows |= std::uint64_t{1} << static_cast<std::size_t>(frame.row - frame.fields.rows);
    return member;
}

bool SchemaReader::setMember(Frame& frame, const Scalar& value) {
    const MemberType& type = *frame.row->type;
    if (type.setRaw != nullptr) return setRaw(value.kind == Scalar::Kind::text ? rawValue() : value.text);
    if (type.setScalar == nullptr) return rejectValue(frame, false);
    if (value.text.size() > smallStringCapacity && !spend(value.text.size())) return false;
    if (type.boxSize > 0 && !spend(type.boxSize)) return false;
    void* const member = memberToAssign(frame);
    if (type.isStringList) {
        type.enterList(member);               // clears the list
        if (value.text.empty()) return true;  // an empty string reads as an empty list
    }
    return type.setScalar(member, value) || rejectValue(frame, false);
}

bool SchemaReader::setElement(Frame& frame, const Scalar& value) {
    if (frame.ignoresNonStrings && value.kind != Scalar::Kind::text) return true;
    if (frame.list->items != nullptr) return failAsMismatch("is not an object");
    ++frame.elementCount;
    return spend(sizeof(std::string) + value.text.size()) && frame.list->setScalar(frame.target, value);
}

// Handles a value of a wrong type. In a lenient row the value reads as absent, and an object or list is skipped.
bool SchemaReader::rejectValue(Frame& frame, bool isNested) {
    if (!frame.row->isLenient) return failAsMismatch(describeMismatch(*frame.row->type));
    if (frame.isRepeated) (void)memberToAssign(frame);  // resets the member
    return !isNested || skip();
}

// ---- objects and lists ----

bool SchemaReader::begin(bool isObject) {
    if (++depth_ > maxDepth) return failAsMismatch("is nested too deeply");
    if (unknownFields_.isInValue()) unknownFields_.open(isObject ? '{' : '[');
    if (skipDepth_ > 0) return skip();
    if (isAtRoot() && !isObject) return failAsMismatch("is not an object");
    Frame& frame = frames_.back();
    if (frame.list != nullptr && frame.list->items != nullptr) {
        return isObject ? enterItem(frame) : failAsMismatch("is not an object");
    }
    if (frame.list != nullptr) return enterElement(frame, isObject);
    if (frame.row == nullptr) return skip();
    return enterMember(frame, isObject);
}

bool SchemaReader::enterMember(Frame& frame, bool isObject) {
    const Field& row = *frame.row;
    const MemberType& type = *row.type;
    if (type.setRaw != nullptr) return beginRaw();
    const bool readsObject = isObject && type.enterObject != nullptr;
    const bool readsList = type.enterList != nullptr && (!isObject || row.flattensStrings);
    if (!readsObject && !readsList) return rejectValue(frame, true);
    if (type.boxSize > 0 && !spend(type.boxSize)) return false;
    void* const member = memberToAssign(frame);
    Frame inner;
    if (readsObject) {
        inner.target = type.enterObject(member);
        inner.fields = type.fields();
    } else {
        inner.target = type.enterList(member);
        inner.list = &type;
        inner.flattensStrings = row.flattensStrings;
        inner.ignoresNonStrings = isObject;
        if (type.items != nullptr) itemsBegin_ = offset_;
    }
    return enter(inner);
}

// Enters an object or list inside a list of strings.
bool SchemaReader::enterElement(Frame& frame, bool isObject) {
    if (!frame.flattensStrings) return failAsMismatch("is not a string");
    ++frame.elementCount;
    Frame inner = frame;
    inner.elementCount = 0;
    inner.ignoresNonStrings = frame.ignoresNonStrings || isObject;
    return enter(inner);
}

// Enters an object inside a list of structs.
bool SchemaReader::enterItem(Frame& frame) {
    const ItemListType& type = *frame.list->items;
    if (!spend(type.itemSize)) return false;
    budget_.reserveItems(type, frame.target, offset_ - itemsBegin_, input_.text.size() - offset_);
    ++frame.elementCount;
    Frame inner;
    inner.target = type.add(frame.target);
    inner.fields = frame.list->fields();
    return enter(inner);
}

bool SchemaReader::enter(Frame frame) {
    frames_.push_back(frame);
    return true;
}

bool SchemaReader::skip() {
    ++skipDepth_;
    return true;
}

bool SchemaReader::key(std::string_view name) {
    if (skipDepth_ > 0) {
        if (unknownFields_.isInValue()) unknownFields_.key(name);
        return true;
    }
    Frame& frame = frames_.back();
    if (frame.list != nullptr) return true;
    const std::size_t at = findRow(frame.fields, frame.expectedRow, name);
    valueBegin_ = offset_;
    frame.row = nullptr;
    if (at == frame.fields.count) {
        beginUnknownField(frame, name);
        return true;
    }
    frame.row = &frame.fields.rows[at];
    frame.expectedRow = at + 1 < frame.fields.count ? at + 1 : 0;
    frame.isRepeated = (frame.assignedRows >> at & 1U) != 0;
    return true;
}

bool SchemaReader::leave(char bracket) {
    --depth_;
    if (unknownFields_.isInValue()) unknownFields_.close(bracket);
    if (skipDepth_ == 0) {
        const bool isStored = storeUnknownFields(frames_.back());
        frames_.pop_back();
        return isStored;
    }
    --skipDepth_;
    if (skipDepth_ > 0 || !isInRaw_) return true;
    isInRaw_ = false;
    return setRaw(rawValue());
}

// ---- unknown fields and raw values ----

void SchemaReader::beginUnknownField(const Frame& frame, std::string_view name) {
    if (input_.keepsUnknownFields && unknownFieldsRow(frame.fields) != nullptr) unknownFields_.begin(name);
}

bool SchemaReader::storeUnknownFields(const Frame& frame) {
    const Field* const row = unknownFields_.isEmpty() ? nullptr : unknownFieldsRow(frame.fields);
    if (row == nullptr) return true;
    const std::string& json = unknownFields_.finish();
    if (!spend(json.size())) return false;
    *static_cast<std::string*>(row->member(frame.target)) = json;
    unknownFields_.clear();
    return true;
}

bool SchemaReader::beginRaw() {
    isInRaw_ = true;
    return skip();
}

bool SchemaReader::setRaw(std::string_view json) {
    if (!spend(json.size())) return false;
    Frame& frame = frames_.back();
    frame.row->type->setRaw(memberToAssign(frame), json);
    return true;
}

// Returns the text of the value that ends at the current offset.
std::string_view SchemaReader::rawValue() const {
    constexpr std::string_view separators = ": \t\r\n";
    const std::size_t begin = std::min(input_.text.find_first_not_of(separators, valueBegin_), offset_);
    return input_.text.substr(begin, offset_ - begin);
}

// ---- failures ----

bool SchemaReader::spend(std::size_t bytes) {
    if (budget_.spend(bytes)) return true;
    failAsTooLarge();
    return false;
}

// Returns the path of the current value, such as data.items[3].size.
std::string SchemaReader::path() const {
    std::string path;
    for (const Frame& frame : frames_) {
        const bool isOuter = &frame != &frames_.back();
        if (frame.list != nullptr) {
            path += '[' + std::to_string(frame.elementCount - (isOuter ? 1 : 0)) + ']';
        } else if (frame.row != nullptr && !frame.row->name.empty()) {
            path += path.empty() ? "" : ".";
            path += frame.row->name;
        }
    }
    if (path.size() > maxPathLength) path.replace(maxPathLength / 2, path.size() - maxPathLength, "...");
    return path.empty() ? "the body" : path;
}

void SchemaReader::fail(DecodeFailure::Reason reason, std::string_view problem) {
    failure_ = {reason, std::string(input_.name) + std::string(problem)};
}

bool SchemaReader::failAsMismatch(std::string_view problem) {
    fail(DecodeFailure::Reason::mismatch, " is not " + std::string(input_.expectation) + ": " + path() + ' ' +
                                              std::string(problem) + ", near " +
                                              excerptAt(input_.text, offset_, secret_) + '.');
    return false;
}

void SchemaReader::failAsTooLarge() {
    fail(DecodeFailure::Reason::tooLarge, " needs more memory than the limit, at " + path() + '.');
}

void SchemaReader::failAsCutOff() {
    fail(DecodeFailure::Reason::malformed,
         " is cut off at byte " + std::to_string(input_.text.size()) + " (in " + path() + ").");
}

void SchemaReader::failAsNotJson() {
    fail(DecodeFailure::Reason::malformed, " is not JSON at byte " + std::to_string(offset_) + " (in " + path() +
                                               "), near " + excerptAt(input_.text, offset_, secret_) + '.');
}

}  // namespace applivery::detail
