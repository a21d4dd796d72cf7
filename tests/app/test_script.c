/* SPDX-License-Identifier: MIT */
/* What a script asks for, in the whole program but its window. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/shell/script.h"
#include "app_world.h"
#include "base/err.h"
#include "data/my_digits.h"
#include "data/unipen.h"
#include "digits.h"
#include "ink/drawing.h"
#include "ink/stroke.h"
#include "suite.h"

static char strokes_path[400];

/* A seven of two strokes, in units and at a place of its own; and a digit that is a picture. */
static void write_strokes(void)
{
    static const struct ink_point roof[] = {{1000, 500}, {1500, 500}, {1200, 1500}};
    struct unipen *file = unipen_new(NULL);
    struct ink seven = {0};
    uint8_t pixels[UNIPEN_PICTURE_LEN] = {[400] = 255};
    ck_assert(ink_begin(&seven, roof[0].x, roof[0].y, NULL));
    ck_assert(ink_add(&seven, roof[1].x, roof[1].y, NULL));
    ck_assert(ink_add(&seven, roof[2].x, roof[2].y, NULL));
    ck_assert(ink_begin(&seven, 1200, 1000, NULL));
    ck_assert(add_strokes(file, 7, 1, &seven, NULL));
    struct unipen_digit picture = {.label = 3, .picture = pixels};
    ck_assert(unipen_add_digit(file, &picture, NULL));
    snprintf(strokes_path, sizeof strokes_path, "%s/two digits.unp", folder);
    ck_assert(unipen_save(strokes_path, file, NULL));
    ink_free(&seven);
    unipen_free(file);
}

static void draw(const char *path, double number)
{
    app_act(app, &(struct action){.kind = ACT_DRAW, .text = path, .number = number});
    frame();
}

static struct ink_box drawn_box(void)
{
    struct ink_box box;
    ck_assert(ink_bounds(drawing_ink(app->canvas.drawing), &box));
    return box;
}

START_TEST(a_digit_of_a_file_is_drawn_twenty_cells_long_in_the_middle)
{
    write_strokes();
    draw(strokes_path, 0);
    struct ink_box box = drawn_box();
    ck_assert_uint_eq(stroke_count(), 2);
    ck_assert_float_eq_tol(box.y0, 4, 1e-4f);
    ck_assert_float_eq_tol(box.y1, 24, 1e-4f);
    ck_assert_float_eq_tol(box.x0, 9, 1e-4f);
    ck_assert_float_eq_tol(box.x1, 19, 1e-4f);
    const json_t *event = find_event("action", 0);
    char wanted[420];
    snprintf(wanted, sizeof wanted, "%s 0", strokes_path);
    ck_assert_str_eq(json_string_value(json_object_get(event, "argument")), wanted);
    ck_assert(json_is_integer(json_object_get(find_event("prediction", 0), "digit")));
}
END_TEST

START_TEST(it_takes_the_place_of_what_is_there_and_is_undone_like_strokes)
{
    write_strokes();
    stroke(UI_BUTTON_LEFT, 0.1f, 0.1f, 0.9f, 0.9f);
    draw(strokes_path, 0);
    ck_assert_uint_eq(stroke_count(), 2);
    for (int i = 0; i < 3; i++)
        key('z', UI_CTRL);
    ck_assert_uint_eq(stroke_count(), 1);
    ask_for(ACT_PICTURE, "picture.png");
    ck_assert(app->canvas.picture.any);
    draw(strokes_path, 0);
    ck_assert(!app->canvas.picture.any);
    ck_assert_uint_eq(stroke_count(), 2);
}
END_TEST

START_TEST(what_cannot_be_drawn_is_said_and_nothing_is_changed)
{
    write_strokes();
    draw(strokes_path, 0);
    draw(strokes_path, 2);
    ck_assert(text_is_shown("two digits.unp has no strokes of a digit 2; it holds 2, counted from "
                            "0."));
    draw(strokes_path, 1);
    ck_assert(text_is_shown("two digits.unp has no strokes of a digit 1; it holds 2, counted from "
                            "0."));
    draw(strokes_path, 1e300);
    draw("missing.unp", 0);
    ck_assert(text_is_shown("missing.unp"));
    ck_assert_uint_eq(stroke_count(), 2);
}
END_TEST

/* What the log says of the newest action's argument, as JSON. */
static void expect_argument(enum action_kind kind, double number, const char *wanted)
{
    int from = event_count;
    ask(kind, number);
    frame();
    json_t *said = json_object_get(find_event("action", from), "argument");
    char *text = json_dumps(said, JSON_ENCODE_ANY);
    ck_assert_str_eq(text, wanted);
    free(text);
}

START_TEST(the_log_says_an_argument_as_a_script_does)
{
    expect_argument(ACT_VIEW, APP_TRAIN, "\"train\"");
    expect_argument(ACT_VIEW, APP_DRAW, "\"draw\"");
    expect_argument(ACT_STEP, FIT_TWENTY, "\"twenty\"");
    expect_argument(ACT_STEP, FIT_TWENTY, "\"twenty\"");
    expect_argument(ACT_THEME, 2, "\"light\"");
    expect_argument(ACT_THEME, 0, "null");
    expect_argument(ACT_BRUSH, 2.5, "2.5");
    stroke(UI_BUTTON_LEFT, 0.3f, 0.2f, 0.6f, 0.8f);
    expect_argument(ACT_TEACH, 7, "7");
    expect_argument(ACT_UNDO, 0, "null"); /* what is taught stays for the tests to come */
    ck_assert_uint_eq(my_digits_count(app->store.list), 0);
}
END_TEST

/* ---- lines ----------------------------------------------------------------------------------- */

/* Another app, which has that to carry out. */
static void begin_script(const char *text, bool stays)
{
    struct err err = {""};
    struct app_setup setup = usual_setup();
    close_app();
    setup.script = text;
    setup.script_name = "some.do";
    setup.script_stays = stays;
    setup.fresh = true;
    app = app_new(&setup, &err);
    ck_assert_msg(app != NULL, "%s", err.text);
    frame();
}

static void run_script(const char *text)
{
    begin_script(text, false);
    wait_until(shown.quit);
}

/* It ended with that sentence; "" is none. */
static void expect_end(const char *sentence)
{
    struct err err = {""};
    ck_assert_int_eq(app_finish(app, &err), sentence[0] == 0);
    ck_assert_str_eq(err.text, sentence);
}

START_TEST(each_line_is_carried_out_and_then_the_window_closes)
{
    char text[800];
    snprintf(text, sizeof text,
             "\t # a comment\r\n\r\n  brush 3.5 \t\r\n#fly\npicture %0480d \u4e03.png\nview mine",
             0);
    run_script(text);
    expect_end("");
    ck_assert_double_eq(app->settings.brush, 3.5);
    ck_assert(app->canvas.picture.any);
    ck_assert_int_eq(app->view, APP_MY_DIGITS);
}
END_TEST

START_TEST(a_line_that_fails_ends_the_script_and_is_named)
{
    static const struct {
        const char *text, *said;
    } scripts[] = {
        {"\n# well\nfly\nview mine", "some.do, line 3: There is no action \"fly\"."},
        {"undo\nview mine", "some.do, line 1: There is nothing to undo."},
        {"brush 2\npicture missing.png\nview mine",
         "some.do, line 2: missing.png cannot be opened."},
        {"recipe moon\nview mine", "some.do, line 1: There is no recipe \"moon\"; there are "},
        {"wait long\nview mine", "some.do, line 1: One can wait for idle, epoch N or a number of "
                                 "seconds, not \"long\"."},
        {"wait epoch 1\nview mine", "some.do, line 1: No training came to epoch 1."},
        {"screenshot a.png\nview mine", "some.do, line 1: a.png: no picture can be painted here."},
    };
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        struct err err = {""};
        run_script(scripts[i].text);
        ck_assert(!app_finish(app, &err));
        ck_assert_msg(strncmp(err.text, scripts[i].said, strlen(scripts[i].said)) == 0, "%s",
                      err.text);
        ck_assert_int_eq(app->view, APP_DRAW);
    }
}
END_TEST

START_TEST(it_begins_when_my_digits_are_there)
{
    begin_script("picture a.png\nteach 1", false);
    while (!app->store.loaded) {
        ck_assert_int_eq(app->script.line, 0);
        frame();
    }
    wait_until(shown.quit);
    expect_end("");
    ck_assert_uint_eq(my_digits_count(app->store.list), 1);
}
END_TEST

/* By another thread, in that frame or in a later one. */
START_TEST(a_trouble_that_comes_later_ends_it_too)
{
    run_script("brush 2\nimport nothing.unp\nwait idle\nview mine");
    struct err err = {""};
    ck_assert(!app_finish(app, &err));
    ck_assert_msg(strncmp(err.text, "some.do, line ", 14) == 0, "%s", err.text);
    ck_assert_ptr_nonnull(strstr(err.text, "nothing.unp"));
    ck_assert_int_eq(app->view, APP_DRAW);
}
END_TEST

static const char training[] =
    "recipe nielsen-30\nset epochs 3\nset batch 100\nset hold-back 50\nstart\n";

START_TEST(it_waits_for_an_epoch_and_for_all_to_be_done)
{
    char text[300];
    snprintf(text, sizeof text, "%swait epoch 2\nview train\nwait idle\nview mine\n", training);
    begin_script(text, false);
    wait_until(app->view == APP_TRAIN);
    ck_assert_int_ge(app->training.view.history.epoch_count, 2);
    wait_until(shown.quit);
    expect_end("");
    ck_assert_int_eq(app->training.view.history.epoch_count, 3);
    ck_assert_int_eq(app->training.stage, TRAINING_ENDED);
    ck_assert_int_eq(app->view, APP_MY_DIGITS);
}
END_TEST

START_TEST(an_epoch_that_never_comes_is_not_waited_for)
{
    char text[300];
    snprintf(text, sizeof text, "%swait epoch 4", training);
    run_script(text);
    expect_end("some.do, line 6: No training came to epoch 4.");
}
END_TEST

START_TEST(it_waits_for_some_seconds)
{
    begin_script("wait 0.5\nview mine", false);
    wait_until(app->script.line == 1);
    uint64_t from = input->now;
    wait_until(shown.quit);
    ck_assert_uint_ge(input->now - from, 450000);
    ck_assert_int_eq(app->view, APP_MY_DIGITS);
}
END_TEST

START_TEST(where_it_stays_the_window_goes_on)
{
    begin_script("view mine", true);
    wait_until(app->view == APP_MY_DIGITS);
    frame();
    ck_assert(!shown.quit);
    ck_assert(script_is_over(app));
    key('1', UI_CTRL);
    ck_assert_int_eq(app->view, APP_DRAW);
    begin_script("fly", true);
    wait_until(shown.quit);
    expect_end("some.do, line 1: There is no action \"fly\".");
}
END_TEST

START_TEST(it_leaves_no_settings_and_takes_none)
{
    char path[400];
    snprintf(path, sizeof path, "%s/inkling/settings.json", folder);
    ask(ACT_BRUSH, 4);
    frame();
    close_app();
    ck_assert_int_eq(access(path, F_OK), 0);
    open_app(1280, 800);
    ck_assert_double_eq(app->settings.brush, 4);
    run_script("view train");
    ck_assert_double_eq(app->settings.brush, BRUSH_USUAL);
    close_app();
    open_app(1280, 800);
    ck_assert_double_eq(app->settings.brush, 4);
    ck_assert_int_eq(app->view, APP_DRAW);
}
END_TEST

static void add_drawing(TCase *tests)
{
    tcase_add_test(tests, a_digit_of_a_file_is_drawn_twenty_cells_long_in_the_middle);
    tcase_add_test(tests, it_takes_the_place_of_what_is_there_and_is_undone_like_strokes);
    tcase_add_test(tests, what_cannot_be_drawn_is_said_and_nothing_is_changed);
    tcase_add_test(tests, the_log_says_an_argument_as_a_script_does);
}

static void add_lines(TCase *tests)
{
    tcase_add_test(tests, each_line_is_carried_out_and_then_the_window_closes);
    tcase_add_test(tests, a_line_that_fails_ends_the_script_and_is_named);
    tcase_add_test(tests, it_begins_when_my_digits_are_there);
    tcase_add_test(tests, a_trouble_that_comes_later_ends_it_too);
    tcase_add_test(tests, it_waits_for_an_epoch_and_for_all_to_be_done);
    tcase_add_test(tests, an_epoch_that_never_comes_is_not_waited_for);
    tcase_add_test(tests, it_waits_for_some_seconds);
    tcase_add_test(tests, where_it_stays_the_window_goes_on);
    tcase_add_test(tests, it_leaves_no_settings_and_takes_none);
}

Suite *make_suite(void)
{
    Suite *suite = suite_create("script");
    TCase *tests = tcase_create("script");
    tcase_add_unchecked_fixture(tests, make_world, remove_world);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 120);
    add_drawing(tests);
    add_lines(tests);
    suite_add_tcase(suite, tests);
    return suite;
}
