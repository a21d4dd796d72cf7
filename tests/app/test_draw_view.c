/* SPDX-License-Identifier: MIT */
/* The Draw view without a window and without the app: what it shows is made by hand. */
#include <check.h>

#include "app/act/action.h"
#include "app/draw/draw_shown.h"
#include "app/draw/draw_view.h"
#include "base/err.h"
#include "ink/drawing.h"
#include "robot.h"
#include "suite.h"

enum { BAR = 52, DOCK = 72, PEN_RESTS = 600000 };

static struct robot h;
static struct draw_view view;
static struct canvas canvas;
static struct draw_shown shown;
static struct actions asked;      /* since the last look */
static struct pen_move moves[64]; /* what the pen did in the frames since */
static int move_count;
static bool taken[64]; /* what draw_pen said of each */
static struct nn *net;
static enum action_kind impossible; /* now */

static bool can(const void *user, const struct action *action, struct err *why)
{
    (void)user;
    return action->kind != impossible || err_set(why, "It is not the time for that.");
}

static void show(void *user, struct ui *ui)
{
    (void)user;
    const struct ui_input *input = ui_input(ui);
    struct ui_rect rect = {0, BAR, input->width, input->height - BAR - DOCK};
    struct actions now = {.can = can};
    const struct picture_shown *picture = &canvas.picture;
    shown.drawn = (struct canvas_pad_shown){
        drawing_ink(canvas.drawing),
        {picture->rows, picture->cols, picture->any ? picture->pixels : NULL, false},
        shown.brush,
        canvas.eraser,
    };
    draw_view_show(&view, &shown, ui, rect, &now);
    for (int i = 0; i < view.canvas.pad.count && move_count < 64; i++, move_count++)
        taken[move_count] = draw_pen(&view.canvas, i, canvas.eraser, &moves[move_count]);
    for (int i = 0; i < now.count; i++)
        if (now.items[i].kind != ACT_PEN)
            action_push(&asked, &now.items[i]);
}

static void begin_size(float width, float height)
{
    struct err err = {""};
    view = (struct draw_view){0};
    canvas = (struct canvas){.drawing = drawing_new(&err), .steps = FIT_ALL};
    net = nn_new("784-30-10", &err);
    ck_assert_msg(canvas.drawing && net, "%s", err.text);
    shown = (struct draw_shown){.canvas = &canvas, .brush = 2, .net = net, .filed = -1};
    asked.count = move_count = 0;
    impossible = ACT_NONE;
    robot_begin(&h, width, height, show, NULL);
}

static void set_up(void)
{
    begin_size(1280, 800);
}

static void tear_down(void)
{
    robot_end(&h);
    draw_view_clear(&view);
    drawing_free(canvas.drawing);
    nn_free(net);
}

/* ---- what there is to show ------------------------------------------------------------------- */

/* A stroke from the left to the right, and its fit. */
static void draw_stroke(void)
{
    drawing_begin(canvas.drawing, 6, 9, NULL);
    drawing_move(canvas.drawing, 14, 9, NULL);
    drawing_move(canvas.drawing, 20, 9, NULL);
    drawing_end(canvas.drawing);
    ink_fit(drawing_ink(canvas.drawing), &canvas.fit);
}

/* An answer: these two digits, the rest in equal parts. */
static void answer(enum verdict verdict, int best, float p, int second, float q)
{
    struct answer *a = &canvas.answer;
    *a = (struct answer){.any = true, .verdict = verdict, .microseconds = 1234};
    for (int digit = 0, at = 2; digit < 10; digit++) {
        a->probability[digit] = digit == best ? p : digit == second ? q : (1 - p - q) / 8;
        if (digit != best && digit != second)
            a->order[at++] = digit;
    }
    a->order[0] = best;
    a->order[1] = second;
    draw_stroke();
    robot_frame(&h);
}

/* The text that stands in the largest letters. */
static const struct ui_shape *find_face(const char **text)
{
    const struct ui_shape *face = NULL;
    for (size_t i = 0; i < h.shapes->count; i++) {
        const struct ui_shape *shape = &h.shapes->items[i];
        if (shape->kind == UI_SHAPE_TEXT && (!face || shape->size > face->size))
            face = shape;
    }
    ck_assert_ptr_nonnull(face);
    *text = ui_shape_text(h.shapes, face);
    return face;
}

static void expect_face(const char *wanted, ui_color color)
{
    const char *text;
    const struct ui_shape *face = find_face(&text);
    ck_assert_str_eq(text, wanted);
    ck_assert_uint_eq(face->fill, color);
}

static void expect_seen(const char *text)
{
    ck_assert_msg(robot_see(&h, text), "\"%s\" is not shown", text);
}

static void expect_unseen(const char *text)
{
    ck_assert_msg(!robot_see(&h, text), "\"%s\" is shown", text);
}

static size_t count_boxes(ui_color fill)
{
    size_t count = 0;
    for (size_t i = 0; i < h.shapes->count; i++)
        count += h.shapes->items[i].kind == UI_SHAPE_BOX && h.shapes->items[i].fill == fill;
    return count;
}

static size_t count_images(void)
{
    size_t count = 0;
    for (size_t i = 0; i < h.shapes->count; i++)
        count += h.shapes->items[i].kind == UI_SHAPE_IMAGE;
    return count;
}

/* ---- the answer ------------------------------------------------------------------------------ */

START_TEST(an_empty_canvas_asks_for_a_digit)
{
    expect_seen("Draw a digit");
    expect_seen("It is read while you draw.");
    expect_seen("Nothing yet.");
    expect_unseen("%");
    ck_assert_uint_eq(count_images(), 0);
}
END_TEST

START_TEST(a_sure_answer_stands_in_large_in_the_accent)
{
    answer(VERDICT_SURE, 7, 0.97f, 2, 0.02f);
    expect_face("7", ui_theme_dark()->accent);
    expect_seen("97.0 % sure");
    expect_seen("then 2 (2.0 %)");
    expect_seen("read in 1.2 ms");
    expect_unseen("by the new");
    ck_assert_uint_eq(count_images(), 1);
}
END_TEST

START_TEST(two_that_compete_are_both_named_and_neither_is_the_accent)
{
    answer(VERDICT_DOUBTFUL, 4, 0.51f, 9, 0.45f);
    expect_face("4", ui_theme_dark()->quiet);
    expect_seen("4 or 9?");
    expect_seen("4 (51.0 %), 9 (45.0 %)");
    expect_unseen("sure");
}
END_TEST

START_TEST(one_that_guesses_says_so_and_is_never_the_accent)
{
    answer(VERDICT_SURE, 7, 0.97f, 2, 0.02f);
    canvas.answer.guess = true;
    robot_frame(&h);
    expect_face("7", ui_theme_dark()->quiet);
    expect_seen("A guess: 7");
    expect_unseen("sure");
}
END_TEST

START_TEST(that_it_is_no_digit_waits_until_the_pen_rests)
{
    struct ui_rect at = view.canvas.at;
    h.input.moves[h.input.move_count++] = (struct ui_move){
        UI_PRESS, UI_BUTTON_LEFT, at.x + at.w / 2, at.y + at.h / 2, 1, h.input.now};
    robot_frame(&h);
    answer(VERDICT_NO_DIGIT, 8, 0.3f, 3, 0.25f);
    expect_seen("Still drawing");
    robot_wait(&h, 2 * PEN_RESTS);
    expect_seen("Still drawing"); /* it is down all the while */
    h.input.moves[h.input.move_count++] = (struct ui_move){
        UI_RELEASE, UI_BUTTON_LEFT, at.x + at.w / 2, at.y + at.h / 2, 1, h.input.now};
    robot_frame(&h);
    expect_seen("Still drawing");
    ck_assert_uint_le(ui_wake(h.ui), h.input.now + PEN_RESTS);
    robot_wait(&h, PEN_RESTS);
    expect_seen("No digit?");
    expect_seen("The nearest would be 8 (30.0 %).");
    expect_unseen("Still drawing");
}
END_TEST

START_TEST(no_digit_is_said_at_once_of_a_picture_and_of_several)
{
    static uint32_t pixels[4] = {0xff, 0xffffffff, 0xff, 0xff};
    canvas.picture = (struct picture_shown){.any = true, .rows = 2, .cols = 2, .pixels = pixels};
    view.canvas.pen_at = h.input.now;
    answer(VERDICT_NO_DIGIT, 8, 0.3f, 3, 0.25f);
    expect_seen("No digit?");
    canvas.fit.several = true;
    robot_frame(&h);
    expect_seen("Several digits?");
    expect_seen("The largest is nearest to 8 (30.0 %).");
    canvas.answer.any = false;
    robot_frame(&h);
    expect_seen("No ink found");
}
END_TEST

START_TEST(without_a_model_it_says_what_to_do)
{
    shown.net = NULL;
    draw_stroke();
    robot_frame(&h);
    expect_seen("No model");
    expect_seen("Open one, or train one.");
    expect_seen("20\u00d720 box, centred by mass"); /* the fit wants no network */
}
END_TEST

START_TEST(a_network_that_is_being_taught_is_named)
{
    shown.learner = "swift";
    answer(VERDICT_SURE, 7, 0.97f, 2, 0.02f);
    expect_seen("read in 1.2 ms by the new swift");
}
END_TEST

START_TEST(each_digit_has_a_bar_and_the_likeliest_s_is_the_accent)
{
    answer(VERDICT_DOUBTFUL, 4, 0.51f, 9, 0.45f);
    size_t boxes = count_boxes(ui_theme_dark()->accent);
    expect_seen("4 51.0 %");
    expect_seen("9 45.0 %");
    expect_seen("0 0.5 %");
    answer(VERDICT_NO_DIGIT, 4, 0.51f, 9, 0.45f);
    ck_assert_uint_eq(count_boxes(ui_theme_dark()->accent), boxes - 1);
}
END_TEST

START_TEST(the_bars_of_a_low_card_stand_in_two_columns)
{
    struct ui_rect first = ui_find_control(h.ui, "digit-0")->rect;
    struct ui_rect sixth = ui_find_control(h.ui, "digit-5")->rect;
    ck_assert(first.x == sixth.x && first.y < sixth.y);
    h.input.width = 1000;
    h.input.height = 500;
    robot_frame(&h);
    first = ui_find_control(h.ui, "digit-0")->rect;
    sixth = ui_find_control(h.ui, "digit-5")->rect;
    ck_assert(first.x < sixth.x && first.y == sixth.y && first.w > 0);
}
END_TEST

/* ---- what the network sees ------------------------------------------------------------------- */

START_TEST(the_first_layer_s_maps_are_tiles_with_their_number)
{
    static float values[30 * 784];
    shown.first_layer = (struct reader_maps){30, 30, 28, 28, values, true};
    answer(VERDICT_SURE, 7, 0.97f, 2, 0.02f);
    expect_seen("30 neurons");
    ck_assert_uint_eq(count_images(), 31);
    shown.first_layer.count = 0;
    robot_frame(&h);
    ck_assert_uint_eq(count_images(), 1);
}
END_TEST

START_TEST(a_step_left_out_is_said_of_the_picture)
{
    draw_stroke();
    canvas.steps &= ~(unsigned)FIT_MASS;
    robot_frame(&h);
    expect_seen("Not as it was trained");
    expect_unseen("shift");
}
END_TEST

START_TEST(the_steps_take_the_first_layer_s_place)
{
    shown.steps_open = true;
    canvas.steps &= ~(unsigned)FIT_MASS;
    answer(VERDICT_SURE, 7, 0.97f, 2, 0.02f);
    ck_assert(!robot_has(&h, "first-layer") && robot_has(&h, "step-twenty"));
    robot_click(&h, "step-box");
    robot_click(&h, "steps-all");
    robot_click(&h, "steps");
    ck_assert_int_eq(asked.count, 3);
    ck_assert_int_eq(asked.items[0].kind, ACT_STEP);
    ck_assert_double_eq(asked.items[0].number, FIT_TIGHT);
    ck_assert_int_eq(asked.items[1].kind, ACT_STEPS_ALL);
    ck_assert_int_eq(asked.items[2].kind, ACT_STEPS);
}
END_TEST

/* ---- teaching -------------------------------------------------------------------------------- */

START_TEST(an_empty_canvas_cannot_be_filed)
{
    expect_seen("Wrong? It is a");
    ck_assert(robot_off(&h, "teach-0") && robot_off(&h, "teach-9"));
    draw_stroke();
    robot_frame(&h);
    ck_assert(!robot_off(&h, "teach-0") && !robot_off(&h, "teach-9"));
    robot_click(&h, "teach-3");
    ck_assert_int_eq(asked.count, 1);
    ck_assert_int_eq(asked.items[0].kind, ACT_TEACH);
    ck_assert_double_eq(asked.items[0].number, 3);
}
END_TEST

START_TEST(what_is_filed_says_where)
{
    shown.filed = 7;
    answer(VERDICT_SURE, 7, 0.97f, 2, 0.02f);
    expect_seen("Filed in my digits");
    expect_unseen("Wrong?");
    ck_assert(ui_find_control(h.ui, "teach-7")->on && !ui_find_control(h.ui, "teach-2")->on);
}
END_TEST

/* ---- controls -------------------------------------------------------------------------------- */

START_TEST(the_controls_have_these_names_in_this_order)
{
    static const char *const names[] = {"draw-page", "canvas",  "undo",    "redo",    "erase",
                                        "clear",     "brush",   "steps",   "sees",    "first-layer",
                                        "digit-0",   "digit-1", "digit-2", "digit-3", "digit-4",
                                        "digit-5",   "digit-6", "digit-7", "digit-8", "digit-9",
                                        "teach-0",   "teach-1", "teach-2", "teach-3", "teach-4",
                                        "teach-5",   "teach-6", "teach-7", "teach-8", "teach-9"};
    enum { NAMES = sizeof names / sizeof *names };
    ck_assert_int_eq(ui_control_count(h.ui), NAMES);
    for (int i = 0; i < NAMES; i++)
        ck_assert_str_eq(ui_control(h.ui, i)->name, names[i]);
}
END_TEST

START_TEST(the_buttons_ask_for_their_actions)
{
    static const struct {
        const char *name;
        enum action_kind kind;
    } buttons[] = {
        {"undo", ACT_UNDO}, {"redo", ACT_REDO}, {"erase", ACT_ERASER}, {"clear", ACT_CLEAR}};
    for (int i = 0; i < 4; i++) {
        asked.count = 0;
        robot_click(&h, buttons[i].name);
        ck_assert_int_eq(asked.count, 1);
        ck_assert_int_eq(asked.items[0].kind, buttons[i].kind);
    }
    impossible = ACT_REDO;
    robot_frame(&h);
    ck_assert(robot_off(&h, "redo") && !robot_off(&h, "undo"));
    canvas.eraser = true;
    robot_frame(&h);
    ck_assert(ui_find_control(h.ui, "erase")->on);
}
END_TEST

START_TEST(nothing_lies_over_another_nor_leaves_the_window)
{
    static const struct {
        float width, height;
    } sizes[] = {{1920, 1080}, {1280, 800}, {1100, 700}, {900, 600}, {640, 480}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (int steps = 0; steps < 2; steps++) {
            h.input.width = sizes[i].width;
            h.input.height = sizes[i].height;
            shown.steps_open = steps;
            answer(VERDICT_DOUBTFUL, 4, 0.51f, 9, 0.45f);
            const char *overlap = robot_find_overlap(&h, 0);
            ck_assert_msg(!overlap, "%g x %g: %s", (double)sizes[i].width, (double)sizes[i].height,
                          overlap);
        }
}
END_TEST

/* ---- the pen --------------------------------------------------------------------------------- */

static void move_pen(enum ui_move_kind kind, enum ui_button button, float col, float row)
{
    struct ui_rect at = view.canvas.at;
    float x = at.x + at.w * col / CANVAS_CELLS, y = at.y + at.h * row / CANVAS_CELLS;
    h.input.moves[h.input.move_count++] = (struct ui_move){kind, button, x, y, 1, h.input.now};
}

static void expect_pen(int i, enum pen_kind kind, bool erase, float col, float row)
{
    ck_assert_int_lt(i, move_count);
    ck_assert_int_eq(moves[i].kind, kind);
    ck_assert_int_eq(moves[i].erase, erase);
    ck_assert_float_eq_tol(moves[i].at.x, col, 1e-3f);
    ck_assert_float_eq_tol(moves[i].at.y, row, 1e-3f);
}

START_TEST(the_pen_is_told_in_cells_of_the_grid_beside_the_canvas_too)
{
    move_pen(UI_PRESS, UI_BUTTON_LEFT, 3, 4);
    move_pen(UI_MOVE, UI_BUTTON_LEFT, 5.5f, 20);
    robot_frame(&h);
    move_pen(UI_MOVE, UI_BUTTON_LEFT, 30, -2);
    move_pen(UI_RELEASE, UI_BUTTON_LEFT, 27, 1);
    robot_frame(&h);
    ck_assert_int_eq(move_count, 4);
    expect_pen(0, PEN_DOWN, false, 3, 4);
    expect_pen(1, PEN_ON, false, 5.5f, 20);
    expect_pen(2, PEN_ON, false, 30, -2);
    expect_pen(3, PEN_UP, false, 27, 1);
    ck_assert(taken[0] && taken[1] && taken[2] && taken[3]);
}
END_TEST

START_TEST(the_right_button_erases_and_with_the_eraser_the_left_one_does)
{
    move_pen(UI_PRESS, UI_BUTTON_RIGHT, 3, 4);
    move_pen(UI_RELEASE, UI_BUTTON_RIGHT, 3, 4);
    robot_frame(&h);
    expect_pen(0, PEN_DOWN, true, 3, 4);
    ck_assert(taken[0] && taken[1]);
    move_count = 0;
    canvas.eraser = true;
    move_pen(UI_PRESS, UI_BUTTON_LEFT, 8, 9);
    move_pen(UI_RELEASE, UI_BUTTON_LEFT, 8, 9);
    robot_frame(&h);
    expect_pen(0, PEN_DOWN, true, 8, 9);
    ck_assert(taken[0]);
}
END_TEST

START_TEST(any_other_button_does_nothing_there)
{
    move_pen(UI_PRESS, UI_BUTTON_MIDDLE, 3, 4);
    move_pen(UI_RELEASE, UI_BUTTON_MIDDLE, 3, 4);
    robot_frame(&h);
    ck_assert_int_eq(move_count, 2);
    ck_assert(!taken[0] && taken[1]); /* it is presses that begin something */
}
END_TEST

START_TEST(a_stroke_from_outside_is_not_the_canvas_s)
{
    move_pen(UI_PRESS, UI_BUTTON_LEFT, -1, 4);
    move_pen(UI_MOVE, UI_BUTTON_LEFT, 5, 5);
    move_pen(UI_RELEASE, UI_BUTTON_LEFT, 5, 5);
    robot_frame(&h);
    ck_assert_int_eq(move_count, 0);
    ck_assert_uint_eq(view.canvas.pen_at, 0);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("draw_view");
    TCase *words = tcase_create("answer"), *rest = tcase_create("rest"), *pen = tcase_create("pen");
    tcase_add_checked_fixture(words, set_up, tear_down);
    tcase_add_checked_fixture(rest, set_up, tear_down);
    tcase_add_checked_fixture(pen, set_up, tear_down);
    tcase_add_test(words, an_empty_canvas_asks_for_a_digit);
    tcase_add_test(words, a_sure_answer_stands_in_large_in_the_accent);
    tcase_add_test(words, two_that_compete_are_both_named_and_neither_is_the_accent);
    tcase_add_test(words, one_that_guesses_says_so_and_is_never_the_accent);
    tcase_add_test(words, that_it_is_no_digit_waits_until_the_pen_rests);
    tcase_add_test(words, no_digit_is_said_at_once_of_a_picture_and_of_several);
    tcase_add_test(words, without_a_model_it_says_what_to_do);
    tcase_add_test(words, a_network_that_is_being_taught_is_named);
    tcase_add_test(words, each_digit_has_a_bar_and_the_likeliest_s_is_the_accent);
    tcase_add_test(words, the_bars_of_a_low_card_stand_in_two_columns);
    tcase_add_test(rest, the_first_layer_s_maps_are_tiles_with_their_number);
    tcase_add_test(rest, a_step_left_out_is_said_of_the_picture);
    tcase_add_test(rest, the_steps_take_the_first_layer_s_place);
    tcase_add_test(rest, an_empty_canvas_cannot_be_filed);
    tcase_add_test(rest, what_is_filed_says_where);
    tcase_add_test(rest, the_controls_have_these_names_in_this_order);
    tcase_add_test(rest, the_buttons_ask_for_their_actions);
    tcase_add_test(rest, nothing_lies_over_another_nor_leaves_the_window);
    tcase_add_test(pen, the_pen_is_told_in_cells_of_the_grid_beside_the_canvas_too);
    tcase_add_test(pen, the_right_button_erases_and_with_the_eraser_the_left_one_does);
    tcase_add_test(pen, any_other_button_does_nothing_there);
    tcase_add_test(pen, a_stroke_from_outside_is_not_the_canvas_s);
    suite_add_tcase(suite, words);
    suite_add_tcase(suite, rest);
    suite_add_tcase(suite, pen);
    return suite;
}
