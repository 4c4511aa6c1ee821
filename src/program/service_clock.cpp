#include "service_clock.hpp"

#include <applivery/builds_client.hpp>

#include <future>

namespace applivery::program {

std::chrono::seconds sinceCorrection(const Connection& connection, const BuildSelection& selection,
                                     const std::string& app, const CancellationToken& cancel) {
    using std::chrono::floor;
    using std::chrono::seconds;
    constexpr seconds imprecision{2};
    constexpr seconds correctionIfUnknown = -std::chrono::minutes{5};
    constexpr seconds maxDifference = std::chrono::hours{24};
    constexpr seconds timeLimit{30};
    CancellationSource request;  // is cancelled by `cancel`, or at the time limit
    const CancellationCallback onCancel(cancel, [&request] { request.cancel(); });
    const BuildsClient client = appClient(connection, app);  // its destruction would cancel the request
    auto future = client.listBuildsAsync(selection.sentFilter(), Page{1, 1}, request.token());
    if (future.wait_for(timeLimit) != std::future_status::ready) request.cancel();
    const Result<BuildPage> page = future.get();
    if (!page || !page->serverTime) return correctionIfUnknown;
    // In whole seconds no difference overflows.
    const seconds ahead = floor<seconds>(page->serverTime->time_since_epoch()) -
                          floor<seconds>(std::chrono::system_clock::now().time_since_epoch());
    const bool isPlausible = ahead <= maxDifference && ahead >= -maxDifference;
    return isPlausible ? ahead - imprecision : correctionIfUnknown;
}

}  // namespace applivery::program
