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

bool ProbeAnswer::isRefusal() const noexcept {
    constexpr std::array<int, 3> ofParameters{400, 404, 422};
    constexpr std::array<int, 7> ofOthers{api_code::noAuthToken,   api_code::forbidden,      api_code::invalidToken,
                                          api_code::tokenExpired,  api_code::entityNotFound, api_code::limitExceeded,
                                          api_code::planNotAllowed};
    return std::find(ofParameters.begin(), ofParameters.end(), status) != ofParameters.end() &&
           std::find(ofOthers.begin(), ofOthers.end(), code.value_or(0)) == ofOthers.end();
}

std::optional<std::size_t> ProbeAnswer::number(const char* key) const {
    const auto found = data.is_object() ? data.find(key) : data.end();
    if (found == data.end()) return std::nullopt;
    if (found->is_number_unsigned()) return found->get<std::size_t>();
    if (!found->is_string()) return std::nullopt;
    const auto& text = found->get_ref<const std::string&>();
    std::size_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::set<std::string> ProbeAnswer::texts(const char* key) const {
    std::set<std::string> texts;
    for (const json& build : builds) {
        const auto found = build.find(key);
        if (found != build.end() && found->is_string()) texts.insert(found->get<std::string>());
    }
    return texts;
}

std::string refusalText(const ProbeAnswer& answer) {
    return std::to_string(answer.status) + (answer.code ? ':' + std::to_string(*answer.code) : "");
}

ProbeAnswer ProbeAnswers::ask(const QueryParameters& query) {
    ProbeAnswer answer;
    if (!end_.empty()) return answer;
    if (progressColumns()) showStatus(fmt::format("probe: request {}", asker_.requestCount() + 1));
    const ProbeResult answered = asker_.ask(query, token_);
    if (!answered.page) answer.code = answered.page.error().apiCode();
    if (answered.response) answer.status = answered.response->status;
    if (answered.page && answered.response) take(parseShallow(answered.response->body), answer);
    if (!answer.isList() && !answer.isRefusal()) {
        end_ = answer.status == 0 ? "no answer came" : "the service answered " + refusalText(answer);
    }
    if (!std::exchange(hasPlain_, true)) plain_ = answer;
    return answer;
}

void ProbeAnswers::take(json body, ProbeAnswer& answer) {
    if (!body.is_object() || !body.contains("data") || !body["data"].is_object()) return;
    answer.data = std::move(body["data"]);
    for (json& build : answer.data["items"]) {
        if (build.is_object()) answer.builds.push_back(std::move(build));
    }
    answer.data.erase("items");
    builds_.insert(builds_.end(), answer.builds.begin(), answer.builds.end());
}

}  // namespace applivery::program
