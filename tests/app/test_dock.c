/* SPDX-License-Identifier: MIT */
/* The dock without a window and without the app: what it shows of a run is made by hand. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/act/action.h"
#include "app/frame/dock.h"
#include "app/state/finetuning.h"
#include "app/state/training.h"
#include "looks.h"
#include "robot.h"
#include "suite.h"

static struct robot robot;
static struct training *run;
static struct finetuning *finetuning;
static struct dock_shown shown;

static void show(void *user, struct ui *ui)
{
    (void)user;
    struct actions asked = {.count = 0};
    dock_show(&shown, ui, (struct ui_rect){0, 0, ui_input(ui)->width, DOCK_HEIGHT}, &asked);
}

static void set_up(void)
{
    static const struct finetuning_means means = {.threads = 1};
    run = calloc(1, sizeof *run);
    run->view.recipe = run->recipe = *recipe_at(0);
    finetuning = finetuning_new(&means, NULL);
    ck_assert(run && finetuning);
    shown = (struct dock_shown){.training = run, .finetuning = finetuning, .model = "swift-cnn"};
    robot_begin(&robot, 1280, 200, show, NULL);
}

static void tear_down(void)
{
    robot_end(&robot);
    finetuning_free(finetuning);
    free(run);
}

/* In a wide window, in a narrow one and in the narrowest. */
static void look(const char *name)
{
    static const float widths[] = {1280, 800, 640};
    char file[100];
    for (int i = 0; i < 3; i++) {
        robot.input.width = widths[i];
        robot_frame(&robot);
        snprintf(file, sizeof file, "tests/app/golden/dock-%s-%d.txt", name, (int)widths[i]);
        looks_expect(robot.ui, robot.shapes, NULL, file);
    }
}

/* So many points of the training passes, and checks by validation, an epoch each. */
static void put_curves(int points, int checks)
{
    struct history *history = &run->view.history;
    *history = (struct history){0};
    for (int i = 1; i <= points; i++)
        history_add_point(
            history, (struct history_point){0.1f * (float)i, 1.0f / (float)i, 1 - 0.5f / (float)i});
    for (int i = 1; i <= checks; i++)
        history_add_check(history, (struct history_check){(float)i, 0.5f, 0.95f - 0.2f / (float)i});
}

START_TEST(idle_it_says_who_reads)
{
    look("idle");
    shown.edited = true;
    look("edited");
    shown.edited = false;
    shown.model = NULL;
    look("no-model");
}
END_TEST

START_TEST(a_run_under_way_looks_as_it_did)
{
    run->stage = TRAINING_WAITING;
    look("waiting");
    run->stage = TRAINING_LIVE;
    run->view.state = TRAINER_RUNNING;
    look("begun");
    run->view.epoch = 3;
    run->view.progress = 0.25;
    run->view.images_per_second = 12345.6;
    run->view.seconds_left = 754;
    run->view.weights = 2;
    put_curves(22, 0);
    look("points");
    put_curves(300, 2);
    look("checks");
    run->view.state = TRAINER_PAUSED;
    look("paused");
    run->pace = TRAINER_STEP;
    look("step");
    run->stopping = true;
    look("stopping");
}
END_TEST

START_TEST(a_run_that_ended_looks_as_it_did)
{
    static const struct {
        enum trainer_state state;
        const char *name;
    } ends[] = {{TRAINER_DONE, "done"}, {TRAINER_STOPPED, "stopped"}, {TRAINER_FAILED, "failed"}};
    run->stage = TRAINING_ENDED;
    run->view.epoch = 30;
    run->view.progress = 1;
    run->view.seconds = 3723;
    put_curves(30, 30);
    for (int i = 0; i < 3; i++) {
        run->view.state = ends[i].state;
        look(ends[i].name);
    }
}
END_TEST

START_TEST(a_curve_of_very_many_points_is_thinned_to_its_newest)
{
    run->stage = TRAINING_LIVE;
    run->view.state = TRAINER_RUNNING;
    put_curves(255, 0);
    look("255");
    put_curves(256, 0);
    look("256");
    put_curves(700, 0);
    look("700");
}
END_TEST

START_TEST(runs_that_can_go_on_are_offered)
{
    uint64_t lately = (uint64_t)(time(NULL) - 3 * 24 * 3600 - 60) * 1000000000;
    struct runs_item items[2] = {{.path = "/runs/a", .recipe = *recipe_at(0), .progress = 2.0 / 30},
                                 {.path = "/runs/b", .recipe = *recipe_at(1), .progress = 1}};
    items[0].changed = items[1].changed = lately;
    run->left = (struct runs){items, 2};
    look("left");
    robot_click(&robot, "runs");
    look("left-menu");
    robot_key(&robot, UI_KEY_ESCAPE, 0);
    run->left = (struct runs){items + 1, 1};
    look("result");
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("dock");
    TCase *tests = tcase_create("dock");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, idle_it_says_who_reads);
    tcase_add_test(tests, a_run_under_way_looks_as_it_did);
    tcase_add_test(tests, a_run_that_ended_looks_as_it_did);
    tcase_add_test(tests, a_curve_of_very_many_points_is_thinned_to_its_newest);
    tcase_add_test(tests, runs_that_can_go_on_are_offered);
    suite_add_tcase(suite, tests);
    return suite;
}
