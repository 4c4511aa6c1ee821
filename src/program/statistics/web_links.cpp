#include "statistics/web_links.hpp"

#include "text/trimmed.hpp"

#include <algorithm>
#include <cctype>

namespace applivery::program {
namespace {

// Characters of RFC 3986.
bool isUrlCharacter(unsigned char c) {
    constexpr std::string_view marks = "-._~:/?#[]@!$&'()*+,;=%";
    return std::isalnum(c) != 0 || marks.find(static_cast<char>(c)) != std::string_view::npos;
}

bool startsWithScheme(std::string_view url, std::string_view scheme) {
    const auto isSame = [](unsigned char a, char b) { return std::tolower(a) == b; };
    return url.size() > scheme.size() && std::equal(scheme.begin(), scheme.end(), url.begin(), [&](char b, char a) {
               return isSame(static_cast<unsigned char>(a), b);
           });
}

// Returns the authority of RFC 3986: host and port, perhaps with a user name.
std::string_view authorityOf(std::string_view url) {
    const std::string_view rest = url.substr(url.find("//") + 2);
    return rest.substr(0, rest.find_first_of("/?#"));
}

bool isHash(std::string_view commit) {
    constexpr std::size_t shortest = 7;
    constexpr std::size_t longest = 64;
    const auto isDigit = [](unsigned char c) { return std::isxdigit(c) != 0; };
    return commit.size() >= shortest && commit.size() <= longest && std::all_of(commit.begin(), commit.end(), isDigit);
}

}  // namespace

std::string webLink(std::string_view url) {
    constexpr std::size_t longest = 2'000;
    url = trimmed(url);
    if (url.size() > longest || !std::all_of(url.begin(), url.end(), isUrlCharacter)) return {};
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
    constexpr std::string_view git = ".git";
    if (url.size() > git.size() && url.compare(url.size() - git.size(), git.size(), git) == 0) {
        url.resize(url.size() - git.size());
    }
    const bool isBitbucket = authorityOf(url).find("bitbucket") != std::string_view::npos;
    // The host of `https://.git` was the removed suffix.
    return webLink(url + (isBitbucket ? "/commits/" : "/commit/") + std::string(commit));
}

}  // namespace applivery::program
