#include "mock_server/mock_service.hpp"

#include "mock_server/answers.hpp"
#include "mock_server/json_object.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <variant>

namespace applivery::mock {
namespace {

using Segments = std::vector<std::string>;

struct Route {
    enum class Api { none, integrations, workspace };
    Api api = Api::none;
    std::string organization{};
    std::string app{};
};

Route routeOf(const Segments& segments) {
    if (segments == Segments{"v1", "integrations", "builds"}) return {Route::Api::integrations, {}, {}};
    if (segments.size() == 6 && segments[0] == "v1" && segments[1] == "organizations" && segments[3] == "apps" &&
        segments[5] == "builds")
        return {Route::Api::workspace, segments[2], segments[4]};
    return {};
}

/// The request's segments after the prefix, or none where it does not begin with it.
Segments segmentsAfter(const std::string& prefix, const RecordedRequest& request) {
    RecordedRequest prefixRequest;
    prefixRequest.path = prefix;
    const Segments expected = prefixRequest.segments();
    Segments segments = request.segments();
    if (segments.size() < expected.size() || !std::equal(expected.begin(), expected.end(), segments.begin())) return {};
    segments.erase(segments.begin(), segments.begin() + static_cast<std::ptrdiff_t>(expected.size()));
    return segments;
}

std::optional<std::string> bearerToken(const RecordedRequest& request) {
    constexpr std::string_view scheme = "Bearer ";
    const std::optional<std::string> value = request.header("Authorization");
    if (!value || value->compare(0, scheme.size(), scheme) != 0 || value->size() == scheme.size()) return std::nullopt;
    return value->substr(scheme.size());
}

Directory::Access accessOf(const Directory& directory, const Route& route, const RecordedRequest& request) {
    const std::optional<std::string> token = bearerToken(request);
    if (!token) return Refusal{401, 4002, "No auth token"};
    if (route.api == Route::Api::integrations) return directory.forAppToken(*token);
    return directory.forServiceAccount(*token, route.organization, route.app);
}

/// Reads a parameter that counts from 1, in 32 bits, so that nothing reckoned from it overflows. @return whether it is
/// absent or well-formed.
bool readCount(const RecordedRequest& request, std::string_view name, std::size_t& count) {
    const std::optional<std::string> text = request.parameter(name);
    if (!text) return true;
    const char* const end = text->data() + text->size();
    const auto parsed = std::from_chars(text->data(), end, count);
    return parsed.ec == std::errc{} && parsed.ptr == end && count >= 1 && count <= 2'147'483'647;
}

template <std::size_t Size>
bool readChoice(const RecordedRequest& request, std::string_view name,
                const std::array<std::string_view, Size>& allowed, std::optional<std::string>& value) {
    value = request.parameter(name);
    return !value || std::find(allowed.begin(), allowed.end(), *value) != allowed.end();
}

/// @return the name of the first parameter that the service would refuse, or nothing.
std::string_view readQuery(const RecordedRequest& request, BuildQuery& query) {
    constexpr std::array<std::string_view, 4> statuses{"pending", "in_progress", "processed", "error"};
    constexpr std::array<std::string_view, 4> systems{"ios", "android", "macos", "windows"};
    constexpr std::array<std::string_view, 2> orders{"createdAt:asc", "createdAt:desc"};
    std::optional<std::string> order;
    query.versionName = request.parameter("versionName");
    if (!readChoice(request, "status", statuses, query.status)) return "status";
    if (!readChoice(request, "os", systems, query.os)) return "os";
    if (!readChoice(request, "sort", orders, order)) return "sort";
    if (!readCount(request, "page", query.page)) return "page";
    if (!readCount(request, "limit", query.limit)) return "limit";
    query.oldestFirst = order == "createdAt:asc";
    return {};
}

/// Where a page stands in its list, as the pagination of the service's database library reckons it.
struct Position {
    explicit Position(const BuildQuery& query, std::size_t total)
        : pages(std::max<std::size_t>(1, (total + query.limit - 1) / query.limit)),
          first((query.page - 1) * query.limit + 1),
          hasPrevious(query.page > 1),
          hasNext(query.page < pages) {}

    std::size_t pages;
    std::size_t first;
    bool hasPrevious;
    bool hasNext;
};

void writePosition(JsonObject& data, const ServiceRules& rules, const BuildQuery& query, std::size_t total) {
    const Position position(query, total);
    const auto number = [&data](std::string_view name, std::size_t value) { data.json(name, std::to_string(value)); };
    const auto link = [&](std::string_view name, bool exists, std::size_t page) {
        data.json(name, exists ? std::to_string(page) : "null");
    };
    if (rules.totals) number("totalDocs", total);
    if (rules.echoLimit) number("limit", query.limit);
    if (rules.links) data.boolean("hasPrevPage", position.hasPrevious);
    if (rules.links) data.boolean("hasNextPage", position.hasNext);
    if (rules.echoPage) number("page", query.page);
    if (rules.totals) number("totalPages", position.pages);
    if (rules.totals) number("pagingCounter", position.first);
    if (rules.links) link("prevPage", position.hasPrevious, query.page - 1);
    if (rules.links) link("nextPage", position.hasNext, query.page + 1);
}

std::string listBody(const ServiceRules& rules, const BuildQuery& query, const BuildSlice& slice) {
    std::string body;
    body.reserve(slice.items.size() + 512);
    {
        JsonObject envelope(body);  // ends its text where its scope ends
        envelope.boolean("status", true);
        envelope.object("data", [&](JsonObject& data) {
            data.json("items", '[' + slice.items + ']');
            writePosition(data, rules, query, slice.total);
        });
    }
    return body;
}

}  // namespace

ServiceRules MockService::rules() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return rules_;
}

void MockService::setRules(ServiceRules rules) {
    const std::lock_guard<std::mutex> lock(mutex_);
    rules_ = std::move(rules);
}

ScriptedAnswer MockService::answer(const RecordedRequest& request) const {
    const ServiceRules rules = this->rules();
    const Route route = routeOf(segmentsAfter(rules.pathPrefix, request));
    if (route.api == Route::Api::none || (request.method != "GET" && request.method != "HEAD"))
        return apiError(404, 1002, "Route not found");

    const Directory::Access access = accessOf(directory_, route, request);
    if (const Refusal* const refusal = std::get_if<Refusal>(&access))
        return apiError(refusal->httpStatus, refusal->code, refusal->message);

    BuildQuery query;
    query.limit = rules.defaultLimit;
    const std::string_view wrong = readQuery(request, query);
    // The code of such a refusal is published nowhere; clients must cope with one that they do not know.
    if (!wrong.empty()) return apiError(400, 1001, "Validation error: " + std::string(wrong));
    if (rules.maxLimit) query.limit = std::min(query.limit, *rules.maxLimit);
    return ok(listBody(rules, query, std::get<0>(access)->slice(query)));
}

}  // namespace applivery::mock
