/// @file
/// Writers of one row per build, with the requested fields: CSV and Markdown.
#include "list/build_writer.hpp"
#include "text/text_format.hpp"

#include <utility>

namespace applivery::program {
namespace {

class CsvWriter final : public BuildWriter {
public:
    explicit CsvWriter(WriterOptions options) : options_(std::move(options)) {}

    std::string begin() override {
        std::string line = options_.hasAppColumn ? "app," : "";
        for (const ColumnField& field : options_.fields) line += csvCell(field.name) + ',';
        return ended(std::move(line));
    }

    std::string add(const Build& build, const std::string& application) override {
        std::string line = options_.hasAppColumn ? csvCell(application) + ',' : "";
        for (const ColumnField& field : options_.fields) line += csvCell(field.text(build)) + ',';
        return ended(std::move(line));
    }

private:
    static std::string ended(std::string line) {
        line.pop_back();  // the comma after the last cell
        return line + "\r\n";
    }

    const WriterOptions options_;
};

class MarkdownWriter final : public BuildWriter {
public:
    explicit MarkdownWriter(WriterOptions options) : options_(std::move(options)) {}

    std::string begin() override {
        std::string line = options_.hasAppColumn ? "| app |" : "|";
        std::string delimiters = options_.hasAppColumn ? "| --- |" : "|";
        for (const ColumnField& field : options_.fields) {
            line += ' ' + markdownText(field.name) + " |";
            delimiters += " --- |";
        }
        return line + '\n' + delimiters + '\n';
    }

    std::string add(const Build& build, const std::string& application) override {
        std::string line = options_.hasAppColumn ? "| " + markdownText(application) + " |" : "|";
        for (const ColumnField& field : options_.fields) line += ' ' + markdownText(field.text(build)) + " |";
        return line + '\n';
    }

private:
    const WriterOptions options_;
};

}  // namespace

std::unique_ptr<BuildWriter> makeCsvWriter(WriterOptions options) {
    return std::make_unique<CsvWriter>(std::move(options));
}

std::unique_ptr<BuildWriter> makeMarkdownWriter(WriterOptions options) {
    return std::make_unique<MarkdownWriter>(std::move(options));
}

}  // namespace applivery::program
