#include "mock_server/responses.hpp"

#include "mock_server/json_object.hpp"

namespace applivery::mock {

std::string quoted(std::string_view text) {
    std::string out;
    appendQuoted(out, text);
    return out;
}

ScriptedResponse apiError(int httpStatus, int code, std::string_view message) {
    ScriptedResponse response;
    response.status = httpStatus;
    response.body =
        R"({"status":false,"error":{"code":)" + std::to_string(code) + R"(,"message":)" + quoted(message) + "}}";
    return response;
}

ScriptedResponse ok(std::string json) {
    ScriptedResponse response;
    response.body = std::move(json);
    return response;
}

ScriptedResponse okItems(const std::vector<std::string>& items) {
    std::string json = R"({"status":true,"data":{"items":[)";
    for (const std::string& item : items) {
        if (json.back() != '[') json += ',';
        json += item;
    }
    return ok(std::move(json) + "]}}");
}

ScriptedResponse tooManyRequests(std::string retryAfter) {
    ScriptedResponse response = apiError(429, 429, "Too many requests");
    response.headers.emplace_back("Retry-After", std::move(retryAfter));
    return response;
}

ScriptedResponse gatewayError(int httpStatus) {
    ScriptedResponse response;
    response.status = httpStatus;
    response.headers.emplace_back("Content-Type", "text/html");
    response.body = "<html>\r\n<head><title>" + std::to_string(httpStatus) +
                    "</title></head>\r\n<body><center><h1>The gateway cannot reach the service</h1></center></body>\r\n"
                    "</html>\r\n";
    return response;
}

ScriptedResponse bare(int httpStatus) {
    ScriptedResponse response;
    response.status = httpStatus;
    return response;
}

ScriptedResponse redirect(std::string location, int httpStatus) {
    ScriptedResponse response = bare(httpStatus);
    response.headers.emplace_back("Location", std::move(location));
    return response;
}

}  // namespace applivery::mock
