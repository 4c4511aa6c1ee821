#include "list/list_options.hpp"

#include "common_options.hpp"
#include "list/list_command.hpp"

namespace applivery::program {
namespace {

void defineListOutput(CLI::App& command, ListOptions& options) {
    defineChoice(command, "-o,--output", options.format,
                 namedFormats({Format::table, Format::json, Format::ndjson, Format::csv, Format::markdown}),
                 "Output format (default table)");
    command
        .add_option("--fields", options.fields,
                    "Columns of table, csv and markdown, separated by commas. Name a field by its path in the "
                    "service's reference, such as info.ios.plist.CFBundleVersion, or by the end of the path if only "
                    "one path ends with it, such as branch. unknownFields is a JSON object with the fields that this "
                    "program does not know, and unknownFields.NAME is one of them. help prints all fields")
        ->delimiter(',')
        ->check(fieldName());
    defineNoColor(command, options.hasNoColor);
    defineFile(command, "-O,--out-file", options.outFile,
               "Write to this file instead of standard output (-); an existing file is replaced only by a complete "
               "list");
}

class ListCommand final : public Command {
public:
    void defineOptions(CLI::App& command) override {
        BuildSelection& selection = options_.selection;
        defineServiceFilter(command, selection.filter);
        defineLocalFilter(command, selection);
        CLI::Option* const page =
            command
                .add_option("--page", options_.page,
                            "Number of the page of the service, from 1. If this program compares builds, as for "
                            "--branch, it prints those of the page that match")
                ->transform(atLeastOne());
        command.add_option("--limit", selection.limit, "Builds per page of the service, from 1")
            ->transform(atLeastOne());
        defineListOutput(command, options_);
        command
            .add_flag("--all", options_.readsAllPages, "Read all pages, 100 builds per page unless --limit is given")
            ->excludes(page);
        defineSince(command, selection.since,
                    "Read all pages, and only builds created since a time, a date, or an age such as 7d")
            ->excludes(page);
        defineConnection(command, selection.connection);
        defineAppsFile(command, selection.connection);
        command.footer(helpFooter(R"(  applivery-builds list --status processed --os ios --limit 20
  applivery-builds list -o json | jq -r '.items[0].id'
  applivery-builds list --token-file token.txt -o csv -O builds.csv
  applivery-builds list --all --since 30d -o ndjson | jq -r 'select(.status == "error") | .id'
  applivery-builds list --all --app shop --app bank -o csv
  applivery-builds list --all --apps-file apps.txt -o ndjson
)"));
    }

    void validate() override { options_.readsAllPages = options_.readsAllPages || options_.selection.since; }

    ConnectionOptions* connection() override { return &options_.selection.connection; }
    [[nodiscard]] bool acceptsSeveralApps() const override { return options_.readsAllPages; }
    [[nodiscard]] std::vector<std::string> outputFiles() const override { return {options_.outFile}; }
    ExitCode run() override { return list(options_); }

private:
    ListOptions options_;
};

class LatestCommand final : public Command {
public:
    void defineOptions(CLI::App& command) override {
        BuildSelection& selection = options_.selection;
        options_.isLatest = true;
        options_.readsAllPages = true;
        defineServiceFilter(command, selection.filter);
        defineLocalFilter(command, selection);
        defineListOutput(command, options_);
        defineSince(command, selection.since, "Only builds created since a time, a date, or an age such as 7d");
        selection.includesDisabled = false;
        command.add_flag("--include-disabled", selection.includesDisabled,
                         "Accept also a build that was disabled in the service");
        defineConnection(command, selection.connection);
        command.footer(helpFooter(R"(  applivery-builds latest --status processed --os android
  applivery-builds latest --branch main -o json | jq -r '.items[0].id'
)"));
    }

    ConnectionOptions* connection() override { return &options_.selection.connection; }
    [[nodiscard]] std::vector<std::string> outputFiles() const override { return {options_.outFile}; }
    ExitCode run() override { return list(options_); }

private:
    ListOptions options_;
};

}  // namespace

std::unique_ptr<Command> makeListCommand() {
    return std::make_unique<ListCommand>();
}

std::unique_ptr<Command> makeLatestCommand() {
    return std::make_unique<LatestCommand>();
}

}  // namespace applivery::program
