/// @file
/// Options of iterations, and the pages of a stream.
#pragma once

#include <applivery/build_range.hpp>
#include <applivery/page_stream.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <utility>

namespace applivery::test {

/// Returns options with this page size and this number of prefetched pages.
inline WalkOptions pagesOf(int limit, int prefetch = 4) {
    WalkOptions options;
    options.limit = limit;
    options.prefetch = prefetch;
    return options;
}

/// Waits for the next page of a stream.
inline NextPage nextOf(PageStream& stream) {
    const auto page = std::make_shared<std::promise<NextPage>>();
    auto delivered = page->get_future();
    stream.next([page](NextPage next) { page->set_value(std::move(next)); });
    if (delivered.wait_for(std::chrono::seconds{30}) != std::future_status::ready) {
        ADD_FAILURE() << "the callback was not invoked";
        return std::nullopt;
    }
    return delivered.get();
}

}  // namespace applivery::test
