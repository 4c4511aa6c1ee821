/// @file
/// The events for which the loop of an overview waits: pages, the timer, signals, and a new size of the terminal.
#pragma once

#include <applivery/page_stream.hpp>

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <utility>
#include <vector>

namespace applivery::program {

/// A queue between the threads that create the events, and the loop. Thread-safe.
class OverviewEvents {
public:
    struct PageEvent {
        std::size_t app;  ///< Position in OverviewReader::apps().
        NextPage page;
    };

    /// All events since the last call of wait().
    struct Batch {
        std::vector<PageEvent> pages{};
        bool isResized = false;  ///< The terminal has a new size.
        bool isWoken = false;    ///< A timer or a signal has ended the wait.
    };

    void addPage(std::size_t app, NextPage page) {
        add([&] { batch_.pages.push_back({app, std::move(page)}); });
    }
    void addResize() {
        add([&] { batch_.isResized = true; });
    }
    void wake() {
        add([&] { batch_.isWoken = true; });
    }

    /// Waits for an event, and returns all events since the last call.
    [[nodiscard]] Batch wait() {
        std::unique_lock<std::mutex> lock(mutex_);
        changed_.wait(lock, [&] { return batch_.isResized || batch_.isWoken || !batch_.pages.empty(); });
        return std::exchange(batch_, {});
    }

private:
    template <typename Change>
    void add(Change change) {
        const std::lock_guard<std::mutex> lock(mutex_);
        change();
        changed_.notify_one();
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    Batch batch_;  // guarded by mutex_
};

}  // namespace applivery::program
