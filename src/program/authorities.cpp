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

// Returns whether libcurl was built with a location of authorities. The libcurl of Windows and macOS uses the system's
// own store of authorities, which a file would replace.
bool hasLocationOfAuthorities() {
#if defined(_WIN32) || defined(__APPLE__)
    return true;
#else
    const std::unique_ptr<CURL, CleanupProbe> handle(curl_easy_init());
    if (!handle) return true;
    // CURLINFO_CAINFO and CURLINFO_CAPATH, by number, because older headers lack the names. libcurl before 7.84 returns
    // an error. Such a libcurl was built for one system, and has a location.
    constexpr int infos[] = {CURLINFO_STRING + 61, CURLINFO_STRING + 62};
    return std::any_of(std::begin(infos), std::end(infos), [&](int info) {
        const char* location = nullptr;
        const CURLcode code = curl_easy_getinfo(handle.get(), static_cast<CURLINFO>(info), &location);
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
    static const std::vector<std::string> files{
        "/etc/ssl/certs/ca-certificates.crt",                 // Debian, Ubuntu, Arch
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  // Fedora, Red Hat
        "/etc/pki/tls/certs/ca-bundle.crt",                   // older Red Hat
        "/etc/ssl/ca-bundle.pem",                             // SUSE
        "/var/lib/ca-certificates/ca-bundle.pem",             // newer SUSE
        "/etc/ssl/cert.pem",                                  // Alpine, BSD
    };
    static const std::string file = hasLocationOfAuthorities() ? std::string() : firstReadableFile(files);
    return file;
}

}  // namespace applivery::program
