/// @file
/// Errors for messages of libcurl. Some TLS libraries are not linked, and some messages depend on a race.
#include "http/curl_errors.hpp"

#include <gtest/gtest.h>

namespace applivery::detail {
namespace {

class ClosedHandshake : public testing::TestWithParam<const char*> {};

TEST_P(ClosedHandshake, IsAFailureOfTheConnection) {
    EXPECT_EQ(errorFromCurl(CURLE_SSL_CONNECT_ERROR, GetParam()).kind(), ErrorKind::connection);
}

INSTANTIATE_TEST_SUITE_P(CurlErrors, ClosedHandshake,
                         testing::Values("Recv failure: Connection reset by peer", "Send failure: Broken pipe",
                                         "getpeername() failed with errno 107: Transport endpoint is not connected",
                                         "OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to 127.0.0.1:443 ",
                                         "error:0A000126:SSL routines::unexpected eof while reading",
                                         "gnutls_handshake() failed: The TLS connection was non-properly terminated.",
                                         "gnutls_handshake() failed: Error in the pull function.",
                                         "gnutls_handshake() failed: Error in the push function.",
                                         "schannel: failed to receive handshake, SSL/TLS connection failed",
                                         "schannel: failed to send initial handshake data: sent -1 of 200 bytes",
                                         "schannel: failed to send next handshake data: sent -1 of 200 bytes"));

TEST(CurlErrors, ReportsARefusedHandshakeAsATlsError) {
    EXPECT_EQ(errorFromCurl(CURLE_SSL_CONNECT_ERROR, "error:0A00010B:SSL routines::wrong version number").kind(),
              ErrorKind::tls);
    EXPECT_EQ(errorFromCurl(CURLE_SSL_CONNECT_ERROR).kind(), ErrorKind::tls);
}

}  // namespace
}  // namespace applivery::detail
