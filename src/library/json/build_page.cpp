#include <applivery/build_page.hpp>

#include <tuple>

namespace applivery {

bool operator==(const BuildPage& a, const BuildPage& b) {
    const auto members = [](const BuildPage& page) {
        return std::tie(page.items, page.number, page.limit, page.totalPages, page.totalItems, page.hasNextPage,
                        page.rawJson, page.serverTime);
    };
    return members(a) == members(b);
}

}  // namespace applivery
