/// @file
/// `applivery-builds doctor --probe` tests the assumptions about the service.
#include "mock_server/mock_server.hpp"
#include "program/doctor_test.hpp"

#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace applivery {
namespace {

namespace sample = mock::sample;

using test::Diagnosis;
using Values = std::map<std::string, std::string>;

/// The findings for a service that matches the assumptions and has fewer builds than the maximum of a page.
const Values assumed{
    {"totals", "yes"},
    {"links", "yes"},
    {"echo-limit", "yes"},
    {"echo-page", "yes"},
    {"default-limit", "100"},
    {"max-limit", ""},
    {"large-limit", ""},
    {"version-name", "whole"},
    {"repeated-status", "first"},
    {"comma-statuses", "no"},
    {"devices", "list"},
    {"device-family", "texts"},
    {"icons", "list"},
    {"version-code", "text"},
    {"times", "whole"},
    {"invalid-enum", "400:1001"},
    {"invalid-page", "400:1001"},
    {"invalid-limit", "400:1001"},
    {"retry-after", ""},
    {"rate-limit-headers", "no"},
};

struct ProbeCase {
    std::string name;
    std::string rules;
    Values differs;  ///< Findings that differ from the assumptions.
};

class DoctorProbe : public test::DoctorCommand, public testing::WithParamInterface<ProbeCase> {};

TEST_P(DoctorProbe, FindsTheRulesOfTheService) {
    mock::MockServerOptions options;
    mock::applyRules(options.rules, GetParam().rules);
    mock::MockServer server(options);
    sample::addTo(server, mock::generateBuilds(250));
    const Diagnosis diagnosis = diagnose(withToken() + at(server.baseUrl()), "--probe --yes");
    EXPECT_EQ(diagnosis.code, 0) << diagnosis.text;
    Values expected = assumed;
    for (const auto& [key, value] : GetParam().differs) expected[key] = value;
    for (const auto& [key, value] : expected) {
        const nlohmann::json unknown = diagnosis.unknown(key);
        ASSERT_TRUE(unknown.is_object()) << key << " is missing in: " << diagnosis.text;
        EXPECT_EQ(unknown["found"].is_null() ? "" : unknown["found"].get<std::string>(), value) << unknown;
    }
    EXPECT_LE(diagnosis.json["requests"].get<int>(), 30);
}

INSTANTIATE_TEST_SUITE_P(
    Of, DoctorProbe,
    testing::Values(
        ProbeCase{"Assumed", "assumed", {}},
        ProbeCase{"Bare", "bare", {{"totals", "no"}, {"links", "no"}, {"echo-limit", "no"}, {"echo-page", "no"}}},
        ProbeCase{"Opposite",
                  "opposite",
                  {{"totals", "no"},
                   {"links", "no"},
                   {"echo-limit", "no"},
                   {"echo-page", "no"},
                   {"default-limit", "20"},
                   {"max-limit", "50"},
                   {"large-limit", "refused"},
                   {"version-name", "part"},
                   {"repeated-status", "all"},
                   {"comma-statuses", "yes"},
                   {"devices", "text"},
                   {"device-family", "numbers"},
                   {"icons", "object"},
                   {"version-code", "number"},
                   {"times", "fractions"},
                   {"invalid-enum", "ignored"},
                   {"invalid-page", "ignored"},
                   {"invalid-limit", "422:1003"},
                   {"rate-limit-headers", "yes"}}},
        ProbeCase{"Clamped",
                  "max-limit=100,large-limit=clamped,repeated-status=last,version-name=beginning",
                  {{"max-limit", "100"},
                   {"large-limit", "clamped"},
                   {"repeated-status", "last"},
                   {"version-name", "beginning"}}},
        ProbeCase{"ClampedSilently",
                  "max-limit=120,large-limit=clamped-silently,repeated-status=refused,invalid-enum=422:1003,totals=no",
                  {{"max-limit", "120"},
                   {"large-limit", "clamped-silently"},
                   {"repeated-status", "refused"},
                   {"invalid-enum", "422:1003"},
                   {"totals", "no"}}},
        ProbeCase{"ClampedWithoutAWord",
                  "bare,max-limit=120,large-limit=clamped-silently,comma-statuses=yes",
                  {{"totals", "no"},
                   {"links", "no"},
                   {"echo-limit", "no"},
                   {"echo-page", "no"},
                   {"max-limit", "120"},
                   {"large-limit", "clamped"},
                   {"comma-statuses", "yes"}}},
        ProbeCase{"Refused",
                  "default-limit=25,max-limit=33,large-limit=refused,invalid-limit=422:1003,links=no",
                  {{"default-limit", "25"},
                   {"max-limit", "33"},
                   {"large-limit", "refused"},
                   {"invalid-limit", "422:1003"},
                   {"links", "no"}}},
        ProbeCase{"NothingMatches",
                  "invalid-enum=empty,invalid-page=empty,invalid-limit=empty",
                  {{"invalid-enum", "empty"}, {"invalid-page", "empty"}, {"invalid-limit", "empty"}}},
        ProbeCase{"LimitedForSeconds",
                  "request-limit=6,retry-after=seconds,rate-limit-headers=yes",
                  {{"retry-after", "seconds"}, {"rate-limit-headers", "yes"}}},
        ProbeCase{"LimitedUntilADate",
                  "request-limit=6,retry-after=date,invalid-limit=ignored",
                  {{"retry-after", "date"}, {"invalid-limit", "ignored"}}},
        ProbeCase{"LimitedWithoutAWord",
                  "request-limit=6,retry-after=none,invalid-page=ignored,echo-page=no",
                  {{"retry-after", "none"}, {"invalid-page", "ignored"}, {"echo-page", "no"}}}),
    [](const testing::TestParamInfo<ProbeCase>& probe) { return probe.param.name; });

class DoctorProbing : public test::DoctorCommand {
protected:
    DoctorProbing() { sample::addTo(server, mock::demoBuilds()); }

    mock::MockServer server;
};

TEST_F(DoctorProbing, RequiresAnOptionWithoutATerminal) {
    const test::Outcome outcome = run(withToken() + at(server.baseUrl()), "--probe < /dev/null");
    EXPECT_EQ(outcome.code, 2) << outcome.text;
    EXPECT_NE(outcome.text.find("--yes"), std::string::npos) << outcome.text;
    EXPECT_EQ(server.requestCount(), 0U);
}

TEST_F(DoctorProbing, AsksForConfirmationOnATerminal) {
    const std::string command = "script -qec \"" + test::program + " doctor --probe\" /dev/null";
    const test::Outcome refused = test::shell("export " + withToken() + at(server.baseUrl()) + "; echo n | " + command);
    EXPECT_EQ(refused.code, 2) << refused.text;
    EXPECT_EQ(server.requestCount(), 0U);
    const test::Outcome granted = test::shell("export " + withToken() + at(server.baseUrl()) + "; echo y | " + command);
    EXPECT_EQ(granted.code, 0) << granted.text;
    EXPECT_NE(granted.text.find(" of the assumptions are contradicted, "), std::string::npos) << granted.text;
}

TEST_F(DoctorProbing, IsSkippedIfTheServiceFails) {
    const Diagnosis diagnosis = diagnose(withToken("app-token-0000") + at(server.baseUrl()), "--probe --yes");
    EXPECT_EQ(diagnosis.code, 3) << diagnosis.text;
    EXPECT_FALSE(diagnosis.json.contains("unknowns"));
}

TEST_F(DoctorProbing, PrintsTheRulesForTheMockServer) {
    const Diagnosis diagnosis = diagnose(withToken() + at(server.baseUrl()), "--probe --yes");
    mock::ServiceRules rules;
    EXPECT_NO_THROW(mock::applyRules(rules, diagnosis.json["rules"].get<std::string>())) << diagnosis.text;
}

TEST_F(DoctorProbing, EndsWithoutAResponse) {
    server.setHook([&](const mock::RecordedRequest& request) -> std::optional<mock::ScriptedResponse> {
        if (request.parameter("limit") != "1000") return std::nullopt;
        return mock::tooManyRequests("3600");
    });
    const Diagnosis diagnosis = diagnose(withToken() + at(server.baseUrl()), "--probe --yes");
    EXPECT_EQ(diagnosis.code, 0) << diagnosis.text;
    EXPECT_EQ(diagnosis.unknown("totals")["found"], "yes");
    for (const char* key : {"max-limit", "invalid-enum", "version-name", "repeated-status"}) {
        EXPECT_TRUE(diagnosis.unknown(key)["found"].is_null()) << diagnosis.text;
    }
    const std::string why = diagnosis.unknown("invalid-enum")["evidence"];
    EXPECT_EQ(why.find("the probe ended: the service answered 429"), 0U) << why;
    EXPECT_EQ(diagnosis.unknown("retry-after")["found"], "seconds");
}

TEST_F(DoctorProbing, ReportsAnIgnoredFilter) {
    server.setHook([&](const mock::RecordedRequest& request) -> std::optional<mock::ScriptedResponse> {
        if (!request.parameter("versionName")) return std::nullopt;
        return mock::okItems({R"({"id":"a","versionName":"2.5.0-beta","status":"processed"})"});
    });
    const Diagnosis diagnosis = diagnose(withToken() + at(server.baseUrl()), "--probe --yes");
    EXPECT_EQ(diagnosis.unknown("version-name")["found"], "ignored") << diagnosis.text;
    EXPECT_EQ(diagnosis.unknown("version-name")["contradicted"], true);
    EXPECT_EQ(diagnosis.json["rules"].get<std::string>().find("version-name"), std::string::npos) << diagnosis.text;
}

TEST_F(DoctorProbing, SendsOnlyGetRequests) {
    (void)diagnose(withToken() + at(server.baseUrl()), "--probe --yes");
    for (const mock::RecordedRequest& request : server.requests()) EXPECT_EQ(request.method, "GET");
}

TEST_F(DoctorProbing, EndsAtASignal) {
    const test::SignalledCommand command(test::program + " doctor --probe --yes");
    server.setHook([&](const mock::RecordedRequest& request) -> std::optional<mock::ScriptedResponse> {
        if (!request.parameter("limit")) return std::nullopt;
        command.signal(SIGINT);
        return mock::apiError(500, 1000, "Internal error");
    });
    const test::Outcome outcome = test::shell("export " + withToken() + at(server.baseUrl()) + "; " + command.text());
    EXPECT_EQ(outcome.code, 130) << outcome.text;
}

}  // namespace
}  // namespace applivery
