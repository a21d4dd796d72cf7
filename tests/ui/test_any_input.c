/* SPDX-License-Identifier: MIT */
/* Every widget at once, of any size and under any input. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/rng.h"
#include "frames.h"
#include "look.h"
#include "suite.h"
#include "ui/plot.h"
#include "ui/ui.h"

struct everything {
    char name[24], words[64];
    double number, slider;
    bool check, wide, dialog;
    int colour, tab;
    struct ui_list list;
    float scroll;
};

static const struct ui_part parts[] = {{"Ctrl Z", UI_KEYCAP}, {" undo", UI_QUIET}};

/* What takes text or a value, and what opens. */
static void show_inputs(struct everything *e, const struct ui_rect *r)
{
    static const struct ui_tab tabs[] = {{"tab-draw", "Draw", "Draw"},
                                         {"tab-train", "Train", NULL}};
    static const struct ui_item items[] = {{"open", "Open", "O", false, true},
                                           {NULL, NULL, NULL, false, false},
                                           {NULL, "Save", NULL, true, false}};
    struct ui_field field = {"Name", "your name", e->name[0] == 'x' ? "No x." : NULL};
    struct ui_number number = {"Rate", -5, 100, 0.5, 2, e->check};
    e->tab = ui_tabs(ui, r[0], tabs, 2, e->tab);
    ui_field(ui, "name", r[1], e->name, sizeof e->name, &field, e->wide ? UI_OFF : 0);
    ui_tip(ui, "The name");
    ui_field(ui, "words", r[2], e->words, sizeof e->words, &field, UI_LINES | UI_MONO);
    ui_number(ui, "number", r[3], &e->number, &number, 0);
    ui_slider(ui, "slider", r[4], "Slider", &e->slider, (struct ui_range){0, 1, 0}, 0);
    ui_check(ui, "check", r[5], "Check", &e->check, 0);
    ui_switch(ui, "wide", r[6], "Wide", &e->wide, 0);
    ui_select(ui, "colour", r[7], "Colour", colours, 3, &e->colour, 0);
    ui_menu(ui, "menu", r[8], parts, 2, items, 3, 0);
    ui_list(ui, "list", r[9], "List", &e->list, 40, row_of, NULL);
}

/* What is only looked at, and the canvas. */
static void show_pictures(const struct everything *e, const struct ui_rect *r)
{
    struct ui_plot plot = small_plot();
    plot.log_y = e->wide;
    ui_plot(ui, "plot", r[10], &plot);
    ui_pad(ui, "canvas", r[11], "Canvas", UI_CURSOR_CROSS);
    struct ui_bar bar = {"7", "9.9 %", "100.0 %", 0.1f, true};
    ui_value_bar(ui, "bar", r[12], &bar);
    ui_progress(ui, "progress", r[13], NAN);
    ui_heading(ui, ui_card(ui, r[14], "Heading"), "\u00e4nd more");
    ui_wrapped(ui, r[15], UI_QUIET, "Some text that is broken into lines, one after another.");
    ui_sparkline(ui_shapes(ui), r[16], plot.series);
    ui_separator(ui, r[17]);
    ui_parts(ui, r[18], UI_RIGHT, parts, 2);
}

/* A frame with every widget; each rectangle is at most `most` wide. */
static void everything_frame(struct everything *e, float most)
{
    struct ui_rect r[24];
    for (int i = 0; i < 24; i++)
        r[i] = (struct ui_rect){(float)(i % 4) * 150, (float)(i / 4) * 70, fminf(140, most), 60};
    begin();
    show_inputs(e, r);
    show_pictures(e, r);
    struct ui_rect in = ui_scroll_begin(ui, "part", r[19], 200, &e->scroll);
    e->dialog |= ui_button(ui, "ask", (struct ui_rect){in.x, in.y + 20, in.w, 30}, "Ask", 0);
    ui_scroll_end(ui);
    ui_button_parts(ui, "main", r[20], parts, 2, UI_PRIMARY);
    ui_button(ui, "bare", r[21], "Bare", UI_BARE | UI_TOGGLE | UI_ON);
    if (e->dialog) {
        struct ui_rect inside = ui_modal_begin(ui, "dialog", most * 2, 200, "Sure?");
        e->dialog &= !ui_button(ui, "yes", ui_cut_top(&inside, 30), "Yes", 0);
        ui_select(ui, "in-dialog", ui_cut_top(&inside, 30), "In", colours, 3, &e->colour, 0);
        e->dialog &= !ui_modal_end(ui);
    }
    end();
}

static bool inside_limits(const struct everything *e)
{
    return e->number >= -5 && e->number <= 100 && e->slider >= 0 && e->slider <= 1 &&
           e->colour >= 0 && e->colour < 3 && e->list.selected >= -1 && e->list.selected < 40 &&
           strlen(e->name) < sizeof e->name && strlen(e->words) < sizeof e->words && e->tab >= 0 &&
           e->tab < 2;
}

START_TEST(no_widget_minds_being_of_no_width)
{
    struct everything e = {.name = "x", .words = "a b\nc", .list = {3, 0}};
    for (int i = 0; i < 40; i++) {
        key(i % 2 ? UI_KEY_TAB : UI_KEY_ENTER, 0);
        move_to((float)(i % 4) * 150, (float)(i / 4) * 70);
        everything_frame(&e, (float)(i % 8));
    }
    ck_assert(inside_limits(&e));
    input.width = input.height = 0;
    everything_frame(&e, 100);
    everything_frame(&e, 0);
    ck_assert(inside_limits(&e));
}
END_TEST

static void random_input(struct rng *rng)
{
    static const char *const texts[] = {"a", "7", "\u00d7", "-", ".", " ", "\xff", "x\ny", "12345"};
    for (int n = (int)rng_below(rng, 6); n > 0; n--)
        sample((enum ui_move_kind)rng_below(rng, 3),
               rng_below(rng, 8) ? UI_BUTTON_LEFT : UI_BUTTON_RIGHT, rng_range(rng, -20, 660),
               rng_range(rng, -20, 500), 1 + (int)rng_below(rng, 2));
    for (int n = (int)rng_below(rng, 5); n > 0; n--) {
        static const int keys[] = {'a', 'c', 'v', 'x', ' ', '7', 'z'};
        int which =
            rng_below(rng, 2) ? keys[rng_below(rng, 7)] : UI_KEY_ENTER + (int)rng_below(rng, 16);
        key(which, rng_below(rng, 3) ? 0 : rng_below(rng, 8));
    }
    if (rng_below(rng, 2))
        strcpy(input.typed, texts[rng_below(rng, 9)]);
    if (rng_below(rng, 4) == 0)
        input.wheel = rng_range(rng, -30, 30);
    input.left = rng_below(rng, 50) == 0;
    input.now += rng_below(rng, 1000000);
    if (rng_below(rng, 100) == 0)
        input.width = rng_range(rng, 0, 2000);
}

START_TEST(thousands_of_random_inputs_break_nothing)
{
    struct everything e = {.list = {-1, 0}};
    int dialogs = 0, focuses = 0, popups = 0;
    for (uint64_t run = 0; run < 20; run++) {
        struct rng rng = rng_new(run, 0);
        for (int frame = 0; frame < 400; frame++) {
            random_input(&rng);
            everything_frame(&e, rng_below(&rng, 50) ? 140 : rng_range(&rng, 0, 140));
            dialogs += e.dialog;
            popups += ui_find_control(ui, "colour/0") != NULL;
            for (int i = 0; i < ui_control_count(ui); i++)
                focuses += ui_control(ui, i)->focus;
            ck_assert_msg(inside_limits(&e), "run %d, frame %d", (int)run, frame);
        }
    }
    ck_assert_msg(dialogs > 40 && focuses > 1000 && popups > 20, "%d %d %d", dialogs, focuses,
                  popups); /* the inputs reach what they are to shake */
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("any input");
    TCase *tests = tcase_create("any input");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, no_widget_minds_being_of_no_width);
    tcase_add_test(tests, thousands_of_random_inputs_break_nothing);
    suite_add_tcase(suite, tests);
    return suite;
}
