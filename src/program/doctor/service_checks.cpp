#include "doctor/service_checks.hpp"

#include "doctor/body_shape.hpp"
#include "http_headers.hpp"
#include "text/text_format.hpp"

#include <applivery/error.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace applivery::program {
namespace {

using nlohmann::json;

std::string contentType(const HttpResponse& response) {
    const std::string* const value = findHeader(response.headers, "content-type");
    return value != nullptr ? value->substr(0, value->find(';')) : "";
}

// Returns the type if it is a usual one, because others may contain a name.
std::string typeText(const HttpResponse& response) {
    const std::string type = lowerCase(contentType(response));
    constexpr std::array<std::string_view, 5> usual{"application/json", "application/xml", "text/html", "text/plain",
                                                    "text/xml"};
    if (type.empty()) return "no type";
    return std::find(usual.begin(), usual.end(), type) != usual.end() ? type : "another type";
}

// Describes a response by the size and the type of its body only.
std::string bodyText(const HttpResponse& response) {
    return fmt::format("{} with {} bytes of {}", response.status, response.body.size(), typeText(response));
}

const char* const otherServerAdvice =
    "Another server responds instead of the service: a gateway, a proxy, or the log-in page of a network. Check "
    "--base-url, APPLIVERY_BASE_URL and https_proxy, and open the address in a browser on this machine.";

/// The meaning of an error code of the service.
struct Meaning {
    int code;
    const char* check;
    const char* found;
    const char* advice;
    const char* message = nullptr;  // message of the service; null: any
};

constexpr const char* otherTokenAdvice =
    "The token may be incomplete, deleted, or of the other kind. Set an App API Token in APPLIVERY_APP_TOKEN, and a "
    "Service Account token in APPLIVERY_SERVICE_ACCOUNT_TOKEN. Copy it again, or create a new one.";

constexpr Meaning meanings[] = {
    {api_code::noAuthToken, "authentication", "this API does not accept the token (4002)", otherTokenAdvice,
     "Invalid Token"},
    {api_code::noAuthToken, "authentication", "the service received no token (4002)",
     "A gateway or a proxy removes the header Authorization. Ask its operator."},
    {api_code::invalidToken, "authentication", "this API does not accept the token (4004)", otherTokenAdvice},
    {api_code::tokenExpired, "authentication", "the token has expired (3002)", "Create a new token."},
    {api_code::forbidden, "permission", "the token is valid, but may not list builds of this app (4003)",
     "Give the service account a role in the workspace. Viewer is sufficient."},
    {api_code::entityNotFound, "app", "the organization or the app does not exist for this token (3001)",
     "Check --organization and --app, or APPLIVERY_ORGANIZATION_ID and APPLIVERY_APPLICATION_ID. With an App API "
     "Token, check that its app still exists."},
    {api_code::routeNotFound, "service", "the service has no API at this address (1002)",
     "The path in --base-url or APPLIVERY_BASE_URL is wrong or missing."},
    {api_code::internalError, "service", "the service failed (1000)", "Try again later."},
    {api_code::limitExceeded, "plan", "the quota of the workspace is exhausted (5003)",
     "Check the plan of the workspace."},
    {api_code::planNotAllowed, "plan", "the plan of the workspace does not include this API (5004)",
     "Check the plan of the workspace."},
};

struct Check {
    const char* name;
    const char* passed;
};

/// The checks of a successful call. A call passes the last three together.
constexpr std::array<Check, 5> checks{{
    {"service", "the API responds"},
    {"authentication", "the token is valid"},
    {"permission", "the token may list builds"},
    {"app", "the app exists"},
    {"plan", "the plan includes the API"},
}};
constexpr std::size_t certainlyPassed = 2;  // if one of the last three failed

// Returns the finding after those of the checks that passed before it.
Findings withPassedChecks(Finding finding) {
    Findings findings;
    const std::size_t known =
        finding.verdict == Verdict::failed && finding.check != "builds" ? certainlyPassed : checks.size();
    for (std::size_t i = 0; i < known && finding.check != checks[i].name; ++i) {
        findings.push_back(pass(checks[i].name, checks[i].passed));
    }
    findings.push_back(std::move(finding));
    return findings;
}

template <typename Names>
std::string commaSeparated(const Names& names) {
    return fmt::format("{}", fmt::join(names, ", "));
}

const char* const reportFieldsAdvice = "Send the names of these fields to the maintainers of this program.";

std::string namesText(const BodyShape& shape) {
    std::string text = counted(static_cast<std::int64_t>(shape.builds), "build");
    if (!shape.unexpected.empty()) text += "; with an unexpected type: " + commaSeparated(shape.unexpected);
    if (!shape.unknown.empty()) text += "; unknown and ignored: " + commaSeparated(shape.unknown);
    return text;
}

Finding buildsFinding(const BodyShape& shape) {
    if (!shape.unexpected.empty()) return warn("builds", namesText(shape), reportFieldsAdvice);
    if (shape.unknown.empty()) return pass("builds", namesText(shape) + ", all fields are known");
    Finding finding = pass("builds", namesText(shape));
    finding.advice = reportFieldsAdvice;
    return finding;
}

Finding failureOf(const Error& error, const HttpResponse& response) {
    const ExitCode code = exitCodeOf(error.kind());
    for (const Meaning& meaning : meanings) {
        const bool isMatch = error.apiCode() == meaning.code &&
                             (meaning.message == nullptr || response.body.find(meaning.message) != std::string::npos);
        if (isMatch) return fail(meaning.check, code, meaning.found, meaning.advice);
    }
    if (error.kind() == ErrorKind::rateLimited) {
        const auto delay = error.retryAfter();
        return fail("service", code,
                    "too many requests (429)" + (delay ? fmt::format(", for another {} s", delay->count()) : ""),
                    "Wait, and send fewer requests. Programs that share a token share its limit.");
    }
    if (response.status >= 300 && response.status < 400) {
        return fail("service", code,
                    fmt::format("a redirect ({}), which this program does not follow", response.status),
                    otherServerAdvice);
    }
    if (error.apiCode()) {
        return fail("service", code, fmt::format("status {}, code {}", response.status, *error.apiCode()),
                    "This program does not know the code. See the documentation of the service.");
    }
    if (response.status < 200 || response.status >= 300) {
        return fail("service", code, "an error response that is not from the API: " + bodyText(response),
                    otherServerAdvice);
    }
    if (const BodyShape shape = shapeOf(response.body); !shape.unexpected.empty()) {
        return fail("builds", code, namesText(shape), reportFieldsAdvice);
    }
    if (json::accept(response.body)) {
        return fail(
            "service", code, "JSON that is not a list of builds: " + bodyText(response),
            "Check --base-url and APPLIVERY_BASE_URL. If they are right, a newer version of this program may read "
            "the response.");
    }
    if (response.body.find_first_not_of(" \t\r\n") == response.body.find('{') && !response.body.empty()) {
        return fail("service", code, "JSON that is incomplete or invalid: " + bodyText(response),
                    "Try again. If it fails again, report it with the file that --record writes.");
    }
    return fail("service", code, "a response that is not from the API: " + bodyText(response), otherServerAdvice);
}

// Determines whether the token is of the other kind by a request to the other API.
Finding withKindOf(Finding failure, ProbeClient* other, const CancellationToken& token) {
    const bool mayBe = failure.check == "authentication" || failure.check == "permission" || failure.check == "app";
    if (!mayBe || other == nullptr || !other->list({{"limit", "1"}}, token).page) return failure;
    failure.found += ": the token is of the other kind";
    failure.advice =
        "The other API accepts it. Set an App API Token in APPLIVERY_APP_TOKEN, without organization and app. Set a "
        "Service Account token in APPLIVERY_SERVICE_ACCOUNT_TOKEN, with both.";
    return failure;
}

// Repeats no message of libcurl and of the library, because they may name the host and the app.
Finding withoutResponse(ErrorKind kind) {
    const std::string found = "there was no complete response (" + std::string(toString(kind)) + ")";
    const char* const advice =
        kind == ErrorKind::timeout ? "The service or the network is slow. Try again with --verbose."
        : kind == ErrorKind::responseTooLarge
            ? "The response is larger than this program accepts. Request fewer builds with --limit."
            : "A request without a token succeeded, and a request with the token did not. Ask the operator of the "
              "gateway or proxy, and try again with --verbose.";
    return fail("service", exitCodeOf(kind), found, advice);
}

}  // namespace

Findings checkService(ProbeClient& client, ProbeClient* other, const CancellationToken& token) {
    const ProbeResult result = client.list({}, token);
    if (!result.page && !result.response) return {withoutResponse(result.page.error().kind())};
    if (!result.page) {
        return withPassedChecks(withKindOf(failureOf(result.page.error(), *result.response), other, token));
    }
    return withPassedChecks(buildsFinding(shapeOf(result.response->body)));
}

}  // namespace applivery::program
