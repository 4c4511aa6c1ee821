/// @file
/// Converts an HTTP response to a page of builds, or to an error.
#pragma once

#include "core/secret.hpp"

#include <applivery/build_page.hpp>
#include <applivery/http_transport.hpp>
#include <applivery/result.hpp>

#include <cstddef>
#include <functional>
#include <string_view>

namespace applivery::detail {

/// Configures how a body is decoded.
struct DecodeOptions {
    int requestedPage = 1;                             ///< BuildPage::number if the response does not contain it.
    std::size_t memoryLimit = std::size_t{64} << 20U;  ///< Maximum memory of the structs, in bytes.
    bool keepRawJson = false;                          ///< Whether to move the redacted body to BuildPage::rawJson.
    bool keepUnknownFields = false;                    ///< Whether to fill Build::unknownFields.
    /// Called every few milliseconds while a long body is decoded. If the function returns false, decoding ends with
    /// ErrorKind::cancelled. Must not throw. May be null.
    std::function<bool()> shouldContinue{};
};

/// Decodes a response. The error does not contain any part of the secret. Returns an error if
/// - the HTTP status is not 2xx,
/// - the body has an `error` object, or its `status` is not true,
/// - the body is not a page.
[[nodiscard]] Result<BuildPage> readResponse(HttpResponse response, const DecodeOptions& options, const Secret& secret);

/// Decodes a stored body, for which there is no HTTP status. No error is retryable.
[[nodiscard]] Result<BuildPage> readBody(std::string_view body, const DecodeOptions& options, const Secret& secret);

}  // namespace applivery::detail
