#include "http/curl_errors.hpp"

#include <string>

namespace applivery::detail {
namespace {

struct Meaning {
    ErrorKind kind;
    bool retryable;
    const char* advice;
};

Meaning meaningOf(CURLcode code) {
    switch (code) {
        case CURLE_OPERATION_TIMEDOUT:
            return {ErrorKind::timeout, true, "Raise ClientOptions::requestTimeout or connectTimeout if this is usual"};
        case CURLE_SSL_CACERT_BADFILE:
            return {ErrorKind::tls, false, "Check that ClientOptions::caBundle names a readable PEM file"};
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_INVALIDCERTSTATUS:
            return {ErrorKind::tls, false,
                    "Check the host's name; for a private authority set ClientOptions::caBundle to its PEM file"};
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CIPHER:
        case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
        case CURLE_USE_SSL_FAILED:
            return {ErrorKind::tls, false, "Check that the address and port are those of an https server"};
        case CURLE_URL_MALFORMAT:
            return {ErrorKind::invalidArgument, false, "Check ClientOptions::baseUrl and proxy"};
        case CURLE_COULDNT_RESOLVE_PROXY:
            return {ErrorKind::connection, true, "Check ClientOptions::proxy and the proxy variables"};
        case CURLE_COULDNT_RESOLVE_HOST:
            return {ErrorKind::connection, true, "Check ClientOptions::baseUrl and the network"};
        case CURLE_BAD_CONTENT_ENCODING:
        case CURLE_WEIRD_SERVER_REPLY:
        case CURLE_UNSUPPORTED_PROTOCOL:
            return {ErrorKind::invalidResponse, false, "Is something else than the service answering at this address?"};
        default:
            return {ErrorKind::connection, true, "Check the network, then try again"};
    }
}

}  // namespace

Error errorFromCurl(CURLcode code) {
    const Meaning meaning = meaningOf(code);
    // libcurl's fixed text for the code, not its error buffer, which may repeat what the server or the user sent.
    Error error(meaning.kind, std::string(curl_easy_strerror(code)) + ". " + meaning.advice + '.');
    error.setRetryable(meaning.retryable);
    return error;
}

}  // namespace applivery::detail
