/// @file
/// Helpers for objects and errors of OpenSSL.
#pragma once

#include <csignal>
#include <memory>
#include <openssl/err.h>
#include <openssl/ssl.h>
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

using ServerContext = std::unique_ptr<SSL_CTX, OpenSslDeleter<SSL_CTX_free>>;
using TlsConnection = std::unique_ptr<SSL, OpenSslDeleter<SSL_free>>;

/// Creates the context of a TLS server from PEM files. @throws std::runtime_error if a file is invalid.
[[nodiscard]] inline ServerContext makeServerContext(const std::string& certificateFile, const std::string& keyFile) {
    ServerContext context(SSL_CTX_new(TLS_server_method()));
    checkOpenSsl(context != nullptr, "creating a TLS context");
    checkOpenSsl(SSL_CTX_use_certificate_file(context.get(), certificateFile.c_str(), SSL_FILETYPE_PEM) == 1 &&
                     SSL_CTX_use_PrivateKey_file(context.get(), keyFile.c_str(), SSL_FILETYPE_PEM) == 1,
                 "loading the certificate");
    return context;
}

/// Blocks SIGPIPE on this thread. OpenSSL writes without MSG_NOSIGNAL, so a write to a closed connection raises
/// the signal.
inline void blockSigpipe() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

}  // namespace applivery::mock
