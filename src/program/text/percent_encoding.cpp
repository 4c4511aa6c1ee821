#include "text/percent_encoding.hpp"

#include <curl/curl.h>

#include <memory>
#include <new>

namespace applivery::program {
namespace {

struct FreeCurlText {
    void operator()(char* text) const noexcept { curl_free(text); }
};
using CurlText = std::unique_ptr<char, FreeCurlText>;

}  // namespace

// libcurl takes a length of 0 for the length of a string that ends in a null character, so empty text is not passed on.
std::string percentEncoded(std::string_view text) {
    if (text.empty()) return {};
    const CurlText encoded(curl_easy_escape(nullptr, text.data(), static_cast<int>(text.size())));
    if (!encoded) throw std::bad_alloc();
    return encoded.get();
}

std::string percentDecoded(std::string_view text) {
    if (text.empty()) return {};
    int length = 0;
    const CurlText decoded(curl_easy_unescape(nullptr, text.data(), static_cast<int>(text.size()), &length));
    if (!decoded) throw std::bad_alloc();
    return {decoded.get(), static_cast<std::size_t>(length)};
}

}  // namespace applivery::program
