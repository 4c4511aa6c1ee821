/// @file
/// Builds in each form that the program prints, as they come.
#pragma once

#include "list/column_fields.hpp"

#include <applivery/build_page.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace applivery::program {

enum class Format { table, json, ndjson, csv, markdown };

struct WriterOptions {
    BuildFields fields;
    bool hasApplications = false;  ///< In front, as the user named them.
};

/// What is known when the last build has been written.
struct ListEnd {
    const BuildPage* page = nullptr;  ///< Of which page they are; null for all.
    bool isComplete = true;           ///< Nothing failed on the way.
};

/// Each function returns what is to be printed now.
class BuildWriter {
public:
    BuildWriter() = default;
    BuildWriter(const BuildWriter&) = delete;
    BuildWriter& operator=(const BuildWriter&) = delete;
    virtual ~BuildWriter() = default;

    [[nodiscard]] virtual std::string begin() { return {}; }

    /// @param application as the user named it, where there are several.
    [[nodiscard]] virtual std::string add(const Build& build, const std::string& application) = 0;

    [[nodiscard]] virtual std::string end(const ListEnd&) { return {}; }
};

struct TableOptions {
    BuildFields fields;  ///< Empty: what people usually want to see.
    bool hasApplications = false;
    std::optional<std::size_t> columns;  ///< Of the terminal.
    bool hasColors = false;
};

/// For people: the whole table at the end. Only free text is shortened to fit the columns, where there is a limit. The
/// id is last and whole.
[[nodiscard]] std::unique_ptr<BuildWriter> makeTableWriter(TableOptions options);

/// RFC 4180, with a header, safe to open in a spreadsheet.
[[nodiscard]] std::unique_ptr<BuildWriter> makeCsvWriter(WriterOptions options);

/// A table as GitHub shows it.
[[nodiscard]] std::unique_ptr<BuildWriter> makeMarkdownWriter(WriterOptions options);

/// One document, with the service's own names; what is absent is left out.
[[nodiscard]] std::unique_ptr<BuildWriter> makeJsonWriter();

/// One build, with the service's own names.
[[nodiscard]] std::string asJson(const Build& build);

/// One build a line, as in the document.
[[nodiscard]] std::unique_ptr<BuildWriter> makeNdjsonWriter();

}  // namespace applivery::program
