/// @file
/// A child process that ends with its owner.
#pragma once

#include "mock_server/socket.hpp"

#include <chrono>
#include <string>
#include <sys/types.h>
#include <vector>

namespace applivery::mock {

/// The exit code of a process and the resources that the process used.
struct ProcessResult {
    int code = -1;  ///< 128 plus the signal's number if a signal ended the process, as in a shell.
    std::chrono::microseconds cpu{};
    long peakKilobytes = 0;  ///< Of resident memory.
};

/// Runs a program. readLine() reads the program's standard output.
class ChildProcess {
public:
    /// @param arguments the program's path first.
    /// @throws std::system_error if the program cannot be started.
    explicit ChildProcess(std::vector<std::string> arguments);

    /// Sends SIGTERM and waits for the end of the process.
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    /// Returns the next line of the standard output without its newline. Returns an empty text at the end of the
    /// output.
    [[nodiscard]] std::string readLine();

    /// Returns whether the process has not ended yet.
    [[nodiscard]] bool isRunning();

    /// Sends a signal to the process if the process is running.
    void signal(int number);

    /// Waits for the end of the process.
    ProcessResult wait();

private:
    void reap(int options);

    pid_t process_ = 0;  // 0 after the process has ended
    FileDescriptor output_;
    ProcessResult result_;
};

}  // namespace applivery::mock
