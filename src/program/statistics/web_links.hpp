/// @file
/// Links of a build, which come from the uploader's CI system and are not trusted.
#pragma once

#include <string>
#include <string_view>

namespace applivery::program {

/// Returns the URL without white space around it; empty unless it is safe to link to. A safe URL has at most 2,000
/// bytes, the scheme http or https, a host, and no user name or password, which could be a token.
[[nodiscard]] std::string webLink(std::string_view url);

/// Returns the URL of the commit's page; empty unless the repository has a web link and the commit is a hash.
[[nodiscard]] std::string commitLink(std::string_view repositoryUrl, std::string_view commit);

}  // namespace applivery::program
