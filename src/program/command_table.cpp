#include "command_table.hpp"

#include "doctor/doctor_options.hpp"
#include "generate/generate_command.hpp"
#include "list/list_options.hpp"
#include "overview/overview_options.hpp"
#include "report/report_options.hpp"
#include "wait/wait_options.hpp"

namespace applivery::program {

const std::vector<CommandRow>& commandTable() {
    static const std::vector<CommandRow> table{
        {"list", "Print one page of builds, or all of them, newest first", makeListCommand},
        {"latest", "Print the newest build that matches", makeLatestCommand},
        {"wait", "Wait until a build is processed, with an exit code for CI jobs", makeWaitCommand},
        {"overview", "Print the state of each app and system", makeOverviewCommand},
        {"report", "Write a page with charts, or the same numbers for programs", makeReportCommand},
        {"doctor", "Check step by step why a command fails on this machine", makeDoctorCommand},
        {"generate", "Print the man page, or the completions of a shell", makeGenerateCommand, true},
    };
    return table;
}

}  // namespace applivery::program
