/* curves_export.h -- the curves of a run as files for others: a table and a picture.
 *
 * The picture is the plots of the window, painted by whoever can paint: the app knows no painter,
 * so it is handed one.
 */
#ifndef APP_TRAIN_CURVES_EXPORT_H
#define APP_TRAIN_CURVES_EXPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/ui.h"

struct err;
struct history;
struct past_runs;
struct recipe;
struct run_marks;

/* Paints shapes over `ground` and saves them as a PNG file of width x height points at `scale`. */
struct export_painter {
    void *user;
    bool (*save)(void *user, const char *path, const struct ui_shapes *shapes, float width,
                 float height, float scale, ui_color ground, struct err *err);
};

/* What is exported. `before` may be NULL, with its recipe; `data` is the training set's name. */
struct export_run {
    const struct recipe *recipe;
    const struct history *history;
    const struct past_runs *past;  /* before it, or NULL */
    const struct run_marks *marks; /* on the run's curves, or NULL */
    bool whole;                    /* the picture shows the steep beginning, too */
    const char *data;
};

/* The table: the recipe in lines that begin with #, a heading line, then a line for each point of
 * the curves, by epoch; what was not measured at a point is left empty. The caller frees it; NULL
 * when memory is short. */
char *export_csv(const struct export_run *run, size_t *size, struct err *err);

bool export_csv_file(const struct export_run *run, const char *path, struct err *err);

/* Both plots under a line that says what they are of, in the colours of `theme`. */
bool export_png_file(const struct export_run *run, const struct export_painter *painter,
                     const struct ui_metrics *metrics, const struct ui_theme *theme,
                     const char *path, struct err *err);

#endif
