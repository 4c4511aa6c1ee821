#include "core/worker_thread.hpp"

#include "core/per_process.hpp"
#include "core/user_code.hpp"

#include <atomic>
#include <list>
#include <mutex>
#include <new>
#include <system_error>
#include <thread>
#include <utility>

#ifndef _WIN32
#    include <csignal>
#endif

namespace applivery::detail {
namespace {

// Has a value on threads of the library. If such a thread calls fork(), the thread of the child is not a thread of the
// library.
thread_local std::optional<ForkGuard> workerGuard;

// Blocks signals on threads that are started in this scope, except those of the thread's own errors, such as SIGSEGV.
// The application handles signals on its own threads.
class SignalsBlocked {
public:
    SignalsBlocked(const SignalsBlocked&) = delete;
    SignalsBlocked& operator=(const SignalsBlocked&) = delete;
#ifdef _WIN32
    SignalsBlocked() = default;
#else
    SignalsBlocked() noexcept {
        sigset_t blocked;
        sigfillset(&blocked);
        for (const int fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT}) sigdelset(&blocked, fault);
        pthread_sigmask(SIG_SETMASK, &blocked, &before_);
    }
    ~SignalsBlocked() {
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }

private:
    sigset_t before_{};
#endif
};

}  // namespace

Worker::~Worker() = default;

// A thread and its worker. The thread shares the worker, but not this object, because a thread must not own itself.
class RunningThread {
public:
    explicit RunningThread(std::shared_ptr<Worker> worker) : worker_(std::move(worker)) {}

    void start() {
        [[maybe_unused]] const SignalsBlocked blocked;
        thread_ = std::thread([worker = worker_, ended = ended_] {
            workerGuard.emplace();
            worker->run();
            *ended = true;
        });
        id_ = thread_.get_id();
    }

    void stop() noexcept { worker_->stop(); }

    // Waits for the end of the thread. Thread-safe. Returns at once on that thread itself.
    void join() {
        if (id_ == std::this_thread::get_id()) return;
        const std::lock_guard<std::mutex> lock(joining_);
        if (thread_.joinable()) thread_.join();
    }

    [[nodiscard]] bool hasEnded() const noexcept { return *ended_; }

private:
    const std::shared_ptr<Worker> worker_;
    const std::shared_ptr<std::atomic<bool>> ended_ = std::make_shared<std::atomic<bool>>(false);
    std::mutex joining_;
    std::thread thread_;
    std::thread::id id_;
};

namespace {

// The threads of the library in this process.
class Registry {
public:
    using Threads = std::list<std::shared_ptr<RunningThread>>;

    // Runs at the end of the process, or of the plugin that contains this library. Also closes an empty registry:
    // threads of the application may still run, and must not start threads of the library.
    static void closeCurrent() noexcept { perProcess<Registry>().close(); }

    // Returns false if the process is ending.
    bool start(const std::shared_ptr<RunningThread>& thread) {
        reap();
        Threads one{thread};
        const std::lock_guard<std::mutex> lock(mutex_);
        if (closed_) return false;
        thread->start();
        threads_.splice(threads_.end(), one);
        return true;
    }

    [[nodiscard]] bool isClosed() {
        const std::lock_guard<std::mutex> lock(mutex_);
        return closed_;
    }

    void remove(const std::shared_ptr<RunningThread>& thread) {
        const std::lock_guard<std::mutex> lock(mutex_);
        threads_.remove(thread);
    }

private:
    // Joins and removes threads that have ended. Some owners are destroyed without waiting for their thread.
    void reap() noexcept {
        Threads ended;
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            for (auto next = threads_.begin(); next != threads_.end();) {
                const auto thread = next++;
                if ((*thread)->hasEnded()) ended.splice(ended.end(), threads_, thread);
            }
        }
        for (const auto& thread : ended) thread->join();
    }

    void close() noexcept {
        Threads threads;
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            closed_ = true;
            threads.swap(threads_);
        }
        for (const auto& thread : threads) thread->stop();
        for (const auto& thread : threads) thread->join();
        // Keeps the threads: one of them may be the thread that ends the process, which cannot be joined.
        const std::lock_guard<std::mutex> lock(mutex_);
        threads_.splice(threads_.end(), threads);
    }

    std::mutex mutex_;
    bool closed_ = false;
    Threads threads_;
};

// Closes the registry at exit. For static objects: these are destroyed in reverse order of their creation, so the
// closer that was created last closes the registry.
class RegistryCloser {
public:
    RegistryCloser() = default;
    RegistryCloser(const RegistryCloser&) = delete;
    RegistryCloser& operator=(const RegistryCloser&) = delete;
    ~RegistryCloser() { Registry::closeCurrent(); }
};

}  // namespace

WorkerThread::~WorkerThread() {
    if (!running_ || forkGuard_.isForkedChild()) return;
    running_->stop();
    if (isCurrent()) return;  // two threads of the library could wait for each other
    running_->join();
    perProcess<Registry>().remove(running_);
}

std::optional<Error> WorkerThread::errorIfForkedChild() const {
    if (!forkGuard_.isForkedChild()) return std::nullopt;
    return forkedChildError();
}

Error WorkerThread::forkedChildError() {
    return Error(ErrorKind::connection, "this client was created before a fork. Create another one in the child.");
}

std::optional<Error> WorkerThread::start(std::shared_ptr<Worker> worker) {
    if (auto refusal = errorIfForkedChild()) return refusal;
    try {
        auto running = std::make_shared<RunningThread>(std::move(worker));
        static const RegistryCloser createdWithFirstThread;
        if (!perProcess<Registry>().start(running)) return Error(ErrorKind::cancelled, "the process is ending.");
        running_ = std::move(running);
        return std::nullopt;
    } catch (const std::system_error&) {
        return Error(ErrorKind::connection,
                     "the system refused to start a thread. Raise its limit, or use fewer threads.");
    } catch (const std::bad_alloc&) {
        return outOfMemory();
    }
}

Error WorkerThread::deadlockError() {
    return Error(ErrorKind::invalidArgument,
                 "this call blocks and was made on a thread of the library, such as in a logger or a retry policy. The "
                 "call would wait for that thread. Use its asynchronous form there.");
}

bool WorkerThread::isCurrent() noexcept {
    return workerGuard && !workerGuard->isForkedChild();
}

bool WorkerThread::processIsEnding() noexcept {
    try {
        return perProcess<Registry>().isClosed();
    } catch (const std::bad_alloc&) {
        return false;  // a registry that cannot be created is not closed
    }
}

void WorkerThread::stopAllAtExit() {
    static const RegistryCloser createdByCaller;
}

}  // namespace applivery::detail
