/* SPDX-License-Identifier: MIT */
#include "eval/calibrate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "data/dataset.h"
#include "data/outliers.h"
#include "eval/evaluate.h"

enum {
    HALVINGS = 40,
    PIECE = 500, /* pictures that are read between two questions whether it is still wanted */
};

/* The part of the digits that is left in doubt on purpose, so that what is no digit is, too. Other
 * people's digits are less sure than those that a rule is fitted on: this is for two in a hundred
 * of theirs. */
static const double doubted = 0.013;

static const double least_sure = 0.6;

/* Outliers of this seed are in no training, whose numbers start far higher. */
static const uint64_t outlier_seed = 1;

static struct verdict_probabilities read_at(const struct nn *net, double temperature,
                                            const struct calibrate_answers *answers, uint32_t i)
{
    return verdict_read(net, answers->out + (size_t)i * VERDICT_CLASSES, temperature);
}

/* ---- temperature --------------------------------------------------------------------------- */

static double mean_surprise(const struct nn *net, double temperature,
                            const struct calibrate_answers *digits)
{
    static const double least = 1e-12;
    double sum = 0;
    for (uint32_t i = 0; i < digits->count; i++) {
        struct verdict_probabilities answer = read_at(net, temperature, digits, i);
        sum -= log(fmax((double)answer.of[digits->labels[i]], least));
    }
    return sum / digits->count;
}

static double surprise_at(const struct nn *net, double log_temperature,
                          const struct calibrate_answers *digits, int set_count)
{
    double sum = 0;
    for (int i = 0; i < set_count; i++)
        sum += mean_surprise(net, exp(log_temperature), &digits[i]);
    return sum;
}

/* Golden section search (Kiefer 1953); there is one minimum, as the surprise is convex in
 * 1 / temperature. */
double calibrate_temperature(const struct nn *net, const struct calibrate_answers *digits,
                             int set_count)
{
    static const double ratio = 0.6180339887498949, narrow = 1e-3;
    double lo = log(0.1), hi = log(10);
    double a = hi - ratio * (hi - lo), b = lo + ratio * (hi - lo);
    double at_a = surprise_at(net, a, digits, set_count);
    double at_b = surprise_at(net, b, digits, set_count);
    while (hi - lo > narrow) {
        if (at_a < at_b) {
            hi = b;
            b = a, at_b = at_a;
            a = hi - ratio * (hi - lo);
            at_a = surprise_at(net, a, digits, set_count);
        } else {
            lo = a;
            a = b, at_a = at_b;
            b = lo + ratio * (hi - lo);
            at_b = surprise_at(net, b, digits, set_count);
        }
    }
    return exp((lo + hi) / 2);
}

/* ---- what is sure -------------------------------------------------------------------------- */

/* What verdicts look at, for one set of digits. */
struct measures {
    uint32_t count, misread;
    double *best, *narrow; /* [count]: the highest probability; minus the spread. In any order */
    double *best_sorted, *narrow_sorted; /* lowest first */
};

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void free_measures(struct measures *m)
{
    free(m->best);
    *m = (struct measures){0};
}

static bool take_measures(const struct nn *net, double temperature,
                          const struct calibrate_answers *digits, struct measures *m)
{
    size_t n = digits->count;
    *m = (struct measures){.count = digits->count, .best = malloc(4 * n * sizeof *m->best)};
    if (!m->best)
        return false;
    m->narrow = m->best + n;
    m->best_sorted = m->best + 2 * n;
    m->narrow_sorted = m->best + 3 * n;
    for (uint32_t i = 0; i < digits->count; i++) {
        struct verdict_probabilities answer = read_at(net, temperature, digits, i);
        m->best[i] = (double)answer.of[answer.best];
        m->narrow[i] = -verdict_spread(&answer);
        m->misread += answer.best != digits->labels[i];
    }
    memcpy(m->best_sorted, m->best, 2 * n * sizeof *m->best);
    qsort(m->best_sorted, n, sizeof *m->best, compare_doubles);
    qsort(m->narrow_sorted, n, sizeof *m->best, compare_doubles);
    return true;
}

static double part_in_doubt(const struct measures *m, double best, double narrow)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < m->count; i++)
        count += m->best[i] < best || m->narrow[i] < narrow;
    return (double)count / m->count;
}

/* The two limits that leave this part of the digits out, each for itself. */
static void find_limits(const struct measures *m, double part, double *best, double *narrow)
{
    uint32_t at = (uint32_t)(part * (m->count - 1));
    *best = m->best_sorted[at];
    *narrow = m->narrow_sorted[at];
}

/* Loosens the rule as far as this set asks. */
static void loosen_rule(const struct measures *m, struct verdict_rule *rule)
{
    double wanted = fmax(doubted, (double)m->misread / m->count), lo = 0, hi = wanted, best, narrow;
    for (int i = 0; i < HALVINGS; i++) {
        double part = (lo + hi) / 2;
        find_limits(m, part, &best, &narrow);
        if (part_in_doubt(m, best, narrow) <= wanted)
            lo = part;
        else
            hi = part;
    }
    find_limits(m, lo, &best, &narrow);
    rule->sure = fmin(rule->sure, best);
    rule->spread = fmax(rule->spread, -narrow);
}

/* ---- what is no digit ---------------------------------------------------------------------- */

/* The part of those not sure whose rest reaches the limit; 1/2 where all are sure. */
static double part_of_no_digit(const struct nn *net, const struct verdict_rule *rule,
                               const struct calibrate_answers *answers, int set_count)
{
    uint32_t count[VERDICT_COUNT] = {0};
    for (int set = 0; set < set_count; set++)
        for (uint32_t i = 0; i < answers[set].count; i++) {
            struct verdict_probabilities answer = read_at(net, rule->temperature, &answers[set], i);
            count[verdict_judge(rule, &answer)]++;
        }
    uint32_t open = count[VERDICT_DOUBTFUL] + count[VERDICT_NO_DIGIT];
    return open > 0 ? (double)count[VERDICT_NO_DIGIT] / open : 0.5;
}

/* Where digits and outliers, as far as they are not sure, are told apart best. */
static double find_rest(const struct nn *net, struct verdict_rule rule,
                        const struct calibrate_answers *digits, int set_count,
                        const struct calibrate_answers *outliers)
{
    static const double step = 0.02;
    double most = -1, found = verdict_usual.rest;
    for (int i = 1; i * step < 0.8; i++) {
        rule.rest = i * step;
        double gain = part_of_no_digit(net, &rule, outliers, 1) -
                      part_of_no_digit(net, &rule, digits, set_count);
        if (gain > most) {
            most = gain;
            found = rule.rest;
        }
    }
    return found;
}

bool calibrate_rule(const struct nn *net, const struct calibrate_answers *digits, int set_count,
                    const struct calibrate_answers *outliers, struct verdict_rule *rule,
                    struct err *err)
{
    struct verdict_rule fitted = {.sure = 1, .spread = 1};
    fitted.temperature = calibrate_temperature(net, digits, set_count);
    for (int i = 0; i < set_count; i++) {
        struct measures measures;
        if (!take_measures(net, fitted.temperature, &digits[i], &measures))
            return err_memory(err, _("the calibration"));
        loosen_rule(&measures, &fitted);
        free_measures(&measures);
    }
    fitted.sure = fmax(fitted.sure, least_sure);
    fitted.rest = find_rest(net, fitted, digits, set_count, outliers);
    *rule = fitted;
    return true;
}

/* ---- from pictures --------------------------------------------------------------------------- */

struct reading {
    const struct nn *net;
    struct evaluator *evaluator;
    const atomic_bool *unwanted;
    struct calibrate_answers answers[CALIBRATE_SETS_MAX + 1];
    int count;
};

/* The answers to one more set, in memory of their own; in pieces, so that it can be given up. */
static bool read_set(struct reading *r, const struct dataset *set, struct err *err)
{
    float *out = malloc((size_t)set->count * VERDICT_CLASSES * sizeof *out);
    if (!out)
        return err_memory(err, _("the calibration"));
    r->answers[r->count++] = (struct calibrate_answers){out, set->labels, set->count};
    for (uint32_t first = 0; first < set->count; first += PIECE) {
        if (r->unwanted && atomic_load(r->unwanted))
            return err_set(err, _("The calibration was given up."));
        uint32_t left = set->count - first;
        evaluator_read(r->evaluator, r->net, NN_QUADRATIC, set, first, left < PIECE ? left : PIECE,
                       out + (size_t)first * VERDICT_CLASSES);
    }
    return true;
}

static bool read_all(struct reading *r, const struct dataset *const *digits, int set_count,
                     const struct dataset *outliers, struct err *err)
{
    for (int i = 0; i < set_count; i++)
        if (digits[i] && digits[i]->count > 0 && !read_set(r, digits[i], err))
            return false;
    return read_set(r, outliers, err);
}

bool calibrate_net(const struct nn *net, const struct dataset *const *digits, int set_count,
                   uint32_t outlier_count, struct evaluator *evaluator, const atomic_bool *unwanted,
                   struct verdict_rule *rule, struct err *err)
{
    struct dataset *outliers = outliers_new(outlier_seed, OUTLIER_TRAINING, outlier_count, err);
    struct reading r = {.net = net, .evaluator = evaluator, .unwanted = unwanted};
    bool ok = outliers && read_all(&r, digits, set_count, outliers, err) &&
              calibrate_rule(net, r.answers, r.count - 1, &r.answers[r.count - 1], rule, err);
    for (int i = 0; i < r.count; i++)
        free((float *)r.answers[i].out);
    dataset_free(outliers);
    return ok;
}

/* ---- measuring ----------------------------------------------------------------------------- */

/* Mean over the answers of the difference between accuracy and confidence in their bin. */
static double calibration_error(const struct calibrate_report *report, uint32_t count)
{
    double error = 0;
    for (int i = 0; i < CALIBRATE_BINS; i++)
        error += fabs(report->bins[i].confidence - (double)report->bins[i].correct);
    return error / (count > 0 ? count : 1);
}

struct calibrate_report calibrate_measure(const struct nn *net, const struct verdict_rule *rule,
                                          const struct calibrate_answers *answers)
{
    struct calibrate_report report = {0};
    for (uint32_t i = 0; i < answers->count; i++) {
        struct verdict_probabilities answer = read_at(net, rule->temperature, answers, i);
        enum verdict verdict = verdict_judge(rule, &answer);
        report.count[verdict]++;
        if (!answers->labels)
            continue;
        bool right = answer.best == answers->labels[i];
        report.sure_correct += right && verdict == VERDICT_SURE;
        int bin = (int)((double)answer.of[answer.best] * CALIBRATE_BINS);
        bin = bin < CALIBRATE_BINS ? bin : CALIBRATE_BINS - 1;
        report.bins[bin].count++;
        report.bins[bin].confidence += (double)answer.of[answer.best];
        report.bins[bin].correct += right;
    }
    report.error = calibration_error(&report, answers->count);
    return report;
}
