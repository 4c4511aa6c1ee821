#include "doctor/doctor_writer.hpp"

#include "text/text_format.hpp"
#include "text/text_table.hpp"

#include <applivery/applivery.hpp>

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace applivery::program {
namespace {

struct VerdictLabel {
    const char* word;
    TextColor color;
};

VerdictLabel labelOf(Verdict verdict) {
    switch (verdict) {
        case Verdict::ok:
            return {"ok", TextColor::green};
        case Verdict::warning:
            return {"warning", TextColor::yellow};
        case Verdict::failed:
            return {"failed", TextColor::red};
        case Verdict::skipped:
            break;
    }
    return {"skipped", TextColor::none};
}

VerdictLabel labelOf(const Assumption& assumption) {
    if (assumption.found.empty()) return {"undetermined", TextColor::none};
    if (assumption.isContradicted()) return {"contradicted", TextColor::yellow};
    return {assumption.assumed.empty() ? "determined" : "confirmed", TextColor::green};
}

// Wraps text so that the table fits most terminals.
std::vector<std::string> wrapped(const std::string& text) {
    constexpr std::size_t maxWidth = 90;
    std::vector<std::string> lines{""};
    std::size_t begin = 0;  // of the next word
    while (begin < text.size()) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        const std::string word = text.substr(begin, end - begin);
        if (!lines.back().empty() && displayWidth(lines.back()) + 1 + displayWidth(word) > maxWidth)
            lines.emplace_back();
        lines.back() += (lines.back().empty() ? "" : " ") + word;
        begin = end + 1;
    }
    return lines;
}

std::string valueText(const std::string& value) {
    return value.empty() ? "-" : value;
}

// Returns the value for `applivery-mock-server --rules`.
std::string rulesOf(const Assumptions& assumptions) {
    std::string text;
    for (const Assumption& assumption : assumptions) {
        if (assumption.isServable()) text += (text.empty() ? "" : ",") + assumption.key + '=' + assumption.found;
    }
    return text;
}

std::string summaryOf(const Findings& findings) {
    const auto first = std::find_if(findings.begin(), findings.end(),
                                    [](const Finding& finding) { return finding.verdict == Verdict::failed; });
    if (first != findings.end()) return "The check failed: " + first->check + '.';
    const bool hasWarning = std::any_of(findings.begin(), findings.end(),
                                        [](const Finding& finding) { return finding.verdict == Verdict::warning; });
    return hasWarning ? "All checks passed, with warnings." : "All checks passed.";
}

std::string summaryOf(const Assumptions& assumptions, int requests) {
    const auto contradicted = std::count_if(assumptions.begin(), assumptions.end(),
                                            [](const Assumption& each) { return each.isContradicted(); });
    const auto undetermined = std::count_if(assumptions.begin(), assumptions.end(),
                                            [](const Assumption& each) { return each.found.empty(); });
    return fmt::format("{}: {} of the assumptions are contradicted, {} undetermined.", counted(requests, "request"),
                       contradicted, undetermined);
}

std::string environmentText() {
    return fmt::format("applivery-builds {}, {}", version(), curl_version());
}

std::string markdownRow(const std::vector<std::string>& cells) {
    std::string text = "|";
    for (const std::string& cell : cells) text += ' ' + markdownText(cell) + " |";
    return text + '\n';
}

std::string findingJson(const Finding& finding) {
    return fmt::format(R"({{"check":{},"verdict":"{}","found":{},"advice":{}}})", jsonQuoted(finding.check),
                       labelOf(finding.verdict).word, jsonQuoted(finding.found), jsonQuoted(finding.advice));
}

std::string orNull(const std::string& text) {
    return text.empty() ? "null" : jsonQuoted(text);
}

std::string assumptionJson(const Assumption& assumption) {
    return fmt::format(R"({{"key":"{}","believed":{},"found":{},"contradicted":{},"evidence":{}}})", assumption.key,
                       orNull(assumption.assumed), orNull(assumption.found), assumption.isContradicted(),
                       jsonQuoted(assumption.evidence));
}

template <typename Items, typename Text>
std::string listJson(const Items& items, Text textOf) {
    std::string text;
    for (const auto& item : items) text += (text.empty() ? "\n" : ",\n") + textOf(item);
    return '[' + text + ']';
}

}  // namespace

ExitCode exitCodeOf(const Findings& findings) {
    const auto first = std::find_if(findings.begin(), findings.end(),
                                    [](const Finding& finding) { return finding.verdict == Verdict::failed; });
    return first != findings.end() ? first->code : ExitCode::done;
}

std::string diagnosisText(const Diagnosis& diagnosis, bool hasColors) {
    TextTable table({{"VERDICT"}, {"CHECK"}, {"FOUND"}});
    for (const Finding& finding : diagnosis.findings) {
        const VerdictLabel label = labelOf(finding.verdict);
        const std::vector<std::string> lines = wrapped(finding.found);
        table.add({{label.word, label.color}, {finding.check}, {lines.front()}});
        const auto addLine = [&](const std::string& line) {
            if (!line.empty()) table.add({{""}, {""}, {line}});
        };
        std::for_each(lines.begin() + 1, lines.end(), addLine);
        for (const std::string& line : wrapped(finding.advice)) addLine(line);
    }
    std::string text =
        environmentText() + "\n\n" + table.text(std::nullopt, hasColors) + '\n' + summaryOf(diagnosis.findings) + '\n';
    if (diagnosis.assumptions.empty()) return text;
    TextTable probed({{"ASSUMPTION"}, {"ASSUMED"}, {"FOUND"}, {"VERDICT"}, {"EVIDENCE"}});
    for (const Assumption& assumption : diagnosis.assumptions) {
        const VerdictLabel label = labelOf(assumption);
        probed.add({{assumption.key},
                    {valueText(assumption.assumed)},
                    {valueText(assumption.found)},
                    {label.word, label.color},
                    {assumption.evidence}});
    }
    return text + '\n' + probed.text(std::nullopt, hasColors) + '\n' +
           summaryOf(diagnosis.assumptions, diagnosis.requests) +
           "\nRules for applivery-mock-server: " + rulesOf(diagnosis.assumptions) + '\n';
}

std::string diagnosisMarkdown(const Diagnosis& diagnosis) {
    std::string text = markdownText(environmentText()) + "\n\n" +
                       "| verdict | check | found | what to do |\n| --- | --- | --- | --- |\n";
    for (const Finding& finding : diagnosis.findings) {
        text += markdownRow({labelOf(finding.verdict).word, finding.check, finding.found, finding.advice});
    }
    text += '\n' + summaryOf(diagnosis.findings) + '\n';
    if (diagnosis.assumptions.empty()) return text;
    text += "\n| assumption | assumed | found | verdict | evidence |\n| --- | --- | --- | --- | --- |\n";
    for (const Assumption& assumption : diagnosis.assumptions) {
        text += markdownRow({assumption.key, valueText(assumption.assumed), valueText(assumption.found),
                             labelOf(assumption).word, assumption.evidence});
    }
    return text + '\n' + summaryOf(diagnosis.assumptions, diagnosis.requests) + "\n\n    --rules " +
           rulesOf(diagnosis.assumptions) + '\n';
}

std::string diagnosisJson(const Diagnosis& diagnosis) {
    std::string text = fmt::format(R"({{"schema":"applivery.doctor/1","version":"{}","libcurl":{},"exitCode":{},)",
                                   version(), jsonQuoted(curl_version()), toInt(exitCodeOf(diagnosis.findings))) +
                       "\"checks\":" + listJson(diagnosis.findings, findingJson);
    if (!diagnosis.assumptions.empty()) {
        text += fmt::format(R"(,"requests":{},"rules":{},"unknowns":)", diagnosis.requests,
                            jsonQuoted(rulesOf(diagnosis.assumptions))) +
                listJson(diagnosis.assumptions, assumptionJson);
    }
    return text + "}\n";
}

}  // namespace applivery::program
