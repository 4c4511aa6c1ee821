/// @file
/// A service with many builds and configurable pagination.
#pragma once

#include "mock_server/build_generator.hpp"
#include "mock_server/sample_workspace.hpp"
#include "support/scale.hpp"
#include "support/walks.hpp"

#include <applivery/applivery.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace applivery::test {

inline constexpr std::size_t many = scaled(10'000);
inline constexpr int pageSize = many / 20;

class Walk : public testing::Test {
protected:
    Walk() : server(uncompressed()), data(mock::sample::addTo(server, mock::generateBuilds(many))) {}

    static mock::MockServerOptions uncompressed() {
        mock::MockServerOptions options;
        options.gzip = false;
        return options;
    }

    [[nodiscard]] BuildsClient client() const {
        ClientOptions options;
        options.baseUrl = server.baseUrl();
        options.retry.initialDelay = std::chrono::milliseconds{1};
        return BuildsClient(AppToken{mock::sample::appToken}, options);
    }

    void setRules(void (*change)(mock::ServiceRules&)) {
        mock::ServiceRules rules = server.rules();
        change(rules);
        server.setRules(rules);
    }

    // Changes the pagination members of each page.
    void lieAbout(const std::string& name, const std::string& value) {
        server.setHook([this, name, value](const mock::RecordedRequest& request) {
            mock::ScriptedResponse answer = server.serviceResponse(request);
            const std::string key = '"' + name + "\":";
            const std::size_t at = answer.body.rfind(key) + key.size();
            answer.body.replace(at, answer.body.find_first_of(",}", at) - at, value);
            return std::optional(answer);
        });
    }

    // Reads all builds and expects each build of the service once, newest first.
    WalkSummary expectAll(const WalkOptions& options = pagesOf(pageSize)) {
        const BuildRange range = client().builds({}, options);
        std::vector<std::string> ids;
        for (const Result<Build>& build : range) {
            if (!build) {
                ADD_FAILURE() << build.error();
                break;
            }
            ids.push_back(build->id);
        }
        EXPECT_EQ(ids, data.ids());
        return range.summary();
    }

    [[nodiscard]] int lastPageAsked() const {
        int last = 0;
        for (const auto& request : server.requests())
            last = std::max(last, std::stoi(request.parameter("page").value()));
        return last;
    }

    mock::MockServer server;
    mock::BuildData& data;
};

}  // namespace applivery::test
