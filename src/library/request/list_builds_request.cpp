#include "request/list_builds_request.hpp"

#include "core/text.hpp"
#include "request/base_url.hpp"

#include <applivery/version.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace applivery::detail {
namespace {

constexpr std::size_t longestToken = std::size_t{8} << 10U;
constexpr std::size_t longestUrl = std::size_t{16} << 10U;  // more than servers take, who would answer in their own way

Error invalid(std::string message) {
    return Error(ErrorKind::invalidArgument, std::move(message));
}

// RFC 3986: all but the unreserved characters, so that nothing can leave its path segment or parameter.
std::string percentEncoded(std::string_view text) {
    constexpr std::string_view unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    encoded.reserve(text.size());
    for (const char c : text) {
        if (unreserved.find(c) != std::string_view::npos) {
            encoded += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            encoded += '%';
            encoded += digits[byte >> 4U];
            encoded += digits[byte & 0xFU];
        }
    }
    return encoded;
}

Result<std::string> cleanToken(std::string_view token, std::string_view name) {
    token = trimmed(token);
    if (token.empty()) return invalid(std::string(name) + " is empty");
    const auto isPrintableAscii = [](char c) { return c >= ' ' && c < '\x7f'; };
    if (!std::all_of(token.begin(), token.end(), isPrintableAscii)) {
        return invalid(
            std::string(name) +
            " holds a control character, such as a newline, or one that is not ASCII. Was it pasted whole and "
            "alone?");
    }
    if (token.size() > longestToken) return invalid(std::string(name) + " is too long to be one");
    return std::string(token);
}

// An id as a segment of the path. Dots alone would climb out of it, however they are encoded.
Result<std::string> pathSegment(std::string_view id, std::string_view name) {
    id = trimmed(id);
    if (id.empty()) return invalid(std::string(name) + " is empty");
    if (id == "." || id == "..") return invalid(std::string(name) + " is no id");
    if (hasControlCharacter(id)) return invalid(std::string(name) + " holds a control character");
    return percentEncoded(id);
}

struct Target {
    std::string token;
    std::string path;
};

Result<Target> targetOf(const AppToken& credential) {
    return cleanToken(credential.token, "the App API Token").transform([](std::string token) {
        return Target{std::move(token), "/v1/integrations/builds"};
    });
}

Result<Target> targetOf(const ServiceAccount& credential) {
    auto token = cleanToken(credential.token, "the Service Account token");
    if (!token) return token.error();
    const auto organization = pathSegment(credential.organizationId, "organizationId");
    if (!organization) return organization.error();
    const auto application = pathSegment(credential.applicationId, "applicationId");
    if (!application) return application.error();
    return Target{*std::move(token), "/v1/organizations/" + *organization + "/apps/" + *application + "/builds"};
}

class Query {
public:
    // One of our own parameters: its name is taken.
    void add(const std::string& name, std::string_view value) {
        names_.push_back(name);
        append(name, value);
    }

    void append(std::string_view name, std::string_view value) {
        text_ += text_.empty() ? '?' : '&';
        text_ += percentEncoded(name);
        text_ += '=';
        text_ += percentEncoded(value);
    }

    [[nodiscard]] bool has(const std::string& name) const {
        return std::find(names_.begin(), names_.end(), name) != names_.end();
    }

    [[nodiscard]] const std::string& text() const noexcept { return text_; }

private:
    std::vector<std::string> names_;
    std::string text_;
};

Result<Query> ownQueryOf(const BuildFilter& filter, const Page& page) {
    if (page.number < 1) return invalid("Page::number is " + std::to_string(page.number) + "; pages start at 1");
    if (page.limit && *page.limit < 1)
        return invalid("Page::limit is " + std::to_string(*page.limit) + "; the least is 1");
    Query query;
    if (filter.versionName) {
        if (filter.versionName->empty())
            return invalid("BuildFilter::versionName is empty; leave it unset for every version");
        query.add("versionName", *filter.versionName);
    }
    if (filter.status) {
        if (toText(*filter.status).empty()) return invalid("BuildFilter::status is no status that the service knows");
        query.add("status", toText(*filter.status));
    }
    if (filter.os) {
        if (toText(*filter.os).empty()) return invalid("BuildFilter::os is no system that the service knows");
        query.add("os", toText(*filter.os));
    }
    query.add("page", std::to_string(page.number));
    if (page.limit) query.add("limit", std::to_string(*page.limit));
    return query;
}

Result<std::string> queryOf(const BuildFilter& filter, const Page& page) {
    Result<Query> query = ownQueryOf(filter, page);
    if (!query) return query.error();
    for (const auto& [name, value] : filter.extraParameters) {
        if (trimmed(name).empty()) return invalid("BuildFilter::extraParameters holds a parameter without a name");
        if (query->has(name) || name == "limit") {
            return invalid("BuildFilter::extraParameters holds \"" + name + "\", which has a member of its own");
        }
        query->append(name, value);
    }
    return query->text();
}

const char* validate(const RetryPolicy& policy) {
    if (policy.maxAttempts < 1) return "RetryPolicy::maxAttempts is below 1";
    if (policy.initialDelay.count() < 0) return "RetryPolicy::initialDelay is negative";
    if (policy.maxDelay.count() < 0) return "RetryPolicy::maxDelay is negative";
    if (!(policy.multiplier >= 1)) return "RetryPolicy::multiplier is not at least 1";
    return nullptr;
}

}  // namespace

Result<Endpoint> makeEndpoint(const Credentials& credentials, const ClientOptions& options) {
    auto target = std::visit([](const auto& credential) { return targetOf(credential); }, credentials);
    if (!target) return target.error();
    const auto base = parseBaseUrl(options);
    if (!base) return base.error();
    if (hasControlCharacter(options.userAgentSuffix)) {
        return invalid("ClientOptions::userAgentSuffix holds a control character");
    }
    if (const char* const fault = validate(options.retry)) return invalid(fault);
    if (options.maxRequestsPerSecond && !(*options.maxRequestsPerSecond > 0)) {
        return invalid("ClientOptions::maxRequestsPerSecond is not above 0");
    }

    std::string userAgent = "applivery-cpp/" APPLIVERY_VERSION;
    if (!options.userAgentSuffix.empty()) userAgent += ' ' + options.userAgentSuffix;

    Endpoint endpoint;
    endpoint.path = base->path + target->path;
    endpoint.url = base->origin + endpoint.path;
    endpoint.secret = Secret(target->token);
    endpoint.headers = {{"Authorization", "Bearer " + target->token},
                        {"Accept", "application/json"},
                        {"User-Agent", std::move(userAgent)}};
    return endpoint;
}

Result<HttpRequest> makeListBuildsRequest(const Endpoint& endpoint, const BuildFilter& filter, const Page& page) {
    return queryOf(filter, page).and_then([&](const std::string& query) -> Result<HttpRequest> {
        HttpRequest request{"GET", endpoint.url + query, endpoint.headers};
        if (request.url.size() <= longestUrl) return request;
        return invalid("the URL of the request would be " + std::to_string(request.url.size()) +
                       " bytes long; the most is " + std::to_string(longestUrl) + ". Shorten the filter.");
    });
}

std::string shownTarget(const Endpoint& endpoint, const BuildFilter& filter, const Page& page) {
    const auto query = ownQueryOf(filter, page);
    return query ? endpoint.path + query->text() : endpoint.path;
}

}  // namespace applivery::detail
