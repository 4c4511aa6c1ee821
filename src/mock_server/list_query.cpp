#include "mock_server/list_query.hpp"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <sstream>
#include <string_view>
#include <utility>
#include <vector>

namespace applivery::mock {
namespace {

// Parses a number from 1 to 2^31 - 1. Larger numbers could overflow later.
std::optional<std::size_t> parseCount(const std::string& text) {
    std::size_t count = 0;
    const char* const end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, count);
    constexpr std::size_t maxCount = 2'147'483'647;
    const bool isCount = parsed.ec == std::errc{} && parsed.ptr == end && count >= 1 && count <= maxCount;
    return isCount ? std::optional(count) : std::nullopt;
}

/// Reads the parameters one by one. Stores the first invalid one.
class ListQueryParser {
public:
    ListQueryParser(const RecordedRequest& request, const ServiceRules& rules) : request_(request), rules_(rules) {
        query_.versionMatch = rules.versionMatch;
        query_.versionName = request.parameter("versionName");
        query_.limit = rules.defaultLimit;
        readStatuses();
        query_.os = choice("os", {"ios", "android", "macos", "windows"});
        query_.oldestFirst = choice("sort", {"createdAt:asc", "createdAt:desc"}) == "createdAt:asc";
        if (const auto page = count("page", rules.invalidPage)) query_.page = *page;
        readLimit();
    }

    [[nodiscard]] ListQuery result() && { return std::move(result_); }

private:
    using Choices = std::initializer_list<std::string_view>;

    // @param refusal absent if the rules ignore the parameter.
    void refuse(const char* name, const std::optional<InvalidParameter>& refusal) {
        if (!result_.refused && refusal) result_.refused = RefusedParameter{name, *refusal};
    }

    // Returns the value of a parameter; absent if the parameter is absent or invalid.
    std::optional<std::string> choice(const char* name, Choices allowed) {
        auto value = request_.parameter(name);
        return value ? checked(name, *value, allowed) : std::nullopt;
    }

    std::optional<std::string> checked(const char* name, const std::string& value, Choices allowed) {
        if (std::find(allowed.begin(), allowed.end(), value) != allowed.end()) return value;
        refuse(name, rules_.invalidEnum);
        return std::nullopt;
    }

    std::optional<std::size_t> count(const char* name, const std::optional<InvalidParameter>& refusal) {
        const auto text = request_.parameter(name);
        const auto number = text ? parseCount(*text) : std::nullopt;
        if (text && !number) refuse(name, refusal);
        return number;
    }

    void readStatuses() {
        for (const std::string& value : statusTexts()) {
            if (const auto status = checked("status", value, {"pending", "in_progress", "processed", "error"}))
                query_.statuses.push_back(*status);
        }
    }

    // Returns the values of `status` that the rules apply.
    [[nodiscard]] std::vector<std::string> statusTexts() {
        std::vector<std::string> texts;
        for (const auto& [name, value] : request_.query) {
            if (name == "status") texts.push_back(value);
        }
        if (texts.size() > 1 && rules_.repeatedStatus != RepeatedStatus::all) {
            if (rules_.repeatedStatus == RepeatedStatus::refused)
                refuse("status", rules_.invalidEnum.value_or(InvalidParameter{}));
            texts = {rules_.repeatedStatus == RepeatedStatus::last ? texts.back() : texts.front()};
        }
        return rules_.commaStatuses ? split(texts) : texts;
    }

    static std::vector<std::string> split(const std::vector<std::string>& texts) {
        std::vector<std::string> parts;
        for (const std::string& text : texts) {
            std::istringstream stream(text);
            for (std::string part; std::getline(stream, part, ',');) parts.push_back(part);
        }
        return parts;
    }

    void readLimit() {
        const auto limit = count("limit", rules_.invalidLimit);
        if (limit) query_.limit = *limit;
        result_.echoedLimit = query_.limit;
        if (!limit || !rules_.maxLimit || *limit <= *rules_.maxLimit) return;
        if (rules_.largeLimit == LargeLimit::refused) refuse("limit", rules_.invalidLimit.value_or(InvalidParameter{}));
        query_.limit = *rules_.maxLimit;
        if (rules_.largeLimit == LargeLimit::clamped) result_.echoedLimit = query_.limit;
    }

    const RecordedRequest& request_;
    const ServiceRules& rules_;
    ListQuery result_;
    BuildQuery& query_ = result_.query;
};

}  // namespace

ListQuery parseListQuery(const RecordedRequest& request, const ServiceRules& rules) {
    return ListQueryParser(request, rules).result();
}

}  // namespace applivery::mock
