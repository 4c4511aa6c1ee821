/// @file
/// A client on the event loop of Asio: the work of the loop and the work of the network thread.
#include "integration/walk_fixture.hpp"

#include <applivery/applivery.hpp>

#ifdef __SANITIZE_THREAD__  // ThreadSanitizer does not support fences
#    define ASIO_DISABLE_FENCED_BLOCK
#endif
#include <gtest/gtest.h>

#include <asio.hpp>
#include <cstddef>
#include <ctime>
#include <functional>
#include <memory>
#include <set>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace applivery {
namespace {

using test::many;
using test::pageSize;
using test::pagesOf;

// Returns the CPU time of the calling thread.
double secondsOfThisThread() {
    std::timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

// Observes each response on the network thread.
class ObservingTransport final : public HttpTransport {
public:
    explicit ObservingTransport(std::shared_ptr<HttpTransport> inner) : inner_(std::move(inner)) {}

    void send(HttpRequest request, CancellationToken token, std::function<void(Result<HttpResponse>)> done) override {
        inner_->send(std::move(request), std::move(token),
                     [observations = observations_, done = std::move(done)](auto response) {
                         observations->threads.insert(std::this_thread::get_id());
                         const double start = secondsOfThisThread();
                         done(std::move(response));
                         observations->seconds += secondsOfThisThread() - start;
                     });
    }

    struct Observations {
        std::set<std::thread::id> threads;
        double seconds = 0;  // CPU time of the network thread
    };
    [[nodiscard]] const std::shared_ptr<Observations>& observations() const { return observations_; }

private:
    const std::shared_ptr<HttpTransport> inner_;
    const std::shared_ptr<Observations> observations_ = std::make_shared<Observations>();
};

// Lists the newest builds and then all pages. The event loop runs on the thread of the test.
class AsioLoop : public test::Walk {
protected:
    AsioLoop() {
        options.baseUrl = server.baseUrl();
        options.executor = [this](std::function<void()> task) { asio::post(loop, std::move(task)); };
    }

    void listAndWalk() {
        const auto transport = std::make_shared<ObservingTransport>(makeCurlTransport(options));
        network = transport->observations();
        auto work = asio::make_work_guard(loop);
        const BuildsClient client(AppToken{mock::sample::appToken}, options, transport);
        client.listBuildsAsync({}, {}, {}, [&](const Result<BuildPage>& page) {
            EXPECT_TRUE(page);
            client.forEachBuild(
                {}, pagesOf(pageSize), [&](const Build&) { return ++builds > 0; },
                [&](const Result<WalkSummary>& summary) {
                    EXPECT_TRUE(summary);
                    work.reset();
                });
        });
        const double start = secondsOfThisThread();
        loop.run();
        seconds = secondsOfThisThread() - start;
        EXPECT_EQ(builds, many);
    }

    asio::io_context loop;
    ClientOptions options;
    std::shared_ptr<const ObservingTransport::Observations> network;  // remains after the transport is destroyed
    std::size_t builds = 0;
    double seconds = 0;  // CPU time of the loop
};

// The thread that decodes a response also logs the response.
TEST_F(AsioLoop, DecodesAllResponses) {
    std::vector<std::thread::id> decoding;
    options.log = [&](LogLevel, std::string_view) { decoding.push_back(std::this_thread::get_id()); };
    listAndWalk();
    EXPECT_EQ(decoding, std::vector<std::thread::id>(1 + many / pageSize, std::this_thread::get_id()));
    EXPECT_EQ(network->threads.size(), 1U);
    EXPECT_EQ(network->threads.count(std::this_thread::get_id()), 0U);
}

TEST_F(AsioLoop, RelievesTheNetworkThreadOfDecoding) {
    listAndWalk();
    EXPECT_LT(network->seconds * 10, seconds);
}

}  // namespace
}  // namespace applivery
