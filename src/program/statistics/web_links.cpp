#include "statistics/web_links.hpp"

#include "text/ascii.hpp"
#include "text/trimmed.hpp"

#include <algorithm>
#include <cctype>

namespace applivery::program {
namespace {

// Returns whether RFC 3986 allows the character in a URL.
bool isUrlCharacter(unsigned char c) {
    constexpr std::string_view marks = "-._~:/?#[]@!$&'()*+,;=%";
    return std::isalnum(c) != 0 || marks.find(static_cast<char>(c)) != std::string_view::npos;
}

// @param scheme such as `http://`.
bool startsWithScheme(std::string_view url, std::string_view scheme) {
    return url.size() > scheme.size() && startsWithIgnoringCase(url, scheme);
}

// Returns the authority of RFC 3986: host and port, perhaps with a user name.
std::string_view authorityOf(std::string_view url) {
    const std::string_view rest = url.substr(url.find("//") + 2);
    return rest.substr(0, rest.find_first_of("/?#"));
}

bool isHash(std::string_view commit) {
    constexpr std::size_t minDigits = 7;
    constexpr std::size_t maxDigits = 64;
    const auto isDigit = [](unsigned char c) { return std::isxdigit(c) != 0; };
    const bool hasHashLength = commit.size() >= minDigits && commit.size() <= maxDigits;
    return hasHashLength && std::all_of(commit.begin(), commit.end(), isDigit);
}

}  // namespace

std::string webLink(std::string_view url) {
    constexpr std::size_t maxBytes = 2'000;
    url = trimmed(url);
    if (url.size() > maxBytes || !std::all_of(url.begin(), url.end(), isUrlCharacter)) return {};
    if (!startsWithScheme(url, "http://") && !startsWithScheme(url, "https://")) return {};
    const std::string_view authority = authorityOf(url);
    const bool hasHost = !authority.empty() && authority.front() != ':';
    return hasHost && authority.find('@') == std::string_view::npos ? std::string(url) : std::string();
}

std::string commitLink(std::string_view repositoryUrl, std::string_view commit) {
    std::string url = webLink(repositoryUrl);
    commit = trimmed(commit);
    if (url.empty() || !isHash(commit) || url.find_first_of("?#") != std::string::npos) return {};
    while (url.back() == '/') url.pop_back();
    constexpr std::string_view suffix = ".git";
    if (url.size() > suffix.size() && url.compare(url.size() - suffix.size(), suffix.size(), suffix) == 0) {
        url.resize(url.size() - suffix.size());
    }
    const bool isBitbucket = authorityOf(url).find("bitbucket") != std::string_view::npos;
    // webLink() checks the URL again: the host of `https://.git` was the removed suffix.
    return webLink(url + (isBitbucket ? "/commits/" : "/commit/") + std::string(commit));
}

}  // namespace applivery::program
