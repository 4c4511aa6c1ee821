#include "client/completion_thread.hpp"

#include <utility>

namespace applivery::detail {
namespace {

class Completions final : public Worker {
public:
    explicit Completions(std::shared_ptr<TaskQueue> mailbox) : mailbox_(std::move(mailbox)) {}

    void run() noexcept override {
        while (mailbox_->runNext()) {
        }
        mailbox_->close();
    }

    void stop() noexcept override { mailbox_->stop(); }

private:
    const std::shared_ptr<TaskQueue> mailbox_;
};

}  // namespace

Result<std::shared_ptr<Executor>> CompletionThread::executor() {
    if (auto refusal = thread_.refusalInChild()) return *std::move(refusal);
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!mailbox_) {
        auto mailbox = std::make_shared<TaskQueue>();
        if (auto refusal = thread_.start(std::make_shared<Completions>(mailbox))) return *std::move(refusal);
        mailbox_ = std::move(mailbox);
    }
    return std::shared_ptr<Executor>(mailbox_);
}

}  // namespace applivery::detail
