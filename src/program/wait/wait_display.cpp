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
        say("waiting for " + what);
        limit_ = limit;
    }

    void change(const std::string& what, milliseconds) override { say(what); }

    void tick(const std::string& state, milliseconds elapsed) override {
        constexpr std::array<const char*, 4> wheel{"|", "/", "-", "\\"};
        turn_ = (turn_ + 1) % wheel.size();
        showStatus(fmt::format("{} {}  {} of {}", wheel[turn_], state, durationText(elapsed), durationText(limit_)));
    }

    void end() override { clearStatus(); }

private:
    milliseconds limit_{0};
    std::size_t turn_ = 0;
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
        say(fmt::format("waiting for {}, for {} at most", what, durationText(limit)));
    }

    void change(const std::string& what, milliseconds elapsed) override {
        say(fmt::format("{} after {}", what, durationText(elapsed)));
        nextSign_ = elapsed + interval;
    }

    void tick(const std::string& state, milliseconds elapsed) override {
        if (elapsed < nextSign_) return;
        say(fmt::format("still {} after {}", state, durationText(elapsed)));
        nextSign_ += interval;
    }

    void end() override {}

private:
    static constexpr std::chrono::minutes interval{1};
    milliseconds nextSign_ = interval;
};

}  // namespace

std::unique_ptr<WaitDisplay> makeWaitDisplay(bool isWanted) {
    if (!isWanted) return std::make_unique<NoDisplay>();
    if (progressColumns()) return std::make_unique<TerminalDisplay>();
    return std::make_unique<LineDisplay>();
}

}  // namespace applivery::program
