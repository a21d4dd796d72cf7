/* SPDX-License-Identifier: MIT */
/* What the hands do in the whole program but its window: keys that are held, strokes that leave the
 * canvas, a digit drawn by keys alone, the order of Tab, the size of everything. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app_training.h"
#include "app_world.h"
#include "data/my_digits.h"
#include "ink/drawing.h"
#include "ink/stroke.h"
#include "suite.h"

/* ---- keys that are held ---------------------------------------------------------------------- */

/* Down, and then repeated so often, each in a frame of its own. */
static void hold(int which, unsigned mods, int times)
{
    for (int i = 0; i <= times; i++) {
        input->keys[input->key_count++] = (struct ui_key){which, mods, .repeat = i > 0};
        frame();
    }
}

START_TEST(a_held_key_toggles_once)
{
    hold('s', 0, 21);
    ck_assert(app->steps_open);
    hold('e', 0, 21);
    ck_assert(app->canvas.eraser);
    bool dark = app->settings.dark;
    hold('t', UI_CTRL, 21);
    ck_assert_int_eq(app->settings.dark, !dark);
    hold(UI_KEY_F11, 0, 21);
    ck_assert(app->full_screen);
}
END_TEST

static void wait_for_my_digits(void)
{
    wait_until(app->store.loaded);
    ck_assert(app->store.loaded);
}

START_TEST(a_held_delete_deletes_one_digit)
{
    wait_for_my_digits();
    for (int digit = 1; digit <= 3; digit++) {
        stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.5f + 0.1f * (float)digit);
        hold('0' + digit, 0, 3);
    }
    uint32_t before = my_digits_count(app->store.list);
    ck_assert_uint_ge(before, 3);
    key('3', UI_CTRL);
    ask(ACT_DIGITS_SELECT, my_digits_at(app->store.list, 0)->number);
    frame();
    hold(UI_KEY_DELETE, 0, 5);
    ck_assert_uint_eq(my_digits_count(app->store.list), before - 1);
}
END_TEST

START_TEST(undo_redo_and_the_brush_go_on_while_a_key_is_held)
{
    for (int i = 0; i < 5; i++)
        stroke(UI_BUTTON_LEFT, 0.2f + 0.1f * (float)i, 0.2f, 0.2f + 0.1f * (float)i, 0.8f);
    hold('z', UI_CTRL, 2);
    ck_assert_uint_eq(stroke_count(), 2);
    hold('z', UI_CTRL | UI_SHIFT, 1);
    ck_assert_uint_eq(stroke_count(), 4);
    double brush = app->settings.brush;
    hold(']', 0, 2);
    ck_assert_double_eq(app->settings.brush, brush + 3 * 0.25);
}
END_TEST

START_TEST(repeats_that_come_in_one_frame_all_count)
{
    for (int i = 0; i < 5; i++)
        stroke(UI_BUTTON_LEFT, 0.2f + 0.1f * (float)i, 0.2f, 0.2f + 0.1f * (float)i, 0.8f);
    for (int i = 0; i < 3; i++)
        input->keys[input->key_count++] = (struct ui_key){'z', UI_CTRL, .repeat = i > 0};
    frame();
    ck_assert_uint_eq(stroke_count(), 2);
}
END_TEST

START_TEST(a_held_enter_does_not_use_what_it_opened)
{
    char before[sizeof app->models.path];
    strcpy(before, app->models.path);
    for (int i = 0; i < 40 && !ui_has_focus(app->ui, "model"); i++)
        key(UI_KEY_TAB, 0);
    hold(UI_KEY_ENTER, 0, 5);
    ck_assert_ptr_nonnull(ui_find_control(app->ui, "model-open"));
    ck_assert_ptr_null(app->dialog);
    hold(UI_KEY_ESCAPE, 0, 5);
    ck_assert_ptr_null(ui_find_control(app->ui, "model-open"));
    hold(' ', 0, 5);
    ck_assert_ptr_nonnull(ui_find_control(app->ui, "model-open"));
    ck_assert_ptr_null(app->dialog);
}
END_TEST

/* ---- strokes that leave the canvas ----------------------------------------------------------- */

/* A gesture through points in parts of the canvas's side; all in one frame, or each in its own. */
static void gesture(enum ui_button button, const float (*points)[2], int count, bool at_once)
{
    struct ui_rect at = rect_of("canvas");
    for (int i = 0; i < count; i++) {
        float x = at.x + points[i][0] * at.w, y = at.y + points[i][1] * at.h;
        sample(i == 0 ? UI_PRESS : UI_MOVE, button, x, y);
        if (i == count - 1)
            sample(UI_RELEASE, button, x, y);
        if (!at_once)
            frame();
    }
    frame();
}

static const struct ink *ink(void)
{
    return drawing_ink(app->canvas.drawing);
}

static struct ink_point end_of(uint32_t number)
{
    const struct ink_stroke *stroke = &ink()->strokes[number];
    return ink()->points[stroke->at + stroke->count - 1];
}

static struct ink_point begin_of(uint32_t number)
{
    return ink()->points[ink()->strokes[number].at];
}

#define CHECK_AT(point, wanted_x, wanted_y)                                                       \
    do {                                                                                          \
        struct ink_point p_ = (point);                                                            \
        ck_assert_float_eq_tol(p_.x, (wanted_x) * CANVAS_CELLS, 0.01f);                           \
        ck_assert_float_eq_tol(p_.y, (wanted_y) * CANVAS_CELLS, 0.01f);                           \
    } while (0)

START_TEST(a_one_that_leaves_the_canvas_below_stays_a_one)
{
    static const float down[][2] = {{0.3f, 0.2f}, {0.3f, 0.8f}, {0.3f, 1.2f}, {0.9f, 1.3f}};
    for (int at_once = 0; at_once < 2; at_once++) {
        gesture(UI_BUTTON_LEFT, down, 4, at_once);
        ck_assert_uint_eq(stroke_count(), 1);
        CHECK_AT(begin_of(0), 0.3f, 0.2f);
        CHECK_AT(end_of(0), 0.3f, 1);
        struct ink_box box;
        ink_bounds(ink(), &box);
        ck_assert_float_eq_tol(box.x0, box.x1, 0.01f);
        key('c', 0);
    }
}
END_TEST

START_TEST(a_stroke_goes_on_as_another_where_it_comes_back)
{
    static const float out[][2] = {{0.5f, 0.5f}, {1.5f, 0.5f}, {1.5f, 0.8f}, {0.5f, 0.8f},
                                   {0.5f, 0.9f}};
    for (int at_once = 0; at_once < 2; at_once++) {
        gesture(UI_BUTTON_LEFT, out, 5, at_once);
        ck_assert_uint_eq(stroke_count(), 2);
        CHECK_AT(end_of(0), 1, 0.5f);
        CHECK_AT(begin_of(1), 1, 0.8f);
        CHECK_AT(end_of(1), 0.5f, 0.9f);
        key('z', UI_CTRL); /* it was one gesture */
        ck_assert_uint_eq(stroke_count(), 0);
        key('z', UI_CTRL | UI_SHIFT);
        ck_assert_uint_eq(stroke_count(), 2);
        key('c', 0);
    }
}
END_TEST

START_TEST(a_fast_stroke_right_across_is_cut_at_both_edges)
{
    static const float fast[][2] = {{0.5f, 0.5f}, {0.5f, -1}, {-1, -1}, {-1, 0.25f}, {2, 0.25f},
                                    {2, 2}};
    gesture(UI_BUTTON_LEFT, fast, 6, true);
    ck_assert_uint_eq(stroke_count(), 2);
    CHECK_AT(end_of(0), 0.5f, 0);
    CHECK_AT(begin_of(1), 0, 0.25f);
    CHECK_AT(end_of(1), 1, 0.25f);
}
END_TEST

START_TEST(what_passes_by_or_touches_a_corner_leaves_nothing)
{
    static const float by[][2] = {{0.5f, 0.5f}, {0.5f, 1.5f}, {1.5f, 0.5f}, {1.5f, -0.5f},
                                  {-0.5f, -0.5f}};
    gesture(UI_BUTTON_LEFT, by, 5, false);
    ck_assert_uint_eq(stroke_count(), 1);
    CHECK_AT(end_of(0), 0.5f, 1);
}
END_TEST

START_TEST(the_eraser_erases_nothing_along_the_edge_while_it_is_outside)
{
    static const float along[][2] = {{0.02f, 0.98f}, {0.98f, 0.98f}};
    static const float out[][2] = {{0.3f, 0.5f}, {0.3f, 1.3f}, {0.7f, 1.3f}, {0.7f, 0.5f}};
    for (int at_once = 0; at_once < 2; at_once++) {
        gesture(UI_BUTTON_LEFT, along, 2, at_once);
        gesture(UI_BUTTON_RIGHT, out, 4, at_once);
        ck_assert_uint_eq(stroke_count(), 3); /* left, between and right of the two ways */
        ck_assert(end_of(1).x - begin_of(1).x > 0.2f * CANVAS_CELLS);
        key('z', UI_CTRL);
        ck_assert_uint_eq(stroke_count(), 1);
        key('c', 0);
    }
}
END_TEST

/* ---- all of it ------------------------------------------------------------------------------- */

/* ---- the size of everything ------------------------------------------------------------------ */

START_TEST(ctrl_and_plus_minus_nought_go_through_the_sizes)
{
    ck_assert_float_eq(shown.zoom, 1);
    key('+', UI_CTRL);
    ck_assert_float_eq(shown.zoom, 1.1f);
    key('=', UI_CTRL);
    ck_assert_float_eq(shown.zoom, 1.25f);
    key('-', UI_CTRL);
    ck_assert_float_eq(shown.zoom, 1.1f);
    key('0', UI_CTRL);
    ck_assert_float_eq(shown.zoom, 1);
    for (int i = 0; i < 30; i++)
        key('-', UI_CTRL);
    ck_assert_float_eq(shown.zoom, 0.5f);
    for (int i = 0; i < 30; i++)
        key('=', UI_CTRL | UI_SHIFT);
    ck_assert_float_eq(shown.zoom, 4);
    hold('-', UI_CTRL, 5);
    ck_assert_float_eq(shown.zoom, 3);
}
END_TEST

START_TEST(nothing_is_made_larger_than_the_screen_allows)
{
    input->zoom_max = 1.3f;
    for (int i = 0; i < 5; i++)
        key('+', UI_CTRL);
    ck_assert_float_eq(shown.zoom, 1.25f);
    ck_assert(text_is_shown("would not fit the screen"));
    app->zoom = 3; /* from a larger screen */
    key('-', UI_CTRL);
    ck_assert_float_eq(shown.zoom, 1.25f);
}
END_TEST

START_TEST(the_size_is_kept_unless_another_was_asked_for)
{
    struct app_setup setup = usual_setup();
    key('+', UI_CTRL);
    close_app();
    open_app(1280, 800);
    ck_assert_float_eq(shown.zoom, 1.1f);
    close_app();
    setup.zoom = 1;
    app = app_new(&setup, NULL);
    frame();
    ck_assert_float_eq(shown.zoom, 1);
    close_app();
    open_app(1280, 800);
    ck_assert_float_eq(shown.zoom, 1.1f);
}
END_TEST

/* ---- drawing by keys alone ------------------------------------------------------------------- */

static void tab_to(const char *name)
{
    for (int i = 0; i < 80 && !ui_has_focus(app->ui, name); i++)
        key(UI_KEY_TAB, 0);
    ck_assert_msg(ui_has_focus(app->ui, name), "Tab never reached %s", name);
}

static void press_times(int which, int times)
{
    for (int i = 0; i < times; i++)
        key(which, 0);
}

START_TEST(a_digit_is_drawn_by_keys_alone)
{
    tab_to("canvas");
    press_times(UI_KEY_UP, 8);
    press_times(UI_KEY_LEFT, 6);
    ck_assert_uint_eq(stroke_count(), 0);
    key(' ', 0);
    hold(UI_KEY_RIGHT, 0, 11); /* the bar of a 7 */
    input->arrows = UI_ARROW(UI_KEY_LEFT) | UI_ARROW(UI_KEY_DOWN);
    hold(UI_KEY_DOWN, 0, 7);
    input->arrows = 0;
    press_times(UI_KEY_DOWN, 8);
    key(' ', 0);
    ck_assert_uint_eq(stroke_count(), 1);
    CHECK_AT(begin_of(0), 8 / 28.0f, 6 / 28.0f);
    CHECK_AT(end_of(0), 12 / 28.0f, 22 / 28.0f);
    struct ink_box box;
    ink_bounds(ink(), &box);
    ck_assert_float_eq_tol(box.x1, 20, 0.01f);
    ck_assert(app->canvas.answer.any);
    press_times(UI_KEY_RIGHT, 3); /* it is lifted */
    ck_assert_uint_eq(stroke_count(), 1);
    key(UI_KEY_ENTER, 0);
    key(UI_KEY_ENTER, 0);
    ck_assert_uint_eq(stroke_count(), 2); /* a dot */
    key('7', 0);
    key('z', UI_CTRL);
    key('z', UI_CTRL);
    ck_assert_uint_le(stroke_count(), 2);
}
END_TEST

START_TEST(the_pen_of_the_keys_is_shown_where_it_is)
{
    tab_to("canvas");
    ck_assert(app->draw.canvas.pad.hover && !app->draw.canvas.pad.held);
    struct ui_rect at = rect_of("canvas");
    ck_assert_float_eq_tol(app->draw.canvas.pad.x, at.x + at.w / 2, 0.1f);
    press_times(UI_KEY_RIGHT, 60);
    ck_assert_float_eq_tol(app->draw.canvas.pad.x, at.x + at.w, 0.1f);
    input->keys[input->key_count++] = (struct ui_key){UI_KEY_LEFT, UI_SHIFT};
    frame();
    ck_assert_float_eq_tol(app->draw.canvas.pad.x, at.x + at.w - at.w / 112, 0.1f);
    key(' ', 0);
    ck_assert(app->draw.canvas.pad.held);
    key(UI_KEY_ESCAPE, 0);
    ck_assert(!app->draw.canvas.pad.held && !app->draw.canvas.pad.hover);
    ck_assert(!ui_has_focus(app->ui, "canvas"));
    ck_assert_uint_eq(stroke_count(), 1);
}
END_TEST

START_TEST(whatever_takes_the_keys_away_lifts_the_pen)
{
    tab_to("canvas");
    key(' ', 0);
    press_times(UI_KEY_RIGHT, 4);
    key(UI_KEY_TAB, 0);
    ck_assert(!drawing_active(app->canvas.drawing));
    tab_to("canvas");
    key(' ', 0);
    press_times(UI_KEY_RIGHT, 2);
    stroke(UI_BUTTON_LEFT, 0.2f, 0.2f, 0.2f, 0.8f); /* the mouse begins */
    ck_assert_uint_eq(stroke_count(), 3);
    ck_assert(!drawing_active(app->canvas.drawing));
    tab_to("undo");
    tab_to("canvas");
    key(' ', 0);
    press_times(UI_KEY_LEFT, 2);
    key('z', UI_CTRL); /* takes that one back, and draws no more */
    ck_assert_uint_eq(stroke_count(), 3);
    press_times(UI_KEY_LEFT, 2);
    ck_assert_uint_eq(stroke_count(), 3);
    key(' ', 0);
    key('2', UI_CTRL);
    ck_assert(!drawing_active(app->canvas.drawing));
    key('1', UI_CTRL);
    press_times(UI_KEY_LEFT, 2);
    ck_assert_uint_eq(stroke_count(), 4);
}
END_TEST

START_TEST(e_makes_the_keys_erase)
{
    stroke(UI_BUTTON_LEFT, 0.2f, 0.5f, 0.8f, 0.5f);
    key(UI_KEY_LEFT, 0); /* the mouse left the focus on the canvas; an arrow brings the pen */
    key('e', 0);
    ck_assert(app->canvas.eraser);
    key(' ', 0);
    key(' ', 0);
    ck_assert_uint_eq(stroke_count(), 2);
}
END_TEST

START_TEST(space_elsewhere_does_not_draw)
{
    stroke(UI_BUTTON_LEFT, 0.2f, 0.2f, 0.2f, 0.8f); /* by mouse, which takes no keys away */
    key(' ', 0);
    ck_assert_uint_eq(stroke_count(), 1);
    ck_assert(!drawing_active(app->canvas.drawing));
}
END_TEST

/* ---- the order of Tab ------------------------------------------------------------------------ */

static const struct ui_control *focused(void)
{
    for (int i = 0; i < ui_control_count(app->ui); i++)
        if (ui_control(app->ui, i)->focus)
            return ui_control(app->ui, i);
    return NULL;
}

/* Whether a notice, which may come at any time of a training, lies over it. */
static bool covered(const struct ui_control *control)
{
    const struct ui_control *notice = ui_find_control(app->ui, "notice");
    struct ui_rect both = {0};
    if (notice && !control->over)
        both = ui_rect_meet(notice->rect, control->rect);
    return both.w > 0 && both.h > 0;
}

/* From each control Tab goes to the right or down: where it goes up that is to the right of it, and
 * where it goes left that is below it. */
static void check_order(const char *where)
{
    char first[48] = "", before[48] = "";
    struct ui_rect last = {0};
    bool under = false; /* the last one, under the notice */
    ui_focus(app->ui, NULL);
    frame();
    for (int i = 0; i < 100; i++) {
        key(UI_KEY_TAB, 0);
        const struct ui_control *control = focused();
        if (!control || strcmp(first, control->name) == 0)
            break;
        struct ui_rect at = control->rect;
        bool right = at.x >= last.x + last.w - 1, down = at.y >= last.y + last.h - 1;
        bool seen = at.w > 0 && at.h > 8 && last.w > 0 && last.h > 8 && !under && !covered(control);
        under = covered(control);
        ck_assert_msg(!first[0] || right || down || !seen,
                      "%s, %g points wide: Tab goes from %s at %g to %s at %g", where,
                      (double)input->width, before, (double)last.x, control->name, (double)at.x);
        if (!first[0])
            strcpy(first, control->name);
        strcpy(before, control->name);
        last = at;
    }
    ck_assert_msg(first[0], "%s: Tab reaches nothing", where);
}

static const float order_sizes[][2] = {{640, 480}, {960, 640}, {1280, 800}, {1920, 1080}};

static void check_views(const char *where)
{
    char what[100];
    for (size_t i = 0; i < sizeof order_sizes / sizeof *order_sizes; i++)
        for (int view = 0; view < APP_VIEW_COUNT; view++) {
            input->width = order_sizes[i][0];
            input->height = order_sizes[i][1];
            key('1' + view, UI_CTRL);
            frame();
            snprintf(what, sizeof what, "view %d, %s", view + 1, where);
            check_order(what);
        }
}

START_TEST(tab_goes_left_to_right_and_top_to_bottom_in_every_view)
{
    wait_for_my_digits();
    for (int digit = 0; digit < 10; digit++) {
        stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.5f + 0.04f * (float)digit);
        key('0' + digit, 0);
    }
    ask(ACT_DIGITS_SELECT, my_digits_at(app->store.list, 0)->number);
    check_views("at rest");
    key('1', UI_CTRL);
    key('s', 0);
    check_views("with the steps");
    notices_say(&app->notices, NOTICE_TROUBLE, "A sentence that has something to offer.");
    notices_offer(&app->notices, "Save", ACT_MODEL_SAVE);
    notices_offer(&app->notices, "Go back", ACT_MODEL_BACK);
    check_views("with a notice");
    key('o', UI_CTRL);
    frame();
    check_order("Open a model");
}
END_TEST

START_TEST(tab_goes_left_to_right_through_a_training)
{
    start_training(1000);
    wait_for_epoch(1); /* its weights read from now on: the bar at the top is as it stays */
    check_views("training");
    key('1', UI_CTRL);
    ui_focus(app->ui, NULL);
    key(' ', 0);
    check_views("paused");
}
END_TEST

static void add_held_keys(TCase *tests)
{
    tcase_add_test(tests, a_held_key_toggles_once);
    tcase_add_test(tests, a_held_delete_deletes_one_digit);
    tcase_add_test(tests, undo_redo_and_the_brush_go_on_while_a_key_is_held);
    tcase_add_test(tests, repeats_that_come_in_one_frame_all_count);
    tcase_add_test(tests, a_held_enter_does_not_use_what_it_opened);
}

static void add_edges(TCase *tests)
{
    tcase_add_test(tests, a_one_that_leaves_the_canvas_below_stays_a_one);
    tcase_add_test(tests, a_stroke_goes_on_as_another_where_it_comes_back);
    tcase_add_test(tests, a_fast_stroke_right_across_is_cut_at_both_edges);
    tcase_add_test(tests, what_passes_by_or_touches_a_corner_leaves_nothing);
    tcase_add_test(tests, the_eraser_erases_nothing_along_the_edge_while_it_is_outside);
}

static void add_keyboard_pen(TCase *tests)
{
    tcase_add_test(tests, a_digit_is_drawn_by_keys_alone);
    tcase_add_test(tests, the_pen_of_the_keys_is_shown_where_it_is);
    tcase_add_test(tests, whatever_takes_the_keys_away_lifts_the_pen);
    tcase_add_test(tests, e_makes_the_keys_erase);
    tcase_add_test(tests, space_elsewhere_does_not_draw);
}

static void add_order(TCase *tests)
{
    tcase_add_test(tests, tab_goes_left_to_right_and_top_to_bottom_in_every_view);
    tcase_add_test(tests, tab_goes_left_to_right_through_a_training);
}

static void add_sizes(TCase *tests)
{
    tcase_add_test(tests, ctrl_and_plus_minus_nought_go_through_the_sizes);
    tcase_add_test(tests, nothing_is_made_larger_than_the_screen_allows);
    tcase_add_test(tests, the_size_is_kept_unless_another_was_asked_for);
}

Suite *make_suite(void)
{
    Suite *suite = suite_create("pen");
    TCase *tests = tcase_create("pen");
    tcase_add_unchecked_fixture(tests, make_world, remove_world);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 60);
    add_held_keys(tests);
    add_edges(tests);
    add_sizes(tests);
    add_keyboard_pen(tests);
    add_order(tests);
    suite_add_tcase(suite, tests);
    return suite;
}
