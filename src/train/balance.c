/* SPDX-License-Identifier: MIT */
#include "train/balance.h"

#include <math.h>
#include <stddef.h>

#include "base/clock.h"

/* Seconds. Ways to work are compared over a window; the one that lost is tried again after a while,
 * which grows from the least to the most as long as it loses: that costs a fiftieth at most. */
static const double WINDOW = 0.008, WAIT_LEAST = 0.05, WAIT_MOST = 0.3, WAIT_GROWTH = 2;

struct balance_kind *balance_find(struct balance *balance,
                                  void (*job)(void *context, int part, int thread), int parts)
{
    for (int i = 0; i < balance->kind_count; i++)
        if (balance->kinds[i].job == job && balance->kinds[i].parts == parts)
            return &balance->kinds[i];
    if (balance->kind_count == BALANCE_KINDS)
        return NULL;
    struct balance_kind *kind = &balance->kinds[balance->kind_count++];
    *kind = (struct balance_kind){.job = job, .parts = parts, .quickest = INFINITY};
    return kind;
}

/* What this window's parts take either way, by the means that are known. */
static void close_window(struct balance *balance, double cost[2])
{
    cost[BALANCE_SHARED] = cost[BALANCE_ALONE] = 0;
    for (int i = 0; i < balance->kind_count; i++) {
        struct balance_kind *kind = &balance->kinds[i];
        if (kind->done == 0)
            continue;
        double now = kind->took / (double)kind->done, *mean = &kind->mean[balance->way];
        *mean = *mean > 0 ? (*mean + 3 * now) / 4 : now;
        for (int way = BALANCE_SHARED; way <= BALANCE_ALONE; way++)
            cost[way] += (double)kind->done * (kind->mean[way] > 0 ? kind->mean[way] : now);
        kind->done = 0;
        kind->took = 0;
        kind->quickest = INFINITY;
    }
    balance->took = 0;
}

/* What the caller would have needed by itself, had nobody disturbed it. */
static double estimate_alone(const struct balance *balance)
{
    double alone = 0;
    for (int i = 0; i < balance->kind_count; i++)
        if (balance->kinds[i].done > 0)
            alone += (double)balance->kinds[i].done * balance->kinds[i].quickest;
    return alone;
}

/* At the end of a window. */
static void choose_way(struct balance *b)
{
    double cost[2], now = clock_seconds();
    bool doubtful = b->way == BALANCE_ALONE || b->took > estimate_alone(b);
    enum balance_way other = b->way == BALANCE_SHARED ? BALANCE_ALONE : BALANCE_SHARED;
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

void balance_weigh(struct balance *balance, struct balance_kind *kind, int own_parts, double own,
                   double took)
{
    if (own_parts > 0)
        kind->quickest = fmin(kind->quickest, own / own_parts);
    kind->done += kind->parts;
    kind->took += took;
    balance->took += took;
    if (balance->took >= WINDOW)
        choose_way(balance);
}
