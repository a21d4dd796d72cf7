/* SPDX-License-Identifier: MIT */
#include "app/stage/cost_work.h"

#include <math.h>
#include <stdlib.h>

#include "app/job/job.h"
#include "base/err.h"
#include "base/language.h"
#include "data/dataset.h"
#include "nn/nn.h"

enum { MIDDLE = COST_SHIFTS / 2, FLAT_STEPS = 3, CANDIDATES = 20 };

static const float step = 0.05f;

float cost_work_shift(int i)
{
    return step * (float)(i - MIDDLE);
}

int cost_work_place(double shift)
{
    int place = MIDDLE + (int)lround(shift / (double)step);
    return place < 0 ? 0 : place < COST_SHIFTS ? place : COST_SHIFTS - 1;
}

/* ---- beginning and end ----------------------------------------------------------------------- */

struct cost_work *cost_work_new(const struct cost_search *search, struct err *err)
{
    struct cost_work *work = calloc(1, sizeof *work);
    if (!work) {
        err_memory(err, _("the page"));
        return NULL;
    }
    work->kern = search->kern;
    work->show = search->show;
    work->set = dataset_copy(search->set, err);
    work->net = work->set ? nn_copy(search->net, err) : NULL;
    bool whole = work->net != NULL;
    for (int i = 0; whole && i < COST_NETS; i++) {
        work->three[i] = nn_copy(search->three[i], err);
        whole = work->three[i] != NULL;
    }
    if (whole)
        return work;
    cost_work_free(work);
    return NULL;
}

void cost_work_free(struct cost_work *work)
{
    if (!work)
        return;
    for (int i = 0; i < COST_NETS; i++)
        nn_free(work->three[i]);
    nn_free(work->net);
    dataset_free(work->set);
    free(work);
}

/* ---- the work -------------------------------------------------------------------------------- */

static bool find_three(struct cost_work *work, const struct costs_setup *setup)
{
    for (int i = 0; i < COST_NETS; i++)
        if (!setup->go_on(setup->user, (double)i / COST_NETS) ||
            !costs_mean(setup, work->three[i], &work->found.three[i], NULL))
            return false;
    return true;
}

/* Whether the first steps towards a lower cost leave the count of right answers as it is. */
static bool begins_flat(const struct cost_work *work, const struct costs_setup *setup,
                        const struct costs_place *place)
{
    float shifts[FLAT_STEPS + 1];
    struct costs_mean means[FLAT_STEPS + 1];
    for (int i = 0; i <= FLAT_STEPS; i++)
        shifts[i] = (place->slope > 0 ? -step : step) * (float)i;
    if (!costs_along(setup, work->net, place, shifts, FLAT_STEPS + 1, means, NULL))
        return false;
    for (int i = 1; i <= FLAT_STEPS; i++)
        if (means[i].right != means[0].right || means[i].cost >= means[i - 1].cost)
            return false;
    return true;
}

static bool find_along(struct cost_work *work, const struct costs_setup *setup)
{
    struct costs_place places[CANDIDATES];
    float shifts[COST_SHIFTS];
    if (!costs_steepest(setup, work->net, places, CANDIDATES, NULL))
        return false;
    work->found.place = places[0];
    for (int i = 0; i < CANDIDATES; i++) {
        if (!begins_flat(work, setup, &places[i]))
            continue;
        work->found.place = places[i];
        break;
    }
    for (int i = 0; i < COST_SHIFTS; i++)
        shifts[i] = cost_work_shift(i);
    return costs_along(setup, work->net, &work->found.place, shifts, COST_SHIFTS, work->found.along,
                       NULL);
}

void cost_work_run(struct job *job, void *user)
{
    struct cost_work *work = user;
    struct cost_found *found = &work->found;
    const struct costs_setup setup = {work->kern, work->set, job_go_on, job};
    found->count = work->set->count;
    if (work->show == COST_OF_MANY)
        found->known = costs_each(&setup, work->net, found->cost, found->right, NULL) &&
                       costs_mean(&setup, work->net, &found->mean, NULL);
    else if (work->show == COST_OF_THREE)
        found->known = find_three(work, &setup);
    else if (work->show == COST_OF_WEIGHT)
        found->known = find_along(work, &setup);
}
