/// @file
/// Runs `applivery-builds doctor` against each fault in the table of doctor.md, and compares the output with the table.
#include "program/doctor_causes.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <ostream>
#include <regex>
#include <set>

namespace applivery {
namespace {

namespace sample = mock::sample;

using test::allCauses;
using test::Diagnosis;
using test::Scenario;

/// A row of the table. Ellipses stand for text that differs from run to run.
struct FaultRow {
    std::string fault;
    std::string verdict;  // the check and its verdict
    std::string found;
    std::string advice;
    std::string code;
};

// GoogleTest calls this function to print the parameter of a test.
std::ostream& operator<<(std::ostream& out, const FaultRow& row) {
    return out << "| " << row.fault << " | " << row.verdict << " | " << row.found << " | " << row.advice << " | "
               << row.code << " |";
}

std::vector<std::string> cellsOf(const std::string& line) {
    static const std::regex cell("\\| *([^|]*[^| ]|) *(?=\\|)");
    std::vector<std::string> cells;
    for (std::sregex_iterator it(line.begin(), line.end(), cell), end; it != end; ++it) cells.push_back((*it)[1]);
    return cells;
}

std::vector<FaultRow> rowsOfTheGuide() {
    const std::string heading = "| fault | verdict | finding | advice | exit code |";
    std::ifstream file(APPLIVERY_GUIDE "/doctor.md");
    std::vector<FaultRow> rows;
    bool isInside = false;
    for (std::string line; std::getline(file, line);) {
        const std::vector<std::string> cells = cellsOf(line);
        isInside = line == heading || (isInside && cells.size() == 5);
        const bool isRow = isInside && line != heading && cells[0].rfind("---", 0) != 0;
        if (isRow) rows.push_back({cells[0], cells[1], cells[2], cells[3], cells[4]});
    }
    return rows;
}

// The guide marks names of options and variables, and the program does not.
std::string withoutMarks(std::string text) {
    text.erase(std::remove(text.begin(), text.end(), '`'), text.end());
    return text;
}

bool matches(const std::string& shown, const std::string& printed) {
    const std::regex special(R"([.^$|()\[\]{}*+?\\])");
    const std::string escaped = std::regex_replace(withoutMarks(shown), special, R"(\$&)");
    return std::regex_match(withoutMarks(printed), std::regex(std::regex_replace(escaped, std::regex("…"), ".+")));
}

// Returns the failure, or else the first warning, or else the last finding.
nlohmann::json mainFinding(const Diagnosis& diagnosis) {
    if (!diagnosis.json.is_object()) return nullptr;
    const nlohmann::json& checks = diagnosis.json["checks"];
    for (const char* verdict : {"failed", "warning"}) {
        for (const nlohmann::json& finding : checks) {
            if (finding["verdict"] == verdict) return finding;
        }
    }
    return checks.back();
}

FaultRow rowOf(const std::string& fault, const Diagnosis& diagnosis) {
    const nlohmann::json finding = mainFinding(diagnosis);
    if (!finding.is_object()) return {fault, "", diagnosis.text, "", std::to_string(diagnosis.code)};
    return {fault, finding["check"].get<std::string>() + ' ' + finding["verdict"].get<std::string>(), finding["found"],
            finding["advice"], std::to_string(diagnosis.code)};
}

class DoctorFault : public test::DoctorCommand, public testing::WithParamInterface<FaultRow> {
protected:
    static Scenario cause() {
        const auto found = allCauses().find(GetParam().fault);
        if (found != allCauses().end()) return found->second();
        ADD_FAILURE() << "the test has no cause of " << GetParam().fault;
        return {};
    }
};

TEST_P(DoctorFault, HasTheVerdictOfTheGuide) {
    const FaultRow& shown = GetParam();
    const Scenario scenario = cause();
    const Diagnosis diagnosis = diagnose(scenario.variables);
    const FaultRow printed = rowOf(shown.fault, diagnosis);
    EXPECT_TRUE(shown.verdict == printed.verdict && matches(shown.found, printed.found) &&
                matches(shown.advice, printed.advice) && shown.code == printed.code)
        << "The guide should have this row:\n"
        << printed;
    for (const char* secret : {sample::appToken, sample::serviceAccountToken, "app-token 3b7e", "user:wrong",
                               "service.invalid", "proxy.invalid", "acme"})
        EXPECT_EQ(diagnosis.text.find(secret), std::string::npos) << diagnosis.text;
}

TEST_P(DoctorFault, HasTheExitCodeOfList) {
    const Scenario scenario = cause();
    const test::Outcome outcome = runProgram(scenario.variables, "list");
    EXPECT_EQ(std::to_string(outcome.code), GetParam().code) << outcome.text;
}

std::string testNameOf(const testing::TestParamInfo<FaultRow>& row) {
    std::string name = std::to_string(row.index) + '_';
    for (const char c : row.param.fault) name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
    return name;
}

INSTANTIATE_TEST_SUITE_P(Guide, DoctorFault, testing::ValuesIn(rowsOfTheGuide()), testNameOf);

TEST(DoctorFaultsOfTheGuide, HaveARowEach) {
    std::set<std::string> shown;
    for (const FaultRow& row : rowsOfTheGuide()) shown.insert(row.fault);
    for (const auto& [fault, cause] : allCauses()) EXPECT_EQ(shown.count(fault), 1U) << "no row for: " << fault;
}

}  // namespace
}  // namespace applivery
