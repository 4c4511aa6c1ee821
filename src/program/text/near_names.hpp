/// @file
/// Suggests names for a misspelled name: of a command, an option, a field or a value.
#pragma once

#include <string>
#include <vector>

namespace applivery::program {

/// Returns the candidates that resemble the name, the most similar first, and at most four. A candidate is also
/// compared by the end of its path, such as `commit` of `deployer.info.commit`. Ignores the case of letters.
[[nodiscard]] std::vector<std::string> nearNames(const std::string& name, const std::vector<std::string>& candidates);

/// Returns a question such as "did you mean wait or list?"; empty if no candidate resembles the name.
[[nodiscard]] std::string suggestion(const std::string& name, const std::vector<std::string>& candidates);

}  // namespace applivery::program
