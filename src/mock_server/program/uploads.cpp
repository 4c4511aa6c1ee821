#include "uploads.hpp"

#include "mock_server/responses.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

namespace applivery::mock {
namespace {

template <std::size_t Size>
bool isAnyOf(const std::array<std::string_view, Size>& texts, const std::string& text) {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

constexpr std::array<std::string_view, 3> requiredTexts{"id", "versionName", "versionCode"};
constexpr std::array<std::string_view, 4> systems{"ios", "android", "macos", "windows"};

}  // namespace

ScriptedResponse Uploads::respond(const RecordedRequest& request) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (count_ == capacity)
        return apiError(400, 5003, "Limit exceeded: " + std::to_string(capacity) + " uploads. Use POST /mock/reset");
    Upload upload;
    upload.build = nextSpec();
    for (const auto& [name, value] : request.query) {
        const std::string error = apply(name, value, upload);
        if (!error.empty()) return apiError(400, 1001, error);
    }
    ++count_;
    MockBuild build = makeBuild(upload.build);
    ScriptedResponse response = ok(R"({"status":true,"data":)" + build.json + '}');
    builds_.add(std::move(build));
    if (processing_ != nullptr) processing_->begin(upload.build.id, upload.outcome);
    return response;
}

void Uploads::reset() {
    const std::lock_guard<std::mutex> lock(mutex_);
    count_ = 0;
}

std::string Uploads::apply(const std::string& name, const std::string& value, Upload& upload) const {
    static const std::map<std::string, std::string BuildSpec::*> texts{
        {"id", &BuildSpec::id},         {"versionName", &BuildSpec::versionName},
        {"os", &BuildSpec::os},         {"versionCode", &BuildSpec::versionCode},
        {"branch", &BuildSpec::branch}, {"commit", &BuildSpec::commit},
        {"tag", &BuildSpec::tag},       {"buildNumber", &BuildSpec::buildNumber},
    };
    if (name == "outcome") return applyOutcome(value, upload);
    const auto text = texts.find(name);
    if (text == texts.end()) return "Unknown parameter of an upload: " + name;
    if (value.empty() && isAnyOf(requiredTexts, name)) return "The " + name + " of an upload must not be empty";
    if (name == "os" && !isAnyOf(systems, value)) return "The os must be ios, android, macos or windows, not " + value;
    if (name == "id" && builds_.get(value)) return "A build has the id " + value + " already";
    upload.build.*text->second = value;
    return {};
}

std::string Uploads::applyOutcome(const std::string& value, Upload& upload) const {
    if (value != "processed" && value != "error") return "The outcome must be processed or error, not " + value;
    if (processing_ == nullptr) return "An upload has an outcome only if the server runs with --processing-time";
    upload.outcome = value == "error" ? Processing::Outcome::error : Processing::Outcome::processed;
    return {};
}

BuildSpec Uploads::nextSpec() {
    constexpr std::size_t firstNumber = 10'001;
    std::size_t position = count_;
    BuildSpec spec;
    do {
        const std::string number = std::to_string(firstNumber + position);
        spec.id = "6731f0aa1b2c3d4e5f6" + number;
        spec.versionCode = number;
        spec.buildNumber = number;
        ++position;
    } while (builds_.get(spec.id));  // an upload may have named this id
    spec.status = "pending";
    spec.versionName = "2.5.0";
    spec.createdAt = now_();
    return spec;
}

}  // namespace applivery::mock
