#include "doctor/probe_answers.hpp"

#include <utility>

namespace applivery::program {

using nlohmann::json;

std::optional<std::size_t> ProbeAnswer::number(const char* key) const {
    const auto found = data.is_object() ? data.find(key) : data.end();
    if (found == data.end() || !found->is_number_unsigned()) return std::nullopt;
    return found->get<std::size_t>();
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
    const Answered answered = asker_.ask(query, token_);
    ProbeAnswer answer;
    if (!answered.page) answer.code = answered.page.error().apiCode();
    if (answered.response) {
        answer.status = answered.response->status;
        json body = json::parse(answered.response->body, nullptr, false);
        if (answered.page && body.is_object() && body.contains("data") && body["data"].is_object()) {
            answer.data = std::move(body["data"]);
            for (json& build : answer.data["items"]) {
                if (build.is_object()) answer.builds.push_back(std::move(build));
            }
            answer.data.erase("items");
        }
    }
    builds_.insert(builds_.end(), answer.builds.begin(), answer.builds.end());
    if (!std::exchange(hasPlain_, true)) plain_ = answer;
    return answer;
}

}  // namespace applivery::program
