/// @file
/// Converts builds and pages to and from JSON, and provides the fields of a build by path.
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

/// Returns the build as JSON on one line, in the form and with the names of the service.
///
/// - Absent fields are omitted. The members of Build::unknownFields follow the known fields.
/// - Times have the form of RFC 3339, in UTC. A year outside 0 to 9999 has a sign and six digits, as in ISO 8601.
/// - Bytes that are not UTF-8 become U+FFFD. Numbers that are not finite become `null`.
///
/// buildFromJson() reads an equal build from the text, with these exceptions:
///
/// - Bytes that are not UTF-8, and numbers that are not finite.
/// - A build that exceeds the limits of buildFromJson().
/// - A build with no content except Build::unknownFields, which buildFromJson() refuses.
///
/// @code
/// const std::string json = applivery::toJson(build);
/// const applivery::Result<applivery::Build> copy = applivery::buildFromJson(json);
/// @endcode
[[nodiscard]] APPLIVERY_API std::string toJson(const Build& build);

/// Returns the page as the body of a response: `{"status":true,"data":{"items":[…],…}}`. Omits `rawJson` and
/// `serverTime`.
[[nodiscard]] APPLIVERY_API std::string toJson(const BuildPage& page);

/// Returns an error of the service as the body of a response:
/// `{"status":false,"error":{"code":4004,"message":"Invalid Token"}}`.
///
/// @param code such as applivery::api_code::invalidToken.
/// @param message text of the error. Bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] APPLIVERY_API std::string errorToJson(int code, std::string_view message);

/// Reads one build in the form of an element of `data.items`. Sets Build::unknownFields.
///
/// Unexpected values are tolerated as in a response of the service.
///
/// Errors:
/// - ErrorKind::invalidResponse, with the place of the fault, if the text is not a build. This includes a
///   whole response, and an object whose fields are all unknown.
/// - ErrorKind::responseTooLarge if the build exceeds the memory limit, or a string exceeds a sixteenth of this limit.
///   The limit is the size of the text, and at least 64 MiB.
[[nodiscard]] APPLIVERY_API Result<Build> buildFromJson(std::string_view json);

/// Reads a response body that was stored, or was created by toJson() or errorToJson(). Sets Build::unknownFields of
/// each build.
///
/// Errors: those of buildFromJson(). If the body is an error of the service, returns an Error with the kind of
/// Error::apiCode(). The Error has no HTTP status. If the code is unknown, the kind is ErrorKind::server. No error is
/// retryable.
///
/// @code
/// const applivery::Result<applivery::BuildPage> page = applivery::pageFromJson(storedBody);
/// @endcode
[[nodiscard]] APPLIVERY_API Result<BuildPage> pageFromJson(std::string_view json);

/// Returns the path of each field of a build, in the service's order, such as `id` or `info.ios.plist.CFBundleVersion`.
/// The last path is `unknownFields`.
[[nodiscard]] APPLIVERY_API std::vector<std::string> buildFieldPaths();

/// Returns a field of a build as text, or std::nullopt if no field has this path.
///
/// The text is empty if the field is absent. Times have the form of toJson(). The elements of a list are separated by
/// `, `. The text of `unknownFields` is Build::unknownFields, a JSON object.
///
/// @param build the build.
/// @param path a path of buildFieldPaths(), or the same path with member names, such as
/// `info.ios.plist.bundleVersion`. Compared without regard to case.
///
/// @code
/// for (const std::string& path : applivery::buildFieldPaths()) {
///     std::cout << path << ": " << applivery::printable(*applivery::buildFieldText(build, path)) << '\n';
/// }
/// @endcode
[[nodiscard]] APPLIVERY_API std::optional<std::string> buildFieldText(const Build& build, std::string_view path);

}  // namespace applivery
