#include "mock_server/child_process.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <utility>

extern char** environ;

namespace applivery::mock {
namespace {

std::chrono::microseconds asMicroseconds(const timeval& time) {
    return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

}  // namespace

ChildProcess::ChildProcess(std::vector<std::string> arguments) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
    output_ = ends[0];
    std::vector<char*> argv;
    std::transform(arguments.begin(), arguments.end(), std::back_inserter(argv),
                   [](auto& text) { return text.data(); });
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    const int fault = ::posix_spawn(&process_, argv.front(), &actions, nullptr, argv.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (fault != 0) {
        ::close(output_);
        throw std::system_error(fault, std::generic_category(), arguments.front());
    }
}

ChildProcess::~ChildProcess() {
    signal(SIGTERM);
    wait();
    ::close(output_);
}

std::string ChildProcess::readLine() {
    std::string line;
    for (char c = 0; ::read(output_, &c, 1) == 1 && c != '\n';) line += c;
    return line;
}

void ChildProcess::signal(int number) {
    if (process_ != 0) ::kill(process_, number);
}

bool ChildProcess::isRunning() {
    reap(WNOHANG);
    return process_ != 0;
}

ProcessEnd ChildProcess::wait() {
    while (process_ != 0) reap(0);
    return end_;
}

void ChildProcess::reap(int options) {
    int status = 0;
    rusage usage{};
    if (process_ == 0 || ::wait4(process_, &status, options, &usage) != process_) return;
    process_ = 0;
    end_.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    end_.cpu = asMicroseconds(usage.ru_utime) + asMicroseconds(usage.ru_stime);
    end_.peakKilobytes = usage.ru_maxrss;
}

}  // namespace applivery::mock
