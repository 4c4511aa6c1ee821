/// @file
/// Converts builds and pages to and from JSON without a request.
#include "core/secret.hpp"
#include "json/error_envelope.hpp"
#include "json/page_decoder.hpp"
#include "json/parse.hpp"
#include "json/schema.hpp"
#include "json/schema_writer.hpp"
#include "response/failure.hpp"
#include "response/response.hpp"

#include <applivery/build_json.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

namespace applivery {
namespace {

std::size_t memoryLimitFor(std::string_view json) {
    return std::max(json.size(), detail::DecodeOptions{}.memoryLimit);
}

// Returns a failure if the decoded object was not a build. All fields are optional, so any object can be decoded as a
// build. A whole response has a boolean `status`, and the objects inside it have no field of a build.
std::optional<detail::DecodeFailure> failureIfNotBuild(const Build& build) {
    const auto failure = [](const char* problem) {
        return detail::DecodeFailure{detail::DecodeFailure::Reason::mismatch,
                                     std::string("the text is not a build: ") + problem};
    };
    if (build.status == "true" || build.status == "false")
        return failure("it is a response of the service. Read it with pageFromJson().");
    Build withoutKnownFields;
    withoutKnownFields.unknownFields = build.unknownFields;
    if (!build.unknownFields.empty() && build == withoutKnownFields)
        return failure("it has no field of a build. Read a response of the service with pageFromJson().");
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
    detail::JsonInput input{json, memoryLimitFor(json), "the text", "a build"};
    input.keepsUnknownFields = true;
    auto failure = detail::parseJson(input, detail::rootField<Build>, &build, detail::Secret());
    if (!failure) failure = failureIfNotBuild(build);
    if (failure) return detail::errorFromText(*std::move(failure));
    return build;
}

Result<BuildPage> pageFromJson(std::string_view json) {
    detail::DecodeOptions options;
    options.memoryLimit = memoryLimitFor(json);
    options.keepUnknownFields = true;
    return detail::readBody(json, options, detail::Secret());
}

}  // namespace applivery
