/* learn_shown.h -- all that the Learn view is shown of the rest of the program. */
#ifndef APP_LEARN_LEARN_SHOWN_H
#define APP_LEARN_LEARN_SHOWN_H

#include <stdbool.h>

struct lessons;

struct learn_shown {
    const struct lessons *lessons;
    const char *data; /* the name of the set that is learnt from */
    bool drawn;       /* it is drawn by the program */
    bool presenting;  /* the page alone is on show */
};

#endif
