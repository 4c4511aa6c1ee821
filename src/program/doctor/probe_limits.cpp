/// @file
/// Questions of a probe: how many builds the service puts on a page.
#include "doctor/probe_questions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>

namespace applivery::program {
namespace {

constexpr std::size_t largeLimit = 500;  // a public client requests it
constexpr std::size_t hugeLimit = 10'000;

const ProbeResponse& sendLimit(ProbeSession& session, std::size_t limit) {
    return session.send({{{"limit", std::to_string(limit)}}}, ProbeValue::undocumented);
}

// Returns whether more builds follow a response. If the response has no such member, requests the next page.
bool isFollowed(ProbeSession& session, const ProbeResponse& response, QueryParameters query) {
    const auto total = response.number("totalDocs");
    const auto hasNextPage = response.hasNextPage();
    if (total || hasNextPage) return hasNextPage.value_or(false) || total.value_or(0) > response.builds.size();
    query.emplace_back("page", "2");
    return !session.send({std::move(query)}, ProbeValue::undocumented).builds.empty();
}

/// How the service treats a limit.
struct LimitOutcome {
    enum class Kind {
        served,           ///< The response has as many builds as requested.
        clamped,          ///< The response has fewer builds than requested, and there are more.
        clampedSilently,  ///< As `clamped`, and the response contains the requested limit.
        tooFew,           ///< There are fewer builds than requested.
        refused,          ///< The response is a client error.
        failed,           ///< The response is neither a list nor a client error.
    };
    Kind kind;
    std::size_t size;  ///< If the limit was clamped: the number of builds on the page.
    std::string evidence;

    [[nodiscard]] bool isClamped() const { return kind == Kind::clamped || kind == Kind::clampedSilently; }
};

LimitOutcome outcomeOf(ProbeSession& session, std::size_t limit) {
    using Kind = LimitOutcome::Kind;
    const ProbeResponse& response = sendLimit(session, limit);
    const std::string text = fmt::format("limit={}: {}", limit, textOf(response));
    if (!response.isList()) return {response.isRefusal() ? Kind::refused : Kind::failed, 0, text};
    const auto echoed = response.number("limit");
    if (echoed && *echoed < limit) {
        return {Kind::clamped, *echoed, fmt::format("{}, the response contains limit {}", text, *echoed)};
    }
    const std::size_t count = response.builds.size();
    if (count >= limit) return {Kind::served, count, text};
    if (count == 0 || !isFollowed(session, response, {{"limit", std::to_string(limit)}})) {
        return {Kind::tooFew, count, text + ", and there are no more"};
    }
    if (!echoed) return {Kind::clamped, count, text + ", and there are more"};
    return {Kind::clampedSilently, count,
            fmt::format("{}, and there are more; the response contains limit {}", text, *echoed)};
}

ProbeAnswer limitAnswer(ProbeSession& session, std::size_t limit) {
    using Kind = LimitOutcome::Kind;
    LimitOutcome outcome = outcomeOf(session, limit);
    switch (outcome.kind) {
        case Kind::served:
            return {"served", std::move(outcome.evidence)};
        case Kind::clamped:
        case Kind::clampedSilently:
            return {"clamped", std::move(outcome.evidence)};
        case Kind::tooFew:
            return {"", std::move(outcome.evidence)};
        case Kind::refused:
        case Kind::failed:
            break;
    }
    return {textOf(sendLimit(session, limit)), std::move(outcome.evidence)};  // the session keeps the response
}

/// Searches the largest limit that a service accepts, if the service refuses larger ones.
class MaxLimitSearch {
public:
    /// @param accepted Largest limit that is known to be accepted; 0 if none is known.
    /// @param refused Smallest limit that is known to be refused.
    MaxLimitSearch(ProbeSession& session, std::size_t accepted, std::size_t refused)
        : session_(session), accepted_(accepted), refused_(refused) {}

    // Most services have a round maximum, so the search tries round numbers first, and then the next number.
    ProbeAnswer run() {
        constexpr std::array<std::size_t, 15> roundNumbers{10,  20,  25,  30,  50,   100,  150, 200,
                                                           250, 300, 400, 500, 1000, 2000, 5000};
        constexpr int maxFurtherRequests = 5;
        (void)std::partition_point(roundNumbers.begin(), roundNumbers.end(),
                                   [this](std::size_t limit) { return isAccepted(limit); });
        std::size_t next = accepted_ + 1;
        for (int i = 0; i < maxFurtherRequests && !isExact(); ++i) {
            (void)isAccepted(next);
            next = accepted_ + (refused_ - accepted_) / 2;
        }
        if (!failure_.empty()) return {"", std::move(failure_)};
        if (accepted_ == 0) return {"", fmt::format("limit={} is refused too", refused_)};
        return {isExact() ? std::to_string(accepted_) : "",
                fmt::format("{} is accepted, {} is refused", accepted_, refused_)};
    }

private:
    [[nodiscard]] bool isExact() const noexcept { return refused_ - accepted_ == 1; }

    // Sends the limit if the answer is not known. Sends no request after a failure.
    bool isAccepted(std::size_t limit) {
        if (limit <= accepted_) return true;
        if (limit >= refused_ || !failure_.empty()) return false;
        const ProbeResponse& response = sendLimit(session_, limit);
        if (response.isList()) {
            accepted_ = limit;
        } else if (response.isRefusal()) {
            refused_ = limit;
        } else {
            failure_ = fmt::format("limit={}: {}", limit, textOf(response));
        }
        return response.isList();
    }

    ProbeSession& session_;
    std::size_t accepted_;
    std::size_t refused_;
    std::string failure_;  // a response that is neither a list nor a refusal
};

}  // namespace

ProbeAnswer probeDefaultLimit(ProbeSession& session) {
    const ProbeResponse& plain = session.plain();
    const std::string builds = textOf(plain);
    if (const auto echoed = plain.number("limit")) {
        return {std::to_string(*echoed), "the response contains it, with " + builds};
    }
    if (plain.builds.empty()) return {"", noBuildsReason};
    if (isFollowed(session, plain, {})) {
        return {std::to_string(plain.builds.size()), "received this many, and a further page"};
    }
    return {"", fmt::format("received all {}", builds)};
}

ProbeAnswer probeLimitOf500(ProbeSession& session) {
    return limitAnswer(session, largeLimit);
}

ProbeAnswer probeLimitOf10000(ProbeSession& session) {
    return limitAnswer(session, hugeLimit);
}

ProbeAnswer probeMaxLimit(ProbeSession& session) {
    using Kind = LimitOutcome::Kind;
    std::size_t accepted = 0;
    std::string evidence;
    for (const std::size_t limit : {largeLimit, hugeLimit}) {
        LimitOutcome outcome = outcomeOf(session, limit);
        if (outcome.kind == Kind::refused) return MaxLimitSearch(session, accepted, limit).run();
        if (outcome.isClamped()) return {std::to_string(outcome.size), std::move(outcome.evidence)};
        if (outcome.kind == Kind::failed) return {"", std::move(outcome.evidence)};
        accepted = limit;
        evidence = std::move(outcome.evidence);
    }
    return {"", std::move(evidence)};
}

ProbeAnswer probeLargeLimit(ProbeSession& session) {
    using Kind = LimitOutcome::Kind;
    std::string evidence;
    for (const std::size_t limit : {largeLimit, hugeLimit}) {
        LimitOutcome outcome = outcomeOf(session, limit);
        evidence = std::move(outcome.evidence);
        switch (outcome.kind) {
            case Kind::clamped:
                return {"clamped", std::move(evidence)};
            case Kind::clampedSilently:
                return {"clamped-silently", std::move(evidence)};
            case Kind::refused:
                return {"refused", std::move(evidence)};
            case Kind::failed:
                return {Assumption::another, std::move(evidence)};
            case Kind::served:
            case Kind::tooFew:
                break;
        }
    }
    return {"", std::move(evidence)};
}

}  // namespace applivery::program
