#include "doctor/probe_questions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace applivery::program {
namespace {

constexpr std::size_t largeLimit = 500;  // a public client requests it
constexpr std::size_t hugeLimit = 10'000;

const ProbeResponse& sendLimit(ProbeSession& session, std::size_t limit) {
    return session.send({{{"limit", std::to_string(limit)}}}, ProbeValue::undocumented);
}

// Returns whether more builds follow a response. If it does not say, requests the next page.
bool isFollowed(ProbeSession& session, const ProbeResponse& response, QueryParameters query) {
    const auto total = response.number("totalDocs");
    const auto hasNextPage = response.hasNextPage();
    if (total || hasNextPage) return hasNextPage.value_or(false) || total.value_or(0) > response.builds.size();
    query.emplace_back("page", "2");
    return !session.send({std::move(query)}, ProbeValue::undocumented).builds.empty();
}

/// What the service did with a limit.
struct LimitOutcome {
    enum class Kind {
        served,           ///< The response has as many builds as requested.
        clamped,          ///< The response has fewer builds than requested, and there are more.
        clampedSilently,  ///< As `clamped`, and the response contains the requested limit.
        tooFew,           ///< There are fewer builds than requested.
        refused,          ///< By a client error.
        failed,           ///< By another response.
    };
    Kind kind;
    std::size_t size;  ///< Number of builds on the page, if the limit was clamped.
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
    LimitOutcome outcome = outcomeOf(session, limit);
    switch (outcome.kind) {
        case LimitOutcome::Kind::served:
            return {"served", std::move(outcome.evidence)};
        case LimitOutcome::Kind::clamped:
        case LimitOutcome::Kind::clampedSilently:
            return {"clamped", std::move(outcome.evidence)};
        case LimitOutcome::Kind::tooFew:
            return {"", std::move(outcome.evidence)};
        case LimitOutcome::Kind::refused:
        case LimitOutcome::Kind::failed:
            break;
    }
    return {textOf(sendLimit(session, limit)), std::move(outcome.evidence)};
}

/// The largest accepted limit and the smallest refused one that are known, of a service that refuses large limits.
struct Bounds {
    std::size_t accepted;  // 0: none
    std::size_t refused;

    [[nodiscard]] bool isExact() const noexcept { return refused - accepted == 1; }
};

// Searches among round numbers first, then tries the next number, and then bisects. Ends at a response that is neither
// a list nor a refusal.
ProbeAnswer searchMaxLimit(ProbeSession& session, Bounds bounds) {
    constexpr std::array<std::size_t, 15> roundNumbers{10,  20,  25,  30,  50,   100,  150, 200,
                                                       250, 300, 400, 500, 1000, 2000, 5000};
    std::string fault;
    const auto isAccepted = [&](std::size_t limit) {
        if (limit <= bounds.accepted || limit >= bounds.refused || !fault.empty()) return limit <= bounds.accepted;
        const ProbeResponse& response = sendLimit(session, limit);
        if (!response.isList() && !response.isRefusal()) {
            fault = fmt::format("limit={}: {}", limit, textOf(response));
        } else {
            (response.isList() ? bounds.accepted : bounds.refused) = limit;
        }
        return response.isList();
    };
    (void)std::partition_point(roundNumbers.begin(), roundNumbers.end(), isAccepted);
    std::size_t next = bounds.accepted + 1;
    for (int remaining = 5; remaining > 0 && !bounds.isExact(); --remaining) {
        (void)isAccepted(next);
        next = bounds.accepted + (bounds.refused - bounds.accepted) / 2;
    }
    if (!fault.empty()) return {"", std::move(fault)};
    if (bounds.accepted == 0) return {"", fmt::format("limit={} is refused too", bounds.refused)};
    return {bounds.isExact() ? std::to_string(bounds.accepted) : "",
            fmt::format("{} is accepted, {} is refused", bounds.accepted, bounds.refused)};
}

}  // namespace

ProbeAnswer askDefaultLimit(ProbeSession& session) {
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

ProbeAnswer askLimitOf500(ProbeSession& session) {
    return limitAnswer(session, largeLimit);
}

ProbeAnswer askLimitOf10000(ProbeSession& session) {
    return limitAnswer(session, hugeLimit);
}

ProbeAnswer askMaxLimit(ProbeSession& session) {
    std::size_t accepted = 0;
    std::string evidence;
    for (const std::size_t limit : {largeLimit, hugeLimit}) {
        LimitOutcome outcome = outcomeOf(session, limit);
        if (outcome.kind == LimitOutcome::Kind::refused) return searchMaxLimit(session, {accepted, limit});
        if (outcome.isClamped()) return {std::to_string(outcome.size), std::move(outcome.evidence)};
        if (outcome.kind == LimitOutcome::Kind::failed) return {"", std::move(outcome.evidence)};
        accepted = limit;
        evidence = std::move(outcome.evidence);
    }
    return {"", std::move(evidence)};
}

ProbeAnswer askLargeLimit(ProbeSession& session) {
    std::string evidence;
    for (const std::size_t limit : {largeLimit, hugeLimit}) {
        LimitOutcome outcome = outcomeOf(session, limit);
        evidence = std::move(outcome.evidence);
        switch (outcome.kind) {
            case LimitOutcome::Kind::clamped:
                return {"clamped", std::move(evidence)};
            case LimitOutcome::Kind::clampedSilently:
                return {"clamped-silently", std::move(evidence)};
            case LimitOutcome::Kind::refused:
                return {"refused", std::move(evidence)};
            case LimitOutcome::Kind::failed:
                return {Assumption::another, std::move(evidence)};
            case LimitOutcome::Kind::served:
            case LimitOutcome::Kind::tooFew:
                break;
        }
    }
    return {"", std::move(evidence)};
}

}  // namespace applivery::program
