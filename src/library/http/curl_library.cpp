#include "http/curl_library.hpp"

#include "core/worker_thread.hpp"

#ifdef __linux__
#    include <dlfcn.h>
#endif

namespace applivery::detail {
namespace {

// Prevents the unloading of libcurl. A cancelled name look-up continues in a thread of libcurl that is never joined. If
// libcurl were unloaded with a plugin meanwhile, this thread would return to unmapped code. Tested only on Linux.
void keepCurlLoaded() {
#ifdef __linux__
    Dl_info library{};
    if (dladdr(reinterpret_cast<const void*>(&curl_easy_init), &library) == 0) return;
    (void)dlopen(library.dli_fname, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
#endif
}

std::string nameAndVersion(const curl_version_info_data& linked) {
    return std::string("libcurl ") + linked.version;
}

}  // namespace

CURLcode initializeCurl() {
    // Nothing calls curl_global_cleanup(), because the application may use libcurl too.
    //
    // Exit handlers run in reverse order. curl_global_init() registers handlers of other libraries, and the threads of
    // this library must end before those handlers run. So stopAllAtExit() registers its handler second.
    static const CURLcode code = [] {
        const CURLcode initialized = curl_global_init(CURL_GLOBAL_DEFAULT);
        WorkerThread::stopAllAtExit();
        keepCurlLoaded();
        return initialized;
    }();
    return code;
}

std::optional<Error> errorIfUnsupported(const curl_version_info_data& linked, std::string_view url) {
    constexpr unsigned oldest = 0x074400;
    if (linked.version_num < oldest) {
        return Error(ErrorKind::connection,
                     nameAndVersion(linked) + " is too old. Install 7.68 or newer, or correct the library path.");
    }
    if (url.substr(0, 6) == "https:" && (linked.features & CURL_VERSION_SSL) == 0) {
        return Error(ErrorKind::tls,
                     nameAndVersion(linked) + " has no TLS. Install a libcurl that was built with TLS.");
    }
    return std::nullopt;
}

std::vector<std::string> missingFeatures(const curl_version_info_data& linked) {
    const std::string name = nameAndVersion(linked);
    std::vector<std::string> sentences;
    if ((linked.features & CURL_VERSION_HTTP2) == 0) {
        sentences.push_back(name + " has no HTTP/2: each concurrent request needs its own connection.");
    }
    if ((linked.features & CURL_VERSION_ASYNCHDNS) == 0) {
        sentences.push_back(name +
                            " has no asynchronous name look-up: a look-up delays other requests and cancellations.");
    }
    if ((linked.features & CURL_VERSION_LIBZ) == 0) {
        sentences.push_back(name + " has no gzip: responses are not compressed.");
    }
    return sentences;
}

}  // namespace applivery::detail
