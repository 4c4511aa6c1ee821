/// @file
/// An HTTP answer as a page of builds, or as the error that it is.
#pragma once

#include "core/secret.hpp"

#include <applivery/build_page.hpp>
#include <applivery/http_transport.hpp>
#include <applivery/result.hpp>

#include <cstddef>
#include <functional>
#include <string_view>

namespace applivery::detail {

struct DecodeOptions {
    int requestedPage = 1;                             ///< BuildPage::number where the service does not say.
    std::size_t memoryLimit = std::size_t{64} << 20U;  ///< Of the structs, in bytes.
    bool keepRawJson = false;                          ///< Move the body, without the secret, to BuildPage::rawJson.
    bool keepUnknownFields = false;                    ///< Fill Build::unknownFields.
    /// Asked now and then while a long body is read, whether to read on; false ends it as ErrorKind::cancelled. Must
    /// not throw. Null: to the end.
    std::function<bool()> shouldContinue{};
};

/// A failure is an HTTP status other than 2xx, or an `error` object, or a `status` that is not true. No text of the
/// error holds the secret, in whole or in part.
[[nodiscard]] Result<BuildPage> readAnswer(HttpResponse response, const DecodeOptions& options, const Secret& secret);

/// The same of a body that was kept: nothing is known of a status, and no error is retryable.
[[nodiscard]] Result<BuildPage> readBody(std::string_view body, const DecodeOptions& options, const Secret& secret);

}  // namespace applivery::detail
