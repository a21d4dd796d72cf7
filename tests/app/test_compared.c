/* SPDX-License-Identifier: MIT */
/* Two models on one drawing, in the whole program. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "app/shell/does.h"
#include "app_world.h"
#include "base/err.h"
#include "kern/kern.h"
#include "model/model.h"
#include "suite.h"

static char other[400];

static void open_view(void)
{
    set_up();
    stroke(UI_BUTTON_LEFT, 0.3f, 0.2f, 0.7f, 0.2f);
    stroke(UI_BUTTON_LEFT, 0.7f, 0.2f, 0.4f, 0.8f);
    snprintf(other, sizeof other, "%s/other.safetensors", folder);
    write_model(other, "input 784, dense 9 sigmoid, dense 10 sigmoid", "other");
    key('4', UI_CTRL);
    frame();
}

/* What that model alone reads on the canvas. */
static struct answer answer_of(const char *path)
{
    struct err err;
    struct answer answer;
    struct model *model = model_load(path, &err);
    struct reader *reader = reader_new(kern_best());
    const struct reading_by by = reader_by(model, 0);
    ck_assert(reader_read(reader, &by, &app->canvas.fit, &answer, &err));
    reader_free(reader);
    model_free(model);
    return answer;
}

static void expect_both(void)
{
    char text[80];
    struct answer alone = answer_of(other);
    const struct answer *shown_there = &app->compared.answer;
    for (int digit = 0; digit < 10; digit++)
        ck_assert_float_eq(shown_there->probability[digit], alone.probability[digit]);
    int here = app->canvas.answer.order[0], there = alone.order[0];
    snprintf(text, sizeof text, "They disagree: %d or %d.", here, there);
    ck_assert_str_eq(ui_find_control(app->ui, "compare-outcome")->label,
                     here == there ? "Both read the same digit." : text);
}

START_TEST(every_stroke_is_read_by_both)
{
    open_view();
    click("why-compare");
    ck_assert(!ui_find_control(app->ui, "compare-outcome"));
    ask_for(ACT_COMPARE, other);
    frame();
    expect_both();
    stroke(UI_BUTTON_LEFT, 0.2f, 0.5f, 0.8f, 0.5f);
    frame();
    expect_both();
    ck_assert_str_ne(model_name(app->models.current), "other");
    tear_down();
}
END_TEST

START_TEST(what_cannot_be_opened_leaves_the_one_that_was_chosen)
{
    open_view();
    ask_for(ACT_COMPARE, other);
    ask_for(ACT_COMPARE, "/nowhere/at/all.safetensors");
    frame();
    ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
    ck_assert(strstr(app->notices.now.text, "/nowhere/at/all.safetensors"));
    ck_assert_str_eq(model_name(app->compared.model), "other");
    expect_both();
    tear_down();
}
END_TEST

START_TEST(without_a_second_model_and_without_ink_there_is_nothing_to_compare)
{
    open_view();
    ask_for(ACT_COMPARE, other);
    ask(ACT_CLEAR, 0);
    frame();
    frame();
    ck_assert(!ui_find_control(app->ui, "compare-outcome"));
    ask(ACT_COMPARE_NONE, 0);
    frame();
    ck_assert_ptr_null(app->compared.model);
    tear_down();
}
END_TEST

START_TEST(it_is_chosen_from_the_menu_by_keys)
{
    open_view();
    click("why-compare");
    ui_focus(app->ui, "compare-menu");
    key(UI_KEY_ENTER, 0);
    frame();
    key(UI_KEY_DOWN, 0);
    key(UI_KEY_ENTER, 0);
    frame();
    ck_assert_ptr_nonnull(app->compared.model);
    tear_down();
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("compared");
    TCase *tests = tcase_create("compared");
    tcase_set_timeout(tests, 120);
    tcase_add_unchecked_fixture(tests, make_world, remove_world);
    tcase_add_test(tests, every_stroke_is_read_by_both);
    tcase_add_test(tests, what_cannot_be_opened_leaves_the_one_that_was_chosen);
    tcase_add_test(tests, without_a_second_model_and_without_ink_there_is_nothing_to_compare);
    tcase_add_test(tests, it_is_chosen_from_the_menu_by_keys);
    suite_add_tcase(suite, tests);
    return suite;
}
