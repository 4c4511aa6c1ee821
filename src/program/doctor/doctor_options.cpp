#include "doctor/doctor_options.hpp"

#include "common_options.hpp"
#include "doctor/doctor_command.hpp"

namespace applivery::program {
namespace {

class DoctorCommand final : public Command {
public:
    void defineOptions(CLI::App& command) override {
        defineChoice(command, "-o,--output", options_.format,
                     namedFormats({Format::table, Format::json, Format::markdown}),
                     "Output format (default table). No format contains a token or data of your builds; markdown is "
                     "for a bug report");
        defineNoColor(command, options_.hasNoColor);
        CLI::Option* const probe = command.add_flag(
            "--probe", options_.isProbe,
            "Also send up to 40 requests to the service, to verify what this program assumes about it");
        command.add_flag("--yes", options_.isConfirmed, "Start --probe without asking for confirmation")->needs(probe);
        defineConnection(command, options_.connection);
        command.footer(helpFooter(R"(  applivery-builds doctor
  applivery-builds doctor -o markdown
  applivery-builds doctor --probe --yes -o json | jq '.unknowns[] | select(.contradicted)'
)"));
    }

    ConnectionOptions* connection() override { return &options_.connection; }
    ExitCode run() override { return doctor(options_); }

private:
    DoctorOptions options_;
};

}  // namespace

std::unique_ptr<Command> makeDoctorCommand() {
    return std::make_unique<DoctorCommand>();
}

}  // namespace applivery::program
