// The examples in the reference of asynchronous calls and iterations.
// Compiled, but not run. tests/check_doc_code.cmake compares them with the headers.
#include <applivery/applivery.hpp>

#include <chrono>
#include <future>
#include <iostream>

void callingWithoutBlocking(const applivery::BuildsClient& client, const applivery::BuildsClient& otherClient) {
    //! [futures]
    std::future<applivery::Result<applivery::BuildPage>> first = client.listBuildsAsync();
    std::future<applivery::Result<applivery::BuildPage>> second = otherClient.listBuildsAsync();
    if (first.get() && second.get()) std::cout << "both listed\n";
    //! [futures]
    //! [callback]
    client.listBuildsAsync({}, {}, {}, [](const applivery::Result<applivery::BuildPage>& page) {
        if (!page) {
            std::cerr << page.error() << '\n';
        } else {
            std::cout << page->items.size() << " builds\n";
        }
    });
    //! [callback]
    //! [for each page]
    client.forEachPage(
        {}, {},
        [](const applivery::BuildPage& page) {
            std::cout << page.items.size() << " builds\n";
            return true;
        },
        [](const applivery::Result<applivery::WalkSummary>& summary) {
            if (!summary) std::cerr << summary.error() << '\n';
        });
    //! [for each page]
}

int iteratingOverBuilds(const applivery::BuildsClient& client) {
    //! [builds]
    for (const applivery::Result<applivery::Build>& build : client.builds()) {
        if (!build) {
            std::cerr << build.error() << '\n';
            return 1;
        }
        std::cout << *build << '\n';
    }
    //! [builds]
    return 0;
}

void iteratingOverRecentBuilds(const applivery::BuildsClient& client) {
    //! [walk options]
    applivery::WalkOptions options;
    options.createdSince = std::chrono::system_clock::now() - std::chrono::hours{24};
    for (const applivery::Result<applivery::Build>& build : client.builds({}, options)) {
        if (!build) {
            std::cerr << build.error() << '\n';
            return;
        }
        std::cout << *build << '\n';
    }
    //! [walk options]
}

void iteratingOverPages(const applivery::BuildsClient& client) {
    //! [page range]
    const applivery::PageRange pages = client.pages();
    for (const applivery::Result<applivery::BuildPage>& page : pages) {
        if (!page) {
            std::cerr << page.error() << '\n';
            return;
        }
        std::cout << page->items.size() << " builds\n";
    }
    if (pages.summary().totalsChanged) std::cout << "builds were added or deleted meanwhile\n";
    //! [page range]
}
