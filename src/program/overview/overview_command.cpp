#include "overview/overview_command.hpp"

#include "overview/overview_display.hpp"
#include "overview/overview_reader.hpp"
#include "overview/overview_writer.hpp"
#include "signals.hpp"
#include "text/messages.hpp"

#include <applivery/applivery.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <utility>

namespace applivery::program {
namespace {

using std::chrono::milliseconds;

constexpr int requestsPerHour = 10'000;  // the service's limit
constexpr std::chrono::hours defaultPeriod{24 * 30};

// Returns early if the token is cancelled.
void sleep(Clock& clock, milliseconds duration, const CancellationToken& token) {
    const auto done = std::make_shared<std::promise<void>>();
    const auto future = done->get_future();
    clock.callAfter(duration, token, [done] { done->set_value(); });
    future.wait();
}

/// Runs the command once.
class OverviewRun {
public:
    explicit OverviewRun(const OverviewOptions& options)
        : options_(options),
          clock_(options.clock ? options.clock : makeSystemClock()),
          period_{clock_->wallNow(), options.selection.since.value_or(clock_->wallNow() - defaultPeriod)},
          display_(options) {}

    ExitCode run() {
        OverviewReader reader(options_.selection, period_, signals_.token());
        if (const auto& error = reader.credentialsError()) {
            display_.print(*error);
            return signals_.exitCodeOf(*error, ExitCode::credentials);
        }
        while (true) {
            const auto startedAt = clock_->now();
            const int requests = reader.read(clock_->wallNow());
            if (const auto code = signals_.exitCode()) {
                if (!options_.isWatch) display_.print(interruption("reading the builds"));
                return *code;
            }
            period_.now = clock_->wallNow();
            const Overview current{period_, reader.apps()};
            const ExitCode code = codeOf(reader.apps());
            const milliseconds interval = intervalOf(options_, requests);
            if (!options_.isWatch || haveFailedPermanently(reader.apps())) return display_.showLast(current, code);
            if (!display_.show(current, interval, requests)) return display_.codeOfWriteError(code);
            const auto spent = std::chrono::duration_cast<milliseconds>(clock_->now() - startedAt);
            sleep(*clock_, std::max(interval - spent, milliseconds{0}), signals_.token());
            if (const auto signalCode = signals_.exitCode()) return *signalCode;
        }
    }

private:
    static ExitCode codeOf(const std::vector<AppOverview>& apps) {
        ExitCode code = ExitCode::done;
        bool isSomethingRead = false;
        for (const AppOverview& app : apps) {
            if (!app.failure()) isSomethingRead = true;
            if (app.failure() && code == ExitCode::done) code = exitCodeOf(app.failure()->kind());
        }
        return code != ExitCode::done && isSomethingRead ? ExitCode::partial : code;
    }

    // Returns whether a further refresh would fail too, such as after the token was revoked.
    static bool haveFailedPermanently(const std::vector<AppOverview>& apps) {
        return std::all_of(apps.begin(), apps.end(),
                           [](const AppOverview& app) { return app.failure() && !app.failure()->isRetryable(); });
    }

    const OverviewOptions& options_;
    Signals signals_;
    const std::shared_ptr<Clock> clock_;
    Period period_;
    OverviewDisplay display_;
};

}  // namespace

milliseconds intervalOf(const OverviewOptions& options, int requests) {
    constexpr milliseconds hour = std::chrono::hours{1};
    return std::max<milliseconds>(options.interval,
                                  std::chrono::ceil<std::chrono::seconds>(requests * hour / requestsPerHour));
}

ExitCode overview(const OverviewOptions& options) {
    return OverviewRun(options).run();
}

}  // namespace applivery::program
