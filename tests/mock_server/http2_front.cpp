#include "mock_server/http2_front.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <chrono>
#include <fstream>
#include <map>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace applivery::mock {
namespace {

using namespace std::chrono_literals;

constexpr const char* configuration = R"(
daemon off;
worker_processes 1;
pid nginx.pid;
error_log error.log;
events { worker_connections 4096; }
http {
    log_format connections '$connection $server_protocol $msec $request_time';
    access_log access.log connections;
    client_body_temp_path temporary; proxy_temp_path temporary; fastcgi_temp_path temporary;
    uwsgi_temp_path temporary; scgi_temp_path temporary;
    proxy_max_temp_file_size 0;
    proxy_buffer_size 32k; proxy_buffers 32 32k; proxy_busy_buffers_size 64k;
    keepalive_requests 1000000;
    upstream backend { server 127.0.0.1:@BACKEND@; keepalive 256; keepalive_requests 1000000; }
    server {
        listen 127.0.0.1:@PORT@ ssl @PROTOCOLS@;
        http2_max_concurrent_streams @STREAMS@;
        ssl_certificate @CERTIFICATE@;
        ssl_certificate_key @KEY@;
        location / {
            proxy_pass http://backend;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $http_host;
        }
    }
}
)";

void replace(std::string& text, const std::string& name, const std::string& value) {
    const std::string mark = '@' + name + '@';
    text.replace(text.find(mark), mark.size(), value);
}

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
}

// A port that was free a moment ago: nginx takes none that is open already.
int freePort() {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    const bool found = ::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                       ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    ::close(socket);
    if (!found) throw std::runtime_error("no free port");
    return ntohs(address.sin_port);
}

bool answers(int port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in address = loopback(port);
    const bool connected = ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    return connected;
}

}  // namespace

Http2Front::Http2Front(int backendPort, const std::string& protocols, int streams) {
    constexpr int attempts = 5;  // another process may take the port first
    for (int i = 0; i < attempts; ++i) {
        if (start(backendPort, protocols, streams)) return;
    }
    std::ifstream log(directory_.path() / "error.log");
    throw std::runtime_error("nginx does not start: " + std::string(std::istreambuf_iterator<char>(log), {}));
}

bool Http2Front::start(int backendPort, const std::string& protocols, int streams) {
    port_ = freePort();
    std::string text = configuration;
    replace(text, "BACKEND", std::to_string(backendPort));
    replace(text, "PORT", std::to_string(port_));
    replace(text, "PROTOCOLS", protocols);
    replace(text, "STREAMS", std::to_string(streams));
    replace(text, "CERTIFICATE", certificates_.serverCertFile());
    replace(text, "KEY", certificates_.serverKeyFile());
    const std::string directory = directory_.path().string() + '/';
    std::ofstream(directory + "nginx.conf") << text;
    nginx_ = std::make_unique<ChildProcess>(std::vector<std::string>{
        APPLIVERY_NGINX, "-p", directory, "-c", directory + "nginx.conf", "-e", directory + "error.log"});
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (nginx_->isRunning() && std::chrono::steady_clock::now() < deadline) {
        if (answers(port_) && nginx_->isRunning()) return true;
        std::this_thread::sleep_for(5ms);
    }
    return false;
}

std::vector<Http2Front::Request> Http2Front::requests() const {
    std::vector<Request> all;
    std::ifstream log(directory_.path() / "access.log");
    for (Request request; log >> request.connection >> request.protocol >> request.ended >> request.took;) {
        all.push_back(request);
    }
    return all;
}

std::size_t Http2Front::peakConnections() const {
    std::map<int, std::pair<double, double>> lives;
    for (const Request& request : requests()) {
        const double began = request.ended - request.took;
        const auto [life, isNew] = lives.try_emplace(request.connection, began, request.ended);
        life->second.first = std::min(life->second.first, began);
        life->second.second = std::max(life->second.second, request.ended);
    }
    std::vector<std::pair<double, int>> changes;  // where two come together, ends come first
    for (const auto& [connection, life] : lives) {
        changes.emplace_back(life.first, 1);
        changes.emplace_back(life.second, -1);
    }
    std::sort(changes.begin(), changes.end());
    std::size_t open = 0;
    std::size_t peak = 0;
    for (const auto& [time, change] : changes) {
        open += static_cast<std::size_t>(change);
        peak = std::max(peak, open);
    }
    return peak;
}

}  // namespace applivery::mock
