// Prints the ids of all builds in a C++20 coroutine, page by page.
#include <applivery/applivery.hpp>
#include <applivery/coroutine.hpp>

#include <coroutine>
#include <cstdlib>
#include <exception>
#include <future>
#include <iostream>

// Minimal coroutine type, which starts at once. The type of any other coroutine library also works.
struct Task {
    struct promise_type {
        std::promise<int> result;
        Task get_return_object() { return {result.get_future()}; }
        std::suspend_never initial_suspend() const noexcept { return {}; }
        std::suspend_never final_suspend() const noexcept { return {}; }
        void return_value(int code) { result.set_value(code); }
        void unhandled_exception() { result.set_exception(std::current_exception()); }
    };
    std::future<int> result;
};

Task printIds(applivery::BuildsClient client) {
    applivery::AwaitablePages pages(client);
    while (const auto page = co_await pages.next()) {
        if (!*page) {
            std::cerr << page->error() << '\n';
            co_return 1;
        }
        for (const applivery::Build& build : (*page)->items) std::cout << build.id << '\n';
    }
    co_return 0;
}

int main() {
    const char* token = std::getenv("APPLIVERY_APP_TOKEN");
    const applivery::BuildsClient client{applivery::AppToken{token != nullptr ? token : ""},
                                         applivery::ClientOptions::fromEnvironment()};
    return printIds(client).result.get();
}
