/* SPDX-License-Identifier: MIT */
#include "par/load.h"

#include <math.h>
#include <stddef.h>

#include "base/clock.h"

/* Seconds. Ways to work are compared over a window; the one that lost is tried again after a while,
 * which grows from the least to the most as long as it loses: that costs a fiftieth at most. */
static const double WINDOW = 0.008, WAIT_LEAST = 0.05, WAIT_MOST = 0.3, WAIT_GROWTH = 2;

struct load_kind *load_find(struct load *load, void (*job)(void *context, int part, int thread),
                            int parts)
{
    for (int i = 0; i < load->kind_count; i++)
        if (load->kinds[i].job == job && load->kinds[i].parts == parts)
            return &load->kinds[i];
    if (load->kind_count == LOAD_KINDS)
        return NULL;
    struct load_kind *kind = &load->kinds[load->kind_count++];
    *kind = (struct load_kind){.job = job, .parts = parts, .quickest = INFINITY};
    return kind;
}

/* What this window's parts take either way, by the means that are known. */
static void close_window(struct load *load, double cost[2])
{
    cost[LOAD_SHARED] = cost[LOAD_ALONE] = 0;
    for (int i = 0; i < load->kind_count; i++) {
        struct load_kind *kind = &load->kinds[i];
        if (kind->done == 0)
            continue;
        double now = kind->took / (double)kind->done, *mean = &kind->mean[load->way];
        *mean = *mean > 0 ? (*mean + 3 * now) / 4 : now;
        for (int way = LOAD_SHARED; way <= LOAD_ALONE; way++)
            cost[way] += (double)kind->done * (kind->mean[way] > 0 ? kind->mean[way] : now);
        kind->done = 0;
        kind->took = 0;
        kind->quickest = INFINITY;
    }
    load->took = 0;
}

/* What the caller would have needed by itself, had nobody disturbed it. */
static double estimate_alone(const struct load *load)
{
    double alone = 0;
    for (int i = 0; i < load->kind_count; i++)
        if (load->kinds[i].done > 0)
            alone += (double)load->kinds[i].done * load->kinds[i].quickest;
    return alone;
}

/* At the end of a window. */
static void choose_way(struct load *b)
{
    double cost[2], now = clock_seconds();
    bool doubtful = b->way == LOAD_ALONE || b->took > estimate_alone(b);
    enum load_way other = b->way == LOAD_SHARED ? LOAD_ALONE : LOAD_SHARED;
    close_window(b, cost);
    if (b->trying) {
        bool won = cost[b->way] < cost[other];
        b->wait = won ? WAIT_LEAST : fmin(fmax(b->wait * WAIT_GROWTH, WAIT_LEAST), WAIT_MOST);
        b->until = now + b->wait;
        b->way = won ? b->way : other;
        b->trying = false;
    } else if (doubtful && now >= b->until) {
        b->way = other;
        b->trying = true;
    }
}

void load_weigh(struct load *load, struct load_kind *kind, int own_parts, double own, double took)
{
    if (own_parts > 0)
        kind->quickest = fmin(kind->quickest, own / own_parts);
    kind->done += kind->parts;
    kind->took += took;
    load->took += took;
    if (load->took >= WINDOW)
        choose_way(load);
}
