// applivery-mock-server: a mock of both APIs for tests of programs in any language. See --help.
#include "options.hpp"
#include "server.hpp"
#include "stop_signal.hpp"

#include <csignal>
#include <exception>
#include <iostream>
#include <variant>

namespace applivery::mock {
namespace {

void printAddress(const Server& server, const ProgramOptions& options) {
    std::cout << server.baseUrl() << '\n';
    if (options.tls) std::cout << server.caFile() << '\n';
    std::cout.flush();
    std::cerr << "applivery-mock-server: example:\n  APPLIVERY_BASE_URL=" << server.baseUrl();
    if (options.tls) std::cerr << " CURL_CA_BUNDLE=" << server.caFile();
    if (options.replayFile.empty()) {
        std::cerr << " APPLIVERY_APP_TOKEN='" << options.token << "' applivery-builds list\n";
    } else {
        std::cerr << " APPLIVERY_APP_TOKEN=any-token, and the recorded command\n";
    }
}

}  // namespace
}  // namespace applivery::mock

int main(int argc, char** argv) {
    using namespace applivery::mock;
    const auto parsed = parseOptions(argc, argv);
    if (const int* const code = std::get_if<int>(&parsed)) return *code;
    const auto& options = std::get<ProgramOptions>(parsed);
    const StopSignal stop;
    std::signal(SIGPIPE, SIG_IGN);  // the parent process may have closed standard output
    try {
        const Server server(options);
        printAddress(server, options);
        stop.wait(options.endsWithInput);
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "applivery-mock-server: " << error.what() << ".\n";
        return 1;
    }
}
