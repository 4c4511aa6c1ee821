/// @file
/// A program that runs beside this one, and ends with its owner.
#pragma once

#include <chrono>
#include <string>
#include <sys/types.h>
#include <vector>

namespace applivery::mock {

/// How a program ended, and what it took.
struct ProcessEnd {
    int code = -1;  ///< As a shell tells it: 128 and more are signals.
    std::chrono::microseconds cpu{};
    long peakKilobytes = 0;  ///< Of resident memory.
};

class ChildProcess {
public:
    /// Its standard output is for readLine(). @param arguments the program's path first.
    /// @throws std::system_error where it cannot be started.
    explicit ChildProcess(std::vector<std::string> arguments);

    /// Ends it with SIGTERM, and waits.
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    /// The next line of its standard output, without its end; empty at the end.
    [[nodiscard]] std::string readLine();

    /// Whether it has not ended by itself.
    [[nodiscard]] bool isRunning();

    /// Sends it a signal, unless it has ended.
    void signal(int number);

    /// Waits for its end.
    ProcessEnd wait();

private:
    void reap(int options);

    pid_t process_ = 0;  // 0 when it has ended
    int output_ = -1;
    ProcessEnd end_;
};

}  // namespace applivery::mock
