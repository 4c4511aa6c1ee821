/// @file
/// A libcurl handle for a page, for both programs without this library.
#pragma once

#include <curl/curl.h>

#include <cstddef>
#include <memory>
#include <string>

namespace applivery::benchmarks {

struct FreeHandle {
    void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};
struct FreeList {
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};

class CurlPage {
public:
    CurlPage(std::string baseUrl, const std::string& caFile)
        : baseUrl_(std::move(baseUrl)),
          headers_(curl_slist_append(nullptr, "Authorization: Bearer app-token")),
          handle_(curl_easy_init()) {
        curl_easy_setopt(handle(), CURLOPT_CAINFO, caFile.c_str());
        curl_easy_setopt(handle(), CURLOPT_HTTPHEADER, headers_.get());
        curl_easy_setopt(handle(), CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_2TLS});
        curl_easy_setopt(handle(), CURLOPT_PIPEWAIT, 1L);
        curl_easy_setopt(handle(), CURLOPT_ACCEPT_ENCODING, "");
        curl_easy_setopt(handle(), CURLOPT_WRITEFUNCTION, &append);
        curl_easy_setopt(handle(), CURLOPT_WRITEDATA, &body_);
        curl_easy_setopt(handle(), CURLOPT_PRIVATE, this);
    }

    void ask(int number) {
        number_ = number;
        body_.clear();
        const std::string url = baseUrl_ + "/v1/integrations/builds?limit=100&page=" + std::to_string(number);
        curl_easy_setopt(handle(), CURLOPT_URL, url.c_str());
    }

    [[nodiscard]] CURL* handle() const noexcept { return handle_.get(); }
    [[nodiscard]] int number() const noexcept { return number_; }
    [[nodiscard]] std::string& body() noexcept { return body_; }

private:
    static std::size_t append(char* data, std::size_t size, std::size_t count, void* body) {
        static_cast<std::string*>(body)->append(data, size * count);
        return size * count;
    }

    std::string baseUrl_;
    std::unique_ptr<curl_slist, FreeList> headers_;
    std::unique_ptr<CURL, FreeHandle> handle_;
    std::string body_;
    int number_ = 0;
};

}  // namespace applivery::benchmarks
