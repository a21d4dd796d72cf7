/* SPDX-License-Identifier: MIT */
/* The look of the Train view, and any input to it. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "looks.h"
#include "robot.h"
#include "suite.h"
#include "train_page.h"

/* Text that was cut has an ellipsis. */
static const char *find_cut(void)
{
    for (size_t i = 0; i < robot.shapes->count; i++) {
        const struct ui_shape *shape = &robot.shapes->items[i];
        const char *text = ui_shape_text(robot.shapes, shape);
        if (strstr(text, "\u2026"))
            return text;
    }
    return NULL;
}

static void check_look(const char *recipe, bool live, bool more)
{
    char scene[100];
    snprintf(scene, sizeof scene, "%s at %gx%g%s%s", recipe, (double)robot.input.width,
             (double)robot.input.height, live ? ", live" : "", more ? ", more" : "");
    const char *overlap = robot_find_overlap(&robot, 0), *cut = find_cut();
    ck_assert_msg(!overlap, "%s: %s", scene, overlap);
    ck_assert_msg(!cut, "%s: \"%s\" is cut", scene, cut);
    struct ui_rect start = ui_find_control(robot.ui, "start")->rect;
    ck_assert_msg(start.w > 100 && start.h > 20, "%s: start cannot be seen", scene);
    struct ui_rect plot = ui_find_control(robot.ui, "accuracy-curve")->rect;
    ck_assert_msg(plot.h >= 120 && plot.w >= 400, "%s: the plot is too small", scene);
}

START_TEST(nothing_overlaps_and_nothing_is_cut)
{
    static const float sizes[][2] = {{960, 640}, {1280, 800}, {1920, 1080}};
    for (size_t s = 0; s < 3; s++)
        for (int r = 0; r < recipe_count(); r++)
            for (int way = 0; way < 4; way++) {
                begin_size(sizes[s][0], sizes[s][1]);
                train_form_choose(form(), recipe_at(r), MNIST);
                view->settings.more = way & 2;
                if (way & 1)
                    go_live(0.6f * (float)recipe_at(r)->epochs);
                robot_frame(&robot);
                check_look(recipe_at(r)->name, way & 1, way & 2);
                tear_down();
            }
}
END_TEST

START_TEST(at_the_usual_size_the_book_needs_no_scrolling)
{
    static const char *const names[] = {"recipe", "net", "cost", "optimiser", "rate", "schedule",
                                        "batch", "epochs", "augment", "seed", "hold-back", "more"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        ck_assert_msg(ui_find_control(robot.ui, names[i])->rect.h >= 28, "%s is cut", names[i]);
}
END_TEST

START_TEST(every_control_explains_itself)
{
    for (int i = 0; i < ui_control_count(robot.ui); i++) {
        struct ui_control control = *ui_control(robot.ui, i);
        if (control.role == UI_ROLE_AREA || control.role == UI_ROLE_PLOT)
            continue;
        robot_move(&robot, control.rect.x + control.rect.w / 2,
                   control.rect.y + control.rect.h / 2);
        size_t before_tip = robot.shapes->count;
        robot_wait(&robot, 1000000);
        ck_assert_msg(robot.shapes->count > before_tip, "%s has no tip", control.name);
    }
}
END_TEST

START_TEST(tab_reaches_every_control)
{
    bool reached[64] = {false};
    int count = ui_control_count(robot.ui);
    ck_assert_int_le(count, 64);
    for (int step = 0; step < count; step++) {
        robot_key(&robot, UI_KEY_TAB, 0);
        for (int i = 0; i < count; i++)
            reached[i] |= ui_control(robot.ui, i)->focus;
    }
    for (int i = 0; i < count; i++) {
        const struct ui_control *control = ui_control(robot.ui, i);
        bool passive = control->role == UI_ROLE_AREA || control->role == UI_ROLE_VALUE;
        ck_assert_msg(reached[i] || passive || control->off, "%s is not reached", control->name);
    }
}
END_TEST

START_TEST(any_input_is_survived)
{
    static const float sizes[][2] = {{960, 640}, {300, 200}, {1280, 800}};
    uint64_t seed = 7;
    for (size_t s = 0; s < 3; s++) {
        begin_size(sizes[s][0], sizes[s][1]);
        for (int i = 0; i < 1500; i++) {
            if (i == 700)
                go_live(2);
            if (i == 1000)
                shown.facts.busy = shown.facts.live = false;
            robot_random(&robot, &seed);
            asked.count = 0;
            ck_assert(strlen(form()->net) < sizeof form()->net);
            struct err err;
            bool ready = train_form_ready(form());
            ck_assert_msg(!ready || recipe_check(&form()->recipe, &err), "%s", err.text);
        }
        tear_down();
    }
}
END_TEST

/* In windows of two sizes. */
static void look(const char *name)
{
    static const float sizes[][2] = {{960, 640}, {1280, 800}};
    char file[100];
    for (int i = 0; i < 2; i++) {
        robot.input.width = sizes[i][0];
        robot.input.height = sizes[i][1];
        robot_frame(&robot);
        robot_frame(&robot);
        snprintf(file, sizeof file, "tests/app/golden/%s-%d.txt", name, (int)sizes[i][0]);
        looks_expect(robot.ui, robot.shapes, NULL, file);
    }
}

START_TEST(the_form_looks_as_it_did)
{
    for (int i = 0; i < recipe_count(); i++) {
        char name[60];
        train_form_choose(form(), recipe_at(i), MNIST);
        view->settings.more = i % 2;
        snprintf(name, sizeof name, "form-%s", recipe_at(i)->name);
        look(name);
    }
    robot_write(&robot, "net", "784-30-9");
    robot_write(&robot, "epochs", "0");
    look("form-wrong");
}
END_TEST

START_TEST(a_run_looks_as_it_did)
{
    grow(before, 30, 30);
    go_live(0);
    look("run-begun");
    shown.past = past;
    go_live(6);
    look("run-live");
    shown.facts.busy = shown.facts.live = false;
    look("run-over");
}
END_TEST

START_TEST(a_run_at_a_persons_pace_looks_as_it_did)
{
    struct watch *batch = calloc(1, sizeof *batch);
    *batch = (struct watch){.number = 3,
                            .epoch = 2,
                            .step = 17,
                            .steps = 5000,
                            .count = 10,
                            .correct = 7,
                            .cost = 1.25,
                            .rate = 0.5f,
                            .moved = 0.125,
                            .length = 8,
                            .image_count = 10};
    for (int i = 0; i < 10; i++) {
        struct watch_image *image = &batch->images[i];
        image->digit = i == 9 ? -1 : i;
        image->answer[i < 7 ? i : 3] = 0.75f;
        image->right = i < 7;
        image->cost = 0.25f * (float)i;
        memset(image->pixels, 20 * i, FIT_LEN);
    }
    shown.pace = TRAINER_STEP;
    shown.batch = batch;
    go_live(1.5f);
    look("run-step");
    free(batch);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("train view");
    TCase *tests = tcase_create("one size"), *sizes = tcase_create("sizes");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, at_the_usual_size_the_book_needs_no_scrolling);
    tcase_add_test(tests, every_control_explains_itself);
    tcase_add_test(tests, tab_reaches_every_control);
    tcase_set_timeout(sizes, 120);
    tcase_add_test(sizes, nothing_overlaps_and_nothing_is_cut);
    tcase_add_test(sizes, any_input_is_survived);
    tcase_add_test(tests, the_form_looks_as_it_did);
    tcase_add_test(tests, a_run_looks_as_it_did);
    tcase_add_test(tests, a_run_at_a_persons_pace_looks_as_it_did);
    suite_add_tcase(suite, tests);
    suite_add_tcase(suite, sizes);
    return suite;
}
