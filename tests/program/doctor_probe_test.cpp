/// @file
/// `applivery-builds doctor --probe`: confirmation, output and signals. The tests of the probe's answers run in this
/// process.
#include "mock_server/mock_server.hpp"
#include "program/doctor_test.hpp"

#include <string>

namespace applivery {
namespace {

namespace sample = mock::sample;

using test::Diagnosis;

class DoctorProbing : public test::DoctorCommand {
protected:
    DoctorProbing() { sample::addTo(server, mock::demoBuilds()); }

    mock::MockServer server;
};

TEST_F(DoctorProbing, RequiresAnOptionWithoutATerminal) {
    const test::Outcome outcome = run(withToken() + baseUrlVariable(server.baseUrl()), "--probe < /dev/null");
    EXPECT_EQ(outcome.code, 2) << outcome.text;
    EXPECT_NE(outcome.text.find("--yes"), std::string::npos) << outcome.text;
    EXPECT_EQ(server.requestCount(), 0U);
}

TEST_F(DoctorProbing, AsksForConfirmationOnATerminal) {
    const std::string command = "script -qec \"" + test::program + " doctor --probe\" /dev/null";
    const test::Outcome refused =
        test::shell("export " + withToken() + baseUrlVariable(server.baseUrl()) + "; echo n | " + command);
    EXPECT_EQ(refused.code, 2) << refused.text;
    EXPECT_EQ(server.requestCount(), 0U);
    const test::Outcome granted =
        test::shell("export " + withToken() + baseUrlVariable(server.baseUrl()) + "; echo y | " + command);
    EXPECT_EQ(granted.code, 0) << granted.text;
    EXPECT_NE(granted.text.find(" of the assumptions are contradicted, "), std::string::npos) << granted.text;
}

TEST_F(DoctorProbing, IsSkippedIfTheServiceFails) {
    const Diagnosis diagnosis =
        diagnose(withToken("app-token-0000") + baseUrlVariable(server.baseUrl()), "--probe --yes");
    EXPECT_EQ(diagnosis.code, 3) << diagnosis.text;
    EXPECT_FALSE(diagnosis.json.contains("unknowns"));
}

TEST_F(DoctorProbing, PrintsTheRulesForTheMockServer) {
    const Diagnosis diagnosis = diagnose(withToken() + baseUrlVariable(server.baseUrl()), "--probe --yes");
    mock::ServiceRules rules;
    EXPECT_NO_THROW(mock::applyRules(rules, diagnosis.json["rules"].get<std::string>())) << diagnosis.text;
}

TEST_F(DoctorProbing, EndsWithoutAResponse) {
    server.setHook([&](const mock::RecordedRequest& request) -> std::optional<mock::ScriptedResponse> {
        if (request.parameter("limit") != "500") return std::nullopt;
        return mock::tooManyRequests("3600");
    });
    const Diagnosis diagnosis = diagnose(withToken() + baseUrlVariable(server.baseUrl()), "--probe --yes");
    EXPECT_EQ(diagnosis.code, 0) << diagnosis.text;
    EXPECT_EQ(diagnosis.unknown("totals")["found"], "yes");
    for (const char* key : {"max-limit", "invalid-enum", "version-name", "repeated-status"}) {
        EXPECT_TRUE(diagnosis.unknown(key)["found"].is_null()) << diagnosis.text;
    }
    const std::string why = diagnosis.unknown("invalid-enum")["evidence"];
    EXPECT_EQ(why.find("the probe ended: the service answered 429"), 0U) << why;
    EXPECT_EQ(diagnosis.unknown("retry-after")["found"], "seconds");
}

TEST_F(DoctorProbing, PrintsEachRequestAsItWasSent) {
    const test::Outcome outcome =
        run(withToken() + baseUrlVariable(server.baseUrl()), "--probe --yes --verbose -o json 2>&1 >/dev/null");
    std::string lines = outcome.text;
    for (const mock::RecordedRequest& request : server.requests()) {
        if (request.header("Authorization").value_or("").empty()) continue;  // of the check before the token is sent
        const std::string line = "applivery-builds: GET " + request.target + ' ';
        const std::size_t found = lines.find(line);
        ASSERT_NE(found, std::string::npos) << line << " is missing in: " << outcome.text;
        lines.erase(found, line.size());
    }
    EXPECT_EQ(lines.find("GET "), std::string::npos) << lines;
    EXPECT_EQ(outcome.text.find(sample::appToken), std::string::npos) << outcome.text;
}

TEST_F(DoctorProbing, WritesWhyNothingWasFound) {
    const Diagnosis diagnosis = diagnose(withToken() + baseUrlVariable(server.baseUrl()), "--probe --yes");
    EXPECT_EQ(diagnosis.code, 0) << diagnosis.text;
    EXPECT_LE(diagnosis.json["requests"].get<int>(), 40);
    const nlohmann::json unknown = diagnosis.unknown("limit-10000");
    EXPECT_TRUE(unknown["found"].is_null()) << unknown;
    EXPECT_EQ(unknown["evidence"], "not seen: limit=10000: 12 builds, and there are no more");
}

TEST_F(DoctorProbing, SendsOnlyGetRequests) {
    (void)diagnose(withToken() + baseUrlVariable(server.baseUrl()), "--probe --yes");
    for (const mock::RecordedRequest& request : server.requests()) EXPECT_EQ(request.method, "GET");
}

TEST_F(DoctorProbing, EndsAtASignal) {
    const test::SignalledCommand command(test::program + " doctor --probe --yes");
    server.setHook([&](const mock::RecordedRequest& request) -> std::optional<mock::ScriptedResponse> {
        if (!request.parameter("limit")) return std::nullopt;
        command.signal(SIGINT);
        return mock::apiError(500, 1000, "Internal error");
    });
    const test::Outcome outcome =
        test::shell("export " + withToken() + baseUrlVariable(server.baseUrl()) + "; " + command.text());
    EXPECT_EQ(outcome.code, 130) << outcome.text;
}

}  // namespace
}  // namespace applivery
