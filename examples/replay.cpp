// Lists the builds in a recording of `applivery-builds list --all --record FILE`, without a network:
//     replay FILE
#include <applivery/applivery.hpp>
#include <applivery/testing/fake_transport.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <exception>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <queue>
#include <stdexcept>
#include <string>
#include <utility>

namespace {

using nlohmann::json;

// Returns the response in a line of the file, or the error if there was none.
applivery::FakeTransport::Answer responseIn(const json& line) {
    if (!line.contains("kind")) return applivery::FakeTransport::answer(line.at("status"), line.at("body"));
    auto kind = applivery::ErrorKind::invalidArgument;
    while (toString(kind) != line.at("kind") && kind != applivery::ErrorKind::responseTooLarge) {
        kind = static_cast<applivery::ErrorKind>(static_cast<int>(kind) + 1);
    }
    return applivery::Error(kind, line.at("message"));
}

// Returns the recorded responses for each path and query, in the order of the file.
class Recording {
public:
    explicit Recording(const std::string& path) {
        std::ifstream file(path);
        if (!file) throw std::runtime_error("cannot read " + path);
        for (std::string text; std::getline(file, text);) {
            const json line = json::parse(text);
            if (line.contains("target")) responses_[line.at("target")].push(responseIn(line));  // not the first line
        }
    }

    applivery::FakeTransport::Answer responseFor(const applivery::HttpRequest& request) {
        const std::size_t host = request.url.find("//") + 2;
        const std::string target = request.url.substr(request.url.find('/', host));
        const std::lock_guard<std::mutex> lock(mutex_);  // prefetched pages arrive on other threads
        auto& responses = responses_[target];
        if (responses.empty()) {
            return applivery::Error(applivery::ErrorKind::invalidArgument, "nothing is recorded for " + target);
        }
        auto response = std::move(responses.front());
        responses.pop();
        return response;
    }

private:
    std::mutex mutex_;
    std::map<std::string, std::queue<applivery::FakeTransport::Answer>> responses_;
};

int list(const std::string& path) {
    const auto recording = std::make_shared<Recording>(path);
    const auto transport = std::make_shared<applivery::FakeTransport>(
        [recording](const applivery::HttpRequest& request) { return recording->responseFor(request); });
    const applivery::BuildsClient client{applivery::AppToken{"any-token"}, {}, transport};
    applivery::WalkOptions options;
    options.limit = 100;  // as the program requested
    for (const applivery::Result<applivery::Build>& build : client.builds({}, options)) {
        if (!build) {
            std::cerr << build.error() << '\n';
            return 1;
        }
        std::cout << *build << '\n';
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: replay FILE\n";
        return 2;
    }
    try {
        return list(argv[1]);
    } catch (const std::exception& exception) {
        std::cerr << exception.what() << '\n';
        return 1;
    }
}
