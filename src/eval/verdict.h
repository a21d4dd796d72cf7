/* verdict.h -- what a network's ten outputs say: a probability for each digit, and whether to trust
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
#ifndef EVAL_VERDICT_H
#define EVAL_VERDICT_H

#include <stdbool.h>

struct nn;

enum { VERDICT_CLASSES = 10 };

/* Whoever waits that long for a network to read one image is told so. */
enum { VERDICT_SLOW_SECONDS = 1 };

struct verdict_probabilities {
    float of[VERDICT_CLASSES]; /* add up to 1 */
    int best;                  /* verdict_best's */
    int second;                /* the likeliest of the others */
};

/* How a model's outputs become probabilities and verdicts: fitted for each (calibrate.h), and kept
 * in its record. */
struct verdict_rule {
    double temperature; /* flattens (above 1) or sharpens (below 1); never changes the best */
    double sure;        /* the least probability of a sure answer */
    double spread;      /* the widest spread of a sure answer */
    double rest;        /* the least probability of all but two where there is no digit */
};

/* For a model that says nothing. Such a network is a poor judge of what it never saw. */
extern const struct verdict_rule verdict_usual;

/* "97.3 %", of 0 to 1; never 100: what rounds to that is "> 99.9 %". */
struct verdict_percent {
    char text[16];
};
struct verdict_percent verdict_percent(double probability);

/* The likeliest of an answer's ten numbers; the lower digit of equals. */
int verdict_best(const float *out);

/* `out` is one answer of `net`, ten floats. */
struct verdict_probabilities verdict_read(const struct nn *net, const float *out,
                                          double temperature);

double verdict_spread(const struct verdict_probabilities *answer);
double verdict_rest(const struct verdict_probabilities *answer);

enum verdict { VERDICT_SURE, VERDICT_DOUBTFUL, VERDICT_NO_DIGIT, VERDICT_COUNT };

enum verdict verdict_judge(const struct verdict_rule *rule,
                           const struct verdict_probabilities *answer);

/* The same of a network that merely guesses (train/rule.h): that something is no digit it cannot
 * tell, either. */
enum verdict verdict_of_guess(enum verdict verdict);

/* "sure", "doubtful", "no digit"; of one that guesses "guess". */
const char *verdict_name(enum verdict verdict, bool guess);

/* What is said of an answer: "7", "7 or 5?", "no digit?"; of one that guesses "a guess: 7",
 * "7 or 5? a guess". */
struct verdict_words {
    char text[24];
};
struct verdict_words verdict_words(enum verdict verdict, bool guess, int best, int second);

#endif
