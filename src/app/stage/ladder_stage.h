/* ladder_stage.h -- the book's ladder: reading digits by guessing, by darkness, by the nearest
 * mean, and with 30 and 100 hidden neurons, each really done on the data at hand.
 *
 *   set     go                  runs all rungs; again: stop
 *           images, epochs      to learn from, and of the two networks
 *   figures rung1 to rung5      the accuracy of each on the test images, in percent
 *           count               test images that were read
 *           done                1: all were run
 */
#ifndef APP_STAGE_LADDER_STAGE_H
#define APP_STAGE_LADDER_STAGE_H

#include "app/stage/stage.h"
#include "base/err.h"

struct ladder_work;

enum { LADDER_RUNGS = 5 };

struct ladder_stage {
    struct stage stage;
    struct stage_world world; /* lent parts of it until the next update */
    int images, epochs;
    struct ladder_work *work;                           /* under way, or NULL */
    int known;                                          /* rungs */
    double accuracy[LADDER_RUNGS], error[LADDER_RUNGS]; /* parts of 1; error: standard error */
    uint32_t count;                                     /* test images */
    double progress;                                    /* of the work, 0 to 1 */
    struct err trouble;                                 /* of the last work, or "" */
};

extern const struct stage_kind ladder_stage_kind;

/* "Guessing", "Nearest mean", "30 hidden neurons" */
const char *ladder_stage_name(int rung);

#endif
