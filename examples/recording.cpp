// Lists builds and records every exchange in a file, or lists them again from there, without a network:
//     recording record FILE
//     recording replay FILE
#include <applivery/applivery.hpp>
#include <applivery/testing/fake_transport.hpp>

#include <nlohmann/json.hpp>

#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

namespace {

using nlohmann::json;

// Path and query: where the service is does not matter.
std::string targetOf(const std::string& url) {
    return url.substr(url.find('/', url.find("//") + 2));
}

// The request's headers are not kept at all, and of an answer's only these: others may hold a cookie.
bool mayBeKept(const std::string& header) {
    return header == "content-type" || header == "date" || header == "retry-after";
}

std::string lowerCase(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

std::string tokenOf(const applivery::HttpRequest& request) {
    for (const auto& [name, value] : request.headers) {
        if (lowerCase(name) == "authorization") return value.substr(value.find(' ') + 1);
    }
    return {};
}

// One line of the file, in which the token is nowhere, whatever the server echoes.
std::string lineFor(const std::string& target, const std::string& token,
                    const applivery::Result<applivery::HttpResponse>& answer) {
    const auto clean = [&](const std::string& text) { return applivery::redacted(text, token); };
    json line{{"target", clean(target)}};
    if (answer) {
        line["status"] = answer->status;
        line["body"] = clean(answer->body);
        for (const auto& [name, value] : answer->headers) {
            if (mayBeKept(lowerCase(name))) line["headers"][name] = clean(value);
        }
    } else {
        line["kind"] = toString(answer.error().kind());
        line["message"] = clean(answer.error().message());
    }
    return line.dump(-1, ' ', false, json::error_handler_t::replace) + '\n';
}

// The file, written on a thread of its own: what a transport calls when it is done must not wait for a disk.
class RecordingFile {
public:
    explicit RecordingFile(const std::string& path) : path_(path), stream_(path) {
        if (!stream_) throw std::runtime_error("cannot write " + path);
        thread_ = std::thread([this] { writeAll(); });
    }
    ~RecordingFile() { end(); }
    RecordingFile(const RecordingFile&) = delete;
    RecordingFile& operator=(const RecordingFile&) = delete;

    // Makes and writes the line soon.
    void add(std::function<std::string()> line) {
        const std::lock_guard<std::mutex> lock(mutex_);
        lines_.push_back(std::move(line));
        changed_.notify_one();
    }

    // Waits until all is written, and throws where it could not be.
    void finish() {
        end();
        stream_.close();
        if (!stream_) throw std::runtime_error("cannot write all of " + path_);
    }

private:
    void end() {
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            isOver_ = true;
            changed_.notify_one();
        }
        if (thread_.joinable()) thread_.join();
    }

    void writeAll() {
        std::unique_lock<std::mutex> lock(mutex_);
        while (true) {
            changed_.wait(lock, [this] { return isOver_ || !lines_.empty(); });
            if (lines_.empty()) return;
            const auto line = std::move(lines_.front());
            lines_.pop_front();
            lock.unlock();
            stream_ << line() << std::flush;
            lock.lock();
        }
    }

    const std::string path_;
    std::ofstream stream_;  // the thread's until it has ended
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<std::string()>> lines_;
    bool isOver_ = false;
    std::thread thread_;
};

// Sends by another transport, and writes down what came of it.
class RecordingTransport final : public applivery::HttpTransport {
public:
    RecordingTransport(std::shared_ptr<applivery::HttpTransport> inner, std::shared_ptr<RecordingFile> file)
        : file_(std::move(file)), inner_(std::move(inner)) {}

    void send(applivery::HttpRequest request, applivery::CancellationToken token,
              std::function<void(applivery::Result<applivery::HttpResponse>)> done) override {
        auto record = [file = file_, target = targetOf(request.url), secret = tokenOf(request),
                       done = std::move(done)](applivery::Result<applivery::HttpResponse> answer) {
            file->add([target, secret, answer] { return lineFor(target, secret, answer); });
            done(std::move(answer));
        };
        inner_->send(std::move(request), std::move(token), std::move(record));
    }

private:
    std::shared_ptr<RecordingFile> file_;  // shared with the requests in flight, on whichever thread they end
    std::shared_ptr<applivery::HttpTransport> inner_;
};

applivery::ErrorKind kindOf(const std::string& name) {
    auto kind = applivery::ErrorKind::invalidArgument;
    while (toString(kind) != name && kind != applivery::ErrorKind::responseTooLarge) {
        kind = static_cast<applivery::ErrorKind>(static_cast<int>(kind) + 1);
    }
    return kind;
}

applivery::FakeTransport::Answer answerOf(const json& line) {
    if (line.contains("kind")) return applivery::Error(kindOf(line["kind"]), line["message"]);
    applivery::HttpHeaders headers;
    if (line.contains("headers")) {
        for (const auto& [name, value] : line["headers"].items()) headers.emplace_back(name, value);
    }
    return applivery::FakeTransport::answer(line["status"], line["body"], headers);
}

// Answers each request with what was recorded for its target, in the order of the file.
std::shared_ptr<applivery::HttpTransport> replay(const std::string& path) {
    struct Recording {
        std::mutex mutex;
        std::map<std::string, std::deque<json>> lines;
    };
    const auto recording = std::make_shared<Recording>();
    std::ifstream file(path);
    if (!file) throw std::runtime_error("cannot read " + path);
    for (std::string line; std::getline(file, line);) {
        json entry = json::parse(line);
        recording->lines[entry.at("target")].push_back(std::move(entry));
    }
    return std::make_shared<applivery::FakeTransport>(
        [recording](const applivery::HttpRequest& request) -> applivery::FakeTransport::Answer {
            const std::lock_guard<std::mutex> lock(recording->mutex);
            std::deque<json>& lines = recording->lines[targetOf(request.url)];
            if (lines.empty()) {
                return applivery::Error(applivery::ErrorKind::invalidArgument,
                                        "nothing is recorded for " + request.url);
            }
            const json line = std::move(lines.front());
            lines.pop_front();
            return answerOf(line);
        });
}

int list(const std::shared_ptr<applivery::HttpTransport>& transport, const applivery::ClientOptions& options,
         const std::string& token) {
    const applivery::BuildsClient client{applivery::AppToken{token}, options, transport};
    for (const applivery::Result<applivery::Build>& build : client.builds()) {
        if (!build) {
            std::cerr << build.error() << '\n';
            return 1;
        }
        std::cout << *build << '\n';
    }
    return 0;
}

int record(const std::string& path, const applivery::ClientOptions& options) {
    const char* token = std::getenv("APPLIVERY_APP_TOKEN");
    const auto file = std::make_shared<RecordingFile>(path);
    const auto transport = std::make_shared<RecordingTransport>(applivery::makeCurlTransport(options), file);
    const int code = list(transport, options, token != nullptr ? token : "");
    file->finish();
    return code;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string mode = argc == 3 ? argv[1] : "";
    if (mode != "record" && mode != "replay") {
        std::cerr << "usage: recording record|replay FILE\n";
        return 2;
    }
    try {
        const auto options = applivery::ClientOptions::fromEnvironment();
        if (mode == "replay") return list(replay(argv[2]), options, "any-token");
        return record(argv[2], options);
    } catch (const std::exception& exception) {
        std::cerr << exception.what() << '\n';
        return 1;
    }
}
