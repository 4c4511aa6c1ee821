#include "option_names.hpp"

#include "environment.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string_view>
#include <utility>

namespace applivery::program {
namespace {

// A phrase of the library, and the phrase of the program that replaces it.
using Rewording = std::pair<std::string_view, std::string_view>;

// Rewordings that do not depend on the options. A phrase precedes the phrases that it contains.
constexpr Rewording fixedRewordings[] = {
    // Advice about members for which the program has no option, and about members whose option has another name.
    {"Raise ClientOptions::requestTimeout or connectTimeout if this occurs often",
     "Check the network, and try again later"},
    {"Raise ClientOptions::maxRequestsPerSecond, or allow more time", "Try again later"},
    {"Ask for fewer builds with Page::limit, or raise ClientOptions::maxResponseBytes",
     "With list --limit, a page has fewer builds"},
    {"Request fewer builds with Page::limit, or increase ClientOptions::maxResponseBytes",
     "With list --limit, a page has fewer builds"},
    {", or set ClientOptions::allowInsecureHttp", ""},
    {"Check ClientOptions::proxy and the proxy variables", "Check the proxy variables, such as https_proxy"},
    {"baseUrl and proxy", "baseUrl and the proxy variables"},
    {"ClientOptions::proxy", "the proxy variable"},
    {"version of this library", "version of this program"},
    {"which this library cannot send", "which this program cannot send"},
    {"Use the member for this parameter", "Use the option for this parameter"},
    {"a time limit of WaitOptions", "--timeout or --find-timeout"},
    // Members with an option each.
    {"Page::number", "--page"},
    {"Page::limit", "--limit"},
    {"BuildFilter::versionName", "--version-name"},
    {"BuildFilter::status", "--status"},
    {"BuildFilter::os", "--os"},
    {"BuildFilter::extraParameters", "--param"},
    {"BuildSelector::id", "--build-id"},
    {"BuildSelector::versionName", "--version-name"},
    {"BuildSelector::versionCode", "--version-code"},
    {"BuildSelector::commit", "--commit"},
    {"BuildSelector::branch", "--branch"},
    {"BuildSelector::tag", "--tag"},
    {"BuildSelector::buildNumber", "--build-number"},
    {"BuildSelector::os", "--os"},
};

void replaceAll(std::string& text, std::string_view phrase, std::string_view replacement) {
    std::size_t position = text.find(phrase);
    while (position != std::string::npos) {
        text.replace(position, phrase.size(), replacement);
        position = text.find(phrase, position + replacement.size());
    }
}

bool hasValue(const char* variable) {
    return !environment(variable).empty();
}

// Returns whether a variable is set from which libcurl reads a proxy for https.
bool mayUseProxy() {
    constexpr const char* proxyVariables[] = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
    return std::any_of(std::begin(proxyVariables), std::end(proxyVariables), hasValue);
}

}  // namespace

const char* sourceOfBaseUrl(const ConnectionOptions& options) {
    if (!options.baseUrl.empty()) return "--base-url";
    if (hasValue("APPLIVERY_BASE_URL")) return "APPLIVERY_BASE_URL";
    return hasValue("APPLIVERY_TENANT") ? "APPLIVERY_TENANT" : "--base-url";
}

std::string withOptionNames(std::string message, const ConnectionOptions& options) {
    for (const auto& [library, program] : fixedRewordings) replaceAll(message, library, program);
    const bool isBundleOfSsl = !hasValue("CURL_CA_BUNDLE") && hasValue("SSL_CERT_FILE");
    const bool hasTokenFile = !options.tokenFile.empty();
    const bool isAppOfEnvironment = options.applications.empty() && hasValue("APPLIVERY_APPLICATION_ID");
    const bool isOrganizationOfEnvironment = options.organization.empty() && hasValue("APPLIVERY_ORGANIZATION_ID");
    const Rewording rewordingsBySource[] = {
        {"ClientOptions::baseUrl is not a URL: \"(APPLIVERY_TENANT must be a DNS label or a domain)\". Use a URL such "
         "as https://api.applivery.io",
         "APPLIVERY_TENANT is not a DNS label or a domain. Set it to a name such as acme or acme.example"},
        {"ClientOptions::baseUrl", sourceOfBaseUrl(options)},
        {"Check the network, then",
         mayUseProxy() ? "Check the network and the proxy variables, then" : "Check the network, then"},
        {"ClientOptions::caBundle", isBundleOfSsl ? "SSL_CERT_FILE" : "CURL_CA_BUNDLE"},
        {"the App API Token ", hasTokenFile ? "the token of --token-file " : "APPLIVERY_APP_TOKEN "},
        {"the Service Account token ",
         hasTokenFile ? "the token of --token-file " : "APPLIVERY_SERVICE_ACCOUNT_TOKEN "},
        {"organizationId ", isOrganizationOfEnvironment ? "APPLIVERY_ORGANIZATION_ID " : "--organization "},
        {"applicationId ", isAppOfEnvironment ? "APPLIVERY_APPLICATION_ID " : "--app "},
    };
    for (const auto& [library, program] : rewordingsBySource) replaceAll(message, library, program);
    return message;
}

Error withOptionNames(Error error, const ConnectionOptions& options) {
    std::string message = withOptionNames(error.message(), options);
    error.setMessage(std::move(message));
    return error;
}

}  // namespace applivery::program
