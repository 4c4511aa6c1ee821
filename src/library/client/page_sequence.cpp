#include "client/page_sequence.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>

namespace applivery::detail {
namespace {

// Returns `number + pages`; absent if an int cannot hold the sum. `pages` comes from a total that the service sent, so
// any value is possible.
std::optional<int> pageAfter(int number, std::int64_t pages) {
    if (pages > std::numeric_limits<int>::max() - number) return std::nullopt;
    return number + static_cast<int>(pages);
}

// Returns a hash that distinguishes builds without an id. Ignores status and URLs, which can change.
std::size_t hashContent(const Build& build) {
    std::string content;
    const auto add = [&content](const std::string& part) { content += part + '\0'; };
    add(build.createdAt ? std::to_string(build.createdAt->time_since_epoch().count()) : std::string());
    add(build.size ? std::to_string(*build.size) : std::string());
    add(std::string(build.os.text()));
    for (const OptionalText* text : {&build.versionName, &build.versionCode, &build.changelog}) add(text->value_or(""));
    if (build.deployer && build.deployer->info) {
        add(build.deployer->info->commit.value_or(""));
        add(build.deployer->info->buildNumber.value_or(""));
    }
    return std::hash<std::string>()(content);
}

}  // namespace

std::optional<Error> PageSequence::take(BuildPage& page) {
    ++summary_.pages;
    received_ += static_cast<std::int64_t>(page.items.size());
    updateTotals(page);
    lastPage_ = lastPageAfter(page);
    const bool isEmpty = page.items.empty();
    if (isEmpty && page.hasNextPage != true) {
        isOver_ = true;
        return std::nullopt;
    }
    const auto isOld = [this](const Build& build) { return this->isOld(build); };
    const bool isTooOld = !isEmpty && std::all_of(page.items.begin(), page.items.end(), isOld);
    if (removeRepeats(page)) {
        pagesWithoutNewBuild_ = 0;
    } else if (auto error = countPageWithoutNewBuild()) {
        return error;
    }
    isOver_ = isTooOld;
    page.items.erase(std::remove_if(page.items.begin(), page.items.end(), isOld), page.items.end());
    summary_.builds += static_cast<std::int64_t>(page.items.size());
    return std::nullopt;
}

void PageSequence::updateTotals(const BuildPage& page) {
    const bool haveChanged = (totalItems_ && page.totalItems && *totalItems_ != *page.totalItems) ||
                             (totalPages_ && page.totalPages && *totalPages_ != *page.totalPages);
    summary_.totalsChanged = summary_.totalsChanged || haveChanged;
    if (page.totalItems) totalItems_ = page.totalItems;
    if (page.totalPages) totalPages_ = page.totalPages;
}

// Returns the number of the last page, after the page that was taken last; absent if unknown.
std::optional<int> PageSequence::lastPageAfter(const BuildPage& page) const {
    const int number = summary_.pages;
    if (page.hasNextPage == false) return number;
    if (page.totalPages && *page.totalPages > number) return page.totalPages;
    if (page.hasNextPage == true || hasMoreThanTotals(page)) return std::nullopt;  // despite the totals
    if (!page.totalPages && !page.totalItems) return std::nullopt;
    if (!page.totalItems || received_ >= *page.totalItems) return number;
    if (page.totalPages) return std::nullopt;  // the totals contradict each other
    const std::int64_t left = *page.totalItems - received_;
    const auto size = std::max<std::int64_t>(static_cast<std::int64_t>(page.items.size()), 1);
    return pageAfter(number, left / size + (left % size != 0 ? 1 : 0));
}

bool PageSequence::hasMoreThanTotals(const BuildPage& page) const {
    return !page.items.empty() && ((page.totalItems && received_ > *page.totalItems) ||
                                   (page.totalPages && summary_.pages > *page.totalPages));
}

// Returns whether the page contains a new build.
bool PageSequence::removeRepeats(BuildPage& page) {
    bool hasNewBuild = false;
    const auto isRepeat = [&](const Build& build) {
        const bool isNew =
            build.id.empty() ? contents_.insert(hashContent(build)).second : ids_.insert(build.id).second;
        hasNewBuild = hasNewBuild || isNew;
        return !isNew && !build.id.empty();
    };
    const auto end = std::remove_if(page.items.begin(), page.items.end(), isRepeat);
    summary_.repeats += page.items.end() - end;
    page.items.erase(end, page.items.end());
    return hasNewBuild;
}

bool PageSequence::isOld(const Build& build) const {
    return createdSince_ && build.createdAt && *build.createdAt < *createdSince_;
}

// A service that ignores the page number, or that always sets `hasNextPage`, would otherwise make the iteration
// endless. A few pages of repeats are no error, because uploads during the iteration move builds to later pages.
std::optional<Error> PageSequence::countPageWithoutNewBuild() {
    constexpr int maxPagesWithoutNewBuild = 10;
    if (++pagesWithoutNewBuild_ <= maxPagesWithoutNewBuild) return std::nullopt;
    return Error(ErrorKind::invalidResponse,
                 std::to_string(pagesWithoutNewBuild_) +
                     " consecutive pages brought no new build. Check whether the service ignores `page`.");
}

}  // namespace applivery::detail
