#include "core/executor.hpp"

#include "core/once_callback.hpp"
#include "core/time_limits.hpp"
#include "core/user_code.hpp"

#include <algorithm>
#include <cstddef>

namespace applivery::detail {

void TaskList::push(std::shared_ptr<Task> task) noexcept {
    Task* const added = task.get();
    std::shared_ptr<Task>& end = first_ ? last_->next_ : first_;
    end = std::move(task);
    last_ = added;
}

std::shared_ptr<Task> TaskList::pop(bool mustBeQuick) noexcept {
    Task* before = nullptr;
    std::shared_ptr<Task>* link = &first_;
    while (*link && mustBeQuick && !(*link)->isQuick()) {
        before = link->get();
        link = &before->next_;
    }
    std::shared_ptr<Task> task = std::move(*link);
    if (!task) return nullptr;
    *link = std::move(task->next_);
    if (last_ == task.get()) last_ = before;
    return task;
}

namespace {

class FunctionTask final : public Task {
public:
    explicit FunctionTask(std::function<void()> function) : function_(std::move(function)) {}

    void step() noexcept override { (void)invokeUserCode("", function_); }
    void abandon(Error) noexcept override { step(); }

private:
    const std::function<void()> function_;
};

}  // namespace

void postFunction(Executor& executor, std::function<void()> function) {
    executor.post(std::make_shared<FunctionTask>(std::move(function)));
}

void callAfter(Clock& clock, std::chrono::milliseconds delay, const CancellationToken& token,
               std::function<void(std::optional<Error>)> done) {
    const OnceCallback<std::optional<Error>> once(std::move(done),
                                                  Error(ErrorKind::connection, "the clock dropped the wait"));
    const auto wake = [once] { once(std::nullopt); };
    if (auto why = invokeUserCode("the clock", [&] { clock.callAfter(std::min(delay, longestDelay), token, wake); })) {
        once(std::move(why));
    }
}

void TaskQueue::post(std::shared_ptr<Task> task) noexcept {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (!isClosed_) {
            tasks_.push(std::move(task));
            arrived_.notify_one();
            return;
        }
    }
    task->step();
}

void TaskQueue::runQuick() noexcept {
    std::unique_lock<std::mutex> lock(mutex_);
    while (runFirst(lock, true)) {
    }
}

bool TaskQueue::runIfAny() {
    std::unique_lock<std::mutex> lock(mutex_);
    return runFirst(lock);
}

bool TaskQueue::runNext() {
    std::unique_lock<std::mutex> lock(mutex_);
    arrived_.wait(lock, [this] { return !tasks_.isEmpty() || isStopped_; });
    return runFirst(lock);
}

void TaskQueue::stop() noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    isStopped_ = true;
    arrived_.notify_all();
}

void TaskQueue::close() {
    std::unique_lock<std::mutex> lock(mutex_);
    isClosed_ = true;
    while (runFirst(lock)) {
    }
}

// Runs the first task; if `mustBeQuick`, the first quick one. Unlocks the mutex while the task runs. Returns false if
// there is no such task.
bool TaskQueue::runFirst(std::unique_lock<std::mutex>& lock, bool mustBeQuick) {
    std::shared_ptr<Task> task = tasks_.pop(mustBeQuick);
    if (!task) return false;
    lock.unlock();
    task->step();
    task.reset();  // unlocked: a destructor of the task may wait for other threads
    lock.lock();
    return true;
}

namespace {

// Represents one call of HostExecutor::post().
class PostedTask final : public Task {
public:
    PostedTask(std::shared_ptr<Task> task, const HostExecutor* executor)
        : task_(std::move(task)), executor_(executor) {}

    void step() noexcept override { error_ ? task_->abandon(*std::move(error_)) : task_->step(); }
    void abandon(Error why) noexcept override { task_->abandon(std::move(why)); }
    [[nodiscard]] bool mayCallUser() const noexcept override { return task_->mayCallUser(); }

    void setError(Error why) noexcept { error_ = std::move(why); }

    [[nodiscard]] const HostExecutor* executor() const noexcept { return executor_; }

private:
    const std::shared_ptr<Task> task_;
    const HostExecutor* const executor_;  // only compared; null if the executor has no function
    std::optional<Error> error_;          // why the task is abandoned
};

// Represents a task that this thread is running. Another task may run inside this one.
struct ActiveTask {
    const HostExecutor* executor;
    ActiveTask* outer;
    std::size_t depth;   // number of active tasks of this executor, including this one
    TaskList waiting{};  // tasks that run after this one
};

constexpr std::size_t maxNestedTasks = 16;  // a thread may have a small stack

thread_local const PostedTask* innermostPosted = nullptr;  // task of the innermost post() on this thread
thread_local ActiveTask* innermostActive = nullptr;        // innermost task that this thread is running

class PostingScope {
public:
    explicit PostingScope(const PostedTask* task) noexcept : outer_(std::exchange(innermostPosted, task)) {}
    ~PostingScope() { innermostPosted = outer_; }
    PostingScope(const PostingScope&) = delete;
    PostingScope& operator=(const PostingScope&) = delete;

private:
    const PostedTask* const outer_;
};

// Runs the task. If too many tasks of its executor are active on this thread, lets the task wait for the innermost of
// these. The task never waits in these cases:
// - The task calls no user code, so that it nests no further tasks.
// - The host runs the task after post(). The host may be waiting for the task in a nested event loop, such as that of a
//   dialog.
// - Only tasks of other executors are active. After one of these, the task would run without the locks that its own
//   executor holds for it.
void runPosted(std::shared_ptr<PostedTask> task) noexcept {
    const bool isInsidePost = innermostPosted == task.get();
    ActiveTask* same = innermostActive;
    while (same != nullptr && same->executor != task->executor()) same = same->outer;
    const std::size_t depth = same != nullptr ? same->depth + 1 : 1;
    if (isInsidePost && depth > maxNestedTasks && task->mayCallUser()) return same->waiting.push(std::move(task));
    ActiveTask active{task->executor(), innermostActive, depth};
    innermostActive = &active;
    for (std::shared_ptr<Task> next = std::move(task); next; next = active.waiting.pop()) next->step();
    innermostActive = active.outer;
}

}  // namespace

void HostExecutor::post(std::shared_ptr<Task> task) noexcept {
    try {
        const auto posted = std::make_shared<PostedTask>(task, function_ ? this : nullptr);
        const PostingScope scope(posted.get());  // outlives `once`, whose last copy may run the task
        const OnceCallback<std::optional<Error>> once(
            [posted](std::optional<Error> why) {
                if (why) posted->setError(*std::move(why));
                runPosted(posted);
            },
            Error(ErrorKind::connection, "ClientOptions::executor dropped a task. Run each task exactly once."));
        const auto run = [once] { once(std::nullopt); };
        if (auto why = invokeUserCode("ClientOptions::executor", [&] { function_ ? function_(run) : run(); }))
            once(std::move(why));
    } catch (...) {  // std::bad_alloc
        task->abandon(errorOfException("the call"));
    }
}

namespace {

class CompletionWorker final : public Worker {
public:
    explicit CompletionWorker(std::shared_ptr<TaskQueue> queue) : queue_(std::move(queue)) {}

    void run() noexcept override {
        while (queue_->runNext()) {
        }
        queue_->close();
    }

    void stop() noexcept override { queue_->stop(); }

private:
    const std::shared_ptr<TaskQueue> queue_;
};

}  // namespace

Result<std::shared_ptr<Executor>> CompletionThread::executor() {
    if (auto refusal = thread_.errorIfForkedChild()) return *std::move(refusal);
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!queue_) {
        auto queue = std::make_shared<TaskQueue>();
        if (auto refusal = thread_.start(std::make_shared<CompletionWorker>(queue))) return *std::move(refusal);
        queue_ = std::move(queue);
    }
    return std::shared_ptr<Executor>(queue_);
}

void AsyncOperation::notify(bool isOnExecutor) noexcept {
    if (++events_ > 1) return;
    bool mustPost = false;
    do {
        mustPost = handle(isOnExecutor);
    } while (--events_ > 0);
    if (mustPost && !isPosted_.exchange(true)) executor_->post(shared_from_this());
}

}  // namespace applivery::detail
