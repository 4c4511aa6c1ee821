/// @file
/// What a network, a gateway or a hostile server may do to a call, and what the call makes of it.
#pragma once

#include "mock_server/raw_server.hpp"

#include <applivery/error.hpp>

#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace applivery::test {

/// How a call reaches the server.
enum class Way { plain, tls, proxy, proxyTunnel };

struct Fault {
    std::string name;  ///< In a few words, for the README's table.
    mock::ConnectionHandler behaviour;
    std::optional<ErrorKind> kind;  ///< Absent: the call brings its page all the same.
    bool isTriedAgain = false;
    Way way = Way::plain;
};

/// For the names of tests.
std::ostream& operator<<(std::ostream& out, const Fault& fault);

/// All of them, with what is expected.
[[nodiscard]] std::vector<Fault> faultMatrix();

/// As the README has it.
[[nodiscard]] std::string asMarkdown(const std::vector<Fault>& faults);

/// The most that an answer may have in these tests.
inline constexpr std::size_t bodyCap = std::size_t{4} << 20U;

}  // namespace applivery::test
