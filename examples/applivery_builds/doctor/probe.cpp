#include "doctor/probe.hpp"

#include "doctor/probe_questions.hpp"

namespace applivery::program {

Unknowns probe(Asker& asker, const CancellationToken& token) {
    ProbeAnswers answers(asker, token);
    Unknowns unknowns;
    askForPagination(answers, unknowns);
    askForLimits(answers, unknowns);
    askForInvalidParameters(answers, unknowns);
    askForVersionNames(answers, unknowns);
    askForStatuses(answers, unknowns);
    tellForms(answers, unknowns);  // of all that came
    tellRateLimits(answers, unknowns);
    return unknowns;
}

}  // namespace applivery::program
