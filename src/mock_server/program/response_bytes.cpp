#include "response_bytes.hpp"

#include "mock_server/gzip.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace applivery::mock {
namespace {

bool contains(const std::optional<std::string>& text, std::string_view part) {
    return text && text->find(part) != std::string::npos;
}

bool hasField(const Fields& headers, std::string_view name) {
    return std::any_of(headers.begin(), headers.end(),
                       [name](const auto& header) { return sameName(header.first, name); });
}

// Returns whether the connection must end after the response, for one of these reasons:
// - The client requests the end.
// - The request is HTTP/1.0 without keep-alive.
// - The request has a body without a length, which the server cannot skip.
bool endsConnectionAfter(const RecordedRequest& request, const std::string& head) {
    const std::optional<std::string> connection = request.header("Connection");
    const std::string firstLine = head.substr(0, head.find("\r\n"));
    const bool isHttp10 = firstLine.size() >= 3 && firstLine.compare(firstLine.size() - 3, 3, "1.0") == 0;
    const bool keepsAlive = contains(connection, "eep-");  // Keep-Alive or keep-alive
    return contains(connection, "close") || (isHttp10 && !keepsAlive) ||
           request.header("Transfer-Encoding").has_value();
}

}  // namespace

ResponseBytes toBytes(ScriptedResponse response, const RecordedRequest& request, const std::string& head) {
    if (contains(request.header("Accept-Encoding"), "gzip") && !response.body.empty() && !response.cutAfter &&
        !hasField(response.headers, "Content-Encoding")) {
        response.body = gzip(response.body);
        response.headers.emplace_back("Content-Encoding", "gzip");
    }
    if (!hasField(response.headers, "Content-Type") && !response.body.empty())
        response.headers.emplace_back("Content-Type", "application/json; charset=utf-8");
    response.headers.emplace_back("Content-Length", std::to_string(response.body.size()));
    ResponseBytes result;
    result.endsConnection = response.cutAfter || endsConnectionAfter(request, head);
    if (result.endsConnection) response.headers.emplace_back("Connection", "close");
    result.bytes = "HTTP/1.1 " + std::to_string(response.status) + (response.status < 400 ? " OK\r\n" : " Failed\r\n");
    for (const auto& [name, value] : response.headers) result.bytes += name + ": " + value + "\r\n";
    result.bytes += "\r\n";
    if (request.method != "HEAD") result.bytes.append(response.body, 0, response.cutAfter.value_or(std::string::npos));
    return result;
}

}  // namespace applivery::mock
