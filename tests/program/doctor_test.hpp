/// @file
/// Runs `applivery-builds doctor` with only the environment of the test.
#pragma once

#include "mock_server/build_generator.hpp"
#include "program/program_test.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>

namespace applivery::test {

/// The output of `-o json`.
class Diagnosis {
public:
    explicit Diagnosis(Outcome outcome)
        : code(outcome.code),
          text(std::move(outcome.text)),
          json(nlohmann::json::parse(text.substr(std::min(text.find('{'), text.size())), nullptr, false)) {}

    /// Null if the check is missing.
    [[nodiscard]] nlohmann::json finding(const std::string& check) const { return entry("checks", "check", check); }
    [[nodiscard]] nlohmann::json unknown(const std::string& key) const { return entry("unknowns", "key", key); }

    int code;
    std::string text;
    nlohmann::json json;

private:
    [[nodiscard]] nlohmann::json entry(const char* list, const char* name, const std::string& value) const {
        if (!json.is_object() || !json.contains(list)) return nullptr;
        for (const auto& candidate : json[list]) {
            if (candidate[name] == value) return candidate;
        }
        return nullptr;
    }
};

class DoctorCommand : public testing::Test {
protected:
    /// @param variables `NAME=VALUE` as for a shell, without single quotes.
    static Outcome run(const std::string& variables, const std::string& arguments = "") {
        return runProgram(variables, "doctor " + arguments);
    }

    /// @param arguments a command and its arguments.
    static Outcome runProgram(const std::string& variables, const std::string& arguments) {
        return shell(
            "unset CURL_CA_BUNDLE SSL_CERT_FILE https_proxy HTTPS_PROXY http_proxy all_proxy ALL_PROXY no_proxy "
            "NO_PROXY "
            "APPLIVERY_API_KEY SSLKEYLOGFILE; " +
            variables + ' ' + program + ' ' + arguments);
    }

    static Diagnosis diagnose(const std::string& variables, const std::string& arguments = "") {
        return Diagnosis(run(variables, arguments + " -o json"));
    }

    /// Returns the variables for a client of the server.
    static std::string withToken(const std::string& token = mock::sample::appToken) {
        return "APPLIVERY_APP_TOKEN=\"" + token + "\"";
    }
    static std::string baseUrlVariable(const std::string& url) { return " APPLIVERY_BASE_URL=" + url; }
};

/// Expects a failed check with this advice.
inline void expectFailure(const Diagnosis& diagnosis, int code, const std::string& check, const std::string& found,
                          const std::string& advice) {
    EXPECT_EQ(diagnosis.code, code) << diagnosis.text;
    const nlohmann::json finding = diagnosis.finding(check);
    ASSERT_TRUE(finding.is_object()) << "no check of " << check << ": " << diagnosis.text;
    EXPECT_EQ(finding["verdict"], "failed") << diagnosis.text;
    EXPECT_NE(finding["found"].get<std::string>().find(found), std::string::npos) << diagnosis.text;
    EXPECT_NE(finding["advice"].get<std::string>().find(advice), std::string::npos) << diagnosis.text;
}

inline void expectWarning(const Diagnosis& diagnosis, const std::string& check, const std::string& found,
                          const std::string& advice) {
    const nlohmann::json finding = diagnosis.finding(check);
    ASSERT_TRUE(finding.is_object()) << "no check of " << check << ": " << diagnosis.text;
    EXPECT_EQ(finding["verdict"], "warning") << diagnosis.text;
    EXPECT_NE(finding["found"].get<std::string>().find(found), std::string::npos) << diagnosis.text;
    EXPECT_NE(finding["advice"].get<std::string>().find(advice), std::string::npos) << diagnosis.text;
}

}  // namespace applivery::test
