/* explaining.h -- why the drawing is read as it is, worked out on a thread of its own while the
 * drawing goes on: what taking ink away does, the smallest change that makes it another digit, and
 * what becomes of the answer as the picture is turned, moved, resized and thickened.
 *
 * The last explanation stays until the next is there. The computing is that of eval/:
 * attribution.h, change.h, sweep.h.
 */
#ifndef APP_STATE_EXPLAINING_H
#define APP_STATE_EXPLAINING_H

#include <stdbool.h>
#include <stdint.h>

#include "app/state/means.h"
#include "app/state/reader.h"
#include "eval/attribution.h"
#include "eval/change.h"
#include "eval/sweep.h"
#include "ink/fit.h"

enum explaining_kind {
    EXPLAINING_NEURON, /* nothing is to be worked out: activations.h tells it at once */
    EXPLAINING_INK,    /* occlusion, of all ten digits */
    EXPLAINING_CHANGE, /* to one digit */
    EXPLAINING_CURVES, /* of the ten probabilities */
    EXPLAINING_ALIKE,  /* the training images most like it: alike.h finds them */
    EXPLAINING_OTHER,  /* how another model reads it: compared.h */
};

/* What is explained. */
struct explaining_wish {
    enum explaining_kind kind;
    int digit; /* EXPLAINING_CHANGE: what it shall be read as; else 0 */
    struct reading_by by;
    const struct ink_fit *fit; /* with ink */
};

/* What came of it: the one of the three that was wished for. */
struct explained {
    enum explaining_kind kind;
    int digit;
    uint64_t model, weights; /* as in struct reading_by */
    uint8_t pixels[FIT_LEN]; /* the picture */
    struct attribution occlusion;
    struct change change;
    struct verdict_probabilities changed; /* what the changed picture is read as */
    struct sweep sweeps[SWEEP_KINDS];
};

/* From zeros: explaining_begin. */
struct explaining {
    struct app_means means;
    struct explaining_work *work; /* under way, or NULL */
    struct explained *result;     /* the last one, or NULL */
};

void explaining_begin(struct explaining *explaining, const struct app_means *means);
void explaining_end(struct explaining *explaining);

bool explaining_busy(const struct explaining *explaining);

/* Sees to it that the wish, which is one for a job of this file, comes true: begins unless it is
 * there or under way. What is under way for an older drawing goes on first, so that there is
 * something to see while the pen moves; what is for another kind, digit or model is given up. */
void explaining_want(struct explaining *explaining, const struct explaining_wish *wish);
void explaining_stop(struct explaining *explaining); /* nothing is wanted */

/* Takes in what came of it. */
void explaining_poll(struct explaining *explaining);

/* Whether it is of the kind, digit and model that is wished for, if of an older drawing. */
bool explaining_answers(const struct explained *explained, const struct explaining_wish *wish);

#endif
