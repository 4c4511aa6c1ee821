/// @file
/// What can go wrong, and what is known about it.
#pragma once

#include <applivery/export.hpp>

#include <chrono>
#include <iosfwd>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

APPLIVERY_WARNINGS_PUSH
namespace applivery {

/// The kinds of failure, by what the caller can do about them.
enum class ErrorKind {
    invalidArgument,   ///< A credential, option, filter or page was refused; nothing was sent.
    authentication,    ///< The token is missing, wrong, deleted or expired (HTTP 401; codes 4002, 4004, 3002).
    permissionDenied,  ///< The token is valid and may not do this (HTTP 403; code 4003).
    planLimit,         ///< The workspace's plan or quota refuses it (codes 5003, 5004; HTTP 402).
    notFound,          ///< No such app, organization or route (HTTP 404; codes 3001, 1002).
    invalidRequest,    ///< The service refused a parameter (HTTP 400, 422 and other 4xx; code 5014).
    rateLimited,       ///< Too many requests (HTTP 429); see Error::retryAfter().
    server,            ///< The service failed (HTTP 5xx, 425, code 1000), or reported an error of no known kind.
    connection,        ///< The service was not reached, the connection broke, or this machine lacks what it takes.
    tls,               ///< The server's certificate or the TLS protocol was refused; see Error::tlsFailure().
    timeout,           ///< No whole answer within ClientOptions::connectTimeout or requestTimeout.
    cancelled,         ///< A CancellationToken was cancelled, or the client was destroyed.
    invalidResponse,   ///< An answer came that is not the documented one.
    responseTooLarge,  ///< The answer is larger than ClientOptions::maxResponseBytes.
};

/// The enumerator's name, such as `"rateLimited"`.
[[nodiscard]] APPLIVERY_API std::string_view toString(ErrorKind kind) noexcept;

/// Reasons for which TLS failed.
enum class TlsFailure {
    expired,                    ///< The server's certificate has expired, or this machine's clock is ahead.
    notYetValid,                ///< The server's certificate is not valid yet, or this machine's clock is behind.
    wrongHost,                  ///< The server's certificate is for another host.
    unknownAuthority,           ///< An authority that is not trusted signed the server's certificate.
    selfSigned,                 ///< The server signed its certificate itself, and the certificate is not trusted.
    clientCertificateRequired,  ///< The server requires a certificate of the client, which the library cannot send.
    protocolVersion,            ///< The server and this machine have no version of TLS in common.
};

/// The service's own error codes (`error.code`) that this library knows. Any other code is passed through
/// Error::apiCode() unchanged.
namespace api_code {
inline constexpr int internalError = 1000;      ///< Internal error.
inline constexpr int routeNotFound = 1002;      ///< Route not found.
inline constexpr int entityNotFound = 3001;     ///< The organization or app does not exist for this token.
inline constexpr int tokenExpired = 3002;       ///< The token expired: create a new one.
inline constexpr int noAuthToken = 4002;        ///< No auth token; with the message "Invalid Token", a wrong token.
inline constexpr int forbidden = 4003;          ///< Forbidden.
inline constexpr int invalidToken = 4004;       ///< Invalid token: wrong or deleted.
inline constexpr int limitExceeded = 5003;      ///< Limit exceeded: the plan's quota, not a rate limit.
inline constexpr int planNotAllowed = 5004;     ///< The billing plan does not allow this.
inline constexpr int buildNotProcessed = 5014;  ///< The build is not processed yet.
}  // namespace api_code

/// One failure: its kind, a message for people, and the facts for programs.
///
/// A plain value: copy it, keep it, read it from any thread. No part of it ever holds a token.
class APPLIVERY_API Error {
public:
    /// An error that no answer of the service stands behind. Write the message so that it says what failed, where, and
    /// what to do.
    Error(ErrorKind kind, std::string message);

    /// @{
    /// Copies or moves the error. Defined in the library: compiled into every caller, they would make programs larger.
    Error(const Error&);
    Error(Error&&) noexcept;
    Error& operator=(const Error&);
    Error& operator=(Error&&) noexcept;
    ~Error();
    /// @}

    /// What to do about it, for programs.
    [[nodiscard]] ErrorKind kind() const noexcept { return kind_; }

    /// What failed, where, and what to do. Control characters of the server's text are escaped.
    [[nodiscard]] const std::string& message() const noexcept { return message_; }

    /// The status of the HTTP answer, which may be a proxy's; absent where none came.
    [[nodiscard]] std::optional<int> httpStatus() const noexcept { return httpStatus_; }

    /// The service's `error.code`; compare with applivery::api_code.
    [[nodiscard]] std::optional<int> apiCode() const noexcept { return apiCode_; }

    /// The service's `error.data` as JSON text; empty where none was sent.
    [[nodiscard]] const std::string& apiData() const noexcept { return apiData_; }

    /// How long the server asked to wait (`Retry-After`), in seconds from when the answer came.
    [[nodiscard]] std::optional<std::chrono::seconds> retryAfter() const noexcept { return retryAfter_; }

    /// Returns why TLS failed; absent if TLS did not fail, or if the TLS library does not give the reason. Schannel
    /// gives `expired` for `notYetValid`. GnuTLS gives `unknownAuthority` for `selfSigned`, and does not give
    /// `protocolVersion`.
    [[nodiscard]] std::optional<TlsFailure> tlsFailure() const noexcept { return tlsFailure_; }

    /// How many requests were sent; 0 where the call was refused before the first.
    [[nodiscard]] int attempts() const noexcept { return attempts_; }

    /// Whether the same call may succeed later without a change: connection failures, time-outs, HTTP 408, 425, 429,
    /// 500, 502, 503, 504, 520 to 527, 529 and 530, and a 2xx body that is cut off or not JSON.
    [[nodiscard]] bool isRetryable() const noexcept { return retryable_; }

    /// @{
    /// For those who make errors, such as transports and test doubles: sets what the accessor of that name tells.
    Error& setMessage(std::string message);
    Error& setHttpStatus(int status);
    Error& setApi(std::optional<int> code, std::string data);
    Error& setRetryAfter(std::optional<std::chrono::seconds> delay);
    Error& setTlsFailure(std::optional<TlsFailure> failure);
    Error& setAttempts(int attempts);
    Error& setRetryable(bool retryable);
    /// @}

private:
    ErrorKind kind_;
    bool retryable_ = false;
    int attempts_ = 0;
    std::optional<int> httpStatus_;
    std::optional<int> apiCode_;
    std::optional<std::chrono::seconds> retryAfter_;
    std::optional<TlsFailure> tlsFailure_;
    std::string message_;
    std::string apiData_;
};

/// Prints `kind: message`.
APPLIVERY_API std::ostream& operator<<(std::ostream& out, const Error& error);
/// Prints the enumerator's name.
APPLIVERY_API std::ostream& operator<<(std::ostream& out, ErrorKind kind);

/// The base of what Result::value() throws; `what()` is the error's message.
class APPLIVERY_API Exception : public std::runtime_error {
public:
    explicit Exception(Error error);  ///< Of that error.
    ~Exception() override;
    Exception(const Exception&) = default;             ///< Shares the error.
    Exception& operator=(const Exception&) = default;  ///< Shares the error.

    /// What failed.
    [[nodiscard]] const Error& error() const noexcept { return *error_; }

private:
    std::shared_ptr<const Error> error_;  // shared: copying an exception must not throw
};

// One type for each kind that a caller would catch apart from the rest. Their destructors stand in error.cpp, so that
// the types are one and the same on both sides of a shared library.
/// @cond
#define APPLIVERY_EXCEPTION(NAME)                 \
    class APPLIVERY_API NAME : public Exception { \
    public:                                       \
        using Exception::Exception;               \
        ~NAME() override;                         \
        NAME(const NAME&) = default;              \
        NAME& operator=(const NAME&) = default;   \
    }
/// @endcond
APPLIVERY_EXCEPTION(InvalidArgumentError);   ///< ErrorKind::invalidArgument
APPLIVERY_EXCEPTION(AuthenticationError);    ///< ErrorKind::authentication
APPLIVERY_EXCEPTION(PermissionDeniedError);  ///< ErrorKind::permissionDenied
APPLIVERY_EXCEPTION(PlanLimitError);         ///< ErrorKind::planLimit
APPLIVERY_EXCEPTION(NotFoundError);          ///< ErrorKind::notFound
APPLIVERY_EXCEPTION(InvalidRequestError);    ///< ErrorKind::invalidRequest
APPLIVERY_EXCEPTION(RateLimitedError);       ///< ErrorKind::rateLimited
APPLIVERY_EXCEPTION(ServerError);            ///< ErrorKind::server
APPLIVERY_EXCEPTION(ConnectionError);        ///< ErrorKind::connection
APPLIVERY_EXCEPTION(TlsError);               ///< ErrorKind::tls
APPLIVERY_EXCEPTION(TimeoutError);           ///< ErrorKind::timeout
APPLIVERY_EXCEPTION(CancelledError);         ///< ErrorKind::cancelled
APPLIVERY_EXCEPTION(InvalidResponseError);   ///< ErrorKind::invalidResponse
APPLIVERY_EXCEPTION(ResponseTooLargeError);  ///< ErrorKind::responseTooLarge
#undef APPLIVERY_EXCEPTION

/// Throws the exception that belongs to the error's kind.
[[noreturn]] APPLIVERY_API void throwError(Error error);

}  // namespace applivery
APPLIVERY_WARNINGS_POP
