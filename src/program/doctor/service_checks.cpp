#include "doctor/service_checks.hpp"

#include "doctor/body_shape.hpp"
#include "text/text_format.hpp"
#include "text/utf8.hpp"

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
    for (const auto& [name, value] : response.headers) {
        if (lowerCase(name) == "content-type") return value.substr(0, value.find(';'));
    }
    return {};
}

// A type of which nobody's name is a part.
std::string typeText(const HttpResponse& response) {
    const std::string type = lowerCase(contentType(response));
    constexpr std::array<std::string_view, 5> usual{"application/json", "application/xml", "text/html", "text/plain",
                                                    "text/xml"};
    if (type.empty()) return "no type";
    return std::find(usual.begin(), usual.end(), type) != usual.end() ? type : "another type";
}

// Of a body only its size and its type are told.
std::string bodyText(const HttpResponse& response) {
    return fmt::format("{} with {} bytes of {}", response.status, response.body.size(), typeText(response));
}

const char* const somethingElse =
    "Something else answers in the place of the service: a gateway, a proxy, or the log-in page of a network. Check "
    "--base-url, APPLIVERY_BASE_URL and https_proxy, and open the address in a browser on this machine.";

/// What an answer with a code of the service means.
struct Meaning {
    int code;
    const char* check;
    const char* found;
    const char* advice;
    const char* message = nullptr;  // of the service; null: any
};

constexpr const char* otherToken =
    "It is cut off, was deleted, or is of the other kind: an App API Token belongs into APPLIVERY_APP_TOKEN, a Service "
    "Account token into APPLIVERY_SERVICE_ACCOUNT_TOKEN. Copy it again, or make a new one.";

constexpr Meaning meanings[] = {
    {api_code::noAuthToken, "authentication", "the token is not one that this API takes (4002)", otherToken,
     "Invalid Token"},
    {api_code::noAuthToken, "authentication", "the service sees no token (4002)",
     "Something on the way takes the header Authorization away, a gateway or a proxy: ask who runs it."},
    {api_code::invalidToken, "authentication", "the token is not one that this API takes (4004)", otherToken},
    {api_code::tokenExpired, "authentication", "the token is expired (3002)", "Create a new token."},
    {api_code::forbidden, "permission", "the token is known, and may not list this app's builds (4003)",
     "Give its service account a role in the workspace; Viewer is enough."},
    {api_code::entityNotFound, "app", "there is no such organization or app for this token (3001)",
     "Check --organization and --app, or APPLIVERY_ORGANIZATION_ID and APPLIVERY_APPLICATION_ID; with an App API "
     "Token, "
     "whether its app still exists."},
    {api_code::routeNotFound, "service", "the service has nothing at this address (1002)",
     "The path in --base-url or APPLIVERY_BASE_URL is not that of the API, or one is missing."},
    {api_code::internalError, "service", "the service failed (1000)", "Try again later."},
    {api_code::limitExceeded, "plan", "the workspace's quota is used up (5003)", "See the plan of the workspace."},
    {api_code::planNotAllowed, "plan", "the workspace's plan does not include this API (5004)",
     "See the plan of the workspace."},
};

struct Check {
    const char* name;
    const char* passed;
};

/// Of a call that came through. What is said of the last three is known together, since the service answers one of
/// them.
constexpr std::array<Check, 5> checks{{
    {"service", "the API answers"},
    {"authentication", "the token is known"},
    {"permission", "the token may list builds"},
    {"app", "found"},
    {"plan", "allows it"},
}};
constexpr std::size_t surelyPassed = 2;  // by what fails at one of the last three

// What was passed before this finding, and it.
Findings upTo(Finding finding) {
    Findings findings;
    const std::size_t known =
        finding.verdict == Verdict::failed && finding.check != "builds" ? surelyPassed : checks.size();
    for (std::size_t i = 0; i < known && finding.check != checks[i].name; ++i) {
        findings.push_back(good(checks[i].name, checks[i].passed));
    }
    findings.push_back(std::move(finding));
    return findings;
}

template <typename Names>
std::string joined(const Names& names) {
    return fmt::format("{}", fmt::join(names, ", "));
}

const char* const tellUs = "Send the names of these fields to the maintainers of this program.";

std::string namesText(const BodyShape& shape) {
    std::string text = counted(static_cast<std::int64_t>(shape.builds), "build");
    if (!shape.unexpected.empty()) text += "; not of a type that is read: " + joined(shape.unexpected);
    if (!shape.unknown.empty()) text += "; not known, and skipped: " + joined(shape.unknown);
    return text;
}

Finding buildsFinding(const BodyShape& shape) {
    if (!shape.unexpected.empty()) return doubtful("builds", namesText(shape), tellUs);
    if (shape.unknown.empty()) return good("builds", namesText(shape) + ", every field known");
    Finding finding = good("builds", namesText(shape));
    finding.advice = tellUs;
    return finding;
}

Finding failureOf(const Error& error, const HttpResponse& response) {
    const ExitCode code = exitCodeOf(error.kind());
    for (const Meaning& meaning : meanings) {
        const bool isIts = error.apiCode() == meaning.code &&
                           (meaning.message == nullptr || response.body.find(meaning.message) != std::string::npos);
        if (isIts) return bad(meaning.check, code, meaning.found, meaning.advice);
    }
    if (error.kind() == ErrorKind::rateLimited) {
        const auto delay = error.retryAfter();
        return bad("service", code,
                   "too many requests (429)" + (delay ? fmt::format(", for {} s more", delay->count()) : ""),
                   "Wait, and ask less often: programs that share the token share the limit.");
    }
    if (response.status >= 300 && response.status < 400) {
        return bad("service", code, fmt::format("a redirect ({}), which is not followed", response.status),
                   somethingElse);
    }
    if (error.apiCode()) {
        return bad("service", code, fmt::format("status {}, code {}", response.status, *error.apiCode()),
                   "This code is not known here: look it up in the service's documentation.");
    }
    if (response.status < 200 || response.status >= 300) {
        return bad("service", code, "a refusal that is not the API's: " + bodyText(response), somethingElse);
    }
    if (const BodyShape shape = shapeOf(response.body); !shape.unexpected.empty()) {
        return bad("builds", code, namesText(shape), tellUs);
    }
    if (json::accept(response.body)) {
        return bad(
            "service", code, "JSON that is no list of builds: " + bodyText(response),
            "Check --base-url and APPLIVERY_BASE_URL; if they are right, a newer version of this program may know "
            "the answer.");
    }
    if (response.body.find_first_not_of(" \t\r\n") == response.body.find('{') && !response.body.empty()) {
        return bad("service", code, "JSON that is cut off or garbled: " + bodyText(response),
                   "Try again; if it stays, hand over what --record keeps of it.");
    }
    return bad("service", code, "an answer that is not the API's: " + bodyText(response), somethingElse);
}

// Whether the token is of the other kind is best asked by being it.
Finding withKindOf(Finding failure, ProbeClient* other, const CancellationToken& token) {
    const bool mayBe = failure.check == "authentication" || failure.check == "permission" || failure.check == "app";
    if (!mayBe || other == nullptr || !other->ask({{"limit", "1"}}, token).page) return failure;
    failure.found += ": it is a token of the other kind";
    failure.advice =
        "The other API takes it. Put an App API Token into APPLIVERY_APP_TOKEN, without organization and app, and a "
        "Service Account token into APPLIVERY_SERVICE_ACCOUNT_TOKEN, with both.";
    return failure;
}

// What libcurl says of it may name a host, and what the library says, an app.
Finding noAnswer(ErrorKind kind) {
    const std::string found = "no whole answer came (" + std::string(toString(kind)) + ")";
    const char* const advice =
        kind == ErrorKind::timeout ? "The service or the network is slow: try again, with --verbose."
        : kind == ErrorKind::responseTooLarge
            ? "The answer is larger than this program takes: ask for fewer builds, by --limit."
            : "A request without a token came through, and one with it did not: ask who runs the gateway or proxy "
              "between, and try again, with --verbose.";
    return bad("service", exitCodeOf(kind), found, advice);
}

}  // namespace

Findings checkService(ProbeClient& asker, ProbeClient* other, const CancellationToken& token) {
    const ProbeResult answered = asker.ask({}, token);
    if (!answered.page && !answered.response) return {noAnswer(answered.page.error().kind())};
    if (!answered.page) {
        return upTo(withKindOf(failureOf(answered.page.error(), *answered.response), other, token));
    }
    return upTo(buildsFinding(shapeOf(answered.response->body)));
}

}  // namespace applivery::program
