#include "build_walk.hpp"

#include "build_parts.hpp"
#include "option_names.hpp"
#include "text/text_format.hpp"
#include "text/trimmed.hpp"

#include <applivery/error.hpp>

#include <fmt/format.h>

namespace applivery::program {
namespace {

class Walk {
public:
    Walk(const BuildSelection& selection, const CancellationToken& cancel, const WalkVisitor& visitor)
        : selection_(selection), visitor_(visitor) {
        constexpr int defaultLimit = 100;  // the service's default may be lower, and cost more requests
        options_.limit = selection.limit.value_or(defaultLimit);
        options_.prefetch = selection.prefetch.value_or(options_.prefetch);
        options_.cancel = cancel;
        options_.createdSince = selection.since;
    }

    WalkSummary operator()(const BuildsClient& client) const {
        const PageRange pages = client.pages(selection_.filter, options_);
        for (const Result<BuildPage>& page : pages) {
            if (!page) {
                visitor_.failure(withOptionNames(page.error(), selection_.connection), selection_.application());
                break;
            }
            for (const Build& build : page->items) visit(build, selection_.application());
            if (!visitor_.step(pages.summary())) break;
        }
        return pages.summary();
    }

    WalkSummary operator()(const Workspace& workspace) const {
        const AppBuildRange builds = workspace.builds(selection_.connection.applications, selection_.filter, options_);
        for (const AppBuild& app : builds) {
            if (app.build) {
                visit(*app.build, app.applicationId);
            } else {
                const Error error = withOptionNames(app.build.error(), selection_.connection);
                visitor_.failure(Error(error).setMessage(app.applicationId + ": " + error.message()),
                                 app.applicationId);
            }
            if (!visitor_.step(builds.summary())) break;
        }
        return builds.summary();
    }

private:
    void visit(const Build& build, const std::string& app) const {
        if (selection_.includes(build)) visitor_.build(build, app);
    }

    const BuildSelection& selection_;
    const WalkVisitor& visitor_;
    WalkOptions options_;
};

}  // namespace

std::string noMatchNote(const WalkSummary& summary) {
    return fmt::format("no build matches among {} on {}", counted(summary.builds, "build"),
                       counted(summary.pages, "page"));
}

bool BuildSelection::includes(const Build& build) const {
    // As a BuildSelector of the library compares them: some uploaders end these texts in a newline.
    const auto matchesIfSet = [](const std::optional<std::string>& wanted, const OptionalText& text) {
        return !wanted || (text && trimmed(*wanted) == trimmed(*text));
    };
    const DeployerInfo& info = deployerOf(build);
    return matchesIfSet(branch, info.branch) && matchesIfSet(commit, info.commit) && matchesIfSet(tag, info.tag);
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
