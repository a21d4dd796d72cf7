/* hold.h -- who holds the data: one at a time learns from it, or waits until it is loaded.
 *
 * Whoever holds it has the cores, too; and other data cannot be chosen meanwhile.
 */
#ifndef APP_JOB_HOLD_H
#define APP_JOB_HOLD_H

#include <stdbool.h>

struct err;

enum hold_holder { HOLD_FREE, HOLD_TRAINING, HOLD_FINETUNING };

/* From zeros. */
struct hold {
    enum hold_holder holder;
    bool waiting; /* it waits for the data */
};

/* Whether nobody holds it; else `why` says who does, and what would end that. */
bool hold_is_free(const struct hold *hold, struct err *why);

/* It must be free. The holder waits until the data is there: hold_begin. */
void hold_take(struct hold *hold, enum hold_holder holder);
void hold_begin(struct hold *hold);

/* The holder is done with it, or has given up; nothing happens where another holds it. */
void hold_give(struct hold *hold, enum hold_holder holder);

#endif
