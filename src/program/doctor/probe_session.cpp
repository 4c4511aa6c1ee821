#include "doctor/probe_session.hpp"

#include "doctor/shallow_json.hpp"
#include "text/messages.hpp"
#include "text/terminal.hpp"
#include "text/text_format.hpp"

#include <applivery/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

namespace applivery::program {
namespace {

using nlohmann::json;

constexpr std::size_t maxProbeBuilds = 1000;
constexpr int maxProbeFailures = 2;  // in a row

// Returns whether the service refused the token or the rate of requests, whatever the parameters are.
bool isRefusalOfAll(const ProbeResponse& response) {
    constexpr std::array<int, 3> codes{api_code::noAuthToken, api_code::invalidToken, api_code::tokenExpired};
    return response.status == 401 || response.status == 429 ||
           std::find(codes.begin(), codes.end(), response.code.value_or(0)) != codes.end();
}

bool isRefusalOfParameters(const ProbeResponse& response) {
    constexpr std::array<int, 3> statuses{400, 404, 422};
    constexpr std::array<int, 4> otherCauses{api_code::forbidden, api_code::entityNotFound, api_code::limitExceeded,
                                             api_code::planNotAllowed};
    return std::find(statuses.begin(), statuses.end(), response.status) != statuses.end() &&
           std::find(otherCauses.begin(), otherCauses.end(), response.code.value_or(0)) == otherCauses.end();
}

bool isAnswer(const ProbeResponse& response, ProbeValue value) {
    if (response.isList()) return true;
    if (response.status == 0 || isRefusalOfAll(response)) return false;
    return value != ProbeValue::documented || isRefusalOfParameters(response);
}

std::string endedText(const std::string& reason) {
    return "the probe ended: " + reason;
}

}  // namespace

std::optional<std::size_t> ProbeResponse::number(const char* key) const {
    const auto found = data.is_object() ? data.find(key) : data.end();
    if (found == data.end()) return std::nullopt;
    if (found->is_number_unsigned()) return found->get<std::size_t>();
    if (!found->is_string()) return std::nullopt;
    const auto& text = found->get_ref<const std::string&>();
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<bool> ProbeResponse::hasNextPage() const {
    const auto found = data.is_object() ? data.find("hasNextPage") : data.end();
    if (found == data.end() || !found->is_boolean()) return std::nullopt;
    return found->get<bool>();
}

std::string textOf(const ProbeResponse& response) {
    if (response.isList()) return counted(static_cast<std::int64_t>(response.builds.size()), "build");
    const std::string status = std::to_string(response.status);
    if (response.code) return status + ':' + std::to_string(*response.code);
    const bool isSuccess = response.status >= 200 && response.status < 300;
    return isSuccess ? status + " without a list" : status;
}

const ProbeResponse& ProbeSession::send(const ProbeRequest& request, ProbeValue value) {
    const std::string target = targetOf(request);
    auto found = exchanges_.find(target);
    if (found == exchanges_.end()) {
        if (endReason_.empty() && client_.isExhausted()) {
            endReason_ = fmt::format("the limit of {} requests is reached", client_.requestCount());
        }
        if (!endReason_.empty()) return fail(endedText(endReason_));
        if (value == ProbeValue::wrong && !allowsWrongValues_) return fail("a wrong value is sent later");
        found = exchanges_.emplace(target, exchange(request, value)).first;
    }
    if (!found->second.failure.empty()) return fail(found->second.failure);
    return found->second.response;
}

const ProbeResponse& ProbeSession::fail(std::string reason) {
    static const ProbeResponse none;
    if (failure_.empty()) failure_ = std::move(reason);
    return none;
}

ProbeSession::Exchange ProbeSession::exchange(const ProbeRequest& request, ProbeValue value) {
    if (progressColumns()) showStatus(fmt::format("probe: request {}", client_.requestCount() + 1));
    Exchange exchange;
    ProbeResponse& response = exchange.response;
    const auto retry = value == ProbeValue::documented ? ProbeClient::Retry::failures : ProbeClient::Retry::rateLimit;
    ProbeResult result = client_.send(request, retry, token_);
    if (!result.page) response.code = result.page.error().apiCode();
    if (result.response) response.status = result.response->status;
    if (result.page && result.response) {
        storeList(*std::move(result.page), parseShallow(result.response->body), response);
    }
    if (isAnswer(response, value)) {
        consecutiveFailures_ = 0;
        return exchange;
    }
    ++consecutiveFailures_;
    const std::string reason = response.status != 0
                                   ? "the service answered " + textOf(response)
                                   : fmt::format("there was no response ({})", toString(result.page.error().kind()));
    if (response.isRefusal() || consecutiveFailures_ == maxProbeFailures || token_.isCancelled()) endReason_ = reason;
    exchange.failure = endReason_.empty() ? "not seen: " + reason : endedText(endReason_);
    return exchange;
}

void ProbeSession::storeList(BuildPage page, json body, ProbeResponse& response) {
    if (!body.is_object() || !body.contains("data") || !body["data"].is_object()) return;
    response.builds = std::move(page.items);
    response.data = std::move(body["data"]);
    for (json& build : response.data["items"]) {
        const auto id = build.is_object() ? build.find("id") : build.end();
        if (id == build.end() || !id->is_string() || builds_.size() >= maxProbeBuilds) continue;
        builds_.try_emplace(id->get<std::string>(), std::move(build));
    }
    response.data.erase("items");
}

}  // namespace applivery::program
