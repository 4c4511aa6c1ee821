// Prints all builds in an Asio program without blocking its event loop. Ctrl-C cancels the iteration.
#include <applivery/applivery.hpp>

#include <asio.hpp>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <iostream>

int main() {
    asio::io_context loop;
    auto work = asio::make_work_guard(loop);
    asio::signal_set signals(loop, SIGINT, SIGTERM);

    const char* token = std::getenv("APPLIVERY_APP_TOKEN");
    applivery::ClientOptions options = applivery::ClientOptions::fromEnvironment();
    options.executor = [&loop](std::function<void()> task) { asio::post(loop, std::move(task)); };
    const applivery::BuildsClient client{applivery::AppToken{token != nullptr ? token : ""}, options};

    applivery::CancellationSource source;
    signals.async_wait([&](const asio::error_code& error, int) {
        if (!error) source.cancel();
    });

    applivery::WalkOptions walk;
    walk.cancel = source.token();
    int code = 0;
    client.forEachBuild(
        {}, walk,
        [](const applivery::Build& build) {  // on the thread of the event loop, one at a time
            std::cout << build << std::endl;
            return true;
        },
        [&](const applivery::Result<applivery::WalkSummary>& summary) {
            if (!summary) std::cerr << summary.error() << '\n';
            code = summary ? 0 : 1;
            signals.cancel();
            work.reset();  // lets the event loop end
        });
    loop.run();
    return code;
}
