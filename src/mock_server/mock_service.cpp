#include "mock_server/mock_service.hpp"

#include "mock_server/field_formats.hpp"
#include "mock_server/http_date.hpp"
#include "mock_server/json_object.hpp"
#include "mock_server/list_query.hpp"
#include "mock_server/responses.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace applivery::mock {
namespace {

using Segments = std::vector<std::string>;

/// The API and the ids in the path of a request.
struct Route {
    enum class Api { none, integrations, workspace };
    Api api = Api::none;
    std::string organization{};
    std::string app{};
    std::optional<std::string> build{};  ///< Absent for a list.
};

// Parses the path of a list of builds.
Route parseListRoute(const Segments& segments) {
    if (segments == Segments{"v1", "integrations", "builds"}) return {Route::Api::integrations, {}, {}, {}};
    if (segments.size() == 6 && segments[0] == "v1" && segments[1] == "organizations" && segments[3] == "apps" &&
        segments[5] == "builds")
        return {Route::Api::workspace, segments[2], segments[4], {}};
    return {};
}

Route parseRoute(Segments segments) {
    Route route = parseListRoute(segments);
    if (route.api != Route::Api::none || segments.empty()) return route;
    std::string build = std::move(segments.back());
    segments.pop_back();
    route = parseListRoute(segments);
    if (route.api != Route::Api::none) route.build = std::move(build);
    return route;
}

/// Returns the segments after the prefix, or none if the path does not begin with the prefix.
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

Accounts::Access findAccess(const Accounts& accounts, const Route& route, const RecordedRequest& request) {
    const std::optional<std::string> token = bearerToken(request);
    if (!token) return Refusal{401, 4002, "No auth token"};
    if (route.api == Route::Api::integrations) return accounts.forAppToken(*token);
    return accounts.forServiceAccount(*token, route.organization, route.app);
}

/// The pagination of a page, in the format of mongoose-paginate.
struct Pagination {
    explicit Pagination(const BuildQuery& query, std::size_t total)
        : pages(std::max<std::size_t>(1, (total + query.limit - 1) / query.limit)),
          first((query.page - 1) * query.limit + 1),
          hasPrevious(query.page > 1),
          hasNext(query.page < pages) {}

    std::size_t pages;
    std::size_t first;
    bool hasPrevious;
    bool hasNext;
};

void writePagination(JsonObject& data, const ServiceRules& rules, const ListQuery& list, std::size_t total) {
    const BuildQuery& query = list.query;
    const Pagination pagination(query, total);
    const auto number = [&data](std::string_view name, std::size_t value) { data.json(name, std::to_string(value)); };
    const auto link = [&](std::string_view name, bool exists, std::size_t page) {
        data.json(name, exists ? std::to_string(page) : "null");
    };
    if (rules.totals) number("totalDocs", total);
    if (rules.echoLimit) number("limit", list.echoedLimit);
    if (rules.links) data.boolean("hasPrevPage", pagination.hasPrevious);
    if (rules.links) data.boolean("hasNextPage", pagination.hasNext);
    if (rules.echoPage) number("page", query.page);
    if (rules.totals) number("totalPages", pagination.pages);
    if (rules.totals) number("pagingCounter", pagination.first);
    if (rules.links) link("prevPage", pagination.hasPrevious, query.page - 1);
    if (rules.links) link("nextPage", pagination.hasNext, query.page + 1);
}

std::string listBody(const ServiceRules& rules, const ListQuery& list, BuildSlice slice) {
    slice.items = withFieldFormats(std::move(slice.items), rules);
    std::string body;
    constexpr std::size_t maxEnvelopeSize = 512;  // bytes
    body.reserve(slice.items.size() + maxEnvelopeSize);
    {
        JsonObject envelope(body);  // the destructor writes the closing brace
        envelope.boolean("status", true);
        envelope.object("data", [&](JsonObject& data) {
            data.json("items", '[' + slice.items + ']');
            writePagination(data, rules, list, slice.total);
        });
    }
    return body;
}

ScriptedResponse buildResponse(const ServiceRules& rules, const BuildData& builds, const std::string& id) {
    const std::shared_ptr<const MockBuild> build = builds.get(id);
    if (!build) return apiError(404, 3001, "Entity not found");
    return ok(R"({"status":true,"data":)" + withFieldFormats(build->json, rules) + '}');
}

// Returns status 429, which asks clients to wait for one second.
ScriptedResponse tooManyRequestsWith(RetryAfter form, Time now) {
    if (form == RetryAfter::seconds) return tooManyRequests("1");
    if (form == RetryAfter::date) return tooManyRequests(httpDate(now + std::chrono::seconds{1}));
    ScriptedResponse response = tooManyRequests("");
    response.headers.clear();
    return response;
}

// @param count number of requests that count for the limit.
void addLimits(ScriptedResponse& response, const ServiceRules& rules, std::size_t count) {
    constexpr std::size_t documentedLimit = 10'000;
    const std::size_t limit = rules.requestLimit.value_or(documentedLimit);
    response.headers.emplace_back("X-RateLimit-Limit", std::to_string(limit));
    response.headers.emplace_back("X-RateLimit-Remaining", std::to_string(limit - std::min(limit, count)));
}

}  // namespace

ServiceRules MockService::rules() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return rules_;
}

void MockService::setRules(ServiceRules rules) {
    const std::lock_guard<std::mutex> lock(mutex_);
    rules_ = std::move(rules);
    requests_ = 0;
}

std::pair<ServiceRules, std::size_t> MockService::count() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (rules_.requestLimit && ++requests_ > *rules_.requestLimit + 1) requests_ = 1;
    return {rules_, requests_};
}

ScriptedResponse MockService::response(const RecordedRequest& request) const {
    const auto [rules, count] = this->count();
    ScriptedResponse response = rules.requestLimit && count > *rules.requestLimit
                                    ? tooManyRequestsWith(rules.retryAfter, now_())
                                    : buildsResponse(request, rules);
    if (rules.rateLimitHeaders) addLimits(response, rules, count);
    if (rules.clockAhead) response.headers.emplace_back("Date", httpDate(now_() + *rules.clockAhead));
    return response;
}

ScriptedResponse MockService::buildsResponse(const RecordedRequest& request, const ServiceRules& rules) const {
    const Route route = parseRoute(segmentsAfter(rules.pathPrefix, request));
    if (route.api == Route::Api::none || (request.method != "GET" && request.method != "HEAD"))
        return apiError(404, 1002, "Route not found");

    const Accounts::Access access = findAccess(accounts_, route, request);
    if (const Refusal* const refusal = std::get_if<Refusal>(&access))
        return apiError(refusal->httpStatus, refusal->code, refusal->message);

    const BuildData& builds = *std::get<std::shared_ptr<const BuildData>>(access);
    if (route.build) return buildResponse(rules, builds, *route.build);
    ListQuery list = parseListQuery(request, rules);
    const bool returnsEmptyList = list.refused && list.refused->refusal.httpStatus == 200;
    if (returnsEmptyList) {
        list.query.statuses = {"a status of no build"};
    } else if (list.refused) {
        return apiError(list.refused->refusal.httpStatus, list.refused->refusal.code,
                        "Validation error: " + list.refused->name);
    }
    return ok(listBody(rules, list, builds.slice(list.query)));
}

}  // namespace applivery::mock
