#include "request/list_builds_request.hpp"

#include "core/text.hpp"
#include "request/base_url.hpp"

#include <applivery/version.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace applivery::detail {
namespace {

constexpr std::size_t maxTokenLength = std::size_t{8} << 10U;
constexpr std::size_t maxUrlLength = std::size_t{16} << 10U;  // servers reject a longer URL, each with another error

Error invalid(std::string message) {
    return Error(ErrorKind::invalidArgument, std::move(message));
}

// Returns the trimmed token.
Result<std::string> validateToken(std::string_view token, std::string_view name) {
    token = trimmed(token);
    if (token.empty()) return invalid(std::string(name) + " is empty.");
    const auto isPrintableAscii = [](char c) { return c >= ' ' && c < '\x7f'; };
    if (!std::all_of(token.begin(), token.end(), isPrintableAscii)) {
        return invalid(std::string(name) +
                       " contains a control character, such as a newline, or a character that is not ASCII. Copy the "
                       "token again, without other text.");
    }
    if (token.size() > maxTokenLength)
        return invalid(std::string(name) + " is longer than 8 KiB. Copy the token again, without other text.");
    return std::string(token);
}

// Returns an id as a segment of a path. Rejects `.` and `..`, which change the path even if they are percent-encoded.
Result<std::string> pathSegment(std::string_view id, std::string_view name) {
    id = trimmed(id);
    if (id.empty()) return invalid(std::string(name) + " is empty.");
    if (id == "." || id == "..") return invalid(std::string(name) + " is not an id.");
    if (hasControlCharacter(id)) return invalid(std::string(name) + " contains a control character.");
    return percentEncoded(id);
}

struct TokenAndPath {
    std::string token;
    std::string path;
};

Result<TokenAndPath> tokenAndPath(const AppToken& credential) {
    return validateToken(credential.token, "the App API Token").transform([](std::string token) {
        return TokenAndPath{std::move(token), "/v1/integrations/builds"};
    });
}

Result<TokenAndPath> tokenAndPath(const ServiceAccount& credential) {
    auto token = validateToken(credential.token, "the Service Account token");
    if (!token) return token.error();
    const auto organization = pathSegment(credential.organizationId, "organizationId");
    if (!organization) return organization.error();
    const auto application = pathSegment(credential.applicationId, "applicationId");
    if (!application) return application.error();
    return TokenAndPath{*std::move(token), "/v1/organizations/" + *organization + "/apps/" + *application + "/builds"};
}

class Query {
public:
    // Appends a parameter whose name BuildFilter::extraParameters must not contain.
    void addReserved(const std::string& name, std::string_view value) {
        reservedNames_.push_back(name);
        add(name, value);
    }

    void add(std::string_view name, std::string_view value) {
        text_ += text_.empty() ? '?' : '&';
        text_ += percentEncoded(name);
        text_ += '=';
        text_ += percentEncoded(value);
    }

    [[nodiscard]] bool isReserved(const std::string& name) const {
        return std::find(reservedNames_.begin(), reservedNames_.end(), name) != reservedNames_.end();
    }

    [[nodiscard]] const std::string& text() const noexcept { return text_; }

private:
    std::vector<std::string> reservedNames_;
    std::string text_;
};

// Creates the query without BuildFilter::extraParameters.
Result<Query> makeQuery(const BuildFilter& filter, const Page& page) {
    if (page.number < 1) return invalid("Page::number is " + std::to_string(page.number) + ". The first page is 1.");
    if (page.limit && *page.limit < 1)
        return invalid("Page::limit is " + std::to_string(*page.limit) + ". The minimum is 1.");
    Query query;
    if (filter.versionName) {
        if (filter.versionName->empty())
            return invalid("BuildFilter::versionName is empty. Leave it unset to list every version.");
        query.addReserved("versionName", *filter.versionName);
    }
    if (filter.status) {
        if (toText(*filter.status).empty())
            return invalid("BuildFilter::status is unknown. The service does not support this filter.");
        query.addReserved("status", toText(*filter.status));
    }
    if (filter.os) {
        if (toText(*filter.os).empty())
            return invalid("BuildFilter::os is unknown. The service does not support this filter.");
        query.addReserved("os", toText(*filter.os));
    }
    query.addReserved("page", std::to_string(page.number));
    if (page.limit) query.addReserved("limit", std::to_string(*page.limit));
    return query;
}

Result<std::string> makeFullQuery(const BuildFilter& filter, const Page& page) {
    Result<Query> query = makeQuery(filter, page);
    if (!query) return query.error();
    for (const auto& [name, value] : filter.extraParameters) {
        if (trimmed(name).empty()) return invalid("BuildFilter::extraParameters contains a parameter without a name.");
        if (query->isReserved(name) || name == "limit") {
            return invalid("BuildFilter::extraParameters contains \"" + name +
                           "\". Use the member for this parameter.");
        }
        query->add(name, value);
    }
    return query->text();
}

// Returns a sentence about the first invalid member, or null.
const char* validate(const RetryPolicy& policy) {
    if (policy.maxAttempts < 1) return "RetryPolicy::maxAttempts is below 1.";
    if (policy.initialDelay.count() < 0) return "RetryPolicy::initialDelay is negative.";
    if (policy.maxDelay.count() < 0) return "RetryPolicy::maxDelay is negative.";
    if (!(policy.multiplier >= 1)) return "RetryPolicy::multiplier is below 1, or not a number.";
    return nullptr;
}

}  // namespace

Result<Endpoint> makeEndpoint(const Credentials& credentials, const ClientOptions& options) {
    auto target = std::visit([](const auto& credential) { return tokenAndPath(credential); }, credentials);
    if (!target) return target.error();
    const auto base = parseBaseUrl(options);
    if (!base) return base.error();
    if (hasControlCharacter(options.userAgentSuffix)) {
        return invalid("ClientOptions::userAgentSuffix contains a control character.");
    }
    if (const char* const problem = validate(options.retry)) return invalid(problem);
    if (options.maxRequestsPerSecond && !(*options.maxRequestsPerSecond > 0)) {
        return invalid("ClientOptions::maxRequestsPerSecond is not above 0.");
    }

    std::string userAgent = "applivery-cpp/" APPLIVERY_VERSION;
    if (!options.userAgentSuffix.empty()) userAgent += ' ' + options.userAgentSuffix;

    Endpoint endpoint;
    endpoint.path = base->path + target->path;
    endpoint.url = base->origin + endpoint.path;
    endpoint.server = base->server;
    endpoint.secret = Secret(target->token);
    endpoint.headers = {{"Authorization", "Bearer " + target->token},
                        {"Accept", "application/json"},
                        {"User-Agent", std::move(userAgent)}};
    return endpoint;
}

Result<HttpRequest> makeListBuildsRequest(const Endpoint& endpoint, const BuildFilter& filter, const Page& page) {
    return makeFullQuery(filter, page).and_then([&](const std::string& query) -> Result<HttpRequest> {
        HttpRequest request{"GET", endpoint.url + query, endpoint.headers};
        if (request.url.size() <= maxUrlLength) return request;
        return invalid("the URL of the request would be " + std::to_string(request.url.size()) +
                       " bytes long, and the limit is " + std::to_string(maxUrlLength) + ". Shorten the filter.");
    });
}

std::string shownTarget(const Endpoint& endpoint, const BuildFilter& filter, const Page& page) {
    const auto query = makeQuery(filter, page);
    return query ? endpoint.path + query->text() : endpoint.path;
}

}  // namespace applivery::detail
