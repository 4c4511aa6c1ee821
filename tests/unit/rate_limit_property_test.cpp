/// @file
/// The rate limiter in a simulation of random calls, cancellations, pauses and clients, in virtual time.
#include "http/rate_limiter.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <list>
#include <memory>
#include <optional>
#include <random>
#include <utility>
#include <vector>

namespace applivery::detail {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using Kind = RateLimiter::Turn::Kind;
using Time = RateLimiter::Time;

constexpr milliseconds tick{10};

// Simulates calls, cancellations, pauses and clients. A waiting call asks the limiter again at its time, or earlier if
// its token is cancelled.
class Simulation {
public:
    explicit Simulation(unsigned seed) : random_(seed) {}

    void run(milliseconds time) {
        for (const Time end = now_ + time; now_ < end && !testing::Test::HasFailure(); now_ += tick) {
            applyRandomChanges();
            while (askForWaitingCalls()) {
            }
            expectNoSlotIsUnused();
        }
    }

    // Continues until no call waits, without new calls, cancellations, pauses and clients.
    void drain() {
        for (const Time end = now_ + 1h; !calls_.empty() && now_ < end && !testing::Test::HasFailure();) {
            while (askForWaitingCalls()) {
            }
            expectNoSlotIsUnused();
            Time next = Time::max();
            for (const Call& call : calls_) next = std::min(next, call.askAt);
            now_ = std::max(now_ + tick, next);
        }
        EXPECT_TRUE(calls_.empty()) << calls_.size() << " calls were never sent";
    }

    [[nodiscard]] std::size_t sent() const { return sent_.size(); }

private:
    struct Call {
        RateLimiter::Waiter waiter;
        Time askAt{};
        Call(std::shared_ptr<RateLimiter> limiter, double jitter) : waiter(std::move(limiter), jitter) {}
    };
    struct Client {
        double perSecond;
        std::unique_ptr<RateLimiter::Limit> limit;
    };

    bool happens(double perSecond) { return std::bernoulli_distribution(perSecond * tick.count() / 1000)(random_); }
    int below(int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(random_); }

    void applyRandomChanges() {
        if (happens(1.5)) {
            for (int i = below(8); i >= 0; --i) begin();
        }
        if (happens(1)) {
            for (int i = below(10); i > 0 && !calls_.empty(); --i) cancel();
        }
        if (happens(0.05)) {
            pausedUntil_ = std::max(pausedUntil_, now_ + tick * below(400));
            limiter_->pauseUntil(pausedUntil_);
        }
        if (happens(0.3)) addClient();
        if (happens(0.3) && !clients_.empty()) {
            clients_.erase(clients_.begin() + below(static_cast<int>(clients_.size())));
            idleSince_.reset();
        }
    }

    void begin() {
        if (limiter_->tryTake(now_)) return record();
        calls_.emplace_back(limiter_, std::uniform_real_distribution<double>()(random_));
        ask(std::prev(calls_.end()));
    }

    void cancel() { calls_.erase(std::next(calls_.begin(), below(static_cast<int>(calls_.size())))); }

    void addClient() {
        constexpr std::array<double, 6> limits{0.5, 1, 2, 2.5, 4, 10};
        const double perSecond = limits.at(static_cast<std::size_t>(below(limits.size())));
        idleSince_.reset();
        clients_.push_back({perSecond, std::make_unique<RateLimiter::Limit>(limiter_, perSecond)});
    }

    // @return whether any call asked.
    bool askForWaitingCalls() {
        bool hasAny = false;
        for (auto next = calls_.begin(); next != calls_.end();) {
            const auto call = next++;
            const bool isWoken = call->waiter.token().isCancelled();
            if (!isWoken && call->askAt > now_) continue;
            hasAny = true;
            ask(call);
        }
        return hasAny;
    }

    void ask(std::list<Call>::iterator call) {
        const RateLimiter::Turn turn = call->waiter.ask(now_, Time::max());
        if (turn.kind == Kind::later) {
            call->askAt = turn.time;
        } else {
            calls_.erase(call);
            record();
        }
    }

    [[nodiscard]] std::optional<double> limit() const {
        std::optional<double> lowest;
        for (const Client& client : clients_) lowest = std::min(client.perSecond, lowest.value_or(client.perSecond));
        return lowest;
    }

    [[nodiscard]] double sentSince(Time time) const {
        return static_cast<double>(sent_.end() - std::upper_bound(sent_.begin(), sent_.end(), time));
    }

    void record() {
        sent_.push_back(now_);
        EXPECT_GE(now_, pausedUntil_) << "a request was sent during a pause";
        const auto limit = this->limit();
        if (!limit) return;
        EXPECT_LE(sentSince(now_ - 1s), std::ceil(*limit)) << "at " << now_.time_since_epoch() / 1ms << " ms";
        EXPECT_LE(sentSince(now_ - windowOf(*limit)), std::ceil(*limit));
    }

    static milliseconds windowOf(double limit) {
        return milliseconds(static_cast<milliseconds::rep>(1000 * std::ceil(limit) / limit));
    }

    // Checks that waiting calls are sent at the rate of the limit.
    void expectNoSlotIsUnused() {
        const auto limit = this->limit();
        if (calls_.empty() || now_ < pausedUntil_ || !limit) {
            idleSince_.reset();
            return;
        }
        const bool isFull = sentSince(now_ - windowOf(*limit)) >= std::ceil(*limit);
        if (isFull || (!sent_.empty() && sent_.back() == now_)) {
            idleSince_.reset();
            return;
        }
        if (!idleSince_) idleSince_ = now_;
        const auto gap = milliseconds(static_cast<milliseconds::rep>(1000 / *limit));
        EXPECT_LE(now_ - std::max(*idleSince_, sent_.empty() ? Time::min() : sent_.back()), gap)
            << calls_.size() << " calls wait at " << now_.time_since_epoch() / 1ms << " ms";
    }

    std::mt19937 random_;
    Time now_{1h};
    Time pausedUntil_ = Time::min();
    const std::shared_ptr<RateLimiter> limiter_ = std::make_shared<RateLimiter>();
    std::vector<Client> clients_;
    std::list<Call> calls_;  // waiting
    std::vector<Time> sent_;
    std::optional<Time> idleSince_;
};

class RateLimitProperty : public testing::TestWithParam<unsigned> {};

TEST_P(RateLimitProperty, SendsNoMoreThanTheLimitAndLeavesNoSlotUnused) {
    Simulation simulation(GetParam());
    simulation.run(120s);
    simulation.drain();
    EXPECT_GT(simulation.sent(), 50U);
}

// The transport stalls at random and then starts all queued requests. Some queued requests are cancelled.
TEST_P(RateLimitProperty, SendsNoMoreThanTheLimitWithAQueueingTransport) {
    std::mt19937 random(GetParam());
    const auto happens = [&](double probability) { return std::bernoulli_distribution(probability)(random); };
    const double rate = std::array<double, 4>{1, 2.5, 4, 10}.at(GetParam() % 4);
    const auto limiter = std::make_shared<RateLimiter>();
    const RateLimiter::Limit limit(limiter, rate);
    struct Call {
        std::unique_ptr<RateLimiter::Waiter> waiter;
        Time askAt{};
    };
    std::vector<Call> calls;
    std::vector<Time> queued;  // in the transport
    std::vector<Time> sent;
    int started = 0;
    int cancelled = 0;
    bool isStalled = false;
    for (Time now{1h}; now < Time{1h} + 10min; now += tick) {
        const bool isDraining = now > Time{1h} + 2min;
        const int burst = !isDraining && happens(0.002 * rate) ? 4 : 0;
        for (int i = 0; i < burst; ++i, ++started) {
            calls.push_back({std::make_unique<RateLimiter::Waiter>(limiter, 0.5), now});
        }
        for (Call& call : calls) {
            if (call.askAt > now && !call.waiter->token().isCancelled()) continue;
            const RateLimiter::Turn turn = call.waiter->ask(now, Time::max());
            call.askAt = turn.time;
            if (turn.kind != Kind::now) continue;
            queued.push_back(now);
            call.waiter.reset();
        }
        calls.erase(std::remove_if(calls.begin(), calls.end(), [](const Call& call) { return !call.waiter; }),
                    calls.end());
        if (happens(0.01)) isStalled = !isStalled && !isDraining && !sent.empty();
        if (isStalled && !happens(0.02)) continue;
        for (const Time slot : std::exchange(queued, {})) {
            if (isStalled && happens(0.5)) {
                limiter->endedWithoutStart(slot);
                ++cancelled;
                continue;
            }
            limiter->started(slot, now);
            sent.push_back(now);
            const auto inWindow = sent.end() - std::upper_bound(sent.begin(), sent.end(), now - 1s);
            ASSERT_LE(static_cast<double>(inWindow), std::ceil(rate)) << "at " << now.time_since_epoch() / 1ms << " ms";
        }
    }
    EXPECT_GT(cancelled, 0);
    EXPECT_EQ(static_cast<int>(sent.size()) + cancelled, started) << "some calls were never sent";
}

INSTANTIATE_TEST_SUITE_P(Seeds, RateLimitProperty, testing::Range(1U, 21U));

}  // namespace
}  // namespace applivery::detail
