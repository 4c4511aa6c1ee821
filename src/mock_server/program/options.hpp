/// @file
/// The command line of applivery-mock-server.
#pragma once

#include "mock_server/fault_matrix.hpp"
#include "mock_server/sample_workspace.hpp"
#include "mock_server/service_rules.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace applivery::mock {

/// The options of the program.
struct ProgramOptions {
    int port = 0;
    bool tls = false;
    ServiceRules rules{};
    std::string buildsFile{};
    std::string replayFile{};
    std::optional<std::size_t> generatedCount{};
    std::uint64_t seed = 0;
    std::string token = sample::appToken;
    std::string serviceAccountToken = sample::serviceAccountToken;
    std::optional<Time> now{};  ///< The time of the server's clock at the start.
    std::chrono::milliseconds latency{0};
    std::optional<std::chrono::milliseconds> processingTime{};
    std::optional<Fault> fault{};
    std::size_t faultCount = 0;  ///< 0 for every request.
    std::string faultPath{};     ///< Empty for every path.
    bool isVerbose = false;
    bool endsWithInput = false;
};

/// Parses the command line. @return the options, or an exit code after an error or the help was printed.
[[nodiscard]] std::variant<ProgramOptions, int> parseOptions(int argc, char** argv);

}  // namespace applivery::mock
