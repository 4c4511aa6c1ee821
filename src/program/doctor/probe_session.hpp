/// @file
/// What a probe's questions were answered with, and the builds that came.
#pragma once

#include "doctor/probe_client.hpp"

#include <applivery/cancellation.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace applivery::program {

/// One answer. What is not there was not told.
struct ProbeAnswer {
    int status = 0;  ///< Of HTTP; 0: no answer came.
    std::optional<int> code{};
    nlohmann::json data{};  ///< Of a list: all but its items.
    std::vector<nlohmann::json> builds{};

    [[nodiscard]] bool isList() const noexcept { return data.is_object(); }
    /// Of what was asked, and not of who asks, or how often.
    [[nodiscard]] bool isRefusal() const noexcept;
    [[nodiscard]] std::optional<std::size_t> number(const char* key) const;

    /// The different texts of a field, of all builds that have it as one.
    [[nodiscard]] std::set<std::string> texts(const char* key) const;
};

/// As `applivery-mock-server --rules` has it, such as `400:1001`.
[[nodiscard]] std::string refusalText(const ProbeAnswer& answer);

class ProbeAnswers {
public:
    ProbeAnswers(ProbeClient& asker, CancellationToken token) : asker_(asker), token_(std::move(token)) {}

    /// Where one is neither a list nor a refusal, it is the last: what came of it says nothing, nor would more.
    ProbeAnswer ask(const QueryParameters& query);

    /// The answer to the first question, which has no parameter.
    [[nodiscard]] const ProbeAnswer& plain() const noexcept { return plain_; }

    /// Why nothing more is asked; empty: it is.
    [[nodiscard]] const std::string& end() const noexcept { return end_; }

    /// All that came, some of them more than once.
    [[nodiscard]] const std::vector<nlohmann::json>& builds() const noexcept { return builds_; }

    [[nodiscard]] const ProbeClient& asker() const noexcept { return asker_; }

private:
    void take(nlohmann::json body, ProbeAnswer& answer);

    ProbeClient& asker_;
    const CancellationToken token_;
    bool hasPlain_ = false;
    ProbeAnswer plain_;
    std::string end_;
    std::vector<nlohmann::json> builds_;
};

}  // namespace applivery::program
