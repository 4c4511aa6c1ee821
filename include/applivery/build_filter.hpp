/// @file
/// Defines the query of a list request: the filter and the page.
///
/// Both are aggregates. C++20 code can use designated initializers, such as `{.status = BuildStatus::processed}`.
#pragma once

#include <applivery/open_enum.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace applivery {

/// Selects the builds of a list request.
///
/// The service does the filtering. A build must match every member that is set.
///
/// @code
/// applivery::BuildFilter failedOnIos;
/// failedOnIos.status = applivery::BuildStatus::error;
/// failedOnIos.os = applivery::Os::ios;
/// const applivery::Result<applivery::BuildPage> page = client.listBuilds(failedOnIos);
/// @endcode
///
/// If the filter makes the URL longer than 16,384 bytes, the request fails with ErrorKind::invalidArgument.
struct BuildFilter {
    /// `versionName`. An empty text is refused. The service does not document whether this text must equal the version
    /// name of a build, or may be a part of the name.
    std::optional<std::string> versionName{};
    std::optional<BuildStatus> status{};  ///< `status`. BuildStatus::unknown is refused.
    std::optional<Os> os{};               ///< `os`. Os::unknown is refused. The service documents `ios` and `android`.
    /// Further query parameters: pairs of name and value. The library percent-encodes both.
    ///
    /// The following names are refused: a blank name, `page`, `limit`, and the name of a member above that is set.
    std::vector<std::pair<std::string, std::string>> extraParameters{};
};

/// Selects a page of the list.
///
/// @code
/// applivery::Page newest;
/// newest.limit = 1;
/// const applivery::Result<applivery::BuildPage> page = client.listBuilds({}, newest);
/// @endcode
struct Page {
    int number = 1;  ///< `page`, from 1.
    /// `limit`: number of builds on a page, at least 1. If absent, the service decides. The service may send fewer
    /// builds.
    std::optional<int> limit{};
};

}  // namespace applivery
