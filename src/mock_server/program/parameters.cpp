#include "parameters.hpp"

#include "mock_server/json_object.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace applivery::mock {
namespace {

// Returns whether the body may contain parameters. A client may also send a file, which the server ignores.
bool hasParametersInBody(const RecordedRequest& request) {
    if (!request.hasBody()) return false;
    const std::string type = request.header("Content-Type").value_or("");
    return type.find("form") != std::string::npos || type.find("json") != std::string::npos;
}

}  // namespace

std::string validateParameters(const RecordedRequest& request, bool takesParameters) {
    if (hasParametersInBody(request)) return "The server does not read parameters in a body. Append them to the URL";
    if (!takesParameters && !request.query.empty()) return "This route has no parameters";
    for (auto field = request.query.begin(); field != request.query.end(); ++field) {
        if (!isUtf8(field->first) || !isUtf8(field->second)) return "A parameter is not UTF-8";
        const bool isRepeated = std::any_of(request.query.begin(), field,
                                            [&field](const auto& earlier) { return earlier.first == field->first; });
        if (isRepeated) return "The request has the parameter " + field->first + " twice";
    }
    return {};
}

}  // namespace applivery::mock
