#include "doctor/probe.hpp"

#include "doctor/probe_steps.hpp"

#include <cstddef>

namespace applivery::program {
namespace {

using Question = void (*)(ProbeAnswers&, Assumptions&);

// What a question has learnt when its answers broke off is none of the service's.
void askAll(Question question, ProbeAnswers& answers, Assumptions& unknowns) {
    const std::size_t before = unknowns.size();
    question(answers, unknowns);
    if (answers.end().empty()) return;
    for (std::size_t i = before; i < unknowns.size(); ++i) {
        unknowns[i].found.clear();
        unknowns[i].evidence = "the probe broke off: " + answers.end();
    }
}

}  // namespace

Assumptions probe(ProbeClient& asker, const CancellationToken& token) {
    ProbeAnswers answers(asker, token);
    Assumptions unknowns;
    for (const Question question :
         {askForPagination, askForLimits, askForInvalidParameters, askForVersionNames, askForStatuses}) {
        askAll(question, answers, unknowns);
    }
    tellForms(answers, unknowns);  // of all that came
    tellRateLimits(answers, unknowns);
    return unknowns;
}

}  // namespace applivery::program
