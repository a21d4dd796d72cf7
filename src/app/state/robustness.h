/* robustness.h -- how well the model in use reads images that are moved, turned, blurred and so on
 * (eval/disturb.h), as a job; and the same of the model before it, to be compared.
 *
 * The images are those of the last evaluation, of which the first ROBUST_IMAGES_MAX at most. What
 * is read is copied when it begins. The figures come one by one, and are shown as they come.
 */
#ifndef APP_STATE_ROBUSTNESS_H
#define APP_STATE_ROBUSTNESS_H

#include <stdbool.h>
#include <stdint.h>

#include "app/state/evaluating.h"
#include "app/state/means.h"
#include "eval/disturb.h"

struct model;

enum {
    ROBUST_IMAGES_MAX = 10000,
    ROBUST_READINGS = DISTURB_KINDS * DISTURB_STRENGTHS,
};

/* What a model made of the images. */
struct robust_figures {
    char model[EVALUATED_NAME_MAX];
    uint64_t model_number; /* models.h */
    enum evaluating_set which;
    uint64_t images_number; /* as in struct evaluated: with another, it is of other images */
    uint32_t count;         /* of images, */
    double plain;           /* and the accuracy on them as they are */
    struct disturb_result result;
};

/* From zeros: robustness_begin. */
struct robustness {
    struct app_means means;
    struct robustness_work *work;        /* under way, or NULL */
    struct robust_figures *last, *other; /* the last, and those of another model on the same images
                                            before it; or NULL */
};

void robustness_begin(struct robustness *robustness, const struct app_means *means);
void robustness_end(struct robustness *robustness);

/* Reads them with the model, whose number that is; nothing where some are being read. */
void robustness_start(struct robustness *robustness, const struct model *model,
                      uint64_t model_number, const struct evaluated *images);
void robustness_stop(struct robustness *robustness); /* gives up what is under way */
bool robustness_busy(const struct robustness *robustness);
double robustness_progress(const struct robustness *robustness); /* 0 to 1 */

/* Those under way, or else the last; *done of the readings, in their order, are there. NULL: none.
 * The other ones are of another model and the same images, and are all there; or NULL. */
const struct robust_figures *robustness_now(const struct robustness *robustness, int *done);
const struct robust_figures *robustness_other(const struct robustness *robustness);

/* Takes in what came of it. */
void robustness_poll(struct robustness *robustness);

#endif
