#include "client/host_executor.hpp"

#include "core/once_callback.hpp"
#include "core/user_code.hpp"

#include <cstddef>
#include <optional>
#include <utility>

namespace applivery::detail {
namespace {

// A step that is due, or why it cannot run.
struct Turn {
    Turn(std::shared_ptr<Task> ofWork, const HostExecutor* ofExecutor)
        : work(std::move(ofWork)), executor(ofExecutor) {}

    void take() noexcept { lost ? work->abandon(*std::move(lost)) : work->step(); }

    const std::shared_ptr<Task> work;
    const HostExecutor* const executor;  // to compare; null: a task that runs inline is on no executor of the host
    std::optional<Error> lost{};
    std::shared_ptr<Turn> next{};
};

// Turns that wait until an active one of their executor is over.
class Turns {
public:
    void push(std::shared_ptr<Turn> turn) noexcept {
        Turn* const added = turn.get();
        (first_ ? last_->next : first_) = std::move(turn);
        last_ = added;
    }

    std::shared_ptr<Turn> pop() noexcept {
        std::shared_ptr<Turn> turn = std::move(first_);
        if (turn) first_ = std::move(turn->next);
        return turn;
    }

private:
    std::shared_ptr<Turn> first_;  // each holds the next
    Turn* last_ = nullptr;
};

// A turn that this thread is running. Another one may run inside it, of the same executor or of another.
struct Active {
    const HostExecutor* executor;
    Active* outer;
    std::size_t depth;  // among the active turns of the same executor
    Turns waiting{};
};

constexpr std::size_t deepestInline = 16;  // a thread may have a small stack

thread_local const Turn* posted = nullptr;  // by the innermost post() of this thread
thread_local Active* innermost = nullptr;   // of this thread

Active* innermostOf(const HostExecutor* executor) noexcept {
    Active* active = innermost;
    while (active != nullptr && active->executor != executor) active = active->outer;
    return active;
}

class Posting {
public:
    explicit Posting(const Turn* turn) noexcept : outer_(std::exchange(posted, turn)) {}
    ~Posting() { posted = outer_; }
    Posting(const Posting&) = delete;
    Posting& operator=(const Posting&) = delete;

private:
    const Turn* const outer_;
};

// A task that the executor runs later always runs here and now: the host may wait for the task in a loop of its own,
// such as that of a dialog. A task that runs inline never waits for a turn of another executor: the task would then run
// outside of its own executor, which may hold a lock.
void take(std::shared_ptr<Turn> turn) noexcept {
    const bool isInline = posted == turn.get();
    Active* const same = innermostOf(turn->executor);
    const std::size_t depth = same != nullptr ? same->depth + 1 : 1;
    if (isInline && depth > deepestInline && turn->work->mayCallUser()) return same->waiting.push(std::move(turn));
    Active active{turn->executor, innermost, depth};
    innermost = &active;
    while (turn) {
        turn->take();
        turn = active.waiting.pop();
    }
    innermost = active.outer;
}

}  // namespace

HostExecutor::HostExecutor() : function_([](const std::function<void()>& task) { task(); }), isHosts_(false) {}

HostExecutor::HostExecutor(Function function) : function_(std::move(function)), isHosts_(true) {}

void HostExecutor::post(std::shared_ptr<Task> work) noexcept {
    try {
        const auto turn = std::make_shared<Turn>(work, isHosts_ ? this : nullptr);
        const Posting posting(turn.get());  // ends after the last task, which may be dropped only here
        const OnceCallback<std::optional<Error>> once(
            [turn](std::optional<Error> why) {
                turn->lost = std::move(why);
                take(turn);
            },
            Error(ErrorKind::connection, "ClientOptions::executor dropped what it was to run."));
        const auto task = [once] { once(std::nullopt); };
        if (auto why = invokeUserCode("ClientOptions::executor", [&] { function_(task); })) once(std::move(why));
    } catch (...) {  // std::bad_alloc
        work->abandon(errorOfException("the call"));
    }
}

}  // namespace applivery::detail
