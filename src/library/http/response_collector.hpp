/// @file
/// Collects the response of one transfer.
#pragma once

#include <applivery/error.hpp>
#include <applivery/http_transport.hpp>

#include <curl/curl.h>

#include <cstddef>
#include <optional>
#include <string_view>

namespace applivery::detail {

/// Returns the error for a head that exceeds a limit of the library or of libcurl.
[[nodiscard]] Error headTooLarge();

/// Collects the head (status line and headers) and the body of one response, within the size limits. Used on the event
/// loop's thread.
class ResponseCollector {
public:
    /// Prepares for a transfer.
    /// @param handle handle of the transfer.
    /// @param maxBodyBytes largest size of the decompressed body in bytes.
    void begin(CURL* handle, std::size_t maxBodyBytes) noexcept;

    /// @{
    /// Adds a line of the head, or bytes of the body. Returns whether the transfer may continue. If not, takeFault()
    /// returns the reason.
    [[nodiscard]] bool addHeadLine(std::string_view line) noexcept;
    [[nodiscard]] bool addBody(std::string_view bytes) noexcept;
    /// @}

    /// Returns whether the head has begun and is not complete.
    [[nodiscard]] bool isInHead() const noexcept { return headBytes_ > 0 && !hasWholeHead_; }

    [[nodiscard]] bool hasWholeHead() const noexcept { return hasWholeHead_; }

    /// Returns whether the head is complete and has a status of 300 or above.
    [[nodiscard]] bool isUnsuccessful() const noexcept { return hasWholeHead_ && status() >= 300; }

    /// Returns the error that ended the transfer, if any.
    [[nodiscard]] std::optional<Error> takeFault() noexcept;

    /// Returns the response. May throw std::bad_alloc.
    [[nodiscard]] HttpResponse takeResponse();

private:
    void parseHeadLine(std::string_view line);
    [[nodiscard]] bool appendToBody(std::string_view bytes);
    void reserveBody(std::size_t needed);
    [[nodiscard]] int status() const noexcept;

    CURL* handle_ = nullptr;
    std::size_t maxBodyBytes_ = 0;
    HttpResponse response_;
    std::size_t headBytes_ = 0;
    bool hasWholeHead_ = false;  // the head of an interim response does not count
    std::optional<Error> fault_;
};

/// Returns CURLINFO_HTTP_VERSION.
[[nodiscard]] long httpVersion(CURL* handle) noexcept;

}  // namespace applivery::detail
