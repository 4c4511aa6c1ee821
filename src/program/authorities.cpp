#include "authorities.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>

namespace applivery::program {
namespace {

struct CleanupProbe {
    void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};

// The libcurl of Windows and macOS uses the system's own store of authorities, which a file would replace.
bool hasLocationOfAuthorities() {
#if defined(_WIN32) || defined(__APPLE__)
    return true;
#else
    const std::unique_ptr<CURL, CleanupProbe> handle(curl_easy_init());
    if (!handle) return true;
    // CURLINFO_CAINFO and CURLINFO_CAPATH. Before libcurl 7.84 they are unknown; such a libcurl belongs to a system.
    constexpr int numbers[] = {CURLINFO_STRING + 61, CURLINFO_STRING + 62};
    return std::any_of(std::begin(numbers), std::end(numbers), [&](int number) {
        const char* location = nullptr;
        const CURLcode code = curl_easy_getinfo(handle.get(), static_cast<CURLINFO>(number), &location);
        return code != CURLE_OK || location != nullptr;
    });
#endif
}

}  // namespace

std::string firstReadableFile(const std::vector<std::string>& files) {
    const auto isReadable = [](const std::string& file) { return std::ifstream(file).peek() != EOF; };
    const auto found = std::find_if(files.begin(), files.end(), isReadable);
    return found == files.end() ? std::string() : *found;
}

std::string authoritiesOfSystem() {
    static const std::string file = hasLocationOfAuthorities()
                                        ? std::string()
                                        : firstReadableFile({
                                              "/etc/ssl/certs/ca-certificates.crt",  // Debian, Ubuntu, Arch
                                              "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  // Fedora, Red Hat
                                              "/etc/pki/tls/certs/ca-bundle.crt",                   // older Red Hat
                                              "/etc/ssl/ca-bundle.pem",                             // SUSE
                                              "/var/lib/ca-certificates/ca-bundle.pem",             // newer SUSE
                                              "/etc/ssl/cert.pem",                                  // Alpine, BSD
                                          });
    return file;
}

}  // namespace applivery::program
