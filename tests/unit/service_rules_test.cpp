/// @file
/// The rules of the mock service, and their names.
#include "mock_server/service_rules.hpp"

#include "mock_server/build_generator.hpp"
#include "mock_server/mock_service.hpp"
#include "mock_server/sample_workspace.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <set>
#include <stdexcept>
#include <string>

namespace applivery::mock {
namespace {

using nlohmann::json;

class ServiceRulesTest : public ::testing::Test {
protected:
    ServiceRulesTest() {
        service_.accounts().addApp("app").assign(generateBuilds(120));
        service_.accounts().addAppToken(sample::appToken, "app");
    }

    void setRules(const std::string& text) {
        ServiceRules rules = service_.rules();
        applyRules(rules, text);
        service_.setRules(rules);
    }

    [[nodiscard]] ScriptedResponse respond(const std::string& query = {}) const {
        return service_.response(makeRequest("GET", std::string(sample::integrationsPath) + '?' + query,
                                             {{"Authorization", std::string("Bearer ") + sample::appToken}}));
    }
    [[nodiscard]] json data(const std::string& query = {}) const { return json::parse(respond(query).body).at("data"); }
    [[nodiscard]] std::size_t count(const std::string& query = {}) const { return data(query).at("items").size(); }
    [[nodiscard]] std::set<std::string> statuses(const std::string& query) const {
        std::set<std::string> found;
        const json page = data(query);
        for (const json& item : page.at("items")) found.insert(item.at("status"));
        return found;
    }
    [[nodiscard]] json iosField(const char* path) const {
        return data("os=ios&status=processed&limit=1").at("items")[0].at(json::json_pointer(path));
    }
    // Returns the header of the response, or "none".
    [[nodiscard]] static std::string headerOf(const ScriptedResponse& response, const std::string& name) {
        RecordedRequest lookup;  // RecordedRequest::header() ignores the case of names
        lookup.headers = response.headers;
        return lookup.header(name).value_or("none");
    }
    // Sends a request. Returns the header of the response, or "none".
    [[nodiscard]] std::string headerOfNextResponse(const std::string& name) const { return headerOf(respond(), name); }

    MockService service_;
};

TEST_F(ServiceRulesTest, SendsOnlyTheItemsIfBare) {
    EXPECT_EQ(data().size(), 10U);
    setRules("bare");
    EXPECT_EQ(data().size(), 1U);
}

TEST_F(ServiceRulesTest, ClampsOrRefusesALargeLimit) {
    setRules("default-limit=20,max-limit=50");
    EXPECT_EQ(count(), 20U);
    EXPECT_EQ(count("limit=80"), 50U);
    EXPECT_EQ(data("limit=80").at("limit"), 50);
    setRules("large-limit=clamped-silently");
    EXPECT_EQ(count("limit=80"), 50U);
    EXPECT_EQ(data("limit=80").at("limit"), 80);
    setRules("large-limit=refused,invalid-limit=422:1003");
    EXPECT_EQ(respond("limit=80").status, 422);
    EXPECT_EQ(count("limit=50"), 50U);
}

TEST_F(ServiceRulesTest, ClampsOrRefusesOnlyARequestedLimit) {
    setRules("max-limit=50");
    EXPECT_EQ(count(), 100U);
    EXPECT_EQ(data().at("limit"), 100);
    setRules("large-limit=refused,invalid-limit=ignored");
    EXPECT_EQ(count(), 100U);
    EXPECT_EQ(count("limit=none"), 100U);
    EXPECT_EQ(respond("limit=51").status, 400);
}

TEST_F(ServiceRulesTest, ComparesAVersionNameWholeOrInPart) {
    EXPECT_EQ(count("versionName=4.0"), 0U);
    setRules("version-name=beginning");
    EXPECT_GT(count("versionName=4.0"), 0U);
    EXPECT_EQ(count("versionName=.0.3"), 0U);
    setRules("version-name=part");
    EXPECT_GT(count("versionName=.0.3"), 0U);
}

TEST_F(ServiceRulesTest, AcceptsOrRefusesARepeatedStatus) {
    const std::string twoStatuses = "status=error&status=pending";
    EXPECT_EQ(statuses(twoStatuses), std::set<std::string>{"error"});
    setRules("repeated-status=last");
    EXPECT_EQ(statuses(twoStatuses), std::set<std::string>{"pending"});
    setRules("repeated-status=all");
    EXPECT_EQ(statuses(twoStatuses), (std::set<std::string>{"error", "pending"}));
    setRules("repeated-status=refused");
    EXPECT_EQ(respond(twoStatuses).status, 400);
}

TEST_F(ServiceRulesTest, SplitsStatusesAtCommas) {
    EXPECT_EQ(respond("status=error,pending").status, 400);
    setRules("comma-statuses=yes");
    EXPECT_EQ(statuses("status=error,pending"), (std::set<std::string>{"error", "pending"}));
}

TEST_F(ServiceRulesTest, ConvertsFieldFormats) {
    EXPECT_TRUE(iosField("/info/ios/mobileprovision/ProvisionedDevices").is_array());
    EXPECT_TRUE(iosField("/info/ios/plist/UIDeviceFamily/0").is_string());
    EXPECT_TRUE(iosField("/info/ios/plist/CFBundleIcons").is_array());
    EXPECT_TRUE(iosField("/versionCode").is_string());
    EXPECT_TRUE(iosField("/processTime").is_number_integer());
    setRules("devices=text,device-family=numbers,icons=object,version-code=number,times=fractions");
    EXPECT_TRUE(iosField("/info/ios/mobileprovision/ProvisionedDevices").is_string());
    EXPECT_TRUE(iosField("/info/ios/plist/UIDeviceFamily/0").is_number_integer());
    EXPECT_TRUE(iosField("/info/ios/plist/CFBundleIcons").is_object());
    EXPECT_TRUE(iosField("/versionCode").is_number_integer());
    EXPECT_TRUE(iosField("/processTime").is_number_float());
}

TEST_F(ServiceRulesTest, RefusesOrIgnoresInvalidParameters) {
    setRules("invalid-enum=422:7,invalid-page=404,invalid-limit=500:1000");
    EXPECT_EQ(respond("status=none").status, 422);
    EXPECT_EQ(respond("page=0").status, 404);
    EXPECT_EQ(respond("limit=0").status, 500);
    setRules("invalid-enum=ignored,invalid-page=ignored,invalid-limit=ignored");
    EXPECT_EQ(count("status=none&page=0&limit=0"), 100U);
}

TEST_F(ServiceRulesTest, RefusesOneRequestAfterTheLimit) {
    setRules("request-limit=2,retry-after=seconds");
    EXPECT_EQ(respond().status, 200);
    EXPECT_EQ(respond().status, 200);
    EXPECT_EQ(headerOfNextResponse("Retry-After"), "1");
    EXPECT_EQ(respond().status, 200);
}

TEST_F(ServiceRulesTest, FormatsRetryAfter) {
    setRules("request-limit=1,retry-after=date");
    EXPECT_EQ(respond().status, 200);
    EXPECT_NE(headerOfNextResponse("Retry-After").find(" GMT"), std::string::npos);
    setRules("retry-after=none");
    EXPECT_EQ(respond().status, 200);
    const ScriptedResponse refused = respond();
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(headerOf(refused, "Retry-After"), "none");
}

TEST_F(ServiceRulesTest, SendsRateLimitHeadersIfEnabled) {
    EXPECT_EQ(headerOfNextResponse("X-RateLimit-Limit"), "none");
    setRules("request-limit=5,rate-limit-headers=yes");
    EXPECT_EQ(headerOfNextResponse("X-RateLimit-Limit"), "5");
    EXPECT_EQ(headerOfNextResponse("X-RateLimit-Remaining"), "3");
}

TEST_F(ServiceRulesTest, OmitsTheDateIfDisabled) {
    EXPECT_NE(headerOfNextResponse("Date"), "none");
    setRules("clock-ahead=none");
    EXPECT_EQ(headerOfNextResponse("Date"), "none");
}

TEST_F(ServiceRulesTest, ReplacesAllRulesByANamedSet) {
    setRules("opposite");
    EXPECT_EQ(count(), 20U);
    setRules("assumed");
    EXPECT_EQ(count(), 100U);
}

TEST_F(ServiceRulesTest, RefusesAnInvalidRule) {
    for (const char* const wrong : {"max-limits=1", "max-limit=0", "max-limit", "totals=maybe", "invalid-page=200",
                                    "invalid-enum=x", "default-limit=none", "", "clock-ahead=x"}) {
        EXPECT_THROW(setRules(wrong), std::invalid_argument) << wrong;
    }
}

TEST_F(ServiceRulesTest, ListsTheRulesIfARuleIsUnknown) {
    try {
        setRules("nothing=1");
        FAIL() << "the rule was accepted";
    } catch (const std::invalid_argument& error) {
        EXPECT_NE(std::string(error.what()).find("version-name=whole|beginning|part"), std::string::npos);
    }
}

}  // namespace
}  // namespace applivery::mock
