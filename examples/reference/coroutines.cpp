// The examples of applivery/coroutine.hpp. Compiled with the other examples, and never run.
#include <applivery/applivery.hpp>
#include <applivery/coroutine.hpp>

#include <coroutine>
#include <exception>
#include <string>

struct Task {
    struct promise_type {
        Task get_return_object() { return {}; }
        std::suspend_never initial_suspend() const noexcept { return {}; }
        std::suspend_never final_suspend() const noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
    };
};

Task listing(applivery::BuildsClient client) {
    //! [coroutine]
    const applivery::Result<applivery::BuildPage> page = co_await applivery::listBuilds(client);
    //! [coroutine]
}

Task waiting(applivery::BuildsClient client, std::string buildId) {
    //! [coroutine wait]
    const applivery::Result<applivery::WaitResult> result =
        co_await applivery::waitUntilBuildProcessed(client, applivery::BuildSelector::byId(buildId));
    //! [coroutine wait]
}
