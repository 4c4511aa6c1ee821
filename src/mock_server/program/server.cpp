#include "server.hpp"

#include "fault_injection.hpp"
#include "mock_server/build_generator.hpp"
#include "mock_server/demo_builds.hpp"
#include "mock_server/recording.hpp"
#include "mock_server/sample_workspace.hpp"
#include "mock_server/socket.hpp"
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
        } catch (const std::exception& error) {
            throw std::runtime_error(path + ", line " + std::to_string(number) + ": " + error.what());
        }
    }
    return builds;
}

std::vector<MockBuild> initialBuilds(const ProgramOptions& options) {
    const auto now = std::chrono::system_clock::now();
    if (!options.buildsFile.empty()) return readBuilds(options.buildsFile);
    return options.generatedCount ? generateBuilds(*options.generatedCount, now, options.seed) : demoBuilds(now);
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

void replaceTokens(Accounts& accounts, const ProgramOptions& options) {
    accounts.revoke(sample::appToken);
    accounts.revoke(sample::serviceAccountToken);
    accounts.addAppToken(options.token, sample::applicationId);
    accounts.addServiceAccount(options.serviceAccountToken, sample::organizationId);
}

/// Creates all responses of the program except faults.
class Responder {
public:
    Responder(const MockServer& service, BuildData& builds, const ProgramOptions& options)
        : service_(service), isVerbose_(options.isVerbose) {
        if (!options.replayFile.empty()) replay(options.replayFile);
        if (options.processingTime) process(builds, *options.processingTime);
        uploads_.emplace(builds, processing_ ? &*processing_ : nullptr);
    }

    ScriptedResponse operator()(const RecordedRequest& request) {
        ScriptedResponse response = recording_ ? recording_->response(request) : simulate(request);
        log(request, std::to_string(response.status));
        return response;
    }

    /// Writes a request and its outcome to standard error if --verbose is set.
    void log(const RecordedRequest& request, const std::string& outcome) {
        if (!isVerbose_) return;
        const std::lock_guard<std::mutex> lock(mutex_);
        std::cerr << request.method << ' ' << request.target << ' ' << outcome << '\n';
    }

private:
    ScriptedResponse simulate(const RecordedRequest& request) {
        std::optional<ScriptedResponse> uploaded = uploads_->respond(request);
        return uploaded ? *std::move(uploaded) : service_.serviceResponse(request);
    }

    void replay(const std::string& path) {
        std::ifstream file(path);
        try {
            recording_.emplace(file);
        } catch (const std::exception& error) {
            throw std::runtime_error(path + ": " + error.what());
        }
    }

    void process(BuildData& builds, std::chrono::milliseconds time) {
        processing_.emplace(builds, time);
        for (const std::string& id : builds.idsOf("pending")) processing_->begin(id);
        for (const std::string& id : builds.idsOf("in_progress")) processing_->resume(id);
    }

    const MockServer& service_;
    const bool isVerbose_;
    std::mutex mutex_;  // guards standard error
    std::optional<Processing> processing_;
    std::optional<Uploads> uploads_;
    std::optional<Recording> recording_;
};

}  // namespace

Server::Server(const ProgramOptions& options) : service_(serviceOptions(options)), url_(service_.baseUrl()) {
    BuildData& builds = sample::addTo(service_, initialBuilds(options));
    replaceTokens(service_.accounts(), options);
    // The hook owns the responder, because the threads of the service use both until the service has ended.
    const auto responder = std::make_shared<Responder>(service_, builds, options);
    const auto respond = [responder](const RecordedRequest& request) { return (*responder)(request); };
    service_.setHook(respond);
    if (!options.fault) return;
    RawServerOptions rawOptions;
    rawOptions.recordsHeads = false;
    rawOptions.port = options.port;
    FaultInjection injection;
    injection.fault = options.fault->handler;
    injection.count = options.faultCount;
    injection.bypasses = isUpload;
    injection.log = [responder](const RecordedRequest& request) { responder->log(request, "fault"); };
    injection.latency = options.latency;
    injection.respond = respond;
    faultyServer_ = std::make_unique<RawServer>(injectFaults(std::move(injection)), rawOptions);
    url_ = loopbackUrl(options.fault->endpoint == Endpoint::tlsServer ? "https" : "http", faultyServer_->port());
}

}  // namespace applivery::mock
