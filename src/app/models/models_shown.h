/* models_shown.h -- all that the Models view is shown of the rest of the program. */
#ifndef APP_MODELS_MODELS_SHOWN_H
#define APP_MODELS_MODELS_SHOWN_H

#include <stdbool.h>

struct shelf;

struct models_shown {
    const struct shelf *shelf;
    const char *in_use; /* the path of the model that reads, as on the shelf; "": none there */
    const char *default_model; /* likewise that reads at the start; "": the one that was in use */
};

#endif
