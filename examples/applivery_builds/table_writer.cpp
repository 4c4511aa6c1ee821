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
constexpr std::array<std::string_view, 3> freeText{"APP", "VERSION", "BRANCH"};  // the columns that may be shortened
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

class TableWriter final : public BuildWriter {
public:
    TableWriter(std::optional<std::size_t> columns, bool hasApplications)
        : columns_(columns), hasApplications_(hasApplications) {
        addRow("APP", {"STATUS", "VERSION", "CODE", "OS", "BRANCH", "SIZE", "CREATED", "ID"});
    }

    std::string add(const Build& build, const std::string& application) override {
        const OptionalText branch =
            build.deployer && build.deployer->info ? build.deployer->info->branch : std::nullopt;
        addRow(orDash(application),
               {orDash(build.status.text()), orDash(build.versionName), orDash(build.versionCode),
                orDash(build.os.text()), orDash(branch), sizeText(build), minuteText(build), orDash(build.id)});
        return {};
    }

    std::string end(const ListEnd&) override {
        const std::vector<std::size_t> widths = this->widths();
        std::string out;
        for (const Row& row : rows_) {
            for (std::size_t i = 0; i < row.size(); ++i) {
                const std::string cell = shortened(row[i], widths[i]);
                out += cell;
                out += i + 1 < row.size() ? std::string(widths[i] + gap - displayWidth(cell), ' ') : "\n";
            }
        }
        return out;
    }

private:
    void addRow(std::string application, Row row) {
        if (hasApplications_) row.insert(row.begin(), std::move(application));
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
            if (!columns_ || total <= *columns_ || !mayShrink || widths[i] <= narrowest) continue;
            const std::size_t cut = std::min(total - *columns_, widths[i] - narrowest);
            widths[i] -= cut;
            total -= cut;
        }
        return widths;
    }

    const std::optional<std::size_t> columns_;
    const bool hasApplications_;
    std::vector<Row> rows_;
};

}  // namespace

std::unique_ptr<BuildWriter> makeTableWriter(std::optional<std::size_t> columns, bool hasApplications) {
    return std::make_unique<TableWriter>(columns, hasApplications);
}

}  // namespace applivery::program
