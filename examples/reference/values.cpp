// The examples in the reference of builds, pages, results and errors.
// Compiled, but not run. tests/check_doc_code.cmake compares them with the headers.
#include <applivery/applivery.hpp>

#include <cstddef>
#include <iostream>
#include <optional>
#include <ostream>
#include <string>

void readingAFilteredPage(const applivery::BuildsClient& client) {
    //! [build filter]
    applivery::BuildFilter failedOnIos;
    failedOnIos.status = applivery::BuildStatus::error;
    failedOnIos.os = applivery::Os::ios;
    const applivery::Result<applivery::BuildPage> page = client.listBuilds(failedOnIos);
    //! [build filter]
}

void readingTheNewestBuild(const applivery::BuildsClient& client) {
    //! [page]
    applivery::Page newest;
    newest.limit = 1;
    const applivery::Result<applivery::BuildPage> page = client.listBuilds({}, newest);
    //! [page]
}

void readingTotals(const applivery::BuildsClient& client) {
    //! [build page]
    const applivery::Result<applivery::BuildPage> page = client.listBuilds();
    if (page && page->totalItems) std::cout << page->items.size() << " of " << *page->totalItems << " builds\n";
    //! [build page]
}

void readingABuild(const applivery::Build& build) {
    //! [build]
    if (build.status == applivery::BuildStatus::error) {
        std::cout << build.id << ": " << applivery::printable(build.error.value_or("no reason")) << '\n';
    }
    if (build.info.android) std::cout << applivery::printable(build.info.android->packageName.value_or("-")) << '\n';
    //! [build]
    //! [open enum]
    if (build.status == applivery::BuildStatus::processed) std::cout << "ready to install\n";
    if (build.status == applivery::BuildStatus::unknown) std::cout << "new status: " << build.status << '\n';
    //! [open enum]
    //! [printable]
    std::cout << applivery::printable(build.changelog.value_or("no changelog")) << '\n';
    //! [printable]
}

std::optional<applivery::Os> readingAnEnum() {
    //! [enum from text]
    const std::optional<applivery::Os> os = applivery::enumFromText<applivery::Os>("ios");
    //! [enum from text]
    return os;
}

void changingABuild(applivery::Build& build) {
    //! [boxed optional]
    build.deployer = applivery::Deployer{};
    build.deployer->name = "fastlane";
    build.uploadedBy = std::nullopt;
    if (build.info.ios && build.info.ios->plist) {
        std::cout << applivery::printable(build.info.ios->plist->bundleName.value_or("-")) << '\n';
    }
    //! [boxed optional]
}

void storingAResponse(std::ostream& file, const applivery::HttpResponse& response, const std::string& token) {
    //! [redacted]
    file << applivery::redacted(response.body, token) << '\n';
    //! [redacted]
}

void convertingToJson(const applivery::Build& build, const std::string& storedBody) {
    //! [json of a build]
    const std::string json = applivery::toJson(build);
    const applivery::Result<applivery::Build> copy = applivery::buildFromJson(json);
    //! [json of a build]
    //! [json of a page]
    const applivery::Result<applivery::BuildPage> page = applivery::pageFromJson(storedBody);
    //! [json of a page]
    //! [field paths]
    for (const std::string& path : applivery::buildFieldPaths()) {
        std::cout << path << ": " << applivery::printable(*applivery::buildFieldText(build, path)) << '\n';
    }
    //! [field paths]
}

int checkingAResult(const applivery::BuildsClient& client) {
    //! [result]
    const applivery::Result<applivery::BuildPage> page = client.listBuilds();
    if (!page) {
        std::cerr << page.error() << '\n';
        return 1;
    }
    for (const applivery::Build& build : page->items) std::cout << build << '\n';
    //! [result]
    return 0;
}

void transformingAResult(const applivery::BuildsClient& client) {
    //! [result transform]
    const applivery::Result<std::size_t> count =
        client.listBuilds().transform([](const applivery::BuildPage& page) { return page.items.size(); });
    //! [result transform]
    //! [result and_then]
    const auto newest = [](const applivery::BuildPage& page) -> applivery::Result<applivery::Build> {
        if (!page.items.empty()) return page.items.front();
        return applivery::Error(applivery::ErrorKind::notFound, "listing builds failed: the app has no builds.");
    };
    const applivery::Result<applivery::Build> build = client.listBuilds().and_then(newest);
    //! [result and_then]
}

void readingAnError(const applivery::BuildsClient& client) {
    //! [error]
    const applivery::Result<applivery::BuildPage> page = client.listBuilds();
    if (!page) {
        const applivery::Error& error = page.error();
        std::cerr << error << '\n';  // such as "rateLimited: …"
        if (error.isRetryable()) std::cerr << "gave up after " << error.attempts() << " attempts\n";
    }
    //! [error]
    //! [exception]
    try {
        for (const applivery::Build& build : client.listBuilds().value().items) std::cout << build << '\n';
    } catch (const applivery::AuthenticationError&) {
        std::cerr << "check the token\n";
    } catch (const applivery::Exception& exception) {
        std::cerr << exception.error() << '\n';
    }
    //! [exception]
}
