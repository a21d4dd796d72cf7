/* SPDX-License-Identifier: MIT */
#include "app/state/past_runs.h"

#include <string.h>

/* So many of them from place `from` on move to place `to`. */
static void move_items(struct past_runs *past, int to, int from, int count)
{
    memmove(&past->items[to], &past->items[from], (size_t)count * sizeof *past->items);
}

static bool has_dashes(const struct past_runs *past, int dashes)
{
    bool has = false;
    for (int i = 0; i < past->count; i++)
        has |= past->items[i].dashes == dashes;
    return has;
}

void past_runs_add(struct past_runs *past, const struct past_run *run)
{
    int dashes = 0;
    if (past->count == PAST_RUNS_MAX)
        past->count--;
    while (has_dashes(past, dashes))
        dashes++;
    move_items(past, 1, 0, past->count);
    past->items[0] = *run;
    past->items[0].shown = true;
    past->items[0].dashes = dashes;
    past->count++;
}

void past_runs_drop(struct past_runs *past, const char *checkpoint)
{
    for (int i = 0; i < past->count; i++)
        if (strcmp(past->items[i].checkpoint, checkpoint) == 0) {
            past->count--;
            move_items(past, i, i + 1, past->count - i);
            return;
        }
}

struct past_run *past_runs_find(struct past_runs *past, uint64_t number)
{
    for (int i = 0; i < past->count; i++)
        if (past->items[i].number == number)
            return &past->items[i];
    return NULL;
}
