#include "build_selection.hpp"

#include "text/text_format.hpp"
#include "text/trimmed.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace applivery::program {
namespace {

bool isSystemParameter(const std::pair<std::string, std::string>& parameter) {
    return parameter.first == "os";
}

bool sendsSystemAsParameter(const BuildFilter& filter) {
    return std::any_of(filter.extraParameters.begin(), filter.extraParameters.end(), isSystemParameter);
}

// Returns whether the service documents the system as a value of the filter `os`.
bool isDocumented(const std::optional<Os>& os) {
    return os == Os::ios || os == Os::android;
}

}  // namespace

BuildFilter BuildSelection::sentFilter() const {
    BuildFilter sent = filter;
    if (sent.versionName) sent.versionName = std::string(trimmed(*sent.versionName));
    if (!isDocumented(sent.os)) sent.os.reset();
    return sent;
}

bool BuildSelection::isPartlyLocal() const {
    const bool isSystemLocal = filter.os && !isDocumented(filter.os) && !sendsSystemAsParameter(filter);
    return isSystemLocal || branch || commit || tag;
}

SelectionTerms BuildSelection::terms() const {
    SelectionTerms terms;
    const auto add = [&terms](const char* field, const std::optional<std::string>& value) {
        if (value) terms.emplace_back(field, *value);
    };
    const auto text = [](const auto& value) {
        return value ? std::optional(std::string(toText(*value))) : std::nullopt;
    };
    add("versionName", filter.versionName);
    add("status", text(filter.status));
    if (!sendsSystemAsParameter(filter)) add("os", text(filter.os));
    terms.insert(terms.end(), filter.extraParameters.begin(), filter.extraParameters.end());
    add("branch", branch);
    add("commit", commit);
    add("tag", tag);
    return terms;
}

std::string BuildSelection::application() const {
    return connection.applications.size() == 1 ? connection.applications.front() : std::string();
}

std::vector<std::string> LeftOut::notes() const {
    std::vector<std::string> notes;
    if (mismatches > 0) {
        notes.push_back(fmt::format("corrected the service's response: left out {} that {} not match {}.",
                                    counted(mismatches, "build"), mismatches == 1 ? "does" : "do",
                                    fmt::join(options, " or ")));
    }
    if (unknownAge > 0) {
        notes.push_back(
            fmt::format("left out {} of unknown age, because --since needs createdAt.", counted(unknownAge, "build")));
    }
    return notes;
}

BuildMatcher::BuildMatcher(const BuildSelection& selection)
    : sentStatus_(selection.filter.status),
      needsAge_(selection.since && !selection.includesUnknownAge),
      includesDisabled_(selection.includesDisabled) {
    const BuildFilter& filter = selection.filter;
    const bool isSystemSent = isDocumented(filter.os) || sendsSystemAsParameter(filter);
    sentVersion_.versionName = filter.versionName;
    BuildSelector& systemSelector = isSystemSent ? sentSystem_ : local_;
    systemSelector.os = filter.os;
    local_.branch = selection.branch;
    local_.commit = selection.commit;
    local_.tag = selection.tag;
}

bool BuildMatcher::includes(const Build& build) {
    if (!matchesSentFilter(build) || !local_.matches(build)) return false;
    if (needsAge_ && !build.createdAt) {
        ++leftOut_.unknownAge;
        return false;
    }
    if (!includesDisabled_ && build.disabled == true) {
        ++leftOut_.disabled;
        return false;
    }
    return true;
}

bool BuildMatcher::matchesSentFilter(const Build& build) {
    bool isMatch = true;
    const auto require = [&](bool matches, const char* option) {
        if (matches) return;
        isMatch = false;
        leftOut_.options.insert(option);
    };
    require(sentVersion_.matches(build), "--version-name");
    require(sentSystem_.matches(build), "--os");
    require(!sentStatus_ || build.status == *sentStatus_, "--status");
    if (!isMatch) ++leftOut_.mismatches;
    return isMatch;
}

}  // namespace applivery::program
