#include "option_checks.hpp"

#include "list/column_fields.hpp"
#include "text/near_names.hpp"
#include "text/trimmed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace applivery::program {

CLI::Validator oneOf(std::vector<std::string> texts) {
    const auto check = [texts = std::move(texts)](std::string& input) -> std::string {
        std::string normalized = input;
        std::replace(normalized.begin(), normalized.end(), '-', '_');
        if (std::find(texts.begin(), texts.end(), normalized) != texts.end()) {
            input = normalized;
            return {};
        }
        const std::string question = suggestion(normalized, texts);
        return fmt::format("\"{}\" is not one of {}{}", input, fmt::join(texts, ", "),
                           question.empty() ? "" : "; " + question);
    };
    return CLI::Validator(check, "");
}

CLI::Validator fieldName() {
    const auto check = [](const std::string& input) {
        // Only this exception of CLI11 makes App::exit() print a text, with the exit code of success.
        if (input == listOfFields) throw CLI::CallForVersion(fmt::format("{}", fmt::join(fieldNames(), "\n")), 0);
        return validateFieldName(input);
    };
    return CLI::Validator(check, "");
}

CLI::Validator atLeastOne() {
    const auto check = [](std::string& input) -> std::string {
        const bool isDigits = !input.empty() && input.find_first_not_of("0123456789") == std::string::npos;
        const std::size_t first = input.find_first_not_of('0');
        if (!isDigits || first == std::string::npos) return fmt::format("\"{}\" is not a whole number from 1", input);
        input.erase(0, first);  // CLI11 reads a number with a zero in front as octal
        return {};
    };
    return CLI::Validator(check, "");
}

CLI::Validator notEmpty() {
    const auto check = [](const std::string& input) -> std::string {
        return trimmed(input).empty() ? "is empty; check that its variable is set" : "";
    };
    return CLI::Validator(check, "");
}

CLI::Validator noValue() {
    const auto check = [](const std::string& input) -> std::string {
        return input == "true" ? "" : "takes no value; omit the option instead";
    };
    return CLI::Validator(check, "");
}

CLI::Validator fileName() {
    const auto check = [](const std::string& input) -> std::string { return input == "-" ? "must name a file" : ""; };
    return CLI::Validator(check, "");
}

CLI::Validator validTime(TimePoint now) {
    const auto check = [now](const std::string& input) -> std::string {
        constexpr std::chrono::minutes maxClockDifference{5};
        const auto time = parseWhen(input, now);
        if (time && *time <= now + maxClockDifference) return {};
        if (time) return fmt::format("\"{}\" is in the future; it is now {}", input, minuteText(now));
        return fmt::format(
            "\"{}\" is not a time; write 2024-11-11T11:27:35Z, also with an offset such as +01:00, 2024-11-11, or an "
            "age such as 1w, 7d or 1h30m",
            input);
    };
    return CLI::Validator(check, "");
}

CLI::Validator validDuration() {
    const auto check = [](const std::string& input) -> std::string {
        if (parseDuration(input)) return {};
        return fmt::format("\"{}\" is not a duration; write 90s, 20m or 1h30m", input);
    };
    return CLI::Validator(check, "");
}

CLI::Validator atLeast(std::chrono::seconds minimum) {
    const auto check = [minimum](const std::string& input) -> std::string {
        const auto duration = parseDuration(input);
        const bool isShorter = duration && *duration < minimum;
        return isShorter ? fmt::format("\"{}\" is less than {}", input, durationText(minimum)) : "";
    };
    return CLI::Validator(check, "");
}

}  // namespace applivery::program
