#include "mock_server/fault_matrix.hpp"

#include "mock_server/gzip.hpp"
#include "mock_server/raw_behaviours.hpp"

#include <cctype>
#include <chrono>
#include <functional>
#include <utility>

namespace applivery::mock {
namespace {

using namespace std::chrono_literals;

constexpr bool again = true;
const std::string page = R"({"status":true,"data":{"items":[{"id":"b1"}]}})";

ConnectionHandler gives(int status, const std::string& body = {}, const std::string& headers = {}) {
    return raw::keepAnswering(raw::answer(status, body, headers));
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

// Answers the first request, and does this to the second one.
ConnectionHandler afterOne(std::string bytes, std::function<void(Connection&)> then) {
    return [bytes = std::move(bytes), then = std::move(then)](Connection& connection) {
        while (connection.readRequestHead() && connection.write(bytes)) {
            if (connection.index() == 0) return then(connection);
        }
    };
}

// A head without the right Content-Type.
std::string answerOfType(const std::string& header) {
    return "HTTP/1.1 200 OK\r\n" + header + "Content-Length: " + std::to_string(page.size()) + "\r\n\r\n" + page;
}

std::vector<Fault> ofConnections() {
    return {
        {"closed at once", raw::closeAtOnce(), ErrorKind::connection, again},
        {"reset at once", raw::resetAtOnce(), ErrorKind::connection, again},
        {"reset after the request", raw::resetAfterRequest(), ErrorKind::connection, again},
        {"closed during the TLS handshake", raw::closeAtOnce(), ErrorKind::connection, again, Way::tls},
        {"no TLS where it is expected",
         [](Connection& connection) { connection.write("HTTP/1.1 400 Bad Request\r\n\r\n"); }, ErrorKind::tls, !again,
         Way::tls},
        {"no answer", raw::neverAnswer(), ErrorKind::timeout, again},
        {"a body that drips", raw::dripForever(5ms), ErrorKind::timeout, again},
        {"a TLS handshake that hangs", raw::neverAnswer(), ErrorKind::timeout, again, Way::tls},
        {"a kept connection that was closed meanwhile",
         afterOne(raw::answer(200, page), [](Connection& connection) { connection.close(); }), std::nullopt},
        {"a kept connection that is closed by the next request",
         afterOne(raw::answer(200, page), [](Connection& connection) { (void)connection.readRequestHead(); }),
         std::nullopt},
        {"an answer of 408 that nobody asked for, between two calls",
         afterOne(raw::answer(200, page), [](Connection& connection) { connection.write(raw::answer(408, "")); }),
         std::nullopt},
    };
}

std::vector<Fault> ofProxies() {
    return {
        {"a proxy that asks for credentials (407)", gives(407), ErrorKind::connection, !again, Way::proxy},
        {"a proxy that asks for credentials before it connects", gives(407), ErrorKind::connection, !again,
         Way::proxyTunnel},
        {"a proxy that refuses to connect (403)", gives(403), ErrorKind::connection, !again, Way::proxyTunnel},
        {"a proxy that cannot connect (502)", gives(502), ErrorKind::connection, again, Way::proxyTunnel},
        {"a proxy that closes at once", raw::closeAtOnce(), ErrorKind::connection, again, Way::proxyTunnel},
    };
}

std::vector<Fault> ofFrames() {
    const std::string chunked = raw::head(200, "Transfer-Encoding: chunked\r\nTrailer: X-Sum\r\n");
    return {
        {"a body that is cut off", raw::cutInBody(page, 10), ErrorKind::connection, again},
        {"a chunk that is cut off", raw::cutInChunk(), ErrorKind::connection, again},
        {"a Content-Length that is too long", raw::wrongContentLength(page, page.size() + 9), ErrorKind::connection,
         again},
        {"a Content-Length that is too short", raw::wrongContentLength(page, page.size() - 9),
         ErrorKind::invalidResponse, again},
        {"bytes that are not HTTP", raw::answerWith("SSH-2.0-OpenSSH_9.2\r\n"), ErrorKind::invalidResponse},
        {"headers without an end", raw::endlessHeaders(), ErrorKind::responseTooLarge},
        {"a header of 150 kB", gives(200, page, "X-Long: " + std::string(150'000, 'x') + "\r\n"),
         ErrorKind::responseTooLarge},
        {"interim answers before the answer",
         raw::keepAnswering("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n" + raw::answer(200, page)),
         std::nullopt},
        {"trailers after the body", raw::keepAnswering(chunked + "2e\r\n" + page + "\r\n0\r\nX-Sum: 1\r\n\r\n"),
         std::nullopt},
        {"a body without an end", raw::endlessBody(), ErrorKind::responseTooLarge},
        {"a string without an end", raw::endlessBody(R"({"status":true,"data":{"items":[{"id":")"),
         ErrorKind::responseTooLarge},
    };
}

std::vector<Fault> ofEncodings() {
    const std::string half = page.substr(0, page.size() / 2);
    const std::string rest = page.substr(page.size() / 2);
    return {
        {"a small body that inflates beyond the cap", raw::gzipBomb(64), ErrorKind::responseTooLarge},
        {"a body that is compressed twice, and says so", gives(200, gzip(gzip(page)), encodedAs("gzip, gzip")),
         std::nullopt},
        {"a body that is compressed twice, and says so once", gives(200, gzip(gzip(page)), encodedAs("gzip")),
         ErrorKind::invalidResponse, again},
        {"a compressed body that does not say so", gives(200, gzip(page)), ErrorKind::invalidResponse, again},
        {"a plain body that is said to be compressed", gives(200, page, encodedAs("gzip")), ErrorKind::invalidResponse},
        {"an encoding that nobody knows", gives(200, page, encodedAs("lzw-of-old")), ErrorKind::invalidResponse},
        {"compressed members one after another", gives(200, gzip(half) + gzip(rest), encodedAs("gzip")),
         ErrorKind::invalidResponse},
    };
}

std::vector<Fault> ofBodies() {
    return {
        {"HTML with 200", gives(200, "<html>Welcome</html>"), ErrorKind::invalidResponse, again},
        {"nothing with 200", gives(200), ErrorKind::invalidResponse, again},
        {"nothing with 204", raw::keepAnswering("HTTP/1.1 204 No Content\r\n\r\n"), ErrorKind::invalidResponse, again},
        {"a part with 206", gives(206, page.substr(0, 20)), ErrorKind::invalidResponse, again},
        {"another content type", raw::keepAnswering(answerOfType("Content-Type: text/html\r\n")), std::nullopt},
        {"no content type", raw::keepAnswering(answerOfType("")), std::nullopt},
        {"a byte order mark", gives(200, "\xEF\xBB\xBF" + page), std::nullopt},
        {"text that is not UTF-8", gives(200, listWith("\"changelog\":\"\xFF\xFE\"")), ErrorKind::invalidResponse,
         again},
        {"2,000,000 nested arrays", gives(200, listWith("\"x\":" + std::string(2'000'000, '['))),
         ErrorKind::invalidResponse},
        {"no list of builds", gives(200, R"({"status":true,"data":{}})"), ErrorKind::invalidResponse},
        {"an unsuccessful answer without an error", gives(200, R"({"status":false})"), ErrorKind::invalidResponse},
    };
}

std::vector<Fault> ofStatuses() {
    const std::string html = "<html>gateway</html>";
    return {
        {"a redirect on the same host", gives(301, "", "Location: /elsewhere\r\n"), ErrorKind::invalidResponse},
        {"a redirect to another host", gives(302, "", "Location: https://evil.example/\r\n"),
         ErrorKind::invalidResponse},
        {"a redirect to plain http", gives(308, "", "Location: http://api.applivery.io/\r\n"),
         ErrorKind::invalidResponse},
        {"304", raw::keepAnswering("HTTP/1.1 304 Not Modified\r\n\r\n"), ErrorKind::invalidResponse},
        {"400", gives(400, envelope(5001)), ErrorKind::invalidRequest},
        {"401 with HTML", gives(401, html), ErrorKind::authentication},
        {"401 with nothing", gives(401), ErrorKind::authentication},
        {"402", gives(402), ErrorKind::planLimit},
        {"403", gives(403), ErrorKind::permissionDenied},
        {"404", gives(404), ErrorKind::notFound},
        {"408", gives(408), ErrorKind::timeout, again},
        {"425", gives(425), ErrorKind::server, again},
        {"429", gives(429), ErrorKind::rateLimited, again},
        {"429 for longer than the call may last", gives(429, "", "Retry-After: 3600\r\n"), ErrorKind::rateLimited},
        {"500", gives(500), ErrorKind::server, again},
        {"501", gives(501), ErrorKind::server},
        {"502 with HTML", gives(502, html), ErrorKind::server, again},
        {"503", gives(503), ErrorKind::server, again},
        {"504", gives(504), ErrorKind::server, again},
        {"521 with HTML", gives(521, html), ErrorKind::server, again},
        {"code 4002, no token", gives(401, envelope(4002)), ErrorKind::authentication},
        {"code 4004, a wrong token", gives(401, envelope(4004)), ErrorKind::authentication},
        {"code 4002, a wrong token", gives(401, envelope(4002, "Invalid Token")), ErrorKind::authentication},
        {"code 3002, an expired token", gives(401, envelope(3002)), ErrorKind::authentication},
        {"code 5014, a build that is not processed", gives(400, envelope(5014)), ErrorKind::invalidRequest},
        {"code 3001, no such app", gives(404, envelope(3001)), ErrorKind::notFound},
        {"code 4002 with a good status", gives(200, envelope(4002)), ErrorKind::authentication},
        {"an error that echoes the token",
         gives(400, R"({"status":false,"error":{"code":1,"message":"Bearer app-token-0123456789"}})"),
         ErrorKind::invalidRequest},
    };
}

}  // namespace

std::vector<Fault> faultMatrix() {
    std::vector<Fault> all;
    for (auto part : {ofConnections(), ofProxies(), ofFrames(), ofEncodings(), ofBodies(), ofStatuses()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

std::string wordFor(const Fault& fault) {
    std::string word;
    for (const char c : fault.name) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
            word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        } else if (c != ',' && !word.empty() && word.back() != '-') {  // that of 2,000,000
            word += '-';
        }
    }
    if (!word.empty() && word.back() == '-') word.pop_back();
    return word;
}

}  // namespace applivery::mock
