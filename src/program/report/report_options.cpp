#include "report/report_options.hpp"

#include "common_options.hpp"
#include "report/report_command.hpp"
#include "text/output_file.hpp"

namespace applivery::program {
namespace {

class ReportCommand final : public Command {
public:
    void defineOptions(CLI::App& command) override {
        BuildSelection& selection = options_.selection;
        defineFile(command, "--html", options_.htmlFile,
                   "Write a page for people to this file (- is standard output): one HTML file that needs no script "
                   "and no other file; an existing file is replaced");
        defineChoice(
            command, "-o,--output", options_.format,
            NamedValues<ReportFormat>{
                {"openmetrics", ReportFormat::openmetrics}, {"json", ReportFormat::json}, {"csv", ReportFormat::csv}},
            "Write numbers for programs in this format, of which openmetrics is for Prometheus");
        defineFile(command, "-O,--out-file", options_.outFile,
                   "Write the output of -o to this file instead of standard output (-); an existing file is replaced");
        defineServiceFilter(command, selection.filter);
        defineLocalFilter(command, selection);
        command.add_option("--limit", selection.limit, "Builds per page, from 1 (default 100)")
            ->transform(atLeastOne());
        defineSince(command, selection.since, "Only builds created since a time, a date, or an age such as 30d");
        command.add_flag("--previous", options_.comparesPrevious,
                         "Compare with the same length of time before --since; reads builds of twice the time");
        defineConnection(command, selection.connection);
        defineAppsFile(command, selection.connection);
        command.footer(helpFooter(R"(  applivery-builds report --html report.html
  applivery-builds report --since 30d --apps-file apps.txt --html report.html
  applivery-builds report --since 7d --previous --html report.html
  applivery-builds report -o openmetrics -O /var/lib/prometheus/node-exporter/applivery.prom
  applivery-builds report -o json | jq '.groups[] | {app, os, processTimeP90}'
)"));
    }

    void validate() override {
        const auto refuse = [](const char* fault) { throw CLI::ValidationError("report", fault); };
        if (options_.htmlFile.empty() && !options_.format) refuse("nothing to write; set --html FILE, or -o, or both");
        if (!options_.outFile.empty() && !options_.format) refuse("--out-file needs -o; --html names its own file");
        if (options_.comparesPrevious && !options_.selection.since) {
            refuse(
                "--previous needs --since, which is the beginning of the period to compare; set it, such as --since "
                "30d");
        }
        const bool hasTwoOutputs = !options_.htmlFile.empty() && options_.format;
        if (hasTwoOutputs && outputTarget(options_.htmlFile) == outputTarget(options_.outFile)) {
            refuse("--html and -o write to the same file; choose different files");
        }
    }

    ConnectionOptions* connection() override { return &options_.selection.connection; }
    [[nodiscard]] bool acceptsSeveralApps() const override { return true; }
    [[nodiscard]] std::vector<std::string> outputFiles() const override {
        return {options_.htmlFile, options_.outFile};
    }
    ExitCode run() override { return report(options_); }

private:
    ReportOptions options_;
};

}  // namespace

std::unique_ptr<Command> makeReportCommand() {
    return std::make_unique<ReportCommand>();
}

}  // namespace applivery::program
