#include "signals.hpp"

#include "text/descriptor.hpp"

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <mutex>
#include <thread>
#include <utility>

namespace applivery::program {
namespace {

constexpr int wakeUpSignal = SIGUSR2;

void ignore(int) {}

// Discards pending signals of the set, which no other thread may wait for. macOS has no sigtimedwait().
void discardPending(const sigset_t& signals) {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, wakeUpSignal}) {
        sigset_t pending{};
        sigpending(&pending);
        if (sigismember(&signals, signal) != 1 || sigismember(&pending, signal) != 1) continue;
        sigset_t one{};
        sigemptyset(&one);
        sigaddset(&one, signal);
        int received = 0;
        sigwait(&one, &received);
    }
}

}  // namespace

class Signals::Watcher {
public:
    Watcher();
    ~Watcher();
    Watcher(const Watcher&) = delete;
    Watcher& operator=(const Watcher&) = delete;

    [[nodiscard]] CancellationToken token() const noexcept { return source_.token(); }
    [[nodiscard]] int received() const noexcept { return received_; }
    void onResize(std::function<void()> function);

    // Returns the existing watcher, or creates it.
    static std::shared_ptr<Watcher> shared();

private:
    void watch();
    void resize();

    std::mutex resizeMutex_;
    std::function<void()> onResize_;  // guarded by resizeMutex_
    struct sigaction resizeBefore_ {};
    sigset_t handled_{};
    sigset_t before_{};  // the signals that were blocked before
    CancellationSource source_;
    std::atomic<int> received_{0};
    std::atomic<bool> isOver_{false};
    std::thread thread_;
};

Signals::Watcher::Watcher() {
    sigemptyset(&handled_);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction action {};
        const bool isIgnored = sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
        if (!isIgnored) sigaddset(&handled_, signal);  // nohup ignores SIGHUP
    }
    sigaddset(&handled_, wakeUpSignal);
    // By default, some systems drop this signal also while it is blocked.
    struct sigaction action {};
    action.sa_handler = ignore;
    sigaction(SIGWINCH, &action, &resizeBefore_);
    sigaddset(&handled_, SIGWINCH);
    pthread_sigmask(SIG_BLOCK, &handled_, &before_);
    thread_ = std::thread([this] { watch(); });
}

Signals::Watcher::~Watcher() {
    isOver_ = true;
    pthread_kill(thread_.native_handle(), wakeUpSignal);
    thread_.join();
    limitOutputWaits(false);
    discardPending(handled_);  // a pending second signal would end the process when the mask is restored
    sigaction(SIGWINCH, &resizeBefore_, nullptr);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

std::shared_ptr<Signals::Watcher> Signals::Watcher::shared() {
    static std::weak_ptr<Watcher> existing;
    std::shared_ptr<Watcher> watcher = existing.lock();
    if (!watcher) existing = watcher = std::make_shared<Watcher>();
    return watcher;
}

void Signals::Watcher::watch() {
    int signal = wakeUpSignal;
    while (signal == wakeUpSignal || signal == SIGWINCH) {
        if (sigwait(&handled_, &signal) != 0 || isOver_) return;
        if (signal == SIGWINCH) resize();
    }
    received_ = signal;
    limitOutputWaits(true);
    source_.cancel();
    constexpr std::chrono::seconds limit{5};  // GitHub sends SIGTERM after 7.5 s
    while (!isOver_) {
        if (std::chrono::steady_clock::now() > lastOutputAt() + limit) std::_Exit(toInt(ExitCode{128 + signal}));
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
}

void Signals::Watcher::onResize(std::function<void()> function) {
    const std::lock_guard<std::mutex> lock(resizeMutex_);
    onResize_ = std::move(function);
}

void Signals::Watcher::resize() {
    const std::lock_guard<std::mutex> lock(resizeMutex_);
    if (onResize_) onResize_();
}

Signals::Signals() : watcher_(Watcher::shared()) {}

Signals::~Signals() = default;

CancellationToken Signals::token() const noexcept {
    return watcher_->token();
}

std::optional<ExitCode> Signals::exitCode() const noexcept {
    const int signal = watcher_->received();
    return signal == 0 ? std::nullopt : std::optional(ExitCode{128 + signal});
}

void Signals::onResize(std::function<void()> function) {
    watcher_->onResize(std::move(function));
}

ExitCode Signals::exitCodeOf(const Error& error, ExitCode code) const noexcept {
    return error.kind() == ErrorKind::cancelled ? exitCode().value_or(code) : code;
}

Error interruption(const std::string& operation) {
    return Error(ErrorKind::cancelled, operation + " failed: interrupted by a signal.");
}

struct BlockedSignals::Before {
    sigset_t mask{};
};

BlockedSignals::BlockedSignals() : before_(std::make_unique<Before>()) {
    sigset_t all{};
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before_->mask);
}

BlockedSignals::~BlockedSignals() {
    pthread_sigmask(SIG_SETMASK, &before_->mask, nullptr);
}

}  // namespace applivery::program
