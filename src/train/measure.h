/* measure.h -- how well a model reads a set: accuracy and cost, its verdicts, and every answer.
 *
 * The command `eval` and the window say what this says.
 */
#ifndef TRAIN_MEASURE_H
#define TRAIN_MEASURE_H

#include <stdbool.h>

#include "eval/calibrate.h"
#include "eval/evaluate.h"

struct dataset;
struct err;
struct kern;
struct model;
struct pool;

struct measure_setup {
    const struct model *model;
    const struct kern *kern;
    struct pool *pool;
    const struct dataset *set;
    /* Asked now and then, with the part that is done; false gives it up. NULL: on to the end. */
    bool (*go_on)(void *user, double part);
    void *user;
};

struct measure {
    struct evaluation figures; /* by the cost that the model was trained by, where its file says */
    struct calibrate_report verdicts;
    struct verdict_rule rule; /* that they were judged by */
    bool guesses;             /* the model merely guesses (rule.h) */
    float *answers;           /* [count][10], as the network gave them */
    double seconds;           /* that reading took */
};

/* That it was trained by, where its file says. */
enum nn_cost measure_cost(const struct model *model);

/* False with a sentence, or with "" where it was given up; then there is nothing to be cleared. */
bool measure_run(const struct measure_setup *setup, struct measure *measure, struct err *err);
/* What the network that was measured answers to image i, as the canvas would tell it. */
struct verdict_probabilities measure_read(const struct measure *measure, const struct nn *net,
                                          uint32_t i);
void measure_clear(struct measure *measure); /* frees the answers */

/* How a model's answers are judged: digits, or without labels what is none. */
struct calibrate_report measure_verdicts(const struct model *model,
                                         const struct calibrate_answers *answers);

#endif
