/* SPDX-License-Identifier: MIT */
/* How each control looks in each of its states, held by golden/: see looks.h. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "frames.h"
#include "looks.h"
#include "suite.h"
#include "ui/plot.h"
#include "ui/ui.h"

#define GOLDEN "tests/ui/golden/"

/* Places from the top left corner, a row of four. */
static struct ui_rect place(int i)
{
    return (struct ui_rect){10 + 150 * (float)(i % 4), 10 + 60 * (float)(i / 4), 140, 32};
}

/* ---- buttons --------------------------------------------------------------------------------- */

static const unsigned states[] = {0,
                                  UI_PRIMARY,
                                  UI_BARE,
                                  UI_TOGGLE,
                                  UI_TOGGLE | UI_ON,
                                  UI_OFF,
                                  UI_PRIMARY | UI_OFF,
                                  UI_BARE | UI_OFF,
                                  UI_LITTLE,
                                  UI_BOLD,
                                  UI_TOGGLE | UI_ON | UI_OFF};

static void show_buttons(void)
{
    static const struct ui_part parts[] = {
        {"Press", UI_QUIET}, {"Ctrl", UI_KEYCAP}, {"x", UI_BOLD}};
    char name[8];
    begin();
    for (int i = 0; i < 11; i++) {
        snprintf(name, sizeof name, "b%d", i);
        ui_button(ui, name, place(i), "A button", states[i]);
    }
    ui_button_parts(ui, "parts", place(11), parts, 3, 0);
    ui_button(ui, "narrow", (struct ui_rect){10, 200, 50, 32}, "Too long for it", 0);
    ui_tip(ui, "What it does");
    end();
}

START_TEST(buttons_look_as_they_did)
{
    show_buttons();
    looks_expect(ui, shown, NULL, GOLDEN "buttons.txt");
}
END_TEST

/* Over it, pressed, and slid off it. */
START_TEST(buttons_under_the_pointer_look_as_they_did)
{
    char file[80];
    for (int i = 0; i < 6; i++) {
        struct ui_rect at = place(i);
        move_to(at.x + 5, at.y + 5);
        show_buttons();
        snprintf(file, sizeof file, GOLDEN "button-%d-over.txt", i);
        looks_expect(ui, shown, NULL, file);
        press(at.x + 5, at.y + 5);
        show_buttons();
        snprintf(file, sizeof file, GOLDEN "button-%d-held.txt", i);
        looks_expect(ui, shown, NULL, file);
        release(at.x - 5, at.y + 5);
        show_buttons();
    }
}
END_TEST

START_TEST(the_focus_and_a_tip_look_as_they_did)
{
    key(UI_KEY_TAB, 0);
    show_buttons();
    show_buttons();
    looks_expect(ui, shown, NULL, GOLDEN "button-focus.txt");
    for (int i = 0; i < 9; i++) { /* those that are off are passed over */
        key(UI_KEY_TAB, 0);
        show_buttons();
    }
    show_buttons();
    looks_expect(ui, shown, NULL, GOLDEN "button-tip.txt");
}
END_TEST

/* ---- what shows ------------------------------------------------------------------------------ */

static void show_texts(void)
{
    static const unsigned flags[] = {0,         UI_CENTER,  UI_RIGHT,  UI_QUIET, UI_ACCENT,
                                     UI_SECOND, UI_GOOD,    UI_BOLD,   UI_MONO,  UI_LITTLE,
                                     UI_BIG,    UI_FIGURES, UI_KEYCAP, UI_TOP,   UI_HUGE};
    static const struct ui_bar bars[] = {{"3", "97.1 %", "100.0 %", 0.971f, true},
                                         {"8", "0.0 %", "100.0 %", 0, false},
                                         {"5", "100.0 %", "100.0 %", 1, false}};
    static const struct ui_part parts[] = {
        {"Model", UI_QUIET}, {"swift-cnn", UI_BOLD}, {"M", UI_KEYCAP}};
    char name[8];
    begin();
    for (int i = 0; i < 15; i++)
        ui_label(ui, place(i), flags[i], "11 texts, cut where they are long");
    for (int i = 0; i < 3; i++) {
        snprintf(name, sizeof name, "bar%d", i);
        ui_value_bar(ui, name, place(16 + i), &bars[i]);
        snprintf(name, sizeof name, "part%d", i);
        ui_progress(ui, name, place(20 + i), 0.5f * (float)i);
    }
    ui_separator(ui, place(19));
    ui_parts(ui, place(23), UI_RIGHT, parts, 3);
    ui_heading(ui, place(24), "A heading");
    ui_wrapped(ui, place(25), UI_QUIET, "A text that takes more lines than there is room for.");
    struct ui_rect inside = ui_card(ui, (struct ui_rect){310, 370, 140, 100}, "Card");
    ui_wrapped(ui, inside, 0, "In it\nare lines.");
    ui_card(ui, (struct ui_rect){460, 370, 140, 100}, NULL);
    end();
}

START_TEST(texts_and_bars_look_as_they_did)
{
    show_texts();
    looks_expect(ui, shown, NULL, GOLDEN "texts.txt");
}
END_TEST

/* ---- controls with values -------------------------------------------------------------------- */

static char words[64];
static double number, sliders[3];
static bool checks[2];
static int tab;

static void show_values(void)
{
    static const struct ui_field fields[] = {{"Words", "nothing yet", NULL},
                                             {"Words", NULL, "This makes no sense."}};
    static const struct ui_number limits = {"Count", 0, 100, 1, 0, false};
    static const struct ui_tab tabs[] = {{"tab-a", "One", "The first"}, {"tab-b", "Another", NULL}};
    static char empty[8] = "", wrong[8] = "wrong", lines[32] = "two\nlines";
    begin();
    ui_field(ui, "words", place(0), words, sizeof words, &fields[0], 0);
    ui_field(ui, "empty", place(1), empty, sizeof empty, &fields[0], 0);
    ui_field(ui, "wrong", place(2), wrong, sizeof wrong, &fields[1], 0);
    ui_field(ui, "off", place(3), words, sizeof words, &fields[0], UI_OFF);
    ui_number(ui, "number", place(4), &number, &limits, 0);
    ui_number(ui, "number-off", place(5), &number, &limits, UI_OFF);
    ui_field(ui, "lines", (struct ui_rect){310, 70, 140, 60}, lines, sizeof lines, &fields[0],
             UI_LINES | UI_MONO);
    ui_slider(ui, "slider", place(8), "Slider", &sliders[0], (struct ui_range){0, 1, 0}, 0);
    ui_slider(ui, "slider-off", place(9), "Slider", &sliders[1], (struct ui_range){0, 1, 0},
              UI_OFF);
    ui_slider(ui, "slider-small", (struct ui_rect){310, 160, 12, 32}, "Slider", &sliders[2],
              (struct ui_range){0, 10, 1}, 0);
    ui_slider(ui, "slider-knob", (struct ui_rect){340, 160, 14, 32}, "Slider", &sliders[2],
              (struct ui_range){0, 10, 1}, 0);
    for (int i = 0; i < 2; i++) {
        ui_check(ui, i ? "check-on" : "check", place(12 + i), "Check", &checks[i], 0);
        ui_switch(ui, i ? "switch-on" : "switch", place(16 + i), "Switch", &checks[i], 0);
    }
    ui_check(ui, "check-off", place(14), "Check", &checks[1], UI_OFF);
    ui_switch(ui, "switch-off", place(18), "Switch", &checks[1], UI_OFF);
    tab = ui_tabs(ui, (struct ui_rect){10, 310, 300, 32}, tabs, 2, tab);
    end();
}

static void begin_values(void)
{
    strcpy(words, "Some words");
    number = 42;
    sliders[0] = 0.3, sliders[1] = 1, sliders[2] = 5;
    checks[0] = false, checks[1] = true;
    tab = 0;
}

START_TEST(values_look_as_they_did)
{
    begin_values();
    show_values();
    looks_expect(ui, shown, NULL, GOLDEN "values.txt");
}
END_TEST

/* Each gets the focus in turn, with what its keys do to it. */
START_TEST(values_with_the_focus_look_as_they_did)
{
    static const char *const names[] = {"words",  "wrong", "number",    "lines",
                                        "slider", "check", "switch-on", "tab-a"};
    char file[80];
    begin_values();
    for (int i = 0; i < 8; i++) {
        ui_focus(ui, names[i]);
        ui_show_focus(ui);
        show_values();
        snprintf(file, sizeof file, GOLDEN "focus-%s.txt", names[i]);
        looks_expect(ui, shown, NULL, file);
        key(UI_KEY_RIGHT, UI_SHIFT);
        key(UI_KEY_RIGHT, 0);
        show_values();
        show_values();
        snprintf(file, sizeof file, GOLDEN "focus-%s-right.txt", names[i]);
        looks_expect(ui, shown, NULL, file);
    }
}
END_TEST

START_TEST(values_under_the_pointer_look_as_they_did)
{
    static const char *const names[] = {"words", "number", "slider", "check", "switch", "tab-b"};
    char file[80];
    begin_values();
    show_values();
    for (int i = 0; i < 6; i++) {
        struct ui_rect at = ui_find_control(ui, names[i])->rect;
        move_to(at.x + at.w / 2, at.y + at.h / 2);
        show_values();
        snprintf(file, sizeof file, GOLDEN "over-%s.txt", names[i]);
        looks_expect(ui, shown, NULL, file);
    }
}
END_TEST

/* ---- lists ----------------------------------------------------------------------------------- */

static struct ui_list list;
static int colour;

static void show_lists(float y)
{
    static const struct ui_item items[] = {{"open", "Open", "Ctrl O", false, false},
                                           {NULL, NULL, NULL, false, false},
                                           {"ticked", "Ticked", NULL, false, true},
                                           {"off", "Off", "46 kB", true, false}};
    static const struct ui_part menu[] = {{"Menu", 0}};
    begin();
    ui_select(ui, "colour", (struct ui_rect){10, y, 140, 32}, "Colour", colours, 3, &colour, 0);
    ui_select(ui, "colour-off", (struct ui_rect){160, y, 140, 32}, "Colour", colours, 3, &colour,
              UI_OFF);
    ui_menu(ui, "menu", (struct ui_rect){310, y, 140, 32}, menu, 1, items, 4, 0);
    ui_list(ui, "list", (struct ui_rect){460, 10, 170, 120}, "Files", &list, 20, row_of, NULL);
    end();
}

START_TEST(lists_look_as_they_did)
{
    list = (struct ui_list){3, 40};
    colour = 1;
    show_lists(10);
    looks_expect(ui, shown, NULL, GOLDEN "lists.txt");
    move_to(500, 60);
    show_lists(10);
    looks_expect(ui, shown, NULL, GOLDEN "list-over.txt");
    ui_focus(ui, "list");
    ui_show_focus(ui);
    key(UI_KEY_END, 0);
    show_lists(10);
    looks_expect(ui, shown, NULL, GOLDEN "list-end.txt");
    click(500, 60); /* the ring of the focus goes, and comes with the keys */
    show_lists(10);
    looks_expect(ui, shown, NULL, GOLDEN "list-clicked.txt");
    key(UI_KEY_DOWN, 0);
    show_lists(10);
    show_lists(10);
    looks_expect(ui, shown, NULL, GOLDEN "list-key.txt");
}
END_TEST

START_TEST(open_lists_look_as_they_did)
{
    static const struct {
        const char *file;
        float x, y; /* where the list stands that is opened */
    } opened[] = {{GOLDEN "select-open.txt", 20, 10},
                  {GOLDEN "menu-open.txt", 320, 10},
                  {GOLDEN "select-up.txt", 20, 440},
                  {GOLDEN "menu-up.txt", 320, 440}};
    list = (struct ui_list){-1, 0};
    colour = 2;
    for (int i = 0; i < 4; i++) {
        show_lists(opened[i].y);
        click(opened[i].x, opened[i].y + 5);
        show_lists(opened[i].y);
        key(UI_KEY_DOWN, 0);
        show_lists(opened[i].y);
        show_lists(opened[i].y);
        looks_expect(ui, shown, NULL, opened[i].file);
        key(UI_KEY_ESCAPE, 0);
        show_lists(opened[i].y);
    }
}
END_TEST

/* ---- layers ---------------------------------------------------------------------------------- */

START_TEST(layers_look_as_they_did)
{
    float scroll = 30;
    for (int i = 0; i < 2; i++) {
        begin();
        struct ui_rect content =
            ui_scroll_begin(ui, "scroll", (struct ui_rect){10, 10, 200, 100}, 300, &scroll);
        ui_button(ui, "within", ui_cut_top(&content, 60), "Within", 0);
        ui_scroll_end(ui);
        ui_clip_begin(ui, (struct ui_rect){10, 120, 50, 20});
        ui_label(ui, (struct ui_rect){10, 120, 200, 20}, 0, "Clipped");
        ui_clip_end(ui);
        ui_over_begin(ui, (struct ui_rect){10, 150, 100, 40});
        ui_card(ui, (struct ui_rect){10, 150, 100, 40}, NULL);
        ui_over_end(ui, 0.5f);
        struct ui_rect inside = ui_modal_begin(ui, "dialog", 300, 200, "A question");
        ui_button(ui, "yes", ui_cut_bottom(&inside, 32), "Yes", UI_PRIMARY);
        ui_modal_end(ui);
        end();
    }
    looks_expect(ui, shown, NULL, GOLDEN "layers.txt");
}
END_TEST

/* ---- plots ----------------------------------------------------------------------------------- */

static struct ui_point rising[40], falling[40];
static struct ui_series series[3];

static struct ui_plot make_plot(void)
{
    for (int i = 0; i < 40; i++) {
        float x = (float)i / 8;
        rising[i] = (struct ui_point){x, 1 - 0.9f / (1 + x)};
        falling[i] = (struct ui_point){x, i == 7 ? NAN : 2.5f / (1 + 30 * x)};
    }
    series[0] = (struct ui_series){"learnt", 0x56b4e9ff, rising, 40, false};
    series[1] = (struct ui_series){"never seen", 0xe69f00ff, falling, 40, false};
    series[2] = (struct ui_series){"before", 0x999999ff, rising, 20, true};
    return (struct ui_plot){.heading = "Accuracy",
                            .series = series,
                            .series_count = 3,
                            .has_current = true,
                            .current = 4.5f,
                            .x_name = "epoch",
                            .x_unit = "epochs",
                            .empty = "Nothing yet."};
}

START_TEST(plots_look_as_they_did)
{
    static const struct {
        const char *file;
        bool percent, log;
        float least, most, width;
    } plots[] = {{GOLDEN "plot.txt", false, false, 0, 0, 600},
                 {GOLDEN "plot-percent.txt", true, false, 0, 1, 600},
                 {GOLDEN "plot-log.txt", false, true, 0, 0, 600},
                 {GOLDEN "plot-log-percent.txt", true, true, 0, 0, 600},
                 {GOLDEN "plot-narrow.txt", true, false, 0, 1, 220},
                 {GOLDEN "plot-log-far.txt", false, true, 1e-20f, 1e10f, 600}};
    for (int i = 0; i < 6; i++) {
        struct ui_plot plot = make_plot();
        struct ui_shapes shapes = {0};
        float at = 2;
        plot.percent = plots[i].percent;
        plot.log_y = plots[i].log;
        plot.y_least = plots[i].least, plot.y_most = plots[i].most;
        ui_plot_draw(&shapes, &metrics, ui_theme_light(),
                     (struct ui_rect){20, 10, plots[i].width, 300}, &plot, i % 2 ? NULL : &at);
        looks_expect(NULL, &shapes, NULL, plots[i].file);
        ui_shapes_free(&shapes);
    }
}
END_TEST

/* Values at the pointer near both ends, and by the keys. */
START_TEST(a_plot_as_a_control_looks_as_it_did)
{
    static const char *const files[] = {GOLDEN "plot-left.txt", GOLDEN "plot-right.txt",
                                        GOLDEN "plot-keys.txt", GOLDEN "plot-empty.txt"};
    static const float places[] = {70, 590, 5, 5};
    for (int i = 0; i < 4; i++) {
        struct ui_plot plot = make_plot();
        plot.series_count = i == 3 ? 0 : 2;
        move_to(places[i], i < 2 ? 200 : 470);
        if (i == 2) {
            ui_focus(ui, "plot");
            ui_show_focus(ui);
            key(UI_KEY_LEFT, 0);
        }
        for (int k = 0; k < 2; k++) {
            begin();
            ui_plot(ui, "plot", (struct ui_rect){20, 10, 600, 300}, &plot);
            ui_sparkline(ui_shapes(ui), (struct ui_rect){20, 330, 120, 30}, &series[0]);
            end();
        }
        looks_expect(ui, shown, NULL, files[i]);
    }
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("looks");
    TCase *tests = tcase_create("looks");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, buttons_look_as_they_did);
    tcase_add_test(tests, buttons_under_the_pointer_look_as_they_did);
    tcase_add_test(tests, the_focus_and_a_tip_look_as_they_did);
    tcase_add_test(tests, texts_and_bars_look_as_they_did);
    tcase_add_test(tests, values_look_as_they_did);
    tcase_add_test(tests, values_with_the_focus_look_as_they_did);
    tcase_add_test(tests, values_under_the_pointer_look_as_they_did);
    tcase_add_test(tests, lists_look_as_they_did);
    tcase_add_test(tests, open_lists_look_as_they_did);
    tcase_add_test(tests, layers_look_as_they_did);
    tcase_add_test(tests, plots_look_as_they_did);
    tcase_add_test(tests, a_plot_as_a_control_looks_as_it_did);
    suite_add_tcase(suite, tests);
    return suite;
}
