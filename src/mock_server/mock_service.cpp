#include "mock_server/mock_service.hpp"

#include "mock_server/answers.hpp"
#include "mock_server/http_date.hpp"
#include "mock_server/json_object.hpp"
#include "mock_server/query_reader.hpp"
#include "mock_server/wire_types.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

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

void writePosition(JsonObject& data, const ServiceRules& rules, const ReadQuery& read, std::size_t total) {
    const BuildQuery& query = read.query;
    const Position position(query, total);
    const auto number = [&data](std::string_view name, std::size_t value) { data.json(name, std::to_string(value)); };
    const auto link = [&](std::string_view name, bool exists, std::size_t page) {
        data.json(name, exists ? std::to_string(page) : "null");
    };
    if (rules.totals) number("totalDocs", total);
    if (rules.echoLimit) number("limit", read.echoedLimit);
    if (rules.links) data.boolean("hasPrevPage", position.hasPrevious);
    if (rules.links) data.boolean("hasNextPage", position.hasNext);
    if (rules.echoPage) number("page", query.page);
    if (rules.totals) number("totalPages", position.pages);
    if (rules.totals) number("pagingCounter", position.first);
    if (rules.links) link("prevPage", position.hasPrevious, query.page - 1);
    if (rules.links) link("nextPage", position.hasNext, query.page + 1);
}

std::string listBody(const ServiceRules& rules, const ReadQuery& read, BuildSlice slice) {
    slice.items = inWireTypes(std::move(slice.items), rules);
    std::string body;
    body.reserve(slice.items.size() + 512);
    {
        JsonObject envelope(body);  // ends its text where its scope ends
        envelope.boolean("status", true);
        envelope.object("data", [&](JsonObject& data) {
            data.json("items", '[' + slice.items + ']');
            writePosition(data, rules, read, slice.total);
        });
    }
    return body;
}

// A second, and a whole one too where a date says it.
ScriptedAnswer refusalInForm(RetryAfter form) {
    using Clock = std::chrono::system_clock;
    if (form == RetryAfter::seconds) return tooManyRequests("1");
    if (form == RetryAfter::date) return tooManyRequests(httpDate(Clock::now() + std::chrono::seconds{1}));
    ScriptedAnswer answer = tooManyRequests("");
    answer.headers.clear();
    return answer;
}

void addLimits(ScriptedAnswer& answer, const ServiceRules& rules, std::size_t count) {
    constexpr std::size_t documented = 10'000;
    const std::size_t limit = rules.requestLimit.value_or(documented);
    answer.headers.emplace_back("X-RateLimit-Limit", std::to_string(limit));
    answer.headers.emplace_back("X-RateLimit-Remaining", std::to_string(limit - std::min(limit, count)));
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

std::pair<ServiceRules, std::size_t> MockService::count() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (rules_.requestLimit && ++requests_ > *rules_.requestLimit + 1) requests_ = 1;
    return {rules_, requests_};
}

ScriptedAnswer MockService::answer(const RecordedRequest& request) const {
    const auto [rules, count] = this->count();
    ScriptedAnswer answer = rules.requestLimit && count > *rules.requestLimit ? refusalInForm(rules.retryAfter)
                                                                              : listAnswer(request, rules);
    if (rules.rateLimitHeaders) addLimits(answer, rules, count);
    if (rules.clockAhead)
        answer.headers.emplace_back("Date", httpDate(std::chrono::system_clock::now() + *rules.clockAhead));
    return answer;
}

ScriptedAnswer MockService::listAnswer(const RecordedRequest& request, const ServiceRules& rules) const {
    const Route route = routeOf(segmentsAfter(rules.pathPrefix, request));
    if (route.api == Route::Api::none || (request.method != "GET" && request.method != "HEAD"))
        return apiError(404, 1002, "Route not found");

    const Directory::Access access = accessOf(directory_, route, request);
    if (const Refusal* const refusal = std::get_if<Refusal>(&access))
        return apiError(refusal->httpStatus, refusal->code, refusal->message);

    ReadQuery read = readQuery(request, rules);
    if (read.bad && read.bad->refusal.httpStatus == 200) {
        read.query.statuses = {"none that any build has"};
    } else if (read.bad) {
        return apiError(read.bad->refusal.httpStatus, read.bad->refusal.code, "Validation error: " + read.bad->name);
    }
    return ok(listBody(rules, read, std::get<0>(access)->slice(read.query)));
}

}  // namespace applivery::mock
