/* train_curves.h -- the history of a run, and of some before it, as two plots.
 *
 * The same plots stand on screen and in the exported picture. Nothing is smoothed: where a run has
 * left more training points than can be told apart, each on show is the plain mean of neighbours.
 * Ranges are a function of the points alone and go by steps, so a plot is steady while its curve
 * grows; the first part of the way is left out of them, and the interesting rest fills the plot.
 */
#ifndef APP_TRAIN_TRAIN_CURVES_H
#define APP_TRAIN_TRAIN_CURVES_H

#include "app/state/past_runs.h"
#include "app/state/run_marks.h"
#include "train/history.h"
#include "ui/plot.h"

enum train_measure { TRAIN_ACCURACY, TRAIN_COST, TRAIN_MEASURES };

enum { TRAIN_NAME_MAX = 32 }; /* bytes of what a run before is called */

struct train_curve {
    int count;
    struct ui_point points[HISTORY_POINTS_MAX];
};

struct train_curves {
    int epochs;    /* where the x axis ends */
    float current; /* epochs done */
    bool whole;    /* the caller's: the steep beginning is in the ranges too */
    struct ui_mark marks[RUN_MARKS_MAX + 1];
    char mark_words[RUN_MARKS_MAX + 1][24];
    int mark_count;
    struct train_curve train[TRAIN_MEASURES], valid[TRAIN_MEASURES];
    /* Of runs before that are shown, the newest first: validation, or training where that would be
     * but a dot. */
    struct {
        char name[TRAIN_NAME_MAX];
        int dashes;
        struct train_curve curves[TRAIN_MEASURES];
    } past[PAST_RUNS_MAX];
    int past_count;
};

/* `run` and `past` may be NULL. Costs that were measured in another way do not stand on the same
 * axis: they are left out. */
void train_curves_fill(struct train_curves *curves, const struct history *run,
                       const struct recipe *recipe, const struct past_runs *past);

/* What a run before is called, "run 2", in TRAIN_NAME_MAX bytes; returns name. And how curves with
 * that kind of dashes look. */
char *train_curves_name(uint64_t number, char *name);
struct ui_series train_curves_key(int kind, const struct ui_theme *theme);

/* Marks what was done on the way (or NULL), and the epoch of `run` (or NULL) whose weights are
 * kept. To be called after train_curves_fill. */
void train_curves_mark(struct train_curves *curves, const struct history *run,
                       const struct run_marks *marks);

/* A plot with the series that it points to: it must not be moved. */
struct train_plot {
    struct ui_series series[2 + PAST_RUNS_MAX];
    struct ui_plot plot;
};

/* `running` marks the current epoch. The plot lasts as long as `curves`. */
void train_curves_plot(const struct train_curves *curves, enum train_measure measure, bool running,
                       const struct ui_theme *theme, struct train_plot *plot);

#endif
