// Fills a list page by page in the loop of an Asio program, which stays free meanwhile; Ctrl-C closes it.
#include <applivery/applivery.hpp>

#include <asio.hpp>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <iostream>

int main() {
    asio::io_context loop;
    auto work = asio::make_work_guard(loop);
    asio::signal_set closed(loop, SIGINT, SIGTERM);

    const char* token = std::getenv("APPLIVERY_APP_TOKEN");
    applivery::ClientOptions options = applivery::ClientOptions::fromEnvironment();
    options.executor = [&loop](std::function<void()> task) { asio::post(loop, std::move(task)); };
    const applivery::BuildsClient client{applivery::AppToken{token != nullptr ? token : ""}, options};

    applivery::CancellationSource source;
    closed.async_wait([&](const asio::error_code& error, int) {
        if (!error) source.cancel();
    });

    applivery::WalkOptions walk;
    walk.cancel = source.token();
    int code = 0;
    client.forEachBuild(
        {}, walk,
        [](const applivery::Build& build) {  // one after the other, on the thread of the loop
            std::cout << build << std::endl;
            return true;
        },
        [&](const applivery::Result<applivery::WalkSummary>& summary) {
            if (!summary) std::cerr << summary.error() << '\n';
            code = summary ? 0 : 1;
            closed.cancel();
            work.reset();  // nothing else keeps the loop
        });
    loop.run();
    return code;
}
