/// @file
/// `applivery-builds doctor` with refusals of the service and responses of other servers.
#include "mock_server/mock_server.hpp"
#include "mock_server/responses.hpp"
#include "program/doctor_test.hpp"

#include <applivery/applivery.hpp>

#include <optional>
#include <utility>

namespace applivery {
namespace {

namespace sample = mock::sample;

using test::Diagnosis;
using test::expectFailure;
using test::expectWarning;

class DoctorOfTheService : public test::DoctorCommand {
protected:
    DoctorOfTheService() { sample::addTo(server, mock::demoBuilds()); }

    [[nodiscard]] Diagnosis diagnoseHere(const std::string& arguments = "") const {
        return diagnose(withToken() + baseUrlVariable(server.baseUrl()), arguments);
    }

    /// Sends this response to every request.
    [[nodiscard]] Diagnosis answeredBy(mock::ScriptedResponse answer) {
        server.setHook([answer = std::move(answer)](const mock::RecordedRequest&) { return std::optional(answer); });
        return diagnoseHere();
    }

    mock::MockServer server;
};

TEST_F(DoctorOfTheService, ReportsAWorkingService) {
    const Diagnosis diagnosis = diagnoseHere();
    EXPECT_EQ(diagnosis.code, 0) << diagnosis.text;
    EXPECT_EQ(diagnosis.finding("builds")["found"], "12 builds, all fields are known");
}

TEST_F(DoctorOfTheService, WorksForAServiceAccount) {
    const Diagnosis diagnosis =
        diagnose("APPLIVERY_SERVICE_ACCOUNT_TOKEN=" + std::string(sample::serviceAccountToken) +
                     baseUrlVariable(server.baseUrl()),
                 std::string("--organization ") + sample::organizationSlug + " --app " + sample::applicationSlug);
    EXPECT_EQ(diagnosis.code, 0) << diagnosis.text;
}

TEST_F(DoctorOfTheService, ComparesTheMessageOf4002WithoutCase) {
    expectFailure(answeredBy(mock::apiError(401, 4002, " invalid token ")), 3, "authentication",
                  "does not accept the token", "Copy it again");
}

TEST_F(DoctorOfTheService, TakesABodyOfWhiteSpaceForAResponseOfAnotherServer) {
    expectFailure(answeredBy(mock::ok(" \n")), 6, "service", "a response that is not from the API", "");
}

TEST_F(DoctorOfTheService, ReportsRetryAfterIfTheServiceIsDown) {
    mock::ScriptedResponse response = mock::bare(503);
    response.headers.emplace_back("Retry-After", "120");
    expectFailure(answeredBy(response), 6, "service", "the service is down (503), for another 120 s",
                  "Try again later");
}

TEST_F(DoctorOfTheService, PrintsNoNameAsTheItemOfAQuota) {
    mock::ScriptedResponse response = mock::ok(
        R"({"status":false,"error":{"code":5003,"message":"Limit","data":{"limit":5,"num":6,"itemName":"Jane Doe"}}})");
    const Diagnosis diagnosis = answeredBy(response);
    expectFailure(diagnosis, 7, "plan", "(5003; limit: 5; number: 6)", "plan");
    EXPECT_EQ(diagnosis.text.find("Jane"), std::string::npos) << diagnosis.text;
}

TEST_F(DoctorOfTheService, PrintsNoTokenInAnyFormatIfTheServiceEchoesIt) {
    const std::string token = "abcdefgh";
    const std::string quota =
        R"({"status":false,"error":{"code":5003,"message":"abcdefgh","data":{"itemName":"abcdefgh"}}})";
    for (const std::string& body : {quota, "<html>" + token, R"({"abcdefgh":1})" + token}) {
        server.setHook([&](const mock::RecordedRequest&) {
            mock::ScriptedResponse response = mock::ok(body);
            response.headers.emplace_back("Content-Type", token + "/html");
            return std::optional(response);
        });
        for (const char* format : {"table", "json", "markdown"}) {
            const std::string text =
                run(withToken(token) + baseUrlVariable(server.baseUrl()), std::string("-o ") + format).text;
            EXPECT_EQ(text.find(token), std::string::npos) << text;
        }
    }
}

TEST_F(DoctorOfTheService, RetriesAsOftenAsOtherCommands) {
    server.enqueueIf([](const mock::RecordedRequest& request) { return !!request.header("Authorization"); },
                     mock::gatewayError(502), RetryPolicy{}.maxAttempts - 1);
    const Diagnosis diagnosis = diagnoseHere();
    EXPECT_EQ(diagnosis.code, 0) << diagnosis.text;
    expectWarning(diagnosis, "service", "a request failed (status 502)", "work despite this");
}

TEST_F(DoctorOfTheService, NamesUnknownFields) {
    const Diagnosis diagnosis = answeredBy(mock::okItems(
        {R"({"id":"a","status":"processed","novel":1,"info":{"ios":{"novel":"secret","plist":{"UINovel":1}}},"tag":"secret"})"}));
    EXPECT_EQ(diagnosis.code, 0) << diagnosis.text;
    EXPECT_EQ(diagnosis.finding("builds")["found"],
              "1 build; unknown and ignored: info.ios.novel, info.ios.plist.UINovel, novel, tag");
    EXPECT_EQ(diagnosis.text.find("secret"), std::string::npos) << diagnosis.text;
}

TEST_F(DoctorOfTheService, NamesFieldsOfAnUnsupportedType) {
    const Diagnosis diagnosis = answeredBy(mock::okItems(
        {R"({"id":"a","createdAt":{"at":"secret"},"size":["secret"],"deployer":{"info":{"branch":{"a":"secret"}}}})"}));
    expectFailure(diagnosis, 6, "builds", "createdAt (object), deployer.info.branch (object), size (array)",
                  "to the maintainers");
    EXPECT_EQ(diagnosis.text.find("secret"), std::string::npos) << diagnosis.text;
}

TEST_F(DoctorOfTheService, FindsUnexpectedEmptyLists) {
    expectFailure(answeredBy(mock::okItems({R"({"id":"a","size":[],"createdAt":{}})"})), 6, "builds",
                  "createdAt (object), size (array)", "to the maintainers");
}

TEST_F(DoctorOfTheService, AcceptsABodyOfAnyDepth) {
    const std::string deep = std::string(200'000, '[') + std::string(200'000, ']');
    const Diagnosis diagnosis = answeredBy(mock::okItems({R"({"id":"a","novel":)" + deep + '}'}));
    EXPECT_EQ(diagnosis.finding("token")["verdict"], "ok") << diagnosis.text;
    EXPECT_EQ(diagnosis.code, 6) << "the library does not read it either";
}

TEST_F(DoctorOfTheService, FindsATokenOfTheOtherApiForAnUnknownApp) {
    server.setHook([](const mock::RecordedRequest& request) -> std::optional<mock::ScriptedResponse> {
        if (request.path.find("organizations") == std::string::npos) return std::nullopt;
        return mock::apiError(404, 3001, "Entity not found");
    });
    expectFailure(diagnose("APPLIVERY_SERVICE_ACCOUNT_TOKEN=" + std::string(sample::appToken) +
                           baseUrlVariable(server.baseUrl()) + " APPLIVERY_ORGANIZATION_ID=" + sample::organizationId +
                           " APPLIVERY_APPLICATION_ID=" + sample::applicationId),
                  4, "app", "of the other kind", "APPLIVERY_APP_TOKEN");
}

// Expects a report without text of the user.
TEST_F(DoctorOfTheService, FindsAFailureOfRequestsWithTheToken) {
    server.setHook([](const mock::RecordedRequest& request) -> std::optional<mock::ScriptedResponse> {
        if (!request.header("Authorization")) return std::nullopt;
        mock::ScriptedResponse garbled = mock::ok("{}");
        garbled.headers.emplace_back("Content-Encoding", "gzip");
        return garbled;
    });
    const Diagnosis diagnosis =
        diagnose("APPLIVERY_SERVICE_ACCOUNT_TOKEN=abcdefgh" + baseUrlVariable(server.baseUrl()) +
                 " APPLIVERY_ORGANIZATION_ID=acme-bank APPLIVERY_APPLICATION_ID=secret-app");
    expectFailure(diagnosis, 6, "service", "no complete response", "Ask the operator");
    EXPECT_EQ(diagnosis.text.find("acme-bank"), std::string::npos) << diagnosis.text;
    EXPECT_EQ(diagnosis.text.find("secret-app"), std::string::npos) << diagnosis.text;
}

TEST_F(DoctorOfTheService, PrintsNoPrivateFieldName) {
    const Diagnosis diagnosis =
        answeredBy(mock::okItems({R"({"id":"a","jane@example.com":1,"6731e9e7a1b2c3d4e5f60718":2,
                                        "jane-doe":1,"info":{"ios":{"plist":{"JaneBankHost":1}}}})"}));
    EXPECT_EQ(diagnosis.text.find("jane"), std::string::npos) << diagnosis.text;
    EXPECT_EQ(diagnosis.text.find("JaneBank"), std::string::npos) << diagnosis.text;
    EXPECT_EQ(diagnosis.text.find("6731"), std::string::npos) << diagnosis.text;
}

TEST_F(DoctorOfTheService, PrintsNoDataOfTheBuildsInAnyFormat) {
    const std::vector<mock::MockBuild> builds = mock::generateBuilds(60);
    sample::addTo(server, builds);
    const Result<std::vector<Build>> read = BuildsClient(AppToken{sample::appToken},
                                                         [&] {
                                                             ClientOptions options;
                                                             options.baseUrl = server.baseUrl();
                                                             return options;
                                                         }())
                                                .listBuilds({}, Page{1, 60})
                                                .transform([](const BuildPage& page) { return page.items; });
    ASSERT_TRUE(read);
    for (const char* form : {"table", "json", "markdown"}) {
        const std::string text =
            run(withToken() + baseUrlVariable(server.baseUrl()), std::string("--probe --yes -o ") + form).text;
        EXPECT_EQ(text.find(sample::appToken), std::string::npos) << text;
        for (const Build& build : *read) {
            for (const char* path : {"id", "versionName", "uploadedBy", "changelog", "applicationInfo.name",
                                     "deployer.info.branch", "deployer.info.commit", "deployer.info.commitMessage"}) {
                const std::string value = buildFieldText(build, path).value_or("");
                EXPECT_TRUE(value.size() < 4 || text.find(value) == std::string::npos) << path << " in " << text;
            }
        }
    }
}

TEST_F(DoctorOfTheService, EndsWithASummaryOfFindings) {
    const test::Outcome outcome = run(withToken("app-token-0000") + baseUrlVariable(server.baseUrl()));
    EXPECT_NE(outcome.text.find("\nThe check failed: authentication.\n"), std::string::npos) << outcome.text;
    EXPECT_NE(outcome.text.find("failed   authentication"), std::string::npos) << outcome.text;
}

TEST_F(DoctorOfTheService, SendsTwoRequests) {
    (void)diagnoseHere();
    EXPECT_EQ(server.requestCount(), 2U);
    EXPECT_FALSE(server.requests().at(0).header("Authorization")) << "the first one is to be without a token";
}

TEST_F(DoctorOfTheService, CanBeRecorded) {
    mock::TemporaryDirectory folder;
    const std::string file = (folder.path() / "recording").string();
    EXPECT_EQ(diagnoseHere("--record " + file).code, 0);
    std::ifstream stream(file);
    const std::string recorded{std::istreambuf_iterator<char>(stream), {}};
    EXPECT_NE(recorded.find("/v1/integrations/builds"), std::string::npos) << recorded;
}

}  // namespace
}  // namespace applivery
