/* suspecting.h -- training images whose label is probably wrong (train/suspects.h), found by a job;
 * and the person's corrections of them (data/corrections.h), which the next training heeds.
 */
#ifndef APP_STATE_SUSPECTING_H
#define APP_STATE_SUSPECTING_H

#include <stdbool.h>
#include <stdint.h>

#include "app/state/means.h"
#include "data/corrections.h"
#include "train/suspects.h"

struct dataset;
struct err;

/* From zeros: suspecting_begin. */
struct suspecting {
    struct app_means means;
    bool waiting;                 /* for the data */
    struct suspecting_work *work; /* under way, or NULL */
    struct suspect *found;        /* [count], the most confident first; NULL: nobody looked yet */
    int count;
    uint64_t found_set; /* the number of the images (library.h) that they are among */
    int chosen;         /* one of them, or -1 */

    struct corrections corrections;
    uint64_t corrected_set; /* the number of the images that those are of */
};

void suspecting_begin(struct suspecting *suspecting, const struct app_means *means);
void suspecting_end(struct suspecting *suspecting);

/* Waits for the data; then it is launched, or given up. */
void suspecting_start(struct suspecting *suspecting);
void suspecting_launch(struct suspecting *suspecting, const struct dataset *train, uint64_t number);
void suspecting_stop(struct suspecting *suspecting);
bool suspecting_busy(const struct suspecting *suspecting);
double suspecting_progress(const struct suspecting *suspecting); /* 0 to 1 */

/* Takes in what came of it. */
void suspecting_poll(struct suspecting *suspecting);

/* Sees to it that the corrections are those of these images; NULL: there are none yet. */
void suspecting_follow(struct suspecting *suspecting, const struct dataset *train, uint64_t number);

/* The one that is chosen, or NULL. */
const struct suspect *suspecting_chosen(const struct suspecting *suspecting);
void suspecting_choose(struct suspecting *suspecting, uint32_t image);

/* Corrects the chosen one: a digit, CORRECTION_OUT or CORRECTION_NONE. */
void suspecting_correct(struct suspecting *suspecting, uint8_t label);
void suspecting_undo(struct suspecting *suspecting);

/* Writes the images as they are to be learnt, which the caller frees, to *corrected; NULL: as they
 * are. False with a sentence: no memory. */
bool suspecting_apply(const struct suspecting *suspecting, const struct dataset *train,
                      struct dataset **corrected, struct err *err);

#endif
