/// @file
/// What is not known of the service for sure, what the library takes it to be, and what a probe found.
#pragma once

#include <string>
#include <vector>

namespace applivery::program {

/// Keys and values are those of `applivery-mock-server --rules`, so that what was found can be served.
struct Unknown {
    std::string key;
    std::string believed;  ///< Empty: the library goes by nothing here.
    std::string found;     ///< Empty: it cannot be told.
    std::string evidence;  ///< Counts, statuses and types.

    [[nodiscard]] bool isContradicted() const {
        if (believed == refused) return found == ignored;
        return !believed.empty() && !found.empty() && found != believed;
    }

    /// Of a parameter that is none: what is believed is any refusal, what is found is its status and code.
    static constexpr const char* refused = "refused";
    static constexpr const char* ignored = "ignored";
    /// Found where one form and another came, which the mock server does not do.
    static constexpr const char* mixed = "mixed";
};

using Unknowns = std::vector<Unknown>;

}  // namespace applivery::program
