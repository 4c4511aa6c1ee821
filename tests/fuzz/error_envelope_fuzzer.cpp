/// @file
/// Fuzzes the error envelope of the service.
#include "fuzz/fuzzer.hpp"
#include "json/error_envelope.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto envelope = applivery::detail::readErrorEnvelope(applivery::fuzz::textOf(data, size),
                                                               applivery::detail::Secret("tok/en-0123456789"));
    if (!envelope) return 0;
    applivery::fuzz::require(envelope->data.find("tok/en-0123456789") == std::string::npos, "no data holds the token");
    applivery::fuzz::require(envelope->message.find("tok/en-0123456789") == std::string::npos,
                             "no message holds the token");
    return 0;
}
