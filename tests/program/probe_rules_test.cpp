/// @file
/// The probe finds the rules of a service.
#include "program/probe_test.hpp"
#include "support/gtest_names.hpp"

#include <set>

namespace applivery {
namespace {

using test::ProbedService;
using test::ProbeValues;

struct RulesCase {
    std::string name;
    std::string rules;
    ProbeValues differs;  ///< Findings that differ from the assumptions.
};

class ProbeRules : public testing::TestWithParam<RulesCase> {};

TEST_P(ProbeRules, AreFound) {
    const ProbedService service(GetParam().rules);
    test::expectFindings(service.probe(), GetParam().differs);
}

INSTANTIATE_TEST_SUITE_P(
    Of, ProbeRules,
    testing::Values(
        RulesCase{"Assumed", "assumed", {}},
        RulesCase{"Bare", "bare", {{"totals", "no"}, {"links", "no"}, {"echo-limit", "no"}, {"echo-page", "no"}}},
        RulesCase{"Opposite",
                  "opposite",
                  {{"totals", "no"},
                   {"links", "no"},
                   {"echo-limit", "no"},
                   {"echo-page", "no"},
                   {"default-limit", "20"},
                   {"limit-500", "422:1003"},
                   {"limit-10000", "422:1003"},
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
        RulesCase{"Clamped",
                  "max-limit=100,large-limit=clamped,repeated-status=last,version-name=beginning",
                  {{"limit-500", "clamped"},
                   {"limit-10000", "clamped"},
                   {"max-limit", "100"},
                   {"large-limit", "clamped"},
                   {"repeated-status", "last"},
                   {"version-name", "beginning"}}},
        RulesCase{"ClampedSilently",
                  "max-limit=120,large-limit=clamped-silently,repeated-status=refused,invalid-enum=422:1003,totals=no",
                  {{"limit-500", "clamped"},
                   {"limit-10000", "clamped"},
                   {"max-limit", "120"},
                   {"large-limit", "clamped-silently"},
                   {"repeated-status", "refused"},
                   {"invalid-enum", "422:1003"},
                   {"totals", "no"}}},
        RulesCase{"ClampedWithoutAWord",
                  "bare,max-limit=120,large-limit=clamped-silently,comma-statuses=yes",
                  {{"totals", "no"},
                   {"links", "no"},
                   {"echo-limit", "no"},
                   {"echo-page", "no"},
                   {"limit-500", "clamped"},
                   {"limit-10000", "clamped"},
                   {"max-limit", "120"},
                   {"large-limit", "clamped"},
                   {"comma-statuses", "yes"}}},
        RulesCase{"Refused",
                  "default-limit=25,max-limit=33,large-limit=refused,invalid-limit=422:1003,links=no",
                  {{"default-limit", "25"},
                   {"limit-500", "422:1003"},
                   {"limit-10000", "422:1003"},
                   {"max-limit", "33"},
                   {"large-limit", "refused"},
                   {"invalid-limit", "422:1003"},
                   {"links", "no"}}},
        RulesCase{"RefusedAboveAThousand",
                  "max-limit=1000,large-limit=refused",
                  {{"limit-10000", "400:1001"}, {"max-limit", "1000"}, {"large-limit", "refused"}}},
        RulesCase{"NothingMatches",
                  "invalid-enum=empty,invalid-page=empty,invalid-limit=empty",
                  {{"invalid-enum", "empty"},
                   {"invalid-page", "empty"},
                   {"invalid-limit", "empty"},
                   {"os-macos", ""},
                   {"os-windows", ""}}},
        RulesCase{"LimitedForSeconds",
                  "request-limit=12,retry-after=seconds,rate-limit-headers=yes",
                  {{"retry-after", "seconds"}, {"rate-limit-headers", "yes"}}},
        RulesCase{"LimitedUntilADate",
                  "request-limit=12,retry-after=date,invalid-limit=ignored",
                  {{"retry-after", "date"}, {"invalid-limit", "ignored"}}},
        RulesCase{"LimitedWithoutAWord",
                  "request-limit=12,retry-after=none,invalid-page=ignored,echo-page=no",
                  {{"retry-after", "none"}, {"invalid-page", "ignored"}, {"echo-page", "no"}}}),
    [](const testing::TestParamInfo<RulesCase>& each) { return each.param.name; });

/// The answer to one wrong value, instead of that of the rules.
struct WrongValue {
    std::string parameter;
    std::string value;
    mock::ScriptedResponse response;
};

struct WrongValuesCase {
    std::string name;
    std::string rules;
    std::vector<WrongValue> instead;
    ProbeValues differs;
};

const mock::ScriptedResponse refusal = mock::apiError(400, 1001, "Validation error");
const mock::ScriptedResponse crash = mock::apiError(500, 1000, "Internal error");
const std::string unknownText = "applivery-doctor";

class ProbeOfWrongValues : public testing::TestWithParam<WrongValuesCase> {
protected:
    void SetUp() override {
        for (const WrongValue& each : GetParam().instead) service_.respondTo(each.parameter, each.value, each.response);
    }

    static bool isWrong(const mock::RecordedRequest& request) {
        const std::set<std::string> wrong{"0", "x", unknownText, unknownText + '['};
        for (const char* const parameter : {"page", "limit", "status", "os"}) {
            if (wrong.count(request.parameter(parameter).value_or("")) != 0) return true;
        }
        return request.parameter("versionName") == unknownText + '[';
    }

    ProbedService service_{GetParam().rules, mock::generateBuilds(110)};
};

TEST_P(ProbeOfWrongValues, FindsEachAnswerWithoutARetry) {
    test::expectFindings(service_.probe(), GetParam().differs);
    std::set<std::string> targets;
    bool wasWrong = false;
    for (const mock::RecordedRequest& request : service_.server.requests()) {
        EXPECT_TRUE(targets.insert(request.target).second) << request.target << " was sent twice";
        EXPECT_TRUE(isWrong(request) || !wasWrong) << request.target << " was sent after a wrong value";
        wasWrong = wasWrong || isWrong(request);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Of, ProbeOfWrongValues,
    testing::Values(
        WrongValuesCase{"AllFail",
                        "invalid-enum=500:1000,invalid-page=500:1000,invalid-limit=500:1000",
                        {},
                        {{"invalid-enum", "500:1000"}, {"invalid-page", "500:1000"}, {"invalid-limit", "500:1000"}}},
        WrongValuesCase{"OnlyAStatusFails", "invalid-enum=500:1000", {}, {{"invalid-enum", "500:1000"}}},
        WrongValuesCase{"OnlyAPageFails", "invalid-page=503:1000", {}, {{"invalid-page", "503:1000"}}},
        WrongValuesCase{"OnlyALimitFails", "invalid-limit=502:1000", {}, {{"invalid-limit", "502:1000"}}},
        WrongValuesCase{"APageFailsAndOthersAreIgnored",
                        "invalid-enum=ignored,invalid-page=500:1000,invalid-limit=ignored",
                        {},
                        {{"invalid-enum", "ignored"}, {"invalid-page", "500:1000"}, {"invalid-limit", "ignored"}}},
        WrongValuesCase{"AStatusFailsAndOthersMatchNothing",
                        "invalid-enum=500:1000,invalid-page=empty,invalid-limit=empty",
                        {},
                        {{"invalid-enum", "500:1000"}, {"invalid-page", "empty"}, {"invalid-limit", "empty"}}},
        WrongValuesCase{"ALimitFailsAndAPageIsIgnored",
                        "invalid-page=ignored,invalid-limit=504:1000",
                        {},
                        {{"invalid-page", "ignored"}, {"invalid-limit", "504:1000"}}},
        WrongValuesCase{"EachDiffers",
                        "invalid-enum=422:1003,invalid-page=500:1000,invalid-limit=ignored",
                        {},
                        {{"invalid-enum", "422:1003"}, {"invalid-page", "500:1000"}, {"invalid-limit", "ignored"}}},
        WrongValuesCase{"ALargeLimitIsRefusedAndAWrongOneFails",
                        "max-limit=200,large-limit=refused,invalid-limit=500:1000",
                        {},
                        {{"limit-500", "500:1000"},
                         {"limit-10000", "500:1000"},
                         {"max-limit", ""},
                         {"large-limit", "another"},
                         {"invalid-limit", "500:1000"}}},
        WrongValuesCase{"PageZeroFails", "assumed", {{"page", "0", crash}}, {{"invalid-page", "mixed"}}},
        WrongValuesCase{"PageXFails", "invalid-page=ignored", {{"page", "x", crash}}, {{"invalid-page", "mixed"}}},
        WrongValuesCase{"LimitZeroFails", "assumed", {{"limit", "0", crash}}, {{"invalid-limit", "mixed"}}},
        WrongValuesCase{
            "LimitZeroIsRefused", "invalid-limit=ignored", {{"limit", "0", refusal}}, {{"invalid-limit", "mixed"}}},
        WrongValuesCase{"AnUnknownOsFails", "assumed", {{"os", unknownText, crash}}, {{"invalid-enum", "mixed"}}},
        WrongValuesCase{"AnUnknownStatusFailsAndAnOsIsIgnored",
                        "invalid-enum=ignored",
                        {{"status", unknownText, crash}},
                        {{"invalid-enum", "mixed"}}},
        WrongValuesCase{"AGatewayFails",
                        "assumed",
                        {{"page", "0", mock::gatewayError()}, {"page", "x", mock::gatewayError()}},
                        {{"invalid-page", "502"}}},
        WrongValuesCase{"AGatewayRefuses",
                        "assumed",
                        {{"versionName", unknownText + '[', mock::gatewayError(403)}},
                        {{"version-pattern", "403"}}},
        WrongValuesCase{"APatternFails",
                        "invalid-page=500:1000",
                        {{"versionName", unknownText + '[', crash}},
                        {{"version-pattern", "500:1000"}, {"invalid-page", "500:1000"}}},
        WrongValuesCase{"AllAreRefusedDifferently",
                        "invalid-enum=422:1003",
                        {{"os", unknownText, refusal}},
                        {{"invalid-enum", "refused"}}},
        WrongValuesCase{"AnErrorHasStatus200",
                        "assumed",
                        {{"limit", "0", mock::ok(R"({"status":false,"error":{"code":1001,"message":"limit"}})")},
                         {"limit", "x", crash}},
                        {{"invalid-limit", "mixed"}}}),
    [](const testing::TestParamInfo<WrongValuesCase>& each) { return each.param.name; });

TEST(ProbeAssumption, IsContradictedByAServerErrorInsteadOfARefusal) {
    const program::Assumption assumption{"invalid-page", "refused", "500:1000", ""};
    EXPECT_TRUE(assumption.isContradicted());
    EXPECT_TRUE(assumption.isServable());
}

TEST(ProbeAssumption, IsConfirmedByDifferentRefusals) {
    const program::Assumption assumption{"invalid-page", "refused", "refused", ""};
    EXPECT_FALSE(assumption.isContradicted());
    EXPECT_FALSE(assumption.isServable());
}

}  // namespace
}  // namespace applivery
