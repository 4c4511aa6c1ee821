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

struct Look {
    const char* word;
    TextColor color;
};

Look lookOf(Verdict verdict) {
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

Look lookOf(const Unknown& unknown) {
    if (unknown.found.empty()) return {"not told", TextColor::none};
    if (unknown.isContradicted()) return {"contradicted", TextColor::yellow};
    return unknown.believed.empty() ? Look{"learnt", TextColor::green} : Look{"confirmed", TextColor::green};
}

// Words up to an edge that most terminals have room for.
std::vector<std::string> linesOf(const std::string& text) {
    constexpr std::size_t edge = 90;
    std::vector<std::string> lines{""};
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        const std::string word = text.substr(at, end - at);
        if (!lines.back().empty() && displayWidth(lines.back()) + 1 + displayWidth(word) > edge) lines.emplace_back();
        lines.back() += (lines.back().empty() ? "" : " ") + word;
        at = end + 1;
    }
    return lines;
}

std::string valueText(const std::string& value) {
    return value.empty() ? "-" : value;
}

// For `applivery-mock-server --rules`.
std::string rulesOf(const Assumptions& unknowns) {
    std::string text;
    for (const Unknown& unknown : unknowns) {
        if (unknown.isServable()) text += (text.empty() ? "" : ",") + unknown.key + '=' + unknown.found;
    }
    return text;
}

std::string summaryOf(const Findings& findings) {
    const auto first = std::find_if(findings.begin(), findings.end(),
                                    [](const Finding& finding) { return finding.verdict == Verdict::failed; });
    if (first != findings.end()) return "It does not work here: see " + first->check + '.';
    const bool isDoubtful = std::any_of(findings.begin(), findings.end(),
                                        [](const Finding& finding) { return finding.verdict == Verdict::warning; });
    return isDoubtful ? "It works here; see the warnings." : "It works here.";
}

std::string summaryOf(const Assumptions& unknowns, int requests) {
    const auto contradicted = std::count_if(unknowns.begin(), unknowns.end(),
                                            [](const Unknown& unknown) { return unknown.isContradicted(); });
    const auto untold =
        std::count_if(unknowns.begin(), unknowns.end(), [](const Unknown& unknown) { return unknown.found.empty(); });
    return fmt::format("{}: {} contradict what this library goes by, {} could not be told.",
                       counted(requests, "request"), contradicted, untold);
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
                       lookOf(finding.verdict).word, jsonQuoted(finding.found), jsonQuoted(finding.advice));
}

std::string orNull(const std::string& text) {
    return text.empty() ? "null" : jsonQuoted(text);
}

std::string unknownJson(const Unknown& unknown) {
    return fmt::format(R"({{"key":"{}","believed":{},"found":{},"contradicted":{},"evidence":{}}})", unknown.key,
                       orNull(unknown.believed), orNull(unknown.found), unknown.isContradicted(),
                       jsonQuoted(unknown.evidence));
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
    return first != findings.end() ? first->code : done;
}

std::string diagnosisText(const Diagnosis& diagnosis, bool hasColors) {
    TextTable table({{"VERDICT"}, {"CHECK"}, {"FOUND"}});
    for (const Finding& finding : diagnosis.findings) {
        const Look look = lookOf(finding.verdict);
        std::vector<std::string> lines = linesOf(finding.found);
        table.add({{look.word, look.color}, {finding.check}, {lines.front()}});
        lines.erase(lines.begin());
        for (const std::string& line : linesOf(finding.advice)) lines.push_back(line);
        for (const std::string& line : lines) {
            if (!line.empty()) table.add({{""}, {""}, {line}});
        }
    }
    std::string text = table.text(std::nullopt, hasColors) + '\n' + summaryOf(diagnosis.findings) + '\n';
    if (diagnosis.unknowns.empty()) return text;
    TextTable probed({{"UNKNOWN"}, {"BELIEVED"}, {"FOUND"}, {"VERDICT"}, {"EVIDENCE"}});
    for (const Unknown& unknown : diagnosis.unknowns) {
        const Look look = lookOf(unknown);
        probed.add({{unknown.key},
                    {valueText(unknown.believed)},
                    {valueText(unknown.found)},
                    {look.word, look.color},
                    {unknown.evidence}});
    }
    return text + '\n' + probed.text(std::nullopt, hasColors) + '\n' +
           summaryOf(diagnosis.unknowns, diagnosis.requests) +
           "\nAs rules of applivery-mock-server: " + rulesOf(diagnosis.unknowns) + '\n';
}

std::string diagnosisMarkdown(const Diagnosis& diagnosis) {
    std::string text = markdownText(environmentText()) + "\n\n" +
                       "| verdict | check | found | what to do |\n| --- | --- | --- | --- |\n";
    for (const Finding& finding : diagnosis.findings) {
        text += markdownRow({lookOf(finding.verdict).word, finding.check, finding.found, finding.advice});
    }
    text += '\n' + summaryOf(diagnosis.findings) + '\n';
    if (diagnosis.unknowns.empty()) return text;
    text += "\n| unknown | believed | found | verdict | evidence |\n| --- | --- | --- | --- | --- |\n";
    for (const Unknown& unknown : diagnosis.unknowns) {
        text += markdownRow({unknown.key, valueText(unknown.believed), valueText(unknown.found), lookOf(unknown).word,
                             unknown.evidence});
    }
    return text + '\n' + summaryOf(diagnosis.unknowns, diagnosis.requests) + "\n\n    --rules " +
           rulesOf(diagnosis.unknowns) + '\n';
}

std::string diagnosisJson(const Diagnosis& diagnosis) {
    std::string text =
        fmt::format(R"({{"schema":"applivery.doctor/1","version":"{}","libcurl":{},"exitCode":{},)", version(),
                    jsonQuoted(curl_version()), static_cast<int>(exitCodeOf(diagnosis.findings))) +
        "\"checks\":" + listJson(diagnosis.findings, findingJson);
    if (!diagnosis.unknowns.empty()) {
        text += fmt::format(R"(,"requests":{},"rules":{},"unknowns":)", diagnosis.requests,
                            jsonQuoted(rulesOf(diagnosis.unknowns))) +
                listJson(diagnosis.unknowns, unknownJson);
    }
    return text + "}\n";
}

}  // namespace applivery::program
