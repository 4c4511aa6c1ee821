/// @file
/// A wait for builds of a changing list, in virtual time.
#pragma once

#include "mock_server/http_date.hpp"
#include "support/rig.hpp"
#include "support/scripted_lists.hpp"

#include <applivery/applivery.hpp>

#include <chrono>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace applivery::test {

// Returns the JSON of a build. @param more further members.
inline std::string buildJson(const std::string& id, const std::string& status, const std::string& more = "") {
    return R"({"id":")" + id + R"(","status":")" + status + '"' + (more.empty() ? "" : ',' + more) + '}';
}

// A list of builds that changes at given times.
class WaitRig {
public:
    WaitRig() {
        options.timeout = std::chrono::minutes{20};
        options.onEvent = [this](const WaitEvent& event) { events.push_back(event); };
        options.random = [] { return 0.5; };
    }

    // Serves a list with these items from this time on.
    WaitRig& from(std::chrono::milliseconds time, const std::string& items) {
        return answerFrom(time, pageWith(items, false));
    }
    // Responds to each request with this response, or fails with this error, from this time on.
    WaitRig& answerFrom(std::chrono::milliseconds time, Result<HttpResponse> response) {
        script_.insert_or_assign(time, std::move(response));
        return *this;
    }

    [[nodiscard]] BuildsClient client() {
        ClientOptions clientOptions;
        clientOptions.clock = clock;
        clientOptions.retry.maxAttempts = 1;
        return BuildsClient(
            AppToken{token}, clientOptions, std::make_shared<FakeTransport>([this](const HttpRequest& request) {
                urls.push_back(request.url);
                times.push_back(clock->elapsed());
                auto response = std::prev(script_.upper_bound(clock->elapsed()))->second;
                if (response && serverClockAhead) {
                    response->headers = {{"Date", mock::httpDate(clock->wallNow() + *serverClockAhead)}};
                }
                return response;
            }));
    }

    [[nodiscard]] Result<WaitResult> wait(const BuildSelector& selector) {
        return client().waitUntilBuildProcessed(selector, options);
    }

    // Returns the kinds of all events except WaitEvent::Kind::checked.
    [[nodiscard]] std::vector<WaitEvent::Kind> eventKinds() const {
        std::vector<WaitEvent::Kind> kinds;
        for (const WaitEvent& event : events) {
            if (event.kind != WaitEvent::Kind::checked) kinds.push_back(event.kind);
        }
        return kinds;
    }

    std::shared_ptr<VirtualClock> clock = std::make_shared<VirtualClock>();
    WaitOptions options;
    std::vector<WaitEvent> events;
    std::vector<std::string> urls;
    std::vector<std::chrono::milliseconds> times;
    std::optional<std::chrono::seconds> serverClockAhead;  // absent: responses keep their headers

private:
    std::map<std::chrono::milliseconds, Result<HttpResponse>> script_;
};

inline BuildSelector byId(const std::string& id) {
    return BuildSelector::byId(id);
}

inline BuildSelector byVersion(const WaitRig& rig, const std::string& version) {
    return BuildSelector::byVersion(version, rig.clock->wallNow());
}

// Returns the response of the service to an invalid token.
inline HttpResponse invalidToken() {
    return FakeTransport::error(api_code::invalidToken, "Invalid Token", 401);
}

inline constexpr const char* version2 = R"("versionName":"2")";

// A build of version 2 that is created 10 s after the start of the clock.
inline constexpr const char* newVersion2 = R"("versionName":"2","createdAt":"2023-11-14T22:13:30Z")";

}  // namespace applivery::test
