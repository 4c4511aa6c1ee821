#include "doctor/probe_session.hpp"

#include "doctor/shallow_json.hpp"
#include "text/messages.hpp"
#include "text/terminal.hpp"

#include <applivery/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace applivery::program {

using nlohmann::json;

bool ProbeResponse::isRefusal() const noexcept {
    constexpr std::array<int, 3> statuses{400, 404, 422};
    constexpr std::array<int, 7> otherCauses{api_code::noAuthToken,   api_code::forbidden,      api_code::invalidToken,
                                             api_code::tokenExpired,  api_code::entityNotFound, api_code::limitExceeded,
                                             api_code::planNotAllowed};
    return std::find(statuses.begin(), statuses.end(), status) != statuses.end() &&
           std::find(otherCauses.begin(), otherCauses.end(), code.value_or(0)) == otherCauses.end();
}

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

std::set<std::string> ProbeResponse::texts(const char* key) const {
    std::set<std::string> texts;
    for (const json& build : builds) {
        const auto found = build.find(key);
        if (found != build.end() && found->is_string()) texts.insert(found->get<std::string>());
    }
    return texts;
}

std::string refusalText(const ProbeResponse& response) {
    return std::to_string(response.status) + (response.code ? ':' + std::to_string(*response.code) : "");
}

ProbeResponse ProbeSession::send(const QueryParameters& query) {
    ProbeResponse response;
    if (!endReason_.empty()) return response;
    if (progressColumns()) showStatus(fmt::format("probe: request {}", client_.requestCount() + 1));
    const ProbeResult result = client_.list(query, token_);
    if (!result.page) response.code = result.page.error().apiCode();
    if (result.response) response.status = result.response->status;
    if (result.page && result.response) take(parseShallow(result.response->body), response);
    if (!response.isList() && !response.isRefusal()) {
        endReason_ = response.status == 0 ? "there was no response" : "the service answered " + refusalText(response);
    }
    if (!std::exchange(hasPlain_, true)) plain_ = response;
    return response;
}

void ProbeSession::take(json body, ProbeResponse& response) {
    if (!body.is_object() || !body.contains("data") || !body["data"].is_object()) return;
    response.data = std::move(body["data"]);
    for (json& build : response.data["items"]) {
        if (build.is_object()) response.builds.push_back(std::move(build));
    }
    response.data.erase("items");
    builds_.insert(builds_.end(), response.builds.begin(), response.builds.end());
}

}  // namespace applivery::program
