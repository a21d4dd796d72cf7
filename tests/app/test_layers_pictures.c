/* SPDX-License-Identifier: MIT */
/* What a click or a drag in the pictures of the lessons on layers and on the cost does. */
#include <check.h>
#include <math.h>

#include "app/shell/lesson_world.h"
#include "app/stage/cost_stage.h"
#include "app/stage/flow_stage.h"
#include "app/stage/handset_stage.h"
#include "app_world.h"
#include "suite.h"

static void open_page(const char *where)
{
    ask_for(ACT_LESSON, where);
    frame();
    wait_until(library_state(app->library) != LIBRARY_LOADING);
    frame();
    wait_until(!lessons_busy(&app->lessons));
    frame();
    ck_assert_ptr_nonnull(app->lessons.stage);
}

static double figure_of(const char *name)
{
    double value = NAN;
    ck_assert(lessons_figure(&app->lessons, name, &value));
    return value;
}

/* Down at one place of a control, over to another, and up; both in parts of its sides. */
static void drag(const char *name, float x0, float y0, float x1, float y1)
{
    enum { STEPS = 6 };
    struct ui_rect rect = rect_of(name);
    for (int i = 0; i <= STEPS + 1; i++) {
        float part = fminf((float)i / STEPS, 1);
        enum ui_move_kind kind = i == 0 ? UI_PRESS : i > STEPS ? UI_RELEASE : UI_MOVE;
        sample(kind, UI_BUTTON_LEFT, rect.x + (x0 + part * (x1 - x0)) * rect.w,
               rect.y + (y0 + part * (y1 - y0)) * rect.h);
        frame();
    }
    frame();
}

START_TEST(a_click_on_an_output_brings_out_what_pushes_it)
{
    open_page("layers whole");
    click("output-3");
    frame();
    ck_assert_double_eq(figure_of("output"), 3);
    click("hidden-7");
    frame();
    ck_assert_double_eq(figure_of("neuron"), 7);
}
END_TEST

START_TEST(a_small_picture_chooses_its_neuron)
{
    open_page("layers hidden");
    click("hidden-30");
    frame();
    ck_assert_double_eq(figure_of("neuron"), 30);
}
END_TEST

START_TEST(a_drag_paints_all_patches_on_its_way)
{
    open_page("layers stroke");
    drag("handset-weights", 0.5f / 7, 2.5f / 7, 4.5f / 7, 2.5f / 7);
    for (int col = 1; col <= 7; col++) {
        char name[8];
        snprintf(name, sizeof name, "p3%d", col);
        ck_assert_double_eq(figure_of(name), col <= 5);
    }
    ck_assert_double_eq(figure_of("painted"), 5);
    ask_for(ACT_SET, "brush 1");
    frame();
    drag("handset-weights", 0.5f / 7, 2.5f / 7, 0.5f / 7, 2.6f / 7);
    ck_assert_double_eq(figure_of("p31"), -1);
}
END_TEST

START_TEST(a_cell_goes_round_with_each_click)
{
    static const double round[] = {10, -10, 0};
    open_page("layers bits");
    for (int i = 0; i < 3; i++) {
        click("cell-w8-9");
        frame();
        ck_assert_double_eq(figure_of("w8-9"), round[i]);
    }
}
END_TEST

START_TEST(a_drag_along_the_bars_steps_through_the_images)
{
    open_page("cost image");
    click("output-6");
    frame();
    ck_assert_double_eq(figure_of("output"), 6);
    open_page("cost many");
    drag("cost-bars", 0.1f, 0.5f, 0.5025f, 0.5f);
    ck_assert_double_eq_tol(figure_of("image"), 101, 1);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("layers pictures");
    TCase *tcase = tcase_create("pictures");
    tcase_add_unchecked_fixture(tcase, make_world, remove_world);
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, a_click_on_an_output_brings_out_what_pushes_it);
    tcase_add_test(tcase, a_small_picture_chooses_its_neuron);
    tcase_add_test(tcase, a_drag_paints_all_patches_on_its_way);
    tcase_add_test(tcase, a_cell_goes_round_with_each_click);
    tcase_add_test(tcase, a_drag_along_the_bars_steps_through_the_images);
    suite_add_tcase(suite, tcase);
    return suite;
}
