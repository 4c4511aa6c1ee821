#include "mock_server/http_listener.hpp"

#include "mock_server/gzip.hpp"
#include "mock_server/socket.hpp"

#include <httplib.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <limits>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <utility>

namespace applivery::mock {
namespace {

bool isConnectionTo(int port, int descriptor) {
    sockaddr_in address{};
    socklen_t length = sizeof address;
    if (::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &length) != 0) return false;
    return address.sin_family == AF_INET && ntohs(address.sin_port) == port;
}

/// Shuts down the connections that the server has accepted. httplib cannot do so and would wait for the keep-alive
/// timeout of each idle connection. httplib does not expose its sockets, so the local port identifies them.
void shutDownConnectionsTo(int port) {
    std::error_code failed;
    const std::filesystem::directory_iterator end;
    for (std::filesystem::directory_iterator entry("/dev/fd", failed); !failed && entry != end;
         entry.increment(failed)) {
        const std::string name = entry->path().filename().string();
        int descriptor = -1;
        std::from_chars(name.data(), name.data() + name.size(), descriptor);
        if (descriptor >= 0 && isConnectionTo(port, descriptor)) ::shutdown(descriptor, SHUT_RDWR);
    }
}

/// Runs each connection on a thread of httplib. httplib calls shutdown() after it has accepted the last connection.
/// Then the connections are shut down, so that no thread stays busy.
class ConnectionThreads final : public httplib::TaskQueue {
public:
    ConnectionThreads(std::size_t count, std::function<void()> beforeShutdown)
        : beforeShutdown_(std::move(beforeShutdown)), threads_(count) {}

    // Returns void before cpp-httplib 0.14, and bool since.
    auto enqueue(std::function<void()> task)
        -> decltype(std::declval<httplib::TaskQueue&>().enqueue(std::move(task))) override {
        return threads_.enqueue(std::move(task));
    }

    void shutdown() override {
        beforeShutdown_();
        threads_.shutdown();
    }

private:
    const std::function<void()> beforeShutdown_;
    httplib::ThreadPool threads_;
};

RecordedRequest toRecordedRequest(const httplib::Request& source) {
    Fields headers;
    for (const auto& [name, value] : source.headers) {
        // httplib adds these four headers.
        if (name != "REMOTE_ADDR" && name != "REMOTE_PORT" && name != "LOCAL_ADDR" && name != "LOCAL_PORT")
            headers.emplace_back(name, value);
    }
    RecordedRequest request = makeRequest(source.method, source.target, std::move(headers));
    request.clientPort = source.remote_port;
    return request;
}

bool acceptsEncoding(const RecordedRequest& request, std::string_view coding) {
    const std::optional<std::string> codings = request.header("Accept-Encoding");
    return codings && codings->find(coding) != std::string::npos;
}

bool hasHeader(const Fields& headers, std::string_view name) {
    return std::any_of(headers.begin(), headers.end(),
                       [name](const auto& field) { return sameName(field.first, name); });
}

/// Sends the body up to `cutAfter`. Uses a content provider of known length, because httplib may compress any other
/// body. If the provider returns false, httplib closes the connection before the end of the body.
void provideBody(ScriptedResponse scripted, const std::string& contentType, httplib::Response& response) {
    const std::size_t size = scripted.body.size();
    const auto body = std::make_shared<const std::string>(std::move(scripted.body));
    const std::size_t end = std::min(scripted.cutAfter.value_or(size), size);
    const bool isCut = scripted.cutAfter.has_value();
    response.set_content_provider(size, contentType,
                                  [body, end, isCut](std::size_t offset, std::size_t, httplib::DataSink& sink) {
                                      if (offset < end) sink.write(body->data() + offset, end - offset);
                                      return !isCut;
                                  });
}

// @param compress whether to compress the body, if the script does not set `Content-Encoding`.
void writeResponse(ScriptedResponse scripted, bool compress, httplib::Response& response) {
    if (compress && !scripted.body.empty() && !hasHeader(scripted.headers, "Content-Encoding")) {
        scripted.body = gzip(scripted.body);
        scripted.headers.emplace_back("Content-Encoding", "gzip");
    }
    std::string contentType = "application/json; charset=utf-8";
    response.status = scripted.status;
    for (const auto& [name, value] : scripted.headers) {
        if (sameName(name, "Content-Type"))
            contentType = value;
        else
            response.set_header(name, value);
    }
    if (!scripted.body.empty()) provideBody(std::move(scripted), contentType, response);
}

}  // namespace

class HttpListener::Impl {
public:
    Impl(const ListenerOptions& options, RequestHandler handler)
        : handler_(std::move(handler)), gzip_(options.gzip), server_(makeServer(options)) {
        configure(options);
        bind(options.port);
        thread_ = std::thread([this] { server_->listen_after_bind(); });
        // httplib ignores stop() until the server runs.
        while (!server_->is_running()) std::this_thread::sleep_for(std::chrono::microseconds{100});
    }

    ~Impl() { stop(); }

    [[nodiscard]] int port() const noexcept { return port_; }

    void stop() {
        if (!thread_.joinable()) return;
        server_->stop();
        thread_.join();
    }

private:
    static std::unique_ptr<httplib::Server> makeServer(const ListenerOptions& options) {
        if (options.certificateFile.empty()) return std::make_unique<httplib::Server>();
        auto server = std::make_unique<httplib::SSLServer>(options.certificateFile.c_str(), options.keyFile.c_str());
        if (!server->is_valid()) throw std::runtime_error("loading " + options.certificateFile + " failed");
        return server;
    }

    void configure(const ListenerOptions& options) {
        constexpr int timeoutSeconds = 60;  // httplib's default of a few seconds is too short for slow tests
        server_->set_tcp_nodelay(true);
        server_->set_keep_alive_max_count(std::numeric_limits<int>::max());
        server_->set_keep_alive_timeout(timeoutSeconds);
        server_->set_read_timeout(timeoutSeconds);
        server_->set_write_timeout(timeoutSeconds);
        server_->new_task_queue = [this, connections = options.connections]() -> httplib::TaskQueue* {
            return std::make_unique<ConnectionThreads>(connections, [this] { shutDownConnectionsTo(port_); }).release();
        };
        server_->set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
            RecordedRequest received = toRecordedRequest(request);
            const bool compress = gzip_ && acceptsEncoding(received, "gzip");
            // Nothing reads the body. On an open connection, httplib would parse the body as the next request.
            if (received.hasBody()) response.set_header("Connection", "close");
            writeResponse(handler_(std::move(received)), compress, response);
            return httplib::Server::HandlerResponse::Handled;
        });
    }

    void bind(int port) {
        int descriptor = -1;
        // httplib's default options let another server share the port. SO_REUSEADDR allows a port that another process
        // has just released.
        server_->set_socket_options([&descriptor, isGiven = port != 0](int created) {
            descriptor = created;
            const int yes = 1;
            if (isGiven) ::setsockopt(created, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        });
        if (port == 0) {
            port_ = server_->bind_to_any_port("127.0.0.1");
        } else if (server_->bind_to_port("127.0.0.1", port)) {
            port_ = port;
        }
        // httplib's backlog is 5. If more clients connect at once, the system retries some of them only after a second.
        constexpr int backlog = 512;
        checkSystemCall(port_ > 0 && ::listen(descriptor, backlog) == 0, listening(port));
    }

    RequestHandler handler_;
    bool gzip_;
    int port_ = 0;
    std::unique_ptr<httplib::Server> server_;
    std::thread thread_;
};

HttpListener::HttpListener(const ListenerOptions& options, RequestHandler handler)
    : impl_(std::make_unique<Impl>(options, std::move(handler))) {}

HttpListener::~HttpListener() = default;

int HttpListener::port() const noexcept {
    return impl_->port();
}

void HttpListener::stop() {
    impl_->stop();
}

}  // namespace applivery::mock
