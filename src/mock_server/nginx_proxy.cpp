#include "mock_server/nginx_proxy.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <utility>

namespace applivery::mock {
namespace {

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

// Replaces `@NAME@`.
void replace(std::string& text, const std::string& name, const std::string& value) {
    const std::string mark = '@' + name + '@';
    text.replace(text.find(mark), mark.size(), value);
}

}  // namespace

NginxProxy::NginxProxy(int backendPort, const std::string& protocols, int streams)
    : process_([&](int port) { return command(port, backendPort, protocols, streams); }) {}

std::vector<std::string> NginxProxy::command(int port, int backendPort, const std::string& protocols,
                                             int streams) const {
    std::string text = configuration;
    replace(text, "BACKEND", std::to_string(backendPort));
    replace(text, "PORT", std::to_string(port));
    replace(text, "PROTOCOLS", protocols);
    replace(text, "STREAMS", std::to_string(streams));
    replace(text, "CERTIFICATE", certificates_.serverCertFile());
    replace(text, "KEY", certificates_.serverKeyFile());
    const std::string directory = directory_.path().string() + '/';
    std::ofstream(directory + "nginx.conf") << text;
    return {APPLIVERY_NGINX, "-p", directory, "-c", directory + "nginx.conf", "-e", directory + "error.log"};
}

std::vector<NginxProxy::Request> NginxProxy::requests() const {
    std::vector<Request> all;
    std::ifstream log(directory_.path() / "access.log");
    for (Request request;
         log >> request.connection >> request.protocol >> request.endSeconds >> request.durationSeconds;) {
        all.push_back(request);
    }
    return all;
}

std::size_t NginxProxy::peakConnections() const {
    struct Span {
        double begin;
        double end;
    };
    std::map<int, Span> spans;  // by connection
    for (const Request& request : requests()) {
        const double begin = request.endSeconds - request.durationSeconds;
        Span& span = spans.emplace(request.connection, Span{begin, request.endSeconds}).first->second;
        span.begin = std::min(span.begin, begin);
        span.end = std::max(span.end, request.endSeconds);
    }
    std::vector<std::pair<double, int>> changes;  // time and change of the number of open connections
    for (const auto& [connection, span] : spans) {
        changes.emplace_back(span.begin, 1);
        changes.emplace_back(span.end, -1);
    }
    std::sort(changes.begin(), changes.end());  // at the same time, ends come before begins
    std::size_t open = 0;
    std::size_t peak = 0;
    for (const auto& [time, change] : changes) {
        open += static_cast<std::size_t>(change);
        peak = std::max(peak, open);
    }
    return peak;
}

}  // namespace applivery::mock
