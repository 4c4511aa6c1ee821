#include "mock_server/test_certificates.hpp"

#include "mock_server/openssl.hpp"

#include <memory>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace applivery::mock {
namespace {

using Key = std::unique_ptr<EVP_PKEY, OpenSslDeleter<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, OpenSslDeleter<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, OpenSslDeleter<X509_EXTENSION_free>>;
using File = std::unique_ptr<BIO, OpenSslDeleter<BIO_free>>;

/// A certificate with its private key.
struct Identity {
    Key key;
    Certificate certificate;
};

/// Begin and end of the validity of a certificate, in seconds from now.
struct Validity {
    long begin;
    long end;
};
constexpr long oneDay = 24L * 60 * 60;
constexpr Validity current{-oneDay, 7 * oneDay};  // begins yesterday, because clocks may differ
constexpr Validity expired{-7 * oneDay, -oneDay};
constexpr Validity future{oneDay, 7 * oneDay};
constexpr Validity endless{-oneDay, 7'000 * 366 * oneDay};

Key makeKey() {
    Key key(EVP_EC_gen("P-256"));
    checkOpenSsl(key != nullptr, "creating a key");
    return key;
}

/// Creates a certificate without issuer, extensions and signature.
Certificate makeUnsigned(const Key& key, const char* commonName, long serial, Validity validity) {
    Certificate certificate(X509_new());
    checkOpenSsl(certificate != nullptr, "creating a certificate");
    X509* const x509 = certificate.get();
    const auto* const name = reinterpret_cast<const unsigned char*>(commonName);
    checkOpenSsl(X509_set_version(x509, X509_VERSION_3) == 1 &&
                     ASN1_INTEGER_set(X509_get_serialNumber(x509), serial) == 1 &&
                     X509_gmtime_adj(X509_getm_notBefore(x509), validity.begin) != nullptr &&
                     X509_gmtime_adj(X509_getm_notAfter(x509), validity.end) != nullptr &&
                     X509_set_pubkey(x509, key.get()) == 1 &&
                     X509_NAME_add_entry_by_txt(X509_get_subject_name(x509), "CN", MBSTRING_UTF8, name, -1, -1, 0) == 1,
                 "filling a certificate");
    return certificate;
}

void addExtension(X509* subject, X509* issuer, int extensionId, const char* value) {
    X509V3_CTX context{};
    X509V3_set_ctx(&context, issuer, subject, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, extensionId, value));
    checkOpenSsl(extension != nullptr && X509_add_ext(subject, extension.get(), -1) == 1,
                 "adding an extension to a certificate");
}

void sign(X509* subject, X509* issuer, EVP_PKEY* issuerKey) {
    checkOpenSsl(X509_set_issuer_name(subject, X509_get_subject_name(issuer)) == 1 &&
                     X509_sign(subject, issuerKey, EVP_sha256()) > 0,
                 "signing a certificate");
}

Identity makeAuthority() {
    Key key = makeKey();
    Certificate certificate = makeUnsigned(key, "Throw-away test authority", 1, current);
    X509* const x509 = certificate.get();
    addExtension(x509, x509, NID_basic_constraints, "critical,CA:TRUE");
    addExtension(x509, x509, NID_key_usage, "critical,keyCertSign,cRLSign");
    addExtension(x509, x509, NID_subject_key_identifier, "hash");
    sign(x509, x509, key.get());
    return {std::move(key), std::move(certificate)};
}

Identity makeLeaf(const Identity& authority, long serial, const char* alternativeNames, Validity validity) {
    Key key = makeKey();
    Certificate certificate = makeUnsigned(key, "Throw-away test server", serial, validity);
    X509* const x509 = certificate.get();
    X509* const issuer = authority.certificate.get();
    addExtension(x509, issuer, NID_basic_constraints, "critical,CA:FALSE");
    addExtension(x509, issuer, NID_key_usage, "critical,digitalSignature");
    addExtension(x509, issuer, NID_ext_key_usage, "serverAuth");
    addExtension(x509, issuer, NID_subject_key_identifier, "hash");
    addExtension(x509, issuer, NID_authority_key_identifier, "keyid");
    addExtension(x509, issuer, NID_subject_alt_name, alternativeNames);
    sign(x509, issuer, authority.key.get());
    return {std::move(key), std::move(certificate)};
}

Identity makeSelfSigned(const char* alternativeNames) {
    Key key = makeKey();
    Certificate certificate = makeUnsigned(key, "Throw-away self-signed server", 1, current);
    X509* const x509 = certificate.get();
    addExtension(x509, x509, NID_basic_constraints, "critical,CA:FALSE");
    addExtension(x509, x509, NID_subject_alt_name, alternativeNames);
    sign(x509, x509, key.get());
    return {std::move(key), std::move(certificate)};
}

void writeCertificate(const Identity& identity, const std::string& path) {
    const File file(BIO_new_file(path.c_str(), "w"));
    checkOpenSsl(file != nullptr && PEM_write_bio_X509(file.get(), identity.certificate.get()) == 1,
                 "writing a certificate");
}

void writeKey(const Identity& identity, const std::string& path) {
    const File file(BIO_new_file(path.c_str(), "w"));
    checkOpenSsl(file != nullptr && PEM_write_bio_PrivateKey(file.get(), identity.key.get(), nullptr, nullptr, 0,
                                                             nullptr, nullptr) == 1,
                 "writing a key");
}

}  // namespace

TestCertificates::TestCertificates() {
    constexpr const char* loopbackNames = "DNS:localhost,IP:127.0.0.1";
    const Identity authority = makeAuthority();
    writeCertificate(authority, caFile());

    const Identity server = makeLeaf(authority, 2, loopbackNames, current);
    writeCertificate(server, serverCertFile());
    writeKey(server, serverKeyFile());

    const Identity wrongHost = makeLeaf(authority, 3, "DNS:wrong.example", current);
    writeCertificate(wrongHost, wrongHostCertFile());
    writeKey(wrongHost, wrongHostKeyFile());

    const Identity expiredServer = makeLeaf(authority, 4, loopbackNames, expired);
    writeCertificate(expiredServer, expiredCertFile());
    writeKey(expiredServer, expiredKeyFile());

    const Identity futureServer = makeLeaf(authority, 5, loopbackNames, future);
    writeCertificate(futureServer, notYetValidCertFile());
    writeKey(futureServer, notYetValidKeyFile());

    const Identity endlessServer = makeLeaf(authority, 6, loopbackNames, endless);
    writeCertificate(endlessServer, endlessCertFile());
    writeKey(endlessServer, endlessKeyFile());

    const Identity selfSigned = makeSelfSigned(loopbackNames);
    writeCertificate(selfSigned, selfSignedCertFile());
    writeKey(selfSigned, selfSignedKeyFile());
}

}  // namespace applivery::mock
