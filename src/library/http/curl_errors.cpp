#include "http/curl_errors.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace applivery::detail {
namespace {

struct CurlFailure {
    ErrorKind kind;
    const char* action;
};

// Returns whether the peer closed the connection during the TLS handshake without refusing the handshake. This is a
// connection failure, which can be retried. Only a message shows the difference; libcurl keeps the first one.
// The phrases of other TLS libraries are unknown, so their errors remain failures of TLS.
bool endedDuringHandshake(CURLcode code, std::string_view detail) {
    constexpr std::array<std::string_view, 10> phrases{
        "Recv failure",                 // libcurl
        "Send failure",                 // libcurl
        "getpeername() failed",         // libcurl, if the peer closes before the handshake begins
        "SSL_connect: ",                // OpenSSL and forks, if they report no error of their own
        "unexpected eof",               // OpenSSL from 3.0
        "non-properly terminated",      // GnuTLS
        "Error in the pull function",   // GnuTLS
        "Error in the push function",   // GnuTLS
        "failed to receive handshake",  // Schannel
        "handshake data: sent",         // Schannel
    };
    return code == CURLE_SSL_CONNECT_ERROR && std::any_of(phrases.begin(), phrases.end(), [&](std::string_view phrase) {
               return detail.find(phrase) != std::string_view::npos;
           });
}

CurlFailure classify(CURLcode code, std::string_view detail) {
    if (endedDuringHandshake(code, detail)) code = CURLE_RECV_ERROR;
    switch (code) {
        case CURLE_OPERATION_TIMEDOUT:
            return {ErrorKind::timeout, "Raise ClientOptions::requestTimeout or connectTimeout if this occurs often"};
        case CURLE_SSL_CACERT_BADFILE:
            return {ErrorKind::tls, "Check that ClientOptions::caBundle names a readable PEM file"};
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_INVALIDCERTSTATUS:
            return {ErrorKind::tls,
                    "Check the host's name; for a private authority set ClientOptions::caBundle to its PEM file"};
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CIPHER:
        case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
        case CURLE_USE_SSL_FAILED:
            return {ErrorKind::tls, "Check that the address and port are those of an https server"};
        case CURLE_URL_MALFORMAT:
            return {ErrorKind::invalidArgument, "Check ClientOptions::baseUrl and proxy"};
        case CURLE_COULDNT_RESOLVE_PROXY:
            return {ErrorKind::connection, "Check ClientOptions::proxy and the proxy variables"};
        case CURLE_COULDNT_RESOLVE_HOST:
            return {ErrorKind::connection, "Check ClientOptions::baseUrl and the network"};
        case CURLE_BAD_CONTENT_ENCODING:
        case CURLE_WRITE_ERROR:  // from a decoder of libcurl that finds data after the end
        case CURLE_WEIRD_SERVER_REPLY:
        case CURLE_UNSUPPORTED_PROTOCOL:
            return {ErrorKind::invalidResponse, "Check that ClientOptions::baseUrl is the address of the service"};
        default:
            return {ErrorKind::connection, "Check the network, then try again"};
    }
}

const char* messageOf(TlsFailure failure) {
    switch (failure) {
        case TlsFailure::expired:
            return "the server's certificate has expired. Check this machine's clock; if it is right, the operator of "
                   "the server must renew the certificate.";
        case TlsFailure::notYetValid:
            return "the server's certificate is not valid yet. Check this machine's clock, which may be behind.";
        case TlsFailure::wrongHost:
            return "the server's certificate is for another host. Check the host in ClientOptions::baseUrl.";
        case TlsFailure::unknownAuthority:
            return "an authority that is not trusted signed the server's certificate. Set ClientOptions::caBundle to "
                   "the PEM file of that authority if you trust it.";
        case TlsFailure::selfSigned:
            return "the server's certificate is signed by the server itself. Set ClientOptions::caBundle to its PEM "
                   "file if you trust it.";
        case TlsFailure::clientCertificateRequired:
            return "the server requires a certificate of the client, which this library cannot send. Use another "
                   "address of the service in ClientOptions::baseUrl.";
        case TlsFailure::protocolVersion:
            break;
    }
    return "the server and this machine have no version of TLS in common. Update the older of the two.";
}

}  // namespace

Error errorFromCurl(CURLcode code, std::string_view detail, bool usesProxy, std::optional<TlsFailure> tlsFailure) {
    if (tlsFailure) return Error(ErrorKind::tls, messageOf(*tlsFailure)).setTlsFailure(tlsFailure);
    const CurlFailure failure = classify(code, detail);
    std::string message = std::string(curl_easy_strerror(code)) + ". " + failure.action + '.';
    if (usesProxy && failure.kind == ErrorKind::connection) message += " The request uses ClientOptions::proxy.";
    return Error(failure.kind, std::move(message));
}

Error refusedByProxy(int status) {
    const char* const action = status == 407 ? "Put user and password into the URL of the proxy."
                                             : "Ask the operator of the proxy, or use no proxy.";
    return Error(ErrorKind::connection,
                 "the proxy refuses to connect, with status " + std::to_string(status) + ". " + action)
        .setHttpStatus(status);
}

}  // namespace applivery::detail
