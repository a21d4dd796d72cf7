/* SPDX-License-Identifier: MIT */
/* Earlier runs: kept, shown and hidden, opened, repeated and gone on with, in the whole program but
 * its window. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "app_training.h"
#include "app_world.h"
#include "suite.h"
#include "train/history.h"

static void act(enum action_kind kind, double number)
{
    app_act(app, &(struct action){.kind = kind, .number = number});
    frame();
}

static const struct past_run *past(uint64_t number)
{
    return past_runs_find(&app->training.past, number);
}

static void train_whole(int epochs)
{
    start_training(epochs);
    wait_for_stage(TRAINING_ENDED);
    frame();
}

/* ---- the list -------------------------------------------------------------------------------- */

static void add(struct past_runs *runs, uint64_t number)
{
    struct past_run *run = calloc(1, sizeof *run);
    run->number = number;
    snprintf(run->checkpoint, sizeof run->checkpoint, "%d.checkpoint", (int)number);
    past_runs_add(runs, run);
    free(run);
}

static void check_dashes(const struct past_runs *runs)
{
    bool used[PAST_RUNS_MAX] = {0};
    for (int i = 0; i < runs->count; i++) {
        ck_assert_int_lt(runs->items[i].dashes, PAST_RUNS_MAX);
        ck_assert(!used[runs->items[i].dashes]);
        used[runs->items[i].dashes] = true;
    }
}

START_TEST(the_newest_stand_first_and_each_has_dashes_of_its_own)
{
    struct past_runs *runs = calloc(1, sizeof *runs);
    for (uint64_t number = 1; number <= 6; number++) {
        add(runs, number);
        check_dashes(runs);
        ck_assert_uint_eq(runs->items[0].number, number);
        ck_assert(runs->items[0].shown);
    }
    ck_assert_int_eq(runs->count, PAST_RUNS_MAX);
    ck_assert_ptr_null(past_runs_find(runs, 2));
    int dashes = past_runs_find(runs, 3)->dashes;
    past_runs_drop(runs, "5.checkpoint");
    past_runs_drop(runs, "none");
    ck_assert_int_eq(runs->count, PAST_RUNS_MAX - 1);
    ck_assert_ptr_null(past_runs_find(runs, 5));
    ck_assert_int_eq(past_runs_find(runs, 3)->dashes, dashes);
    add(runs, 7);
    check_dashes(runs);
    free(runs);
}
END_TEST

/* ---- in the window --------------------------------------------------------------------------- */

START_TEST(a_run_before_is_named_on_the_plot_and_a_click_hides_it)
{
    act(ACT_VIEW, APP_TRAIN);
    train_whole(2);
    ck_assert_ptr_null(ui_find_control(app->ui, "run-show-1"));
    train_whole(2);
    ck_assert_int_eq(app->train.curves.past_count, 1);
    ck_assert_str_eq(app->train.curves.past[0].name, "run 1");
    click("run-show-1");
    frame();
    ck_assert_int_eq(app->train.curves.past_count, 0);
    act(ACT_RUN_SHOW, 1);
    ck_assert_int_eq(app->train.curves.past_count, 1);
}
END_TEST

START_TEST(a_run_that_is_repeated_gives_the_same_curve)
{
    act(ACT_VIEW, APP_TRAIN);
    train_whole(2);
    const struct recipe first = app->training.view.recipe;
    train_whole(3);
    act(ACT_RUN_OPEN, 1);
    ck_assert_int_eq(app->form.recipe.epochs, 2);
    ck_assert_str_eq(app->form.recipe.net, first.net);
    act(ACT_RUN_REPEAT, 1);
    wait_for_stage(TRAINING_ENDED);
    ck_assert_uint_eq(app->training.number, 3);
    ck_assert_uint_eq(app->training.view.recipe.seed, first.seed);
    const struct history *old = &past(1)->history, *again = &app->training.view.history;
    ck_assert_int_gt(old->point_count, 0);
    ck_assert_int_eq(old->point_count, again->point_count);
    for (int i = 0; i < old->point_count; i++)
        ck_assert(old->points[i].cost == again->points[i].cost);
}
END_TEST

START_TEST(a_run_that_was_stopped_goes_on_from_the_table)
{
    act(ACT_VIEW, APP_TRAIN);
    start_training(1000);
    wait_for_epoch(1);
    act(ACT_STOP, 0);
    wait_for_stage(TRAINING_ENDED);
    frame();
    int epochs = app->training.view.history.epoch_count;
    train_whole(1);
    ck_assert_ptr_nonnull(past(1));
    ck_assert_ptr_nonnull(ui_find_control(app->ui, "run-resume-1"));
    app_act(app, &(struct action){.kind = ACT_RESUME, .text = past(1)->checkpoint});
    wait_for_stage(TRAINING_LIVE);
    wait_for_epoch(epochs + 1);
    ck_assert_ptr_null(past(1)); /* it is the one in view */
    ck_assert_ptr_nonnull(past(2));
    act(ACT_STOP, 0);
    wait_for_stage(TRAINING_ENDED);
}
END_TEST

START_TEST(a_run_that_is_not_there_is_named)
{
    act(ACT_VIEW, APP_TRAIN);
    act(ACT_RUN_REPEAT, 7);
    ck_assert(text_is_shown("There is no run 7 among the earlier ones."));
    ck_assert_int_eq(app->training.stage, TRAINING_NONE);
    act(ACT_RUN_SHOW, -1);
    ck_assert(text_is_shown("There is no run -1"));
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("past_runs");
    TCase *t = tcase_create("past_runs");
    tcase_set_timeout(t, 120);
    tcase_add_unchecked_fixture(t, make_world, remove_world);
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, the_newest_stand_first_and_each_has_dashes_of_its_own);
    tcase_add_test(t, a_run_before_is_named_on_the_plot_and_a_click_hides_it);
    tcase_add_test(t, a_run_that_is_repeated_gives_the_same_curve);
    tcase_add_test(t, a_run_that_was_stopped_goes_on_from_the_table);
    tcase_add_test(t, a_run_that_is_not_there_is_named);
    suite_add_tcase(suite, t);
    return suite;
}
