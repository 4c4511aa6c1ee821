/// @file
/// Runs the probe of `doctor --probe` in this process against a mock server.
#pragma once

#include "mock_server/build_generator.hpp"
#include "mock_server/demo_builds.hpp"
#include "mock_server/mock_server.hpp"
#include "mock_server/sample_workspace.hpp"
#include "program/doctor/probe.hpp"

#include <applivery/builds_client.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace applivery::test {

using ProbeValues = std::map<std::string, std::string>;

/// The findings for a service that matches the assumptions and has fewer builds than the maximum of a page.
inline const ProbeValues assumedValues{
    {"totals", "yes"},
    {"links", "yes"},
    {"echo-limit", "yes"},
    {"echo-page", "yes"},
    {"past-end", "empty"},
    {"order", "newest-first"},
    {"ties", ""},
    {"sort", "yes"},
    {"trailing-slash", "yes"},
    {"default-limit", "100"},
    {"limit-500", ""},
    {"limit-10000", ""},
    {"max-limit", ""},
    {"large-limit", ""},
    {"invalid-enum", "400:1001"},
    {"invalid-page", "400:1001"},
    {"invalid-limit", "400:1001"},
    {"version-name", "whole"},
    {"version-case", ""},
    {"version-pattern", "literal"},
    {"os-macos", "yes"},
    {"os-windows", "yes"},
    {"repeated-status", "first"},
    {"comma-statuses", "no"},
    {"devices", "list"},
    {"device-family", "texts"},
    {"icons", "list"},
    {"version-code", "text"},
    {"times", "whole"},
    {"time-unit", "seconds"},
    {"retry-after", ""},
    {"rate-limit-headers", "no"},
};

/// The result of a probe.
struct Probed {
    program::Assumptions assumptions;
    int requests;

    [[nodiscard]] program::Assumption assumption(const std::string& key) const {
        const auto found = std::find_if(assumptions.begin(), assumptions.end(),
                                        [&](const program::Assumption& each) { return each.key == key; });
        if (found != assumptions.end()) return *found;
        ADD_FAILURE() << "no question " << key;
        return {};
    }
};

/// A mock server with 250 builds, and a probe of it without a rate limit.
class ProbedService {
public:
    explicit ProbedService(const std::string& rules = "assumed") : ProbedService(rules, mock::generateBuilds(250)) {}

    ProbedService(const std::string& rules, std::vector<mock::MockBuild> builds) : server(withRules(rules)) {
        mock::sample::addTo(server, std::move(builds));
    }

    [[nodiscard]] Probed probe(const CancellationToken& token = {}) const {
        ClientOptions options;
        options.baseUrl = server.baseUrl();
        options.retry.initialDelay = std::chrono::milliseconds{1};
        options.retry.maxElapsed = std::chrono::seconds{10};
        program::ProbeClient client(AppToken{mock::sample::appToken}, options, makeCurlTransport(options),
                                    program::maxProbeRequests);
        program::Assumptions assumptions = program::probe(client, token);
        return {std::move(assumptions), client.requestCount()};
    }

    /// Sends this response to all requests in which the parameter has this value.
    void respondTo(const std::string& parameter, const std::string& value, mock::ScriptedResponse response) {
        constexpr int always = 1000;
        server.enqueueIf(
            [parameter, value](const mock::RecordedRequest& request) { return request.parameter(parameter) == value; },
            std::move(response), always);
    }

    mock::MockServer server;

private:
    static mock::MockServerOptions withRules(const std::string& rules) {
        mock::MockServerOptions options;
        mock::applyRules(options.rules, rules);
        return options;
    }
};

/// Expects these findings, and those of assumedValues for other keys.
inline void expectFindings(const Probed& probed, const ProbeValues& differing) {
    ProbeValues expected = assumedValues;
    for (const auto& [key, value] : differing) expected[key] = value;
    for (const auto& [key, value] : expected) {
        const program::Assumption assumption = probed.assumption(key);
        EXPECT_EQ(assumption.found, value) << key << ": " << assumption.evidence;
    }
    EXPECT_LE(probed.requests, 40);
}

}  // namespace applivery::test
