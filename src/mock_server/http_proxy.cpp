#include "mock_server/http_proxy.hpp"

#include <fstream>
#include <iterator>
#include <utility>

namespace applivery::mock {

HttpProxy::HttpProxy(std::string user, std::string password)
    : user_(std::move(user)), password_(std::move(password)), process_([this](int port) { return command(port); }) {}

std::vector<std::string> HttpProxy::command(int port) const {
    const std::string file = (directory_.path() / "tinyproxy.conf").string();
    std::ofstream configuration(file);
    configuration << "Listen 127.0.0.1\nPort " << port << "\nAllow 127.0.0.1\nTimeout 60\nLogLevel Connect\nLogFile \""
                  << (directory_.path() / "log").string() << "\"\n";
    if (!user_.empty()) configuration << "BasicAuth " << user_ << ' ' << password_ << '\n';
    return {APPLIVERY_TINYPROXY, "-d", "-c", file};
}

std::string HttpProxy::url(const std::string& credentials) const {
    return "http://" + (credentials.empty() ? "" : credentials + '@') + "127.0.0.1:" + std::to_string(process_.port());
}

std::string HttpProxy::log() const {
    std::ifstream file(directory_.path() / "log");
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace applivery::mock
