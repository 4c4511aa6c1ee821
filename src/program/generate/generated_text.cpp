#include "generate/generated_text.hpp"

#include "option_checks.hpp"

#include <applivery/version.hpp>

#include <fmt/format.h>

#include <set>
#include <string>
#include <vector>

namespace applivery::program {
namespace {

std::vector<const CLI::App*> commandsOf(const CLI::App& app) {
    return app.get_subcommands([](const CLI::App* command) { return !command->get_group().empty(); });
}

std::vector<const CLI::Option*> optionsOf(const CLI::App& command) {
    return command.get_options([](const CLI::Option* option) { return option->nonpositional(); });
}

std::vector<std::string> namesOf(const CLI::Option& option) {
    std::vector<std::string> names;
    for (const std::string& name : option.get_snames()) names.push_back('-' + name);
    for (const std::string& name : option.get_lnames()) names.push_back("--" + name);
    return names;
}

bool takesValue(const CLI::Option& option) {
    return option.get_expected_min() > 0;
}

bool takesFile(const CLI::Option& option) {
    return option.get_type_name() == fileTypeName;
}

std::string replaced(std::string text, const std::string& part, const std::string& replacement) {
    std::size_t position = text.find(part);
    while (position != std::string::npos) {
        text.replace(position, part.size(), replacement);
        position = text.find(part, position + replacement.size());
    }
    return text;
}

// Escapes text for man(7): a dash is not printed as a hyphen, and a line that begins with `.` or `'` is no command.
std::string escapedForMan(std::string text) {
    text = replaced(replaced(std::move(text), "\\", "\\e"), "-", "\\-");
    if (!text.empty() && (text.front() == '.' || text.front() == '\'')) text.insert(0, "\\&");
    return replaced(replaced(std::move(text), "\n.", "\n\\&."), "\n'", "\n\\&'");
}

std::string joinedWith(const std::vector<std::string>& texts, const char* separator) {
    return fmt::format("{}", fmt::join(texts, separator));
}

std::string manOptions(const CLI::App& command) {
    std::string text;
    for (const CLI::Option* option : optionsOf(command)) {
        const std::string value = takesValue(*option) ? " \\fIvalue\\fR" : "";
        text += ".TP\n\\fB" + escapedForMan(joinedWith(namesOf(*option), ", ")) + "\\fR" + value + '\n' +
                escapedForMan(option->get_description()) + '\n';
    }
    return text;
}

}  // namespace

std::string manPage(const CLI::App& app) {
    std::string text =
        fmt::format(".TH APPLIVERY\\-BUILDS 1 \"\" \"applivery {}\" \"\"\n.SH NAME\napplivery\\-builds \\- {}\n",
                    version(), escapedForMan(app.get_description()));
    text += ".SH SYNOPSIS\n.B applivery\\-builds\n.I command\n[\\fIoptions\\fR]\n.SH COMMANDS\n";
    for (const CLI::App* command : commandsOf(app)) {
        text += ".SS " + command->get_name() + '\n' + escapedForMan(command->get_description()) + ".\n" +
                manOptions(*command);
        text += ".PP\n.nf\n" + escapedForMan(command->get_footer()) + "\n.fi\n";
    }
    return text;
}

std::string bashCompletion(const CLI::App& app) {
    std::string cases;
    std::vector<std::string> names;
    std::set<std::string> fileOptions;
    std::set<std::string> valueOptions;
    for (const CLI::App* command : commandsOf(app)) {
        names.push_back(command->get_name());
        std::vector<std::string> options;
        for (const CLI::Option* option : optionsOf(*command)) {
            for (const std::string& name : namesOf(*option)) {
                options.push_back(name);
                if (takesFile(*option)) {
                    fileOptions.insert(name);
                } else if (takesValue(*option)) {
                    valueOptions.insert(name);
                }
            }
        }
        cases += fmt::format("        {}) words=\"{}\" ;;\n", command->get_name(), joinedWith(options, " "));
    }
    return fmt::format(R"(_applivery_builds() {{
    local words="{}"
    case "${{COMP_WORDS[1]}}" in
{}    esac
    [ "$COMP_CWORD" -eq 1 ] && words="{}"
    case "$3" in
        {}) COMPREPLY=($(compgen -f -- "$2")) ;;
        {}) COMPREPLY=() ;;
        *) COMPREPLY=($(compgen -W "$words" -- "$2")) ;;
    esac
}}
complete -F _applivery_builds applivery-builds
)",
                       joinedWith(names, " "), cases, joinedWith(names, " "), fmt::join(fileOptions, "|"),
                       fmt::join(valueOptions, "|"));
}

std::string zshCompletion(const CLI::App& app) {
    std::string commands;
    std::string cases;
    const auto quoted = [](const std::string& text) { return replaced(text, "'", "'\\''"); };
    // Returns a description for `[...]` in single quotes, without the characters that have a meaning there.
    const auto inBrackets = [&](const std::string& text) {
        return quoted(replaced(replaced(replaced(text, "[", "("), "]", ")"), ":", "\\:"));
    };
    for (const CLI::App* command : commandsOf(app)) {
        commands += fmt::format("        '{}:{}'\n", command->get_name(), quoted(command->get_description()));
        std::string options;
        for (const CLI::Option* option : optionsOf(*command)) {
            for (const std::string& name : namesOf(*option)) {
                options += fmt::format(" \\\n            '{}[{}]{}'", name, inBrackets(option->get_description()),
                                       takesFile(*option)    ? ":file:_files"
                                       : takesValue(*option) ? ":value:"
                                                             : "");
            }
        }
        cases += fmt::format("        {}) _arguments{} ;;\n", command->get_name(), options);
    }
    return fmt::format(R"(#compdef applivery-builds
_applivery_builds() {{
    local -a commands
    commands=(
{}    )
    if (( CURRENT == 2 )); then
        _describe command commands
        return
    fi
    local name=$words[2]
    shift words
    (( CURRENT-- ))
    case $name in
{}    esac
}}
_applivery_builds "$@"
)",
                       commands, cases);
}

std::string fishCompletion(const CLI::App& app) {
    std::string text = "complete -c applivery-builds -f\n";
    const auto quoted = [](const std::string& words) { return replaced(replaced(words, "\\", "\\\\"), "'", "\\'"); };
    for (const CLI::App* command : commandsOf(app)) {
        text += fmt::format("complete -c applivery-builds -n __fish_use_subcommand -a {} -d '{}'\n",
                            command->get_name(), quoted(command->get_description()));
        for (const CLI::Option* option : optionsOf(*command)) {
            std::string names;
            for (const std::string& name : option->get_snames()) names += " -s " + name;
            for (const std::string& name : option->get_lnames()) names += " -l " + name;
            text += fmt::format("complete -c applivery-builds -n '__fish_seen_subcommand_from {}'{}{} -d '{}'\n",
                                command->get_name(), names,
                                takesFile(*option)    ? " -r -F"
                                : takesValue(*option) ? " -x"
                                                      : "",
                                quoted(option->get_description()));
        }
    }
    return text;
}

}  // namespace applivery::program
