#include "mock_server/fault_matrix.hpp"

#include "mock_server/connection_handlers.hpp"
#include "mock_server/gzip.hpp"

#include <cctype>
#include <chrono>
#include <functional>
#include <utility>

namespace applivery::mock {
namespace {

using namespace std::chrono_literals;

constexpr bool retried = true;  // value of Fault::isRetried
const std::string page = R"({"status":true,"data":{"items":[{"id":"b1"}]}})";

ConnectionHandler respondWith(int status, const std::string& body = {}, const std::string& headers = {}) {
    return raw::respondToEach(raw::response(status, body, headers));
}

std::string envelope(int code, const std::string& message = "Refused") {
    return R"({"status":false,"error":{"code":)" + std::to_string(code) + R"(,"message":")" + message + "\"}}";
}

std::string listWith(const std::string& members) {
    return R"({"status":true,"data":{"items":[{"id":"b1",)" + members + "}]}}";
}

std::string encodedAs(const std::string& encoding) {
    return "Content-Encoding: " + encoding + "\r\n";
}

// Responds to every request. After the first response on the first connection, calls `then` and ends the connection.
ConnectionHandler afterOneResponse(std::string bytes, std::function<void(Connection&)> then) {
    return [bytes = std::move(bytes), then = std::move(then)](Connection& connection) {
        while (connection.readRequestHead() && connection.write(bytes)) {
            if (connection.index() == 0) return then(connection);
        }
    };
}

// Returns the page with this header in place of the usual Content-Type.
std::string responseOfType(const std::string& header) {
    return "HTTP/1.1 200 OK\r\n" + header + "Content-Length: " + std::to_string(page.size()) + "\r\n\r\n" + page;
}

std::vector<Fault> connectionFaults() {
    return {
        {"closed at once", raw::closeAtOnce(), ErrorKind::connection, retried},
        {"reset at once", raw::resetAtOnce(), ErrorKind::connection, retried},
        {"reset after the request", raw::resetAfterRequest(), ErrorKind::connection, retried},
        {"closed during the TLS handshake", raw::closeAtOnce(), ErrorKind::connection, retried, Endpoint::tlsServer},
        {"a server without TLS", raw::respondWithoutTls(), ErrorKind::tls, !retried, Endpoint::tlsServer},
        {"no response", raw::neverRespond(), ErrorKind::timeout, retried},
        {"a slow body", raw::dripForever(5ms), ErrorKind::timeout, retried},
        {"a TLS handshake that hangs", raw::neverRespond(), ErrorKind::timeout, retried, Endpoint::tlsServer},
        {"an idle connection that the server has closed",
         afterOneResponse(raw::response(200, page), [](Connection& connection) { connection.close(); }), std::nullopt},
        {"an idle connection that closes at the next request",
         afterOneResponse(raw::response(200, page), [](Connection& connection) { (void)connection.readRequestHead(); }),
         std::nullopt},
        {"an unsolicited 408 response between two calls",
         afterOneResponse(raw::response(200, page),
                          [](Connection& connection) { connection.write(raw::response(408, "")); }),
         std::nullopt},
    };
}

std::vector<Fault> proxyFaults() {
    return {
        {"a proxy that requires credentials (407)", respondWith(407), ErrorKind::connection, !retried, Endpoint::proxy},
        {"a proxy that requires credentials before it connects", respondWith(407), ErrorKind::connection, !retried,
         Endpoint::tunnelProxy},
        {"a proxy that refuses to connect (403)", respondWith(403), ErrorKind::connection, !retried,
         Endpoint::tunnelProxy},
        {"a proxy that cannot connect (502)", respondWith(502), ErrorKind::connection, retried, Endpoint::tunnelProxy},
        {"a proxy that closes at once", raw::closeAtOnce(), ErrorKind::connection, retried, Endpoint::tunnelProxy},
    };
}

std::vector<Fault> framingFaults() {
    const std::string chunked = raw::responseHead(200, "Transfer-Encoding: chunked\r\nTrailer: X-Sum\r\n");
    return {
        {"a body that is cut off", raw::cutInBody(page, 10), ErrorKind::connection, retried},
        {"a chunk that is cut off", raw::cutInChunk(), ErrorKind::connection, retried},
        {"a Content-Length that is too long", raw::wrongContentLength(page, page.size() + 9), ErrorKind::connection,
         retried},
        {"a Content-Length that is too short", raw::wrongContentLength(page, page.size() - 9),
         ErrorKind::invalidResponse, retried},
        {"bytes that are not HTTP", raw::respondOnce("SSH-2.0-OpenSSH_9.2\r\n"), ErrorKind::invalidResponse},
        {"endless headers", raw::endlessHeaders(), ErrorKind::responseTooLarge},
        {"a header of 150 kB", respondWith(200, page, "X-Long: " + std::string(150'000, 'x') + "\r\n"),
         ErrorKind::responseTooLarge},
        {"interim responses before the response",
         raw::respondToEach("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n" + raw::response(200, page)),
         std::nullopt},
        {"trailers after the body", raw::respondToEach(chunked + "2e\r\n" + page + "\r\n0\r\nX-Sum: 1\r\n\r\n"),
         std::nullopt},
        {"an endless body", raw::endlessBody(), ErrorKind::responseTooLarge},
        {"an endless string", raw::endlessBody(R"({"status":true,"data":{"items":[{"id":")"),
         ErrorKind::responseTooLarge},
    };
}

std::vector<Fault> encodingFaults() {
    const std::string half = page.substr(0, page.size() / 2);
    const std::string rest = page.substr(page.size() / 2);
    return {
        {"a compressed body that exceeds the limit", raw::gzipBomb(64), ErrorKind::responseTooLarge},
        {"a body that is compressed twice and declared twice",
         respondWith(200, gzip(gzip(page)), encodedAs("gzip, gzip")), std::nullopt},
        {"a body that is compressed twice and declared once", respondWith(200, gzip(gzip(page)), encodedAs("gzip")),
         ErrorKind::invalidResponse, retried},
        {"an undeclared compressed body", respondWith(200, gzip(page)), ErrorKind::invalidResponse, retried},
        {"a plain body that is declared as compressed", respondWith(200, page, encodedAs("gzip")),
         ErrorKind::invalidResponse},
        {"an unknown encoding", respondWith(200, page, encodedAs("lzw-of-old")), ErrorKind::invalidResponse},
        {"a gzip body of several members", respondWith(200, gzip(half) + gzip(rest), encodedAs("gzip")),
         ErrorKind::invalidResponse},
    };
}

std::vector<Fault> bodyFaults() {
    return {
        {"200 with HTML", respondWith(200, "<html>Welcome</html>"), ErrorKind::invalidResponse, retried},
        {"200 with an empty body", respondWith(200), ErrorKind::invalidResponse, retried},
        {"204", raw::respondToEach("HTTP/1.1 204 No Content\r\n\r\n"), ErrorKind::invalidResponse, retried},
        {"206 with a partial body", respondWith(206, page.substr(0, 20)), ErrorKind::invalidResponse, retried},
        {"a wrong Content-Type", raw::respondToEach(responseOfType("Content-Type: text/html\r\n")), std::nullopt},
        {"no Content-Type", raw::respondToEach(responseOfType("")), std::nullopt},
        {"a byte order mark", respondWith(200, "\xEF\xBB\xBF" + page), std::nullopt},
        {"text that is not UTF-8", respondWith(200, listWith("\"changelog\":\"\xFF\xFE\"")), ErrorKind::invalidResponse,
         retried},
        {"2,000,000 nested arrays", respondWith(200, listWith("\"x\":" + std::string(2'000'000, '['))),
         ErrorKind::invalidResponse},
        {"no list of builds", respondWith(200, R"({"status":true,"data":{}})"), ErrorKind::invalidResponse},
        {"an unsuccessful response without an error", respondWith(200, R"({"status":false})"),
         ErrorKind::invalidResponse},
    };
}

std::vector<Fault> statusFaults() {
    const std::string html = "<html>gateway</html>";
    return {
        {"a redirect on the same host", respondWith(301, "", "Location: /elsewhere\r\n"), ErrorKind::invalidResponse},
        {"a redirect to another host", respondWith(302, "", "Location: https://evil.example/\r\n"),
         ErrorKind::invalidResponse},
        {"a redirect to plain http", respondWith(308, "", "Location: http://api.applivery.io/\r\n"),
         ErrorKind::invalidResponse},
        {"304", raw::respondToEach("HTTP/1.1 304 Not Modified\r\n\r\n"), ErrorKind::invalidResponse},
        {"400", respondWith(400, envelope(5001)), ErrorKind::invalidRequest},
        {"401 with HTML", respondWith(401, html), ErrorKind::authentication},
        {"401 with an empty body", respondWith(401), ErrorKind::authentication},
        {"402", respondWith(402), ErrorKind::planLimit},
        {"403", respondWith(403), ErrorKind::permissionDenied},
        {"404", respondWith(404), ErrorKind::notFound},
        {"408", respondWith(408), ErrorKind::timeout, retried},
        {"425", respondWith(425), ErrorKind::server, retried},
        {"429", respondWith(429), ErrorKind::rateLimited, retried},
        {"429 with a Retry-After beyond the time limit", respondWith(429, "", "Retry-After: 3600\r\n"),
         ErrorKind::rateLimited},
        {"500", respondWith(500), ErrorKind::server, retried},
        {"501", respondWith(501), ErrorKind::server},
        {"502 with HTML", respondWith(502, html), ErrorKind::server, retried},
        {"503", respondWith(503), ErrorKind::server, retried},
        {"504", respondWith(504), ErrorKind::server, retried},
        {"521 with HTML", respondWith(521, html), ErrorKind::server, retried},
        {"code 4002, no token", respondWith(401, envelope(4002)), ErrorKind::authentication},
        {"code 4004, a wrong token", respondWith(401, envelope(4004)), ErrorKind::authentication},
        {"code 4002, a wrong token", respondWith(401, envelope(4002, "Invalid Token")), ErrorKind::authentication},
        {"code 3002, an expired token", respondWith(401, envelope(3002)), ErrorKind::authentication},
        {"code 5014, a build that is not processed", respondWith(400, envelope(5014)), ErrorKind::invalidRequest},
        {"code 3001, no such app", respondWith(404, envelope(3001)), ErrorKind::notFound},
        {"code 4002 with status 200", respondWith(200, envelope(4002)), ErrorKind::authentication},
        {"an error that echoes the token",
         respondWith(400, R"({"status":false,"error":{"code":1,"message":"Bearer app-token-0123456789"}})"),
         ErrorKind::invalidRequest},
    };
}

}  // namespace

std::vector<Fault> faultMatrix() {
    std::vector<Fault> all;
    for (auto part :
         {connectionFaults(), proxyFaults(), framingFaults(), encodingFaults(), bodyFaults(), statusFaults()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

std::string slugOf(const Fault& fault) {
    std::string slug;
    for (const char c : fault.name) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
            slug += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        } else if (c != ',' && !slug.empty() && slug.back() != '-') {  // drops the comma of 2,000,000
            slug += '-';
        }
    }
    if (!slug.empty() && slug.back() == '-') slug.pop_back();
    return slug;
}

bool occursAtProxy(const Fault& fault) {
    return fault.endpoint == Endpoint::proxy || fault.endpoint == Endpoint::tunnelProxy;
}

}  // namespace applivery::mock
