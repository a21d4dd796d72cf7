/* plot.h -- curves as they are: no smoothing, and no spike lost.
 *
 * A plot draws itself from a struct ui_plot into any shape list at any size, so that the picture
 * that is exported is the one on screen. Where there are more points than columns of pixels, each
 * column shows its first, lowest, highest and last value.
 */
#ifndef UI_PLOT_H
#define UI_PLOT_H

#include "ui/ui.h"

struct ui_point {
    float x, y; /* a y that is not finite leaves a gap */
};

struct ui_series {
    const char *name;              /* for the legend and the values; NULL: not in the legend */
    ui_color color;
    const struct ui_point *points; /* by rising x */
    size_t count;
    bool behind;                   /* the previous run: thinner, and under the others */
    float dash;                    /* 0: a whole line; else dashes so long, in points, */
    float gap;                     /* and so far from one another; 0: as far as they are long */
};

/* A place on the x axis at which something happened: a thin line, its words beside it where there
 * is room, and in the box of values. */
struct ui_mark {
    float x;
    const char *label;
};

/* A range whose ends are both 0 is found from the points. */
struct ui_plot {
    const char *heading;     /* "Accuracy", shown as a heading at the left of the legend; or NULL */
    const struct ui_series *series;
    int series_count;
    const struct ui_mark *marks; /* by rising x */
    int mark_count;
    float x_min, x_max;      /* epochs, say */
    float y_min, y_max;
    bool percent;            /* y from 0 to 1 is written as 0 % to 100 % */
    bool log_y;              /* values of 0 and below are left out */
    float y_least, y_most;   /* bounds of the range found from the points, such as 0 and 1 for an
                                accuracy; both 0: none */
    float label_room;        /* at least so wide beside the y axis, so that plots above one another
                                align; 0: as wide as the labels need */
    bool has_current;        /* a dashed line at the newest x, and dots on the curves there */
    float current;
    const char *x_name;      /* "epoch": used in the box of values */
    const char *x_unit;      /* "epochs": before the numbers on the axis; or NULL */
    const char *empty;       /* what to say while there are no points */
};

/* A plot as a control: with the pointer over it, or with the arrow keys when it has the focus, it
 * shows the values at the nearest points. */
void ui_plot(struct ui *ui, const char *name, struct ui_rect rect, const struct ui_plot *plot);

/* The same into any list, for export. `at` is the x at which to show values, or NULL. */
void ui_plot_draw(struct ui_shapes *shapes, const struct ui_metrics *metrics,
                  const struct ui_theme *theme, struct ui_rect rect, const struct ui_plot *plot,
                  const float *at);

/* How a curve's line looks, in the middle of `rect`: for a list beside the plot. */
void ui_plot_key(struct ui *ui, struct ui_rect rect, const struct ui_series *series);

/* A curve without axes that fills `rect`: the dock's. The range of y is that of its points. */
void ui_sparkline(struct ui_shapes *shapes, struct ui_rect rect, const struct ui_series *series);

/* ---- parts, for tests and for other pictures ------------------------------------------------ */

/* Ticks at 1, 2 or 5 times a power of ten (times a power of ten alone on a logarithmic axis): the
 * first is at or below min and the last at or above max. */
struct ui_ticks {
    double first, step; /* tick i is at first + i * step */
    int count, digits;  /* digits after the point that tell them apart */
};
struct ui_ticks ui_ticks(double min, double max, int most);

/* Thins `count` points to at most 4 for each of `columns` equal parts of [x_min, x_max]: first,
 * lowest, highest, last, in order. out has room for 4 * columns + 2. Returns how many; where all
 * fit, they are copied. Points outside the range are left out, but for one neighbour on each
 * side. */
size_t ui_thin(const struct ui_point *points, size_t count, float x_min, float x_max, int columns,
               struct ui_point *out);

#endif
