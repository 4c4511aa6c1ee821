#include "uploads.hpp"

#include "mock_server/json_object.hpp"
#include "mock_server/responses.hpp"

#include <chrono>
#include <map>
#include <string>
#include <utility>

namespace applivery::mock {
namespace {

// Applies a parameter. @return an error message, or an empty text.
std::string applyParameter(const std::string& name, const std::string& value, BuildSpec& spec,
                           Processing::Outcome& outcome) {
    const std::map<std::string, std::string BuildSpec::*> texts{
        {"id", &BuildSpec::id},         {"versionName", &BuildSpec::versionName},
        {"os", &BuildSpec::os},         {"versionCode", &BuildSpec::versionCode},
        {"branch", &BuildSpec::branch}, {"commit", &BuildSpec::commit},
        {"tag", &BuildSpec::tag},       {"buildNumber", &BuildSpec::buildNumber},
    };
    if (!isUtf8(name) || !isUtf8(value)) return "The upload has a parameter that is not UTF-8";
    if (const auto text = texts.find(name); text != texts.end()) {
        spec.*text->second = value;
        return {};
    }
    if (name != "outcome") return "Unknown parameter of an upload: " + name;
    if (value != "processed" && value != "error") return "The outcome must be processed or error, not " + value;
    outcome = value == "error" ? Processing::Outcome::error : Processing::Outcome::processed;
    return {};
}

}  // namespace

bool isUpload(const RecordedRequest& request) {
    return request.method == "POST" && request.path == "/mock/uploads";
}

std::optional<ScriptedResponse> Uploads::respond(const RecordedRequest& request) {
    if (!isUpload(request)) return std::nullopt;
    BuildSpec spec = nextSpec();
    auto outcome = Processing::Outcome::processed;
    for (const auto& [name, value] : request.query) {
        const std::string error = applyParameter(name, value, spec, outcome);
        if (!error.empty()) return apiError(400, 1001, error);
    }
    MockBuild build = makeBuild(spec);
    ScriptedResponse response = ok(R"({"status":true,"data":)" + build.json + '}');
    builds_.add(std::move(build));
    if (processing_ != nullptr) processing_->begin(spec.id, outcome);
    return response;
}

BuildSpec Uploads::nextSpec() {
    const std::string number = std::to_string(10'000 + ++count_);
    BuildSpec spec;
    spec.id = "6731f0aa1b2c3d4e5f6" + number;
    spec.status = "pending";
    spec.versionName = "2.5.0";
    spec.versionCode = number;
    spec.buildNumber = number;
    spec.createdAt = std::chrono::system_clock::now();
    return spec;
}

}  // namespace applivery::mock
