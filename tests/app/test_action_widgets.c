/* SPDX-License-Identifier: MIT */
/* Buttons and menus of actions: what they say, what they ask for, and what cannot be asked for now
 * is off. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "app/act/action.h"
#include "app/widget/action_button.h"
#include "app/widget/action_menu.h"
#include "base/err.h"
#include "robot.h"
#include "suite.h"

enum { TIP_WAITS = 1000000 };

static struct robot h;
static struct actions asked;
static struct action_button button;
static int presses, laid;           /* clicks on the button; rows of the menu */
static enum action_kind impossible; /* now */
/* The menu's items; NULL: the button is shown, and no menu. */
static void (*fill)(struct action_menu *menu);

static bool can(const void *user, const struct action *action, struct err *why)
{
    (void)user;
    return action->kind != impossible || err_set(why, "There is nothing to undo.");
}

static void show(void *user, struct ui *ui)
{
    (void)user;
    const struct ui_rect rect = {20, 20, 200, 34};
    const struct ui_part part = {"Model", 0};
    struct action_menu menu = {.actions = &asked};
    asked.can = can;
    if (!fill) {
        presses += action_button_show(&button, ui, rect, &asked);
        return;
    }
    fill(&menu);
    action_menu_show(&menu, ui, "menu", rect, &part, 1);
    laid = menu.count;
}

static void set_up(void)
{
    asked.count = presses = 0;
    impossible = ACT_NONE;
    fill = NULL;
    button = (struct action_button){.name = "it", .action = {.kind = ACT_UNDO}};
    robot_begin(&h, 640, 480, show, NULL);
}

static void tear_down(void)
{
    robot_end(&h);
}

/* With the pointer over the button. */
static void expect_tip(const char *tip)
{
    robot_move(&h, 60, 30);
    robot_wait(&h, TIP_WAITS);
    ck_assert_msg(robot_see(&h, tip), "\"%s\" is not shown", tip);
    robot_move(&h, 600, 400);
    ck_assert_msg(!robot_see(&h, tip), "\"%s\" is still shown", tip);
}

static const struct ui_control *it(void)
{
    return ui_find_control(h.ui, "it");
}

/* ---- a button -------------------------------------------------------------------------------- */

START_TEST(a_button_says_what_its_row_says_and_the_keys)
{
    ck_assert_str_eq(it()->label, "Undo");
    expect_tip("Undo (Ctrl Z)");
    button.action.kind = ACT_STOP; /* has no keys */
    robot_frame(&h);
    ck_assert_str_eq(it()->label, "Stop");
    expect_tip("End the training; it can go on later");
    ck_assert(!robot_see(&h, "("));
}
END_TEST

START_TEST(a_button_may_say_something_of_its_own)
{
    button.label = "Back";
    button.sentence = "Take the last step back";
    robot_frame(&h);
    ck_assert_str_eq(it()->label, "Back");
    expect_tip("Take the last step back (Ctrl Z)");
}
END_TEST

START_TEST(a_click_asks_for_the_action_with_all_that_it_has)
{
    button.action = (struct action){.kind = ACT_RESUME, .number = 3, .text = "run-7"};
    robot_click(&h, "it");
    ck_assert_int_eq(presses, 1);
    ck_assert_int_eq(asked.count, 1);
    ck_assert_int_eq(asked.items[0].kind, ACT_RESUME);
    ck_assert_double_eq(asked.items[0].number, 3);
    ck_assert_str_eq(asked.items[0].text, "run-7");
}
END_TEST

START_TEST(what_is_not_possible_now_is_off_and_its_tip_is_the_reason)
{
    button.sentence = "Take the last step back";
    impossible = ACT_UNDO;
    robot_frame(&h);
    ck_assert(robot_off(&h, "it"));
    expect_tip("There is nothing to undo.");
    robot_move(&h, 60, 30);
    robot_wait(&h, TIP_WAITS);
    ck_assert(!robot_see(&h, "Take the last step back") && !robot_see(&h, "Ctrl Z"));
    robot_click(&h, "it");
    ck_assert(presses == 0 && asked.count == 0);
    impossible = ACT_REDO;
    robot_frame(&h);
    ck_assert(!robot_off(&h, "it"));
}
END_TEST

START_TEST(its_flags_are_the_button_s)
{
    button.flags = UI_TOGGLE | UI_ON;
    robot_frame(&h);
    ck_assert(it()->on && !it()->off);
    button.flags = UI_OFF; /* though the action is possible */
    robot_frame(&h);
    ck_assert(it()->off);
}
END_TEST

/* ---- a menu ---------------------------------------------------------------------------------- */

static void fill_four(struct action_menu *menu)
{
    action_menu_line(menu); /* none at the beginning */
    action_menu_heading(menu, "Yours");
    action_menu_add(menu, (struct ui_item){.name = "open"}, (struct action){.kind = ACT_MODEL});
    action_menu_line(menu);
    action_menu_line(menu); /* nor two in a row */
    action_menu_add(menu,
                    (struct ui_item){.name = "back", .label = "Back to swift", .detail = "46 kB"},
                    (struct action){.kind = ACT_MODEL_BACK, .text = "swift"});
    action_menu_add(menu, (struct ui_item){.name = "undo", .on = true},
                    (struct action){.kind = ACT_UNDO});
    action_menu_line(menu); /* nor at the end */
}

static void open_menu(void (*with)(struct action_menu *menu))
{
    fill = with;
    robot_frame(&h);
    robot_click(&h, "menu");
}

START_TEST(an_item_says_its_row_s_label_and_keys_or_its_own)
{
    open_menu(fill_four);
    ck_assert(robot_see(&h, "Yours"));
    ck_assert(robot_see(&h, "Open\u2026") && robot_see(&h, "Ctrl O"));
    ck_assert(robot_see(&h, "Back to swift") && robot_see(&h, "46 kB"));
    ck_assert(ui_find_control(h.ui, "undo")->on);
}
END_TEST

START_TEST(a_chosen_item_asks_for_its_action)
{
    open_menu(fill_four);
    ck_assert_int_eq(asked.count, 0);
    robot_click(&h, "back");
    ck_assert_int_eq(asked.count, 1);
    ck_assert_int_eq(asked.items[0].kind, ACT_MODEL_BACK);
    ck_assert_str_eq(asked.items[0].text, "swift");
    ck_assert(!robot_has(&h, "back"));
}
END_TEST

START_TEST(an_item_that_is_not_possible_now_is_off)
{
    impossible = ACT_UNDO;
    open_menu(fill_four);
    ck_assert(robot_off(&h, "undo") && !robot_off(&h, "open"));
    robot_click(&h, "undo");
    ck_assert_int_eq(asked.count, 0);
}
END_TEST

START_TEST(lines_divide_items_and_nothing_else)
{
    open_menu(fill_four);
    ck_assert_int_eq(laid, 5); /* a heading, three items and the line between two of them */
    struct ui_rect open = ui_find_control(h.ui, "open")->rect;
    struct ui_rect back = ui_find_control(h.ui, "back")->rect;
    struct ui_rect undo = ui_find_control(h.ui, "undo")->rect;
    float together = undo.y - back.y, divided = back.y - open.y;
    ck_assert_float_gt(divided, together);
    ck_assert_float_lt(divided, 2 * together);
}
END_TEST

static void fill_too_many(struct action_menu *menu)
{
    static char names[ACTION_MENU_MAX + 10][12];
    for (int i = 0; i < ACTION_MENU_MAX + 10; i++) {
        snprintf(names[i], sizeof names[i], "item-%d", i);
        action_menu_add(menu, (struct ui_item){.name = names[i]},
                        (struct action){.kind = ACT_UNDO});
        action_menu_heading(menu, "one more");
        action_menu_line(menu);
    }
    ck_assert_int_eq(menu->count, ACTION_MENU_MAX);
}

START_TEST(more_items_than_there_is_room_for_are_dropped)
{
    open_menu(fill_too_many);
    ck_assert(robot_has(&h, "item-0"));
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("action_widgets");
    TCase *buttons = tcase_create("button"), *menus = tcase_create("menu");
    tcase_add_checked_fixture(buttons, set_up, tear_down);
    tcase_add_checked_fixture(menus, set_up, tear_down);
    tcase_add_test(buttons, a_button_says_what_its_row_says_and_the_keys);
    tcase_add_test(buttons, a_button_may_say_something_of_its_own);
    tcase_add_test(buttons, a_click_asks_for_the_action_with_all_that_it_has);
    tcase_add_test(buttons, what_is_not_possible_now_is_off_and_its_tip_is_the_reason);
    tcase_add_test(buttons, its_flags_are_the_button_s);
    tcase_add_test(menus, an_item_says_its_row_s_label_and_keys_or_its_own);
    tcase_add_test(menus, a_chosen_item_asks_for_its_action);
    tcase_add_test(menus, an_item_that_is_not_possible_now_is_off);
    tcase_add_test(menus, lines_divide_items_and_nothing_else);
    tcase_add_test(menus, more_items_than_there_is_room_for_are_dropped);
    suite_add_tcase(suite, buttons);
    suite_add_tcase(suite, menus);
    return suite;
}
