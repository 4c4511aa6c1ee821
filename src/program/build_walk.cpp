#include "build_walk.hpp"

#include "option_names.hpp"
#include "text/text_format.hpp"

#include <applivery/error.hpp>

#include <fmt/format.h>

#include <vector>

namespace applivery::program {
namespace {

/// Visits both kinds of a Connection: iterates with the client of one app, or with the workspace of several apps.
class Walk {
public:
    Walk(const BuildSelection& selection, const CancellationToken& cancel, const WalkVisitor& visitor)
        : selection_(selection), filter_(selection.sentFilter()), matcher_(selection), visitor_(visitor) {
        constexpr int defaultLimit = 100;  // per page; the service's default may be smaller and cost more requests
        options_.limit = selection.limit.value_or(defaultLimit);
        options_.prefetch = selection.prefetch.value_or(options_.prefetch);
        options_.cancel = cancel;
        options_.createdSince = selection.since;
        options_.createdSinceIsLocal = selection.sinceIsLocal;
    }

    WalkResult operator()(const BuildsClient& client) {
        const PageRange pages = client.pages(filter_, options_);
        for (const Result<BuildPage>& page : pages) {
            if (!page) {
                visitor_.failure(withOptionNames(page.error(), selection_.connection), selection_.application());
                break;
            }
            if (!deliver(page->items) || !visitor_.step(pages.summary())) break;
        }
        return {pages.summary(), matcher_.leftOut()};
    }

    WalkResult operator()(const Workspace& workspace) {
        const AppBuildRange builds = workspace.builds(selection_.connection.applications, filter_, options_);
        for (const AppBuild& item : builds) {
            if (item.build) {
                if (!deliver(*item.build, item.applicationId)) break;
            } else {
                const Error error = withOptionNames(item.build.error(), selection_.connection);
                visitor_.failure(Error(error).setMessage(item.applicationId + ": " + error.message()),
                                 item.applicationId);
            }
            if (!visitor_.step(builds.summary())) break;
        }
        return {builds.summary(), matcher_.leftOut()};
    }

private:
    // Passes the builds that match to the visitor. Returns false if the visitor stops the iteration.
    [[nodiscard]] bool deliver(const std::vector<Build>& builds) {
        const std::string app = selection_.application();
        for (const Build& build : builds) {
            if (!deliver(build, app)) return false;
        }
        return true;
    }

    [[nodiscard]] bool deliver(const Build& build, const std::string& app) {
        return !matcher_.includes(build) || visitor_.build(build, app);
    }

    const BuildSelection& selection_;
    const BuildFilter filter_;
    BuildMatcher matcher_;
    const WalkVisitor& visitor_;
    WalkOptions options_;
};

}  // namespace

std::string noMatchNote(const WalkSummary& summary) {
    return fmt::format("no build matches among {} on {}", counted(summary.builds, "build"),
                       counted(summary.pages, "page"));
}

WalkResult walkBuilds(const Connection& connection, const BuildSelection& selection, const CancellationToken& cancel,
                      const WalkVisitor& visitor) {
    return std::visit(Walk(selection, cancel, visitor), connection);
}

}  // namespace applivery::program
