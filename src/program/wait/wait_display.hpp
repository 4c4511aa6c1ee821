/// @file
/// What a person sees of a wait: on a terminal one line, written anew; elsewhere a line where something changes, and
/// one a minute.
#pragma once

#include <applivery/build_waiter.hpp>

#include <chrono>
#include <memory>
#include <string>

namespace applivery::program {

class WaitDisplay {
public:
    WaitDisplay() = default;
    WaitDisplay(const WaitDisplay&) = delete;
    WaitDisplay& operator=(const WaitDisplay&) = delete;
    virtual ~WaitDisplay() = default;

    /// @param what is waited for.
    virtual void begin(const std::string& what, std::chrono::milliseconds limit) = 0;

    /// Something changed, in a few words.
    virtual void change(const std::string& what, std::chrono::milliseconds elapsed) = 0;

    /// Time passed. Called several times a second.
    virtual void tick(const std::string& state, std::chrono::milliseconds elapsed) = 0;

    /// Takes away what is not to stay.
    virtual void end() = 0;
};

/// The one for standard error as it is; where none is wanted, one that shows nothing.
[[nodiscard]] std::unique_ptr<WaitDisplay> makeWaitDisplay(bool isWanted = true);

}  // namespace applivery::program
