/// @file
/// The rate limit with a queueing transport. Requests count when they leave the queue.
#include "support/request_times.hpp"
#include "support/rig.hpp"

#include <applivery/applivery.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace applivery {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

// A transport that queues requests until the test starts them, in order.
class QueueingTransport final : public HttpTransport {
public:
    using Done = std::function<void(Result<HttpResponse>)>;

    void send(HttpRequest request, CancellationToken token, Done done) override {
        queue_.push_back({std::move(request), std::move(token), std::move(done)});
    }

    [[nodiscard]] std::size_t queued() const { return queue_.size(); }

    // @return the number of requests that were sent.
    std::size_t startAll(const std::function<HttpResponse()>& respond) {
        std::size_t sent = 0;
        for (const Queued& next : std::exchange(queue_, {})) {
            if (next.token.isCancelled()) {
                next.done(Error(ErrorKind::cancelled, "cancelled in the queue"));
                continue;
            }
            ++sent;
            next.request.onStart();
            next.done(respond());
        }
        return sent;
    }

    // Responds to all requests without a call of onStart(), as a transport without a queue may do.
    void respondWithoutStart(const HttpResponse& response) {
        for (const Queued& next : std::exchange(queue_, {})) next.done(response);
    }

private:
    struct Queued {
        HttpRequest request;
        CancellationToken token;
        Done done;
    };
    std::vector<Queued> queue_;
};

struct QueuedRequests : testing::Test {
    QueuedRequests() {
        options.clock = clock;
        options.executor = [](const std::function<void()>& task) { task(); };
    }

    [[nodiscard]] BuildsClient client(double perSecond) const {
        ClientOptions own = options;
        own.maxRequestsPerSecond = perSecond;
        return BuildsClient(AppToken{test::token}, own, transport);
    }

    void begin(const BuildsClient& client, int calls, const CancellationToken& cancel = {}) {
        for (int i = 0; i < calls; ++i) {
            client.listBuildsAsync({}, {}, cancel, [this](const auto& page) { succeeded += page ? 1 : 0; });
        }
    }

    void startAll() { sent.insert(sent.end(), transport->startAll(test::onePage), clock->elapsed()); }

    void run(milliseconds time) {
        for (const milliseconds end = clock->elapsed() + time; clock->elapsed() < end; clock->advance(50ms)) startAll();
    }

    const std::shared_ptr<VirtualClock> clock = std::make_shared<VirtualClock>(VirtualClock::Passing::byHand);
    const std::shared_ptr<QueueingTransport> transport = std::make_shared<QueueingTransport>();
    ClientOptions options;
    std::vector<milliseconds> sent;
    int succeeded = 0;
};

TEST_F(QueuedRequests, KeepTheLimitWhenTheQueueIsFreedAfterAStall) {
    const BuildsClient limited = client(5);
    begin(limited, 30);
    startAll();
    clock->advance(5s);
    run(8s);
    EXPECT_EQ(succeeded, 30);
    EXPECT_EQ(test::mostRequestsIn(1s, sent), 5);
}

TEST_F(QueuedRequests, AreNoMoreThanTheLimitAllowsInASecond) {
    const BuildsClient limited = client(2);
    begin(limited, 1);
    startAll();
    begin(limited, 10);
    clock->advance(1min);
    EXPECT_EQ(transport->queued(), 2U);
}

TEST_F(QueuedRequests, ReleaseTheirSlotIfTheyAreCancelledBeforeTheyStart) {
    const BuildsClient limited = client(1);
    begin(limited, 1);
    startAll();
    clock->advance(1s);
    CancellationSource source;
    begin(limited, 1, source.token());
    begin(limited, 1);
    clock->advance(10s);
    EXPECT_EQ(transport->queued(), 1U);
    source.cancel();
    EXPECT_EQ(transport->queued(), 2U);
    startAll();
    EXPECT_EQ(succeeded, 2);
}

TEST_F(QueuedRequests, CountFromTheirSlotIfTheTransportReportsNoStart) {
    const BuildsClient limited = client(2);
    begin(limited, 6);
    clock->advance(3s);
    EXPECT_EQ(transport->queued(), 6U);
    transport->respondWithoutStart(test::onePage());
    EXPECT_EQ(succeeded, 6);
}

}  // namespace
}  // namespace applivery
