/// @file
/// The requests of a probe, their responses, and the builds in them.
#pragma once

#include "doctor/probe_client.hpp"

#include <applivery/build.hpp>
#include <applivery/cancellation.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace applivery::program {

/// One response.
struct ProbeResponse {
    int status = 0;             ///< HTTP status; 0 if there was no response.
    std::optional<int> code{};  ///< Error code of the API.
    nlohmann::json data{};      ///< The list without its items; null if the response is no list.
    std::vector<Build> builds{};

    [[nodiscard]] bool isList() const noexcept { return data.is_object(); }
    [[nodiscard]] bool isRefusal() const noexcept { return status >= 400 && status < 500; }

    /// Returns a number beside the builds; absent if there is none.
    [[nodiscard]] std::optional<std::size_t> number(const char* key) const;

    /// Returns whether the list says that another page follows; absent if it does not say.
    [[nodiscard]] std::optional<bool> hasNextPage() const;
};

/// Describes a response by its status and code, such as `400:1001`, or by its number of builds.
[[nodiscard]] std::string textOf(const ProbeResponse& response);

/// How the documentation of the service describes a value.
enum class ProbeValue {
    documented,    ///< A list, or a refusal of the parameter, is an answer. Other failures are retried.
    undocumented,  ///< Any response is an answer, also a server error, except for a refusal of the token or the rate.
    wrong,         ///< As `undocumented`. Sent after all other requests.
};

/// Sends each request once, and keeps the responses.
///
/// A request without an answer is a failure of the question. The session ends if no further answer is likely.
class ProbeSession {
public:
    ProbeSession(ProbeClient& client, CancellationToken token) : client_(client), token_(std::move(token)) {}

    /// Returns the response, which is empty after a failure.
    const ProbeResponse& send(const ProbeRequest& request, ProbeValue value = ProbeValue::documented);

    /// Returns the response to the request without parameters.
    const ProbeResponse& plain() { return send({}); }

    /// Allows requests with wrong values. Until then, they fail without being sent.
    void allowWrongValues() noexcept { allowsWrongValues_ = true; }

    /// Returns why the current question has no answer; empty if all of its requests were answered.
    [[nodiscard]] const std::string& failure() const noexcept { return failure_; }
    void clearFailure() { failure_.clear(); }

    /// Returns the different builds of all responses, up to a limit, by their ids.
    [[nodiscard]] const std::map<std::string, nlohmann::json>& builds() const noexcept { return builds_; }

    [[nodiscard]] const ProbeClient& client() const noexcept { return client_; }

private:
    struct Exchange {
        ProbeResponse response{};
        std::string failure{};  // why the response is no answer; empty if it is one
    };

    const ProbeResponse& fail(std::string reason);
    Exchange exchange(const ProbeRequest& request, ProbeValue value);
    void storeList(BuildPage page, nlohmann::json body, ProbeResponse& response);

    ProbeClient& client_;
    const CancellationToken token_;
    bool allowsWrongValues_ = false;
    std::map<std::string, Exchange> exchanges_;  // by target
    std::string failure_;                        // of the current question
    int consecutiveFailures_ = 0;
    std::string endReason_;                         // empty: the session has not ended
    std::map<std::string, nlohmann::json> builds_;  // by id
};

}  // namespace applivery::program
