#include "wait/ci_report.hpp"

#include "environment.hpp"
#include "text/messages.hpp"
#include "text/output_file.hpp"
#include "text/text_format.hpp"
#include "text/utf8.hpp"

#include <applivery/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <random>
#include <string_view>
#include <system_error>

namespace applivery::program {
namespace {

struct CloseFile {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};

// Returns the error. @param mode of std::fopen().
std::optional<std::string> writeFile(const std::string& path, const char* mode, const std::string& text) {
    std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), mode));
    const bool isWritten =
        file && std::fwrite(text.data(), 1, text.size(), file.get()) == text.size() && std::fclose(file.release()) == 0;
    if (isWritten) return std::nullopt;
    return path + " cannot be written: " + std::generic_category().message(errno);
}

// Returns the text on one line, within the limits of CI systems.
std::string oneLine(std::string_view text) {
    constexpr std::size_t maxColumns = 2000;
    return shortened(printable(text), maxColumns);
}

// Escapes a value of a workflow command.
// @param characters are replaced by their codes, such as `%3B`.
// @param percent replaces `%`.
std::string escapedForCommand(std::string_view text, std::string_view characters, std::string_view percent) {
    std::string out;
    for (const char c : oneLine(text)) {
        if (c == '%') {
            out += percent;
        } else if (characters.find(c) != std::string_view::npos) {
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        } else {
            out += c;
        }
    }
    return out;
}

std::string randomDelimiter() {
    std::random_device device;
    std::string text = "applivery_";
    for (int i = 0; i < 4; ++i) text += fmt::format("{:08x}", device());
    return text;
}

std::string gitHubOutputs(const CiValues& values) {
    std::string text;
    for (const auto& [name, value] : values) {
        const std::string delimiter = randomDelimiter();
        text += name + "<<" + delimiter + '\n' + oneLine(value) + '\n' + delimiter + '\n';
    }
    return text;
}

// Returns a summary of the job in Markdown.
std::string summary(const CiVerdict& verdict) {
    std::string text = "### " + markdownText(oneLine(verdict.title)) + "\n\n" + markdownText(oneLine(verdict.text)) +
                       "\n\n| | |\n| --- | --- |\n";
    for (const auto& [name, value] : verdict.values)
        text += "| " + name + " | " + markdownText(oneLine(value)) + " |\n";
    return text + '\n';
}

WriteErrors reportToGitHub(const CiVerdict& verdict) {
    if (verdict.isFailure) {
        writeRaw("::error title=" + escapedForCommand(verdict.title, "\r\n:,", "%25") +
                 "::" + escapedForCommand(verdict.text, "\r\n", "%25") + '\n');
    }
    WriteErrors errors;
    const auto append = [&errors](const char* variable, const std::string& text) {
        const std::string path = environment(variable);
        if (path.empty()) return;
        if (auto error = writeFile(path, "ab", text)) errors.push_back(fmt::format("{}: {}", variable, *error));
    };
    append("GITHUB_OUTPUT", gitHubOutputs(verdict.values));
    append("GITHUB_STEP_SUMMARY", summary(verdict));
    return errors;
}

// Returns a name such as APPLIVERY_BUILD_ID for the value `build-id`.
std::string variableName(std::string name) {
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return c == '-' ? '_' : static_cast<char>(std::toupper(c)); });
    return "APPLIVERY_" + name;
}

// Returns a value for a variable of a later step. It contains no reference to another variable, such as `$(NAME)` or
// `%NAME%`, and no character that has a meaning in a shell.
std::string variableValue(std::string_view value) {
    constexpr std::size_t maxBytes = 200;  // see writeEnvFile()
    std::string out(value.substr(0, maxBytes));
    std::replace_if(
        out.begin(), out.end(),
        [](unsigned char c) {
            return std::isalnum(c) == 0 &&
                   std::string_view("._+-@:/").find(static_cast<char>(c)) == std::string_view::npos;
        },
        '_');
    return out;
}

void reportToAzure(const CiVerdict& verdict) {
    const auto escaped = [](std::string_view text) { return escapedForCommand(text, "\r\n;]", "%AZP25"); };
    if (verdict.isFailure) {
        const std::string code = verdict.errorCode.empty() ? "" : ";code=" + escaped(verdict.errorCode);
        writeRaw("##vso[task.logissue type=error" + code + ']' + escaped(verdict.title + ": " + verdict.text) + '\n');
    }
    for (const auto& [name, value] : verdict.values) {
        writeRaw(fmt::format("##vso[task.setvariable variable={};isOutput=true]{}\n", variableName(name),
                             variableValue(value)));
    }
}

// Escapes a value of a service message. The agent may read the output in another encoding than UTF-8.
std::string serviceMessageEscaped(std::string_view text) {
    std::string out;
    const std::string line = oneLine(text);
    for (std::string_view rest = line; !rest.empty();) {
        const Utf8Character character = takeCharacter(rest);
        constexpr std::int32_t firstNonAscii = 0x80;
        constexpr std::int32_t firstWithSurrogates = 0x10000;
        if (character.code >= firstWithSurrogates) {
            const std::int32_t code = character.code - firstWithSurrogates;
            out += fmt::format("|0x{:04X}|0x{:04X}", 0xD800 + (code >> 10), 0xDC00 + (code & 0x3FF));  // UTF-16
        } else if (character.code >= firstNonAscii) {
            out += fmt::format("|0x{:04X}", character.code);
        } else {
            if (std::string_view("|'[]").find(character.bytes) != std::string_view::npos) out += '|';
            out += character.bytes;
        }
    }
    return out;
}

// TeamCity reads service messages from standard output, which must not contain them beside a document.
WriteErrors reportToTeamCity(const CiVerdict& verdict) {
    std::string text;
    if (verdict.isFailure) {
        text += fmt::format("##teamcity[buildProblem description='{}']\n",
                            serviceMessageEscaped(verdict.title + ": " + verdict.text));
    }
    for (const auto& [name, value] : verdict.values) {
        text += fmt::format("##teamcity[setParameter name='env.{}' value='{}']\n", variableName(name),
                            variableValue(value));
    }
    if (verdict.printsDocument) {
        writeRaw(text);
    } else if (const auto error = OutputFile("").write(text)) {
        return {*error};
    }
    return {};
}

}  // namespace

CiSystem detectCi() {
    if (environment("GITHUB_ACTIONS") == "true") return CiSystem::github;
    if (!environment("TF_BUILD").empty()) return CiSystem::azure;
    if (!environment("TEAMCITY_VERSION").empty()) return CiSystem::teamcity;
    return CiSystem::none;
}

WriteErrors reportTo(CiSystem system, const CiVerdict& verdict) {
    switch (system) {
        case CiSystem::github:
            return reportToGitHub(verdict);
        case CiSystem::azure:
            reportToAzure(verdict);
            break;
        case CiSystem::teamcity:
            return reportToTeamCity(verdict);
        case CiSystem::none:
            break;
    }
    return {};
}

std::optional<std::string> checkEnvFile(const std::string& path) {
    return writeFile(path, "ab", "");
}

std::optional<std::string> writeEnvFile(const std::string& path, const CiValues& values) {
    constexpr std::size_t maxVariables = 20;
    std::string text;
    for (std::size_t i = 0; i < std::min(values.size(), maxVariables); ++i) {
        text += fmt::format("{}={}\n", variableName(values[i].first), variableValue(values[i].second));
    }
    return writeFile(path, "wb", text);
}

}  // namespace applivery::program
