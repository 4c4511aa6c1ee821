// Starts the server before the tests, in another process.
#include "memory/server_process.hpp"
#include "mock_server/connection_handlers.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <unistd.h>

namespace applivery::test {
namespace {

int port = 0;

// The first response on each connection is a failure, so that calls retry.
void serve(int portWriter, int endReader) {
    const mock::RawServer server([](mock::Connection& connection) {
        bool isFirst = true;
        while (const auto head = connection.readRequestHead()) {
            if (head->find("versionName=refused") != std::string::npos) {
                if (!connection.write(mock::raw::response(401, "no token, no builds"))) break;
                continue;
            }
            const std::string page = head->substr(head->find("page=") + 5, 1);
            const auto bytes =
                isFirst ? mock::raw::response(503, "<html>busy, try again in a little while</html>")
                        : mock::raw::response(
                              200, R"({"status":true,"data":{"totalPages":3,"items":[{"id":"b)" + page +
                                       R"(","status":"processed","changelog":"more text than fits into a string",)" +
                                       R"("deployer":{"name":"ci"},"uploadedBy":"u1","files":[{"key":"k"}]}]}})");
            if (!connection.write(bytes)) break;
            isFirst = false;
        }
    });
    const int number = server.port();
    char end = 0;
    if (write(portWriter, &number, sizeof number) == sizeof number) (void)!read(endReader, &end, 1);
}

}  // namespace

int serverPort() {
    return port;
}

}  // namespace applivery::test

int main(int argc, char** argv) {
    int portPipe[2];
    int endPipe[2];
    if (pipe(portPipe) != 0 || pipe(endPipe) != 0) return 1;
    if (fork() == 0) {
        close(endPipe[1]);
        applivery::test::serve(portPipe[1], endPipe[0]);
        std::_Exit(0);
    }
    close(endPipe[0]);
    if (read(portPipe[0], &applivery::test::port, sizeof applivery::test::port) <= 0) return 1;
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
