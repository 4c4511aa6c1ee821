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

    void begin(const std::string& what, milliseconds limit) override {
        printMessage("waiting for " + what);
        limit_ = limit;
    }

    void change(const std::string& what, milliseconds) override { printMessage(what); }

    void tick(const std::string& state, milliseconds elapsed) override {
        constexpr std::array<const char*, 4> spinner{"|", "/", "-", "\\"};
        frame_ = (frame_ + 1) % spinner.size();
        showStatus(fmt::format("{} {}  {} of {}", spinner[frame_], state, durationText(elapsed), durationText(limit_)));
    }

    void end() override { clearStatus(); }

private:
    milliseconds limit_{0};
    std::size_t frame_ = 0;
};

class NoDisplay final : public WaitDisplay {
public:
    void begin(const std::string&, milliseconds) override {}
    void change(const std::string&, milliseconds) override {}
    void tick(const std::string&, milliseconds) override {}
    void end() override {}
};

class LineDisplay final : public WaitDisplay {
public:
    void begin(const std::string& what, milliseconds limit) override {
        printMessage(fmt::format("waiting for {}, for {} at most", what, durationText(limit)));
    }

    void change(const std::string& what, milliseconds elapsed) override {
        printMessage(fmt::format("{} after {}", what, durationText(elapsed)));
        nextLine_ = elapsed + interval;
    }

    void tick(const std::string& state, milliseconds elapsed) override {
        if (elapsed < nextLine_) return;
        printMessage(fmt::format("still {} after {}", state, durationText(elapsed)));
        nextLine_ += interval;
    }

    void end() override {}

private:
    static constexpr std::chrono::minutes interval{1};
    milliseconds nextLine_ = interval;
};

}  // namespace

std::unique_ptr<WaitDisplay> makeWaitDisplay(bool isWanted) {
    if (!isWanted) return std::make_unique<NoDisplay>();
    if (progressColumns()) return std::make_unique<TerminalDisplay>();
    return std::make_unique<LineDisplay>();
}

}  // namespace applivery::program
