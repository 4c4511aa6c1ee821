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

    /// Of a parameter that is none: what is believed is any refusal, what is found is its status and code.
    static constexpr const char* refused = "refused";
    static constexpr const char* ignored = "ignored";
    static constexpr const char* empty = "empty";  ///< No build matches it.
    // What the mock server cannot be.
    static constexpr const char* mixed = "mixed";      ///< One form and another came.
    static constexpr const char* another = "another";  ///< A form that is not known.

    [[nodiscard]] bool isContradicted() const {
        if (believed == refused) return found == ignored || found == empty || found == mixed;
        return !believed.empty() && !found.empty() && found != believed;
    }
    [[nodiscard]] bool isServable() const {
        const bool isDropped = found == ignored && believed != refused;
        return !found.empty() && found != mixed && found != another && !isDropped;
    }
};

using Assumptions = std::vector<Unknown>;

}  // namespace applivery::program
