/* inspect_shown.h -- all that the Inspect view is shown of the rest of the program. */
#ifndef APP_INSPECT_INSPECT_SHOWN_H
#define APP_INSPECT_INSPECT_SHOWN_H

#include <stdbool.h>
#include <stdint.h>

#include "app/state/evaluating.h"

struct gallery;

struct inspect_shown {
    const struct evaluating *evaluating;
    const struct gallery *gallery;
    const char *model;             /* the name of the one in use, or NULL */
    bool old;                      /* the figures are another model's */
    bool missing[EVALUATING_SETS]; /* there is no such set, as far as is known */
};

#endif
