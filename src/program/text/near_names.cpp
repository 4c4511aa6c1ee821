#include "text/near_names.hpp"

#include "text/ascii.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace applivery::program {
namespace {

// Returns the number of characters to insert, delete, replace, or exchange with their neighbor.
std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> costs(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) costs[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j) costs[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = costs[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            costs[i][j] = std::min({replaced, costs[i - 1][j] + 1, costs[i][j - 1] + 1});
            const bool isExchanged = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (isExchanged) costs[i][j] = std::min(costs[i][j], costs[i - 2][j - 2] + 1);
        }
    }
    return costs[a.size()][b.size()];
}

// Returns a number that is smaller for a better match; std::nullopt if the texts do not resemble each other.
std::optional<std::size_t> dissimilarity(std::string_view name, std::string_view candidate) {
    const std::size_t distance = editDistance(name, candidate);
    const std::size_t maxDistance = std::max<std::size_t>(candidate.size() / 3, 1);
    if (distance <= maxDistance && distance < candidate.size()) return distance;
    constexpr std::size_t minPartLength = 3;
    const bool isPart = name.size() >= minPartLength && candidate.find(name) != std::string_view::npos;
    return isPart ? std::optional(candidate.size()) : std::nullopt;
}

// Compares the whole path, and each end of the path that follows a dot.
std::optional<std::size_t> dissimilarityOfPath(std::string_view name, std::string_view path) {
    auto best = dissimilarity(name, path);
    for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
        path.remove_prefix(dot + 1);
        const auto found = dissimilarity(name, path);
        if (found && (!best || *found < *best)) best = found;
    }
    return best;
}

}  // namespace

std::vector<std::string> nearNames(const std::string& name, const std::vector<std::string>& candidates) {
    constexpr std::size_t maxLength = 100;  // limits the time of the comparison
    constexpr std::size_t maxNames = 4;
    if (name.size() > maxLength) return {};
    std::vector<std::pair<std::size_t, std::string>> found;
    for (const std::string& candidate : candidates) {
        if (const auto cost = dissimilarityOfPath(lowerCase(name), lowerCase(candidate))) {
            found.emplace_back(*cost, candidate);
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::string> names;
    for (std::size_t i = 0; i < std::min(found.size(), maxNames); ++i) names.push_back(found[i].second);
    return names;
}

std::string suggestion(const std::string& name, const std::vector<std::string>& candidates) {
    const std::vector<std::string> names = nearNames(name, candidates);
    return names.empty() ? "" : fmt::format("did you mean {}?", fmt::join(names, " or "));
}

}  // namespace applivery::program
