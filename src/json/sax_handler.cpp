#include "json/sax_handler.hpp"

#include "core/excerpt.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace applivery::detail {
namespace {

constexpr std::size_t deepest = 512;
constexpr std::size_t longestPlace = 200;
constexpr std::size_t inlineText = 15;  // what a std::string holds without memory of its own

// The row of that name. The service keeps the tables' order, so the search begins behind the last row that matched.
const Field* findRow(const Fields& fields, std::size_t& next, std::string_view name) {
    for (std::size_t i = 0; i < fields.count; ++i) {
        const std::size_t at = next + i < fields.count ? next + i : next + i - fields.count;
        if (fields.rows[at].name == name) {
            next = at + 1 < fields.count ? at + 1 : 0;
            return &fields.rows[at];
        }
    }
    return nullptr;
}

// What is wrong with a value of another form than the member's.
std::string_view mismatch(const MemberType& type) {
    if (type.items != nullptr) return "is not a list";
    if (type.enterObject != nullptr && type.setScalar == nullptr) return "is not an object";
    return "is of a type or form that it cannot have";
}

}  // namespace

SaxHandler::SaxHandler(std::string_view body, const ParserPosition& position, const Field& row, void* object,
                       std::size_t memoryLimit, const Secret& secret)
    : body_(body), position_(position), secret_(secret), memoryLeft_(memoryLimit) {
    constexpr std::size_t usualDepth = 12;
    frames_.reserve(usualDepth);
    Frame outside;
    outside.target = object;
    outside.row = &row;
    frames_.push_back(outside);
}

// ---- values ----

bool SaxHandler::null() {
    Frame& frame = frames_.back();
    if (skipDepth_ == 0 && frame.list != nullptr) ++frame.index;
    return true;
}

bool SaxHandler::boolean(bool value) {
    Scalar scalarValue{Scalar::Kind::boolean};
    scalarValue.boolean = value;
    return scalar(scalarValue);
}

bool SaxHandler::number_integer(std::int64_t value) {
    Scalar scalarValue{Scalar::Kind::integer};
    scalarValue.integer = value;
    return scalar(scalarValue);
}

bool SaxHandler::number_unsigned(std::uint64_t value) {
    if (value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        return number_integer(static_cast<std::int64_t>(value));
    }
    return number_float(static_cast<double>(value), std::to_string(value));
}

bool SaxHandler::number_float(double value, const std::string& text) {
    std::string copy = text;
    Scalar scalarValue{Scalar::Kind::real, &copy};
    scalarValue.real = value;
    return scalar(scalarValue);
}

bool SaxHandler::string(std::string& value) {
    return scalar(Scalar{Scalar::Kind::text, &value});
}

bool SaxHandler::binary(std::vector<std::uint8_t>&) {
    return true;
}  // JSON text has none

bool SaxHandler::scalar(Scalar value) {
    if (skipDepth_ > 0) return true;
    Frame& frame = frames_.back();
    if (frame.list != nullptr) return setElement(frame, value);
    return frame.row == nullptr || setMember(frame, value);
}

bool SaxHandler::setMember(const Frame& frame, Scalar& value) {
    const MemberType& type = *frame.row->type;
    if (type.setScalar == nullptr) return type.setRaw != nullptr ? setRaw() : refuse(*frame.row, false);
    const bool takesHeap = value.kind == Scalar::Kind::text && value.text->size() > inlineText;
    if (takesHeap && !spend(value.text->size())) return false;
    void* const member = frame.row->member(frame.target);
    if (type.enterList != nullptr) type.enterList(member);
    return type.setScalar(member, value) || refuse(*frame.row, false);
}

bool SaxHandler::setElement(Frame& frame, Scalar& value) {
    if (frame.list->items != nullptr) return fault("is not an object");
    if (frame.gathers && value.kind != Scalar::Kind::text) return true;
    ++frame.index;
    if (value.kind == Scalar::Kind::text && !spend(value.text->size())) return false;
    return spend(sizeof(std::string)) && frame.list->setScalar(frame.target, value);
}

// A value of another form than the row's. One that is lenient reads as absent; an object or a list is then skipped.
bool SaxHandler::refuse(const Field& row, bool isNested) {
    if (!row.isLenient) return fault(mismatch(*row.type));
    return !isNested || skip();
}

// ---- objects and lists ----

bool SaxHandler::skip() {
    ++skipDepth_;
    return true;
}

bool SaxHandler::enter(Frame frame) {
    frames_.push_back(frame);
    return true;
}

bool SaxHandler::leave() {
    --depth_;
    if (skipDepth_ == 0) {
        frames_.pop_back();
    } else if (--skipDepth_ == 0 && std::exchange(isInRaw_, false)) {
        return setRaw();
    }
    return true;
}

bool SaxHandler::beginRaw() {
    isInRaw_ = true;
    return skip();
}

// The value that ends here, as it stands in the body.
bool SaxHandler::setRaw() {
    const Frame& frame = frames_.back();
    const std::size_t begin = std::min(body_.find_first_not_of(": \t\r\n", valueBegin_), body_.size());
    std::string_view json = body_.substr(begin, offset() - begin);
    const bool isBare = !json.empty() && std::string_view("\"[{").find(json.front()) == std::string_view::npos;
    if (isBare) json = json.substr(0, json.find_first_of(",}] \t\r\n"));  // the parser looks one character ahead
    if (!spend(json.size())) return false;
    frame.row->type->setRaw(frame.row->member(frame.target), json);
    return true;
}

bool SaxHandler::start_object(std::size_t) {
    if (++depth_ > deepest) return fault("is nested too deeply");
    Frame& frame = frames_.back();
    if (skipDepth_ > 0) return skip();
    if (frame.list != nullptr) return frame.list->items != nullptr ? enterItem(frame) : enterElement(frame, true);
    if (frame.row == nullptr) return skip();
    const MemberType& type = *frame.row->type;
    if (type.enterObject == nullptr && (type.enterList == nullptr || type.items != nullptr)) {
        return type.setRaw != nullptr ? beginRaw() : refuse(*frame.row, true);
    }
    void* const member = frame.row->member(frame.target);
    Frame inner;
    if (type.enterObject != nullptr) {
        inner.target = type.enterObject(member);
        inner.fields = type.fields();
    } else {
        type.enterList(member);
        inner.target = member;
        inner.list = &type;
        inner.gathers = true;
    }
    return enter(inner);
}

bool SaxHandler::start_array(std::size_t) {
    if (++depth_ > deepest) return fault("is nested too deeply");
    Frame& frame = frames_.back();
    if (skipDepth_ > 0) return skip();
    if (frame.list != nullptr) {
        return frame.list->items != nullptr ? fault("is not an object") : enterElement(frame, frame.gathers);
    }
    if (frame.row == nullptr) return skip();
    const MemberType& type = *frame.row->type;
    if (type.enterList == nullptr) return type.setRaw != nullptr ? beginRaw() : refuse(*frame.row, true);
    void* const member = frame.row->member(frame.target);
    Frame inner;
    inner.target = type.enterList(member);
    inner.list = &type;
    if (type.items != nullptr) itemsBegin_ = offset();
    return enter(inner);
}

// What is inside a list of strings: the strings of it belong to the same list.
bool SaxHandler::enterElement(Frame& frame, bool gathers) {
    ++frame.index;
    Frame inner = frame;
    inner.index = 0;
    inner.gathers = gathers;
    return enter(inner);
}

bool SaxHandler::enterItem(Frame& frame) {
    const ItemListType& type = *frame.list->items;
    if (!spend(type.itemSize)) return false;
    reserveItems(frame);
    ++frame.index;
    Frame inner;
    inner.target = type.add(frame.target);
    inner.fields = frame.list->fields();
    return enter(inner);
}

bool SaxHandler::end_object() {
    return leave();
}

bool SaxHandler::end_array() {
    return leave();
}

bool SaxHandler::key(std::string& name) {
    if (skipDepth_ > 0) return true;
    Frame& frame = frames_.back();
    if (frame.list != nullptr) return true;
    frame.row = findRow(frame.fields, frame.next, name);
    valueBegin_ = offset();
    return true;
}

// ---- memory ----

// Doubling would cost three times the list while it moves. The bytes so far tell how many items are to come.
void SaxHandler::reserveItems(const Frame& frame) {
    const ItemListType& type = *frame.list->items;
    constexpr std::size_t few = 8;
    const std::size_t size = type.size(frame.target);
    if (size < type.capacity(frame.target)) return;
    if (size < few) return type.reserve(frame.target, few);
    const std::size_t average = (offset() - itemsBegin_) / size + 1;
    const std::size_t expected = (body_.size() - offset()) / average;
    const std::size_t affordable = memoryLeft_ / type.itemSize;
    type.reserve(frame.target, size + std::min(expected + expected / 16 + 1, affordable + 1));
}

bool SaxHandler::spend(std::size_t bytes) {
    if (bytes <= memoryLeft_) {
        memoryLeft_ -= bytes;
        return true;
    }
    failure_ = {DecodeFailure::Reason::tooLarge,
                "the builds in the answer need more memory than ClientOptions::maxResponseBytes. Ask for fewer with "
                "Page::limit, or raise it."};
    return false;
}

// ---- faults ----

std::size_t SaxHandler::offset() const {
    return static_cast<std::size_t>(position_.at - body_.data());
}

std::string SaxHandler::place() const {
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

bool SaxHandler::fault(std::string_view what) {
    failure_ = {DecodeFailure::Reason::notAList,
                "the answer is not a list of builds: " + place() + ' ' + std::string(what) + ", near " +
                    excerptAt(body_, offset(), secret_) + ". Is a newer version of this library needed?"};
    return false;
}

bool SaxHandler::parse_error(std::size_t position, const std::string&, const std::exception&) {
    position += position_.folded;
    const bool cutOff = position >= body_.size();
    const std::string where = " at byte " + std::to_string(std::min(position, body_.size())) + " (in " + place() + ')';
    failure_ = {DecodeFailure::Reason::notJson,
                cutOff ? "the answer's JSON is cut off" + where + '.'
                       : "the answer is not JSON" + where + ", near " + excerptAt(body_, position, secret_) + '.'};
    return false;
}

}  // namespace applivery::detail
