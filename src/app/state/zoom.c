/* SPDX-License-Identifier: MIT */
#include "app/state/zoom.h"

enum { STEPS = 13 };

static const double steps[STEPS] = {ZOOM_LEAST, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3,
                                    ZOOM_MOST};

double zoom_step(double zoom, int direction)
{
    const double play = 0.01; /* what was rounded on its way through a file */
    if (direction > 0) {
        for (int i = 0; i < STEPS; i++)
            if (steps[i] > zoom + play)
                return steps[i];
    } else {
        for (int i = STEPS - 1; i >= 0; i--)
            if (steps[i] < zoom - play)
                return steps[i];
    }
    return zoom;
}
