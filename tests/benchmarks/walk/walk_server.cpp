/// @file
/// The server of the benchmark: prepared gzip responses, delayed by 50 ms, behind nginx with TLS and HTTP/2. Prints its
/// URL and its CA bundle, and runs until a signal.
#include "benchmarks/page_of_builds.hpp"
#include "mock_server/connection_handlers.hpp"
#include "mock_server/gzip.hpp"
#include "mock_server/nginx_proxy.hpp"

#include <chrono>
#include <csignal>
#include <cstddef>
#include <iostream>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
namespace mock = applivery::mock;

std::size_t pageOf(const std::string& head) {
    const std::size_t at = head.find("page=");
    return at == std::string::npos ? 1 : std::stoul(head.substr(at + 5));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigprocmask(SIG_BLOCK, &ends, nullptr);  // before any thread starts that could receive the signal
    std::vector<std::string> answers;
    const std::size_t count = std::stoul(argv[1]);
    for (std::size_t number = 1; number <= count; ++number) {
        answers.push_back(mock::raw::response(
            200, mock::gzip(applivery::benchmarks::pageOfBuilds({100, count, number})), "Content-Encoding: gzip\r\n"));
    }
    const mock::RawServer server([&](mock::Connection& connection) {
        while (const auto head = connection.readRequestHead()) {
            if (!connection.pause(50ms) || !connection.write(answers.at(pageOf(*head) - 1))) break;
        }
    });
    const mock::NginxProxy front(server.port());
    std::cout << front.baseUrl() << '\n' << front.caFile() << std::endl;
    int signal = 0;
    sigwait(&ends, &signal);
}
