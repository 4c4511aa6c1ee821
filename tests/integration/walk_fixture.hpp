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
#include <map>
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

    // Replaces the values of these pagination members in each page.
    void replaceInPages(const std::map<std::string, std::string>& members) {
        server.setHook([this, members](const mock::RecordedRequest& request) {
            mock::ScriptedResponse response = server.serviceResponse(request);
            for (const auto& [name, value] : members) {
                const std::string key = '"' + name + "\":";
                const std::size_t at = response.body.rfind(key) + key.size();
                response.body.replace(at, response.body.find_first_of(",}", at) - at, value);
            }
            return std::optional(response);
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

    [[nodiscard]] int lastRequestedPage() const {
        int last = 0;
        for (const auto& request : server.requests())
            last = std::max(last, std::stoi(request.parameter("page").value()));
        return last;
    }

    mock::MockServer server;
    mock::BuildData& data;
};

}  // namespace applivery::test
