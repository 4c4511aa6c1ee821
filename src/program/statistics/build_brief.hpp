/// @file
/// The part of a build that statistics store.
#pragma once

#include <applivery/build.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace applivery::program {

/// The fields of a build that statistics show. Texts are the service's, shortened to 300 columns.
struct BuildBrief {
    std::string id{};
    std::string versionName{};
    std::string versionCode{};
    OpenEnum<BuildStatus> status{};
    OptionalTime createdAt{};  ///< BuildStatistics::timeOf()
    std::optional<std::int64_t> size{};
    std::string errorCode{};
    std::string error{};      ///< Build::error; empty if absent.
    std::string ciUrl{};      ///< URL of the CI job, or else of the CI system; empty unless it is a webLink().
    std::string commit{};     ///< Commit hash, as the uploader wrote it.
    std::string commitUrl{};  ///< commitLink()
};

/// Returns the text, shortened to 300 columns. Bounds the memory for a text.
[[nodiscard]] std::string boundedText(std::string_view text);

/// Returns the bounded text without surrounding white space; empty if the text is absent. Some uploaders end these
/// texts with a newline.
[[nodiscard]] std::string boundedText(const OptionalText& text);

/// Copies the fields. @param createdAt BuildStatistics::timeOf() the build.
[[nodiscard]] BuildBrief makeBrief(const Build& build, const OptionalTime& createdAt);

/// Returns the service's name of the build's app, or else its slug; empty if both are absent.
[[nodiscard]] std::string appNameOf(const Build& build);

/// Returns the system or platform of the build, as boundedText().
[[nodiscard]] std::string systemOf(const Build& build);

/// @{
/// Returns whether `a` is later than `b`. An unknown time is earlier than any other.
[[nodiscard]] inline bool isNewer(const OptionalTime& a, const OptionalTime& b) {
    return a && (!b || *a > *b);
}
[[nodiscard]] inline bool isNewer(const BuildBrief& a, const BuildBrief& b) {
    return isNewer(a.createdAt, b.createdAt);
}
/// @}

/// Makes the BuildBrief of a build when it is first used, because statistics store only few builds of a long list.
class LazyBrief {
public:
    LazyBrief(const Build& build, const OptionalTime& createdAt) : build_(build), createdAt_(createdAt) {}

    [[nodiscard]] const Build& build() const noexcept { return build_; }
    [[nodiscard]] const OptionalTime& createdAt() const noexcept { return createdAt_; }
    [[nodiscard]] const BuildBrief& get() {
        if (!brief_) brief_ = makeBrief(build_, createdAt_);
        return *brief_;
    }

private:
    const Build& build_;
    const OptionalTime createdAt_;
    std::optional<BuildBrief> brief_;
};

}  // namespace applivery::program
