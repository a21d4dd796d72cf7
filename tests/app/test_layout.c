/* SPDX-License-Identifier: MIT */
/* Where things lie: at every size, in every view, with the fonts of this computer. Nothing is cut,
 * nothing lies over another, and notices lie over what can wait. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/frame/dock.h"
#include "app_fonts.h"
#include "app_training.h"
#include "app_world.h"
#include "places.h"
#include "robot.h"
#include "suite.h"

/* ---- notices --------------------------------------------------------------------------------- */

static struct ui_control before[128];
static int before_count;

static void remember_controls(void)
{
    before_count = ui_control_count(app->ui);
    ck_assert_int_le(before_count, 128);
    for (int i = 0; i < before_count; i++)
        before[i] = *ui_control(app->ui, i);
}

static void check_nothing_moved(void)
{
    for (int i = 0; i < before_count; i++) {
        const struct ui_control *now = ui_find_control(app->ui, before[i].name);
        ck_assert_msg(now != NULL, "%s is gone", before[i].name);
        ck_assert_msg(memcmp(&before[i].rect, &now->rect, sizeof now->rect) == 0, "%s has moved",
                      before[i].name);
    }
}

static const char long_sentence[] =
    "The model /home/somebody/with/a/long/way/to/her/models/a-network-with-a-name.safetensors "
    "cannot be read: it ends in the middle of its weights, after 123,456 of 654,321 bytes, so "
    "that what is there cannot be told from what is not; fetch it again, or train it anew, and "
    "save it where there is room for all of it.";

static bool meets(struct ui_rect a, struct ui_rect b)
{
    struct ui_rect both = ui_rect_meet(a, b);
    return both.w > 0 && both.h > 0;
}

static void show_notice_at(float width, float height, bool offers)
{
    input->width = width;
    input->height = height;
    app->notices.now = (struct notice){0};
    frame();
    frame();
    remember_controls();
    notices_say(&app->notices, NOTICE_TROUBLE, "%s", long_sentence);
    if (offers) {
        notices_offer(&app->notices, "Save it as\u2026", ACT_MODEL_SAVE);
        notices_offer(&app->notices, "Go back", ACT_MODEL_BACK);
    }
    frame();
}

START_TEST(a_notice_moves_nothing_and_lies_over_no_canvas)
{
    static const float sizes[][2] = {{640, 480}, {700, 500}, {760, 800}, {900, 560}, {960, 640},
                                     {1280, 800}, {1920, 1080}, {3840, 2160}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (int offers = 0; offers < 2; offers++) {
            show_notice_at(sizes[i][0], sizes[i][1], offers);
            check_nothing_moved();
            ck_assert_msg(!meets(rect_of("canvas"), rect_of("notice")),
                          "at %gx%g it lies over the canvas", (double)sizes[i][0],
                          (double)sizes[i][1]);
        }
}
END_TEST

static const char usual_sentence[] =
    "Training done: nielsen-30 (95.64 % of the validation images) is the model in use now, not "
    "saved yet.";

START_TEST(a_usual_notice_covers_the_words_of_the_dock_and_no_tool)
{
    static const char *const tools[] = {"start", "reset", "undo", "clear"};
    static const float sizes[][2] = {{640, 480}, {700, 900}, {960, 640}, {1280, 800}};
    for (size_t i = 0; i < 4 * sizeof sizes / sizeof *sizes; i++) {
        key(i % 2 ? '2' : '1', UI_CTRL);
        show_notice_at(sizes[i / 4][0], sizes[i / 4][1], false);
        notices_say(&app->notices, NOTICE_DONE, "%s", i % 4 < 2 ? "Saved." : usual_sentence);
        if (i % 4 >= 2) {
            notices_offer(&app->notices, "Save", ACT_MODEL_SAVE);
            notices_offer(&app->notices, "Go back", ACT_MODEL_BACK);
        }
        frame();
        frame();
        struct ui_rect notice = rect_of("notice");
        ck_assert_float_le(notice.x, UI_BETWEEN);
        ck_assert_float_ge(notice.x + notice.w, input->width - 196 - 12 - 0.1f);
        ck_assert_float_ge(notice.y, input->height - DOCK_HEIGHT);
        for (size_t k = 0; k < 4; k++)
            ck_assert_msg(!ui_find_control(app->ui, tools[k]) || !meets(rect_of(tools[k]), notice),
                          "%s is covered at %g", tools[k], (double)input->width);
    }
}
END_TEST

START_TEST(a_long_notice_is_wrapped_and_keeps_its_end)
{
    static const float widths[] = {640, 800, 960, 1280, 1920};
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        show_notice_at(widths[i], 640, true);
        const char *cut = ui_cut_text(app->ui);
        ck_assert_msg(!cut, "\"%s\" is cut at %g", cut, (double)widths[i]);
        struct ui_rect notice = rect_of("notice");
        ck_assert(notice.x >= 0 && notice.y >= 0 && notice.x + notice.w <= input->width &&
                  notice.y + notice.h <= input->height);
    }
}
END_TEST

/* Whether the notice is still there after so many seconds without an event. */
static bool is_there_after(double seconds)
{
    uint64_t end = input->now + (uint64_t)(1e6 * seconds);
    while (shown.wake < end) {
        input->now = shown.wake > input->now ? shown.wake : input->now;
        frame();
    }
    input->now = end;
    return app->notices.now.kind != NOTICE_NONE;
}

START_TEST(what_is_done_fades_and_then_no_frame_is_asked_for)
{
    notices_say(&app->notices, NOTICE_DONE, "Saved it.");
    frame();
    ck_assert(text_is_shown("Saved it."));
    ck_assert(shown.wake != UI_NEVER);
    ck_assert(is_there_after(3));
    ck_assert(!is_there_after(10));
    ck_assert(!text_is_shown("Saved it."));
    ck_assert(shown.wake == UI_NEVER);
}
END_TEST

START_TEST(a_notice_does_not_fade_under_the_pointer_or_with_the_focus)
{
    notices_say(&app->notices, NOTICE_WORD, "A word.");
    frame();
    struct ui_rect at = rect_of("notice");
    sample(UI_MOVE, UI_BUTTON_NONE, at.x + 5, at.y + at.h / 2);
    frame();
    ck_assert(is_there_after(60));
    sample(UI_MOVE, UI_BUTTON_NONE, 500, 20);
    frame();
    ck_assert(is_there_after(1));
    ui_focus(app->ui, "dismiss");
    frame();
    ck_assert(is_there_after(60));
    ui_focus(app->ui, NULL);
    frame();
    ck_assert(!is_there_after(60));
}
END_TEST

START_TEST(troubles_and_offers_stay_and_ask_for_no_frame)
{
    for (int offer = 0; offer < 2; offer++) {
        notices_say(&app->notices, offer ? NOTICE_DONE : NOTICE_TROUBLE, "A sentence.");
        if (offer)
            notices_offer(&app->notices, "Go back", ACT_MODEL_BACK);
        frame();
        ck_assert(is_there_after(600));
        ck_assert(shown.wake == UI_NEVER);
    }
}
END_TEST

START_TEST(the_newer_notice_has_its_own_time)
{
    notices_say(&app->notices, NOTICE_DONE, "The first.");
    frame();
    ck_assert(is_there_after(4));
    notices_say(&app->notices, NOTICE_DONE, "The second.");
    frame();
    ck_assert(is_there_after(4));
    ck_assert(text_is_shown("The second."));
}
END_TEST

START_TEST(what_lies_under_a_notice_gets_no_click_and_what_lies_on_it_does)
{
    show_notice_at(640, 480, true);
    frame();
    struct ui_rect at = rect_of("notice");
    enum app_view view = app->view;
    for (float x = at.x + 1; x < at.x + at.w; x += 29)
        for (float y = at.y + 1; y < at.y + at.h; y += 7) {
            const struct ui_rect dismiss = rect_of("dismiss");
            if (y >= dismiss.y && y <= dismiss.y + dismiss.h)
                continue; /* the row of its own buttons */
            sample(UI_PRESS, UI_BUTTON_LEFT, x, y);
            sample(UI_RELEASE, UI_BUTTON_LEFT, x, y);
            frame();
            ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
        }
    ck_assert_int_eq(app->view, view);
    ck_assert_uint_eq(stroke_count(), 0);
    click("dismiss");
    ck_assert_int_eq(app->notices.now.kind, NOTICE_NONE);
}
END_TEST

START_TEST(the_buttons_of_a_notice_are_reached_by_tab)
{
    static const char *const names[] = {"notice-offer", "notice-offer-2", "dismiss"};
    show_notice_at(960, 640, true);
    for (int i = 0; i < 3; i++) {
        for (int k = 0; k < 80 && !ui_has_focus(app->ui, names[i]); k++)
            key(UI_KEY_TAB, 0);
        ck_assert_msg(ui_has_focus(app->ui, names[i]), "Tab never reached %s", names[i]);
    }
    key(UI_KEY_ENTER, 0);
    ck_assert_int_eq(app->notices.now.kind, NOTICE_NONE);
}
END_TEST

/* ---- at every size --------------------------------------------------------------------------- */

static const float sizes[][2] = {
    {640, 480},  {640, 800},   {640, 1080},  {683, 768},   {700, 600},   {760, 480},
    {760, 1000}, {800, 600},   {879, 700},   {880, 600},   {960, 480},   {960, 640},
    {1024, 768}, {1100, 640},  {1199, 500},  {1200, 900},  {1280, 800},  {1366, 768},
    {1600, 500}, {1920, 1080}, {1000, 1400}, {2560, 1440}, {3840, 2160},
};
enum { SIZES = sizeof sizes / sizeof *sizes };
#ifdef __SANITIZE_THREAD__ /* looks at threads, and is slow */
enum { SIZE_STEP = 6 };
#else
enum { SIZE_STEP = 1 };
#endif

static void check_frame(const char *state)
{
    const char *wrong = places_find_control();
    if (!wrong)
        wrong = places_find_text();
    ck_assert_msg(!wrong, "%s %s at %gx%g: %s", view_label(app->view), state, (double)input->width,
                  (double)input->height, wrong);
}

/* A view at every size, as it is and with all of it scrolled to its end. */
static void check_view(enum app_view view, const char *state)
{
    for (int i = 0; i < SIZES; i += SIZE_STEP) {
        input->width = sizes[i][0];
        input->height = sizes[i][1];
        app_act(app, &(struct action){.kind = ACT_VIEW, .number = view});
        frame();
        frame();
        check_frame(state);
        if (view == APP_DRAW) {
            struct ui_rect canvas = rect_of("canvas");
            ck_assert_msg(canvas.w >= 200 && canvas.h >= 200, "a canvas of %gx%g at %gx%g",
                          (double)canvas.w, (double)canvas.h, (double)input->width,
                          (double)input->height);
        }
        sample(UI_MOVE, UI_BUTTON_NONE, input->width / 2, 100);
        input->wheel = -100;
        frame();
        frame();
        check_frame(state);
        input->wheel = 100;
        frame();
    }
}

static void check_all_sizes(const char *state)
{
    for (int view = 0; view < APP_VIEW_COUNT; view++)
        check_view((enum app_view)view, state);
    app_act(app, &(struct action){.kind = ACT_VIEW, .number = APP_DRAW});
    frame();
}

START_TEST(nothing_is_cut_or_overlaps_at_any_size_while_nothing_is_drawn)
{
    check_all_sizes("empty");
}
END_TEST

START_TEST(nothing_is_cut_or_overlaps_at_any_size_with_a_drawing)
{
    stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
    check_all_sizes("drawn");
    key('s', 0);
    check_all_sizes("with steps");
    key('s', 0);
    input->now += 1000000;
    check_all_sizes("rested");
}
END_TEST

START_TEST(nothing_is_cut_or_overlaps_at_any_size_while_a_network_trains_and_after)
{
    stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
    start_training(1000);
    wait_for_epoch(2);
    check_all_sizes("while training");
    app_act(app, &(struct action){.kind = ACT_STOP});
    wait_for_stage(TRAINING_ENDED);
    frame();
    check_all_sizes("with the notice of the run's end");
    app->notices.now = (struct notice){0};
    check_all_sizes("after training");
}
END_TEST

START_TEST(nothing_is_cut_or_overlaps_at_any_size_with_earlier_runs)
{
    for (int i = 0; i < 3; i++) {
        start_training(i < 2 ? 2 : 1000);
        wait_for_epoch(1);
        if (i == 2)
            app_act(app, &(struct action){.kind = ACT_STOP});
        wait_for_stage(TRAINING_ENDED);
        frame();
    }
    check_all_sizes("with earlier runs");
}
END_TEST

START_TEST(nothing_is_cut_or_overlaps_at_any_size_with_a_mini_batch)
{
    app_act(app, &(struct action){.kind = ACT_PACE, .number = TRAINER_STEP});
    start_training(1000);
    wait_until(training_is_held(&app->training));
    app_act(app, &(struct action){.kind = ACT_BATCH, .number = 50});
    wait_until(training_is_held(&app->training));
    check_all_sizes("with a mini-batch");
}
END_TEST

START_TEST(nothing_is_cut_or_overlaps_at_any_size_while_an_answer_is_explained)
{
    static const struct {
        enum action_kind kind;
        const char *state, *seen;
    } cards[] = {
        {ACT_SHOW_NEURON, "with a neuron", "neuron"},
        {ACT_SHOW_INK, "with the ink", "ink-occlusion"},
        {ACT_SHOW_CHANGE, "with a change", "change-picture"},
        {ACT_SHOW_CURVES, "with curves", "curve-turn"},
        {ACT_SHOW_ALIKE, "with the offer to find images", "find-alike"},
        {ACT_ALIKE, "with images that are alike", "alike-7"},
        {ACT_SHOW_OTHER, "with two models", "compare-outcome"},
        {ACT_WEIGHT, "with a weight changed", "weight-undo"},
    };
    stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
    app_act(app, &(struct action){.kind = ACT_VIEW, .number = APP_INSPECT});
    app_act(app, &(struct action){.kind = ACT_COMPARE, .text = "best"});
    for (size_t i = 0; i < sizeof cards / sizeof *cards; i++) {
        app_act(app, &(struct action){.kind = cards[i].kind, .text = "1 1 bias 1"});
        frame();
        wait_until(!explaining_busy(&app->explaining) &&
                   (!app->alike.asked || app->alike.count == ALIKE_MAX));
        if (cards[i].kind == ACT_WEIGHT)
            app_act(app, &(struct action){.kind = ACT_SHOW_NEURON});
        frame();
        frame();
        ck_assert_msg(ui_find_control(app->ui, cards[i].seen), "no %s", cards[i].seen);
        check_view(APP_INSPECT, cards[i].state);
    }
}
END_TEST

START_TEST(nothing_is_cut_or_overlaps_at_any_size_with_digits_of_ones_own)
{
    for (int i = 0; i < 30; i++) {
        stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
        key('0' + i % 10, 0);
    }
    app_act(app, &(struct action){.kind = ACT_DIGITS_SELECT, .number = 3});
    frame();
    check_all_sizes("with digits");
}
END_TEST

START_TEST(the_dialog_of_files_is_whole_in_the_smallest_window)
{
    for (int i = 0; i < SIZES; i++) {
        input->width = sizes[i][0];
        input->height = sizes[i][1];
        key('o', UI_CTRL);
        frame();
        ck_assert(ui_find_control(app->ui, "file-list") != NULL);
        const char *cut = ui_cut_text(app->ui);
        ck_assert_msg(!cut || cut[0] == '/', "\"%s\" is cut at %gx%g", cut, (double)input->width,
                      (double)input->height); /* a path may be longer than its field */
        key(UI_KEY_ESCAPE, 0);
    }
}
END_TEST

/* ---- the first layer ------------------------------------------------------------------------- */

/* Pictures that are seen in the card's place. */
static int count_tiles(void)
{
    struct ui_rect at = rect_of("first-layer");
    int count = 0;
    for (size_t i = 0; i < shown.shapes->count; i++) {
        const struct ui_shape *shape = &shown.shapes->items[i];
        struct ui_rect both = ui_rect_meet(shape->rect, at);
        if (shape->kind != UI_SHAPE_IMAGE || both.w <= 0 || both.h <= 0)
            continue;
        ck_assert_float_eq_tol(both.w, shape->rect.w, 0.5f); /* whole */
        count++;
    }
    return count;
}

/* Brings the card into sight and counts what its pages show, by the keyboard alone. */
static int count_on_pages(int total)
{
    int count = count_tiles(), first, last, of;
    const struct ui_control *label = ui_find_control(app->ui, "layer-count");
    ck_assert_ptr_nonnull(label);
    if (sscanf(label->label, "%d\u2013%d of %d", &first, &last, &of) != 3)
        return sscanf(label->label, "%d", &of) == 1 && of == total ? count : -1;
    ck_assert_int_eq(first, 1);
    ck_assert_int_eq(of, total);
    while (!ui_find_control(app->ui, "layer-next")->off) {
        ui_focus(app->ui, "layer-next");
        key(UI_KEY_ENTER, 0);
        frame();
        label = ui_find_control(app->ui, "layer-count");
        ck_assert_int_eq(sscanf(label->label, "%d\u2013%d of %d", &first, &last, &of), 3);
        ck_assert_int_eq(first, count + 1);
        count += count_tiles();
        ck_assert_int_eq(last, count);
    }
    while (!ui_find_control(app->ui, "layer-back")->off) {
        ui_focus(app->ui, "layer-back");
        key(UI_KEY_ENTER, 0);
    }
    return count;
}

static void scroll_to_layer(void)
{
    for (int i = 0; i < 80 && rect_of("layer-count").h < 20; i++) {
        sample(UI_MOVE, UI_BUTTON_NONE, input->width / 2, 100);
        input->wheel = -1;
        frame();
    }
    sample(UI_MOVE, UI_BUTTON_NONE, input->width / 2, 20);
    frame();
}

START_TEST(the_first_layer_is_shown_whole_or_in_pages_that_say_how_many)
{
    static const struct {
        const char *words;
        int count;
    } nets[] = {
        {"784-30-10", 30}, {"784-100-10", 100}, {"784-1-10", 1}, {"784-500-10", 500},
        {"conv 24 5x5 relu, dense 10 softmax", 24}, {"conv 35 3x3 relu, dense 10 softmax", 35},
    };
    char path[400];
    snprintf(path, sizeof path, "%s/first.safetensors", folder);
    for (size_t i = 0; i < sizeof nets / sizeof *nets; i++) {
        write_model(path, nets[i].words, "first");
        drop(path);
        frame();
        app->notices.now = (struct notice){0};
        stroke(UI_BUTTON_LEFT, 0.5f, 0.2f, 0.5f, 0.8f);
        for (int k = 0; k < SIZES; k += 3 * SIZE_STEP) {
            input->width = sizes[k][0];
            input->height = sizes[k][1];
            frame();
            frame();
            scroll_to_layer();
            int count = count_on_pages(nets[i].count);
            ck_assert_msg(count == nets[i].count, "%d of %d at %gx%g", count, nets[i].count,
                          (double)input->width, (double)input->height);
            sample(UI_MOVE, UI_BUTTON_NONE, 2, 2); /* over nothing that has a tip */
            frame();
            check_frame("with pages");
            input->wheel = 100;
            sample(UI_MOVE, UI_BUTTON_NONE, input->width / 2, 100);
            frame();
            frame();
        }
    }
}
END_TEST

/* ---- all of it ------------------------------------------------------------------------------- */

Suite *make_suite(void)
{
    Suite *suite = suite_create("layout");
    TCase *tests = tcase_create("layout");
    tcase_add_unchecked_fixture(tests, measure_fonts, forget_fonts);
    tcase_add_unchecked_fixture(tests, make_world, remove_world);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_notice_moves_nothing_and_lies_over_no_canvas);
    tcase_add_test(tests, a_long_notice_is_wrapped_and_keeps_its_end);
    tcase_add_test(tests, a_usual_notice_covers_the_words_of_the_dock_and_no_tool);
    tcase_add_test(tests, what_is_done_fades_and_then_no_frame_is_asked_for);
    tcase_add_test(tests, a_notice_does_not_fade_under_the_pointer_or_with_the_focus);
    tcase_add_test(tests, troubles_and_offers_stay_and_ask_for_no_frame);
    tcase_add_test(tests, the_newer_notice_has_its_own_time);
    tcase_add_test(tests, what_lies_under_a_notice_gets_no_click_and_what_lies_on_it_does);
    tcase_add_test(tests, the_buttons_of_a_notice_are_reached_by_tab);
    tcase_add_test(tests, nothing_is_cut_or_overlaps_at_any_size_while_nothing_is_drawn);
    tcase_add_test(tests, nothing_is_cut_or_overlaps_at_any_size_with_a_drawing);
    tcase_add_test(tests, nothing_is_cut_or_overlaps_at_any_size_while_a_network_trains_and_after);
    tcase_add_test(tests, nothing_is_cut_or_overlaps_at_any_size_with_earlier_runs);
    tcase_add_test(tests, nothing_is_cut_or_overlaps_at_any_size_with_a_mini_batch);
    tcase_add_test(tests, nothing_is_cut_or_overlaps_at_any_size_while_an_answer_is_explained);
    tcase_add_test(tests, nothing_is_cut_or_overlaps_at_any_size_with_digits_of_ones_own);
    tcase_add_test(tests, the_dialog_of_files_is_whole_in_the_smallest_window);
    tcase_add_test(tests, the_first_layer_is_shown_whole_or_in_pages_that_say_how_many);
    suite_add_tcase(suite, tests);
    return suite;
}
