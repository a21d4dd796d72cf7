/* SPDX-License-Identifier: MIT */
#include "lesson/race.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "data/dataset.h"
#include "ink/fit.h"
#include "par/pool.h"
#include "train/run.h"

struct lane {
    struct run *run;
    struct race_point points[RACE_POINTS_MAX];
    int count, seen; /* seen: checks of its history */
};

struct race {
    struct dataset *set; /* those learnt from, then those held back */
    struct pool *pool;
    uint32_t images;
    struct lane lanes[RACE_LANES_MAX];
    int count;
};

/* ---- beginning and end ----------------------------------------------------------------------- */

static struct dataset *copy_part(const struct race_setup *setup, struct err *err)
{
    uint32_t wanted = setup->images + setup->held_back;
    uint32_t count = wanted < setup->set->count ? wanted : setup->set->count;
    struct dataset *set = dataset_new(setup->set->name, count, err);
    if (!set)
        return NULL;
    memcpy(set->pixels, setup->set->pixels, (size_t)count * FIT_LEN);
    memcpy(set->labels, setup->set->labels, count);
    return set;
}

static bool make_recipe(const struct race *race, const struct race_setup *setup,
                        const struct race_lane *lane, struct recipe *recipe, struct err *err)
{
    uint32_t held = race->set->count - race->images;
    if (!recipe_find("nielsen-30", recipe, err))
        return false;
    recipe->hold_back = held;
    recipe->images = 0;
    recipe->epochs = setup->epochs;
    recipe->seed = setup->seed;
    recipe->schedule.rate = (float)lane->rate;
    recipe->batch = lane->batch == RACE_ALL || (uint32_t)lane->batch > race->images
                        ? (int)race->images
                        : lane->batch;
    return recipe_check(recipe, err);
}

static bool add_lane(struct race *race, const struct race_setup *setup, int i, struct err *err)
{
    struct recipe recipe;
    const struct run_setup run = {
        .recipe = &recipe, .train = race->set, .kern = setup->kern, .pool = race->pool};
    if (!make_recipe(race, setup, &setup->lanes[i], &recipe, err))
        return false;
    race->lanes[i].run = run_new(&run, err);
    race->count = i + 1;
    return race->lanes[i].run != NULL;
}

struct race *race_new(const struct race_setup *setup, struct err *err)
{
    struct race *race = calloc(1, sizeof *race);
    if (!race) {
        err_memory(err, _("the race"));
        return NULL;
    }
    race->set = copy_part(setup, err);
    race->pool = race->set ? pool_new(1, true, err) : NULL;
    bool good = race->pool != NULL;
    if (good) {
        uint32_t held =
            race->set->count / 5 < setup->held_back ? race->set->count / 5 : setup->held_back;
        race->images = race->set->count - held;
    }
    for (int i = 0; i < setup->count && good; i++)
        good = add_lane(race, setup, i, err);
    if (good)
        return race;
    race_free(race);
    return NULL;
}

void race_free(struct race *race)
{
    if (!race)
        return;
    for (int i = 0; i < race->count; i++)
        run_free(race->lanes[i].run);
    pool_free(race->pool);
    dataset_free(race->set);
    free(race);
}

/* ---- going on -------------------------------------------------------------------------------- */

/* Notes a check that the run has made since. */
static void note_checks(struct lane *lane)
{
    const struct history *history = &lane->run->history;
    for (; lane->seen < history->check_count; lane->seen++) {
        const struct history_check *check = &history->checks[lane->seen];
        if (lane->count == RACE_POINTS_MAX)
            return;
        lane->points[lane->count++] = (struct race_point){check->epoch, (float)lane->run->seconds,
                                                          check->cost, check->accuracy};
    }
}

bool race_step(struct race *race)
{
    struct lane *behind = NULL;
    double least = 2;
    for (int i = 0; i < race->count; i++) {
        struct lane *lane = &race->lanes[i];
        double progress = run_progress(lane->run);
        if (lane->run->state == RUN_GOES_ON && progress < least) {
            least = progress;
            behind = lane;
        }
    }
    if (!behind)
        return false;
    run_step(behind->run);
    note_checks(behind);
    return true;
}

double race_progress(const struct race *race)
{
    double least = 1;
    for (int i = 0; i < race->count; i++) {
        double progress = run_progress(race->lanes[i].run);
        if (race->lanes[i].run->state == RUN_GOES_ON && progress < least)
            least = progress;
    }
    return least;
}

uint32_t race_images(const struct race *race)
{
    return race->images;
}

const struct race_point *race_points(const struct race *race, int i, int *count)
{
    *count = race->lanes[i].count;
    return race->lanes[i].points;
}

bool race_is_lost(const struct race *race, int i)
{
    return race->lanes[i].run->state == RUN_FAILED;
}
