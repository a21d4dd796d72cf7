/* zoom.h -- by how much everything is larger than the system says, step by step. */
#ifndef APP_STATE_ZOOM_H
#define APP_STATE_ZOOM_H

#define ZOOM_LEAST 0.5
#define ZOOM_MOST 4.0

/* The next step above a zoom (1) or below it (-1); the same at the end of the steps. */
double zoom_step(double zoom, int direction);

#endif
