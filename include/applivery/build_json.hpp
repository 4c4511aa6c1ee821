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

/// Returns the build as the service would send it, on one line.
///
/// - A field that is absent is omitted. The members of Build::unknownFields follow the known fields.
/// - Times are RFC 3339 in UTC. A year outside 0 to 9999 has a sign and six digits, as in ISO 8601.
/// - Bytes that are not UTF-8 become U+FFFD, and a number that is not finite becomes `null`.
///
/// Apart from the last point, buildFromJson() reads an equal build from it, within its limits. It refuses a build of
/// which Build::unknownFields is the only content.
[[nodiscard]] APPLIVERY_API std::string toJson(const Build& build);

/// The page as the service would answer it: `{"status":true,"data":{"items":[…],…}}`. `rawJson` and `serverTime` are
/// not in it.
[[nodiscard]] APPLIVERY_API std::string toJson(const BuildPage& page);

/// A refusal as the service would answer it: `{"status":false,"error":{"code":4004,"message":"Invalid Token"}}`. Text
/// that is not UTF-8 has U+FFFD instead. For codes, see applivery::api_code.
[[nodiscard]] APPLIVERY_API std::string errorToJson(int code, std::string_view message);

/// Reads one build, in the form of the elements of `data.items` in a response. It is as lenient as the reader of
/// responses, and fills Build::unknownFields.
///
/// Errors:
/// - invalidResponse with the place of the fault. Also for a whole response, and for an object that has fields and
///   none of them is a build's.
/// - responseTooLarge if the build needs more memory than the size of the text, and more than 64 MiB, or if a string is
///   longer than a sixteenth of that limit.
[[nodiscard]] APPLIVERY_API Result<Build> buildFromJson(std::string_view json);

/// Reads a response of the service that was kept, or written by toJson() or errorToJson(). Fills Build::unknownFields
/// of each build.
///
/// Errors: those of buildFromJson(); for an answer that is the service's error, what BuildsClient::listBuilds() would
/// return for it. None is retryable.
[[nodiscard]] APPLIVERY_API Result<BuildPage> pageFromJson(std::string_view json);

/// Returns the path of each field of a build, in the service's order, such as `id` or `info.ios.plist.CFBundleVersion`.
/// The last path is `unknownFields`.
[[nodiscard]] APPLIVERY_API std::vector<std::string> buildFieldPaths();

/// Returns a field as text: times as in JSON, lists with `, ` between their elements. The text is empty if the field is
/// absent. Returns std::nullopt if there is no such field. The path `unknownFields` is Build::unknownFields, a JSON
/// object. A path may also have the names of the structs' members, and is compared without regard to case:
/// `info.ios.plist.bundleVersion`.
[[nodiscard]] APPLIVERY_API std::optional<std::string> buildFieldText(const Build& build, std::string_view path);

}  // namespace applivery
