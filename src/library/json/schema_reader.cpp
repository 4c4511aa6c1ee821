#include "json/schema_reader.hpp"

#include "core/excerpt.hpp"

#include <algorithm>
#include <utility>

namespace applivery::detail {
namespace {

constexpr std::size_t deepest = 512;
constexpr std::size_t longestPlace = 200;
constexpr std::size_t inlineText = 15;                          // what a std::string holds without memory of its own
constexpr std::size_t betweenPauses = std::size_t{256} << 10U;  // bytes, which take a few milliseconds at most

// The index of the row of that name, or the count. The service keeps the tables' order, so the search begins behind the
// last row that matched.
std::size_t findRow(const Fields& fields, std::size_t next, std::string_view name) {
    for (std::size_t i = 0; i < fields.count; ++i) {
        const std::size_t at = next + i < fields.count ? next + i : next + i - fields.count;
        if (fields.rows[at].name == name && !fields.rows[at].isRest) return at;
    }
    return fields.count;
}

// What is wrong with a value of another form than the member's.
std::string_view mismatch(const MemberType& type) {
    if (type.items != nullptr) return "is not a list";
    if (type.enterObject != nullptr && type.setScalar == nullptr) return "is not an object";
    return "is of a type or form that it cannot have";
}

}  // namespace

SchemaReader::SchemaReader(const JsonText& text, const Field& row, void* object, const Secret& secret)
    : text_(text), secret_(secret), memoryLeft_(text.memoryLimit), nextPause_(betweenPauses) {
    constexpr std::size_t usualDepth = 12;
    frames_.reserve(usualDepth);
    Frame outside;
    outside.target = object;
    outside.fields = {&row, 1};
    outside.row = &row;
    frames_.push_back(outside);
}

bool SchemaReader::pause() {
    nextPause_ = offset_ + betweenPauses;
    if (!text_.shouldContinue || text_.shouldContinue()) return true;
    fail(DecodeFailure::Reason::stopped, " was not read to its end.");
    return false;
}

// ---- values ----

bool SchemaReader::null() {
    if (unknown_.isInValue()) unknown_.null();
    if (skipDepth_ > 0) return true;
    if (isOutside()) return fault("is not an object");
    Frame& frame = frames_.back();
    if (frame.list != nullptr) {
        ++frame.index;
    } else if (frame.row != nullptr && frame.isRepeated) {
        (void)memberOf(frame);
    }
    return true;
}

bool SchemaReader::boolean(bool value) {
    return scalar(Scalar{Scalar::Kind::boolean, value ? "true" : "false", value});
}

bool SchemaReader::number(std::string_view text) {
    return scalar(Scalar{Scalar::Kind::number, text});
}

bool SchemaReader::string(std::string_view value) {
    return scalar(Scalar{Scalar::Kind::text, value});
}

bool SchemaReader::scalar(const Scalar& value) {
    if (unknown_.isInValue()) unknown_.scalar(value);
    if (skipDepth_ > 0) return true;
    if (isOutside()) return fault("is not an object");
    Frame& frame = frames_.back();
    if (frame.list != nullptr) return setElement(frame, value);
    return frame.row == nullptr || setMember(frame, value);
}

// The member that the next value is for. What it had of an earlier key of the same name is forgotten.
void* SchemaReader::memberOf(Frame& frame) {
    void* const member = frame.row->member(frame.target);
    if (frame.isRepeated) frame.row->type->reset(member);
    frame.met |= std::uint64_t{1} << static_cast<std::size_t>(frame.row - frame.fields.rows);
    return member;
}

bool SchemaReader::setMember(Frame& frame, const Scalar& value) {
    const MemberType& type = *frame.row->type;
    if (type.setRaw != nullptr) return setRaw(value.kind == Scalar::Kind::text ? rawValue() : value.text);
    if (type.setScalar == nullptr) return refuse(frame, false);
    if (value.text.size() > inlineText && !spend(value.text.size())) return false;
    if (type.boxSize > 0 && !spend(type.boxSize)) return false;
    void* const member = memberOf(frame);
    if (type.isListOfTexts) {
        type.enterList(member);
        if (value.text.empty()) return true;  // a list of none
    }
    return type.setScalar(member, value) || refuse(frame, false);
}

bool SchemaReader::setElement(Frame& frame, const Scalar& value) {
    if (frame.isGathered && value.kind != Scalar::Kind::text) return true;
    if (frame.list->items != nullptr) return fault("is not an object");
    ++frame.index;
    return spend(sizeof(std::string) + value.text.size()) && frame.list->setScalar(frame.target, value);
}

// A value of another form than the row's. One that is lenient reads as absent; an object or a list is then skipped.
bool SchemaReader::refuse(Frame& frame, bool isNested) {
    if (!frame.row->isLenient) return fault(mismatch(*frame.row->type));
    if (frame.isRepeated) (void)memberOf(frame);
    return !isNested || skip();
}

// ---- objects and lists ----

bool SchemaReader::skip() {
    ++skipDepth_;
    return true;
}

bool SchemaReader::enter(Frame frame) {
    frames_.push_back(frame);
    return true;
}

bool SchemaReader::leave(char bracket) {
    --depth_;
    if (unknown_.isInValue()) unknown_.close(bracket);
    if (skipDepth_ == 0) {
        const bool isStored = storeUnknown(frames_.back());
        frames_.pop_back();
        return isStored;
    }
    return --skipDepth_ > 0 || !std::exchange(isInRaw_, false) || setRaw(rawValue());
}

bool SchemaReader::beginUnknown(const Frame& frame, std::string_view name) {
    if (text_.keepsUnknownFields && restOf(frame.fields) != nullptr) unknown_.begin(name);
    return true;
}

// When their object ends.
bool SchemaReader::storeUnknown(const Frame& frame) {
    const Field* const row = unknown_.isEmpty() ? nullptr : restOf(frame.fields);
    if (row == nullptr) return true;
    const std::string& json = unknown_.finish();
    if (!spend(json.size())) return false;
    *static_cast<std::string*>(row->member(frame.target)) = json;
    unknown_.clear();
    return true;
}

bool SchemaReader::beginRaw() {
    isInRaw_ = true;
    return skip();
}

bool SchemaReader::setRaw(std::string_view json) {
    if (!spend(json.size())) return false;
    Frame& frame = frames_.back();
    frame.row->type->setRaw(memberOf(frame), json);
    return true;
}

// The value that ends here, as it stands in the text.
std::string_view SchemaReader::rawValue() const {
    const std::size_t begin = std::min(text_.text.find_first_not_of(": \t\r\n", valueBegin_), offset_);
    return text_.text.substr(begin, offset_ - begin);
}

bool SchemaReader::startObject() {
    return begin(true);
}

bool SchemaReader::startArray() {
    return begin(false);
}

bool SchemaReader::begin(bool isObject) {
    if (++depth_ > deepest) return fault("is nested too deeply");
    if (unknown_.isInValue()) unknown_.open(isObject ? '{' : '[');
    if (skipDepth_ > 0) return skip();
    if (isOutside() && !isObject) return fault("is not an object");
    Frame& frame = frames_.back();
    if (frame.list != nullptr && frame.list->items != nullptr)
        return isObject ? enterItem(frame) : fault("is not an object");
    if (frame.list != nullptr) return enterElement(frame, isObject);
    if (frame.row == nullptr) return skip();
    return enterMember(frame, isObject);
}

bool SchemaReader::enterMember(Frame& frame, bool isObject) {
    const Field& row = *frame.row;
    const MemberType& type = *row.type;
    if (type.setRaw != nullptr) return beginRaw();
    const bool isAsObject = isObject && type.enterObject != nullptr;
    const bool isAsList = type.enterList != nullptr && (!isObject || row.flattensStrings);
    if (!isAsObject && !isAsList) return refuse(frame, true);
    if (type.boxSize > 0 && !spend(type.boxSize)) return false;
    void* const member = memberOf(frame);
    Frame inner;
    if (isAsObject) {
        inner.target = type.enterObject(member);
        inner.fields = type.fields();
    } else {
        inner.target = type.enterList(member);
        inner.list = &type;
        inner.flattensStrings = row.flattensStrings;
        inner.isGathered = isObject;
        if (type.items != nullptr) itemsBegin_ = offset_;
    }
    return enter(inner);
}

// In a list of strings.
bool SchemaReader::enterElement(Frame& frame, bool isObject) {
    if (!frame.flattensStrings) return fault("is not a text");
    ++frame.index;
    Frame inner = frame;
    inner.index = 0;
    inner.isGathered = frame.isGathered || isObject;
    return enter(inner);
}

bool SchemaReader::enterItem(Frame& frame) {
    const ItemListType& type = *frame.list->items;
    if (!spend(type.itemSize)) return false;
    reserveItems(frame);
    ++frame.index;
    Frame inner;
    inner.target = type.add(frame.target);
    inner.fields = frame.list->fields();
    return enter(inner);
}

bool SchemaReader::endObject() {
    return leave('}');
}

bool SchemaReader::endArray() {
    return leave(']');
}

bool SchemaReader::key(std::string_view name) {
    if (skipDepth_ > 0) {
        if (unknown_.isInValue()) unknown_.key(name);
        return true;
    }
    Frame& frame = frames_.back();
    if (frame.list != nullptr) return true;
    const std::size_t at = findRow(frame.fields, frame.next, name);
    valueBegin_ = offset_;
    frame.row = nullptr;
    if (at == frame.fields.count) return beginUnknown(frame, name);
    frame.row = &frame.fields.rows[at];
    frame.next = at + 1 < frame.fields.count ? at + 1 : 0;
    frame.isRepeated = (frame.met >> at & 1U) != 0;
    return true;
}

// ---- memory ----

// Doubling would cost three times the list while it moves. The bytes so far tell how many items are to come; where they
// mislead, the list grows neither by little at a time nor by much at once.
void SchemaReader::reserveItems(const Frame& frame) {
    const ItemListType& type = *frame.list->items;
    constexpr std::size_t few = 8;
    const std::size_t size = type.size(frame.target);
    if (size < type.capacity(frame.target)) return;
    if (size < few) return type.reserve(frame.target, few);
    const std::size_t average = (offset_ - itemsBegin_) / size + 1;
    const std::size_t expected = (text_.text.size() - offset_) / average;
    const std::size_t affordable = memoryLeft_ / type.itemSize + 1;
    const std::size_t more = std::clamp(expected + expected / 16 + 1, size / 8 + 1, size * 15);
    type.reserve(frame.target, size + std::min(more, affordable));
}

bool SchemaReader::spend(std::size_t bytes) {
    if (bytes > memoryLeft_) {
        failAsTooLarge();
        return false;
    }
    memoryLeft_ -= bytes;
    return true;
}

// ---- faults ----

std::string SchemaReader::place() const {
    std::string path;
    for (const Frame& frame : frames_) {
        const bool isInside = &frame != &frames_.back();
        if (frame.list != nullptr) {
            path += '[' + std::to_string(frame.index - (isInside ? 1 : 0)) + ']';
        } else if (frame.row != nullptr && !frame.row->name.empty()) {
            path += path.empty() ? "" : ".";
            path += frame.row->name;
        }
    }
    if (path.size() > longestPlace) {  // what lies between its ends is the same again and again
        path.replace(longestPlace / 2, path.size() - longestPlace, "...");
    }
    return path.empty() ? "the body" : path;
}

void SchemaReader::fail(DecodeFailure::Reason reason, std::string_view what) {
    failure_ = {reason, std::string(text_.name) + std::string(what)};
}

bool SchemaReader::fault(std::string_view what) {
    fail(DecodeFailure::Reason::notAList, " is not " + std::string(text_.expectation) + ": " + place() + ' ' +
                                              std::string(what) + ", near " + excerptAt(text_.text, offset_, secret_) +
                                              '.');
    return false;
}

void SchemaReader::failAsTooLarge() {
    fail(DecodeFailure::Reason::tooLarge, " needs more memory than it may, in " + place() + '.');
}

void SchemaReader::failAsCutOff() {
    fail(DecodeFailure::Reason::notJson,
         "'s JSON is cut off at byte " + std::to_string(text_.text.size()) + " (in " + place() + ").");
}

void SchemaReader::failAsNotJson() {
    fail(DecodeFailure::Reason::notJson, " is not JSON at byte " + std::to_string(offset_) + " (in " + place() +
                                             "), near " + excerptAt(text_.text, offset_, secret_) + '.');
}

}  // namespace applivery::detail
