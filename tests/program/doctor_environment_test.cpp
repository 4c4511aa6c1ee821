/// @file
/// `applivery-builds doctor` with faults of the environment, the token or the base URL.
#include "mock_server/mock_server.hpp"
#include "program/doctor_test.hpp"

#include <fstream>

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
        return diagnose(withToken(token) + at(server_.baseUrl()));
    }

    mock::MockServer server_;
};

TEST_F(DoctorOfTheEnvironment, NamesTheSetVariablesWithoutTheirValues) {
    const Diagnosis diagnosis = withTokenText(sample::appToken);
    EXPECT_EQ(diagnosis.code, 0) << diagnosis.text;
    EXPECT_EQ(diagnosis.finding("environment")["found"], "set: APPLIVERY_APP_TOKEN, APPLIVERY_BASE_URL");
    EXPECT_EQ(diagnosis.text.find(sample::appToken), std::string::npos) << diagnosis.text;
}

TEST_F(DoctorOfTheEnvironment, RequiresCredentials) {
    expectFailure(diagnose(""), 3, "token", "no usable credentials", "Set APPLIVERY_APP_TOKEN");
}

TEST_F(DoctorOfTheEnvironment, RequiresTheAppOfAServiceAccount) {
    expectFailure(diagnose("APPLIVERY_SERVICE_ACCOUNT_TOKEN=abcdefgh"), 3, "token", "no usable credentials",
                  "APPLIVERY_ORGANIZATION_ID and");
}

TEST_F(DoctorOfTheEnvironment, RequiresOneOfTwoTokens) {
    expectFailure(diagnose(withToken() + " APPLIVERY_SERVICE_ACCOUNT_TOKEN=abcdefgh"), 3, "token",
                  "no usable credentials", "Unset one of them");
}

TEST_F(DoctorOfTheEnvironment, ReportsAnIgnoredVariable) {
    expectWarning(diagnose("APPLIVERY_API_KEY=abcdefgh"), "environment", "APPLIVERY_API_KEY",
                  "Set APPLIVERY_APP_TOKEN");
}

TEST_F(DoctorOfTheEnvironment, ReportsAnIgnoredTenant) {
    expectWarning(diagnose(withToken() + " APPLIVERY_TENANT=acme" + at(server_.baseUrl())), "environment",
                  "APPLIVERY_TENANT", "Unset one of them");
}

TEST_F(DoctorOfTheEnvironment, ReportsAKeyLogFile) {
    mock::TemporaryDirectory folder;
    expectWarning(diagnose("SSLKEYLOGFILE=" + (folder.path() / "keys").string()), "environment", "SSLKEYLOGFILE",
                  "Unset SSLKEYLOGFILE");
}

TEST_F(DoctorOfTheEnvironment, FindsAPartOfTheHeaderInTheToken) {
    expectFailure(withTokenText("Bearer app-token-3b7e"), 3, "token", "a part of the header", "Set only the token");
}

TEST_F(DoctorOfTheEnvironment, FindsQuotesAroundTheToken) {
    expectFailure(withTokenText("\\\"app-token-3b7e\\\""), 3, "token", "in quotes", "Remove them");
}

TEST_F(DoctorOfTheEnvironment, FindsAVariableInPlaceOfTheToken) {
    expectFailure(withTokenText("\\${{ secrets.TOKEN }}"), 3, "token", "a variable", "how the CI job passes");
}

TEST_F(DoctorOfTheEnvironment, FindsAWordInPlaceOfTheToken) {
    for (const char* word : {"null", "%APPLIVERY_APP_TOKEN%", "<token>", "YOUR_TOKEN"})
        expectFailure(withTokenText(word), 3, "token", "or a placeholder", "how the CI job passes");
}

TEST_F(DoctorOfTheEnvironment, FindsAMaskInPlaceOfTheToken) {
    expectFailure(withTokenText("***"), 3, "token", "masked", "Copy the token itself");
}

TEST_F(DoctorOfTheEnvironment, FindsWhiteSpaceInsideTheToken) {
    expectFailure(withTokenText("app-token 3b7e"), 3, "token", "contains white space", "Copy the token again");
}

TEST_F(DoctorOfTheEnvironment, FindsInvalidCharactersInTheToken) {
    for (const char* token : {"app–token", "app\x01token", "app\x7Ftoken"})
        expectFailure(withTokenText(token), 3, "token", "a control character or a character that is not ASCII",
                      "as plain text");
}

TEST_F(DoctorOfTheEnvironment, WarnsOfANewlineAfterTheToken) {
    const Diagnosis diagnosis = withTokenText("app-token-3b7e\n");
    EXPECT_EQ(diagnosis.code, 0) << diagnosis.text;
    expectWarning(diagnosis, "token", "a newline", "Set the token without");
}

TEST_F(DoctorOfTheEnvironment, ReadsATokenFile) {
    mock::TemporaryDirectory folder;
    const std::string file = (folder.path() / "token").string();
    std::ofstream(file) << sample::appToken << '\n';
    const Diagnosis diagnosis = diagnose(at(server_.baseUrl()), "--token-file " + file);
    EXPECT_EQ(diagnosis.code, 0) << diagnosis.text;
}

TEST_F(DoctorOfTheEnvironment, ReadsTheTokenOnceFromStandardInput) {
    const Diagnosis diagnosis = Diagnosis(
        run("echo " + std::string(sample::appToken) + " |" + at(server_.baseUrl()), "--token-file - -o json"));
    EXPECT_EQ(diagnosis.code, 0) << diagnosis.text;
}

TEST_F(DoctorOfTheEnvironment, RefusesPlainHttp) {
    const Diagnosis diagnosis = diagnose(withToken() + at("http://build.acme.invalid"));
    expectFailure(diagnosis, 2, "address", "no request can be sent", "an https URL");
    EXPECT_EQ(diagnosis.text.find("acme"), std::string::npos) << diagnosis.text;
}

TEST_F(DoctorOfTheEnvironment, NamesOnlyTheSourceOfACustomBaseUrl) {
    const Diagnosis diagnosis = withTokenText(sample::appToken);
    EXPECT_EQ(diagnosis.finding("address")["found"], "the address of APPLIVERY_BASE_URL, with http");
    EXPECT_EQ(diagnosis.text.find("127.0.0.1"), std::string::npos) << diagnosis.text;
}

}  // namespace
}  // namespace applivery
