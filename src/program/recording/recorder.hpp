/// @file
/// `--record FILE`: every exchange with the service, fit to be handed to others, as one JSON object a line.
#pragma once

#include "recording/scrubber.hpp"
#include "text/output_file.hpp"

#include <applivery/http_transport.hpp>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace applivery::program {

/// A request, and what came of it.
struct Exchange {
    std::string method;
    std::string url;
    std::string token;  ///< That it was sent with.
    Result<HttpResponse> outcome;
};

/// The exchange as a line of a recording.
[[nodiscard]] std::string recordingLine(const Exchange& exchange, Scrubber& scrubber);

/// The file. It is scrubbed and written on a thread of its own, since what a transport calls when it is done should not
/// wait for a disk; it does so only where much waits already.
class Recorder {
public:
    static constexpr std::size_t usuallyWaiting = std::size_t{64} << 20U;

    /// @param path of a file that nobody but its owner may read.
    /// @param mostWaiting how many bytes of answers may wait to be written.
    explicit Recorder(std::string path, std::size_t mostWaiting = usuallyWaiting)
        : file_(std::move(path), Readers::owner), mostWaiting_(mostWaiting) {}
    ~Recorder();
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;

    /// Makes the file. @return why not.
    [[nodiscard]] std::optional<std::string> open();

    /// Writes it soon, and waits where it would be too much with what waits already; what comes after finish() is not
    /// written.
    void add(Exchange exchange);

    /// Waits until all is written; where nothing was sent, no file is replaced. @return why it could not be.
    [[nodiscard]] std::optional<std::string> finish();

private:
    void end();
    void writeAll();
    void write(const std::string& line);

    OutputFile file_;  // the thread's until it has ended, as are the next three
    Scrubber scrubber_;
    std::optional<std::string> error_;
    bool hasExchange_ = false;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::condition_variable isLess_;
    std::deque<Exchange> exchanges_;
    const std::size_t mostWaiting_;
    std::size_t waiting_ = 0;  // bytes of answers, with those of the one that is being written
    bool isOver_ = false;
    std::thread thread_;
};

/// Sends by the transport, and tells the recorder.
[[nodiscard]] std::shared_ptr<HttpTransport> makeRecordingTransport(std::shared_ptr<HttpTransport> transport,
                                                                    std::shared_ptr<Recorder> recorder);

}  // namespace applivery::program
