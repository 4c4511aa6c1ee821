/// @file
/// Fuzzes a response to a client: a line with the status, header lines, an empty line and the body.
#include "fuzz/fuzzer.hpp"

#include <applivery/applivery.hpp>
#include <applivery/testing/fake_transport.hpp>
#include <applivery/testing/virtual_clock.hpp>

#include <memory>
#include <sstream>
#include <string>

namespace {

using namespace applivery;

const std::string token = "tok/en+\"&0123456789";

HttpResponse responseOf(std::string_view text) {
    HttpResponse response;
    response.status = std::atoi(fuzz::takeLine(text).c_str()) % 1000;
    for (std::string line = fuzz::takeLine(text); !line.empty(); line = fuzz::takeLine(text)) {
        const std::size_t colon = line.find(':');
        if (colon != std::string::npos) response.headers.emplace_back(line.substr(0, colon), line.substr(colon + 1));
    }
    response.body = text;
    return response;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string log;
    ClientOptions options;
    options.clock = std::make_shared<VirtualClock>();
    options.keepRawJson = true;
    options.log = [&](LogLevel, std::string_view line) { log += line; };
    const HttpResponse response = responseOf(fuzz::textOf(data, size));
    const auto service = std::make_shared<FakeTransport>([&](const HttpRequest&) { return response; });
    const BuildsClient client(AppToken{token}, options, service);
    const auto page = client.listBuilds();
    std::ostringstream shown;
    if (page) {
        shown << page->rawJson;
        for (const Build& build : page->items) shown << build.status;
    } else {
        shown << page.error() << page.error().apiData();
        fuzz::requireOneLine(page.error().message());
        fuzz::require(!page.error().message().empty(), "an error has a message");
    }
    fuzz::requireOneLine(log);
    fuzz::require(page || shown.str().find(token) == std::string::npos, "no error holds the token");
    fuzz::require(log.find(token) == std::string::npos, "no log holds the token");
    return 0;
}
