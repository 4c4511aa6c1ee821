/// @file
/// Helpers for objects and errors of OpenSSL.
#pragma once

#include <openssl/err.h>
#include <stdexcept>
#include <string>

namespace applivery::mock {

/// Deletes an object of OpenSSL by the given function.
template <auto free>
struct OpenSslDeleter {
    template <typename T>
    void operator()(T* object) const noexcept {
        free(object);
    }
};

/// Checks the result of a call of OpenSSL. @throws std::runtime_error with OpenSSL's reason if the call failed.
inline void checkOpenSsl(bool success, const char* operation) {
    if (success) return;
    const char* const reason = ERR_reason_error_string(ERR_peek_last_error());
    ERR_clear_error();
    throw std::runtime_error(std::string(operation) + " failed: " + (reason != nullptr ? reason : "unknown reason"));
}

}  // namespace applivery::mock
