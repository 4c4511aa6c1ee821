#include "doctor/probe.hpp"

#include "doctor/probe_steps.hpp"

#include <cstddef>

namespace applivery::program {
namespace {

using ProbeStep = void (*)(ProbeSession&, Assumptions&);

// If the session ended during the step, its conclusions are not based on the service.
void runStep(ProbeStep step, ProbeSession& session, Assumptions& assumptions) {
    const std::size_t before = assumptions.size();
    step(session, assumptions);
    if (session.endReason().empty()) return;
    for (std::size_t i = before; i < assumptions.size(); ++i) {
        assumptions[i].found.clear();
        assumptions[i].evidence = "the probe ended: " + session.endReason();
    }
}

}  // namespace

Assumptions probe(ProbeClient& client, const CancellationToken& token) {
    ProbeSession session(client, token);
    Assumptions assumptions;
    for (const ProbeStep step :
         {probePagination, probeLimits, probeInvalidParameters, probeVersionNames, probeStatuses}) {
        runStep(step, session, assumptions);
    }
    inspectFieldForms(session, assumptions);
    inspectRateLimits(session, assumptions);
    return assumptions;
}

}  // namespace applivery::program
