#include "mock_server/build_data.hpp"

#include <algorithm>

namespace applivery::mock {
namespace {

bool matchesIfSet(const std::optional<std::string>& wanted, const std::string& actual) {
    return !wanted || *wanted == actual;
}

bool matchesIfSet(const std::vector<std::string>& wanted, const std::string& actual) {
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), actual) != wanted.end();
}

bool matchesVersion(const BuildQuery& query, const std::string& actual) {
    if (!query.versionName || query.versionMatch == VersionMatch::whole) return matchesIfSet(query.versionName, actual);
    const std::size_t position = actual.find(*query.versionName);
    return query.versionMatch == VersionMatch::part ? position != std::string::npos : position == 0;
}

template <typename Builds>
auto findBuild(Builds& builds, const std::string& id) {
    return std::find_if(builds.begin(), builds.end(), [&id](const auto& build) { return build->id == id; });
}

}  // namespace

void BuildData::assign(std::vector<MockBuild> newestFirst) {
    Builds builds;
    for (MockBuild& build : newestFirst) builds.push_back(std::make_shared<const MockBuild>(std::move(build)));
    const std::lock_guard<std::mutex> lock(mutex_);
    builds_ = std::move(builds);
}

BuildData::Builds BuildData::all() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return builds_;
}

void BuildData::restore(Builds builds) {
    const std::lock_guard<std::mutex> lock(mutex_);
    builds_ = std::move(builds);
}

void BuildData::add(MockBuild build) {
    auto shared = std::make_shared<const MockBuild>(std::move(build));
    const std::lock_guard<std::mutex> lock(mutex_);
    builds_.push_front(std::move(shared));
}

bool BuildData::remove(const std::string& id) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = findBuild(builds_, id);
    if (found == builds_.end()) return false;
    builds_.erase(found);
    return true;
}

bool BuildData::setStatus(const std::string& id, const std::string& status) {
    return change(id, [&](const MockBuild& build) { return withStatus(build, status); });
}

bool BuildData::change(const std::string& id, const std::function<MockBuild(const MockBuild&)>& change) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = findBuild(builds_, id);
    if (found == builds_.end()) return false;
    *found = std::make_shared<const MockBuild>(change(**found));
    return true;
}

std::shared_ptr<const MockBuild> BuildData::get(const std::string& id) const {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = findBuild(builds_, id);
    return found == builds_.end() ? nullptr : *found;
}

std::size_t BuildData::size() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return builds_.size();
}

std::vector<std::string> BuildData::ids() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    std::vector<std::string> ids;
    for (const auto& build : builds_) ids.push_back(build->id);
    return ids;
}

std::vector<std::string> BuildData::idsOf(const std::string& status) const {
    const std::lock_guard<std::mutex> lock(mutex_);
    std::vector<std::string> ids;
    for (const auto& build : builds_) {
        if (build->status == status) ids.push_back(build->id);
    }
    return ids;
}

BuildSlice BuildData::slice(const BuildQuery& query) const {
    const std::lock_guard<std::mutex> lock(mutex_);
    const std::vector<const MockBuild*> found = findMatches(query);
    BuildSlice slice;
    slice.total = found.size();
    // Multiplying a page number near the largest integer would overflow and select an existing page.
    if (query.page - 1 > found.size() / query.limit) return slice;
    const std::size_t first = (query.page - 1) * query.limit;
    const std::size_t count = std::min(query.limit, found.size() - std::min(first, found.size()));
    for (std::size_t i = first; i < first + count; ++i) {
        if (i > first) slice.items += ',';
        slice.items += found[i]->json;
    }
    return slice;
}

std::vector<const MockBuild*> BuildData::findMatches(const BuildQuery& query) const {
    std::vector<const MockBuild*> found;
    found.reserve(builds_.size());
    for (const auto& build : builds_) {
        if (matchesVersion(query, build->versionName) && matchesIfSet(query.statuses, build->status) &&
            matchesIfSet(query.os, build->os))
            found.push_back(build.get());
    }
    if (query.oldestFirst) std::reverse(found.begin(), found.end());
    return found;
}

}  // namespace applivery::mock
