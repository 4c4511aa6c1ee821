/// @file
/// Transcripts of doctor.md.
#include "mock_server/build_generator.hpp"
#include "program/guide_transcript.hpp"

namespace applivery {
namespace {

namespace sample = mock::sample;

using test::blockWith;

const std::string doctorPage = "doctor.md";
const std::string environment =
    "CURL_CA_BUNDLE= SSL_CERT_FILE= https_proxy= HTTPS_PROXY= http_proxy= all_proxy= ALL_PROXY= no_proxy= NO_PROXY= "
    "APPLIVERY_APP_TOKEN=";

class DoctorTranscript : public test::GuideTranscript {
protected:
    explicit DoctorTranscript(const mock::MockServerOptions& options = {}) : GuideTranscript(options) {
        sample::addTo(server_, mock::generateBuilds(250));
    }

    static mock::MockServerOptions withRules(const char* text) {
        mock::MockServerOptions options;
        mock::applyRules(options.rules, text);
        return options;
    }
};

class DoctorTranscriptOfOppositeRules : public DoctorTranscript {
protected:
    DoctorTranscriptOfOppositeRules() : DoctorTranscript(withRules("opposite")) {}
};

TEST_F(DoctorTranscript, ShowsAnUnknownToken) {
    compare(blockWith(doctorPage, "$ applivery-builds doctor"), environment + "app-token-0000", {}, 3);
}

TEST_F(DoctorTranscript, ShowsAConfirmingService) {
    compare(blockWith(doctorPage, "$ applivery-builds doctor --probe"), environment + sample::appToken);
}

TEST_F(DoctorTranscriptOfOppositeRules, ShowsAContradictingService) {
    compare(blockWith(doctorPage, "$ applivery-builds doctor --probe", 2), environment + sample::appToken);
}

}  // namespace
}  // namespace applivery
