/// @file
/// Fuzzes the arguments of a request. The first lines are the base URL, the organization, the app, the version, and the
/// name of an extra parameter. The rest is the value of that parameter.
#include "fuzz/fuzzer.hpp"
#include "request/list_builds_request.hpp"

#include <algorithm>

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace applivery;
    std::string_view text = fuzz::textOf(data, size);
    if (text.find("service-token") != std::string_view::npos) return 0;  // an id may equal the token
    ClientOptions options;
    options.baseUrl = fuzz::takeLine(text);
    ServiceAccount account{"service-token", fuzz::takeLine(text), fuzz::takeLine(text)};
    BuildFilter filter;
    filter.versionName = fuzz::takeLine(text);
    std::string name = fuzz::takeLine(text);
    filter.extraParameters.emplace_back(std::move(name), std::string(text));
    const auto endpoint = detail::makeEndpoint(account, options);
    if (!endpoint) return fuzz::requireOneLine(endpoint.error().message()), 0;
    const auto request = detail::makeListBuildsRequest(*endpoint, filter, {});
    if (!request) return fuzz::requireOneLine(request.error().message()), 0;
    const std::string& url = request->url;
    // The name of the host is skipped, because it may be internationalized.
    const auto afterHost = url.begin() + static_cast<std::ptrdiff_t>(url.find('/', url.find("//") + 2));
    fuzz::require(std::all_of(afterHost, url.end(), [](char c) { return c > ' ' && c < 0x7f; }),
                  "path and query are percent-encoded");
    fuzz::require(url.find("service-token") == std::string::npos, "no URL holds the token");
    const std::string path = url.substr(0, url.find('?'));
    const std::size_t servicePath = path.rfind("/v1/organizations/");
    fuzz::require(servicePath != std::string::npos, "the path contains the path of the service");
    fuzz::require(std::count(path.begin() + static_cast<std::ptrdiff_t>(servicePath), path.end(), '/') == 6,
                  "no id leaves its segment");
    fuzz::require(path.size() > 7 && path.compare(path.size() - 7, 7, "/builds") == 0, "the path ends with /builds");
    return 0;
}
