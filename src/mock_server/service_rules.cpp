#include "mock_server/service_rules.hpp"

#include <charconv>
#include <functional>
#include <initializer_list>
#include <stdexcept>
#include <utility>
#include <vector>

namespace applivery::mock {
namespace {

/// A rule that applyRules() can change.
struct Rule {
    std::string key;
    std::string values;                                        // a description
    std::function<bool(ServiceRules&, std::string_view)> set;  // returns whether the value is valid
};

std::optional<std::size_t> parseNumber(std::string_view text) {
    std::size_t number = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
    if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size()) return std::nullopt;
    return number;
}

/// Creates a rule with one value for each word.
template <typename Value>
Rule choice(std::string key, Value ServiceRules::*member, std::initializer_list<std::pair<std::string, Value>> words) {
    std::string values;
    for (const auto& word : words) values += (values.empty() ? "" : "|") + word.first;
    const std::vector<std::pair<std::string, Value>> known(words);
    return {std::move(key), std::move(values), [member, known](ServiceRules& rules, std::string_view text) {
                for (const auto& [word, value] : known) {
                    if (word != text) continue;
                    rules.*member = value;
                    return true;
                }
                return false;
            }};
}

Rule yesOrNo(std::string key, bool ServiceRules::*member) {
    return choice<bool>(std::move(key), member, {{"yes", true}, {"no", false}});
}

Rule defaultLimit() {
    return {"default-limit", "COUNT", [](ServiceRules& rules, std::string_view text) {
                const auto count = parseNumber(text);
                if (count && *count > 0) rules.defaultLimit = *count;
                return count && *count > 0;
            }};
}

Rule countOrNone(std::string key, std::optional<std::size_t> ServiceRules::*member) {
    return {std::move(key), "COUNT|none", [member](ServiceRules& rules, std::string_view text) {
                const auto count = parseNumber(text);
                const bool isCount = count && *count > 0;
                if (isCount || text == "none") rules.*member = isCount ? count : std::nullopt;
                return isCount || text == "none";
            }};
}

Rule refusal(std::string key, std::optional<InvalidParameter> ServiceRules::*member) {
    return {std::move(key), "ignored|empty|STATUS:CODE", [member](ServiceRules& rules, std::string_view text) {
                if (text == "ignored") {
                    (rules.*member).reset();
                    return true;
                }
                if (text == "empty") {
                    rules.*member = InvalidParameter{200, 0};
                    return true;
                }
                const std::size_t colon = text.find(':');
                const auto status = parseNumber(text.substr(0, colon));
                const auto code = colon == std::string_view::npos ? status : parseNumber(text.substr(colon + 1));
                constexpr std::size_t maxCode = 1'000'000;
                const bool isFailure = status && *status >= 400 && *status <= 599;
                if (!isFailure || !code || *code > maxCode) return false;
                rules.*member = InvalidParameter{static_cast<int>(*status), static_cast<int>(*code)};
                return true;
            }};
}

Rule clock() {
    return {"clock-ahead", "SECONDS|none", [](ServiceRules& rules, std::string_view text) {
                const auto seconds = parseNumber(text);
                if (text == "none") rules.clockAhead.reset();
                if (seconds) rules.clockAhead = std::chrono::seconds{*seconds};
                return seconds || text == "none";
            }};
}

const std::vector<Rule>& allRules() {
    using Rules = ServiceRules;
    static const std::vector<Rule> rules{
        yesOrNo("totals", &Rules::totals),
        yesOrNo("links", &Rules::links),
        yesOrNo("echo-limit", &Rules::echoLimit),
        yesOrNo("echo-page", &Rules::echoPage),
        defaultLimit(),
        countOrNone("max-limit", &Rules::maxLimit),
        choice<LargeLimit>("large-limit", &Rules::largeLimit,
                           {{"clamped", LargeLimit::clamped},
                            {"clamped-silently", LargeLimit::clampedSilently},
                            {"refused", LargeLimit::refused}}),
        choice<VersionMatch>(
            "version-name", &Rules::versionMatch,
            {{"whole", VersionMatch::whole}, {"beginning", VersionMatch::beginning}, {"part", VersionMatch::part}}),
        choice<RepeatedStatus>("repeated-status", &Rules::repeatedStatus,
                               {{"first", RepeatedStatus::first},
                                {"last", RepeatedStatus::last},
                                {"all", RepeatedStatus::all},
                                {"refused", RepeatedStatus::refused}}),
        yesOrNo("comma-statuses", &Rules::commaStatuses),
        choice<bool>("devices", &Rules::devicesAsText, {{"list", false}, {"text", true}}),
        choice<bool>("device-family", &Rules::familyAsNumbers, {{"texts", false}, {"numbers", true}}),
        choice<bool>("icons", &Rules::iconsAsObject, {{"list", false}, {"object", true}}),
        choice<bool>("version-code", &Rules::versionCodeAsNumber, {{"text", false}, {"number", true}}),
        choice<bool>("times", &Rules::timesAsFractions, {{"whole", false}, {"fractions", true}}),
        refusal("invalid-enum", &Rules::invalidEnum),
        refusal("invalid-page", &Rules::invalidPage),
        refusal("invalid-limit", &Rules::invalidLimit),
        countOrNone("request-limit", &Rules::requestLimit),
        choice<RetryAfter>("retry-after", &Rules::retryAfter,
                           {{"seconds", RetryAfter::seconds}, {"date", RetryAfter::date}, {"none", RetryAfter::none}}),
        clock(),
        yesOrNo("rate-limit-headers", &Rules::rateLimitHeaders),
    };
    return rules;
}

// Sets of rules.
constexpr std::string_view bare = "totals=no,links=no,echo-limit=no,echo-page=no";
constexpr std::string_view opposite =
    "bare,default-limit=20,max-limit=50,large-limit=refused,version-name=part,repeated-status=all,comma-statuses=yes,"
    "devices=text,device-family=numbers,icons=object,version-code=number,times=fractions,invalid-enum=ignored,"
    "invalid-page=ignored,invalid-limit=422:1003,rate-limit-headers=yes";

bool applySet(ServiceRules& rules, std::string_view name) {
    if (name != "assumed" && name != "bare" && name != "opposite") return false;
    ServiceRules fresh;
    fresh.pathPrefix = std::move(rules.pathPrefix);
    rules = std::move(fresh);
    if (name == "bare") applyRules(rules, bare);
    if (name == "opposite") applyRules(rules, opposite);
    return true;
}

void applyRule(ServiceRules& rules, std::string_view text) {
    if (applySet(rules, text)) return;
    const std::size_t equals = text.find('=');
    const std::string_view key = text.substr(0, equals);
    for (const Rule& rule : allRules()) {
        if (rule.key != key) continue;
        if (equals != std::string_view::npos && rule.set(rules, text.substr(equals + 1))) return;
        throw std::invalid_argument("expected " + rule.key + '=' + rule.values);
    }
    throw std::invalid_argument("there is no rule \"" + std::string(key) + "\". Rules:\n" + describeRules());
}

}  // namespace

void applyRules(ServiceRules& rules, std::string_view text) {
    while (true) {
        const std::size_t comma = text.find(',');
        applyRule(rules, text.substr(0, comma));
        if (comma == std::string_view::npos) return;
        text.remove_prefix(comma + 1);
    }
}

std::string describeRules() {
    std::string text = "  assumed, bare, opposite\n";
    for (const Rule& rule : allRules()) text += "  " + rule.key + '=' + rule.values + '\n';
    return text;
}

}  // namespace applivery::mock
