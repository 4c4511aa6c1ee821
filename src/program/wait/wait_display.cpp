#include "wait/wait_display.hpp"

#include "text/messages.hpp"
#include "text/terminal.hpp"
#include "text/time_text.hpp"

#include <fmt/format.h>

#include <array>

namespace applivery::program {
namespace {

using std::chrono::milliseconds;

class TerminalDisplay final : public WaitDisplay {
public:
    ~TerminalDisplay() override { clearStatus(); }

    void begin(const std::string& builds, milliseconds limit) override {
        printMessage("waiting for " + builds);
        limit_ = limit;
    }

    void change(const std::string& change, milliseconds) override { printMessage(change); }

    void tick(const std::string& state, milliseconds elapsed) override {
        constexpr std::array<const char*, 4> spinner{"|", "/", "-", "\\"};
        spinnerFrame_ = (spinnerFrame_ + 1) % spinner.size();
        showStatus(
            fmt::format("{} {}  {} of {}", spinner[spinnerFrame_], state, durationText(elapsed), durationText(limit_)));
    }

    void end() override { clearStatus(); }

private:
    milliseconds limit_{0};
    std::size_t spinnerFrame_ = 0;
};

class SilentDisplay final : public WaitDisplay {
public:
    void begin(const std::string&, milliseconds) override {}
    void change(const std::string&, milliseconds) override {}
    void tick(const std::string&, milliseconds) override {}
    void end() override {}
};

class LineDisplay final : public WaitDisplay {
public:
    void begin(const std::string& builds, milliseconds limit) override {
        printMessage(fmt::format("waiting for {}, for {} at most", builds, durationText(limit)));
    }

    void change(const std::string& change, milliseconds elapsed) override {
        printMessage(fmt::format("{} after {}", change, durationText(elapsed)));
        nextLineAt_ = elapsed + interval;
    }

    void tick(const std::string& state, milliseconds elapsed) override {
        if (elapsed < nextLineAt_) return;
        printMessage(fmt::format("still {} after {}", state, durationText(elapsed)));
        nextLineAt_ += interval;
    }

    void end() override {}

private:
    static constexpr std::chrono::minutes interval{1};
    milliseconds nextLineAt_ = interval;  // elapsed time at the next line without a change
};

}  // namespace

std::unique_ptr<WaitDisplay> makeWaitDisplay() {
    if (progressColumns()) return std::make_unique<TerminalDisplay>();
    return std::make_unique<LineDisplay>();
}

std::unique_ptr<WaitDisplay> makeSilentDisplay() {
    return std::make_unique<SilentDisplay>();
}

}  // namespace applivery::program
