/// @file
/// `applivery-builds doctor` with faults of the environment, the token or the base URL.
#include "mock_server/mock_server.hpp"
#include "program/doctor_test.hpp"

#include <fstream>
#include <regex>

namespace applivery {
namespace {

namespace sample = mock::sample;

using test::Diagnosis;
using test::expectFailure;
using test::expectWarning;

class DoctorOfTheEnvironment : public test::DoctorCommand {
protected:
    DoctorOfTheEnvironment() { sample::addTo(server_, mock::demoBuilds()); }

    [[nodiscard]] Diagnosis withTokenText(const std::string& token) const {
        return diagnose(withToken(token) + baseUrlVariable(server_.baseUrl()));
    }

    mock::MockServer server_;
};

TEST_F(DoctorOfTheEnvironment, NamesTheSetVariablesWithoutTheirValues) {
    const Diagnosis diagnosis = withTokenText(sample::appToken);
    EXPECT_EQ(diagnosis.code, 0) << diagnosis.text;
    EXPECT_EQ(diagnosis.finding("environment")["found"], "set: APPLIVERY_APP_TOKEN, APPLIVERY_BASE_URL");
    EXPECT_EQ(diagnosis.text.find(sample::appToken), std::string::npos) << diagnosis.text;
}

TEST_F(DoctorOfTheEnvironment, RequiresOneOfTwoTokens) {
    expectFailure(diagnose(withToken() + " APPLIVERY_SERVICE_ACCOUNT_TOKEN=abcdefgh"), 3, "token",
                  "no usable credentials", "Unset one of them");
}

TEST_F(DoctorOfTheEnvironment, FindsPlaceholders) {
    for (const char* word : {"null", "%APPLIVERY_APP_TOKEN%", "<token>", "YOUR_TOKEN", "XXXX-XXXX", "your-app-token",
                             "\\${{ secrets.TOKEN }}", "APPLIVERY_APP_TOKEN"})
        expectFailure(withTokenText(word), 3, "token", "or a placeholder", "how the CI job passes");
}

TEST_F(DoctorOfTheEnvironment, FindsTheDeleteCharacterInTheToken) {
    expectFailure(withTokenText("app\x7Ftoken"), 3, "token", "no usable credentials", "a control character");
}

TEST_F(DoctorOfTheEnvironment, OnlyWarnsOfAnUnusualTokenIfTheServiceAcceptsTheToken) {
    for (const char* token : {"YOUR_APP_TOKEN", "xxxx", "\"quoted\"", "Bearer token", "****", "two words"}) {
        server_.accounts().addAppToken(token, sample::applicationId);
        const Diagnosis diagnosis = withTokenText(std::regex_replace(token, std::regex("\""), "\\$&"));
        EXPECT_EQ(diagnosis.code, 0) << diagnosis.text;
        expectWarning(diagnosis, "token", "the token of APPLIVERY_APP_TOKEN", "");
    }
}

TEST_F(DoctorOfTheEnvironment, OnlyWarnsOfAnUnusualTokenIfTheServiceIsNotReached) {
    const Diagnosis diagnosis = diagnose(withToken("YOUR_APP_TOKEN") + baseUrlVariable("https://service.invalid"));
    EXPECT_EQ(diagnosis.code, 6) << diagnosis.text;
    expectWarning(diagnosis, "token", "or a placeholder", "Set the token itself");
}

TEST_F(DoctorOfTheEnvironment, NamesTheVariableOfTheToken) {
    EXPECT_EQ(withTokenText(sample::appToken).finding("token")["found"],
              "App API Token of APPLIVERY_APP_TOKEN, 14 characters: letters, digits, punctuation");
    const Diagnosis account = diagnose("APPLIVERY_SERVICE_ACCOUNT_TOKEN=" + std::string(sample::serviceAccountToken) +
                                           baseUrlVariable(server_.baseUrl()),
                                       std::string("--organization ") + sample::organizationId + " --app meridian");
    EXPECT_EQ(account.finding("token")["found"],
              "Service Account token of APPLIVERY_SERVICE_ACCOUNT_TOKEN, 26 characters: letters, digits, punctuation");
}

TEST_F(DoctorOfTheEnvironment, NamesTheFileOfTheToken) {
    mock::TemporaryDirectory folder;
    const std::string file = (folder.path() / "token").string();
    std::ofstream(file) << sample::appToken << '\n';
    const Diagnosis diagnosis =
        diagnose(withToken("another") + baseUrlVariable(server_.baseUrl()), "--token-file " + file);
    EXPECT_EQ(diagnosis.code, 0) << diagnosis.text;
    EXPECT_EQ(diagnosis.finding("token")["found"],
              "App API Token of the file of --token-file, 14 characters: letters, digits, punctuation");
    EXPECT_EQ(diagnosis.text.find(file), std::string::npos) << diagnosis.text;
}

TEST_F(DoctorOfTheEnvironment, ReadsTheTokenOnceFromStandardInput) {
    const Diagnosis diagnosis = Diagnosis(run(
        "echo " + std::string(sample::appToken) + " |" + baseUrlVariable(server_.baseUrl()), "--token-file - -o json"));
    EXPECT_EQ(diagnosis.code, 0) << diagnosis.text;
    EXPECT_EQ(diagnosis.finding("token")["found"],
              "App API Token of standard input, 14 characters: letters, digits, punctuation");
}

TEST_F(DoctorOfTheEnvironment, NamesOnlyTheSourceOfACustomBaseUrl) {
    const Diagnosis diagnosis = withTokenText(sample::appToken);
    EXPECT_EQ(diagnosis.finding("address")["found"], "the address of APPLIVERY_BASE_URL, with http");
    EXPECT_EQ(diagnosis.text.find("127.0.0.1"), std::string::npos) << diagnosis.text;
}

}  // namespace
}  // namespace applivery
