/// @file
/// The library's assumptions about the service, and the results of a probe.
#pragma once

#include <string>
#include <vector>

namespace applivery::program {

/// An assumption about the service.
struct Assumption {
    std::string key;
    std::string assumed;   ///< Empty: the library assumes nothing.
    std::string found;     ///< Empty: the probe could not determine the value.
    std::string evidence;  ///< Counts, statuses and types; or the reason why nothing was found.
    /// Whether key and values are those of `applivery-mock-server --rules`, so that the mock server can behave as the
    /// probed service.
    bool isRule = true;

    // Values for invalid parameters. If `assumed` is `refused`, and the service refuses them in the same way, `found`
    // is the status and code of the response.
    static constexpr const char* refused = "refused";  ///< As `found`: with different statuses or codes.
    static constexpr const char* ignored = "ignored";
    static constexpr const char* empty = "empty";  ///< No build matches.
    // Values that the mock server does not have.
    static constexpr const char* mixed = "mixed";      ///< The responses differ.
    static constexpr const char* another = "another";  ///< An unknown form.

    /// Returns whether the service differs from the assumption. A server error (5xx) is no refusal.
    [[nodiscard]] bool isContradicted() const {
        if (assumed.empty() || found.empty()) return false;
        return assumed == refused ? found != refused && found.front() != '4' : found != assumed;
    }

    /// Returns whether the found value is a rule of the mock server.
    [[nodiscard]] bool isServable() const {
        const bool isNoValueOfRule = assumed == refused ? found == refused : found == ignored;
        return isRule && !found.empty() && found != mixed && found != another && !isNoValueOfRule;
    }
};

using Assumptions = std::vector<Assumption>;

}  // namespace applivery::program
