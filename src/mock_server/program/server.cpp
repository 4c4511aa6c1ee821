#include "server.hpp"

#include "faulty_front.hpp"
#include "mock_server/build_generator.hpp"
#include "mock_server/demo_builds.hpp"
#include "mock_server/recording.hpp"
#include "mock_server/sample_workspace.hpp"
#include "uploads.hpp"

#include <chrono>
#include <exception>
#include <fstream>
#include <iostream>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

namespace applivery::mock {
namespace {

std::vector<MockBuild> readBuilds(const std::string& path) {
    std::ifstream file(path);
    std::vector<MockBuild> builds;
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        try {
            builds.push_back(buildFromJson(line));
        } catch (const std::exception& fault) {
            throw std::runtime_error(path + ", line " + std::to_string(number) + ": " + fault.what());
        }
    }
    return builds;
}

std::vector<MockBuild> buildsOf(const ProgramOptions& options) {
    const auto now = std::chrono::system_clock::now();
    if (!options.buildsFile.empty()) return readBuilds(options.buildsFile);
    return options.generated ? generateBuilds(*options.generated, now, options.seed) : demoBuilds(now);
}

MockServerOptions serviceOptions(const ProgramOptions& options) {
    MockServerOptions result;
    result.rules = options.rules;
    result.tls = options.tls;
    result.delay = options.latency;
    result.port = options.fault ? 0 : options.port;
    result.recordsRequests = false;
    return result;
}

void useTokens(Directory& directory, const ProgramOptions& options) {
    directory.revoke(sample::appToken);
    directory.revoke(sample::serviceAccountToken);
    directory.addAppToken(options.token, sample::applicationId);
    directory.addServiceAccount(options.serviceAccountToken, sample::organizationId);
}

/// Every answer of the program, faults apart.
class Answers {
public:
    Answers(const MockServer& service, BuildData& builds, const ProgramOptions& options)
        : service_(service), isVerbose_(options.isVerbose) {
        if (!options.replayFile.empty()) replay(options.replayFile);
        if (options.processingTime) process(builds, *options.processingTime);
        uploads_.emplace(builds, processing_ ? &*processing_ : nullptr);
    }

    ScriptedAnswer operator()(const RecordedRequest& request) {
        ScriptedAnswer answer = recording_ ? recording_->answer(request) : madeUp(request);
        tell(request, std::to_string(answer.status));
        return answer;
    }

    /// Where that is asked for, the request and what came of it.
    void tell(const RecordedRequest& request, const std::string& outcome) {
        if (!isVerbose_) return;
        const std::lock_guard<std::mutex> lock(mutex_);
        std::cerr << request.method << ' ' << request.target << ' ' << outcome << '\n';
    }

private:
    ScriptedAnswer madeUp(const RecordedRequest& request) {
        std::optional<ScriptedAnswer> uploaded = uploads_->answer(request);
        return uploaded ? *std::move(uploaded) : service_.serviceAnswer(request);
    }

    void replay(const std::string& path) {
        std::ifstream file(path);
        try {
            recording_.emplace(file);
        } catch (const std::exception& fault) {
            throw std::runtime_error(path + ": " + fault.what());
        }
    }

    void process(BuildData& builds, std::chrono::milliseconds time) {
        processing_.emplace(builds, time);
        for (const std::string& id : builds.idsOf("pending")) processing_->begin(id);
        for (const std::string& id : builds.idsOf("in_progress")) processing_->proceed(id);
    }

    const MockServer& service_;
    const bool isVerbose_;
    std::mutex mutex_;  // of standard error
    std::optional<Processing> processing_;
    std::optional<Uploads> uploads_;
    std::optional<Recording> recording_;
};

}  // namespace

Server::Server(const ProgramOptions& options) : service_(serviceOptions(options)), url_(service_.baseUrl()) {
    BuildData& builds = sample::addTo(service_, buildsOf(options));
    useTokens(service_.directory(), options);
    // The service holds them, since its threads use them until it ends, and they its builds.
    const auto answers = std::make_shared<Answers>(service_, builds, options);
    const auto answer = [answers](const RecordedRequest& request) { return (*answers)(request); };
    service_.setHook(answer);
    if (!options.fault) return;
    RawServerOptions rawOptions;
    rawOptions.recordsHeads = false;
    rawOptions.port = options.port;
    FaultyFront front;
    front.fault = options.fault->behaviour;
    front.count = options.faultCount;
    front.passes = isUpload;
    front.tell = [answers](const RecordedRequest& request) { answers->tell(request, "fault"); };
    front.latency = options.latency;
    front.answer = answer;
    front_ = std::make_unique<RawServer>(faultThenAnswers(std::move(front)), rawOptions);
    url_ = (options.fault->way == Way::tls ? "https" : "http") + front_->baseUrl().substr(4);
}

}  // namespace applivery::mock
