/* SPDX-License-Identifier: MIT */
/* The whole program but its window: frames of input go in, shapes and log lines come out. */
#include <check.h>
#include <jansson.h>
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "app/state/models.h"
#include "app_training.h"
#include "app_world.h"
#include "base/rng.h"
#include "data/synthetic.h"
#include "eval/verdict.h"
#include "ink/drawing.h"
#include "ink/stroke.h"
#include "kern/kern.h"
#include "look.h"
#include "model/model.h"
#include "places.h"
#include "robot.h"
#include "suite.h"
#include "train/rule.h"
#include "train/trainer.h"

/* ---- drawing and reading --------------------------------------------------------------------- */

START_TEST(an_empty_canvas_has_no_answer)
{
    ck_assert(!app->canvas.answer.any);
    ck_assert(text_is_shown("Draw a digit"));
    ck_assert_ptr_null(find_event("prediction", 0));
}
END_TEST

START_TEST(a_stroke_is_read_in_the_frame_in_which_it_is_drawn)
{
    struct ui_rect at = rect_of("canvas");
    sample(UI_PRESS, UI_BUTTON_LEFT, at.x + at.w / 2, at.y + 40);
    for (int i = 0; i < 100; i++)
        sample(UI_MOVE, UI_BUTTON_LEFT, at.x + at.w / 2, at.y + 40 + (float)i);
    frame();
    const json_t *event = find_event("prediction", 0);
    ck_assert_ptr_nonnull(event);
    char digit[8];
    json_int_t read = json_integer_value(json_object_get(event, "digit"));
    snprintf(digit, sizeof digit, "%d", (int)read);
    ck_assert(app->canvas.answer.any && text_is_shown(digit));
    ck_assert_str_eq(json_string_value(json_object_get(event, "verdict")),
                     verdict_name(app->canvas.answer.verdict, app->canvas.answer.guess));
    ck_assert_int_eq((int)read, app->canvas.answer.order[0]);
    ck_assert_uint_eq(json_array_size(json_object_get(event, "probabilities")), 10);
    ck_assert(json_number_value(json_object_get(event, "microseconds")) > 0);
    ck_assert_int_eq((int)json_integer_value(json_object_get(event, "latency_us")), 1000);
}
END_TEST

/* As calibration leaves it, by a network of that accuracy. */
static void fit_rule(double accuracy)
{
    struct record *record = &app->models.current->record;
    ck_assert(rule_write(&verdict_usual, record, NULL));
    ck_assert(record_set_number(record, MODEL_TEST_ACCURACY, accuracy, NULL));
}

static void prefer_seven(void)
{
    float *bias = nn_params(app->models.current->net) + nn_param_len(app->models.current->net) - 10;
    bias[7] += 20; /* the last ten parameters are the answers' biases */
    app->canvas.any_reading = false;
    frame();
}

START_TEST(a_network_that_reads_few_or_has_no_fitted_rule_guesses)
{
    static const double poor[] = {0.109, 0.5, 0.899};
    stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
    prefer_seven();
    ck_assert_int_eq(app->canvas.answer.order[0], 7);
    ck_assert(text_is_shown("A guess: ") && !text_is_shown(" % sure"));
    for (size_t i = 0; i < sizeof poor / sizeof *poor; i++) {
        fit_rule(poor[i]);
        app->canvas.any_reading = false;
        frame();
        ck_assert(text_is_shown("A guess: ") && !text_is_shown(" % sure"));
    }
    fit_rule(0.9);
    app->canvas.any_reading = false;
    frame();
    ck_assert(text_is_shown(" % sure") && !text_is_shown("guess"));
}
END_TEST

START_TEST(a_network_that_guesses_says_so_where_it_is_not_sure_and_never_says_no_digit)
{
    struct record *record = &app->models.current->record;
    struct verdict_rule strict = {.temperature = 1, .sure = 1, .spread = 1, .rest = 0};
    ck_assert(rule_write(&strict, record, NULL)); /* nothing is a digit to it */
    ck_assert(record_set_number(record, MODEL_TEST_ACCURACY, 0.81, NULL));
    stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
    ck_assert_int_eq(app->canvas.answer.verdict, VERDICT_DOUBTFUL);
    ck_assert(text_is_shown("? a guess") && !text_is_shown("digit to me"));
    const json_t *event = find_event("prediction", 0);
    ck_assert_str_eq(json_string_value(json_object_get(event, "verdict")), "guess");
}
END_TEST

START_TEST(no_answer_is_ever_a_hundred_percent)
{
    stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
    prefer_seven();
    ck_assert_float_gt(app->canvas.answer.probability[7], 0.9999f);
    ck_assert_str_eq(ui_find_control(app->ui, "digit-7")->label, "7: > 99.9 %");
    ck_assert(text_is_shown("> ")); /* figures stand one by one */
}
END_TEST

START_TEST(half_of_a_digit_is_no_alarm_until_the_pen_has_rested)
{
    struct record *record = &app->models.current->record;
    struct verdict_rule strict = {.temperature = 1, .sure = 1, .spread = 1, .rest = 0};
    ck_assert(rule_write(&strict, record, NULL)); /* nothing is a digit to it */
    struct ui_rect at = rect_of("canvas");
    sample(UI_PRESS, UI_BUTTON_LEFT, at.x + 50, at.y + 50);
    sample(UI_MOVE, UI_BUTTON_LEFT, at.x + 150, at.y + 50);
    frame();
    ck_assert_int_eq(app->canvas.answer.verdict, VERDICT_NO_DIGIT);
    input->now += 3000000; /* the pen is held still */
    frame();
    ck_assert(!text_is_shown("No digit?"));
    sample(UI_RELEASE, UI_BUTTON_LEFT, at.x + 150, at.y + 50);
    uint64_t up = input->now;
    frame();
    ck_assert(!text_is_shown("No digit?"));
    ck_assert_uint_le(shown.wake, up + 700000);
    ck_assert_uint_ge(shown.wake, up + 500000);
    input->now = shown.wake - 1000;
    frame();
    ck_assert(!text_is_shown("No digit?"));
    input->now = shown.wake;
    frame();
    ck_assert(text_is_shown("No digit?"));
    ck_assert(shown.wake == UI_NEVER);
    sample(UI_PRESS, UI_BUTTON_LEFT, at.x + 60, at.y + 90); /* goes on */
    frame();
    ck_assert(!text_is_shown("No digit?"));
}
END_TEST

START_TEST(below_the_threshold_an_answer_is_called_not_sure)
{
    fit_rule(0.99);
    stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
    ck_assert_int_ne(app->canvas.answer.verdict, VERDICT_SURE);
    ck_assert(!text_is_shown(" % sure"));
    prefer_seven();
    ck_assert_int_eq(app->canvas.answer.order[0], 7);
    ck_assert(text_is_shown(" % sure"));
}
END_TEST

START_TEST(no_sample_of_a_fast_stroke_is_lost)
{
    stroke(UI_BUTTON_LEFT, 0.2f, 0.2f, 0.8f, 0.7f);
    const struct ink *ink = drawing_ink(app->canvas.drawing);
    ck_assert_uint_eq(ink->stroke_count, 1);
    ck_assert_uint_eq(ink->strokes[0].count, 21);
    ck_assert_float_eq_tol(ink->points[0].x, 0.2f * CANVAS_CELLS, 0.01f);
    ck_assert_float_eq_tol(ink->points[20].y, 0.7f * CANVAS_CELLS, 0.01f);
}
END_TEST

START_TEST(the_answer_is_what_the_network_says_of_the_fitted_strokes)
{
    stroke(UI_BUTTON_LEFT, 0.3f, 0.2f, 0.7f, 0.2f);
    stroke(UI_BUTTON_LEFT, 0.7f, 0.2f, 0.4f, 0.8f);
    struct ink_fit fit;
    float x[FIT_LEN];
    ink_fit(drawing_ink(app->canvas.drawing), &fit);
    for (int i = 0; i < FIT_LEN; i++)
        x[i] = (float)fit.pixels[i] * (1.0f / 255);
    const struct nn *net = app->models.current->net;
    struct nn_work *work = nn_work_new(net, app->kern, 1, false, NULL);
    const float *out = nn_predict(net, work, x, 1);
    for (int i = 0; i < 10; i++)
        ck_assert_float_eq_tol(app->canvas.answer.probability[i], out[i], 1e-6f);
    for (int i = 1; i < 10; i++)
        ck_assert(app->canvas.answer.probability[app->canvas.answer.order[i]] <=
                  app->canvas.answer.probability[app->canvas.answer.order[i - 1]]);
    nn_work_free(work);
}
END_TEST

START_TEST(clear_gives_no_answer)
{
    stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
    int before = event_count;
    click("clear");
    ck_assert(!app->canvas.answer.any && stroke_count() == 0);
    const json_t *event = find_event("prediction", before);
    ck_assert_ptr_nonnull(event);
    ck_assert(json_is_null(json_object_get(event, "digit")));
    ck_assert(text_is_shown("Draw a digit"));
}
END_TEST

START_TEST(undo_and_redo_go_step_by_step)
{
    stroke(UI_BUTTON_LEFT, 0.3f, 0.2f, 0.3f, 0.8f);
    stroke(UI_BUTTON_LEFT, 0.6f, 0.2f, 0.6f, 0.8f);
    click("undo");
    ck_assert_uint_eq(stroke_count(), 1);
    click("redo");
    ck_assert_uint_eq(stroke_count(), 2);
    click("clear");
    click("undo");
    ck_assert_uint_eq(stroke_count(), 2);
    click("undo");
    click("undo");
    ck_assert_uint_eq(stroke_count(), 0);
    ck_assert(ui_find_control(app->ui, "undo")->off);
}
END_TEST

START_TEST(the_right_button_erases)
{
    stroke(UI_BUTTON_LEFT, 0.2f, 0.5f, 0.8f, 0.5f);
    stroke(UI_BUTTON_RIGHT, 0.5f, 0.3f, 0.5f, 0.7f);
    ck_assert_uint_eq(stroke_count(), 2);
}
END_TEST

START_TEST(the_erase_button_makes_the_left_button_erase)
{
    stroke(UI_BUTTON_LEFT, 0.2f, 0.5f, 0.8f, 0.5f);
    click("erase");
    ck_assert(ui_find_control(app->ui, "erase")->on);
    stroke(UI_BUTTON_LEFT, 0.5f, 0.3f, 0.5f, 0.7f);
    ck_assert_uint_eq(stroke_count(), 2);
    click("erase");
    stroke(UI_BUTTON_LEFT, 0.5f, 0.3f, 0.5f, 0.7f);
    ck_assert_uint_eq(stroke_count(), 3);
}
END_TEST

START_TEST(a_stroke_that_leaves_the_canvas_stays_within_it)
{
    stroke(UI_BUTTON_LEFT, 0.5f, 0.5f, 3, -2);
    const struct ink *ink = drawing_ink(app->canvas.drawing);
    for (uint32_t i = 0; i < ink->point_count; i++)
        ck_assert(ink->points[i].x >= 0 && ink->points[i].x <= CANVAS_CELLS &&
                  ink->points[i].y >= 0 && ink->points[i].y <= CANVAS_CELLS);
}
END_TEST

START_TEST(the_first_layer_has_a_map_for_each_filter)
{
    stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
    struct reader_maps maps = reader_first_layer(app->reader);
    ck_assert_int_eq(maps.count, 4);
    ck_assert_int_eq(maps.rows, 12);
    float most = 0;
    for (int i = 0; i < maps.count * maps.rows * maps.cols; i++)
        most = fmaxf(most, fabsf(maps.values[i]));
    ck_assert_float_eq(most, 1);
}
END_TEST

/* ---- keys ------------------------------------------------------------------------------------ */

START_TEST(keys_do_what_the_buttons_do)
{
    stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
    key('z', UI_CTRL);
    ck_assert_uint_eq(stroke_count(), 0);
    key('z', UI_CTRL | UI_SHIFT);
    ck_assert_uint_eq(stroke_count(), 1);
    key('z', UI_CTRL);
    key('y', UI_CTRL);
    ck_assert_uint_eq(stroke_count(), 1);
    key('e', 0);
    ck_assert(app->canvas.eraser);
    key('c', 0);
    ck_assert_uint_eq(stroke_count(), 0);
    double brush = app->settings.brush;
    key(']', 0);
    ck_assert_double_gt(app->settings.brush, brush);
    key('[', 0);
    ck_assert_double_eq(app->settings.brush, brush);
    key('2', UI_CTRL);
    ck_assert_int_eq(app->view, APP_TRAIN);
    key('1', UI_ALT);
    ck_assert_int_eq(app->view, APP_DRAW);
    key(UI_KEY_F11, 0);
    ck_assert(shown.full_screen);
    frame();
    ck_assert(!shown.full_screen);
}
END_TEST

START_TEST(the_brush_stays_within_its_limits)
{
    for (int i = 0; i < 40; i++)
        key(']', 0);
    ck_assert_double_eq(app->settings.brush, BRUSH_MAX);
    for (int i = 0; i < 40; i++)
        key('[', 0);
    ck_assert_double_eq(app->settings.brush, BRUSH_MIN);
}
END_TEST

START_TEST(escape_puts_the_notice_away)
{
    notices_say(&app->notices, NOTICE_WORD, "A word.");
    frame();
    ck_assert(text_is_shown("A word."));
    key(UI_KEY_ESCAPE, 0);
    ck_assert(!text_is_shown("A word."));
}
END_TEST

START_TEST(every_control_is_reached_by_tab)
{
    char seen[64][48];
    int count = 0;
    for (int i = 0; i < 40; i++) {
        key(UI_KEY_TAB, 0);
        for (int j = 0; j < ui_control_count(app->ui); j++)
            if (ui_control(app->ui, j)->focus)
                strcpy(seen[count++], ui_control(app->ui, j)->name);
    }
    static const char *const wanted[] = {"tab-draw", "theme", "model", "data", "canvas", "erase",
                                         "brush"};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        bool found = false;
        for (int j = 0; j < count; j++)
            found |= strcmp(seen[j], wanted[i]) == 0;
        ck_assert_msg(found, "Tab never reached %s", wanted[i]);
    }
}
END_TEST

/* ---- the layout ------------------------------------------------------------------------------ */

static void check_controls(const char *where)
{
    const char *wrong = places_find_control();
    ck_assert_msg(!wrong, "%s at %gx%g: %s", where, (double)input->width, (double)input->height,
                  wrong);
}

static void check_texts(const char *where)
{
    const char *wrong = places_find_text();
    ck_assert_msg(!wrong, "%s at %gx%g: %s", where, (double)input->width, (double)input->height,
                  wrong);
}

static const float sizes[][2] = {{960, 640}, {1100, 640}, {1280, 800}, {1920, 1080}, {1000, 1400}};

START_TEST(nothing_overlaps_or_leaves_the_window)
{
    stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
    for (int notice = 0; notice < 2; notice++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            input->width = sizes[i][0];
            input->height = sizes[i][1];
            key('1', UI_CTRL);
            frame();
            check_controls("Draw");
            check_texts("Draw");
            key('2', UI_CTRL);
            frame();
            check_controls("Train");
            notices_say(
                &app->notices, NOTICE_TROUBLE,
                "A sentence that is long enough to need more than one "
                "line where the window is narrow, and that has something to offer besides.");
            notices_offer(&app->notices, "Save", ACT_MODEL_SAVE);
            notices_offer(&app->notices, "Go back", ACT_MODEL_BACK);
        }
}
END_TEST

START_TEST(the_canvas_is_the_largest_and_grows_first)
{
    struct ui_rect small = rect_of("canvas");
    ck_assert_float_ge(small.w, 430);
    input->width = 1920;
    input->height = 1080;
    frame();
    struct ui_rect large = rect_of("canvas");
    ck_assert_float_eq(large.w, large.h);
    ck_assert_float_ge(large.w, small.w * 1.6f);
}
END_TEST

START_TEST(changing_the_theme_keeps_the_layout)
{
    struct ui_control before[64];
    int count = ui_control_count(app->ui);
    for (int i = 0; i < count; i++)
        before[i] = *ui_control(app->ui, i);
    uint64_t look = look_of(shown.shapes);
    bool dark = app->settings.dark;
    key('t', UI_CTRL);
    ck_assert(app->settings.dark != dark && look_of(shown.shapes) != look);
    ck_assert_int_eq(ui_control_count(app->ui), count);
    for (int i = 0; i < count; i++)
        ck_assert_mem_eq(&before[i].rect, &ui_control(app->ui, i)->rect, sizeof before[i].rect);
}
END_TEST

START_TEST(the_layout_event_names_the_controls)
{
    const json_t *event = find_event("layout", 0), *controls = json_object_get(event, "controls");
    ck_assert_ptr_nonnull(event);
    static const char *const wanted[] = {"canvas", "clear", "undo", "redo", "erase", "brush",
                                         "tab-draw", "tab-train", "model", "data", "theme"};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        ck_assert_msg(json_array_size(json_object_get(controls, wanted[i])) == 4, "no %s",
                      wanted[i]);
    ck_assert_int_eq((int)json_integer_value(json_array_get(json_object_get(event, "window"), 0)),
                     1280);
    int before = event_count;
    frame();
    ck_assert_ptr_null(find_event("layout", before));
    click("tab-train");
    event = find_event("layout", before);
    ck_assert_str_eq(json_string_value(json_object_get(event, "view")), "train");
    ck_assert_uint_eq(json_array_size(json_object_get(json_object_get(event, "controls"),
                                                      "start")), 4);
}
END_TEST

START_TEST(a_notice_waits_until_the_pen_is_lifted)
{
    struct ui_rect at = rect_of("canvas");
    sample(UI_PRESS, UI_BUTTON_LEFT, at.x + 50, at.y + 50);
    frame();
    notices_say(&app->notices, NOTICE_WORD, "A word.");
    frame();
    ck_assert(!text_is_shown("A word."));
    sample(UI_RELEASE, UI_BUTTON_LEFT, at.x + 60, at.y + 50);
    frame();
    ck_assert(text_is_shown("A word."));
}
END_TEST

START_TEST(a_still_window_asks_for_no_frame)
{
    frame();
    frame();
    uint64_t look = look_of(shown.shapes);
    frame();
    ck_assert(shown.wake == UI_NEVER);
    ck_assert(look_of(shown.shapes) == look);
}
END_TEST

/* ---- models ---------------------------------------------------------------------------------- */

START_TEST(a_damaged_model_leaves_the_one_in_use_and_a_sentence)
{
    char path[400];
    struct model *model = app->models.current;
    snprintf(path, sizeof path, "%s/broken.safetensors", folder);
    write_file(path, "rubbish that is no model", 24);
    int before = event_count;
    drop(path);
    frame();
    ck_assert_ptr_eq(app->models.current, model);
    ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
    ck_assert(text_is_shown("broken.safetensors"));
    ck_assert_ptr_nonnull(find_event("error", before));
}
END_TEST

START_TEST(a_model_that_reads_no_pictures_is_refused)
{
    char path[400];
    snprintf(path, sizeof path, "%s/gate.safetensors", folder);
    write_model(path, "input 2, dense 1 step", "gate");
    drop(path);
    frame();
    ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
    ck_assert_str_eq(model_name(app->models.current), "tiny");
}
END_TEST

START_TEST(a_model_that_is_opened_reads_at_once_and_one_can_go_back)
{
    char path[400];
    snprintf(path, sizeof path, "%s/other.safetensors", folder);
    write_model(path, "784-12-10", "other");
    stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
    struct answer first = app->canvas.answer;
    drop(path);
    frame();
    ck_assert_str_eq(model_name(app->models.current), "other");
    ck_assert(memcmp(first.probability, app->canvas.answer.probability,
                     sizeof first.probability) != 0);
    ck_assert_str_eq(app->settings.recent[0], app->models.path);
    click("notice-offer");
    ck_assert_str_eq(model_name(app->models.current), "tiny");
    ck_assert_mem_eq(first.probability, app->canvas.answer.probability, sizeof first.probability);
}
END_TEST

START_TEST(a_model_is_saved_where_one_says)
{
    char path[400];
    snprintf(path, sizeof path, "%s/kept.safetensors", folder);
    app_act(app, &(struct action){.kind = ACT_MODEL_SAVE_AS, .text = path});
    frame();
    struct model *model = model_load(path, NULL);
    ck_assert_ptr_nonnull(model);
    model_free(model);
    ck_assert(!app->models.unsaved);
    ck_assert_str_eq(app->settings.recent[0], app->models.path);
}
END_TEST

START_TEST(a_model_that_is_asked_for_at_the_start_must_open)
{
    struct err err = {""};
    struct app_setup setup = usual_setup();
    setup.model = "/nowhere/at-all.safetensors";
    ck_assert_ptr_null(app_new(&setup, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "/nowhere/at-all.safetensors"));
    setup = usual_setup();
    setup.theme = "purple";
    ck_assert_ptr_null(app_new(&setup, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "purple"));
}
END_TEST

/* ---- what is dropped ------------------------------------------------------------------------- */

START_TEST(a_picture_is_read_and_undo_brings_the_strokes_back)
{
    char path[] = "/some/one.png";
    stroke(UI_BUTTON_LEFT, 0.2f, 0.5f, 0.8f, 0.5f);
    drop(path);
    frame();
    ck_assert(app->canvas.picture.any && app->canvas.answer.any);
    ck_assert_uint_eq(stroke_count(), 0);
    uint32_t ink = app->canvas.picture.pixels[30 * 40 + 20], paper = app->canvas.picture.pixels[0];
    ck_assert_uint_eq(ink, 0xffffffff);
    ck_assert_uint_eq(paper, 0x000000ff);
    key('z', UI_CTRL);
    ck_assert(!app->canvas.picture.any);
    ck_assert_uint_eq(stroke_count(), 1);
    ck_assert(app->canvas.answer.any);
}
END_TEST

START_TEST(a_picture_without_ink_is_said_and_no_other)
{
    char path[] = "/some/one.png", blank[] = "/some/blank.png";
    drop(path);
    frame();
    ck_assert_int_eq(app->notices.now.kind, NOTICE_NONE);
    drop(blank);
    frame();
    ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
    ck_assert_ptr_nonnull(strstr(app->notices.now.text, "no ink to be found in blank.png"));
}
END_TEST

START_TEST(the_time_of_a_picture_has_nothing_of_the_strokes_before)
{
    const double long_ago = 1e9;
    char path[] = "/some/one.png";
    app->canvas.fit_microseconds = long_ago;
    drop(path);
    frame();
    ck_assert(app->canvas.answer.any);
    ck_assert_double_gt(app->canvas.fit_microseconds, 0);
    ck_assert_double_lt(app->canvas.answer.microseconds, long_ago);
}
END_TEST

START_TEST(a_picture_is_shown_with_the_ink_light_as_it_was_read)
{
    char path[] = "/some/dim.png";
    drop(path);
    frame();
    ck_assert(app->canvas.answer.any);
    ck_assert_uint_eq(app->canvas.picture.pixels[30 * 40 + 20], 0xffffffff);
    ck_assert_uint_eq(app->canvas.picture.pixels[0], 0x9b9b9bff);
}
END_TEST

START_TEST(drawing_over_a_picture_begins_anew)
{
    char path[] = "/some/one.png";
    drop(path);
    frame();
    stroke(UI_BUTTON_LEFT, 0.2f, 0.5f, 0.8f, 0.5f);
    ck_assert(!app->canvas.picture.any);
    ck_assert_uint_eq(stroke_count(), 1);
}
END_TEST

START_TEST(what_cannot_be_used_when_dropped_gets_a_sentence)
{
    char text[] = "/some/letter.txt", missing[] = "/some/missing.png", one[] = "/some/one.png";
    char *drops[] = {text, missing, folder};
    for (size_t i = 0; i < sizeof drops / sizeof *drops; i++) {
        app->notices.now = (struct notice){0};
        drop(drops[i]);
        frame();
        ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
    }
    app->notices.now = (struct notice){0};
    drop(one);
    drop(text);
    frame();
    ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
    ck_assert(!app->canvas.picture.any);
}
END_TEST

static void wait_for_data(void)
{
    wait_until(library_state(app->library) != LIBRARY_LOADING);
}

START_TEST(a_folder_that_is_dropped_becomes_the_data)
{
    app_act(app, &(struct action){.kind = ACT_DATA_USUAL});
    wait_for_data();
    drop(data_path);
    frame();
    wait_for_data();
    ck_assert_int_eq(library_state(app->library), LIBRARY_READY);
    ck_assert_str_eq(library_folder(app->library), data_path);
    ck_assert_str_eq(library_name(app->library), "digits");
    ck_assert_ptr_nonnull(find_event("data", 0));
}
END_TEST

/* Copies one of the files of the data. */
static void copy_data(const char *from, const char *to)
{
    char command[1000];
    snprintf(command, sizeof command, "mkdir -p $(dirname %s/%s) && cp %s/%s %s/%s", folder, to,
             data_path, from, folder, to);
    ck_assert_int_eq(system(command), 0);
}

START_TEST(data_that_another_program_left_is_found_and_it_is_said_where)
{
    char place[340], file[400];
    copy_data("train-images-idx3-ubyte", "set/MNIST/raw/train-images-idx3-ubyte");
    copy_data("train-labels-idx1-ubyte", "set/MNIST/raw/train-labels-idx1-ubyte");
    snprintf(place, sizeof place, "%s/set", folder);
    drop(place);
    frame();
    wait_for_data();
    ck_assert_int_eq(library_state(app->library), LIBRARY_READY);
    ck_assert_str_eq(library_name(app->library), "MNIST");
    ck_assert_ptr_nonnull(strstr(app->notices.now.text, "MNIST/raw/train-images-idx3-ubyte"));
    snprintf(file, sizeof file, "%s/train-images-idx3-ubyte", data_path);
    drop(file); /* one file stands for its set */
    frame();
    wait_for_data();
    ck_assert_int_eq(library_state(app->library), LIBRARY_READY);
    ck_assert_str_eq(library_name(app->library), "digits");
    snprintf(file, sizeof file, "%s/none.npz", folder);
    drop(file);
    frame();
    ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
    ck_assert_ptr_nonnull(strstr(app->notices.now.text, "The data stays as it was."));
    ck_assert_str_eq(library_name(app->library), "digits");
}
END_TEST

static int count_events(const char *kind)
{
    int count = 0;
    for (int i = 0; i < event_count; i++)
        count += strcmp(json_string_value(json_object_get(events[i], "event")), kind) == 0;
    return count;
}

START_TEST(usual_places_without_data_are_said_when_chosen_and_when_trained_on)
{
    static const char said[] = "No data found, so the digits are the program's own drawings";
    app_act(app, &(struct action){.kind = ACT_DATA_USUAL});
    frame();
    ck_assert(strstr(app->notices.now.text, said) != NULL);
    key('2', UI_CTRL);
    ck_assert(text_is_shown("none found: synthetic"));
    wait_until(count_events("data") != 0);
    key(UI_KEY_ESCAPE, 0);
    ck_assert_int_eq(app->notices.now.kind, NOTICE_NONE);
    start_training(1); /* on what was loaded long before */
    wait_for_stage(TRAINING_LIVE);
    ck_assert_ptr_nonnull(strstr(app->notices.now.text, said));
    app_act(app, &(struct action){.kind = ACT_STOP});
    wait_for_stage(TRAINING_ENDED);
    key(UI_KEY_ESCAPE, 0);
    app_act(app, &(struct action){.kind = ACT_DATA_SYNTHETIC}); /* asked for: nothing to say */
    frame();
    ck_assert_ptr_null(strstr(app->notices.now.text, said));
}
END_TEST

START_TEST(curves_say_what_was_trained_on_whatever_was_chosen_since)
{
    char path[400];
    size_t size;
    snprintf(path, sizeof path, "%s/curves.csv", folder);
    start_training(2);
    wait_for_stage(TRAINING_ENDED);
    app_act(app, &(struct action){.kind = ACT_DATA_SYNTHETIC});
    app_act(app, &(struct action){.kind = ACT_CURVES_CSV, .text = path});
    char *text = (char *)files_read(path, 1 << 20, &size, NULL);
    ck_assert_ptr_nonnull(text);
    ck_assert_ptr_nonnull(strstr(text, "# data digits\n# recipe nielsen-30, changed\n"));
    free(text);
    remove(path);
}
END_TEST

/* A load whose thread cannot end: its wake-up waits until the test lets it go. */
static atomic_bool may_end;

static void hold_thread(void *context)
{
    (void)context;
    while (!atomic_load(&may_end))
        usleep(1000);
}

START_TEST(choosing_other_data_does_not_wait_for_a_loading_under_way)
{
    struct library *library = library_new(hold_thread, NULL, NULL);
    ck_assert_ptr_nonnull(library);
    library_set(library, LIBRARY_SYNTHETIC, NULL);
    library_load(library);
    library_set(library, LIBRARY_FOLDER, data_path);
    atomic_store(&may_end, true);
    library_load(library);
    for (int i = 0; i < 2000 && library_state(library) == LIBRARY_LOADING; i++) {
        usleep(1000);
        library_poll(library);
    }
    ck_assert_int_eq(library_state(library), LIBRARY_READY);
    ck_assert_str_eq(library_name(library), "digits");
    ck_assert_uint_eq(library_train(library)->count, 300);
    library_free(library);
}
END_TEST

/* ---- training -------------------------------------------------------------------------------- */

START_TEST(the_result_of_a_run_becomes_the_model_and_one_can_go_back)
{
    stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
    start_training(20);
    wait_for_stage(TRAINING_ENDED);
    ck_assert_int_eq(app->training.view.state, TRAINER_DONE);
    ck_assert_str_eq(model_name(app->models.current), "nielsen-30, changed");
    ck_assert(app->models.unsaved);
    ck_assert_double_gt(models_accuracy(&app->models.current->record), 0);
    ck_assert(text_is_shown("not saved"));
    int epochs = 0;
    for (int i = 0; i < event_count; i++)
        epochs += strcmp(json_string_value(json_object_get(events[i], "event")), "epoch") == 0;
    ck_assert_int_eq(epochs, 20);
    ck_assert(ui_find_control(app->ui, "pause") == NULL);
    click("notice-offer-2");
    ck_assert_str_eq(model_name(app->models.current), "tiny");
}
END_TEST

START_TEST(the_notice_says_which_images_its_figure_is_of)
{
    start_training(20);
    wait_for_stage(TRAINING_ENDED);
    frame();
    ck_assert_int_eq(app->notices.now.kind, NOTICE_DONE);
    ck_assert_ptr_nonnull(strstr(app->notices.now.text, " % of the validation images)"));
}
END_TEST

START_TEST(a_run_that_only_guesses_offers_to_go_back_first)
{
    struct recipe recipe = small_recipe(2);
    recipe.schedule.rate = 1000;
    app_act(app, &(struct action){.kind = ACT_START, .recipe = &recipe});
    wait_for_stage(TRAINING_ENDED);
    frame();
    ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
    ck_assert_ptr_nonnull(strstr(app->notices.now.text, "still guesses"));
    ck_assert_ptr_nonnull(strstr(app->notices.now.text, "(it is 1000)"));
    click("notice-offer");
    ck_assert_str_eq(model_name(app->models.current), "tiny");
}
END_TEST

START_TEST(the_newest_weights_read_the_drawing_while_it_trains)
{
    stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
    start_training(1000);
    wait_for_stage(TRAINING_LIVE);
    wait_for_epoch(1);
    const json_t *event = find_event("prediction", 0);
    ck_assert_int_gt((int)json_integer_value(json_object_get(event, "weights")), 0);
    ck_assert(text_is_shown("newest weights"));
    ck_assert(text_is_shown(" by the new nielsen-"));
    check_controls("Draw while training");
    check_texts("Draw while training");
    click("pause");
    wait_until(app->training.view.state == TRAINER_PAUSED);
    ck_assert_int_eq(app->training.view.state, TRAINER_PAUSED);
    ck_assert(text_is_shown("Go on"));
    click("stop");
    wait_for_stage(TRAINING_ENDED);
    ck_assert_int_eq(app->training.view.state, TRAINER_STOPPED);
    ck_assert_int_eq(app->training.left.count, 1);
    ck_assert_ptr_nonnull(ui_find_control(app->ui, "resume"));
}
END_TEST

static const char *model_button(void)
{
    return ui_find_control(app->ui, "model")->label;
}

/* Whether a text in that control was cut. */
static bool is_cut(const char *name)
{
    struct ui_rect in = rect_of(name);
    for (size_t i = 0; i < shown.shapes->count; i++) {
        const struct ui_shape *shape = &shown.shapes->items[i];
        if (shape->kind == UI_SHAPE_TEXT && shape->rect.y < in.y + in.h &&
            shape->rect.x >= in.x && shape->rect.x < in.x + in.w &&
            strstr(ui_shape_text(shown.shapes, shape), "\u2026"))
            return true;
    }
    return false;
}

START_TEST(the_top_bar_names_who_reads)
{
    ck_assert_ptr_nonnull(strstr(model_button(), "tiny"));
    start_training(1000);
    wait_for_epoch(1);
    frame();
    ck_assert_str_eq(model_button(), "Model nielsen-30, changed \u00b7 in training");
    click("model");
    frame();
    ck_assert(text_is_shown("Save tiny")); /* what is saved is still that one */
    key(UI_KEY_ESCAPE, 0);
    click("pause");
    wait_until(app->training.view.state == TRAINER_PAUSED);
    ck_assert_ptr_nonnull(strstr(model_button(), "nielsen-30, changed"));
    click("stop");
    wait_for_stage(TRAINING_ENDED);
    frame();
    ck_assert_ptr_nonnull(strstr(model_button(), "nielsen-30, changed \u00b7 "));
    ck_assert_ptr_nonnull(strstr(model_button(), " % validation"));
    ck_assert_ptr_nonnull(strstr(model_button(), "not saved"));
    app_act(app, &(struct action){.kind = ACT_MODEL_BACK});
    frame();
    ck_assert_ptr_nonnull(strstr(model_button(), "tiny"));
}
END_TEST

START_TEST(the_models_button_says_of_which_images_its_figure_is_at_every_size)
{
    static const char *const names[] = {
        "best",
        "nielsen-30, changed",
        "na\u00efve network with a name that nobody can be asked to read",
    };
    struct record *record = &app->models.current->record;
    for (int tested = 0; tested < 2; tested++)
        for (int unsaved = 0; unsaved < 2; unsaved++)
            for (size_t n = 0; n < 3; n++)
                for (float width = 960; width <= 1600; width += 40) {
                    ck_assert(record_set(record, MODEL_NAME, names[n], NULL));
                    record_set_number(record, tested ? MODEL_TEST_ACCURACY : MODEL_VALID_ACCURACY,
                                      0.9512, NULL);
                    app->models.unsaved = unsaved;
                    input->width = width;
                    frame();
                    frame();
                    const char *label = model_button();
                    ck_assert_msg(text_is_shown(tested ? "95.12 % test" : "95.12 % valid"),
                                  "%g: %s", (double)width, label);
                    ck_assert(!unsaved || text_is_shown("not saved"));
                    bool whole = n == 0 || (n == 1 && width >= 1080); /* else its end goes */
                    ck_assert_msg(!whole || (strstr(label, names[n]) && !is_cut("model")),
                                  "%g: %s", (double)width, label);
                    ck_assert(n < 2 || strncmp(label, "na\u00efve", 6) == 0 ||
                              strncmp(label, "Model na\u00efve", 12) == 0);
                }
}
END_TEST

START_TEST(a_second_click_on_stop_meets_no_other_button)
{
    start_training(1000);
    wait_for_epoch(1);
    struct ui_rect stop = rect_of("stop"), pause = rect_of("pause");
    click("stop");
    wait_for_stage(TRAINING_ENDED);
    frame();
    ck_assert(text_is_shown("Training stopped"));
    for (int i = 0; i < ui_control_count(app->ui); i++)
        ck_assert(ui_control(app->ui, i)->off ||
                  !places_overlap(stop, ui_control(app->ui, i)->rect));
    ck_assert(places_overlap(pause, rect_of("resume")));
    ck_assert_float_eq(input->width - rect_of("resume").x - rect_of("resume").w, UI_BETWEEN);
    click("resume");
    frame();
    ck_assert_int_eq(app->notices.now.kind, NOTICE_NONE);
}
END_TEST

START_TEST(stopping_is_said_until_it_is_done)
{
    start_training(1000);
    wait_for_epoch(1);
    click("stop");
    for (int i = 0; app->training.stage == TRAINING_LIVE && i < 3; i++) {
        ck_assert(text_is_shown("Stopping\u2026"));
        ck_assert(ui_find_control(app->ui, "stop")->off && ui_find_control(app->ui, "pause")->off);
        frame();
    }
    wait_for_stage(TRAINING_ENDED);
    frame();
    ck_assert(!text_is_shown("Stopping"));
}
END_TEST

START_TEST(a_run_that_goes_on_is_not_the_one_before_it)
{
    start_training(1000);
    wait_for_epoch(1);
    click("stop");
    wait_for_stage(TRAINING_ENDED);
    frame();
    click("resume");
    wait_for_epoch(2);
    ck_assert(!app->training.has_before);
    click("stop");
    wait_for_stage(TRAINING_ENDED);
    frame();
    start_training(1000);
    wait_for_stage(TRAINING_LIVE);
    ck_assert(app->training.has_before);
}
END_TEST

START_TEST(the_dock_uses_the_room_that_buttons_leave)
{
    start_training(20);
    wait_for_stage(TRAINING_LIVE);
    input->width = 960;
    frame();
    ck_assert_float_ge(rect_of("progress").w, 300);
    check_texts("Draw while training");
    wait_for_stage(TRAINING_ENDED);
    frame();
    ck_assert_float_ge(rect_of("progress").w, 300);
    check_texts("Draw after training");
}
END_TEST

START_TEST(the_window_during_a_run_fits_at_every_size)
{
    start_training(1000);
    wait_for_epoch(2);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        input->width = sizes[i][0];
        input->height = sizes[i][1];
        key('1', UI_CTRL);
        frame();
        check_controls("Draw while training");
        check_texts("Draw while training");
        key('2', UI_CTRL);
        frame();
        check_controls("Train while training");
    }
}
END_TEST

START_TEST(a_run_that_was_quit_can_go_on_at_the_next_start)
{
    start_training(1000);
    wait_for_epoch(1);
    input->quit = true;
    frame();
    ck_assert(shown.quit);
    close_app();
    open_app(1280, 800);
    ck_assert_int_eq(app->training.left.count, 1);
    click("resume");
    wait_for_stage(TRAINING_LIVE);
    ck_assert_int_ge(app->training.view.history.epoch_count, 1);
    ck_assert_int_eq(app->training.view.recipe.epochs, 1000);
}
END_TEST

START_TEST(a_result_that_was_not_saved_is_there_at_the_next_start)
{
    char path[400];
    start_training(2);
    wait_for_stage(TRAINING_ENDED);
    close_app();
    open_app(1280, 800);
    ck_assert_str_eq(model_name(app->models.current), "tiny");
    ck_assert(text_is_shown("not saved"));
    click("resume");
    wait_for_stage(TRAINING_ENDED);
    ck_assert_str_eq(model_name(app->models.current), "nielsen-30, changed");
    snprintf(path, sizeof path, "%s/result.safetensors", folder);
    app_act(app, &(struct action){.kind = ACT_MODEL_SAVE_AS, .text = path});
    close_app();
    open_app(1280, 800);
    ck_assert_int_eq(app->training.left.count, 0);
}
END_TEST

START_TEST(saving_a_model_leaves_the_safety_copy_of_another_run)
{
    char path[400];
    snprintf(path, sizeof path, "%s/result.safetensors", folder);
    start_training(2);
    wait_for_stage(TRAINING_ENDED);
    start_training(2); /* by the same recipe */
    wait_for_stage(TRAINING_ENDED);
    app_act(app, &(struct action){.kind = ACT_MODEL_BACK});
    ck_assert(app->models.unsaved);
    app_act(app, &(struct action){.kind = ACT_MODEL_SAVE_AS, .text = path});
    ck_assert(!app->models.unsaved);
    ck_assert(files_exist(app->training.checkpoint));
    app_act(app, &(struct action){.kind = ACT_MODEL_BACK});
    ck_assert(app->models.unsaved);
    app_act(app, &(struct action){.kind = ACT_MODEL_SAVE_AS, .text = path});
    ck_assert(!files_exist(app->training.checkpoint));
}
END_TEST

START_TEST(only_one_run_at_a_time_and_its_data_stays)
{
    start_training(1000);
    wait_for_stage(TRAINING_LIVE);
    struct trainer *trainer = app->training.trainer;
    start_training(2);
    ck_assert_ptr_eq(app->training.trainer, trainer);
    ck_assert_int_eq(app->notices.now.kind, NOTICE_WORD);
    app_act(app, &(struct action){.kind = ACT_DATA_SYNTHETIC});
    ck_assert_str_eq(library_folder(app->library), data_path);
}
END_TEST

START_TEST(a_recipe_that_makes_no_sense_gets_a_sentence)
{
    struct recipe recipe = small_recipe(2);
    strcpy(recipe.net, "dense 10 step");
    app_act(app, &(struct action){.kind = ACT_START, .recipe = &recipe});
    frame();
    ck_assert_int_eq(app->training.stage, TRAINING_NONE);
    ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
}
END_TEST

static void write_field(const char *name, const char *text)
{
    click(name);
    key('a', UI_CTRL);
    strcpy(input->typed, text);
    frame();
    key(UI_KEY_ENTER, UI_CTRL);
}

START_TEST(f5_starts_in_either_view_but_not_under_a_dialog)
{
    key('2', UI_CTRL);
    wait_for_data();
    write_field("hold-back", "100");
    for (int view = 0; view < APP_VIEW_COUNT; view++) {
        key('1' + view, UI_CTRL);
        key('o', UI_CTRL);
        key(UI_KEY_F5, 0);
        ck_assert(!training_busy(&app->training));
        key(UI_KEY_ESCAPE, 0);
        key(UI_KEY_F5, 0);
        ck_assert(training_busy(&app->training));
        key(UI_KEY_F5, 0);
        ck_assert(text_is_shown("A training is under way"));
        wait_for_stage(TRAINING_LIVE);
        click("stop");
        wait_for_stage(TRAINING_ENDED);
    }
}
END_TEST

START_TEST(a_start_leaves_what_can_go_on)
{
    key('2', UI_CTRL);
    wait_for_data();
    write_field("hold-back", "100");
    start_training(1000);
    wait_for_epoch(2);
    click("stop");
    wait_for_stage(TRAINING_ENDED);
    key(UI_KEY_F5, 0);
    ck_assert(training_busy(&app->training) && !app->training.from_checkpoint);
    wait_for_epoch(1);
    click("stop");
    wait_for_stage(TRAINING_ENDED);
    frame();
    ck_assert_int_eq(app->training.left.count, 2);
    click("runs");
    frame();
    click("runs/1");
    wait_for_epoch(3);
    ck_assert_int_eq(app->training.recipe.epochs, 1000);
}
END_TEST

START_TEST(f5_says_why_it_cannot_start)
{
    key('2', UI_CTRL);
    write_field("net", "784-frog");
    key('1', UI_CTRL);
    key(UI_KEY_F5, 0);
    ck_assert(!training_busy(&app->training));
    ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
    ck_assert_ptr_nonnull(strstr(app->notices.now.text, "frog"));
}
END_TEST

/* ---- settings -------------------------------------------------------------------------------- */

START_TEST(settings_are_remembered)
{
    key('t', UI_CTRL);
    key(']', 0);
    input->width = 1500;
    frame();
    bool dark = app->settings.dark;
    double brush = app->settings.brush;
    close_app();
    open_app(1280, 800);
    ck_assert(app->settings.dark == dark);
    ck_assert_double_eq(app->settings.brush, brush);
    struct settings settings;
    settings_load(&settings, app->settings_file.path);
    ck_assert_float_eq(settings.width, 1500);
}
END_TEST

START_TEST(damaged_settings_are_as_usual)
{
    static const char *const texts[] = {
        "",
        "{",
        "[]",
        "null",
        "{\"theme\": 3, \"brush\": \"x\", \"width\": -5, \"height\": 1e300}",
        "{\"brush\": 1e9, \"recent\": {\"a\": 1}}",
        "{\"recent\": [1, null, \"/no/such\"]}",
        "\xff\xfe",
    };
    char path[400];
    struct settings usual, settings;
    settings_usual(&usual);
    snprintf(path, sizeof path, "%s/settings-test.json", folder);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        write_file(path, texts[i], strlen(texts[i]));
        settings_load(&settings, path);
        ck_assert_msg(memcmp(&settings, &usual, sizeof usual) == 0, "text %zu", i);
    }
}
END_TEST

START_TEST(ten_recent_models_are_kept_and_missing_ones_dropped)
{
    static struct settings settings, loaded;
    char path[400];
    settings_usual(&settings);
    for (int i = 0; i < 14; i++) {
        snprintf(path, sizeof path, "%s/recent-%d", folder, i);
        if (i != 12)
            write_file(path, "x", 1);
        settings_add_recent(&settings, path);
    }
    settings_add_recent(&settings, settings.recent[3]);
    ck_assert_int_eq(settings.recent_count, SETTINGS_RECENT_MAX);
    ck_assert_ptr_nonnull(strstr(settings.recent[0], "recent-10"));
    ck_assert_ptr_nonnull(strstr(settings.recent[1], "recent-13"));
    snprintf(path, sizeof path, "%s/settings-test.json", folder);
    static struct settings_file file;
    settings_open(&file, &loaded, path);
    remove(path);
    ck_assert(settings_write(&file, &settings, NULL));
    settings_close(&file);
    settings_load(&loaded, path);
    ck_assert_int_eq(loaded.recent_count, SETTINGS_RECENT_MAX - 1);
    ck_assert_ptr_nonnull(strstr(loaded.recent[2], "recent-11"));
}
END_TEST

/* ---- anything at all ------------------------------------------------------------------------- */

static void add_noise(struct rng *rng)
{
    static const int keys[] = {'z', 'y', 'c', 'e', '[', ']', ' ', '1', '2', 's', 'o', 't', 'a', '9',
                               UI_KEY_TAB, UI_KEY_ENTER, UI_KEY_ESCAPE, UI_KEY_DOWN, UI_KEY_UP,
                               UI_KEY_LEFT, UI_KEY_RIGHT, UI_KEY_BACKSPACE, UI_KEY_END};
    uint32_t moves = rng_below(rng, 12);
    for (uint32_t i = 0; i < moves; i++)
        sample((enum ui_move_kind)rng_below(rng, 3), (enum ui_button)rng_below(rng, 4),
               rng_range(rng, -20, input->width + 20), rng_range(rng, -20, input->height + 20));
    if (rng_below(rng, 3) == 0)
        input->keys[input->key_count++] = (struct ui_key){
            keys[rng_below(rng, sizeof keys / sizeof *keys)],
            rng_below(rng, 3) == 0 ? rng_below(rng, 8) : 0};
    if (rng_below(rng, 40) == 0)
        snprintf(input->typed, sizeof input->typed, "%s", "784-5-10");
    if (rng_below(rng, 60) == 0)
        input->wheel = rng_range(rng, -3, 3);
    if (rng_below(rng, 200) == 0) {
        input->width = rng_range(rng, 300, 2000);
        input->height = rng_range(rng, 200, 1200);
    }
    input->left = rng_below(rng, 30) == 0;
}

/* Half of the clicks hit a control, or the noise would only ever draw. */
static void click_something(struct rng *rng)
{
    int count = ui_control_count(app->ui);
    if (count == 0 || rng_below(rng, 4) != 0)
        return;
    struct ui_rect at = ui_control(app->ui, (int)rng_below(rng, (uint32_t)count))->rect;
    sample(UI_PRESS, UI_BUTTON_LEFT, at.x + at.w / 2, at.y + at.h / 2);
    sample(UI_RELEASE, UI_BUTTON_LEFT, at.x + at.w / 2, at.y + at.h / 2);
}

START_TEST(random_input_breaks_nothing)
{
    enum { FRAMES = 3000 };
    struct rng rng = rng_new(11, (uint64_t)_i);
    app->host.log = NULL; /* a flood of answers is of no use here */
    for (int i = 0; i < FRAMES; i++) {
        add_noise(&rng);
        click_something(&rng);
        frame();
        ck_assert(isfinite(app->canvas.answer.probability[0]));
        ck_assert_ptr_nonnull(app->models.current);
    }
}
END_TEST


Suite *make_suite(void)
{
    Suite *suite = suite_create("app");
    TCase *tests = tcase_create("app");
    tcase_add_unchecked_fixture(tests, make_world, remove_world);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, an_empty_canvas_has_no_answer);
    tcase_add_test(tests, a_stroke_is_read_in_the_frame_in_which_it_is_drawn);
    tcase_add_test(tests, a_network_that_reads_few_or_has_no_fitted_rule_guesses);
    tcase_add_test(
        tests, a_network_that_guesses_says_so_where_it_is_not_sure_and_never_says_no_digit);
    tcase_add_test(tests, no_answer_is_ever_a_hundred_percent);
    tcase_add_test(tests, half_of_a_digit_is_no_alarm_until_the_pen_has_rested);
    tcase_add_test(tests, below_the_threshold_an_answer_is_called_not_sure);
    tcase_add_test(tests, no_sample_of_a_fast_stroke_is_lost);
    tcase_add_test(tests, the_answer_is_what_the_network_says_of_the_fitted_strokes);
    tcase_add_test(tests, clear_gives_no_answer);
    tcase_add_test(tests, undo_and_redo_go_step_by_step);
    tcase_add_test(tests, the_right_button_erases);
    tcase_add_test(tests, the_erase_button_makes_the_left_button_erase);
    tcase_add_test(tests, a_stroke_that_leaves_the_canvas_stays_within_it);
    tcase_add_test(tests, the_first_layer_has_a_map_for_each_filter);
    tcase_add_test(tests, keys_do_what_the_buttons_do);
    tcase_add_test(tests, the_brush_stays_within_its_limits);
    tcase_add_test(tests, escape_puts_the_notice_away);
    tcase_add_test(tests, every_control_is_reached_by_tab);
    tcase_add_test(tests, nothing_overlaps_or_leaves_the_window);
    tcase_add_test(tests, the_canvas_is_the_largest_and_grows_first);
    tcase_add_test(tests, changing_the_theme_keeps_the_layout);
    tcase_add_test(tests, the_layout_event_names_the_controls);
    tcase_add_test(tests, a_notice_waits_until_the_pen_is_lifted);
    tcase_add_test(tests, a_still_window_asks_for_no_frame);
    tcase_add_test(tests, a_damaged_model_leaves_the_one_in_use_and_a_sentence);
    tcase_add_test(tests, a_model_that_reads_no_pictures_is_refused);
    tcase_add_test(tests, a_model_that_is_opened_reads_at_once_and_one_can_go_back);
    tcase_add_test(tests, a_model_is_saved_where_one_says);
    tcase_add_test(tests, a_model_that_is_asked_for_at_the_start_must_open);
    tcase_add_test(tests, a_picture_is_read_and_undo_brings_the_strokes_back);
    tcase_add_test(tests, a_picture_without_ink_is_said_and_no_other);
    tcase_add_test(tests, the_time_of_a_picture_has_nothing_of_the_strokes_before);
    tcase_add_test(tests, a_picture_is_shown_with_the_ink_light_as_it_was_read);
    tcase_add_test(tests, drawing_over_a_picture_begins_anew);
    tcase_add_test(tests, what_cannot_be_used_when_dropped_gets_a_sentence);
    tcase_add_test(tests, a_folder_that_is_dropped_becomes_the_data);
    tcase_add_test(tests, data_that_another_program_left_is_found_and_it_is_said_where);
    tcase_add_test(tests, usual_places_without_data_are_said_when_chosen_and_when_trained_on);
    tcase_add_test(tests, curves_say_what_was_trained_on_whatever_was_chosen_since);
    tcase_add_test(tests, choosing_other_data_does_not_wait_for_a_loading_under_way);
    tcase_add_test(tests, the_result_of_a_run_becomes_the_model_and_one_can_go_back);
    tcase_add_test(tests, the_notice_says_which_images_its_figure_is_of);
    tcase_add_test(tests, a_run_that_only_guesses_offers_to_go_back_first);
    tcase_add_test(tests, the_newest_weights_read_the_drawing_while_it_trains);
    tcase_add_test(tests, the_top_bar_names_who_reads);
    tcase_add_test(tests, the_models_button_says_of_which_images_its_figure_is_at_every_size);
    tcase_add_test(tests, a_second_click_on_stop_meets_no_other_button);
    tcase_add_test(tests, the_dock_uses_the_room_that_buttons_leave);
    tcase_add_test(tests, stopping_is_said_until_it_is_done);
    tcase_add_test(tests, a_run_that_goes_on_is_not_the_one_before_it);
    tcase_add_test(tests, the_window_during_a_run_fits_at_every_size);
    tcase_add_test(tests, a_run_that_was_quit_can_go_on_at_the_next_start);
    tcase_add_test(tests, a_result_that_was_not_saved_is_there_at_the_next_start);
    tcase_add_test(tests, saving_a_model_leaves_the_safety_copy_of_another_run);
    tcase_add_test(tests, only_one_run_at_a_time_and_its_data_stays);
    tcase_add_test(tests, a_recipe_that_makes_no_sense_gets_a_sentence);
    tcase_add_test(tests, f5_starts_in_either_view_but_not_under_a_dialog);
    tcase_add_test(tests, a_start_leaves_what_can_go_on);
    tcase_add_test(tests, f5_says_why_it_cannot_start);
    tcase_add_test(tests, settings_are_remembered);
    tcase_add_test(tests, damaged_settings_are_as_usual);
    tcase_add_test(tests, ten_recent_models_are_kept_and_missing_ones_dropped);
    tcase_add_loop_test(tests, random_input_breaks_nothing, 0, 2);
    suite_add_tcase(suite, tests);
    return suite;
}
