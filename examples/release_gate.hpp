// A class that uses the library. Its test is in release_gate_test.cpp.
#pragma once

#include <applivery/applivery.hpp>

#include <string>
#include <utility>

class ReleaseGate {
public:
    // A test passes a client with a fake service.
    explicit ReleaseGate(applivery::BuildsClient builds) : builds_(std::move(builds)) {}

    // Returns whether the newest processed iOS build has this version.
    [[nodiscard]] applivery::Result<bool> isOpenFor(const std::string& version) const {
        applivery::BuildFilter filter;
        filter.status = applivery::BuildStatus::processed;
        filter.os = applivery::Os::ios;
        applivery::Page newest;
        newest.limit = 1;
        return builds_.listBuilds(filter, newest).transform([&](const applivery::BuildPage& page) {
            return !page.items.empty() && page.items.front().versionName == version;
        });
    }

private:
    applivery::BuildsClient builds_;
};
