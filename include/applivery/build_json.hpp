/// @file
/// Builds and pages as JSON under the service's own names, and a build's fields by their path.
#pragma once

#include <applivery/build.hpp>
#include <applivery/build_page.hpp>
#include <applivery/export.hpp>
#include <applivery/result.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace applivery {

/// The build as the service would send it, on one line. What is absent is left out; times are RFC 3339 in UTC; text
/// that is not UTF-8 has U+FFFD instead, and a number that is none is `null`. Otherwise, what buildFromJson() makes of
/// it is equal to the build, within its limits.
[[nodiscard]] APPLIVERY_API std::string toJson(const Build& build);

/// The page as the service would answer it: `{"status":true,"data":{"items":[…],…}}`. `rawJson` and `serverTime` are
/// not in it.
[[nodiscard]] APPLIVERY_API std::string toJson(const BuildPage& page);

/// A refusal as the service would answer it: `{"status":false,"error":{"code":4004,"message":"Invalid Token"}}`. Text
/// that is not UTF-8 has U+FFFD instead. For codes, see applivery::api_code.
[[nodiscard]] APPLIVERY_API std::string errorToJson(int code, std::string_view message);

/// Reads one build, as it stands in `data.items` of an answer, as leniently as answers are read.
///
/// Errors: invalidResponse with the place of the fault; responseTooLarge where it would need more memory than the text
/// has bytes, and than 64 MiB, or a string of it is longer than a sixteenth of that.
[[nodiscard]] APPLIVERY_API Result<Build> buildFromJson(std::string_view json);

/// Reads an answer of the service that was kept, or written by toJson() or errorToJson().
///
/// Errors: those of buildFromJson(); for an answer that is the service's error, what BuildsClient::listBuilds() would
/// return for it. None is retryable.
[[nodiscard]] APPLIVERY_API Result<BuildPage> pageFromJson(std::string_view json);

/// The path of each field of a build, in the service's order, such as `id` or `info.ios.plist.CFBundleVersion`.
[[nodiscard]] APPLIVERY_API std::vector<std::string> buildFieldPaths();

/// A field as text: times as in JSON, lists with `, ` between their elements; empty where the field is absent. There is
/// no value where there is no such field. A path may also have the names of the structs' members, and is compared
/// without regard to case: `info.ios.plist.bundleVersion`.
[[nodiscard]] APPLIVERY_API std::optional<std::string> buildFieldText(const Build& build, std::string_view path);

}  // namespace applivery
