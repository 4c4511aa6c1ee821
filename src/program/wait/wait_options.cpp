#include "wait/wait_options.hpp"

#include "common_options.hpp"
#include "environment.hpp"
#include "wait/wait_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace applivery::program {
namespace {

// Returns the parts between commas, also empty parts.
std::vector<std::string> partsOf(const std::string& text) {
    std::vector<std::string> parts;
    std::size_t begin = 0;
    for (std::size_t comma = text.find(','); comma != std::string::npos; comma = text.find(',', begin)) {
        parts.push_back(text.substr(begin, comma - begin));
        begin = comma + 1;
    }
    parts.push_back(text.substr(begin));
    return parts;
}

class WaitCommand final : public Command {
public:
    void defineOptions(CLI::App& command) override {
        defineSelector(command);
        defineDuration(command, "--timeout", options_.limits.timeout,
                       "Time limit of the wait; 0 makes one check, of at most one second");
        defineDuration(command, "--find-timeout", options_.limits.findTimeout,
                       "Time limit until the build is first seen");
        defineChoice(command, "-o,--output", options_.asJson, NamedValues<bool>{{"text", false}, {"json", true}},
                     "Output format (default text)");
        defineNoColor(command, options_.hasNoColor);
        defineChoice(command, "--ci", options_.ci,
                     NamedValues<CiSystem>{{"none", CiSystem::none},
                                           {"github", CiSystem::github},
                                           {"azure", CiSystem::azure},
                                           {"teamcity", CiSystem::teamcity}},
                     "Report the result to this CI system (default: the one that runs the job)");
        defineFile(command, "--env-file", options_.envFile,
                   "Write the result to this file, as lines such as APPLIVERY_BUILD_ID=...");
        defineConnection(command, options_.connection);
        command.footer(helpFooter(R"(  applivery-builds wait --build-id "$APPLIVERY_BUILD_ID"
  applivery-builds wait --version-name 2.4.0 --os ios --since 10m --timeout 30m
  applivery-builds wait --version-name 2.4.0 --expect ios,android --since 10m
  applivery-builds wait --build-id 6731e9e7a1b2c3d4e5f60718 -o json | jq -r .outcome
)"));
    }

    void validate() override {
        const auto isGiven = [](const CLI::Option* option) { return option->count() > 0; };
        if (std::any_of(selectorOptions_.begin(), selectorOptions_.end(), isGiven)) return;
        const std::string id = environment("APPLIVERY_BUILD_ID");
        if (!id.empty()) options_.selector.id = id;
    }

    ConnectionOptions* connection() override { return &options_.connection; }
    [[nodiscard]] std::vector<std::string> outputFiles() const override { return {options_.envFile}; }
    ExitCode run() override { return wait(options_); }
    void printRefusal(const std::string& message) const override { printWaitRefusal(message); }

private:
    void defineSelector(CLI::App& command) {
        BuildSelector& selector = options_.selector;
        const auto text = [&](const char* name, std::optional<std::string>& value, const char* help) {
            selectorOptions_.push_back(defineText(command, name, value, help));
        };
        text("--build-id", selector.id, "Id of the build (default: APPLIVERY_BUILD_ID, if no option selects a build)");
        text("--version-name", selector.versionName, "Only a build with this version name");
        text("--version-code", selector.versionCode, "Only a build with this version code");
        text("--commit", selector.commit, "Only a build of this commit");
        text("--branch", selector.branch, "Only a build of this branch");
        text("--tag", selector.tag, "Only a build with this tag");
        text("--build-number", selector.buildNumber, "Only a build with this number of the CI system");
        CLI::Option* const os =
            defineChoice(command, "--os", selector.os, knownSystems(), "Only a build for this operating system");
        CLI::Option* const since =
            defineSince(command, selector.createdSince,
                        "Only a build created since a time, a date, or an age such as 10m. Required without "
                        "--build-id, because an older build of the same version could match");
        CLI::Option* const anyAge =
            command.add_flag("--any-age", selector.anyAge, "Accept older builds too, instead of --since");
        anyAge->excludes(since);
        CLI::Option* const expect = defineExpect(command);
        expect->excludes(os)->excludes(selectorOptions_.front());
        selectorOptions_.insert(selectorOptions_.end(), {os, since, anyAge, expect});
    }

    // Sorts the systems, and counts a repeated system once.
    CLI::Option* defineExpect(CLI::App& command) {
        std::vector<std::string> names;
        for (const auto& [name, os] : knownSystems()) names.push_back(name);
        const CLI::Validator system = oneOf(names);
        // Refuses an empty part, which CLI11 would ignore: the value of a variable that is not set.
        const auto check = [system](const std::string& text) -> std::string {
            for (std::string part : partsOf(text)) {
                if (std::string error = system(part); !error.empty()) return error;
            }
            return {};
        };
        const auto assign = [this, system](const std::vector<std::string>& texts) {
            std::set<std::string> expected;
            for (std::string part : partsOf(fmt::format("{}", fmt::join(texts, ",")))) {
                (void)system(part);  // corrects the spelling
                expected.insert(std::move(part));
            }
            for (const auto& [name, os] : knownSystems()) {
                if (expected.count(name) != 0) options_.expectedSystems.push_back(os);
            }
        };
        return command
            .add_option_function<std::vector<std::string>>(
                "--expect", assign,
                fmt::format("Wait for one build for each of these operating systems, separated by commas: {}",
                            fmt::join(names, ", ")))
            ->check(check);
    }

    WaitCommandOptions options_;
    std::vector<CLI::Option*> selectorOptions_;  // --build-id is the first
};

}  // namespace

std::unique_ptr<Command> makeWaitCommand() {
    return std::make_unique<WaitCommand>();
}

}  // namespace applivery::program
