/// @file
/// `--record FILE`: every exchange with the service, fit to be handed to others, as one JSON object a line.
#pragma once

#include "recording/scrubber.hpp"
#include "text/output_file.hpp"

#include <applivery/http_transport.hpp>

#include <condition_variable>
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

/// The file. It is scrubbed and written on a thread of its own, since what a transport calls when it is done must not
/// wait for a disk.
class Recorder {
public:
    /// @param path of a file that nobody but its owner may read.
    explicit Recorder(std::string path) : file_(std::move(path), Readers::owner) {}
    ~Recorder();
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;

    /// Makes the file. @return why not.
    [[nodiscard]] std::optional<std::string> open();

    /// Writes it soon; what comes after finish() is not written.
    void add(Exchange exchange);

    /// Waits until all is written; where nothing was sent, no file is replaced. @return why it could not be.
    [[nodiscard]] std::optional<std::string> finish();

private:
    void end();
    void writeAll();
    void write(const std::string& line);

    OutputFile file_;  // the thread's until it has ended, as are the next three
    Scrubber scrubber_;
    std::optional<std::string> trouble_;
    bool hasExchange_ = false;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Exchange> exchanges_;
    bool isOver_ = false;
    std::thread thread_;
};

/// Sends by the transport, and tells the recorder.
[[nodiscard]] std::shared_ptr<HttpTransport> makeRecordingTransport(std::shared_ptr<HttpTransport> transport,
                                                                    std::shared_ptr<Recorder> recorder);

}  // namespace applivery::program
