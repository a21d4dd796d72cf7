/* SPDX-License-Identifier: MIT */
/* Gates that are wired by hand: as a stage, by scripts, and in the window, by mouse and keys. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/stage/gates_stage.h"
#include "app_world.h"
#include "base/err.h"
#include "kern/kern.h"
#include "suite.h"

static struct err err;

/* ---- the stage alone ------------------------------------------------------------------------- */

static struct stage *make_stage(void)
{
    const struct stage_world world = {.kern = kern_best()};
    struct stage *stage = stage_begin(&gates_stage_kind, &world, &err);
    ck_assert_msg(stage != NULL, "%s", err.text);
    return stage;
}

/* "g1a x1, g1b x2" */
static void set_all(struct stage *stage, const char *sets)
{
    char text[256], *rest;
    snprintf(text, sizeof text, "%s", sets);
    for (char *set = strtok_r(text, ",", &rest); set; set = strtok_r(NULL, ",", &rest)) {
        char name[16], value[16];
        ck_assert_int_eq(sscanf(set, "%15s %15s", name, value), 2);
        ck_assert_msg(stage_set(stage, name, value, &err), "%s: %s", set, err.text);
    }
}

static double figure(const struct stage *stage, const char *name)
{
    double value;
    ck_assert_msg(stage_figure(stage, name, &value), "no %s", name);
    return value;
}

static const char *const xor_wires = "goal 1, gates 4, g1a x1, g1b x2, g2a x1, g2b g1, g3a g1, "
                                     "g3b x2, g4a g2, g4b g3, out g4";

START_TEST(figures_tell_the_truth_table)
{
    struct stage *stage = make_stage();
    ck_assert(isnan(figure(stage, "out")));
    set_all(stage, xor_wires);
    ck_assert_double_eq(figure(stage, "out00"), 0);
    ck_assert_double_eq(figure(stage, "out01"), 1);
    ck_assert_double_eq(figure(stage, "out10"), 1);
    ck_assert_double_eq(figure(stage, "out11"), 0);
    ck_assert_double_eq(figure(stage, "xor-errors"), 0);
    ck_assert(isnan(figure(stage, "half-errors")));
    set_all(stage, "x1 1");
    ck_assert_double_eq(figure(stage, "row"), 2);
    ck_assert_double_eq(figure(stage, "out"), 1);
    set_all(stage, "g4b none");
    ck_assert_double_eq(figure(stage, "wired"), 3);
    ck_assert_double_eq(figure(stage, "errors"), 2);
    set_all(stage, "out none");
    ck_assert_double_eq(figure(stage, "errors"), 4);
    stage_end(stage);
}
END_TEST

START_TEST(figures_count_the_network)
{
    struct stage *stage = make_stage();
    set_all(stage, xor_wires);
    ck_assert_double_eq(figure(stage, "layers"), 3);
    ck_assert_double_eq(figure(stage, "neurons"), 3 + 2 + 1); /* x1 x2 g1, g2 g3, g4 */
    ck_assert_double_eq(figure(stage, "passing"), 2);
    ck_assert_double_eq(figure(stage, "weights"), 2 * 3 + 3 * 2 + 2);
    ck_assert_double_eq(figure(stage, "gates"), 4);
    stage_end(stage);
}
END_TEST

START_TEST(what_makes_no_sense_is_refused)
{
    static const char *const wrong[][2] = {
        {"g1a", "g4"}, {"g1a", "g1"},  {"g5a", "x1"},   {"g1a", "x3"}, {"g1c", "x1"},
        {"out", "x1"}, {"sum", "g1"},  {"gates", "21"}, {"add", "17"}, {"remove", "5"},
        {"x3", "1"},   {"from", "g5"}, {"row", "4"},    {"goal", "9"}, {"g1a", "up"},
    };
    struct stage *stage = make_stage();
    set_all(stage, xor_wires);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        err.text[0] = 0;
        ck_assert_msg(!stage_set(stage, wrong[i][0], wrong[i][1], &err), "%s %s", wrong[i][0],
                      wrong[i][1]);
        ck_assert(err.text[0] != 0);
    }
    ck_assert_double_eq(figure(stage, "errors"), 0);
    stage_end(stage);
}
END_TEST

START_TEST(gates_come_and_go)
{
    struct stage *stage = make_stage();
    set_all(stage, xor_wires);
    set_all(stage, "from g4, remove 1");
    ck_assert_int_eq(((struct gates_stage *)stage)->from, CIRCUIT_NOTHING);
    ck_assert_double_eq(figure(stage, "gates"), 3);
    ck_assert_double_eq(figure(stage, "errors"), 4);
    set_all(stage, "remove 3, add 20, clear 1");
    ck_assert_double_eq(figure(stage, "gates"), 20);
    ck_assert_double_eq(figure(stage, "wired"), 0);
    set_all(stage, "goal 4");
    ck_assert_double_eq(figure(stage, "gates"), 0);
    ck_assert_double_eq(figure(stage, "add-errors"), 16);
    stage_end(stage);
}
END_TEST

/* ---- in the window --------------------------------------------------------------------------- */

static const struct gates_stage *open_xor(void)
{
    ask_for(ACT_LESSON, "nand xor");
    frame();
    frame();
    ck_assert(app->lessons.stage != NULL && app->lessons.stage->kind == &gates_stage_kind);
    return (const struct gates_stage *)app->lessons.stage;
}

static void point_at(enum ui_move_kind kind, const char *name)
{
    struct ui_rect rect = rect_of(name);
    sample(kind, UI_BUTTON_LEFT, rect.x + rect.w / 2, rect.y + rect.h / 2);
    frame();
}

static void drag_wire(const char *from, const char *to)
{
    point_at(UI_PRESS, from);
    point_at(UI_MOVE, to);
    point_at(UI_RELEASE, to);
    frame();
}

START_TEST(wires_are_dragged)
{
    static const char *const wires[][2] = {
        {"from-x1", "to-g1a"}, {"from-x2", "to-g1b"}, {"from-x1", "to-g2a"},
        {"from-g1", "to-g2b"}, {"from-g1", "to-g3a"}, {"from-x2", "to-g3b"},
        {"from-g2", "to-g4a"}, {"from-g3", "to-g4b"}, {"from-g4", "to-out"},
    };
    const struct gates_stage *stage = open_xor();
    for (size_t i = 0; i < sizeof wires / sizeof *wires; i++)
        drag_wire(wires[i][0], wires[i][1]);
    ck_assert_double_eq(figure(&stage->stage, "xor-errors"), 0);
    ck_assert_int_eq(stage->from, CIRCUIT_NOTHING);
    ck_assert(progress_has(&app->lessons.progress, "nand", "xor"));
    click("input-1");
    frame();
    ck_assert_int_eq(stage->row, 2);
    click("to-g4b");
    frame();
    ck_assert_int_eq(stage->circuit.from[3][1], CIRCUIT_NOTHING);
    click("row-3");
    frame();
    ck_assert_int_eq(stage->row, 3);
}
END_TEST

START_TEST(a_wire_that_is_dropped_beside_is_none)
{
    const struct gates_stage *stage = open_xor();
    point_at(UI_PRESS, "from-x1");
    ck_assert_int_eq(stage->from, 0);
    point_at(UI_RELEASE, "row-0");
    frame();
    ck_assert_int_eq(stage->from, CIRCUIT_NOTHING);
    ck_assert_double_eq(figure(&stage->stage, "wired"), 0);
}
END_TEST

static void press_on(const char *name)
{
    ui_focus(app->ui, name);
    ui_show_focus(app->ui);
    frame();
    key(UI_KEY_ENTER, 0);
    frame();
}

START_TEST(the_keyboard_wires_too)
{
    const struct gates_stage *stage = open_xor();
    press_on("from-x2");
    ck_assert_int_eq(stage->from, 1);
    press_on("to-g1b");
    ck_assert_int_eq(stage->circuit.from[0][1], 1);
    ck_assert_int_eq(stage->from, CIRCUIT_NOTHING);
    press_on("from-g1");
    press_on("to-out");
    ck_assert_int_eq(stage->circuit.output[0], circuit_gate_source(0));
    press_on("to-out");
    ck_assert_int_eq(stage->circuit.output[0], CIRCUIT_NOTHING);
}
END_TEST

START_TEST(a_loop_is_refused_with_a_sentence)
{
    const struct gates_stage *stage = open_xor();
    drag_wire("from-g1", "to-g2a");
    uint64_t said = app->notices.count;
    drag_wire("from-g2", "to-g1a");
    ck_assert(app->notices.count > said);
    ck_assert(strstr(app->notices.now.text, "loop") != NULL);
    ck_assert_int_eq(stage->circuit.from[0][0], CIRCUIT_NOTHING);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("gates stage");
    TCase *alone = tcase_create("alone"), *window = tcase_create("window");
    tcase_add_test(alone, figures_tell_the_truth_table);
    tcase_add_test(alone, figures_count_the_network);
    tcase_add_test(alone, what_makes_no_sense_is_refused);
    tcase_add_test(alone, gates_come_and_go);
    suite_add_tcase(suite, alone);
    tcase_add_unchecked_fixture(window, make_world, remove_world);
    tcase_add_checked_fixture(window, set_up, tear_down);
    tcase_add_test(window, wires_are_dragged);
    tcase_add_test(window, a_wire_that_is_dropped_beside_is_none);
    tcase_add_test(window, the_keyboard_wires_too);
    tcase_add_test(window, a_loop_is_refused_with_a_sentence);
    suite_add_tcase(suite, window);
    return suite;
}
