#include "overview/overview_reader.hpp"

#include <applivery/applivery.hpp>

#include <algorithm>
#include <atomic>
#include <future>
#include <string>
#include <system_error>
#include <utility>

namespace applivery::program {
namespace {

BuildsClient clientOf(const Connection& connection, const std::string& app) {
    if (const auto* const workspace = std::get_if<Workspace>(&connection)) return workspace->app(app);
    return std::get<BuildsClient>(connection);
}

}  // namespace

OverviewReader::OverviewReader(BuildSelection selection, const Period& period, CancellationToken cancel)
    : selection_(std::move(selection)),
      transport_(std::make_shared<CountingTransport>(makeTransport(selection_.connection))),
      cancel_(std::move(cancel)) {
    Result<Connection> connection = connect(selection_.connection, transport_);
    if (!connection) {
        credentialsError_ = connection.error();
        return;
    }
    connection_ = *std::move(connection);
    std::vector<std::string> names = selection_.connection.applications;
    if (names.empty()) names.emplace_back();
    for (const std::string& name : names) {
        const auto isNamed = [&](const AppOverview& app) { return app.app() == name; };
        if (std::none_of(apps_.begin(), apps_.end(), isNamed)) apps_.emplace_back(name, period);
    }
}

int OverviewReader::read(TimePoint now) {
    const int before = transport_->count();
    progress_.emplace(isFirst_);
    readEach(now);
    progress_.reset();
    isFirst_ = false;
    return transport_->count() - before;
}

void OverviewReader::readEach(TimePoint now) {
    constexpr std::size_t atOnce = 4;
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i = next++; i < apps_.size(); i = next++) readOne(apps_[i], now);
    };
    std::vector<std::future<void>> helpers;
    try {
        while (helpers.size() + 1 < std::min(atOnce, apps_.size())) {
            helpers.push_back(std::async(std::launch::async, work));
        }
    } catch (const std::system_error&) {  // without further threads, this one reads all apps
    }
    work();
    for (std::future<void>& helper : helpers) helper.get();
}

void OverviewReader::readOne(AppOverview& app, TimePoint now) {
    BuildSelection selection = selection_;
    selection.since = app.requestSince();
    selection.sinceIsLocal = app.requestSinceIsLocal();
    selection.includesUnknownAge = !selection_.since;  // the default period leaves out no unfinished build
    if (!isFirst_) selection.prefetch = 1;             // new builds seldom fill more than one page
    std::optional<Error> failure;
    std::int64_t shownBuilds = 0;
    WalkVisitor visitor;
    visitor.build = [&](const Build& build, const std::string&) {
        app.add(build);
        return true;
    };
    visitor.failure = [&](const Error& error, const std::string&) { failure = error; };
    visitor.step = [&](const WalkSummary& summary) {
        showProgress(summary.builds - std::exchange(shownBuilds, summary.builds));
        return true;
    };
    app.begin(now);
    const WalkResult result = walkBuilds(clientOf(*connection_, app.app()), selection, cancel_, visitor);
    if (failure) {
        app.fail(*std::move(failure));
    } else {
        app.end(result);
    }
}

void OverviewReader::showProgress(std::int64_t builds) {
    const std::lock_guard<std::mutex> lock(progressMutex_);
    ++summary_.pages;
    summary_.builds += builds;
    progress_->show(summary_);
}

}  // namespace applivery::program
