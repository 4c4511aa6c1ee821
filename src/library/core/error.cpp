#include <applivery/error.hpp>

#include <ostream>
#include <utility>

namespace applivery {

// Calls X with each kind and the exception of that kind.
#define APPLIVERY_ERROR_KINDS(X)               \
    X(invalidArgument, InvalidArgumentError)   \
    X(authentication, AuthenticationError)     \
    X(permissionDenied, PermissionDeniedError) \
    X(planLimit, PlanLimitError)               \
    X(notFound, NotFoundError)                 \
    X(invalidRequest, InvalidRequestError)     \
    X(rateLimited, RateLimitedError)           \
    X(server, ServerError)                     \
    X(connection, ConnectionError)             \
    X(tls, TlsError)                           \
    X(timeout, TimeoutError)                   \
    X(cancelled, CancelledError)               \
    X(invalidResponse, InvalidResponseError)   \
    X(responseTooLarge, ResponseTooLargeError)

std::string_view toString(ErrorKind kind) noexcept {
    switch (kind) {
#define APPLIVERY_NAME(KIND, EXCEPTION) \
    case ErrorKind::KIND:               \
        return #KIND;
        APPLIVERY_ERROR_KINDS(APPLIVERY_NAME)
#undef APPLIVERY_NAME
    }
    return "unknown";
}

std::ostream& operator<<(std::ostream& out, ErrorKind kind) {
    return out << toString(kind);
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

std::ostream& operator<<(std::ostream& out, const Error& error) {
    return out << error.kind() << ": " << error.message();
}

Exception::Exception(Error error)
    : std::runtime_error(error.message()), error_(std::make_shared<const Error>(std::move(error))) {}

Exception::~Exception() = default;
#define APPLIVERY_DESTRUCTOR(KIND, EXCEPTION) EXCEPTION::~EXCEPTION() = default;
APPLIVERY_ERROR_KINDS(APPLIVERY_DESTRUCTOR)
#undef APPLIVERY_DESTRUCTOR

void throwError(Error error) {
    switch (error.kind()) {
#define APPLIVERY_THROW(KIND, EXCEPTION) \
    case ErrorKind::KIND:                \
        throw EXCEPTION(std::move(error));
        APPLIVERY_ERROR_KINDS(APPLIVERY_THROW)
#undef APPLIVERY_THROW
    }
    throw Exception(std::move(error));
}

#undef APPLIVERY_ERROR_KINDS

}  // namespace applivery
