/// @file
/// Lists of builds that a FakeTransport serves.
#pragma once

#include "support/rig.hpp"

#include <applivery/applivery.hpp>
#include <applivery/testing/fake_transport.hpp>

#include <algorithm>
#include <atomic>
#include <string>

namespace applivery::test {

/// Returns the requested page number.
inline int pageOf(const HttpRequest& request) {
    return std::stoi(request.url.substr(request.url.find("page=") + 5));
}

/// Returns a page. @param items JSON of builds, separated by commas.
inline HttpResponse pageWith(const std::string& items, bool hasNextPage) {
    return FakeTransport::answer(200, R"({"status":true,"data":{"hasNextPage":)" +
                                          std::string(hasNextPage ? "true" : "false") + R"(,"items":[)" + items +
                                          "]}}");
}

/// Returns page `number` of a list of `last` pages, with two builds.
inline HttpResponse pageWithTwo(int number, int last) {
    const std::string id = R"({"id":")" + std::to_string(number);
    return pageWith(id + "a\"}," + id + "b\"}", number < last);
}

/// Returns a client of a list of `pages` pages, of two builds each.
/// @param highest receives the highest page number that was requested.
inline BuildsClient listOf(int pages, const ClientOptions& options = {}, std::atomic<int>* highest = nullptr) {
    return clientOf(
        [=](const HttpRequest& request) {
            if (highest != nullptr) *highest = std::max(highest->load(), pageOf(request));
            return pageWithTwo(pageOf(request), pages);
        },
        options);
}

}  // namespace applivery::test
