/// @file
/// The lower bound: a bare curl_multi program, compiled for this machine, with several pages in flight on one
/// connection. Parses with simdjson on demand into the same structs, without checks and retries. Arguments: URL, CA
/// bundle, pages in flight. Prints the number of builds.
#include "benchmarks/read_build.hpp"
#include "benchmarks/walk/curl_page.hpp"

#include <simdjson.h>

#include <cstddef>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

// Where read_build.hpp finds them: in the parser's own namespace.
namespace simdjson::SIMDJSON_BUILTIN_IMPLEMENTATION::ondemand {

std::optional<value> find(value& object, const char* name) {
    value member;
    if (object.find_field_unordered(name).get(member) != SUCCESS || member.is_null()) return std::nullopt;
    return member;
}
std::string asText(value node) {
    return std::string(std::string_view(node.get_string()));
}
std::vector<std::string> asTexts(value node) {
    if (node.type().value() != json_type::array) return {asText(node)};
    std::vector<std::string> all;
    for (auto element : node.get_array()) all.push_back(asText(element.value()));
    return all;
}
std::int64_t asInteger(value node) {
    return node.get_int64();
}
double asReal(value node) {
    return node.get_double();
}
bool asBoolean(value node) {
    return node.get_bool();
}

}  // namespace simdjson::SIMDJSON_BUILTIN_IMPLEMENTATION::ondemand

namespace {

using applivery::benchmarks::CurlPage;

class Walk {
public:
    Walk(const char* url, const char* caFile, std::size_t atOnce) : multi_(curl_multi_init()) {
        for (std::size_t i = 0; i < atOnce; ++i) pages_.push_back(std::make_unique<CurlPage>(url, caFile));
    }

    bool run() {
        for (const auto& page : pages_) {
            if (hasMore()) ask(*page);
            if (next_ == 2 && !finishOne()) return false;  // the first page has the number of pages
        }
        while (inFlight_ > 0) {
            if (!finishOne()) return false;
        }
        return true;
    }

    [[nodiscard]] std::size_t count() const { return count_; }

private:
    [[nodiscard]] bool hasMore() const { return next_ <= last_; }

    void ask(CurlPage& page) {
        page.ask(next_++);
        curl_multi_add_handle(multi_.get(), page.handle());
        ++inFlight_;
    }

    bool finishOne() {
        while (true) {
            int running = 0;
            curl_multi_perform(multi_.get(), &running);
            int left = 0;
            if (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) return finish(*message);
            curl_multi_poll(multi_.get(), nullptr, 0, 1000, nullptr);
        }
    }

    bool finish(const CURLMsg& message) {
        CurlPage* page = nullptr;
        curl_easy_getinfo(message.easy_handle, CURLINFO_PRIVATE, &page);
        const bool isWell = message.data.result == CURLE_OK;
        curl_multi_remove_handle(multi_.get(), page->handle());
        --inFlight_;
        if (!isWell) return false;
        read(page->body());
        if (hasMore()) ask(*page);
        return true;
    }

    void read(std::string& body) {
        body.reserve(body.size() + simdjson::SIMDJSON_PADDING);
        auto document = parser_.iterate(body.data(), body.size(), body.capacity()).value();
        auto data = document["data"].value();
        std::vector<applivery::Build> builds;
        for (auto item : data["items"].get_array()) builds.push_back(applivery::benchmarks::build(item.value()));
        for (const auto& build : builds) count_ += build.id.empty() ? 0 : 1;
        last_ = static_cast<int>(data["totalPages"].get_int64().value());
    }

    struct FreeMulti {
        void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
    };
    std::vector<std::unique_ptr<CurlPage>> pages_;
    std::unique_ptr<CURLM, FreeMulti> multi_;
    simdjson::ondemand::parser parser_;
    int next_ = 1;
    int last_ = 1;
    std::size_t inFlight_ = 0;
    std::size_t count_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    Walk walk(argv[1], argv[2], std::stoul(argv[3]));
    if (!walk.run()) return 1;
    std::cout << walk.count() << '\n';
}
