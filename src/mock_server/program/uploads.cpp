#include "uploads.hpp"

#include "mock_server/answers.hpp"
#include "mock_server/json_object.hpp"

#include <chrono>
#include <map>
#include <string>
#include <utility>

namespace applivery::mock {
namespace {

// Takes the parameter. @return what is wrong with it; nothing where it is right.
std::string apply(const std::string& name, const std::string& value, BuildSpec& spec, Processing::Outcome& outcome) {
    const std::map<std::string, std::string BuildSpec::*> texts{
        {"id", &BuildSpec::id},         {"versionName", &BuildSpec::versionName},
        {"os", &BuildSpec::os},         {"versionCode", &BuildSpec::versionCode},
        {"branch", &BuildSpec::branch}, {"commit", &BuildSpec::commit},
        {"tag", &BuildSpec::tag},       {"buildNumber", &BuildSpec::buildNumber},
    };
    if (!isUtf8(name) || !isUtf8(value)) return "A parameter of the upload is not UTF-8";
    if (const auto text = texts.find(name); text != texts.end()) {
        spec.*text->second = value;
        return {};
    }
    if (name != "outcome") return "Not a parameter of an upload: " + name;
    if (value != "processed" && value != "error") return "Not an outcome, which is processed or error: " + value;
    outcome = value == "error" ? Processing::Outcome::error : Processing::Outcome::processed;
    return {};
}

}  // namespace

bool isUpload(const RecordedRequest& request) {
    return request.method == "POST" && request.path == "/mock/uploads";
}

std::optional<ScriptedAnswer> Uploads::answer(const RecordedRequest& request) {
    if (!isUpload(request)) return std::nullopt;
    BuildSpec spec = nextSpec();
    auto outcome = Processing::Outcome::processed;
    for (const auto& [name, value] : request.query) {
        const std::string wrong = apply(name, value, spec, outcome);
        if (!wrong.empty()) return apiError(400, 1001, wrong);
    }
    MockBuild build = makeBuild(spec);
    ScriptedAnswer answer = ok(R"({"status":true,"data":)" + build.json + '}');
    builds_.add(std::move(build));
    if (processing_ != nullptr) processing_->begin(spec.id, outcome);
    return answer;
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
