#include <applivery/error.hpp>

#include <utility>

namespace applivery {

std::string_view toString(ErrorKind kind) noexcept {
    switch (kind) {
        case ErrorKind::invalidArgument:
            return "invalidArgument";
        case ErrorKind::authentication:
            return "authentication";
        case ErrorKind::permissionDenied:
            return "permissionDenied";
        case ErrorKind::planLimit:
            return "planLimit";
        case ErrorKind::notFound:
            return "notFound";
        case ErrorKind::invalidRequest:
            return "invalidRequest";
        case ErrorKind::rateLimited:
            return "rateLimited";
        case ErrorKind::server:
            return "server";
        case ErrorKind::connection:
            return "connection";
        case ErrorKind::tls:
            return "tls";
        case ErrorKind::timeout:
            return "timeout";
        case ErrorKind::cancelled:
            return "cancelled";
        case ErrorKind::invalidResponse:
            return "invalidResponse";
        case ErrorKind::responseTooLarge:
            return "responseTooLarge";
    }
    return "unknown";
}

Error::Error(ErrorKind kind, std::string message) : kind_(kind), message_(std::move(message)) {}
Error::Error(const Error&) = default;
Error::Error(Error&&) noexcept = default;
Error& Error::operator=(const Error&) = default;
Error& Error::operator=(Error&&) noexcept = default;
Error::~Error() = default;

Error& Error::setMessage(std::string message) {
    message_ = std::move(message);
    return *this;
}

Error& Error::setHttpStatus(int status) {
    httpStatus_ = status;
    return *this;
}

Error& Error::setApi(std::optional<int> code, std::string data) {
    apiCode_ = code;
    apiData_ = std::move(data);
    return *this;
}

Error& Error::setRetryAfter(std::optional<std::chrono::seconds> delay) {
    retryAfter_ = delay;
    return *this;
}

Error& Error::setTlsFailure(std::optional<TlsFailure> failure) {
    tlsFailure_ = failure;
    return *this;
}

Error& Error::setAttempts(int attempts) {
    attempts_ = attempts;
    return *this;
}

Error& Error::setRetryable(bool retryable) {
    retryable_ = retryable;
    return *this;
}

Exception::Exception(Error error)
    : std::runtime_error(error.message()), error_(std::make_shared<const Error>(std::move(error))) {}

Exception::~Exception() = default;
InvalidArgumentError::~InvalidArgumentError() = default;
AuthenticationError::~AuthenticationError() = default;
PermissionDeniedError::~PermissionDeniedError() = default;
PlanLimitError::~PlanLimitError() = default;
NotFoundError::~NotFoundError() = default;
InvalidRequestError::~InvalidRequestError() = default;
RateLimitedError::~RateLimitedError() = default;
ServerError::~ServerError() = default;
ConnectionError::~ConnectionError() = default;
TlsError::~TlsError() = default;
TimeoutError::~TimeoutError() = default;
CancelledError::~CancelledError() = default;
InvalidResponseError::~InvalidResponseError() = default;
ResponseTooLargeError::~ResponseTooLargeError() = default;

void throwError(Error error) {
    switch (error.kind()) {
        case ErrorKind::invalidArgument:
            throw InvalidArgumentError(std::move(error));
        case ErrorKind::authentication:
            throw AuthenticationError(std::move(error));
        case ErrorKind::permissionDenied:
            throw PermissionDeniedError(std::move(error));
        case ErrorKind::planLimit:
            throw PlanLimitError(std::move(error));
        case ErrorKind::notFound:
            throw NotFoundError(std::move(error));
        case ErrorKind::invalidRequest:
            throw InvalidRequestError(std::move(error));
        case ErrorKind::rateLimited:
            throw RateLimitedError(std::move(error));
        case ErrorKind::server:
            throw ServerError(std::move(error));
        case ErrorKind::connection:
            throw ConnectionError(std::move(error));
        case ErrorKind::tls:
            throw TlsError(std::move(error));
        case ErrorKind::timeout:
            throw TimeoutError(std::move(error));
        case ErrorKind::cancelled:
            throw CancelledError(std::move(error));
        case ErrorKind::invalidResponse:
            throw InvalidResponseError(std::move(error));
        case ErrorKind::responseTooLarge:
            throw ResponseTooLargeError(std::move(error));
    }
    throw Exception(std::move(error));
}

}  // namespace applivery
