/// @file
/// Writers of JSON: one document, or one build per line.
#include "list/build_writer.hpp"
#include "text/text_format.hpp"

#include <applivery/build_json.hpp>

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace applivery::program {
namespace {

template <typename T>
std::string member(const char* name, const std::optional<T>& value) {
    return value ? fmt::format(",\"{}\":{}", name, *value) : "";
}

// Returns the build as JSON. If the user named the app, it is the first member.
std::string withApp(const Build& build, const std::string& application) {
    std::string json = asJson(build);
    if (application.empty()) return json;
    const std::string membersAndBrace = json.substr(1);
    return "{\"app\":" + jsonQuoted(application) + ',' + membersAndBrace;
}

class JsonListWriter final : public BuildWriter {
public:
    std::string begin() override { return R"({"schema":"applivery.builds/1","items":[)"; }

    std::string add(const Build& build, const std::string& application) override {
        return (std::exchange(isFirst_, false) ? "\n" : ",\n") + withApp(build, application);
    }

    std::string end(const ListEnd& list) override {
        std::string members = fmt::format("\"complete\":{}", list.isComplete);
        if (list.page != nullptr) {
            members += fmt::format(",\"page\":{}", list.page->number) + member("limit", list.page->limit) +
                       member("totalPages", list.page->totalPages) + member("totalItems", list.page->totalItems) +
                       member("hasNextPage", list.page->hasNextPage);
        }
        return "]," + members + "}\n";
    }

private:
    bool isFirst_ = true;
};

class NdjsonListWriter final : public BuildWriter {
public:
    std::string add(const Build& build, const std::string& application) override {
        return withApp(build, application) + '\n';
    }
};

}  // namespace

std::string asJson(const Build& build) {
    return jsonForLogs(toJson(build));
}

std::unique_ptr<BuildWriter> makeJsonWriter() {
    return std::make_unique<JsonListWriter>();
}

std::unique_ptr<BuildWriter> makeNdjsonWriter() {
    return std::make_unique<NdjsonListWriter>();
}

}  // namespace applivery::program
