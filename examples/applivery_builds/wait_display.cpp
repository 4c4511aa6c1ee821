#include "wait_display.hpp"

#include "messages.hpp"
#include "terminal.hpp"
#include "text_format.hpp"
#include "time_text.hpp"

#include <applivery/text.hpp>

#include <fmt/format.h>

#include <array>

namespace applivery::program {
namespace {

using std::chrono::milliseconds;

class TerminalDisplay final : public WaitDisplay {
public:
    explicit TerminalDisplay(std::size_t columns) : columns_(columns) {}
    ~TerminalDisplay() override { clear(); }

    void begin(const std::string& what, milliseconds limit) override {
        say("waiting for " + what);
        limit_ = limit;
    }

    void change(const std::string& what, milliseconds) override {
        clear();
        say(what);
    }

    void tick(const std::string& state, milliseconds elapsed) override {
        constexpr std::array<const char*, 4> wheel{"|", "/", "-", "\\"};
        turn_ = (turn_ + 1) % wheel.size();
        const std::string line =
            fmt::format("{} {}  {} of {}", wheel[turn_], printable(state), durationText(elapsed), durationText(limit_));
        writeRaw("\r\x1b[K" + shortened(line, columns_ > 1 ? columns_ - 1 : 1));
        isShown_ = true;
    }

    void end() override { clear(); }

private:
    void clear() {
        if (isShown_) writeRaw("\r\x1b[K");
        isShown_ = false;
    }

    const std::size_t columns_;
    milliseconds limit_{0};
    std::size_t turn_ = 0;
    bool isShown_ = false;
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

std::unique_ptr<WaitDisplay> makeWaitDisplay() {
    if (const auto columns = progressColumns()) return std::make_unique<TerminalDisplay>(*columns);
    return std::make_unique<LineDisplay>();
}

}  // namespace applivery::program
