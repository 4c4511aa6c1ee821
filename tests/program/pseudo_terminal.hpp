/// @file
/// Runs a command on a pseudo terminal whose size changes.
#pragma once

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <string>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace applivery::test {

/// A pseudo terminal, on which a command runs. The destructor kills the command if wait() was not called.
class PseudoTerminal {
public:
    /// Starts a command with `sh`. Begin the command with `exec`, so that signals reach the program and not the shell.
    PseudoTerminal(const std::string& command, unsigned short columns, unsigned short lines)
        : master_(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
        grantpt(master_);
        unlockpt(master_);
        const std::string name = ptsname(master_);
        const int slave = open(name.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
        resize(columns, lines);
        process_ = fork();
        if (process_ == 0) {
            setsid();
            ioctl(slave, TIOCSCTTY, 0);
            for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) dup2(slave, descriptor);
            execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
            _exit(127);
        }
        close(slave);
    }
    PseudoTerminal(const PseudoTerminal&) = delete;
    PseudoTerminal& operator=(const PseudoTerminal&) = delete;
    ~PseudoTerminal() {
        if (process_ > 0) {
            kill(process_, SIGKILL);
            waitpid(process_, nullptr, 0);
        }
        close(master_);
    }

    /// Changes the size of the terminal. The system then sends SIGWINCH to the command.
    void resize(unsigned short columns, unsigned short lines) const {
        winsize size{};
        size.ws_col = columns;
        size.ws_row = lines;
        ioctl(master_, TIOCSWINSZ, &size);
    }

    /// Waits for a text. Returns the output since the last call, up to the end of the first occurrence of the text. If
    /// the text does not come within 20 seconds, or if the output ends, returns all output since the last call.
    [[nodiscard]] std::string readUntil(const std::string& end) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{20};
        while (output_.find(end) == std::string::npos && std::chrono::steady_clock::now() < deadline && readSome()) {
        }
        const std::size_t found = output_.find(end);
        const std::size_t size = found == std::string::npos ? output_.size() : found + end.size();
        std::string text = output_.substr(0, size);
        output_.erase(0, size);
        return text;
    }

    void signal(int number) const {
        if (process_ > 0) kill(process_, number);  // other values of kill() mean many processes
    }

    /// Waits for the end of the command. Returns its exit code, or 128 plus the number of the signal that killed it.
    [[nodiscard]] int wait() {
        while (readSome()) {
        }
        int status = 0;
        waitpid(process_, &status, 0);
        process_ = 0;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }

private:
    // Appends output to `output_` if any arrives within 100 ms. Returns false after the end of the output.
    bool readSome() {
        pollfd entry{master_, POLLIN, 0};
        if (poll(&entry, 1, 100) == 0) return true;
        std::array<char, 4096> buffer{};
        const ssize_t count = read(master_, buffer.data(), buffer.size());
        if (count > 0) output_.append(buffer.data(), static_cast<std::size_t>(count));
        return count > 0;
    }

    const int master_;
    pid_t process_ = 0;
    std::string output_;
};

}  // namespace applivery::test
