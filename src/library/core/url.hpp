/// @file
/// The parts of a URL, as libcurl will read them when it sends a request there.
#pragma once

#include "core/curl_handles.hpp"

#include <string>
#include <string_view>

namespace applivery::detail {

class Url {
public:
    explicit Url(const std::string& text);

    /// Whether the text is a URL. Where it is none, all parts are empty.
    [[nodiscard]] bool isValid() const noexcept { return url_ != nullptr; }

    /// Such as `CURLUPART_HOST`; empty where the URL has no such part.
    [[nodiscard]] std::string part(CURLUPart which) const;

    /// Whether it leads to this machine, without a look-up that could answer otherwise.
    [[nodiscard]] bool isLoopback() const;

    /// Whether what is sent there can be read on the way.
    [[nodiscard]] bool isPlainHttp() const { return part(CURLUPART_SCHEME) == "http"; }

private:
    UrlHandle url_;
};

/// Whether a URL has a colon after its host and no port. libcurl accepts that.
[[nodiscard]] bool hasEmptyPort(std::string_view url) noexcept;

}  // namespace applivery::detail
