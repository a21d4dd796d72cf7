/* SPDX-License-Identifier: MIT */
#include "app/state/run_marks.h"

void run_marks_add(struct run_marks *marks, struct run_mark mark)
{
    for (int i = marks->count - 1; i >= 0 && marks->items[i].epoch >= mark.epoch; i--)
        if (marks->items[i].kind == mark.kind) {
            marks->items[i] = mark;
            return;
        }
    if (marks->count < RUN_MARKS_MAX)
        marks->items[marks->count++] = mark;
}
