#include "generate/generate_command.hpp"

#include "generate/generated_text.hpp"
#include "option_checks.hpp"
#include "text/output_file.hpp"

#include <string>

namespace applivery::program {
namespace {

class GenerateCommand final : public Command {
public:
    void defineOptions(CLI::App& command) override {
        program_ = command.get_parent();
        command.add_option("what", kind_, "What to print: man, bash, zsh, fish")
            ->required()
            ->transform(oneOf({"man", "bash", "zsh", "fish"}));
    }

    ExitCode run() override { return printOutput(text()); }

private:
    [[nodiscard]] std::string text() const {
        if (kind_ == "man") return manPage(*program_);
        if (kind_ == "bash") return bashCompletion(*program_);
        return kind_ == "zsh" ? zshCompletion(*program_) : fishCompletion(*program_);
    }

    const CLI::App* program_ = nullptr;
    std::string kind_;
};

}  // namespace

std::unique_ptr<Command> makeGenerateCommand() {
    return std::make_unique<GenerateCommand>();
}

}  // namespace applivery::program
