#include "newest_processed.hpp"

#include <applivery/builds_client.hpp>

#include <chrono>
#include <cstddef>
#include <deque>
#include <future>
#include <utility>

namespace applivery::program {
namespace {

using PendingPage = std::pair<std::string, std::future<Result<BuildPage>>>;

std::vector<Build> matchingBuilds(const BuildSelection& selection, BuildPage page) {
    BuildMatcher matcher(selection);
    std::vector<Build> builds;
    for (Build& build : page.items) {
        if (matcher.includes(build)) builds.push_back(std::move(build));
    }
    return builds;
}

}  // namespace

std::map<std::string, std::vector<Build>> newestProcessedBuilds(const Connection& connection,
                                                                const BuildSelection& selection,
                                                                const std::vector<std::string>& apps,
                                                                const CancellationToken& cancel) {
    constexpr std::size_t atOnce = 4;
    constexpr int defaultLimit = 100;
    std::map<std::string, std::vector<Build>> found;
    if (selection.filter.status.value_or(BuildStatus::processed) != BuildStatus::processed) return found;
    BuildSelection processed = selection;
    processed.filter.status = BuildStatus::processed;
    processed.since.reset();
    CancellationSource limited;
    const CancellationCallback onCancel(cancel, [&limited] { limited.cancel(); });
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{30};
    std::deque<PendingPage> pending;
    for (std::size_t next = 0; next < apps.size() || !pending.empty();) {
        if (next < apps.size() && pending.size() < atOnce) {
            const Page first{1, selection.limit.value_or(defaultLimit)};
            pending.emplace_back(
                apps[next],
                appClient(connection, apps[next]).listBuildsAsync(processed.sentFilter(), first, limited.token()));
            ++next;
            continue;
        }
        auto [app, future] = std::move(pending.front());
        pending.pop_front();
        if (future.wait_until(deadline) != std::future_status::ready) limited.cancel();
        Result<BuildPage> page = future.get();
        if (page) found[app] = matchingBuilds(processed, *std::move(page));
    }
    return found;
}

}  // namespace applivery::program
