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

std::string nameOf(const curl_version_info_data& linked) {
    return std::string("libcurl ") + linked.version;
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

std::optional<Error> refusalBy(const curl_version_info_data& linked, std::string_view url) {
    constexpr unsigned oldest = 0x074400;
    if (linked.version_num < oldest) {
        return Error(ErrorKind::connection,
                     nameOf(linked) + " is linked. Let the program find 7.68 or newer when it starts.");
    }
    if (url.substr(0, 6) == "https:" && (linked.features & CURL_VERSION_SSL) == 0) {
        return Error(ErrorKind::tls,
                     nameOf(linked) + " is linked, which has no TLS. Install one that was built with it.");
    }
    return std::nullopt;
}

std::vector<std::string> shortcomingsOf(const curl_version_info_data& linked) {
    const std::string name = nameOf(linked);
    std::vector<std::string> sentences;
    if ((linked.features & CURL_VERSION_HTTP2) == 0) {
        sentences.push_back(name + " has no HTTP/2: requests at the same time take a connection each.");
    }
    if ((linked.features & CURL_VERSION_ASYNCHDNS) == 0) {
        sentences.push_back(name +
                            " looks names up without a thread: meanwhile other requests and cancellations wait.");
    }
    if ((linked.features & CURL_VERSION_LIBZ) == 0) {
        sentences.push_back(name + " has no gzip: answers arrive uncompressed.");
    }
    return sentences;
}

}  // namespace applivery::detail
