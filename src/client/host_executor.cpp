#include "client/host_executor.hpp"

#include "core/one_shot.hpp"
#include "core/user_code.hpp"

#include <optional>
#include <utility>

namespace applivery::detail {
namespace {

// A step that is due, or why it cannot run.
struct Turn {
    explicit Turn(std::shared_ptr<Stepwise> ofWork) : work(std::move(ofWork)) {}

    void take() noexcept { lost ? work->abandon(*std::move(lost)) : work->step(); }

    const std::shared_ptr<Stepwise> work;
    std::optional<Error> lost{};
    std::shared_ptr<Turn> next{};
};

// Turns that wait until the current one of the thread is over.
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

thread_local const Turn* posted = nullptr;  // by the innermost post() of this thread
thread_local Turns* waiting = nullptr;      // for the innermost turn of this thread

class Posting {
public:
    explicit Posting(const Turn* turn) noexcept : outer_(std::exchange(posted, turn)) {}
    ~Posting() { posted = outer_; }
    Posting(const Posting&) = delete;
    Posting& operator=(const Posting&) = delete;

private:
    const Turn* const outer_;
};

// A task that the executor runs later runs here and now, even inside another one: the host may wait for it in a loop of
// its own, such as that of a dialog.
void take(std::shared_ptr<Turn> turn) noexcept {
    const bool isInline = posted == turn.get();
    if (isInline && waiting != nullptr && turn->work->mayCallUser()) return waiting->push(std::move(turn));
    Turns turns;
    Turns* const outer = std::exchange(waiting, &turns);
    while (turn) {
        turn->take();
        turn = turns.pop();
    }
    waiting = outer;
}

}  // namespace

HostExecutor::HostExecutor(Function function) : function_(std::move(function)) {}

void HostExecutor::post(std::shared_ptr<Stepwise> work) noexcept {
    try {
        const auto turn = std::make_shared<Turn>(work);
        const Posting posting(turn.get());  // ends after the last task, which may be dropped only here
        const OneShot<std::optional<Error>> once(
            [turn](std::optional<Error> why) {
                turn->lost = std::move(why);
                take(turn);
            },
            Error(ErrorKind::connection, "ClientOptions::executor dropped what it was to run."));
        const auto task = [once] { once(std::nullopt); };
        if (auto why = callUserCode("ClientOptions::executor", [&] { function_(task); })) once(std::move(why));
    } catch (...) {  // std::bad_alloc
        work->abandon(errorOfException("the call"));
    }
}

void runInline(const std::function<void()>& task) {
    task();
}

}  // namespace applivery::detail
