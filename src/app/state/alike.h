/* alike.h -- the training images that the network takes to be most like the drawing.
 *
 * The set is read once for each model, which takes seconds, and only once somebody has asked for
 * it; after that each drawing is looked up. Both are done on a thread of their own. The computing
 * is eval/nearest.h's, which says what "like" means.
 */
#ifndef APP_STATE_ALIKE_H
#define APP_STATE_ALIKE_H

#include <stdbool.h>
#include <stdint.h>

#include "app/state/means.h"
#include "app/state/reader.h"
#include "ink/fit.h"

struct dataset;

enum { ALIKE_MAX = 8 };

struct alike_image {
    uint32_t number; /* in the set */
    uint8_t label;
    float cosine; /* 1: its activations point in the same direction as the drawing's */
    uint8_t pixels[FIT_LEN];
};

/* To whom what is there belongs. */
struct alike_key {
    uint64_t model; /* its number (models.h), */
    uint64_t set;   /* and that of the set (library.h); 0: of nothing */
};

struct alike_wish {
    struct reading_by by; /* a model in use: by.weights is 0 */
    const struct ink_fit *fit;
    const struct dataset *set; /* or NULL: it is not there */
    uint64_t set_number;
};

/* From zeros: alike_begin. */
struct alike {
    struct app_means means;
    bool asked; /* a set that is not read yet is to be read */

    struct alike_work *work; /* under way, or NULL */
    struct alike_read *read; /* a set as it was read, or NULL */

    /* The last look. */
    struct alike_image images[ALIKE_MAX]; /* most alike first */
    int count;
    struct alike_key key;
    uint8_t pixels[FIT_LEN]; /* the drawing */
};

void alike_begin(struct alike *alike, const struct app_means *means);
void alike_end(struct alike *alike);

void alike_ask(struct alike *alike);
void alike_stop(struct alike *alike); /* asks no longer */

/* Sees to it that the wish comes true, as far as it was asked for. */
void alike_want(struct alike *alike, const struct alike_wish *wish);

/* Takes in what came of it; from the set of that number, or NULL, come the pictures. */
void alike_poll(struct alike *alike, const struct dataset *set, uint64_t set_number);

bool alike_busy(const struct alike *alike);
bool alike_reads(const struct alike *alike);      /* a set, with a progress, */
double alike_progress(const struct alike *alike); /* 0 to 1 */
bool alike_has(const struct alike *alike, const struct alike_wish *wish); /* a look, if older */

#endif
