#include "mock_server/answers.hpp"

#include "mock_server/json_object.hpp"

namespace applivery::mock {

std::string quoted(std::string_view text) {
    std::string out;
    appendQuoted(out, text);
    return out;
}

ScriptedAnswer apiError(int httpStatus, int code, std::string_view message) {
    ScriptedAnswer answer;
    answer.status = httpStatus;
    answer.body =
        R"({"status":false,"error":{"code":)" + std::to_string(code) + R"(,"message":)" + quoted(message) + "}}";
    return answer;
}

ScriptedAnswer ok(std::string json) {
    ScriptedAnswer answer;
    answer.body = std::move(json);
    return answer;
}

ScriptedAnswer okItems(const std::vector<std::string>& items) {
    std::string json = R"({"status":true,"data":{"items":[)";
    for (const std::string& item : items) {
        if (json.back() != '[') json += ',';
        json += item;
    }
    return ok(std::move(json) + "]}}");
}

ScriptedAnswer tooManyRequests(std::string retryAfter) {
    ScriptedAnswer answer = apiError(429, 429, "Too many requests");
    answer.headers.emplace_back("Retry-After", std::move(retryAfter));
    return answer;
}

ScriptedAnswer gatewayError(int httpStatus) {
    ScriptedAnswer answer;
    answer.status = httpStatus;
    answer.headers.emplace_back("Content-Type", "text/html");
    answer.body = "<html>\r\n<head><title>" + std::to_string(httpStatus) +
                  "</title></head>\r\n<body><center><h1>The gateway cannot reach the service</h1></center></body>\r\n"
                  "</html>\r\n";
    return answer;
}

ScriptedAnswer bare(int httpStatus) {
    ScriptedAnswer answer;
    answer.status = httpStatus;
    return answer;
}

ScriptedAnswer redirect(std::string location, int httpStatus) {
    ScriptedAnswer answer = bare(httpStatus);
    answer.headers.emplace_back("Location", std::move(location));
    return answer;
}

}  // namespace applivery::mock
