#include "faults.hpp"

#include "mock_server/json_object.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace applivery::mock {
namespace {

// Parses the number of affected requests. 0 if the text is no such number.
std::size_t parseFaultCount(const std::string& text) {
    constexpr std::size_t maxCount = 1'000'000;
    std::size_t count = 0;
    const char* const end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, count);
    return parsed.ec == std::errc{} && parsed.ptr == end && count <= maxCount ? count : 0;
}

std::string applyFaultParameter(const std::string& name, const std::string& value, FaultRule& rule) {
    if (name == "fault") {
        const std::optional<Fault> fault = findFault(value);
        if (!fault) return "Unknown fault: " + value + ". applivery-mock-server --help lists all faults";
        rule.fault = *fault;
    } else if (name == "count") {
        rule.count = parseFaultCount(value);
        if (rule.count == 0) return "The count must be a number from 1 to 1000000, not " + value;
    } else if (name == "path") {
        if (value.empty() || value.front() != '/') return "The path must begin with /";
        rule.path = value;
    } else {
        return "Unknown parameter of a fault: " + name;
    }
    return {};
}

}  // namespace

std::string parseFaultRule(const RecordedRequest& request, bool hasTls, FaultRule& rule) {
    for (const auto& [name, value] : request.query) {
        std::string error = applyFaultParameter(name, value, rule);
        if (!error.empty()) return error;
    }
    if (rule.fault.name.empty()) return "The parameter fault is missing";
    if (!occursInHandshake(rule.fault)) return {};
    if (!rule.path.empty()) return "This fault occurs in the TLS handshake, before the path is known";
    return hasTls ? "" : "This fault occurs in the TLS handshake, and the server runs without --tls";
}

bool Faults::add(FaultRule rule) {
    auto added = std::make_shared<ActiveFault>(std::move(rule));
    const std::lock_guard<std::mutex> lock(mutex_);
    if (active_.size() == capacity) return false;
    active_.push_back(std::move(added));
    return true;
}

void Faults::clear() {
    const std::lock_guard<std::mutex> lock(mutex_);
    active_.clear();
}

void Faults::reset() {
    const std::lock_guard<std::mutex> lock(mutex_);
    active_.clear();
    if (initial_) active_.push_back(std::make_shared<ActiveFault>(*initial_));
}

template <typename Matches>
std::shared_ptr<ActiveFault> Faults::take(Matches&& matches) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = std::find_if(active_.begin(), active_.end(), [&](const auto& fault) { return matches(*fault); });
    if (found == active_.end()) return nullptr;
    std::shared_ptr<ActiveFault> fault = *found;
    if (fault->rule.count != 0 && --fault->left == 0) active_.erase(found);
    return fault;
}

std::shared_ptr<ActiveFault> Faults::takeFor(const RecordedRequest& request) {
    return take([&request](const ActiveFault& fault) {
        return !occursInHandshake(fault.rule.fault) && request.path.rfind(fault.rule.path, 0) == 0;
    });
}

std::shared_ptr<ActiveFault> Faults::takeForHandshake() {
    return take([](const ActiveFault& fault) { return occursInHandshake(fault.rule.fault); });
}

std::string Faults::json() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    std::string json = R"({"faults":[)";
    for (const auto& fault : active_) {
        if (json.back() != '[') json += ',';
        JsonObject object(json);  // the destructor writes the closing brace
        object.text("fault", slugOf(fault->rule.fault));
        object.text("path", fault->rule.path);
        object.json("left", fault->rule.count == 0 ? "null" : std::to_string(fault->left));
    }
    return json + "]}";
}

std::vector<Fault> serverFaults() {
    std::vector<Fault> faults = faultMatrix();
    faults.erase(std::remove_if(faults.begin(), faults.end(), occursAtProxy), faults.end());
    return faults;
}

std::optional<Fault> findFault(const std::string& slug) {
    const std::vector<Fault> faults = serverFaults();
    const auto found =
        std::find_if(faults.begin(), faults.end(), [&](const Fault& fault) { return slugOf(fault) == slug; });
    if (found == faults.end()) return std::nullopt;
    return *found;
}

bool occursInHandshake(const Fault& fault) {
    return fault.endpoint == Endpoint::tlsServer;
}

}  // namespace applivery::mock
