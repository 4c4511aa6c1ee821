/// @file
/// Parses URLs with libcurl.
#pragma once

#include "core/curl_handles.hpp"

#include <string>
#include <string_view>

namespace applivery::detail {

/// Represents a URL. Uses the parser of libcurl, so that a check and the later request agree on the host.
class Url {
public:
    explicit Url(const std::string& text);

    /// Returns whether the text is a URL. If not, all parts are empty.
    [[nodiscard]] bool isValid() const noexcept { return url_ != nullptr; }

    /// Returns a part, such as `CURLUPART_HOST`; empty if the URL has no such part.
    [[nodiscard]] std::string part(CURLUPart which) const;

    /// Returns whether the host is `localhost` or a loopback address. Does not look up names.
    [[nodiscard]] bool isLoopback() const;

    /// Returns whether requests to this URL are not encrypted.
    [[nodiscard]] bool isPlainHttp() const { return part(CURLUPART_SCHEME) == "http"; }

private:
    UrlHandle url_;
};

/// Returns whether a URL has a colon after its host and no port. libcurl accepts such a URL.
[[nodiscard]] bool hasEmptyPort(std::string_view url) noexcept;

}  // namespace applivery::detail
