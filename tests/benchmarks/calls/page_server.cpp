/// @file
/// The server of the benchmarks of calls: prepared responses, or the requested fault. Prints its URL and runs until a
/// signal.
#include "benchmarks/calls/served_pages.hpp"
#include "mock_server/connection_handlers.hpp"

#include <csignal>
#include <cstddef>
#include <iostream>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace benchmarks = applivery::benchmarks;
namespace mock = applivery::mock;

// Returns a query parameter without a library. The name must not be the end of another name, and the value has no
// escapes.
std::string parameter(const std::string& head, const std::string& name) {
    const std::size_t found = head.find(name + '=');
    if (found == std::string::npos) return {};
    const std::size_t begin = found + name.size() + 1;
    return head.substr(begin, head.find_first_of("& ", begin) - begin);
}

class Service {
public:
    Service() {
        for (auto place = benchmarks::servedPages; place.number <= place.pages; ++place.number) {
            pages_.push_back(mock::raw::response(200, benchmarks::pageOfBuilds(place)));
        }
    }

    void serve(mock::Connection& connection) {
        while (const auto head = connection.readRequestHead()) {
            const std::string& page = pages_.at(std::stoul(parameter(*head, "page")) - 1);
            if (!answer(connection, page, dueFault(*head))) return;
        }
    }

private:
    std::string dueFault(const std::string& head) {
        std::string fault = parameter(head, benchmarks::faultParameter);
        const std::string once = parameter(head, benchmarks::onceParameter);
        if (once.empty()) return fault;
        const std::lock_guard<std::mutex> lock(mutex_);
        if (met_.insert(once).second) return fault;
        met_.erase(once);
        return {};
    }

    // @return false if the connection has ended.
    static bool answer(mock::Connection& connection, const std::string& page, const std::string& fault) {
        if (fault == benchmarks::unavailable) return connection.write(mock::raw::response(503, "<html>busy</html>"));
        if (fault == benchmarks::garbage) return connection.write(mock::raw::response(200, "\x16\x03\x01 garbage"));
        if (fault == benchmarks::noAnswer) return connection.waitForPeerOrStop(), false;
        if (fault == benchmarks::cutInBody) return connection.write(page.substr(0, page.size() / 2)), false;
        return connection.write(page);
    }

    std::vector<std::string> pages_;
    std::mutex mutex_;
    std::set<std::string> met_;  // guarded by mutex_
};

}  // namespace

int main() {
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigprocmask(SIG_BLOCK, &ends, nullptr);  // before any thread starts that could receive the signal
    Service service;
    mock::RawServerOptions options;
    options.recordsHeads = false;
    const mock::RawServer server([&](mock::Connection& connection) { service.serve(connection); }, options);
    std::cout << server.baseUrl() << std::endl;
    int signal = 0;
    sigwait(&ends, &signal);
}
