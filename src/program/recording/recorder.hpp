/// @file
/// `--record FILE`: writes each exchange with the service as a line of JSON without private data, to hand over to
/// others.
#pragma once

#include "recording/exchange_scrubber.hpp"
#include "text/output_file.hpp"

#include <applivery/http_transport.hpp>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace applivery::program {

/// A request, and its response or error.
struct Exchange {
    std::string method;
    std::string url;
    std::string token;  ///< Token of the request.
    Result<HttpResponse> outcome;
    std::optional<HttpResponse> partial{};  ///< The part of the response that arrived before the error.
};

/// Returns the exchange as a line of a recording, without private data.
[[nodiscard]] std::string recordingLine(const Exchange& exchange, ExchangeScrubber& scrubber);

/// Writes a recording on a thread of its own, because the callback of a transport should not wait for a disk.
/// Thread-safe.
class Recorder {
public:
    static constexpr std::size_t defaultMaxQueuedBytes = std::size_t{64} << 20U;

    /// @param path of the file, which only its owner may read.
    /// @param maxQueuedBytes limit of the bytes of responses in the queue.
    explicit Recorder(std::string path, std::size_t maxQueuedBytes = defaultMaxQueuedBytes)
        : file_(std::move(path), Readers::owner), maxQueuedBytes_(maxQueuedBytes) {}
    ~Recorder();
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;

    /// Creates the file. @return the error.
    [[nodiscard]] std::optional<std::string> open();

    /// Queues an exchange for writing. Blocks while the queue is full. Ignores an exchange after finish().
    void add(Exchange exchange);

    /// @{
    /// Stores a partial response, or returns and removes the one that was stored on this thread. The next `done` on the
    /// thread belongs to the same exchange.
    void storePartialResponse(HttpResponse response);
    [[nodiscard]] std::optional<HttpResponse> takePartialResponse();
    /// @}

    /// Waits until all exchanges are written. If there was none, no file is replaced. @return the error.
    [[nodiscard]] std::optional<std::string> finish();

private:
    void stopThread();
    void writeExchanges();
    void write(const std::string& line);

    // Used by thread_ until it has ended.
    OutputFile file_;
    ExchangeScrubber scrubber_;
    std::optional<std::string> error_;
    bool hasExchange_ = false;

    std::mutex mutex_;  // guards the members below
    std::condition_variable changed_;
    std::condition_variable hasSpace_;
    std::deque<Exchange> exchanges_;
    std::map<std::thread::id, HttpResponse> partialResponses_;  // each until the `done` of its exchange
    const std::size_t maxQueuedBytes_;
    std::size_t queuedBytes_ = 0;  // of responses, including the one that is being written
    bool isOver_ = false;          // whether finish() was called
    std::thread thread_;
};

/// Creates a transport that sends with another transport, and records each exchange.
[[nodiscard]] std::shared_ptr<HttpTransport> makeRecordingTransport(std::shared_ptr<HttpTransport> transport,
                                                                    std::shared_ptr<Recorder> recorder);

}  // namespace applivery::program
