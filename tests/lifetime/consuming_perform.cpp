#include "lifetime/consuming_perform.hpp"

#include <curl/curl.h>

#include <atomic>
#include <cstring>
#include <dlfcn.h>
#include <mutex>
#include <utility>

namespace {

std::mutex mutex;
std::function<void()> nextAction;  // guarded by mutex
std::atomic<int> wakeUps{0};

// Returns libcurl's own function of this name.
template <typename Function>
Function ofLibcurl(const char* name) {
    Function function = nullptr;
    void* const symbol = dlsym(RTLD_NEXT, name);
    std::memcpy(&function, &symbol, sizeof function);
    return function;
}

}  // namespace

namespace applivery::lifetime {

void duringNextPerform(std::function<void()> action) {
    const std::lock_guard<std::mutex> lock(mutex);
    nextAction = std::move(action);
}

int wakeUpCount() {
    return wakeUps;
}

}  // namespace applivery::lifetime

extern "C" CURLMcode curl_multi_perform(CURLM* multi, int* running) {
    std::function<void()> action;
    {
        const std::lock_guard<std::mutex> lock(mutex);
        action.swap(nextAction);
    }
    if (action) action();
    (void)curl_multi_poll(multi, nullptr, 0, 0, nullptr);
    static const auto perform = ofLibcurl<decltype(&curl_multi_perform)>("curl_multi_perform");
    return perform(multi, running);
}

extern "C" CURLMcode curl_multi_wakeup(CURLM* multi) {
    static const auto wakeUp = ofLibcurl<decltype(&curl_multi_wakeup)>("curl_multi_wakeup");
    const CURLMcode code = wakeUp(multi);
    ++wakeUps;
    return code;
}
