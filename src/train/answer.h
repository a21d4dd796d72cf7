/* answer.h -- what a network's ten outputs say: a probability for each digit, and whether to trust
 * it.
 *
 * Softmax outputs are probabilities as they are. Outputs that are never negative, such as the
 * book's sigmoids, are taken as shares of their sum; any others go through softmax. Of outputs that
 * are no finite numbers every digit is as likely as any.
 *
 * A verdict looks at three things. The highest probability says whether the digit is likely. The
 * spread, e to the entropy, says over how many digits the answer is spread, from 1 to 10: a network
 * that was taught on things that are no digits answers them evenly. What is left beside the two
 * highest tells two digits that compete from no digit at all.
 */
#ifndef TRAIN_ANSWER_H
#define TRAIN_ANSWER_H

#include <stdbool.h>

struct err;
struct nn;
struct record;

enum { ANSWER_CLASSES = 10 };

struct answer_probabilities {
    float of[ANSWER_CLASSES]; /* add up to 1 */
    int best;     /* answer_best's */
    int second;   /* the likeliest of the others */
};

/* How a model's outputs become probabilities and verdicts: fitted for each (calibrate.h), and kept
 * in its record. */
struct answer_rule {
    double temperature; /* flattens (above 1) or sharpens (below 1); never changes the best */
    double sure;        /* the least probability of a sure answer */
    double spread;      /* the widest spread of a sure answer */
    double rest;        /* the least probability of all but two where there is no digit */
};

/* For a model that says nothing. Such a network is a poor judge of what it never saw. */
extern const struct answer_rule answer_usual;

/* What stands in a record; the usual where there is nothing, or nonsense. */
struct answer_rule answer_rule_read(const struct record *record);

/* Whether a network of that record merely guesses, however high its probabilities are: it is known
 * to read fewer than nine in ten, or nothing was fitted that tells when it is sure. */
bool answer_guesses(const struct record *record);

/* "97.3 %", of 0 to 1; never 100: what rounds to that is "> 99.9 %". */
struct answer_percent {
    char text[16];
};
struct answer_percent answer_percent(double probability);

bool answer_rule_write(const struct answer_rule *rule, struct record *record, struct err *err);

/* The likeliest of an answer's ten numbers; the lower digit of equals. */
int answer_best(const float *out);

/* `out` is one answer of `net`, ten floats. */
struct answer_probabilities answer_read(const struct nn *net, const float *out, double temperature);

double answer_spread(const struct answer_probabilities *answer);
double answer_rest(const struct answer_probabilities *answer);

enum answer_verdict { ANSWER_SURE, ANSWER_DOUBTFUL, ANSWER_NO_DIGIT, ANSWER_VERDICTS };

enum answer_verdict answer_judge(const struct answer_rule *rule,
                                 const struct answer_probabilities *answer);
const char *answer_verdict_name(enum answer_verdict verdict); /* "sure", "doubtful", "no digit" */

#endif
