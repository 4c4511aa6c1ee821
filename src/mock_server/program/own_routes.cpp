#include "own_routes.hpp"

#include "mock_server/responses.hpp"
#include "parameters.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace applivery::mock {
namespace {

ScriptedResponse okData(const std::string& json) {
    return ok(R"({"status":true,"data":)" + json + '}');
}

ScriptedResponse upload(State& state, const RecordedRequest& request) {
    return state.upload(request);
}

ScriptedResponse listRequests(State& state, const RecordedRequest&) {
    return okData(state.journal().json());
}

ScriptedResponse listFaults(State& state, const RecordedRequest&) {
    return okData(state.faults().json());
}

ScriptedResponse addFault(State& state, const RecordedRequest& request) {
    FaultRule rule;
    const std::string reason = parseFaultRule(request, state.hasTls(), rule);
    if (!reason.empty()) return apiError(400, 1001, reason);
    if (!state.faults().add(std::move(rule)))
        return apiError(400, 1001, "Too many faults. DELETE /mock/faults removes all faults");
    return listFaults(state, request);
}

ScriptedResponse removeFaults(State& state, const RecordedRequest& request) {
    state.faults().clear();
    return listFaults(state, request);
}

ScriptedResponse reset(State& state, const RecordedRequest&) {
    state.reset();
    return okData("{}");
}

struct OwnRoute {
    std::string_view method;
    std::string_view path;
    std::string_view help;
    ScriptedResponse (*respond)(State&, const RecordedRequest&);
    bool takesParameters = false;
};

constexpr std::array<OwnRoute, 6> ownRoutes{{
    {"POST", "/mock/uploads",
     "Add a pending build, as an upload does, and return the build. Optional parameters: id, versionName,\n"
     "      versionCode, os, branch, commit, tag, buildNumber, and outcome (processed or error, with "
     "--processing-time)",
     upload, true},
    {"GET", "/mock/requests", "Return the number of requests, and the newest 1000 without their tokens", listRequests},
    {"GET", "/mock/faults", "Return the faults in effect", listFaults},
    {"POST", "/mock/faults",
     "Add a fault. Parameters: fault (a name below); optional: count (default: all requests) and path, the\n"
     "      beginning of the path of affected requests",
     addFault, true},
    {"DELETE", "/mock/faults", "Remove all faults", removeFaults},
    {"POST", "/mock/reset", "Restore the builds and faults of the start, and forget all requests", reset},
}};

ScriptedResponse noSuchRoute(const RecordedRequest& request) {
    std::string message = "There is no route " + request.method + ' ' + request.path + ". Routes:";
    for (const OwnRoute& route : ownRoutes) {
        message += (message.back() == ':' ? " " : ", ") + std::string(route.method) + ' ' + std::string(route.path);
    }
    return apiError(404, 1002, message);
}

}  // namespace

bool isOwn(const RecordedRequest& request) {
    return request.path.rfind("/mock/", 0) == 0;
}

ScriptedResponse ownResponse(State& state, const RecordedRequest& request) {
    const auto* const route = std::find_if(ownRoutes.begin(), ownRoutes.end(), [&request](const OwnRoute& candidate) {
        return candidate.method == request.method && candidate.path == request.path;
    });
    ScriptedResponse response;
    if (route == ownRoutes.end()) {
        response = noSuchRoute(request);
    } else if (const std::string reason = validateParameters(request, route->takesParameters); !reason.empty()) {
        response = apiError(400, 1001, reason);
    } else {
        response = route->respond(state, request);
    }
    state.print(request, std::to_string(response.status));
    return response;
}

std::string describeOwnRoutes() {
    std::string text;
    for (const OwnRoute& route : ownRoutes) {
        text += "  " + std::string(route.method) + ' ' + std::string(route.path) + "\n      " +
                std::string(route.help) + '\n';
    }
    return text;
}

}  // namespace applivery::mock
