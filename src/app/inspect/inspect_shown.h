/* inspect_shown.h -- all that the Inspect view is shown of the rest of the program. */
#ifndef APP_INSPECT_INSPECT_SHOWN_H
#define APP_INSPECT_INSPECT_SHOWN_H

#include <stdbool.h>
#include <stdint.h>

#include "app/state/activations.h"
#include "app/state/alike.h"
#include "app/state/compared.h"
#include "app/state/digit_map.h"
#include "app/state/evaluating.h"
#include "app/state/explaining.h"
#include "app/widget/canvas_pad.h"
#include "base/files.h"

struct gallery;
struct robustness;
struct suspecting;

enum { INSPECT_COLUMN_BELOW = 900 }; /* a window that is less wide has one column */

/* Of the view, of which one is on show. */
enum inspect_part { INSPECT_DRAWING, INSPECT_IMAGES, INSPECT_MAP };

struct inspect_shown {
    enum inspect_part part;
    struct canvas_pad_shown drawn; /* on the canvas */
    const struct activations *activations;
    const struct answer *answer; /* to this drawing, */
    struct verdict_rule rule;    /* judged by that */
    struct neuron_sum sum;       /* of the neuron that is chosen, where there is a network */
    enum explaining_kind explain;      /* beside the network, */
    int digit;                         /* of that one, where it is of one */
    const struct explained *explained; /* NULL: it is not there yet */
    const struct alike *alike;
    bool alike_there; /* it has found images for the one that reads */
    const struct compared *compared;
    int found_count; /* models that may be compared with, beside the built-in ones */
    char (*found)[FILES_PATH_MAX];
    const struct weight_edits *edits;
    bool newest; /* the newest weights of a training read */
    const struct evaluating *evaluating;
    const struct gallery *gallery;
    const struct robustness *robustness;
    const struct suspecting *suspecting;
    const struct dataset *train; /* the training images, or NULL; and */
    uint64_t train_number;       /* their number (library.h) */
    const struct digit_map *map;
    bool map_there;                /* it is by the model in use, and of the images that are there */
    bool map_tests;                /* of the test images, else of the training images */
    bool map_waits;                /* for the images */
    const float *map_hidden;       /* what the last hidden layer makes of the drawing; or NULL */
    const char *model;             /* the name of the one in use, or NULL */
    const char *old;               /* why the figures are not those of now; NULL: they are */
};

#endif
