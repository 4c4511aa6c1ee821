#include "lifetime/blocked_lookup.hpp"

#include <condition_variable>
#include <cstring>
#include <dlfcn.h>
#include <mutex>
#include <netdb.h>
#include <unistd.h>

namespace {

std::mutex mutex;
std::condition_variable started;
int count = 0;  // guarded by mutex

void blockForEver() {
    {
        const std::lock_guard<std::mutex> lock(mutex);
        ++count;
        started.notify_all();
    }
    while (true) pause();  // the process can end during the look-up
}

}  // namespace

namespace applivery::lifetime {

void waitForBlockedLookUp() {
    static int seen = 0;
    std::unique_lock<std::mutex> lock(mutex);
    started.wait(lock, [] { return count > seen; });
    seen = count;
}

}  // namespace applivery::lifetime

extern "C" int getaddrinfo(const char* node, const char* service, const addrinfo* hints, addrinfo** result) {
    if (node != nullptr && std::strcmp(node, applivery::lifetime::blockedHost) == 0) blockForEver();
    static const auto next = [] {
        decltype(&getaddrinfo) function = nullptr;
        void* const symbol = dlsym(RTLD_NEXT, "getaddrinfo");
        std::memcpy(&function, &symbol, sizeof function);
        return function;
    }();
    return next(node, service, hints, result);
}
