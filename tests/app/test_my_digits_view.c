/* SPDX-License-Identifier: MIT */
/* The view of my digits in the whole program. */
#include <check.h>
#include <string.h>

#include "app_world.h"
#include "data/my_digits.h"
#include "data/synthetic.h"
#include "digits_world.h"
#include "suite.h"

static uint32_t chosen_number(void)
{
    int at = digit_choice_at(&app->choice, app->store.list);
    ck_assert_int_ge(at, 0);
    return my_digits_at(app->store.list, (uint32_t)at)->number;
}

START_TEST(a_digit_is_chosen_named_anew_and_deleted_and_that_undone)
{
    teach_ten();
    key('3', UI_CTRL);
    click("mine-4");
    ck_assert(text_is_shown("Filed as a 4") && text_is_shown("The model reads"));
    ck_assert(text_is_shown(
        my_digits_is_held_out(my_digits_at(app->store.list, 4)) ? "For checking" : "For learning"));
    key('9', 0);
    ck_assert(text_is_shown("Filed as a 9"));
    key(UI_KEY_DELETE, 0);
    ck_assert_uint_eq(digit_count(), 9);
    ck_assert(text_is_shown("Filed as a 5")); /* the next one */
    click("mine-undo");
    key('z', UI_CTRL);
    ck_assert_uint_eq(digit_count(), 10);
    ck_assert_int_eq(my_digits_at(app->store.list, 4)->label, 4);
    key('z', UI_CTRL | UI_SHIFT);
    ck_assert_int_eq(my_digits_at(app->store.list, 4)->label, 9);
}
END_TEST

static bool is_filed(uint32_t number)
{
    for (uint32_t i = 0; i < my_digits_count(app->store.list); i++)
        if (my_digits_at(app->store.list, i)->number == number)
            return true;
    return false;
}

/* Tab until the ring is on that digit. */
static void tab_to(const char *name)
{
    for (int i = 0; i < 100 && !ui_has_focus(app->ui, name); i++)
        key(UI_KEY_TAB, 0);
    ck_assert(ui_has_focus(app->ui, name));
}

START_TEST(keys_act_on_the_digit_with_the_ring)
{
    teach_ten();
    key('3', UI_CTRL);
    tab_to("mine-0");
    ck_assert(text_is_shown("Filed as a 0"));
    key(UI_KEY_RIGHT, 0);
    key(UI_KEY_ENTER, 0);
    key(UI_KEY_RIGHT, 0);
    ck_assert(text_is_shown("Filed as a 2"));
    key(UI_KEY_DELETE, 0);
    ck_assert(!is_filed(2) && is_filed(1) && digit_count() == 9);
    ck_assert(ui_has_focus(app->ui, "mine-3")); /* and the next */
    key('8', 0);
    ck_assert(text_is_shown("Filed as a 8") && chosen_number() == 3);
    key(UI_KEY_DELETE, 0);
    key(UI_KEY_DELETE, 0);
    ck_assert(!is_filed(3) && !is_filed(4) && digit_count() == 7);
    key(UI_KEY_LEFT, 0);
    key(UI_KEY_DELETE, 0);
    ck_assert(!is_filed(1) && is_filed(5));
}
END_TEST

START_TEST(delete_undo_and_delete_again_are_of_the_same_digit)
{
    teach_ten();
    key('3', UI_CTRL);
    click("mine-4");
    for (int i = 0; i < 3; i++) {
        key(UI_KEY_DELETE, 0);
        ck_assert(!is_filed(4) && digit_count() == 9);
        key('z', UI_CTRL);
        ck_assert(is_filed(4) && text_is_shown("Filed as a 4"));
    }
    click("mine-only");
    click("mine-only/8");
    click("mine-7");
    key(UI_KEY_DELETE, 0);
    click("mine-only");
    click("mine-only/2");
    key('z', UI_CTRL);
    ck_assert(text_is_shown("Filed as a 7") && ui_find_control(app->ui, "mine-7"));
}
END_TEST

/* Frames with the pointer over a control, until what it explains is shown. */
static void hover(const char *name)
{
    struct ui_rect at = rect_of(name);
    sample(UI_MOVE, UI_BUTTON_NONE, 2, at.y);
    frame();
    sample(UI_MOVE, UI_BUTTON_NONE, at.x + at.w / 2, at.y + at.h / 2);
    frame();
    input->now += 2000000;
    frame();
}

START_TEST(keys_are_explained_only_where_they_act)
{
    static const char explained[] = "another digit's key names it anew";
    teach_ten();
    key('3', UI_CTRL);
    hover("mine-4"); /* nothing is chosen, so no key acts */
    ck_assert(!text_is_shown(explained) && text_is_shown("A 4: click"));
    click("mine-4");
    hover("mine-4");
    ck_assert(text_is_shown(explained));
    hover("mine-7"); /* the keys still act on the 4 */
    ck_assert(!text_is_shown(explained) && text_is_shown("A 7: click"));
}
END_TEST

START_TEST(one_kind_alone_is_shown_when_asked_for)
{
    teach_ten();
    key('3', UI_CTRL);
    click("mine-only");
    click("mine-only/4");
    ck_assert_ptr_nonnull(ui_find_control(app->ui, "mine-3"));
    ck_assert_ptr_null(ui_find_control(app->ui, "mine-4"));
    ck_assert_ptr_null(ui_find_control(app->ui, "mine-9"));
}
END_TEST

START_TEST(more_digits_than_fit_have_pages)
{
    struct err err = {""};
    uint8_t pixels[FIT_LEN];
    for (uint64_t i = 0; i < 200; i++) {
        int label = synthetic_draw(2, i, pixels);
        ck_assert_msg(my_digits_add(app->store.list, label, NULL, pixels, &err), "%s", err.text);
    }
    key('3', UI_CTRL);
    ck_assert_ptr_nonnull(ui_find_control(app->ui, "mine-0"));
    ck_assert_ptr_null(ui_find_control(app->ui, "mine-199"));
    for (int i = 0; i < 20; i++)
        key(UI_KEY_PAGE_DOWN, 0);
    ck_assert_ptr_nonnull(ui_find_control(app->ui, "mine-199"));
    ck_assert(ui_find_control(app->ui, "page-next")->off);
    click("page-back");
    ck_assert_ptr_null(ui_find_control(app->ui, "mine-199"));
}
END_TEST

START_TEST(the_ring_goes_from_page_to_page_and_to_what_comes_back)
{
    uint8_t pixels[FIT_LEN];
    for (uint64_t i = 0; i < 200; i++)
        ck_assert(my_digits_add(app->store.list, synthetic_draw(2, i, pixels), NULL, pixels, NULL));
    key('3', UI_CTRL);
    tab_to("mine-0");
    key(UI_KEY_RIGHT, 0);
    key(UI_KEY_DELETE, 0);
    key(UI_KEY_PAGE_DOWN, 0);
    uint32_t there = chosen_number();
    ck_assert_uint_gt(there, 10);
    key(UI_KEY_RIGHT, 0);
    ck_assert_uint_eq(chosen_number(), there + 1);
    key('z', UI_CTRL);
    ck_assert(ui_has_focus(app->ui, "mine-1"));
    ck_assert_uint_eq(chosen_number(), 1);
}
END_TEST

static void check_places(float width, float height)
{
    for (int i = 0; i < ui_control_count(app->ui); i++) {
        const struct ui_control *a = ui_control(app->ui, i);
        ck_assert_msg(a->rect.w > 0 && a->rect.h > 0, "%s is not to be seen at %gx%g", a->name,
                      (double)width, (double)height);
        ck_assert_msg(a->rect.x >= 0 && a->rect.y >= 0 && a->rect.x + a->rect.w <= width + 0.01f &&
                          a->rect.y + a->rect.h <= height + 0.01f,
                      "%s leaves the window at %gx%g", a->name, (double)width, (double)height);
        for (int k = 0; k < i; k++) {
            const struct ui_control *b = ui_control(app->ui, k);
            if (a->over || b->over || b->role == UI_ROLE_AREA) /* a notice, or what scrolls */
                continue;
            struct ui_rect both = ui_rect_meet(a->rect, b->rect);
            ck_assert_msg(both.w < 0.5f || both.h < 0.5f, "%s lies over %s at %gx%g", a->name,
                          b->name, (double)width, (double)height);
        }
    }
}

START_TEST(everything_has_its_place_at_every_size)
{
    static const float sizes[][2] = {{960, 640}, {1099, 700}, {1280, 800}, {1920, 1080}};
    teach_ten();
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        input->width = sizes[i][0];
        input->height = sizes[i][1];
        for (int steps = 0; steps < 2; steps++) {
            key('1', UI_CTRL);
            key('s', 0);
            check_places(sizes[i][0], sizes[i][1]);
        }
        key('3', UI_CTRL);
        click("mine-3");
        check_places(sizes[i][0], sizes[i][1]);
        notices_say(&app->notices, NOTICE_WORD, "A sentence."); /* takes height away */
        frame();
        frame();
        check_places(sizes[i][0], sizes[i][1]);
        key(UI_KEY_ESCAPE, 0);
    }
}
END_TEST

static bool has_focus_in(const char *group)
{
    for (int i = 0; i < ui_control_count(app->ui); i++)
        if (ui_control(app->ui, i)->focus)
            return strncmp(ui_control(app->ui, i)->name, group, strlen(group)) == 0;
    return false;
}

/* Tab goes from group to group, the arrows within one. */
START_TEST(tab_and_arrows_reach_every_control)
{
    static const char *const wanted[] = {"mine-only", "mine-undo",   "import",  "export",
                                         "mine-9",    "mine-delete", "label-8", "hand-learn"};
    enum { WANTED = sizeof wanted / sizeof *wanted };
    bool reached[WANTED] = {false};
    teach_ten();
    key('3', UI_CTRL);
    click("mine-3");
    for (int i = 0; i < 40; i++) {
        key(UI_KEY_TAB, 0);
        for (int step = 0; step < 10; step++) {
            for (int k = 0; k < WANTED; k++)
                reached[k] |= ui_has_focus(app->ui, wanted[k]);
            if (has_focus_in("mine-") || has_focus_in("label-"))
                if (!has_focus_in("mine-only"))
                    key(UI_KEY_RIGHT, 0);
        }
    }
    for (int k = 0; k < WANTED; k++)
        ck_assert_msg(reached[k], "%s is not reached by the keyboard", wanted[k]);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("my digits view");
    TCase *tests = tcase_create("my digits view");
    tcase_add_unchecked_fixture(tests, make_world, remove_world);
    tcase_add_checked_fixture(tests, begin_my_digits, end_digits);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_digit_is_chosen_named_anew_and_deleted_and_that_undone);
    tcase_add_test(tests, the_ring_goes_from_page_to_page_and_to_what_comes_back);
    tcase_add_test(tests, delete_undo_and_delete_again_are_of_the_same_digit);
    tcase_add_test(tests, keys_act_on_the_digit_with_the_ring);
    tcase_add_test(tests, keys_are_explained_only_where_they_act);
    tcase_add_test(tests, one_kind_alone_is_shown_when_asked_for);
    tcase_add_test(tests, more_digits_than_fit_have_pages);
    tcase_add_test(tests, everything_has_its_place_at_every_size);
    tcase_add_test(tests, tab_and_arrows_reach_every_control);
    suite_add_tcase(suite, tests);
    return suite;
}
