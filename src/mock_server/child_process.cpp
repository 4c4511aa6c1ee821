#include "mock_server/child_process.hpp"

#include <algorithm>
#include <csignal>
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
    Pipe pipe = makePipe();
    output_ = std::move(pipe.reader);
    std::vector<char*> argv;
    std::transform(arguments.begin(), arguments.end(), std::back_inserter(argv),
                   [](auto& text) { return text.data(); });
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, pipe.writer.get(), STDOUT_FILENO);
    const int error = ::posix_spawn(&process_, argv.front(), &actions, nullptr, argv.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0) throw std::system_error(error, std::generic_category(), arguments.front());
}

ChildProcess::~ChildProcess() {
    signal(SIGTERM);
    wait();
}

std::string ChildProcess::readLine() {
    std::string line;
    for (char c = 0; ::read(output_.get(), &c, 1) == 1 && c != '\n';) line += c;
    return line;
}

void ChildProcess::signal(int number) {
    if (process_ != 0) ::kill(process_, number);
}

bool ChildProcess::isRunning() {
    reap(WNOHANG);
    return process_ != 0;
}

ProcessResult ChildProcess::wait() {
    while (process_ != 0) reap(0);
    return result_;
}

void ChildProcess::reap(int options) {
    int status = 0;
    rusage usage{};
    if (process_ == 0 || ::wait4(process_, &status, options, &usage) != process_) return;
    process_ = 0;
    result_.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    result_.cpu = asMicroseconds(usage.ru_utime) + asMicroseconds(usage.ru_stime);
    result_.peakKilobytes = usage.ru_maxrss;
}

}  // namespace applivery::mock
