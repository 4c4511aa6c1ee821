/// @file
/// The fields of a build: equality, a row of the schema for each member, and access by a path.
#include "json/schema.hpp"
#include "support/gtest_names.hpp"
#include "support/member_count.hpp"
#include "support/samples.hpp"

#include <applivery/applivery.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace applivery {
namespace {

using testing::Contains;
using testing::Each;
using testing::HasSubstr;
using testing::Not;

Build buildWith(const std::string& members) {
    return buildFromJson('{' + members + '}').value();
}

// ---- equality ----

// Removes and restores each field in turn. Both builds have every object of the schema.
void expectUnequalWithoutEachField(const detail::Fields& fields, void* object, Build& build, const Build& whole) {
    for (const detail::Field& row : fields) {
        if (row.isAlias) continue;
        void* const member = row.member(object);
        if (row.type->object != nullptr) {
            expectUnequalWithoutEachField(row.type->fields(), row.type->enterObject(member), build, whole);
        } else {
            row.type->reset(member);
            EXPECT_NE(build, whole) << row.name;
            build = whole;
        }
    }
}

// Returns the published build with the fields that the reference of the list omits.
Build wholeBuild() {
    Build build = pageFromJson(test::sample("v01_docs_list_builds_200.json")).value().items.at(0);
    build.disabled = false;
    build.buildPlatform = "ios";
    build.unknownFields = R"({"files":[]})";
    return build;
}

TEST(BuildEquality, ComparesEachField) {
    const Build whole = wholeBuild();
    Build build = whole;
    EXPECT_EQ(build, whole);
    expectUnequalWithoutEachField(detail::fieldsOf<Build>(), &build, build, whole);
}

TEST(BuildEquality, DistinguishesAnAbsentFromAnEmptyObject) {
    EXPECT_NE(buildWith(R"("deployer":{})"), Build{});
    EXPECT_NE(buildWith(R"("deployer":{"info":{}})"), buildWith(R"("deployer":{})"));
}

// ---- every member has a row ----

template <typename T>
void expectARowForEachMember(const char* name) {
    T object{};
    std::set<const void*> members;
    for (const detail::Field& row : detail::fieldsOf<T>()) {
        if (!row.isAlias) members.insert(row.memberOf(&object));
    }
    EXPECT_EQ(members.size(), test::memberCount<T>()) << name << " has a member without a row in schema.cpp";
}

TEST(Schema, HasARowForEachMember) {
    expectARowForEachMember<ApplicationInfo>("ApplicationInfo");
    expectARowForEachMember<AndroidInfo>("AndroidInfo");
    expectARowForEachMember<IosPlist>("IosPlist");
    expectARowForEachMember<MobileProvision>("MobileProvision");
    expectARowForEachMember<IosInfo>("IosInfo");
    expectARowForEachMember<PkgInfo>("PkgInfo");
    expectARowForEachMember<BuildInfo>("BuildInfo");
    expectARowForEachMember<DeployerInfo>("DeployerInfo");
    expectARowForEachMember<Deployer>("Deployer");
    expectARowForEachMember<Uploader>("Uploader");
    expectARowForEachMember<StorageProvider>("StorageProvider");
    expectARowForEachMember<Build>("Build");
}

TEST(Schema, CountsMembers) {
    struct Two {
        OptionalText a{};
        std::vector<std::string> b{};
    };
    EXPECT_EQ(test::memberCount<Two>(), 2U);
}

// ---- fields by their path ----

TEST(BuildFields, HaveTheServicesPaths) {
    EXPECT_THAT(buildFieldPaths(), Contains("info.ios.plist.CFBundleVersion"));
    EXPECT_THAT(buildFieldPaths(), Contains("deployer.info.branch"));
    EXPECT_THAT(buildFieldPaths(), Each(Not(HasSubstr("git_"))));
    EXPECT_EQ(buildFieldPaths().front(), "id");
}

TEST(BuildFields, HaveTextInThePublishedBuild) {
    const Build whole = wholeBuild();
    for (const std::string& path : buildFieldPaths()) {
        EXPECT_NE(buildFieldText(whole, path).value(), "") << path;
        EXPECT_EQ(buildFieldText(Build{}, path), "") << path;
    }
}

TEST(BuildFields, AreFoundByEitherName) {
    const Build build = buildWith(R"("tags":["a","b"],"size":7,"hasEmmJson":false,
        "info":{"ios":{"plist":{"CFBundleVersion":"42","MinimumOSVersion":"15"}},"android":{"minSDKVersion":"21"}})");
    EXPECT_EQ(buildFieldText(build, "info.ios.plist.CFBundleVersion"), "42");
    EXPECT_EQ(buildFieldText(build, "info.ios.plist.bundleVersion"), "42");
    EXPECT_EQ(buildFieldText(build, "info.ios.plist.minimumOsVersion"), "15");
    EXPECT_EQ(buildFieldText(build, "info.android.minSdkVersion"), "21");
    EXPECT_EQ(buildFieldText(build, "tags"), "a, b");
    EXPECT_EQ(buildFieldText(build, "size"), "7");
    EXPECT_EQ(buildFieldText(build, "hasEmmJson"), "false");
    EXPECT_EQ(buildFieldText(build, "deployer.name"), "");
}

TEST(BuildFields, HaveNoTextIfTheyDoNotExist) {
    for (const char* path : {"", "x", "info", "info.", "info.ios", "id.x", "info.ios.plist.x", ".id", "undleVersion"}) {
        EXPECT_EQ(buildFieldText(Build{}, path), std::nullopt) << path;
    }
}

}  // namespace
}  // namespace applivery
