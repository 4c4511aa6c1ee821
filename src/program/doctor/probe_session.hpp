/// @file
/// The requests of a probe, their responses, and the builds in them.
#pragma once

#include "doctor/probe_client.hpp"

#include <applivery/cancellation.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace applivery::program {

/// One response.
struct ProbeResponse {
    int status = 0;  ///< HTTP status; 0 if there was no response.
    std::optional<int> code{};
    nlohmann::json data{};  ///< The list without its items; null if the response is no list.
    std::vector<nlohmann::json> builds{};

    [[nodiscard]] bool isList() const noexcept { return data.is_object(); }

    /// Returns whether the service refused the parameters, and not the credentials or the rate of requests.
    [[nodiscard]] bool isRefusal() const noexcept;

    /// Returns a number beside the builds; absent if there is none.
    [[nodiscard]] std::optional<std::size_t> number(const char* key) const;

    /// Returns the different texts of a field in all builds.
    [[nodiscard]] std::set<std::string> texts(const char* key) const;
};

/// Returns a refusal as `applivery-mock-server --rules` writes it, such as `400:1001`.
[[nodiscard]] std::string refusalText(const ProbeResponse& response);

/// Sends requests and collects the responses. Ends at a response that is neither a list nor a refusal: send() then
/// returns empty responses.
class ProbeSession {
public:
    ProbeSession(ProbeClient& client, CancellationToken token) : client_(client), token_(std::move(token)) {}

    ProbeResponse send(const QueryParameters& query);

    /// Returns the response to the first request, which has no parameters.
    [[nodiscard]] const ProbeResponse& plain() const noexcept { return plain_; }

    /// Returns why the session ended; empty if it has not.
    [[nodiscard]] const std::string& endReason() const noexcept { return endReason_; }

    /// Returns the builds of all responses, some of them more than once.
    [[nodiscard]] const std::vector<nlohmann::json>& builds() const noexcept { return builds_; }

    [[nodiscard]] const ProbeClient& client() const noexcept { return client_; }

private:
    void take(nlohmann::json body, ProbeResponse& response);

    ProbeClient& client_;
    const CancellationToken token_;
    bool hasPlain_ = false;
    ProbeResponse plain_;
    std::string endReason_;
    std::vector<nlohmann::json> builds_;
};

}  // namespace applivery::program
