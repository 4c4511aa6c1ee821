/// @file
/// Answers of the probe that depend on the builds, or on responses that no rule of the mock server describes.
#include "program/probe_test.hpp"
#include "support/gtest_names.hpp"

#include <applivery/cancellation.hpp>

#include <string>
#include <vector>

namespace applivery {
namespace {

using mock::RecordedRequest;
using mock::ScriptedResponse;
using test::Probed;
using test::ProbedService;

using Response = std::optional<ScriptedResponse>;

std::vector<mock::MockBuild> buildsOf(const std::vector<std::string>& items) {
    std::vector<mock::MockBuild> builds;
    for (const std::string& item : items) builds.push_back(mock::buildFromJson(item));
    return builds;
}

std::string buildAt(const std::string& id, const std::string& minute) {
    return R"({"id":")" + id + R"(","createdAt":"2024-11-11T11:)" + minute + R"(:00Z"})";
}

// ---- server errors and failures ----

TEST(Probe, KeepsItsAnswersAfterAServerError) {
    ProbedService service;
    service.respondTo("limit", "10000", mock::apiError(500, 1000, "Internal error"));
    test::expectFindings(service.probe(), {{"limit-10000", "500:1000"}, {"large-limit", "another"}});
}

TEST(Probe, AsksOtherQuestionsAfterADocumentedValueFails) {
    ProbedService service;
    service.respondTo("page", "0", mock::apiError(500, 1000, "Internal error"));
    service.server.enqueueIf(
        [](const RecordedRequest& request) { return request.parameter("versionName").has_value(); },
        mock::gatewayError(503), 4);
    const Probed probed = service.probe();
    EXPECT_EQ(probed.assumption("version-name").found, "");
    EXPECT_EQ(probed.assumption("version-name").evidence, "not seen: the service answered 503");
    EXPECT_EQ(probed.assumption("version-pattern").found, "");
    EXPECT_EQ(probed.assumption("repeated-status").found, "first");
    EXPECT_EQ(probed.assumption("invalid-limit").found, "400:1001");
}

TEST(Probe, EndsWhenTheServiceIsDown) {
    ProbedService service;
    service.server.setHook([](const RecordedRequest& request) -> Response {
        if (!request.parameter("limit")) return std::nullopt;
        return mock::bare(503);
    });
    service.server.enqueueIf(
        [](const RecordedRequest& request) { return request.parameter("versionName").has_value(); }, mock::bare(503),
        1000);
    const Probed probed = service.probe();
    EXPECT_EQ(probed.assumption("totals").found, "yes");
    EXPECT_EQ(probed.assumption("limit-500").found, "503");
    EXPECT_EQ(probed.assumption("repeated-status").evidence, "the probe ended: the service answered 503");
    EXPECT_EQ(probed.assumption("invalid-page").evidence, "the probe ended: the service answered 503");
}

TEST(Probe, EndsWhenTheTokenIsRefused) {
    ProbedService service;
    service.respondTo("os", "macos", mock::apiError(401, 4004, "Invalid Token"));
    const Probed probed = service.probe();
    EXPECT_EQ(probed.assumption("version-name").found, "whole");
    EXPECT_EQ(probed.assumption("os-macos").evidence, "the probe ended: the service answered 401:4004");
    EXPECT_EQ(probed.assumption("invalid-page").found, "");
}

TEST(Probe, EndsAtItsLimitOfRequests) {
    ProbedService service;
    service.server.enqueueIf([](const RecordedRequest& request) { return request.query.empty(); }, mock::bare(503), 3);
    service.server.setHook([&](const RecordedRequest& request) -> Response {
        const bool isFirst = service.server.requestCount() % 2 == 1;
        return request.query.empty() || !isFirst ? Response() : mock::tooManyRequests("0");
    });
    const Probed probed = service.probe();
    EXPECT_EQ(probed.requests, 40);
    EXPECT_EQ(probed.assumption("totals").found, "yes");
    EXPECT_EQ(probed.assumption("invalid-limit").evidence, "the probe ended: the limit of 40 requests is reached");
}

TEST(Probe, EndsWhenItIsCancelled) {
    ProbedService service;
    CancellationSource source;
    service.server.setHook([&](const RecordedRequest& request) -> Response {
        if (request.parameter("limit")) source.cancel();
        return std::nullopt;
    });
    const Probed probed = service.probe(source.token());
    EXPECT_EQ(probed.assumption("totals").found, "yes");
    EXPECT_EQ(probed.assumption("limit-500").evidence, "the probe ended: there was no response (cancelled)");
}

TEST(Probe, FindsNothingForAnAppWithoutBuilds) {
    const ProbedService service("assumed", {});
    const Probed probed = service.probe();
    for (const char* const key :
         {"past-end", "order", "ties", "sort", "limit-500", "max-limit", "large-limit", "version-name", "version-case",
          "version-pattern", "os-macos", "os-windows", "repeated-status", "devices", "time-unit", "pending-lacks"}) {
        const program::Assumption assumption = probed.assumption(key);
        EXPECT_EQ(assumption.found, "") << key;
        EXPECT_EQ(assumption.evidence.find("not seen: "), 0U) << key << ": " << assumption.evidence;
    }
    EXPECT_EQ(probed.assumption("invalid-page").found, "400:1001");
}

// ---- pages ----

TEST(Probe, FindsThatAPageAfterTheLastIsRefused) {
    ProbedService service;
    service.respondTo("page", "4", mock::apiError(404, 3001, "Entity not found"));
    EXPECT_EQ(service.probe().assumption("past-end").found, "404:3001");
}

TEST(Probe, FindsThatAPageAfterTheLastHasBuilds) {
    ProbedService service;
    service.server.setHook([&](RecordedRequest request) -> Response {
        if (request.parameter("page") != "4") return std::nullopt;
        request.query.clear();
        return service.server.serviceResponse(request);
    });
    EXPECT_EQ(service.probe().assumption("past-end").found, "builds");
}

TEST(Probe, FindsThatSortIsIgnored) {
    ProbedService service;
    service.server.setHook([&](RecordedRequest request) -> Response {
        if (!request.parameter("sort")) return std::nullopt;
        request.query.clear();
        return service.server.serviceResponse(request);
    });
    EXPECT_EQ(service.probe().assumption("sort").found, "ignored");
}

TEST(Probe, FindsThatASlashAtTheEndIsRefused) {
    ProbedService service;
    service.server.enqueueIf([](const RecordedRequest& request) { return request.path.back() == '/'; },
                             mock::apiError(404, 1002, "Route not found"));
    EXPECT_EQ(service.probe().assumption("trailing-slash").found, "404:1002");
}

TEST(Probe, FindsTheOrder) {
    const ProbedService rising("assumed", buildsOf({buildAt("a", "01"), buildAt("b", "02"), buildAt("c", "03")}));
    EXPECT_EQ(rising.probe().assumption("order").found, "oldest-first");
    const ProbedService mixed("assumed", buildsOf({buildAt("a", "02"), buildAt("b", "01"), buildAt("c", "03")}));
    EXPECT_EQ(mixed.probe().assumption("order").found, "another");
}

TEST(Probe, FindsThatTiesKeepTheirOrder) {
    const ProbedService service("assumed", buildsOf({buildAt("b", "02"), buildAt("a", "02"), buildAt("c", "01")}));
    const program::Assumption ties = service.probe().assumption("ties");
    EXPECT_EQ(ties.found, "kept");
    EXPECT_EQ(ties.evidence, "0 of 1 ties have another order with limit=500; the ids are falling");
}

TEST(Probe, FindsThatTiesChangeTheirOrder) {
    ProbedService service("assumed", buildsOf({buildAt("b", "02"), buildAt("a", "02"), buildAt("c", "01")}));
    service.respondTo("limit", "500", mock::okItems({buildAt("a", "02"), buildAt("b", "02"), buildAt("c", "01")}));
    EXPECT_EQ(service.probe().assumption("ties").found, "changed");
}

TEST(Probe, FindsThatALargeLimitIsServed) {
    const ProbedService service("assumed", mock::generateBuilds(600));
    const Probed probed = service.probe();
    EXPECT_EQ(probed.assumption("limit-500").found, "served");
    EXPECT_EQ(probed.assumption("limit-10000").found, "");
    EXPECT_EQ(probed.assumption("max-limit").evidence, "not seen: limit=10000: 600 builds, and there are no more");
}

TEST(Probe, FindsNoMaximumIfEachLimitIsRefused) {
    ProbedService service;
    service.server.setHook([](const RecordedRequest& request) -> Response {
        if (!request.parameter("limit")) return std::nullopt;
        return mock::apiError(400, 1001, "Validation error");
    });
    const Probed probed = service.probe();
    EXPECT_EQ(probed.assumption("limit-500").found, "400:1001");
    EXPECT_EQ(probed.assumption("max-limit").found, "");
    EXPECT_EQ(probed.assumption("max-limit").evidence, "not seen: limit=1 is refused too");
}

// ---- filters ----

TEST(Probe, FindsNothingIfRequestsForStatusesFail) {
    ProbedService service;
    service.respondTo("status", "error,in_progress", mock::apiError(500, 1000, "Internal error"));
    EXPECT_EQ(service.probe().assumption("comma-statuses").found, "another");
}

TEST(Probe, FindsNothingIfNamesAreRefused) {
    ProbedService service;
    service.respondTo("versionName", ".0.0", mock::apiError(400, 1001, "Validation error"));
    EXPECT_EQ(service.probe().assumption("version-name").found, "");
}

TEST(Probe, FindsWhetherVersionNamesAreComparedWithoutCase) {
    ProbedService service("assumed", buildsOf({R"({"id":"a","versionName":"rc-one"})"}));
    EXPECT_EQ(service.probe().assumption("version-case").found, "exact");
    service.server.setHook([&](RecordedRequest request) -> Response {
        for (auto& [name, value] : request.query) {
            if (name == "versionName" && value == "RC-ONE") value = "rc-one";
        }
        return service.server.serviceResponse(request);
    });
    EXPECT_EQ(service.probe().assumption("version-case").found, "insensitive");
}

TEST(Probe, FindsThatVersionNamesArePatterns) {
    ProbedService service;
    service.server.setHook([&](RecordedRequest request) -> Response {
        for (auto& [name, value] : request.query) {
            if (name == "versionName" && value == "..0.0") value = "4.0.0";
        }
        return service.server.serviceResponse(request);
    });
    const program::Assumption pattern = service.probe().assumption("version-pattern");
    EXPECT_EQ(pattern.found, "pattern");
    EXPECT_TRUE(pattern.isContradicted());
}

TEST(Probe, FindsNothingIfTheServiceDoesNotCompareNames) {
    ProbedService service("assumed", mock::demoBuilds());
    service.server.setHook([&](RecordedRequest request) -> Response {
        if (!request.parameter("versionName")) return std::nullopt;
        request.query.clear();
        return service.server.serviceResponse(request);
    });
    const Probed probed = service.probe();
    EXPECT_EQ(probed.assumption("version-name").found, "ignored");
    EXPECT_FALSE(probed.assumption("version-name").isServable());
    EXPECT_EQ(probed.assumption("version-case").evidence, "not seen: the service ignores the filter");
    EXPECT_EQ(probed.assumption("version-pattern").evidence, "not seen: the service ignores the filter");
}

TEST(Probe, FindsHowUndocumentedSystemsAreFiltered) {
    ProbedService service("assumed", mock::demoBuilds());
    service.respondTo("os", "windows", mock::apiError(400, 1001, "Validation error"));
    const Probed probed = service.probe();
    EXPECT_EQ(probed.assumption("os-macos").found, "yes");
    EXPECT_EQ(probed.assumption("os-windows").found, "400:1001");
}

TEST(Probe, FindsThatAnUndocumentedSystemIsIgnored) {
    ProbedService service;
    service.server.setHook([&](RecordedRequest request) -> Response {
        if (request.parameter("os") != "macos") return std::nullopt;
        request.query.clear();
        return service.server.serviceResponse(request);
    });
    EXPECT_EQ(service.probe().assumption("os-macos").found, "ignored");
}

// ---- fields ----

std::string processedBuild(const std::string& id, const std::string& updatedAt, const std::string& time) {
    return R"({"id":")" + id + R"(","status":"processed","createdAt":"2024-11-11T11:00:00Z","updatedAt":"2024-11-11T)" +
           updatedAt + R"(Z","processTime":)" + time + R"(,"queuedTime":0})";
}

std::string unitOf(const std::vector<std::string>& items) {
    return ProbedService("assumed", buildsOf(items)).probe().assumption("time-unit").found;
}

TEST(Probe, FindsTheUnitOfTimes) {
    EXPECT_EQ(unitOf({processedBuild("a", "11:01:00", "58"), processedBuild("b", "11:02:00", "119"),
                      processedBuild("c", "13:00:00", "60"), processedBuild("d", "11:00:10", "9")}),
              "seconds");
    EXPECT_EQ(unitOf({processedBuild("a", "11:01:00", "58000"), processedBuild("b", "11:02:00", "119000"),
                      processedBuild("c", "23:00:00", "40000"), processedBuild("d", "11:00:10", "9000")}),
              "milliseconds");
}

// The difference is out of the range of the times.
TEST(Probe, CountsABuildWithTimesFarApart) {
    const ProbedService service("assumed",
                                buildsOf({processedBuild("a", "11:01:00", "60"), processedBuild("b", "11:02:00", "120"),
                                          processedBuild("c", "11:00:10", "10"),
                                          R"({"id":"d","status":"processed","createdAt":"1700-01-01T00:00:00Z",)"
                                          R"("updatedAt":"2200-01-01T00:00:00Z","processTime":9,"queuedTime":0})"}));
    const program::Assumption unit = service.probe().assumption("time-unit");
    EXPECT_EQ(unit.found, "seconds");
    EXPECT_NE(unit.evidence.find("in 3 of 4 builds"), std::string::npos) << unit.evidence;
}

TEST(Probe, FindsNoUnitIfTheTimesFitNone) {
    EXPECT_EQ(unitOf({processedBuild("a", "13:00:00", "58"), processedBuild("b", "14:00:00", "119"),
                      processedBuild("c", "15:00:00", "60")}),
              "");
    EXPECT_EQ(unitOf({processedBuild("a", "11:01:00", "58")}), "");
}

TEST(Probe, NamesTheMissingFieldsOfPendingBuilds) {
    const ProbedService service(
        "assumed",
        buildsOf({R"({"id":"a","status":"pending","size":1,"processTime":null,"tags":[]})",
                  R"({"id":"b","status":"processed","size":1,"processTime":2,"tags":["qa"],"secretOfAcme":1})",
                  R"({"id":"c","status":"processed","size":1,"processTime":3,"tags":["qa"],"secretOfAcme":1})"}));
    const program::Assumption lacking = service.probe().assumption("pending-lacks");
    EXPECT_EQ(lacking.found, "2 fields");
    EXPECT_EQ(lacking.evidence, "processTime, tags, of 1 pending and 2 processed builds");
}

}  // namespace
}  // namespace applivery
