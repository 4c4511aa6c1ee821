#include "build_walk.hpp"

#include "list/column_fields.hpp"

#include <applivery/error.hpp>

namespace applivery::program {
namespace {

class Walk {
public:
    Walk(const BuildSelection& selection, const CancellationToken& cancel, const WalkVisitor& visitor)
        : selection_(selection), visitor_(visitor) {
        constexpr int usualPage = 100;  // fewer requests than by the service's own default
        options_.limit = selection.limit.value_or(usualPage);
        options_.prefetch = selection.prefetch.value_or(options_.prefetch);
        options_.cancel = cancel;
        options_.createdSince = selection.since;
    }

    WalkSummary operator()(const BuildsClient& client) const {
        const PageRange pages = client.pages(selection_.filter, options_);
        for (const Result<BuildPage>& page : pages) {
            if (!page) {
                visitor_.failure(page.error(), selection_.application());
                break;
            }
            for (const Build& build : page->items) deliver(build, selection_.application());
            if (!visitor_.step(pages.summary())) break;
        }
        return pages.summary();
    }

    WalkSummary operator()(const Workspace& workspace) const {
        const AppBuildRange builds = workspace.builds(selection_.connection.applications, selection_.filter, options_);
        for (const AppBuild& app : builds) {
            if (app.build) {
                deliver(*app.build, app.applicationId);
            } else {
                const Error& error = app.build.error();
                visitor_.failure(Error(error).setMessage(app.applicationId + ": " + error.message()),
                                 app.applicationId);
            }
            if (!visitor_.step(builds.summary())) break;
        }
        return builds.summary();
    }

private:
    void deliver(const Build& build, const std::string& app) const {
        if (selection_.includes(build)) visitor_.build(build, app);
    }

    const BuildSelection& selection_;
    const WalkVisitor& visitor_;
    WalkOptions options_;
};

}  // namespace

bool BuildSelection::includes(const Build& build) const {
    const auto agrees = [](const std::optional<std::string>& wanted, const OptionalText& text) {
        return !wanted || wanted == text;
    };
    const DeployerInfo& info = deployerOf(build);
    return agrees(branch, info.branch) && agrees(commit, info.commit) && agrees(tag, info.tag);
}

SelectionTerms BuildSelection::terms() const {
    SelectionTerms terms;
    const auto add = [&terms](const char* field, const std::optional<std::string>& value) {
        if (value) terms.emplace_back(field, *value);
    };
    const auto text = [](const auto& value) {
        return value ? std::optional(std::string(toText(*value))) : std::nullopt;
    };
    add("versionName", filter.versionName);
    add("status", text(filter.status));
    add("os", text(filter.os));
    terms.insert(terms.end(), filter.extraParameters.begin(), filter.extraParameters.end());
    add("branch", branch);
    add("commit", commit);
    add("tag", tag);
    return terms;
}

std::string BuildSelection::application() const {
    return connection.applications.size() == 1 ? connection.applications.front() : std::string();
}

WalkSummary walkBuilds(const Connection& connection, const BuildSelection& selection, const CancellationToken& cancel,
                       const WalkVisitor& visitor) {
    return std::visit(Walk(selection, cancel, visitor), connection);
}

}  // namespace applivery::program
