#include "newest_processed.hpp"

#include <applivery/builds_client.hpp>

#include <chrono>
#include <cstddef>
#include <deque>
#include <future>
#include <utility>

namespace applivery::program {
namespace {

struct PendingPage {
    std::string app;
    BuildsClient client;  // its destruction would cancel the request
    std::future<Result<BuildPage>> page;
};

PendingPage requestPage(const Connection& connection, const std::string& app, const BuildSelection& selection,
                        const CancellationToken& cancel) {
    constexpr int defaultLimit = 100;  // builds
    const Page firstPage{1, selection.limit.value_or(defaultLimit)};
    BuildsClient client = appClient(connection, app);
    auto page = client.listBuildsAsync(selection.sentFilter(), firstPage, cancel);
    return {app, std::move(client), std::move(page)};
}

}  // namespace

void readNewestProcessed(const Connection& connection, const BuildSelection& selection,
                         const std::vector<std::string>& apps, const CancellationToken& cancel,
                         const std::function<void(const std::string& app, const Build& build)>& visit) {
    constexpr std::size_t maxPending = 4;
    if (selection.filter.status.value_or(BuildStatus::processed) != BuildStatus::processed) return;
    BuildSelection processed = selection;
    processed.filter.status = BuildStatus::processed;
    processed.since.reset();
    BuildMatcher matcher(processed);
    CancellationSource requests;  // is cancelled by `cancel`, or at the deadline
    const CancellationCallback onCancel(cancel, [&requests] { requests.cancel(); });
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{30 + apps.size()};
    std::deque<PendingPage> pending;
    for (std::size_t next = 0; next < apps.size() || !pending.empty();) {
        if (next < apps.size() && pending.size() < maxPending) {
            pending.push_back(requestPage(connection, apps[next], processed, requests.token()));
            ++next;
            continue;
        }
        PendingPage oldest = std::move(pending.front());
        pending.pop_front();
        if (oldest.page.wait_until(deadline) != std::future_status::ready) requests.cancel();
        const Result<BuildPage> page = oldest.page.get();
        if (!page) continue;
        for (const Build& build : page->items) {
            if (matcher.includes(build)) visit(oldest.app, build);
        }
    }
}

}  // namespace applivery::program
