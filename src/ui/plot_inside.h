/* plot_inside.h -- what a plot is drawn with, for the files that draw it. */
#ifndef UI_PLOT_INSIDE_H
#define UI_PLOT_INSIDE_H

#include "ui/plot.h"

enum {
    PLOT_SMALL = 12, /* of its letters */
    PLOT_KEY = 14,   /* the picture of a curve beside its name */
};

/* What a plot is drawn with, and how its values become places. */
struct plot_pen {
    struct ui_shapes *shapes;
    const struct ui_metrics *metrics;
    const struct ui_theme *theme;
    const struct ui_plot *plot;
    struct ui_rect area;   /* the curves' */
    double x0, x1, y0, y1; /* y as it is drawn: the decimal logarithm on such an axis */
    struct ui_ticks y_ticks;
};

float plot_text_width(const struct plot_pen *pen, float size, const char *text);

/* At (x, y), to whose left there is `align` of it: 0 none, 1 all. */
void plot_put_text(const struct plot_pen *pen, float x, float y, float align, float size,
                   ui_color color, const char *text);

/* To where a value lies: y as it is drawn, and both in points. */
double plot_scale_y(const struct plot_pen *pen, double y);
float plot_place_x(const struct plot_pen *pen, double x);
float plot_place_y(const struct plot_pen *pen, double scaled);

/* ---- plot_values.c --------------------------------------------------------------------------- */

float plot_gap(const struct ui_series *series); /* between its dashes */
void plot_draw_key(const struct plot_pen *pen, const struct ui_series *series, float x, float y);
void plot_draw_marks(const struct plot_pen *pen);
void plot_draw_current(const struct plot_pen *pen);          /* the newest x */
void plot_draw_values(const struct plot_pen *pen, float at); /* the values at some x */

#endif
