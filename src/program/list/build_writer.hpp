/// @file
/// Writers of builds, one for each output format.
#pragma once

#include "list/column_fields.hpp"

#include <applivery/build_page.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace applivery::program {

/// Options of CSV and Markdown.
struct WriterOptions {
    ColumnFields fields;
    bool hasAppColumn = false;  ///< Whether the first column is the app, as the user named it.
};

/// Describes a list after its last build.
struct ListEnd {
    const BuildPage* page = nullptr;  ///< The only page that was listed; null if all pages were listed.
    bool isComplete = true;           ///< Whether no request failed.
};

/// Formats builds one by one. Each function returns the text to print now.
class BuildWriter {
public:
    BuildWriter() = default;
    BuildWriter(const BuildWriter&) = delete;
    BuildWriter& operator=(const BuildWriter&) = delete;
    virtual ~BuildWriter() = default;

    /// Returns the text before the first build.
    [[nodiscard]] virtual std::string begin() { return {}; }

    /// Adds a build. @param application the app as the user named it; empty if the user named none.
    [[nodiscard]] virtual std::string add(const Build& build, const std::string& application) = 0;

    /// Returns the text after the last build.
    [[nodiscard]] virtual std::string end(const ListEnd&) { return {}; }
};

struct TableOptions {
    ColumnFields fields;                 ///< Empty: the default columns of a table.
    bool hasAppColumn = false;           ///< Whether the first column is the app, as the user named it.
    std::optional<std::size_t> columns;  ///< Width of the terminal; absent: no limit.
    bool hasColors = false;
};

/// Returns a writer for people, which prints the whole table at the end. To fit the terminal, it shortens only free
/// text. The id is the last column, and is never shortened.
[[nodiscard]] std::unique_ptr<BuildWriter> makeTableWriter(TableOptions options);

/// Returns a writer of CSV (RFC 4180) with a header, safe to open in a spreadsheet.
[[nodiscard]] std::unique_ptr<BuildWriter> makeCsvWriter(WriterOptions options);

/// Returns a writer of a table in GitHub's Markdown.
[[nodiscard]] std::unique_ptr<BuildWriter> makeMarkdownWriter(WriterOptions options);

/// Returns a writer of one JSON document with the service's names. Absent fields are omitted.
[[nodiscard]] std::unique_ptr<BuildWriter> makeJsonWriter();

/// Returns a writer of one build per line, each as in the JSON document.
[[nodiscard]] std::unique_ptr<BuildWriter> makeNdjsonWriter();

/// Returns a build as JSON with the service's names.
[[nodiscard]] std::string asJson(const Build& build);

}  // namespace applivery::program
