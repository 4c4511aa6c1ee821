/// @file
/// BoxedOptional and its effect on the size of a build.
#include <applivery/boxed_optional.hpp>
#include <applivery/build.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace applivery {
namespace {

using Box = BoxedOptional<Deployer>;

static_assert(sizeof(Build) <= 900, "builds are sorted by moving them");
static_assert(sizeof(Box) == sizeof(void*));
static_assert(std::is_nothrow_move_constructible_v<Build> && std::is_nothrow_move_assignable_v<Build>);
static_assert(std::is_nothrow_move_constructible_v<Box> && std::is_nothrow_move_assignable_v<Box>);
static_assert(std::is_nothrow_default_constructible_v<Box> && std::is_nothrow_swappable_v<Box>);
static_assert(std::is_nothrow_constructible_v<Box, std::nullopt_t>);
static_assert(!std::is_convertible_v<Box, bool> && std::is_constructible_v<bool, Box>);
static_assert(!std::is_constructible_v<Box, std::string> && !std::is_constructible_v<Box, OptionalText>);
static_assert(std::is_same_v<decltype(*std::declval<const Box&>()), const Deployer&>);
static_assert(std::is_same_v<decltype(std::declval<const Box&>().operator->()), const Deployer*>);
static_assert(std::is_same_v<Box::value_type, Deployer>);

Deployer named(const char* name) {
    return Deployer{name, std::nullopt};
}

TEST(BoxedOptional, IsEmptyByDefault) {
    const Box box;
    EXPECT_FALSE(box);
    EXPECT_FALSE(box.has_value());
    EXPECT_EQ(box, std::nullopt);
    EXPECT_EQ(std::nullopt, Box(std::nullopt));
}

TEST(BoxedOptional, HoldsAValue) {
    const Box box = named("ci");
    ASSERT_TRUE(box);
    EXPECT_EQ(box->name, "ci");
    EXPECT_EQ((*box).name, "ci");
    EXPECT_EQ(box.value().name, "ci");
    EXPECT_NE(box, std::nullopt);
}

TEST(BoxedOptional, ThrowsOnAccessToTheValueIfItIsEmpty) {
    Box box;
    EXPECT_THROW((void)box.value(), std::bad_optional_access);
    EXPECT_THROW((void)std::as_const(box).value(), std::bad_optional_access);
    EXPECT_THROW((void)std::move(box).value(), std::bad_optional_access);
}

TEST(BoxedOptional, CopiesTheValue) {
    Box first = named("a");
    Box second = first;
    second->name = "b";
    EXPECT_EQ(first->name, "a");
    first = second;
    second->name = "c";
    EXPECT_EQ(first->name, "b");
    const Box& same = first;
    first = same;
    EXPECT_EQ(first->name, "b");
    first = Box();
    EXPECT_FALSE(first);
}

TEST(BoxedOptional, IsEmptyAfterItsValueWasMoved) {
    Box first = named("a");
    const Deployer* const address = &*first;
    Box second = std::move(first);
    EXPECT_FALSE(first.has_value());  // NOLINT(bugprone-use-after-move)
    EXPECT_EQ(&*second, address);
    Box third;
    third = std::move(second);
    EXPECT_FALSE(second.has_value());  // NOLINT(bugprone-use-after-move)
    EXPECT_EQ(&*third, address);
}

TEST(BoxedOptional, AcceptsTheArgumentsOfAnOptional) {
    Box box;
    box = named("a");
    EXPECT_EQ(box, named("a"));
    box = std::nullopt;
    EXPECT_FALSE(box);
    box = {"b", DeployerInfo{}};
    EXPECT_TRUE(box && box->info);
    box = {};
    EXPECT_FALSE(box);
    EXPECT_FALSE(box.emplace().name);
    box.emplace(named("c")).info.emplace().tag = "t";
    EXPECT_EQ(box->info->tag, "t");
    box.reset();
    EXPECT_FALSE(box);
    EXPECT_EQ(BoxedOptional<std::string>(std::in_place, 3U, 'x'), std::string("xxx"));
}

TEST(BoxedOptional, KeepsTheAddressOfItsValueWhenItIsAssignedTo) {
    Box box = named("a");
    const Deployer* const address = &*box;
    box = named("b");
    const Box other = named("c");
    box = other;
    EXPECT_EQ(&*box, address);
    EXPECT_EQ(address->name, "c");
}

TEST(BoxedOptional, AcceptsItsOwnValue) {
    Box box = named("a");
    box = *box;
    EXPECT_EQ(box->name, "a");
    box.emplace(*box);
    EXPECT_EQ(box->name, "a");
}

TEST(BoxedOptional, ConvertsFromAndToAnOptional) {
    const std::optional<Deployer> optional = named("a");
    Box box = optional;
    EXPECT_EQ(box->name, "a");
    box = std::optional<Deployer>();
    EXPECT_FALSE(box);
    box = std::optional<Deployer>(named("b"));
    EXPECT_EQ(box->name, "b");
    const std::optional<Deployer> copied = box;
    EXPECT_EQ(copied->name, "b");
    EXPECT_EQ(box->name, "b");
    const std::optional<Deployer> moved = std::move(box);
    EXPECT_EQ(moved->name, "b");
    const std::optional<Deployer> none = Box();
    EXPECT_FALSE(none);
}

TEST(BoxedOptional, ComparesByTheValue) {
    const Box a = named("a");
    const Box b = named("b");
    EXPECT_TRUE(a == Box(a) && a != b && Box() == Box() && a != Box());
    EXPECT_TRUE(a == named("a") && named("a") == a && a != named("b") && named("b") != a);
    EXPECT_TRUE(Box() != Deployer{} && Deployer{} != Box());
    EXPECT_TRUE(a != std::nullopt && std::nullopt != a && Box() == std::nullopt && std::nullopt == Box());
    const std::optional<Deployer> optional = named("a");
    const std::optional<Deployer> none;
    EXPECT_TRUE(a == optional && optional == a && b != optional && optional != b);
    EXPECT_TRUE(Box() == none && none == Box() && a != none && none != a && Box() != optional && optional != Box());
}

TEST(BoxedOptional, ReturnsAnotherValueIfItIsEmpty) {
    BoxedOptional<std::string> text;
    EXPECT_EQ(text.value_or("-"), "-");
    text = std::string("a");
    EXPECT_EQ(text.value_or("-"), "a");
    EXPECT_EQ(std::move(text).value_or("-"), "a");
}

TEST(BoxedOptional, ExchangesItsValue) {
    Box a = named("a");
    Box b;
    std::swap(a, b);
    EXPECT_TRUE(!a && b->name == "a");
    swap(a, b);
    EXPECT_TRUE(!b && a->name == "a");
}

TEST(BoxedOptional, MovesItsValueOutAsAnRvalue) {
    BoxedOptional<std::string> text = std::string("a text that needs memory of its own");
    const std::string taken = *std::move(text);
    EXPECT_EQ(taken, "a text that needs memory of its own");
    EXPECT_EQ(BoxedOptional<std::string>(std::string("b")).value(), "b");
}

TEST(BoxedOptional, IsUsedInABuildLikeAnOptional) {
    Build build;
    EXPECT_FALSE(build.info.ios || build.info.android || build.info.pkg || build.deployer || build.uploadedBy);
    build.info.ios.emplace().plist = IosPlist{};
    build.info.ios->plist->bundleIdentifier = "com.example";
    build.info.android = AndroidInfo{};
    build.info.android->icon = "i";
    build.uploadedBy.emplace().email = "e";
    build.storageProvider = StorageProvider{"s", std::nullopt, std::nullopt};
    const Build copy = build;
    build.info.ios->plist->bundleIdentifier = "com.other";
    build.info.android.reset();
    EXPECT_EQ(copy.info.ios->plist->bundleIdentifier, "com.example");
    EXPECT_EQ(copy.info.android.value().icon, "i");
    EXPECT_EQ(copy.uploadedBy->email, "e");
    EXPECT_NE(copy, build);
}

TEST(BoxedOptional, KeepsTheValuesOfSortedBuilds) {
    std::vector<Build> builds(20);
    for (std::size_t i = 0; i < builds.size(); ++i) {
        builds[i].id = std::to_string((i * 7) % builds.size() + 10);
        builds[i].deployer.emplace().name = builds[i].id;
    }
    std::sort(builds.begin(), builds.end(), [](const Build& a, const Build& b) { return a.id < b.id; });
    for (const Build& build : builds) EXPECT_EQ(build.deployer->name, build.id);
}

TEST(BoxedOptional, AcceptsEmptyBracesAsAnOptionalDoes) {
    const BuildInfo info{{}, {{}}, {}, {}};
    EXPECT_TRUE(info.android.has_value());
    EXPECT_FALSE(info.ios.has_value());
}

}  // namespace
}  // namespace applivery
