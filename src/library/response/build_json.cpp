/// @file
/// Builds and pages as JSON that did not come as an answer.
#include "core/secret.hpp"
#include "json/error_envelope.hpp"
#include "json/json_writer.hpp"
#include "json/page_decoder.hpp"
#include "json/parse.hpp"
#include "json/schema.hpp"
#include "response/failure.hpp"
#include "response/response.hpp"

#include <applivery/build_json.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

namespace applivery {
namespace {

std::size_t memoryFor(std::string_view json) {
    return std::max(json.size(), detail::DecodeOptions{}.memoryLimit);
}

// The fields of a build are all optional, so any object can be read as one. A whole response has a `status` of another
// type; its inner objects have none of the fields.
std::optional<detail::DecodeFailure> failureIfNoBuild(const Build& build) {
    const auto failure = [](const char* why) {
        return detail::DecodeFailure{detail::DecodeFailure::Reason::notAList,
                                     std::string("the text is not a build: ") + why};
    };
    if (build.status == "true" || build.status == "false")
        return failure("it is a response of the service. Read it with pageFromJson().");
    Build unknown;
    unknown.unknownFields = build.unknownFields;
    if (!unknown.unknownFields.empty() && build == unknown)
        return failure("none of its fields is a build's. Read a response of the service with pageFromJson().");
    return std::nullopt;
}

}  // namespace

std::string toJson(const Build& build) {
    return detail::writeJson(detail::fieldsOf<Build>(), &build);
}

std::string toJson(const BuildPage& page) {
    return detail::writeBody(page);
}

std::string errorToJson(int code, std::string_view message) {
    return detail::writeErrorEnvelope(code, message);
}

Result<Build> buildFromJson(std::string_view json) {
    Build build;
    detail::JsonText text{json, memoryFor(json), "the text", "a build"};
    text.keepsUnknownFields = true;
    auto failure = detail::parseJson(text, detail::wholeText<Build>, &build, detail::Secret());
    if (!failure) failure = failureIfNoBuild(build);
    if (failure) return detail::errorFromText(*std::move(failure));
    return build;
}

Result<BuildPage> pageFromJson(std::string_view json) {
    detail::DecodeOptions options;
    options.memoryLimit = memoryFor(json);
    options.keepUnknownFields = true;
    return detail::readBody(json, options, detail::Secret());
}

}  // namespace applivery
