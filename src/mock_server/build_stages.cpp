#include "mock_server/build_stages.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>

namespace applivery::mock {
namespace {

using OrderedJson = nlohmann::ordered_json;

std::string memberText(const OrderedJson& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// Sets `name` to the whole seconds since the time in `since`.
void setSeconds(OrderedJson& build, const char* name, const char* since, Time now) {
    const std::optional<Time> begin = parseIsoTime(memberText(build, since));
    if (!begin) return;
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now - *begin).count();
    build[name] = std::max<std::int64_t>(seconds, 0);
}

BuildSpec specFrom(const OrderedJson& build) {
    BuildSpec spec;
    spec.id = memberText(build, "id");
    spec.os = memberText(build, "os");
    spec.versionName = memberText(build, "versionName");
    spec.versionCode = memberText(build, "versionCode");
    spec.createdAt = parseIsoTime(memberText(build, "createdAt")).value_or(newestTime);
    return spec;
}

MockBuild withUpdate(OrderedJson build, const char* status, Time now) {
    build["status"] = status;
    build["updatedAt"] = isoTime(now);
    return buildFromJson(build.dump());
}

}  // namespace

MockBuild inProgress(const MockBuild& build, Time now) {
    OrderedJson object = OrderedJson::parse(build.json);
    setSeconds(object, "queuedTime", "createdAt", now);
    return withUpdate(std::move(object), "in_progress", now);
}

MockBuild processed(const MockBuild& build, Time now) {
    OrderedJson object = OrderedJson::parse(build.json);
    setSeconds(object, "processTime", "updatedAt", now);
    if (!object.contains("info")) object["info"] = OrderedJson::parse(makeInfo(specFrom(object)));
    return withUpdate(std::move(object), "processed", now);
}

MockBuild failed(const MockBuild& build, Time now, const std::string& error, const std::string& errorCode) {
    OrderedJson object = OrderedJson::parse(build.json);
    setSeconds(object, "processTime", "updatedAt", now);
    object.erase("info");
    object["error"] = error;
    object["errorCode"] = errorCode;
    return withUpdate(std::move(object), "error", now);
}

}  // namespace applivery::mock
