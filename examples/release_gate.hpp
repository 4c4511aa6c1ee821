// A class that uses the library, for release_gate_test.cpp to test.
#pragma once

#include <applivery/applivery.hpp>

#include <string>
#include <utility>

class ReleaseGate {
public:
    // The client is handed in: a test hands in one with a fake service behind it.
    explicit ReleaseGate(applivery::BuildsClient builds) : builds_(std::move(builds)) {}

    // Whether the newest iOS build that was processed is of this version.
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
