/// @file
/// Fuzzes times of the service and of HTTP headers.
#include "fuzz/fuzzer.hpp"
#include "json/time.hpp"
#include "response/header_times.hpp"

namespace {

// Duration is the unit of a system clock: nanoseconds in libstdc++, microseconds in libc++.
template <typename Duration>
void requireSameAfterWriting(std::string_view text) {
    using namespace applivery;
    const auto read = [](std::string_view written) {
        const auto instant = detail::parseInstant(written);
        return instant ? detail::sinceEpoch<Duration>(*instant) : std::nullopt;
    };
    const auto time = read(text);
    fuzz::require(!time || read(detail::formatInstant(detail::instantOf(*time))) == time,
                  "a time of a clock stays the same when it is written and read");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace applivery;
    const std::string_view text = fuzz::textOf(data, size);
    if (const auto time = detail::parseTime(text)) {
        fuzz::require(detail::parseTime(detail::formatTime(*time)) == time,
                      "a time stays the same when it is written and read");
    }
    requireSameAfterWriting<std::chrono::nanoseconds>(text);
    requireSameAfterWriting<std::chrono::microseconds>(text);
    const HttpHeaders headers{{"Retry-After", std::string(text)}, {"Date", std::string(text)}};
    const auto now = std::chrono::system_clock::from_time_t(1'700'000'000);
    if (const auto delay = detail::retryAfter(headers, now)) {
        fuzz::require(*delay >= std::chrono::seconds{0}, "no delay lies in the past");
    }
    (void)detail::dateOf(headers);
    return 0;
}
