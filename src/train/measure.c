/* SPDX-License-Identifier: MIT */
#include "train/measure.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/language.h"
#include "data/dataset.h"
#include "model/model.h"
#include "nn/nn.h"
#include "train/rule.h"

enum { PART = 2000 }; /* images until it is asked whether to go on */

enum nn_cost measure_cost(const struct model *model)
{
    enum nn_cost cost;
    const char *text = record_get(&model->record, MODEL_COST);
    if (text && nn_cost_parse(text, &cost, NULL) && nn_cost_fits(model->net, cost, NULL))
        return cost;
    return evaluate_default_cost(model->net);
}

struct calibrate_report measure_verdicts(const struct model *model,
                                         const struct calibrate_answers *answers)
{
    const struct verdict_rule rule = rule_read(&model->record);
    struct calibrate_report report = calibrate_measure(model->net, &rule, answers);
    if (rule_guesses(&model->record)) {
        report.count[verdict_of_guess(VERDICT_NO_DIGIT)] += report.count[VERDICT_NO_DIGIT];
        report.count[VERDICT_NO_DIGIT] = 0;
    }
    return report;
}

/* False where it was given up. */
static bool read_all(const struct measure_setup *setup, struct evaluator *evaluator,
                     struct measure *measure)
{
    const struct dataset *set = setup->set;
    const struct nn *net = setup->model->net;
    enum nn_cost cost = measure_cost(setup->model);
    for (uint32_t at = 0; at < set->count; at += PART) {
        uint32_t count = set->count - at < PART ? set->count - at : PART;
        if (setup->go_on && !setup->go_on(setup->user, (double)at / set->count))
            return false;
        double begin = clock_seconds();
        struct evaluation part = evaluator_read(evaluator, net, cost, set, at, count,
                                                measure->answers + (size_t)at * VERDICT_CLASSES);
        measure->figures = evaluation_join(&measure->figures, &part);
        measure->seconds += clock_seconds() - begin;
    }
    return true;
}

bool measure_run(const struct measure_setup *setup, struct measure *measure, struct err *err)
{
    const struct dataset *set = setup->set;
    const struct model *model = setup->model;
    *measure = (struct measure){.rule = rule_read(&model->record),
                                .guesses = rule_guesses(&model->record)};
    struct evaluator *evaluator = evaluator_new(model->net, setup->kern, setup->pool, err);
    if (!evaluator)
        return false;
    measure->answers = malloc(((size_t)set->count * VERDICT_CLASSES + 1) * sizeof(float));
    bool done = measure->answers && read_all(setup, evaluator, measure);
    evaluator_free(evaluator);
    if (done) {
        const struct calibrate_answers answers = {measure->answers, set->labels, set->count};
        measure->verdicts = measure_verdicts(model, &answers);
        return true;
    }
    if (measure->answers)
        err_set(err, "%s", "");
    else
        err_memory(err, _("the answers"));
    measure_clear(measure);
    return false;
}

struct verdict_probabilities measure_read(const struct measure *measure, const struct nn *net,
                                          uint32_t i)
{
    return verdict_read(net, measure->answers + (size_t)i * VERDICT_CLASSES,
                        measure->rule.temperature);
}

void measure_clear(struct measure *measure)
{
    free(measure->answers);
    measure->answers = NULL;
}
