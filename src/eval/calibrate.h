/* calibrate.h -- finds the rule by which a network's answers are judged (verdict.h), and measures
 * how honest they are.
 *
 * Everything here is to be fitted on digits that the network was not trained on, and on drawings
 * that are no digits.
 */
#ifndef EVAL_CALIBRATE_H
#define EVAL_CALIBRATE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "eval/verdict.h"

struct dataset;
struct err;
struct evaluator;
struct nn;

enum {
    CALIBRATE_BINS = 15,
    CALIBRATE_SETS_MAX = 2,
    CALIBRATE_OUTLIERS = 6000,
    CALIBRATE_IMAGES = 10000
};

/* What a network answered. */
struct calibrate_answers {
    const float *out;      /* [count][10], as nn_predict gives them */
    const uint8_t *labels; /* [count]; NULL where there is no digit */
    uint32_t count;
};

/* The temperature at which -ln of the right digit's probability is least, as the mean over the sets
 * of the mean in each (Guo et al. 2017). */
double calibrate_temperature(const struct nn *net, const struct calibrate_answers *digits,
                             int set_count);

/* The whole rule. Of each set of digits it leaves 1.3 % in doubt at most, or as many as are misread
 * where that is more; within that it is as strict as it can be. False: no memory. */
bool calibrate_rule(const struct nn *net, const struct calibrate_answers *digits, int set_count,
                    const struct calibrate_answers *outliers, struct verdict_rule *rule,
                    struct err *err);

/* The same from pictures: runs the network over the sets of digits (at most CALIBRATE_SETS_MAX,
 * NULL and empty ones are passed over; one at least must have a digit) and over so many outliers,
 * of the kinds for training. `unwanted` is asked every few hundred pictures; NULL: it is wanted in
 * any case. False with a sentence: no memory, or no longer wanted. */
bool calibrate_net(const struct nn *net, const struct dataset *const *digits, int set_count,
                   uint32_t outlier_count, struct evaluator *evaluator, const atomic_bool *unwanted,
                   struct verdict_rule *rule, struct err *err);

/* How answers fared. */
struct calibrate_report {
    uint32_t count[VERDICT_COUNT]; /* of each verdict */
    uint32_t sure_correct;         /* of the sure */
    double error; /* expected calibration error: the mean over the answers of the difference between
                   * accuracy and mean confidence in their bin, of CALIBRATE_BINS equal ones (Naeini
                   * et al. 2015) */
    struct calibrate_bin {
        uint32_t count, correct;
        double confidence;  /* their sum */
    } bins[CALIBRATE_BINS]; /* by confidence: the reliability diagram */
};

/* Without labels only `count` is filled in. */
struct calibrate_report calibrate_measure(const struct nn *net, const struct verdict_rule *rule,
                                          const struct calibrate_answers *answers);

#endif
