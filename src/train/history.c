/* SPDX-License-Identifier: MIT */
#include "train/history.h"

#include "base/clamp.h"

enum {
    POINTS_MOST = 40,    /* in an epoch */
    POINTS_WANTED = 800, /* in a run, where that leaves between one and POINTS_MOST an epoch */
};

int history_points_per_epoch(int epochs)
{
    return clamp_int(POINTS_WANTED / epochs, 1, POINTS_MOST);
}

/* A short run is looked at more often, so that its curve is more than a point or two. */
int history_checks_per_epoch(int epochs)
{
    return epochs >= 10 ? 1 : epochs >= 4 ? 2 : epochs >= 2 ? 4 : 8;
}

void history_add_point(struct history *history, struct history_point point)
{
    if (history->point_count < HISTORY_POINTS_MAX)
        history->points[history->point_count++] = point;
}

void history_add_check(struct history *history, struct history_check check)
{
    if (history->check_count < HISTORY_CHECKS_MAX)
        history->checks[history->check_count++] = check;
}

void history_add_epoch(struct history *history, struct history_epoch epoch)
{
    if (history->epoch_count < RECIPE_EPOCHS_MAX)
        history->epochs[history->epoch_count++] = epoch;
}

void history_follow(struct history *to, const struct history *from)
{
    while (to->point_count < from->point_count) {
        to->points[to->point_count] = from->points[to->point_count];
        to->point_count++;
    }
    while (to->check_count < from->check_count) {
        to->checks[to->check_count] = from->checks[to->check_count];
        to->check_count++;
    }
    while (to->epoch_count < from->epoch_count) {
        to->epochs[to->epoch_count] = from->epochs[to->epoch_count];
        to->epoch_count++;
    }
}

const struct history_epoch *history_best(const struct history *history)
{
    const struct history_epoch *best = NULL;
    for (int i = 0; i < history->epoch_count; i++) {
        const struct history_epoch *epoch = &history->epochs[i];
        if (epoch->valid_accuracy >= 0 && (!best || epoch->valid_accuracy > best->valid_accuracy))
            best = epoch;
    }
    return best;
}
