/// @file
/// Defines Error, its kinds, and the exception of each kind.
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

/// Lists the kinds of errors. Each kind requires a different reaction of the caller.
enum class ErrorKind {
    invalidArgument,   ///< A credential, option, filter or page was refused; nothing was sent.
    authentication,    ///< The token is missing, wrong, deleted or expired (HTTP 401; codes 4002, 4004, 3002).
    permissionDenied,  ///< The token is valid, but lacks the permission (HTTP 403; code 4003).
    planLimit,         ///< The plan or quota of the workspace does not allow this (codes 5003, 5004; HTTP 402).
    notFound,          ///< The app, organization or route does not exist (HTTP 404; codes 3001, 1002).
    invalidRequest,    ///< The service refused a parameter (HTTP 400, 422 and other 4xx; code 5014).
    rateLimited,       ///< Too many requests (HTTP 429); see Error::retryAfter().
    server,            ///< The service failed (HTTP 5xx, 425, code 1000), or reported an error of unknown kind.
    connection,        ///< The service was not reached, the connection broke, or the system refused a resource.
    tls,               ///< The server's certificate or the TLS protocol was refused; see Error::tlsFailure().
    timeout,           ///< A time limit ended before the response was complete (also HTTP 408).
    cancelled,         ///< A CancellationToken was cancelled, or the client was destroyed.
    invalidResponse,   ///< The response does not have the documented form, or is a redirect.
    responseTooLarge,  ///< The headers, the body or its builds exceed a limit: see ClientOptions::maxResponseBytes.
};

/// Returns the enumerator's name, such as `"rateLimited"`.
[[nodiscard]] APPLIVERY_API std::string_view toString(ErrorKind kind) noexcept;

/// Lists the reasons for a failure of TLS.
enum class TlsFailure {
    expired,                    ///< The server's certificate has expired, or this machine's clock is ahead.
    notYetValid,                ///< The server's certificate is not valid yet, or this machine's clock is behind.
    wrongHost,                  ///< The server's certificate is for another host.
    unknownAuthority,           ///< An authority that is not trusted signed the server's certificate.
    selfSigned,                 ///< The server signed its certificate itself, and the certificate is not trusted.
    clientCertificateRequired,  ///< The server requires a certificate of the client, which the library cannot send.
    protocolVersion,            ///< The server and this machine have no version of TLS in common.
};

/// Lists the error codes of the service (`error.code`) that determine an ErrorKind. Error::apiCode() returns any code
/// unchanged.
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

/// Represents a failure: its kind, a message for people, and data for programs.
///
/// An Error is a value type: several threads may read one object at once. No member contains a token.
///
/// @code
/// const applivery::Result<applivery::BuildPage> page = client.listBuilds();
/// if (!page) {
///     const applivery::Error& error = page.error();
///     std::cerr << error << '\n';  // such as "rateLimited: …"
///     if (error.isRetryable()) std::cerr << "gave up after " << error.attempts() << " attempts\n";
/// }
/// @endcode
class APPLIVERY_API Error {
public:
    /// Creates an error without an HTTP status and without an error code of the service.
    ///
    /// @param kind the kind of the error.
    /// @param message the failed operation, the cause, and a suggested action.
    Error(ErrorKind kind, std::string message);

    /// @{
    /// Copies, moves or destroys the error. These functions are not inline, which makes programs smaller.
    Error(const Error&);
    Error(Error&&) noexcept;
    Error& operator=(const Error&);
    Error& operator=(Error&&) noexcept;
    ~Error();
    /// @}

    /// Returns the kind, for the decision of a program.
    [[nodiscard]] ErrorKind kind() const noexcept { return kind_; }

    /// Returns the failed operation, the cause, and a suggested action. Text of the server in the message is safe to
    /// display: see printable().
    [[nodiscard]] const std::string& message() const noexcept { return message_; }

    /// Returns the HTTP status of the response, which may come from a proxy. Absent if there was no response.
    [[nodiscard]] std::optional<int> httpStatus() const noexcept { return httpStatus_; }

    /// Returns the service's `error.code`. Compare the code with the constants of applivery::api_code.
    [[nodiscard]] std::optional<int> apiCode() const noexcept { return apiCode_; }

    /// Returns the service's `error.data` as JSON text. The text is empty if the service sent none, or more than 4 KiB.
    /// Display the text with printable().
    [[nodiscard]] const std::string& apiData() const noexcept { return apiData_; }

    /// Returns the delay that the server requested (`Retry-After`), from the time of the response.
    [[nodiscard]] std::optional<std::chrono::seconds> retryAfter() const noexcept { return retryAfter_; }

    /// Returns the reason for a failure of TLS. Absent if TLS did not fail, or if the TLS library gives no reason.
    ///
    /// Schannel gives `expired` for `notYetValid`. GnuTLS gives `unknownAuthority` for `selfSigned`, and never gives
    /// `protocolVersion`.
    [[nodiscard]] std::optional<TlsFailure> tlsFailure() const noexcept { return tlsFailure_; }

    /// Returns the number of requests that were sent. 0 if the call failed before the first request.
    [[nodiscard]] int attempts() const noexcept { return attempts_; }

    /// Returns whether the same call may succeed later without a change. Such errors are:
    ///
    /// - connection failures and time-outs,
    /// - HTTP 408, 425, 429, 500, 502, 503, 504, 520 to 527, 529 and 530, unless apiCode() means a permanent failure,
    /// - a 2xx body that is cut off or not JSON.
    [[nodiscard]] bool isRetryable() const noexcept { return retryable_; }

    /// @{
    /// Sets the value that the accessor of the same name returns. setApi() sets apiCode() and apiData(). Use these
    /// functions in code that creates errors, such as a transport or a test double.
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

/// Prints the kind and the message, as in `kind: message`.
APPLIVERY_API std::ostream& operator<<(std::ostream& out, const Error& error);
/// Prints the enumerator's name.
APPLIVERY_API std::ostream& operator<<(std::ostream& out, ErrorKind kind);

/// Represents an Error as an exception. Base class of the exceptions that Result::value() throws.
///
/// Each ErrorKind has a class of its own, such as AuthenticationError. what() returns Error::message().
///
/// @code
/// try {
///     for (const applivery::Build& build : client.listBuilds().value().items) std::cout << build << '\n';
/// } catch (const applivery::AuthenticationError&) {
///     std::cerr << "check the token\n";
/// } catch (const applivery::Exception& exception) {
///     std::cerr << exception.error() << '\n';
/// }
/// @endcode
class APPLIVERY_API Exception : public std::runtime_error {
public:
    explicit Exception(Error error);  ///< Creates an exception that holds the error.
    ~Exception() override;
    Exception(const Exception&) = default;             ///< Creates an exception that shares the error.
    Exception& operator=(const Exception&) = default;  ///< Shares the error of the other exception.

    /// Returns the error.
    [[nodiscard]] const Error& error() const noexcept { return *error_; }

private:
    std::shared_ptr<const Error> error_;  // shared: copying an exception must not throw
};

// The destructors are defined in error.cpp, so that each type has one type_info on both sides of a shared library.
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
APPLIVERY_EXCEPTION(InvalidArgumentError);   ///< Represents ErrorKind::invalidArgument.
APPLIVERY_EXCEPTION(AuthenticationError);    ///< Represents ErrorKind::authentication.
APPLIVERY_EXCEPTION(PermissionDeniedError);  ///< Represents ErrorKind::permissionDenied.
APPLIVERY_EXCEPTION(PlanLimitError);         ///< Represents ErrorKind::planLimit.
APPLIVERY_EXCEPTION(NotFoundError);          ///< Represents ErrorKind::notFound.
APPLIVERY_EXCEPTION(InvalidRequestError);    ///< Represents ErrorKind::invalidRequest.
APPLIVERY_EXCEPTION(RateLimitedError);       ///< Represents ErrorKind::rateLimited.
APPLIVERY_EXCEPTION(ServerError);            ///< Represents ErrorKind::server.
APPLIVERY_EXCEPTION(ConnectionError);        ///< Represents ErrorKind::connection.
APPLIVERY_EXCEPTION(TlsError);               ///< Represents ErrorKind::tls.
APPLIVERY_EXCEPTION(TimeoutError);           ///< Represents ErrorKind::timeout.
APPLIVERY_EXCEPTION(CancelledError);         ///< Represents ErrorKind::cancelled.
APPLIVERY_EXCEPTION(InvalidResponseError);   ///< Represents ErrorKind::invalidResponse.
APPLIVERY_EXCEPTION(ResponseTooLargeError);  ///< Represents ErrorKind::responseTooLarge.
#undef APPLIVERY_EXCEPTION

/// Throws the exception of the error's kind.
[[noreturn]] APPLIVERY_API void throwError(Error error);

}  // namespace applivery
APPLIVERY_WARNINGS_POP
