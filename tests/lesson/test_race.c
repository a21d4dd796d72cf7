/* SPDX-License-Identifier: MIT */
/* A race against the same training by itself, to the bit. */
#include <check.h>
#include <string.h>

#include "base/err.h"
#include "data/dataset.h"
#include "data/synthetic.h"
#include "kern/kern.h"
#include "lesson/race.h"
#include "par/pool.h"
#include "suite.h"
#include "train/run.h"

enum { IMAGES = 200, HELD = 50, EPOCHS = 2 };

static struct err err;
static struct dataset *set;

static void set_up(void)
{
    set = synthetic_new(3, DATASET_TRAIN, IMAGES + HELD + 20, &err);
}

static void tear_down(void)
{
    dataset_free(set);
}

static const struct race_lane lanes[] = {{3, 10}, {0.5, 1}, {2, RACE_ALL}};

static struct race *make_race(int count)
{
    const struct race_setup setup = {set, IMAGES, HELD, EPOCHS, 9, lanes, count, kern_best()};
    struct race *race = race_new(&setup, &err);
    ck_assert_msg(race != NULL, "%s", err.text);
    return race;
}

/* The same as a run of its own. */
static void run_alone(const struct race_lane *lane, struct history *history)
{
    struct recipe recipe;
    struct dataset part = dataset_part(set, 0, IMAGES + HELD);
    struct pool *pool = pool_new(1, false, &err);
    recipe_find("nielsen-30", &recipe, &err);
    recipe.schedule.rate = (float)lane->rate;
    recipe.batch = lane->batch == RACE_ALL ? IMAGES : lane->batch;
    recipe.epochs = EPOCHS;
    recipe.hold_back = HELD;
    recipe.images = 0;
    recipe.seed = 9;
    const struct run_setup setup = {
        .recipe = &recipe, .train = &part, .kern = kern_best(), .pool = pool};
    struct run *run = run_new(&setup, &err);
    ck_assert_msg(run != NULL, "%s", err.text);
    while (run->state == RUN_GOES_ON)
        run_step(run);
    *history = run->history;
    run_free(run);
    pool_free(pool);
}

START_TEST(each_lane_is_the_training_that_it_would_be_alone)
{
    static struct history alone;
    struct race *race = make_race(3);
    ck_assert_uint_eq(race_images(race), IMAGES);
    while (race_step(race))
        ;
    ck_assert(race_progress(race) == 1);
    for (int i = 0; i < 3; i++) {
        int count;
        const struct race_point *points = race_points(race, i, &count);
        run_alone(&lanes[i], &alone);
        ck_assert_int_eq(count, alone.check_count);
        ck_assert_int_gt(count, 0);
        for (int k = 0; k < count; k++) {
            ck_assert(points[k].epoch == alone.checks[k].epoch);
            ck_assert(points[k].cost == alone.checks[k].cost);
            ck_assert(points[k].accuracy == alone.checks[k].accuracy);
            ck_assert(k == 0 || points[k].seconds >= points[k - 1].seconds);
        }
        ck_assert(!race_is_lost(race, i));
    }
    race_free(race);
}
END_TEST

START_TEST(no_lane_is_an_epoch_ahead)
{
    struct race *race = make_race(3);
    bool going = true;
    while (going) {
        int counts[3];
        for (int i = 0; i < 40 && going; i++)
            going = race_step(race);
        float farthest = 0, least = EPOCHS;
        for (int i = 0; i < 2; i++) {
            const struct race_point *points = race_points(race, i, &counts[i]);
            float epoch = counts[i] > 0 ? points[counts[i] - 1].epoch : 0;
            farthest = epoch > farthest ? epoch : farthest;
            least = epoch < least ? epoch : least;
        }
        ck_assert_float_le(farthest - least, 1);
    }
    race_free(race);
}
END_TEST

START_TEST(a_rate_that_makes_no_sense_is_refused)
{
    const struct race_lane wrong[] = {{3, 10}, {-1, 10}};
    const struct race_setup setup = {set, IMAGES, HELD, EPOCHS, 9, wrong, 2, kern_best()};
    ck_assert_ptr_null(race_new(&setup, &err));
    ck_assert_uint_gt(strlen(err.text), 10);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("race");
    TCase *tcase = tcase_create("race");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, each_lane_is_the_training_that_it_would_be_alone);
    tcase_add_test(tcase, no_lane_is_an_epoch_ahead);
    tcase_add_test(tcase, a_rate_that_makes_no_sense_is_refused);
    suite_add_tcase(suite, tcase);
    return suite;
}
