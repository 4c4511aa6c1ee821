#include "overview/overview_options.hpp"

#include "common_options.hpp"
#include "overview/overview_command.hpp"

namespace applivery::program {
namespace {

class OverviewCommand final : public Command {
public:
    void defineOptions(CLI::App& command) override {
        defineSince(command, options_.selection.since,
                    "Only builds created since a time, a date, or an age such as 7d (default 30d)");
        command.add_flag("--previous", options_.comparesPrevious,
                         "Compare with the same length of time before; reads builds of twice the time");
        defineChoice(command, "-o,--output", options_.format,
                     namedFormats({Format::table, Format::json, Format::ndjson, Format::markdown}),
                     "Output format; ndjson is the document of json on one line (default table)");
        defineNoColor(command, options_.hasNoColor);
        CLI::Option* const watch = command.add_flag(
            "--watch", options_.isWatch,
            "Refresh until interrupted, until the output is closed, or until every app fails permanently");
        defineDuration(command, "--interval", options_.interval,
                       "Time between refreshes of --watch, extended if the service's limit of 10,000 requests per "
                       "hour requires it")
            ->check(atLeast(std::chrono::seconds{1}))
            ->needs(watch);
        defineConnection(command, options_.selection.connection);
        defineAppsFile(command, options_.selection.connection);
        command.footer(helpFooter(R"(  applivery-builds overview
  applivery-builds overview --apps-file apps.txt --since 7d --previous -o markdown
  applivery-builds overview --app shop --app bank --watch --interval 30s
  applivery-builds overview --watch -o ndjson | jq --unbuffered '.totals'
  applivery-builds overview -o json | jq -r '.rows[] | select(.failed > 0) | .os'
)"));
    }

    ConnectionOptions* connection() override { return &options_.selection.connection; }
    [[nodiscard]] bool acceptsSeveralApps() const override { return true; }
    ExitCode run() override { return overview(options_); }

private:
    OverviewOptions options_;
};

}  // namespace

std::unique_ptr<Command> makeOverviewCommand() {
    return std::make_unique<OverviewCommand>();
}

}  // namespace applivery::program
