/// @file
/// The faults that `doctor` recognizes: the check that finds the fault, its verdict, and the texts. `{0}` and so on
/// stand for values that differ from case to case. The guide has a table of the faults, which a test compares with the
/// program.
#pragma once

#include "doctor/finding.hpp"

namespace applivery::program::faults {

// ---- Environment and token ----

inline constexpr Fault noCredentials{"token", Verdict::failed, "there are no usable credentials", "{0}"};
inline constexpr Fault tokenWithPadding{
    "token", Verdict::warning, "{0}; with white space or a newline around it",
    "This program ignores both, but other programs may send them. Set the token without them."};

// The service may accept these tokens, so they are failures only if the service refuses them.
inline constexpr Fault tokenWithHeader{"token", Verdict::warning, "the token of {0} begins with a part of the header",
                                       "Set only the token. The program adds the rest of the header."};
inline constexpr Fault tokenInQuotes{"token", Verdict::warning, "the token of {0} is in quotes",
                                     "Remove the quotes, unless they are a part of the token."};
inline constexpr Fault tokenIsPlaceholder{
    "token", Verdict::warning, "the token of {0} looks like a variable or a placeholder that was not replaced",
    "Set the token itself. Check how the CI job passes its secrets. Pull requests from forks, for example, get none."};
inline constexpr Fault tokenIsMask{"token", Verdict::warning, "the token of {0} looks masked",
                                   "It may be from a log that hides secrets. Copy the token itself."};
inline constexpr Fault tokenWithSpaces{"token", Verdict::warning, "the token of {0} contains white space",
                                       "It may be two tokens. Copy the token again."};

inline constexpr Fault addressRefused{
    "address", Verdict::failed, "no request can be sent",
    "--base-url, APPLIVERY_BASE_URL or APPLIVERY_TENANT must be an https URL without a user name, or http on this "
    "machine. Organization and app must be printable text. `applivery-builds list` prints the exact error."};

// ---- Connection. {0} is the variable of the proxy or the certificate; the last value is the error of libcurl. ----

inline constexpr Fault proxyUnknown{"proxy", Verdict::failed, "the name of the proxy of {0} has no address: {1}",
                                    "Check the host in {0}. If the network needs no proxy, unset the variable."};
inline constexpr Fault proxyUnreachable{
    "proxy", Verdict::failed, "the proxy of {0} cannot be reached: {1}",
    "Check the host and the port in {0}, and the firewall. If the network needs no proxy, unset the variable."};
inline constexpr Fault proxyNeedsCredentials{"proxy", Verdict::failed, "the proxy of {0} requires credentials (407)",
                                             "Add them to the variable: http://USER:PASSWORD@HOST:PORT."};
inline constexpr Fault proxyRefusesCredentials{
    "proxy", Verdict::failed, "the proxy of {0} refuses the user name and password in the variable ({1})",
    "Check both, and percent-encode their special characters. This program supports only the method Basic."};
inline constexpr Fault proxyCannotConnect{
    "proxy", Verdict::failed, "the proxy of {0} cannot reach the host ({1})",
    "Check the host in --base-url, APPLIVERY_BASE_URL or APPLIVERY_TENANT. If it is right, try again later, or ask the "
    "operator of the proxy."};
inline constexpr Fault proxyRefuses{"proxy", Verdict::failed, "the proxy of {0} refuses the connection ({1})",
                                    "Ask the operator of the proxy to allow the service, or add the host to no_proxy."};
inline constexpr Fault proxyBroken{"proxy", Verdict::failed, "the proxy of {0} did not connect: {1}",
                                   "Check that it is an HTTP proxy, and ask its operator."};

inline constexpr Fault hostUnknown{
    "name look-up", Verdict::failed, "the name of the host has no address: {0}",
    "Check the host in --base-url, APPLIVERY_BASE_URL or APPLIVERY_TENANT, and the DNS of this machine. If the network "
    "requires a proxy, set https_proxy."};
inline constexpr Fault hostUnreachable{
    "connection", Verdict::failed, "the host cannot be reached: {0}",
    "Check the port and the firewall. If the network requires a proxy, set https_proxy."};

inline constexpr Fault certificateExpired{
    "TLS", Verdict::failed, "{0} is refused: it has expired",
    "Check the clock of this machine. If it is right, the operator of the host must renew the certificate."};
inline constexpr Fault certificateNotYetValid{"TLS", Verdict::failed, "{0} is refused: it is not yet valid",
                                              "Check the clock of this machine, which may be slow."};
inline constexpr Fault certificateOfOtherHost{"TLS", Verdict::failed, "{0} is refused: it is for another host",
                                              "Check the host in --base-url, APPLIVERY_BASE_URL or APPLIVERY_TENANT."};
inline constexpr Fault authorityNotTrusted{
    "TLS", Verdict::failed, "{0} is refused: its authority is not trusted",
    "If it is the authority of your company, set CURL_CA_BUNDLE to its PEM file."};
inline constexpr Fault authorityNotInBundle{
    "TLS", Verdict::failed, "{0} is refused: CURL_CA_BUNDLE or SSL_CERT_FILE does not contain its authority",
    "Only the authorities in this file are trusted. Add this one, or unset the variable."};
inline constexpr Fault selfSigned{"TLS", Verdict::failed, "{0} is refused: the host signed it itself",
                                  "If you trust it, set CURL_CA_BUNDLE to its PEM file."};
inline constexpr Fault selfSignedNotInBundle{
    "TLS", Verdict::failed,
    "{0} is refused: the host signed it itself, and CURL_CA_BUNDLE or SSL_CERT_FILE does not contain it",
    "Only the certificates in this file are trusted. If you trust this one, add it."};
inline constexpr Fault certificateRefused{
    "TLS", Verdict::failed, "{0} is refused",
    "Check the name of the host, the clock of this machine, and the authorities that it trusts."};
inline constexpr Fault certificateExpiresSoon{"TLS", Verdict::warning, "{0}",
                                              "The certificate expires soon. Inform the operator of the host."};
inline constexpr Fault authoritiesUnreadable{
    "TLS", Verdict::failed, "the file of certificate authorities cannot be read",
    "Check the file of CURL_CA_BUNDLE or SSL_CERT_FILE. It must be in PEM format."};
inline constexpr Fault clientCertificateRequired{"TLS", Verdict::failed, "the host requires a client certificate",
                                                 "This program cannot send one. Use another address of the service."};
inline constexpr Fault noCommonTlsVersion{
    "TLS", Verdict::failed, "the host and this machine have no TLS version in common",
    "Update the TLS library of this machine, or ask the operator of the host for TLS 1.2 or newer."};
inline constexpr Fault tlsBroken{"TLS", Verdict::failed, "the TLS connection failed: {0}",
                                 "Check that the port serves https, and that no proxy or firewall modifies TLS."};

inline constexpr Fault noHttpResponse{
    "answer", Verdict::failed, "connected, but there was no HTTP response: {0}",
    "Check that the host and the port are those of the service, and that no proxy or firewall blocks it."};
inline constexpr Fault clockWrong{
    "clock", Verdict::warning, "this machine is about {0} {1} the service",
    "Set the clock, for example with NTP. A wrong clock can make TLS refuse certificates. "
    "--since corrects up to one day."};

// ---- Service ----

inline constexpr const char* otherServer =
    "Another server responds instead of the service: a gateway, a proxy, or the log-in page of a network. Check "
    "--base-url, APPLIVERY_BASE_URL and https_proxy, and open the address in a browser on this machine.";
inline constexpr const char* otherKind =
    "The other API accepts it. Set an App API Token in APPLIVERY_APP_TOKEN, without organization and app. Set a "
    "Service Account token in APPLIVERY_SERVICE_ACCOUNT_TOKEN, with both.";
inline constexpr const char* reportFields = "Send the names of these fields to the maintainers of this program.";

inline constexpr Fault tokenWrong{
    "authentication", Verdict::failed, "this API does not accept the token ({0})",
    "The token may be incomplete, deleted, or of the other kind. Set an App API Token in APPLIVERY_APP_TOKEN, and a "
    "Service Account token in APPLIVERY_SERVICE_ACCOUNT_TOKEN. Copy it again, or create a new one."};
inline constexpr Fault tokenWrongOrChanged{
    "authentication", Verdict::failed, "this API does not accept the token ({0}, Invalid Token)",
    "The token may be incomplete, deleted, or of the other kind. Copy it again, or create a new one. If the token is "
    "right, a gateway or a proxy removes or changes the header Authorization. Ask its operator."};
inline constexpr Fault tokenNotReceived{"authentication", Verdict::failed, "the service received no token ({0})",
                                        "A gateway or a proxy removes the header Authorization. Ask its operator."};
inline constexpr Fault tokenExpired{"authentication", Verdict::failed, "the token has expired ({0})",
                                    "Create a new token."};
inline constexpr Fault scopeMissing{
    "permission", Verdict::failed, "the App API Token is valid, but may not list builds ({0})",
    "Check the scopes of the token. Create an App API Token with a scope that allows to list builds."};
inline constexpr Fault roleMissing{"permission", Verdict::failed,
                                   "the Service Account token is valid, but may not list builds of this app ({0})",
                                   "Give the service account a role in the workspace. Viewer is sufficient."};
inline constexpr Fault appOfTokenUnknown{
    "app", Verdict::failed, "the app of the App API Token does not exist ({0})",
    "Check that the app still exists. Create a new token for another app, and copy it to APPLIVERY_APP_TOKEN."};
inline constexpr Fault appUnknown{
    "app", Verdict::failed, "the organization or the app does not exist for this token ({0})",
    "Check --organization and --app, or APPLIVERY_ORGANIZATION_ID and APPLIVERY_APPLICATION_ID."};
inline constexpr Fault quotaExhausted{"plan", Verdict::failed, "the quota of the workspace is exhausted ({0}{1})",
                                      "Remove what the workspace no longer needs, or change its plan."};
inline constexpr Fault planExcludesApi{"plan", Verdict::failed,
                                       "the plan of the workspace does not include this API ({0})",
                                       "Check the plan of the workspace."};
inline constexpr Fault routeUnknown{"service", Verdict::failed, "the service has no API at this address ({0})",
                                    "The path in --base-url or APPLIVERY_BASE_URL is wrong or missing."};
inline constexpr Fault serviceFailed{"service", Verdict::failed, "the service failed ({0})", "Try again later."};
inline constexpr Fault codeUnknown{"service", Verdict::failed, "status {1}, code {0}",
                                   "This program does not know the code. See the documentation of the service."};
inline constexpr Fault tooManyRequests{"service", Verdict::failed, "too many requests (429){0}",
                                       "Wait, and send fewer requests. Programs that share a token share its limit."};
inline constexpr Fault serviceDown{"service", Verdict::failed, "the service is down (503){0}",
                                   "Try again later. If that does not help, ask the operator of the service."};
inline constexpr Fault gatewayFailed{
    "service", Verdict::failed, "the service, or a gateway to it, failed: {0}",
    "Try again later. If that does not help, check --base-url and APPLIVERY_BASE_URL, and ask the operator of the "
    "service."};
inline constexpr Fault redirected{"service", Verdict::failed, "a redirect ({0}), which this program does not follow",
                                  otherServer};
inline constexpr Fault errorOfOtherServer{"service", Verdict::failed, "an error response that is not from the API: {0}",
                                          otherServer};
inline constexpr Fault notFromTheApi{"service", Verdict::failed, "a response that is not from the API: {0}",
                                     otherServer};
inline constexpr Fault noList{
    "service", Verdict::failed, "JSON that is not a list of builds: {0}",
    "Check --base-url and APPLIVERY_BASE_URL. If they are right, a newer version of this program may read the "
    "response."};
inline constexpr Fault invalidJson{"service", Verdict::failed, "JSON that is incomplete or invalid: {0}",
                                   "Try again. If it fails again, report it with the file that --record writes."};
inline constexpr Fault responseTooSlow{"service", Verdict::failed, "there was no complete response in time",
                                       "The service or the network is slow. Try again with --verbose."};
inline constexpr Fault responseTooLarge{"service", Verdict::failed, "the response is larger than this program accepts",
                                        "Request fewer builds with --limit."};
inline constexpr Fault noCompleteResponse{
    "service", Verdict::failed, "there was no complete response ({0})",
    "A request without a token succeeded, and a request with the token did not. Ask the operator of the gateway or "
    "proxy, and try again with --verbose."};
inline constexpr const char* reachedLater =
    "Other commands work despite this, because they retry failed requests and always send the token.";
inline constexpr Fault transientFailure{"service", Verdict::warning, "a request failed ({0}), and a retry succeeded",
                                        "Other commands work despite this, because they retry failed requests."};

inline constexpr Fault buildsUnreadable{"builds", Verdict::failed, "{0}", reportFields};
inline constexpr Fault fieldsUnreadable{"builds", Verdict::warning, "{0}", reportFields};
inline constexpr Fault fieldsUnknown{"builds", Verdict::ok, "{0}", reportFields};
inline constexpr Fault noBuilds{"builds", Verdict::skipped,
                                "the app has no builds, so there is nothing to check fields on",
                                "If you expected builds, check that the token and --app are for the right app."};

}  // namespace applivery::program::faults
