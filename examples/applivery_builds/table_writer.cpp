#include "build_writer.hpp"
#include "text_format.hpp"
#include "time_text.hpp"

#include <applivery/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace applivery::program {
namespace {

constexpr std::size_t gap = 2;
constexpr std::array<std::string_view, 8> freeText{
    "APP",    "VERSION", "BRANCH",    "versionName",
    "branch", "error",   "changelog", "commitMessage"};  // the columns that may be shortened
using Row = std::vector<std::string>;

std::string orDash(const OptionalText& text) {
    const std::string line = printable(text.value_or(""));
    return line.empty() ? "-" : line;
}

std::string sizeText(const Build& build) {
    return build.size ? fmt::format("{:.1f} MiB", static_cast<double>(*build.size) / (1024 * 1024)) : "-";
}

std::string minuteText(const Build& build) {
    return build.createdAt ? timeText(*build.createdAt).substr(0, 16) + 'Z' : "-";
}

// Beside the word, never instead of it.
std::string colored(const std::string& cell) {
    const char* const color = cell == "processed"     ? "32"
                              : cell == "error"       ? "31"
                              : cell == "in_progress" ? "33"
                                                      : nullptr;
    return color != nullptr ? fmt::format("\x1b[{}m{}\x1b[0m", color, cell) : cell;
}

class TableWriter final : public BuildWriter {
public:
    explicit TableWriter(TableOptions options) : options_(std::move(options)) {
        if (options_.fields.empty()) {
            addRow("APP", {"STATUS", "VERSION", "CODE", "OS", "BRANCH", "SIZE", "CREATED", "ID"});
        } else {
            Row names;
            for (const BuildField& field : options_.fields) names.push_back(field.name);
            addRow("APP", std::move(names));
        }
    }

    std::string add(const Build& build, const std::string& application) override {
        addRow(orDash(application), options_.fields.empty() ? usualRow(build) : rowOf(build));
        return {};
    }

    std::string end(const ListEnd&) override {
        const std::vector<std::size_t> widths = this->widths();
        std::string out;
        for (const Row& row : rows_) {
            for (std::size_t i = 0; i < row.size(); ++i) {
                const std::string cell = shortened(row[i], widths[i]);
                out += options_.hasColors ? colored(cell) : cell;
                out += i + 1 < row.size() ? std::string(widths[i] + gap - displayWidth(cell), ' ') : "\n";
            }
        }
        return out;
    }

private:
    static Row usualRow(const Build& build) {
        return {orDash(build.status.text()),
                orDash(build.versionName),
                orDash(build.versionCode),
                orDash(build.os.text()),
                orDash(deployerOf(build).branch),
                sizeText(build),
                minuteText(build),
                orDash(build.id)};
    }

    [[nodiscard]] Row rowOf(const Build& build) const {
        Row row;
        for (const BuildField& field : options_.fields) row.push_back(orDash(field.text(build)));
        return row;
    }

    void addRow(std::string application, Row row) {
        if (options_.hasApplications) row.insert(row.begin(), std::move(application));
        rows_.push_back(std::move(row));
    }

    [[nodiscard]] std::vector<std::size_t> widths() const {
        std::vector<std::size_t> widths(rows_.front().size());
        std::size_t total = gap * (widths.size() - 1);
        for (std::size_t i = 0; i < widths.size(); ++i) {
            for (const Row& row : rows_) widths[i] = std::max(widths[i], displayWidth(row[i]));
            total += widths[i];
        }
        constexpr std::size_t narrowest = 8;
        for (std::size_t i = 0; i < widths.size(); ++i) {
            const bool mayShrink = std::find(freeText.begin(), freeText.end(), rows_.front()[i]) != freeText.end();
            if (!options_.columns || total <= *options_.columns || !mayShrink || widths[i] <= narrowest) continue;
            const std::size_t cut = std::min(total - *options_.columns, widths[i] - narrowest);
            widths[i] -= cut;
            total -= cut;
        }
        return widths;
    }

    const TableOptions options_;
    std::vector<Row> rows_;
};

}  // namespace

std::unique_ptr<BuildWriter> makeTableWriter(TableOptions options) {
    return std::make_unique<TableWriter>(std::move(options));
}

}  // namespace applivery::program
