/* SPDX-License-Identifier: MIT */
/* The curves of the Train view, and what is exported of them. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/train/curves_export.h"
#include "base/err.h"
#include "base/text.h"
#include "data/dataset.h"
#include "look.h"
#include "robot.h"
#include "suite.h"
#include "train_page.h"

/* A recipe of so many epochs. */
static const struct recipe *lasting(int epochs)
{
    static struct recipe recipe;
    recipe = *recipe_at(0);
    recipe.epochs = epochs;
    return &recipe;
}

/* ---- curves ---------------------------------------------------------------------------------- */

START_TEST(an_empty_plot_says_what_will_be_there)
{
    ck_assert(robot_see(&robot, "Press Start: how often the network is right will be drawn here"));
    ck_assert(robot_off(&robot, "export-csv"));
    go_live(3);
    ck_assert(!robot_see(&robot, "Press Start"));
    ck_assert(!robot_off(&robot, "export-csv"));
}
END_TEST

START_TEST(a_run_without_a_point_yet_says_what_is_under_way)
{
    go_live(0);
    ck_assert(robot_see(&robot, "The first epoch is under way."));
    ck_assert(!robot_see(&robot, "Press Start"));
    ck_assert(robot_off(&robot, "export-png") && robot_off(&robot, "export-csv"));
    shown.facts.live = false;
    shown.run = NULL;
    robot_frame(&robot);
    ck_assert(robot_see(&robot, "The first epoch begins when the data is loaded."));
}
END_TEST

START_TEST(the_first_points_of_a_run_are_shown_and_the_axis_holds_them)
{
    struct train_plot plot;
    grow(before, 30, 30);
    *run = (struct history){0};
    history_add_point(run, (struct history_point){0.04f, 0.8f, 0.44f});
    history_add_point(run, (struct history_point){0.08f, 0.4f, 0.71f});
    train_curves_fill(&view->curves, run, lasting(30), past);
    train_curves_plot(&view->curves, TRAIN_ACCURACY, true, ui_theme_dark(), &plot);
    ck_assert_str_eq(plot.series[0].name, "training");
    ck_assert_uint_eq(plot.series[0].count, 2);
    ck_assert_float_le(plot.plot.y_min, 0.44f);
    train_curves_plot(&view->curves, TRAIN_COST, true, ui_theme_dark(), &plot);
    ck_assert_float_ge(plot.plot.y_max, 0.8f);
}
END_TEST

START_TEST(the_axis_of_epochs_ends_where_the_run_will)
{
    struct train_plot plot;
    go_live(6);
    ck_assert(robot_see(&robot, "epochs"));
    train_curves_plot(&view->curves, TRAIN_ACCURACY, true, ui_theme_dark(), &plot);
    ck_assert_float_eq(plot.plot.x_max, 30);
    ck_assert(plot.plot.has_current);
    ck_assert_float_eq_tol(plot.plot.current, 6, 0.2);
    ck_assert_int_eq(plot.plot.series_count, 2);
    ck_assert_uint_eq(plot.series[0].color, ui_theme_dark()->accent);
    ck_assert_uint_eq(plot.series[1].color, ui_theme_dark()->second);
    ck_assert_uint_eq(plot.series[1].count, 6);
}
END_TEST

START_TEST(the_previous_run_lies_behind)
{
    struct train_plot plot;
    grow(before, 30, 30);
    shown.past = past;
    go_live(6);
    train_curves_plot(&view->curves, TRAIN_COST, true, ui_theme_dark(), &plot);
    ck_assert_int_eq(plot.plot.series_count, 3);
    ck_assert(plot.series[2].behind);
    ck_assert_uint_eq(plot.series[2].count, 30);
    ck_assert(robot_see(&robot, "run 1"));
}
END_TEST

START_TEST(a_previous_run_of_another_cost_is_not_drawn_among_costs)
{
    static const struct {
        enum nn_cost cost;
        float smoothing;
        int epochs; /* of the run in view: after one the validation of the other is but a dot */
        bool drawn;
    } cases[] = {
        {NN_QUADRATIC, 0, 30, true},    {NN_CROSS_ENTROPY, 0, 30, false},
        {NN_QUADRATIC, 0.1f, 30, true}, {NN_QUADRATIC, 0.1f, 1, false},
        {NN_QUADRATIC, 0, 1, true},
    };
    grow(before, 30, 30);
    grow(run, 6, 30);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        past->items[0].recipe.cost = cases[i].cost;
        past->items[0].recipe.smoothing = cases[i].smoothing;
        train_curves_fill(&view->curves, run, lasting(cases[i].epochs), past);
        ck_assert_msg((view->curves.past[0].curves[TRAIN_COST].count > 0) == cases[i].drawn, "%zu",
                      i);
        ck_assert_int_gt(view->curves.past[0].curves[TRAIN_ACCURACY].count, 0);
    }
}
END_TEST

START_TEST(a_previous_run_out_of_range_is_not_in_the_legend)
{
    struct train_plot plot;
    grow(before, 30, 30);
    for (int i = 0; i < before->check_count; i++)
        before->checks[i].accuracy = 0.109f;
    shown.past = past;
    go_live(20);
    train_curves_plot(&view->curves, TRAIN_ACCURACY, true, ui_theme_dark(), &plot);
    ck_assert_float_gt(plot.plot.y_min, 0.109f);
    ck_assert_int_eq(plot.plot.series_count, 2);
    train_curves_plot(&view->curves, TRAIN_COST, true, ui_theme_dark(), &plot);
    ck_assert_int_eq(plot.plot.series_count, 3);
}
END_TEST

START_TEST(a_long_run_behind_a_short_one_is_more_than_a_dot)
{
    grow(before, 30, 30); /* looked at its validation images after 1, 2, ... epochs */
    train_curves_fill(&view->curves, NULL, lasting(1), past);
    ck_assert_int_gt(view->curves.past[0].curves[TRAIN_COST].count, 30);
    train_curves_fill(&view->curves, NULL, lasting(2), past);
    ck_assert_int_eq(view->curves.past[0].curves[TRAIN_COST].count, 30);
}
END_TEST

START_TEST(a_run_without_validation_has_its_training_curve_alone)
{
    struct train_plot plot;
    grow(run, 4, 30);
    run->check_count = run->epoch_count = 0;
    train_curves_fill(&view->curves, run, lasting(30), NULL);
    train_curves_plot(&view->curves, TRAIN_COST, true, ui_theme_dark(), &plot);
    ck_assert_int_eq(plot.plot.series_count, 1);
    ck_assert_str_eq(plot.series[0].name, "training");
}
END_TEST

START_TEST(many_training_points_are_shown_as_the_means_of_neighbours)
{
    const struct train_curve *cost = &view->curves.train[TRAIN_COST];
    *run = (struct history){0};
    int total = 30 * history_points_per_epoch(30);
    for (int i = 1; i <= total; i++)
        history_add_point(
            run, (struct history_point){(float)i * 30 / (float)total, i % 2 ? 1.5f : 0.5f, 0.5f});
    train_curves_fill(&view->curves, run, lasting(30), NULL);
    ck_assert_int_le(cost->count, 160);
    ck_assert_int_ge(cost->count, 100);
    double sum = 0;
    for (int i = 0; i < cost->count; i++)
        sum += (double)cost->points[i].y / cost->count;
    ck_assert_double_eq_tol(sum, 1, 0.01);
    ck_assert_float_eq(cost->points[0].x, run->points[total / cost->count - 1].epoch);
}
END_TEST

START_TEST(the_scales_are_steady_while_the_curves_grow)
{
    int changes[TRAIN_MEASURES] = {0};
    float floor = -1, ceiling = -1;
    for (float now = 0.05f; now <= 30; now += 0.05f) {
        struct train_plot accuracy, cost;
        grow(run, now, 30);
        train_curves_fill(&view->curves, run, lasting(30), NULL);
        train_curves_plot(&view->curves, TRAIN_ACCURACY, true, ui_theme_dark(), &accuracy);
        train_curves_plot(&view->curves, TRAIN_COST, true, ui_theme_dark(), &cost);
        changes[TRAIN_ACCURACY] += accuracy.plot.y_min != floor;
        changes[TRAIN_COST] += cost.plot.y_max != ceiling;
        floor = accuracy.plot.y_min;
        ceiling = cost.plot.y_max;
    }
    ck_assert_float_eq(floor, 0.96f);
    ck_assert_float_le(ceiling, 0.1f);
    ck_assert_int_le(changes[TRAIN_ACCURACY], 6);
    ck_assert_int_le(changes[TRAIN_COST], 8);
}
END_TEST

START_TEST(marks_stand_in_order_with_the_epoch_that_is_kept)
{
    struct train_plot plot;
    struct run_marks marks = {.count = 0};
    run_marks_add(&marks, (struct run_mark){RUN_MARK_PAUSED, 2.5f, 0});
    run_marks_add(&marks, (struct run_mark){RUN_MARK_RATE, 29.5f, 0.25f});
    run_marks_add(&marks, (struct run_mark){RUN_MARK_RATE, 29.5f, 0.125f}); /* instead */
    grow(run, 30, 30);
    float best = (float)history_best(run)->epoch;
    train_curves_fill(&view->curves, run, lasting(30), NULL);
    train_curves_mark(&view->curves, run, &marks);
    train_curves_plot(&view->curves, TRAIN_COST, false, ui_theme_dark(), &plot);
    ck_assert_int_eq(plot.plot.mark_count, 3);
    for (int i = 0; i < 3; i++) {
        const struct ui_mark *mark = &plot.plot.marks[i];
        const char *wanted = mark->x == best ? "kept" : mark->x == 2.5f ? "paused" : "rate 0.125";
        ck_assert_str_eq(mark->label, wanted);
        ck_assert(i == 0 || mark->x >= plot.plot.marks[i - 1].x);
    }
}
END_TEST

START_TEST(more_marks_than_there_is_room_for_are_left_out)
{
    struct run_marks marks = {.count = 0};
    for (int i = 0; i < 3 * RUN_MARKS_MAX; i++)
        run_marks_add(&marks, (struct run_mark){RUN_MARK_RATE, (float)i, 1});
    ck_assert_int_eq(marks.count, RUN_MARKS_MAX);
    ck_assert_float_eq(marks.items[RUN_MARKS_MAX - 1].epoch, RUN_MARKS_MAX - 1);
}
END_TEST

START_TEST(the_whole_scale_holds_the_steep_beginning)
{
    struct train_plot plot;
    grow(run, 30, 30);
    train_curves_fill(&view->curves, run, lasting(30), NULL);
    float most = 0;
    for (int i = 0; i < view->curves.train[TRAIN_COST].count; i++)
        most = fmaxf(most, view->curves.train[TRAIN_COST].points[i].y);
    view->curves.whole = true;
    train_curves_plot(&view->curves, TRAIN_COST, false, ui_theme_dark(), &plot);
    ck_assert_float_ge(plot.plot.y_max, most);
    train_curves_plot(&view->curves, TRAIN_ACCURACY, false, ui_theme_dark(), &plot);
    ck_assert_float_eq(plot.plot.y_min, 0);
    view->curves.whole = false;
    train_curves_plot(&view->curves, TRAIN_ACCURACY, false, ui_theme_dark(), &plot);
    ck_assert_float_gt(plot.plot.y_min, 0.5f);
}
END_TEST

START_TEST(a_cost_that_is_no_number_leaves_the_scale_finite)
{
    struct train_plot plot;
    grow(run, 4, 1);
    train_curves_fill(&view->curves, run, lasting(4), NULL);
    train_curves_plot(&view->curves, TRAIN_COST, true, ui_theme_dark(), &plot);
    float ceiling = plot.plot.y_max;
    ck_assert_float_gt(ceiling, 1);
    history_add_point(run, (struct history_point){4.1f, NAN, 0.98f});
    history_add_point(run, (struct history_point){4.2f, INFINITY, 0.98f});
    train_curves_fill(&view->curves, run, lasting(4), NULL);
    train_curves_plot(&view->curves, TRAIN_COST, true, ui_theme_dark(), &plot);
    ck_assert_float_eq(plot.plot.y_max, ceiling);
    go_live(2);
    history_add_point(run, (struct history_point){2.1f, NAN, NAN});
    robot_frame(&robot);
}
END_TEST

/* ---- export ---------------------------------------------------------------------------------- */

static struct export_run small_run(struct recipe *recipe)
{
    ck_assert(recipe_find("nielsen-30", recipe, NULL));
    *run = (struct history){0};
    history_add_point(run, (struct history_point){0.5f, 0.75f, 0.5f});
    history_add_point(run, (struct history_point){1.00001f, 0.25f, 0.875f});
    history_add_check(run, (struct history_check){1, 0.125f, 0.9375f});
    history_add_check(run, (struct history_check){1.5f, 0.0625f, 0.96875f});
    return (struct export_run){.recipe = recipe, .history = run, .data = "MNIST"};
}

START_TEST(the_table_has_the_recipe_and_a_line_for_each_point)
{
    struct recipe recipe;
    struct export_run what = small_run(&recipe);
    size_t size;
    char *text = export_csv(&what, &size, NULL);
    ck_assert_uint_eq(size, strlen(text));
    ck_assert_ptr_nonnull(strstr(text, "# data MNIST\n# recipe nielsen-30\n"));
    ck_assert_ptr_nonnull(strstr(text, "\n# rate 3\n"));
    ck_assert_ptr_null(strstr(text, "changed"));
    const char *rows = strstr(text, "\nepoch,");
    ck_assert_ptr_nonnull(rows);
    ck_assert_str_eq(rows,
                     "\nepoch,training cost,training accuracy,validation cost,validation accuracy"
                     "\n0.5,0.75,0.5,,\n1.00001,0.25,0.875,0.125,0.9375\n1.5,,,0.0625,0.96875\n");
    free(text);
}
END_TEST

START_TEST(a_table_that_cannot_be_written_is_said)
{
    struct recipe recipe;
    struct err err = {""};
    struct export_run what = small_run(&recipe);
    ck_assert(!export_csv_file(&what, "/nonexistent/folder/curves.csv", &err));
    ck_assert_ptr_nonnull(strstr(err.text, "/nonexistent/folder/curves.csv"));
}
END_TEST

static char painted[8192];

static bool remember_texts(void *user, const char *path, const struct ui_shapes *shapes,
                           float width, float height, float scale, ui_color ground, struct err *err)
{
    (void)user, (void)ground, (void)err;
    ck_assert_str_eq(path, "curves.png");
    ck_assert_float_ge(scale, 2);
    painted[0] = 0;
    for (size_t i = 0; i < shapes->count; i++) {
        struct ui_rect bounds = look_bounds(shapes, &shapes->items[i]);
        ck_assert(bounds.x >= 0 && bounds.x + bounds.w <= width);
        ck_assert(bounds.y >= 0 && bounds.y + bounds.h <= height);
        strncat(painted, ui_shape_text(shapes, &shapes->items[i]),
                sizeof painted - strlen(painted) - 1);
    }
    return true;
}

START_TEST(the_picture_shows_both_plots_and_what_they_are_of)
{
    struct recipe recipe;
    struct export_run what = small_run(&recipe);
    struct export_painter painter = {NULL, remember_texts};
    ck_assert(
        export_png_file(&what, &painter, &robot_metrics, ui_theme_light(), "curves.png", NULL));
    ck_assert_ptr_nonnull(strstr(painted, "nielsen-30 \u00b7 MNIST \u00b7 sgd 3"));
    ck_assert_ptr_nonnull(strstr(painted, "ACCURACY"));
    ck_assert_ptr_nonnull(strstr(painted, "COST"));
}
END_TEST

static float wide_width(void *user, enum ui_font font, float size, const char *text, size_t len)
{
    bool title = font == UI_FONT_BOLD && size == 18;
    return title ? 15 * (float)len : robot_metrics.width(user, font, size, text, len);
}

/* The edge falls into a data set's name of two-byte letters, once between and once in one. */
START_TEST(a_title_that_is_too_wide_is_cut_between_letters)
{
    struct recipe recipe;
    struct export_run what = small_run(&recipe);
    struct export_painter painter = {NULL, remember_texts};
    struct ui_metrics wide = robot_metrics;
    char data[DATASET_NAME_MAX] = "";
    wide.width = wide_width;
    what.data = data;
    while (strlen(data) + strlen("\u00e9") < sizeof data)
        strcat(data, "\u00e9");
    for (int i = 0; i < 2; i++) {
        memmove(data + i, data, sizeof data - (size_t)i);
        memset(data, 'e', (size_t)i);
        ck_assert(export_png_file(&what, &painter, &wide, ui_theme_light(), "curves.png", NULL));
        ck_assert_ptr_nonnull(strstr(painted, "e\u00e9\u00e9" + (i == 0)));
        ck_assert_msg(text_is_utf8(painted), "%s", painted);
    }
}
END_TEST

START_TEST(what_is_exported_of_a_changed_recipe_says_so)
{
    struct recipe recipe;
    struct export_run what = small_run(&recipe);
    struct export_painter painter = {NULL, remember_texts};
    size_t size;
    recipe.schedule.rate = 0.5f;
    char *text = export_csv(&what, &size, NULL);
    ck_assert_ptr_nonnull(strstr(text, "# recipe nielsen-30, changed\n"));
    free(text);
    ck_assert(
        export_png_file(&what, &painter, &robot_metrics, ui_theme_light(), "curves.png", NULL));
    ck_assert_ptr_nonnull(strstr(painted, "nielsen-30, changed \u00b7 MNIST \u00b7 sgd 0.5"));
}
END_TEST

START_TEST(the_buttons_ask_for_an_export)
{
    go_live(3);
    robot_click(&robot, "export-png");
    ck_assert_int_eq(take_action().kind, ACT_CURVES_PNG);
    robot_click(&robot, "export-csv");
    ck_assert_int_eq(take_action().kind, ACT_CURVES_CSV);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("train curves");
    TCase *tests = tcase_create("train curves");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, an_empty_plot_says_what_will_be_there);
    tcase_add_test(tests, the_axis_of_epochs_ends_where_the_run_will);
    tcase_add_test(tests, a_run_without_a_point_yet_says_what_is_under_way);
    tcase_add_test(tests, the_first_points_of_a_run_are_shown_and_the_axis_holds_them);
    tcase_add_test(tests, the_previous_run_lies_behind);
    tcase_add_test(tests, a_previous_run_of_another_cost_is_not_drawn_among_costs);
    tcase_add_test(tests, a_previous_run_out_of_range_is_not_in_the_legend);
    tcase_add_test(tests, a_long_run_behind_a_short_one_is_more_than_a_dot);
    tcase_add_test(tests, a_run_without_validation_has_its_training_curve_alone);
    tcase_add_test(tests, many_training_points_are_shown_as_the_means_of_neighbours);
    tcase_add_test(tests, the_scales_are_steady_while_the_curves_grow);
    tcase_add_test(tests, marks_stand_in_order_with_the_epoch_that_is_kept);
    tcase_add_test(tests, more_marks_than_there_is_room_for_are_left_out);
    tcase_add_test(tests, the_whole_scale_holds_the_steep_beginning);
    tcase_add_test(tests, a_cost_that_is_no_number_leaves_the_scale_finite);
    tcase_add_test(tests, the_table_has_the_recipe_and_a_line_for_each_point);
    tcase_add_test(tests, a_title_that_is_too_wide_is_cut_between_letters);
    tcase_add_test(tests, what_is_exported_of_a_changed_recipe_says_so);
    tcase_add_test(tests, a_table_that_cannot_be_written_is_said);
    tcase_add_test(tests, the_picture_shows_both_plots_and_what_they_are_of);
    tcase_add_test(tests, the_buttons_ask_for_an_export);
    suite_add_tcase(suite, tests);
    return suite;
}
