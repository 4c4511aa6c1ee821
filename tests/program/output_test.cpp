/// @file
/// Streams that are non-blocking, or that no process reads.
#include "mock_server/build_generator.hpp"
#include "program/program_test.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <fcntl.h>
#include <future>
#include <string>
#include <sys/ioctl.h>
#include <thread>
#include <unistd.h>

namespace applivery {
namespace {

using namespace std::chrono_literals;
using test::Outcome;
using test::program;
using test::shell;

/// A pipe that is full after 4 kB.
class SmallPipe {
public:
    /// @param flags of both ends, also in the program.
    explicit SmallPipe(int flags = O_NONBLOCK) {
        if (pipe(ends_.data()) != 0) throw std::runtime_error("no pipe");
        for (const int end : ends_) fcntl(end, F_SETFL, flags);
        fcntl(ends_[1], F_SETPIPE_SZ, size);
    }
    ~SmallPipe() {
        closeWriter();
        close(ends_[0]);
    }
    SmallPipe(const SmallPipe&) = delete;
    SmallPipe& operator=(const SmallPipe&) = delete;

    /// Runs a command, whose redirections name an end of the pipe. Only bash takes descriptors of two digits.
    static Outcome run(const std::string& command) { return shell("exec bash -c \"" + command + '"'); }

    /// Closes the other end in the program, which could not reach the end of its input otherwise.
    [[nodiscard]] std::string reader() const {
        fcntl(ends_[1], F_SETFD, FD_CLOEXEC);
        return "<&" + std::to_string(ends_[0]);
    }
    [[nodiscard]] std::string writer() const { return ">&" + std::to_string(ends_[1]); }

    /// Runs a command. @return its output, read only after the pipe is full.
    std::string readLate(const std::string& command, Outcome& outcome) {
        auto text = std::async(std::launch::async, [this] { return readAll(); });
        outcome = run(command);
        closeWriter();
        return text.get();
    }

    /// Writes after a while, and ends the input.
    void writeLate(const std::string& text) {
        std::this_thread::sleep_for(300ms);
        ASSERT_EQ(write(ends_[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
        closeWriter();
    }

    /// Sends SIGINT to a command when the pipe is full.
    [[nodiscard]] std::future<void> interruptWhenFull(const test::SignalledCommand& command) const {
        return std::async(std::launch::async, [&, reader = ends_[0]] {
            for (int available = 0; available < size; ioctl(reader, FIONREAD, &available))
                std::this_thread::sleep_for(10ms);
            command.signal(SIGINT);
        });
    }

private:
    static constexpr int size = 4096;

    std::string readAll() const {
        std::string text;
        std::array<char, 4096> buffer{};
        while (true) {
            std::this_thread::sleep_for(text.empty() ? 300ms : 1ms);
            const ssize_t count = read(ends_[0], buffer.data(), buffer.size());
            if (count == 0) return text;
            if (count > 0) text.append(buffer.data(), static_cast<std::size_t>(count));
        }
    }

    void closeWriter() {
        if (ends_[1] >= 0) close(ends_[1]);
        ends_[1] = -1;
    }

    std::array<int, 2> ends_{};
};

class Streams : public test::ListCommand {
protected:
    Streams() { data.assign(mock::generateBuilds(250)); }

    SmallPipe stream;
};

TEST_F(Streams, WaitForANonBlockingStandardOutput) {
    Outcome outcome;
    const std::string text = stream.readLate(command("--all -o json " + stream.writer()), outcome);
    EXPECT_EQ(outcome.code, 0) << outcome.text;
    EXPECT_EQ(text, shell(command("--all -o json")).text);
}

TEST_F(Streams, WaitForANonBlockingStandardOutputWithTheHelp) {
    Outcome outcome;
    const std::string text = stream.readLate(program + " generate man " + stream.writer(), outcome);
    EXPECT_EQ(outcome.code, 0) << outcome.text;
    EXPECT_EQ(text, shell(program + " generate man").text);
}

TEST_F(Streams, WaitForANonBlockingStandardError) {
    Outcome outcome;
    const std::string verbose = command("--all --limit 1 -o ndjson --verbose ");
    const std::string text = stream.readLate(verbose + "2" + stream.writer() + " >/dev/null", outcome);
    EXPECT_EQ(outcome.code, 0);
    EXPECT_NE(text.find("page=250"), std::string::npos) << text;
}

TEST_F(Streams, WaitForATokenOnANonBlockingStandardInput) {
    const std::string fromInput = program + " list --token-file - --base-url " + server.baseUrl() + ' ';
    auto outcome = std::async(std::launch::async, [&] { return SmallPipe::run(fromInput + stream.reader()); });
    stream.writeLate(mock::sample::appToken);
    EXPECT_EQ(outcome.get().code, 0);
}

TEST_F(Streams, WaitForAppsOnANonBlockingStandardInput) {
    const std::string account = "APPLIVERY_SERVICE_ACCOUNT_TOKEN=" + std::string(mock::sample::serviceAccountToken) +
                                " APPLIVERY_ORGANIZATION_ID=" + mock::sample::organizationId + ' ';
    const std::string list = account + program + " list --all --apps-file - --base-url " + server.baseUrl() + ' ';
    auto outcome = std::async(std::launch::async, [&] { return SmallPipe::run(list + stream.reader()); });
    stream.writeLate(mock::sample::applicationId);
    EXPECT_EQ(outcome.get().code, 0);
}

// ---- signals while a stream accepts nothing ----

TEST_F(Streams, EndAListAtASignalWhileNoProcessReads) {
    for (const int flags : {0, O_NONBLOCK}) {
        const SmallPipe unread(flags);
        const test::SignalledCommand interrupted(command("--all -o json"));
        const std::future<void> signal = unread.interruptWhenFull(interrupted);
        const Outcome outcome = SmallPipe::run(interrupted.text() + ' ' + unread.writer());
        EXPECT_EQ(outcome.code, 130) << outcome.text;
        EXPECT_NE(outcome.text.find("standard output cannot be written"), std::string::npos) << outcome.text;
    }
}

TEST_F(Streams, KeepTheDocumentAndTheEnvFileOfAWaitIfStandardErrorIsFull) {
    const mock::TemporaryDirectory folder;
    const std::string env = (folder.path() / "env").string();
    std::string wait = command("--build-id b1 -o json --verbose --env-file " + env);
    wait.replace(wait.find(" list "), 6, " wait ");
    const test::SignalledCommand interrupted(wait);
    const std::string pipe = interrupted.file("pipe");
    const std::string fill = "mkfifo " + pipe + "; exec 9<>" + pipe + "; timeout 0.3 cat /dev/zero >&9; ";
    const Outcome outcome = shell(fill + interrupted.interruptedText("2>&9"));
    EXPECT_EQ(outcome.code, 130) << outcome.text;
    EXPECT_NE(outcome.text.find(R"("outcome":"cancelled")"), std::string::npos) << outcome.text;
    EXPECT_EQ(shell("grep BUILD_ID " + env).text, "APPLIVERY_BUILD_ID=b1\n");
}

}  // namespace
}  // namespace applivery
