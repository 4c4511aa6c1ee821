#include "service_clock.hpp"

#include <applivery/builds_client.hpp>

#include <future>

namespace applivery::program {

std::chrono::seconds sinceCorrection(const Connection& connection, const BuildSelection& selection,
                                     const std::string& app, const CancellationToken& cancel) {
    using std::chrono::floor;
    using std::chrono::seconds;
    constexpr seconds imprecision{2};
    constexpr seconds unknown = -std::chrono::minutes{5};
    constexpr seconds limit = std::chrono::hours{24};
    CancellationSource limited;
    const CancellationCallback onCancel(cancel, [&limited] { limited.cancel(); });
    const BuildsClient client = appClient(connection, app);  // its destruction would cancel the request
    auto future = client.listBuildsAsync(selection.sentFilter(), Page{1, 1}, limited.token());
    if (future.wait_for(seconds{30}) != std::future_status::ready) limited.cancel();
    const Result<BuildPage> page = future.get();
    if (!page || !page->serverTime) return unknown;
    // In whole seconds no difference overflows.
    const seconds ahead = floor<seconds>(page->serverTime->time_since_epoch()) -
                          floor<seconds>(std::chrono::system_clock::now().time_since_epoch());
    return ahead > limit || ahead < -limit ? unknown : ahead - imprecision;
}

}  // namespace applivery::program
