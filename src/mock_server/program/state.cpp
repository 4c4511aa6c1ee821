#include "state.hpp"

#include "mock_server/build_generator.hpp"
#include "mock_server/demo_builds.hpp"
#include "mock_server/responses.hpp"
#include "mock_server/sample_workspace.hpp"

#include <exception>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <utility>
#include <vector>

namespace applivery::mock {
namespace {

// Returns the system's clock, or a clock that starts now at the given time.
TimeSource clockFrom(const std::optional<Time>& start) {
    if (!start) return std::chrono::system_clock::now;
    return [start = *start, startedAt = std::chrono::steady_clock::now()] {
        return start + std::chrono::duration_cast<Time::duration>(std::chrono::steady_clock::now() - startedAt);
    };
}

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
    const Time now = options.now.value_or(std::chrono::system_clock::now());
    if (!options.buildsFile.empty()) return readBuilds(options.buildsFile);
    return options.generatedCount ? generateBuilds(*options.generatedCount, now, options.seed) : demoBuilds(now);
}

BuildData& addSampleWorkspace(Accounts& accounts, const ProgramOptions& options) {
    BuildData& builds = accounts.addApp(sample::applicationId, sample::applicationSlug);
    accounts.addOrganization(sample::organizationId, sample::organizationSlug, {sample::applicationId});
    accounts.addAppToken(options.token, sample::applicationId);
    accounts.addServiceAccount(options.serviceAccountToken, sample::organizationId);
    return builds;
}

// Replaces all builds. Returns the new ones.
BuildData::Builds assignBuilds(BuildData& data, std::vector<MockBuild> builds) {
    data.assign(std::move(builds));
    return data.all();
}

std::optional<FaultRule> initialFault(const ProgramOptions& options) {
    if (!options.fault) return std::nullopt;
    return FaultRule{*options.fault, options.faultPath, options.faultCount};
}

std::optional<Recording> readRecording(const std::string& path) {
    if (path.empty()) return std::nullopt;
    std::ifstream file(path);
    try {
        return std::optional<Recording>(std::in_place, file);
    } catch (const std::exception& error) {
        throw std::runtime_error(path + ": " + error.what());
    }
}

}  // namespace

State::State(const ProgramOptions& options)
    : latency_(options.latency),
      hasTls_(options.tls),
      isVerbose_(options.isVerbose),
      rules_(options.rules),
      now_(clockFrom(options.now)),
      service_(rules_, now_),
      builds_(addSampleWorkspace(service_.accounts(), options)),
      initialBuilds_(assignBuilds(builds_, initialBuilds(options))),
      recording_(readRecording(options.replayFile)),
      processing_(options.processingTime ? std::make_unique<Processing>(builds_, *options.processingTime, now_)
                                         : nullptr),
      uploads_(builds_, processing_.get(), now_),
      faults_(initialFault(options)) {
    startProcessing();
}

ScriptedResponse State::respond(const RecordedRequest& request) {
    const Time receivedAt = now_();
    ScriptedResponse response = recording_ ? recording_->response(request) : service_.response(request);
    const std::string status = std::to_string(response.status);
    journal_.add(request, receivedAt, R"("status":)" + status);
    print(request, status);
    return response;
}

ScriptedResponse State::upload(const RecordedRequest& request) {
    if (recording_) return apiError(400, 1001, "The server replays a recording, to which nothing can be uploaded");
    return uploads_.respond(request);
}

void State::logFault(const RecordedRequest& request, const Fault& fault) {
    journal_.add(request, now_(), R"("fault":")" + slugOf(fault) + '"');
    print(request, "fault");
}

void State::print(const RecordedRequest& request, const std::string& outcome) {
    if (!isVerbose_) return;
    const std::lock_guard<std::mutex> lock(mutex_);
    std::cerr << request.method << ' ' << request.target << ' ' << outcome << '\n';
}

void State::reset() {
    if (processing_) processing_->clear();
    builds_.restore(initialBuilds_);
    if (recording_) recording_->reset();
    service_.setRules(rules_);
    uploads_.reset();
    faults_.reset();
    journal_.clear();
    startProcessing();
}

void State::startProcessing() {
    if (!processing_) return;
    for (const std::string& id : builds_.idsOf("pending")) processing_->begin(id);
    for (const std::string& id : builds_.idsOf("in_progress")) processing_->resume(id);
}

}  // namespace applivery::mock
