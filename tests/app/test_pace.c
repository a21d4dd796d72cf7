/* SPDX-License-Identifier: MIT */
/* A training at the pace of a person, in the whole program but its window. */
#include <check.h>

#include "app_training.h"
#include "app_world.h"
#include "suite.h"

static void act(enum action_kind kind, double number)
{
    app_act(app, &(struct action){.kind = kind, .number = number});
    frame();
}

/* At the pace of a mini-batch a click, before the first. */
static void start_held(int epochs)
{
    act(ACT_VIEW, APP_TRAIN);
    act(ACT_PACE, TRAINER_STEP);
    start_training(epochs);
    wait_until(training_is_held(&app->training));
    frame();
}

static uint64_t watched(void)
{
    return app->training.view.watch.number;
}

START_TEST(a_click_trains_one_mini_batch_and_shows_it)
{
    start_held(3);
    ck_assert_double_eq(app->training.view.progress, 0);
    ck_assert_ptr_null(ui_find_control(app->ui, "mini-batch"));
    click("next-batch");
    wait_until(training_is_held(&app->training));
    frame();
    ck_assert_uint_eq(watched(), 1);
    ck_assert(text_is_shown("Mini-batch 1 of "));
    ck_assert_ptr_nonnull(ui_find_control(app->ui, "batch-image-9"));
    key('m', 0);
    wait_until(training_is_held(&app->training));
    ck_assert_uint_eq(watched(), 2);
    const json_t *event = find_event("mini-batch", 0);
    ck_assert_int_eq(json_integer_value(json_object_get(event, "step")), 2);
    ck_assert_double_gt(json_number_value(json_object_get(event, "moved")), 0);
}
END_TEST

START_TEST(going_on_from_mini_batches_takes_up_the_pace_before)
{
    act(ACT_PACE, TRAINER_EPOCH);
    start_held(2);
    act(ACT_BATCH, 5);
    wait_until(training_is_held(&app->training));
    ck_assert_uint_eq(watched(), 5);
    click("pause"); /* which says Go on */
    ck_assert_int_eq(app->training.pace, TRAINER_EPOCH);
    frame();
    ck_assert_ptr_null(ui_find_control(app->ui, "mini-batch"));
    act(ACT_PACE, TRAINER_FAST);
    wait_for_stage(TRAINING_ENDED);
    ck_assert_int_eq(app->training.view.state, TRAINER_DONE);
}
END_TEST

START_TEST(a_mini_batch_that_is_asked_for_holds_a_run_that_goes_or_is_paused)
{
    for (int paused = 0; paused < 2; paused++) {
        act(ACT_PACE, TRAINER_FAST);
        start_training(1000);
        wait_for_stage(TRAINING_LIVE);
        if (paused) {
            act(ACT_PAUSE, 0);
            wait_until(app->training.view.state == TRAINER_PAUSED);
        }
        act(ACT_BATCH, 0);
        wait_until(training_is_held(&app->training));
        ck_assert_int_eq(app->training.pace, TRAINER_STEP);
        ck_assert_uint_eq(watched(), 1);
        act(ACT_STOP, 0);
        wait_for_stage(TRAINING_ENDED);
        frame();
    }
}
END_TEST

START_TEST(a_pause_forgets_the_mini_batches_that_are_still_wanted)
{
    start_held(1000);
    act(ACT_BATCH, 100000);
    act(ACT_PAUSE, 0);
    if (app->training.pace != TRAINER_STEP) /* they had not begun: it went on */
        act(ACT_PACE, TRAINER_STEP);
    wait_until(training_is_held(&app->training));
    ck_assert_uint_lt(watched(), 100000);
}
END_TEST

START_TEST(without_a_training_there_is_no_next_mini_batch)
{
    act(ACT_VIEW, APP_TRAIN);
    ck_assert(!app_act(app, &(struct action){.kind = ACT_BATCH}));
    click("pace-batch");
    ck_assert_int_eq(app->training.pace, TRAINER_STEP);
    click("pace-fast");
    ck_assert_int_eq(app->training.pace, TRAINER_FAST);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("pace");
    TCase *t = tcase_create("pace");
    tcase_set_timeout(t, 120);
    tcase_add_unchecked_fixture(t, make_world, remove_world);
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, a_click_trains_one_mini_batch_and_shows_it);
    tcase_add_test(t, going_on_from_mini_batches_takes_up_the_pace_before);
    tcase_add_test(t, a_mini_batch_that_is_asked_for_holds_a_run_that_goes_or_is_paused);
    tcase_add_test(t, a_pause_forgets_the_mini_batches_that_are_still_wanted);
    tcase_add_test(t, without_a_training_there_is_no_next_mini_batch);
    suite_add_tcase(suite, t);
    return suite;
}
