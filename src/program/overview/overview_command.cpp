#include "overview/overview_command.hpp"

#include "exit_code.hpp"
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

constexpr int requestsAnHour = 10'000;  // that the service allows
constexpr std::chrono::hours usualPeriod{24 * 30};

// Ends early where the token is cancelled.
void sleep(Clock& clock, milliseconds duration, const CancellationToken& token) {
    const auto isOver = std::make_shared<std::promise<void>>();
    const auto over = isOver->get_future();
    clock.callAfter(duration, token, [isOver] { isOver->set_value(); });
    over.wait();
}

/// One run of the command.
class OverviewRun {
public:
    explicit OverviewRun(const OverviewOptions& options)
        : options_(options),
          clock_(options.clock ? options.clock : makeSystemClock()),
          period_{clock_->wallNow(), options.selection.since.value_or(clock_->wallNow() - usualPeriod)},
          display_(options) {}

    int run() {
        OverviewReader reader(options_.selection, period_, signals_.token());
        if (const auto& error = reader.refusal()) {
            display_.say(*error);
            return credentials;
        }
        while (true) {
            const auto began = clock_->now();
            const int requests = reader.read(clock_->wallNow());
            if (signals_.exitCode() != 0) return signals_.exitCode();
            period_.now = clock_->wallNow();
            const int code = codeOf(reader.apps());
            const milliseconds interval = intervalOf(options_, requests);
            if (!options_.isWatch || isOver(reader.apps())) return display_.last({period_, reader.apps()}, code);
            if (!display_.show({period_, reader.apps()}, interval, requests)) return display_.trouble(code);
            const auto spent = std::chrono::duration_cast<milliseconds>(clock_->now() - began);
            sleep(*clock_, std::max(interval - spent, milliseconds{0}), signals_.token());
            if (signals_.exitCode() != 0) return signals_.exitCode();
        }
    }

private:
    static int codeOf(const std::vector<AppOverview>& apps) {
        int code = done;
        bool isSomethingRead = false;
        for (const AppOverview& app : apps) {
            if (!app.failure()) isSomethingRead = true;
            if (app.failure() && code == done) code = exitCodeOf(app.failure()->kind());
        }
        return code != done && isSomethingRead ? static_cast<int>(partial) : code;
    }

    // Whether waiting is of no use, as where the token was revoked.
    static bool isOver(const std::vector<AppOverview>& apps) {
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
                                  std::chrono::ceil<std::chrono::seconds>(requests * hour / requestsAnHour));
}

int overview(const OverviewOptions& options) {
    return OverviewRun(options).run();
}

}  // namespace applivery::program
