#include "http/curl_library.hpp"

#include "core/worker_thread.hpp"

#ifdef __linux__
#    include <dlfcn.h>
#endif

namespace applivery::detail {
namespace {

// A name look-up that was cancelled goes on in a thread of libcurl's own, which nobody waits for. Were libcurl unloaded
// with a plugin meanwhile, that thread would return to nowhere.
void keepLoaded() {
#ifdef __linux__
    Dl_info library{};
    if (dladdr(reinterpret_cast<const void*>(&curl_easy_init), &library) == 0) return;
    (void)dlopen(library.dli_fname, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
#endif
}

}  // namespace

CURLcode initializeCurl() {
    // Never undone: the host program may use libcurl too. What it initialises is undone by exit handlers of its own,
    // before which our threads must end.
    static const CURLcode code = [] {
        const CURLcode initialized = curl_global_init(CURL_GLOBAL_DEFAULT);
        WorkerThread::endBeforeWhatExists();
        keepLoaded();
        return initialized;
    }();
    return code;
}

}  // namespace applivery::detail
