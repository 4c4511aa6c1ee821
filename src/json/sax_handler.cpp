#include "json/sax_handler.hpp"

#include "core/excerpt.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace applivery::detail {
namespace {

constexpr std::size_t deepest = 512;
constexpr std::size_t inlineText = 15;  // what a std::string holds without memory of its own

std::optional<int> asInt(const std::optional<std::int64_t>& number) {
    if (!number || *number < 0 || *number > std::numeric_limits<int>::max()) return std::nullopt;
    return static_cast<int>(*number);
}

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

}  // namespace

SaxHandler::SaxHandler(std::string_view body, const char* const& position, std::size_t memoryLimit,
                       const Secret& secret)
    : body_(body), position_(position), secret_(secret), memoryLeft_(memoryLimit) {
    frames_.emplace_back();
}

std::variant<DecodedBody, DecodeFailure> SaxHandler::finish() && {
    if (failure_) return *std::move(failure_);
    BuildPage& page = decoded_.page;
    page.number = asInt(facts_.page).value_or(0);
    page.limit = asInt(facts_.limit);
    page.totalPages = asInt(facts_.totalPages);
    if (facts_.totalDocs && *facts_.totalDocs >= 0) page.totalItems = facts_.totalDocs;
    page.hasNextPage = facts_.hasNextPage;
    return std::move(decoded_);
}

// ---- values ----

bool SaxHandler::null() {
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
    switch (frame.place) {
        case Place::outside:
            return fault("is not an object");
        case Place::answer:
            if (frame.name == "status") {
                decoded_.statusIsTrue = value.kind == Scalar::Kind::boolean && value.boolean;
            }
            return frame.name != "data" || fault("is not an object");
        case Place::data:
            if (frame.name == "items") return fault("is not a list");
            if (frame.row != nullptr) (void)frame.row->type->setScalar(frame.row->member(frame.object), value);
            return true;
        case Place::items:
            return fault("is not an object");
        case Place::object:
            return frame.row == nullptr || setMember(value);
        case Place::gather:
            if (value.kind != Scalar::Kind::text) return true;
            [[fallthrough]];
        case Place::list:
            ++frame.index;
            if (value.kind == Scalar::Kind::text && !spend(value.text->size())) return false;
            return spend(sizeof(std::string)) && frame.list->setScalar(frame.object, value);
    }
    return true;
}

bool SaxHandler::setMember(Scalar& value) {
    const Frame& frame = frames_.back();
    const std::size_t heap =
        value.kind == Scalar::Kind::text && value.text->size() > inlineText ? value.text->size() : 0;
    if (!spend(heap)) return false;
    void* const member = frame.row->member(frame.object);
    if (frame.row->type->enterList != nullptr) frame.row->type->enterList(member);
    if (frame.row->type->setScalar == nullptr || !frame.row->type->setScalar(member, value)) {
        return fault("is of a type or form that it cannot have");
    }
    return true;
}

// ---- objects and lists ----

bool SaxHandler::isSkipped() const {
    const Frame& frame = frames_.back();
    if (skipDepth_ > 0) return true;
    if (frame.place == Place::answer) return frame.name != "data";
    if (frame.place == Place::data) return frame.name != "items";
    return frame.place == Place::object && frame.row == nullptr;
}

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
    if (skipDepth_ > 0) {
        --skipDepth_;
    } else {
        frames_.pop_back();
    }
    return true;
}

bool SaxHandler::start_object(std::size_t) {
    if (++depth_ > deepest) return fault("is nested too deeply");
    const Frame& frame = frames_.back();
    if (skipDepth_ == 0 && frame.place == Place::answer && frame.name == "error") decoded_.hasErrorObject = true;
    return isSkipped() ? skip() : enterObject();
}

bool SaxHandler::enterObject() {
    Frame& frame = frames_.back();
    switch (frame.place) {
        case Place::outside:
            return enter({Place::answer});
        case Place::answer:
            return enter({Place::data, pageFields(), &facts_});
        case Place::data:
            return fault("is not a list");
        case Place::items:
            return enterItem();
        case Place::list:
        case Place::gather:
            return enter({Place::gather, {}, frame.object, frame.list});
        case Place::object:
            break;
    }
    const MemberType& type = *frame.row->type;
    void* const member = frame.row->member(frame.object);
    if (type.enterList != nullptr) {
        type.enterList(member);
        return enter({Place::gather, {}, member, &type});
    }
    if (type.enterObject == nullptr) return fault("is an object where none can be");
    return enter({Place::object, type.fields(), type.enterObject(member)});
}

bool SaxHandler::enterItem() {
    if (!spend(sizeof(Build))) return false;
    reserveItems();
    ++frames_.back().index;
    return enter({Place::object, buildFields(), &decoded_.page.items.emplace_back()});
}

bool SaxHandler::end_object() {
    return leave();
}

bool SaxHandler::start_array(std::size_t) {
    if (++depth_ > deepest) return fault("is nested too deeply");
    return isSkipped() ? skip() : enterList();
}

bool SaxHandler::enterList() {
    Frame& frame = frames_.back();
    switch (frame.place) {
        case Place::data:
            decoded_.hasItems = true;
            decoded_.page.items.clear();
            itemsBegin_ = offset();
            return enter({Place::items});
        case Place::list:
        case Place::gather:
            return enter({frame.place, {}, frame.object, frame.list});
        case Place::object:
            break;
        default:
            return fault("is not an object");
    }
    const MemberType& type = *frame.row->type;
    if (type.enterList == nullptr) return fault("is a list where none can be");
    void* const member = frame.row->member(frame.object);
    type.enterList(member);
    return enter({Place::list, {}, member, &type});
}

bool SaxHandler::end_array() {
    return leave();
}

bool SaxHandler::key(std::string& name) {
    if (skipDepth_ > 0) return true;
    Frame& frame = frames_.back();
    frame.row = findRow(frame.fields, frame.next, name);
    frame.name = frame.row != nullptr ? frame.row->name : std::string_view{};
    if (frame.row == nullptr) {
        for (const std::string_view ours : {"status", "data", "error", "items"}) {
            if (name == ours) frame.name = ours;
        }
    }
    return true;
}

// ---- memory ----

// Doubling would cost three times the list while it moves. The bytes so far tell how many items are to come.
void SaxHandler::reserveItems() {
    std::vector<Build>& items = decoded_.page.items;
    constexpr std::size_t few = 8;
    if (items.size() < items.capacity()) return;
    if (items.size() < few) return items.reserve(few);
    const std::size_t average = (offset() - itemsBegin_) / items.size() + 1;
    const std::size_t expected = (body_.size() - offset()) / average;
    const std::size_t affordable = memoryLeft_ / sizeof(Build);
    items.reserve(items.size() + std::min(expected + expected / 16 + 1, affordable + 1));
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
    return static_cast<std::size_t>(position_ - body_.data());
}

std::string SaxHandler::place() const {
    std::string path;
    for (const Frame& frame : frames_) {
        if (frame.place == Place::items) {
            path += '[' + std::to_string(frame.index > 0 && &frame != &frames_.back() ? frame.index - 1 : frame.index) +
                    ']';
        } else if (frame.place == Place::list) {
            path += '[' + std::to_string(frame.index) + ']';
        } else if (!frame.name.empty()) {
            path += path.empty() ? "" : ".";
            path += frame.name;
        }
    }
    return path.empty() ? "the body" : path;
}

bool SaxHandler::fault(const std::string& what) {
    failure_ = {DecodeFailure::Reason::notAList, "the answer is not a list of builds: " + place() + ' ' + what +
                                                     ", near " + excerptAt(body_, offset(), secret_) +
                                                     ". Is a newer version of this library needed?"};
    return false;
}

bool SaxHandler::parse_error(std::size_t position, const std::string&, const Json::exception&) {
    const bool cutOff = position >= body_.size();
    const std::string where = " at byte " + std::to_string(std::min(position, body_.size())) + " (in " + place() + ')';
    failure_ = {DecodeFailure::Reason::notJson,
                cutOff ? "the answer's JSON is cut off" + where + '.'
                       : "the answer is not JSON" + where + ", near " + excerptAt(body_, position, secret_) + '.'};
    return false;
}

}  // namespace applivery::detail
