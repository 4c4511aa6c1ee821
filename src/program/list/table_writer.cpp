/// @file
/// The writer of a table for people.
#include "build_parts.hpp"
#include "list/build_writer.hpp"
#include "text/text_format.hpp"
#include "text/text_table.hpp"
#include "text/time_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace applivery::program {
namespace {

// The columns that may be shortened, because people write their texts.
constexpr std::array<std::string_view, 8> shrinkableColumns{"APP",    "VERSION", "BRANCH",    "versionName",
                                                            "branch", "error",   "changelog", "commitMessage"};

using Texts = std::vector<std::string>;

std::string sizeText(const Build& build) {
    constexpr double mebibyte = 1024.0 * 1024.0;
    return build.size ? fmt::format("{:.1f} MiB", static_cast<double>(*build.size) / mebibyte) : "-";
}

std::string createdText(const Build& build) {
    return build.createdAt ? minuteText(*build.createdAt) : "-";
}

std::vector<TableColumn> columnsOf(const TableOptions& options) {
    Texts names{"STATUS", "VERSION", "CODE", "OS", "BRANCH", "SIZE", "CREATED", "ID"};
    if (!options.fields.empty()) names.clear();
    for (const ColumnField& field : options.fields) names.push_back(field.name);
    if (options.hasAppColumn) names.insert(names.begin(), "APP");
    std::vector<TableColumn> columns;
    for (const std::string& name : names) {
        constexpr std::size_t minWidth = 8;
        const bool mayShrink =
            std::find(shrinkableColumns.begin(), shrinkableColumns.end(), name) != shrinkableColumns.end();
        columns.push_back({name, mayShrink ? std::optional(minWidth) : std::nullopt});
    }
    return columns;
}

class TableWriter final : public BuildWriter {
public:
    explicit TableWriter(TableOptions options) : options_(std::move(options)), table_(columnsOf(options_)) {}

    std::string add(const Build& build, const std::string& application) override {
        TableRow row;
        if (options_.hasAppColumn) row.push_back({orDash(application)});
        for (const std::string& text : options_.fields.empty() ? defaultTexts(build) : textsOf(build)) {
            row.push_back({text, colorOfStatus(text)});  // no color if the text is no status
        }
        table_.add(std::move(row));
        return {};
    }

    std::string end(const ListEnd&) override { return table_.text(options_.columns, options_.hasColors); }

private:
    // Returns the cells of the default columns, in the order of columnsOf().
    static Texts defaultTexts(const Build& build) {
        return {orDash(build.status.text()),
                orDash(build.versionName),
                orDash(build.versionCode),
                orDash(platformOf(build)),
                orDash(deployerOf(build).branch),
                sizeText(build),
                createdText(build),
                orDash(build.id)};
    }

    [[nodiscard]] Texts textsOf(const Build& build) const {
        Texts texts;
        for (const ColumnField& field : options_.fields) texts.push_back(orDash(field.text(build)));
        return texts;
    }

    const TableOptions options_;
    TextTable table_;
};

}  // namespace

std::unique_ptr<BuildWriter> makeTableWriter(TableOptions options) {
    return std::make_unique<TableWriter>(std::move(options));
}

}  // namespace applivery::program
