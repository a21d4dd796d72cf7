/* SPDX-License-Identifier: MIT */
/* The plot: its ticks, its curves, its legend. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "base/rng.h"
#include "frames.h"
#include "look.h"
#include "suite.h"
#include "ui/plot.h"
#include "ui/ui.h"

START_TEST(ticks_stand_at_round_numbers_and_enclose_the_range)
{
    struct rng rng = rng_new(5, 0);
    for (int i = 0; i < 20000; i++) {
        double size = pow(10, (double)rng_range(&rng, -6, 6));
        double min = size * (double)rng_range(&rng, -1, 1);
        double max = min + size * (double)rng_float(&rng);
        int most = 2 + (int)rng_below(&rng, 12);
        struct ui_ticks t = ui_ticks(min, max, most);
        double last = t.first + t.step * (t.count - 1);
        double lead = t.step / pow(10, floor(log10(t.step) + 1e-9));
        bool nice = fabs(lead - 1) < 1e-6 || fabs(lead - 2) < 1e-6 || fabs(lead - 5) < 1e-6;
        bool ok = nice && t.first <= min + 1e-6 * t.step && last >= max - 1e-6 * t.step &&
                  t.count >= 2 && t.count <= (most < 3 ? 3 : most);
        ck_assert_msg(ok, "%g to %g, %d: %g + %d * %g", min, max, most, t.first, t.count, t.step);
    }
    struct ui_ticks t = ui_ticks(92, 100, 6);
    ck_assert_double_eq(t.first, 92);
    ck_assert_double_eq(t.step, 2);
    ck_assert_int_eq(t.count, 5);
    t = ui_ticks(3, 3, 5);
    ck_assert(t.count >= 2);
}
END_TEST

START_TEST(thinning_keeps_the_spike)
{
    enum { COUNT = 100000, COLUMNS = 300 };
    struct ui_point *points = calloc(COUNT, sizeof *points);
    struct ui_point out[4 * COLUMNS + 2];
    for (int i = 0; i < COUNT; i++)
        points[i] = (struct ui_point){(float)i, sinf((float)i / 5000)};
    points[44444].y = 17;
    points[55555].y = -9;
    size_t count = ui_thin(points, COUNT, 0, COUNT, COLUMNS, out);
    ck_assert(count <= 4 * COLUMNS + 2);
    bool high = false, low = false, rising = true;
    for (size_t i = 0; i < count; i++) {
        high |= out[i].x == 44444 && out[i].y == 17;
        low |= out[i].x == 55555 && out[i].y == -9;
        rising &= i == 0 || out[i].x > out[i - 1].x;
    }
    ck_assert(high && low && rising);
    ck_assert(out[0].x == 0 && out[count - 1].x == COUNT - 1);
    count = ui_thin(points, COUNT, 10, 19, COLUMNS, out);
    ck_assert_uint_eq(count, 12);
    free(points);
}
END_TEST

START_TEST(a_plot_leaves_a_gap_where_there_is_no_value)
{
    struct ui_plot plot = small_plot();
    struct ui_shapes picture = {0};
    ui_plot_draw(&picture, &metrics, ui_theme_dark(), (struct ui_rect){0, 0, 500, 300}, &plot,
                 NULL);
    unsigned points = 0;
    for (size_t i = 0; i < picture.count; i++)
        if (picture.items[i].kind == UI_SHAPE_LINE && picture.items[i].fill == 0xe69f00ff)
            points += picture.items[i].count;
    ck_assert_uint_eq(points, 4);
    ui_shapes_free(&picture);
}
END_TEST

START_TEST(a_plot_stays_in_its_rectangle)
{
    struct ui_plot plot = small_plot();
    struct ui_shapes picture = {0};
    struct ui_rect rect = {50, 60, 500, 300};
    float at = 3;
    plot.y_min = 0.4f, plot.y_max = 0.92f; /* cuts the curve on all four sides */
    plot.x_min = 0.9f, plot.x_max = 3.9f;
    ui_plot_draw(&picture, &metrics, ui_theme_light(), rect, &plot, &at);
    int lines = 0;
    for (size_t i = 0; i < picture.count; i++) {
        struct ui_rect b = look_bounds(&picture, &picture.items[i]);
        lines += picture.items[i].kind == UI_SHAPE_LINE && picture.items[i].fill == 0xe69f00ff;
        if (picture.items[i].kind != UI_SHAPE_TEXT)
            ck_assert_msg(b.x >= 48 && b.y >= 58 && b.x + b.w <= 552 && b.y + b.h <= 362,
                          "shape %zu", i);
    }
    ck_assert_int_eq(lines, 2);
    ui_shapes_free(&picture);
}
END_TEST

/* Counts the numbers along the x axis, in the lowest line of text; none touches another. */
static int count_x_labels(const struct ui_shapes *picture)
{
    float lowest = 0, end = -1;
    int count = 0;
    for (size_t i = 0; i < picture->count; i++)
        if (picture->items[i].kind == UI_SHAPE_TEXT)
            lowest = fmaxf(lowest, picture->items[i].rect.y);
    for (size_t i = 0; i < picture->count; i++) {
        const struct ui_shape *text = &picture->items[i];
        if (text->kind != UI_SHAPE_TEXT || text->rect.y < lowest)
            continue;
        ck_assert(text->rect.x > end);
        end = text->rect.x + text->rect.w;
        count++;
    }
    return count;
}

START_TEST(the_x_axis_of_a_narrow_plot_has_more_than_one_number)
{
    const float ranges[] = {1, 2, 3, 5, 8, 10, 12, 20, 30, 40, 60, 100};
    struct ui_plot plot = small_plot();
    plot.x_name = NULL;
    for (int i = 0; i < 12; i++)
        for (float width = 210; width < 700; width += 35) {
            struct ui_shapes picture = {0};
            plot.x_max = ranges[i];
            ui_plot_draw(&picture, &metrics, ui_theme_dark(), (struct ui_rect){0, 0, width, 300},
                         &plot, NULL);
            int count = count_x_labels(&picture);
            ck_assert_msg(count >= 2, "%d to %g at %g points", count, (double)ranges[i],
                          (double)width);
            ui_shapes_free(&picture);
        }
}
END_TEST

START_TEST(a_plot_shows_the_values_at_the_pointer)
{
    struct ui_plot plot = small_plot();
    move_to(250, 150);
    begin();
    ui_plot(ui, "accuracy", (struct ui_rect){0, 0, 600, 300}, &plot);
    end();
    ck_assert(text_is_shown("epoch 4"));
    ck_assert(text_is_shown("95.00 %"));
    ck_assert(!text_is_shown("50.00 %")); /* the previous run ended before */
    key(UI_KEY_TAB, 0);
    move_to(620, 400);
    for (int frame = 0; frame < 3; frame++) {
        begin();
        ui_plot(ui, "accuracy", (struct ui_rect){0, 0, 600, 300}, &plot);
        end();
        if (frame < 2)
            key(UI_KEY_LEFT, 0);
    }
    ck_assert(text_is_shown("epoch 3"));
    ck_assert(text_is_shown("90.00 %"));
}
END_TEST

START_TEST(marks_are_named_on_the_plot_and_in_the_box_of_values)
{
    struct ui_plot plot = small_plot();
    const struct ui_mark marks[] = {{2, "rate 0.5"}, {4, "kept"}};
    plot.marks = marks;
    plot.mark_count = 2;
    move_to(250, 150);
    begin();
    ui_plot(ui, "accuracy", (struct ui_rect){0, 0, 600, 300}, &plot);
    end();
    ck_assert(text_is_shown("rate 0.5") && text_is_shown("kept"));
    ck_assert(text_is_shown("epoch 4 \u00b7 kept"));
}
END_TEST

START_TEST(marks_side_by_side_do_not_write_over_one_another)
{
    struct ui_plot plot = small_plot();
    const struct ui_mark marks[] = {{2, "paused"}, {2.05f, "rate 0.5"}};
    plot.marks = marks;
    plot.mark_count = 2;
    begin();
    ui_plot(ui, "accuracy", (struct ui_rect){0, 0, 600, 300}, &plot);
    end();
    ck_assert(text_is_shown("paused") && !text_is_shown("rate 0.5"));
}
END_TEST

/* How long the lines of that colour are, all in all. */
static float sum_lines(const struct ui_shapes *picture, ui_color color, int *count)
{
    float sum = 0;
    *count = 0;
    for (size_t i = 0; i < picture->count; i++) {
        const struct ui_shape *shape = &picture->items[i];
        if (shape->kind != UI_SHAPE_LINE || shape->fill != color)
            continue;
        const float *xy = picture->points + shape->at;
        ++*count;
        for (uint32_t k = 0; k + 1 < shape->count; k++)
            sum += hypotf(xy[2 * k + 2] - xy[2 * k], xy[2 * k + 3] - xy[2 * k + 1]);
    }
    return sum;
}

START_TEST(a_dashed_curve_is_half_ink)
{
    const struct ui_point points[] = {{0, 0.2f}, {3, 0.9f}, {6, 0.4f}};
    float len[2];
    int count[2];
    for (int dashed = 0; dashed < 2; dashed++) {
        const struct ui_series series = {.name = "run",
                                         .color = 0x123456ff,
                                         .points = points,
                                         .count = 3,
                                         .dash = dashed ? 5 : 0};
        struct ui_plot plot = small_plot();
        struct ui_shapes picture = {0};
        plot.series = &series;
        plot.series_count = 1;
        ui_plot_draw(&picture, &metrics, ui_theme_dark(), (struct ui_rect){0, 0, 500, 300}, &plot,
                     NULL);
        len[dashed] = sum_lines(&picture, series.color, &count[dashed]);
        ui_shapes_free(&picture);
    }
    ck_assert_int_eq(count[0], 1);
    ck_assert_int_gt(count[1], 20);
    ck_assert_float_eq_tol(len[1], len[0] / 2, 6);
}
END_TEST

START_TEST(gaps_longer_than_dashes_leave_less_ink)
{
    const struct ui_point points[] = {{0, 0.2f}, {3, 0.9f}, {6, 0.4f}};
    float len[2];
    for (int gaps = 0; gaps < 2; gaps++) {
        const struct ui_series series = {.name = "run",
                                         .color = 0x123456ff,
                                         .points = points,
                                         .count = 3,
                                         .dash = gaps ? 2 : 0,
                                         .gap = 6};
        struct ui_plot plot = small_plot();
        struct ui_shapes picture = {0};
        int count;
        plot.series = &series;
        plot.series_count = 1;
        ui_plot_draw(&picture, &metrics, ui_theme_dark(), (struct ui_rect){0, 0, 500, 300}, &plot,
                     NULL);
        len[gaps] = sum_lines(&picture, series.color, &count);
        ui_shapes_free(&picture);
    }
    ck_assert_float_eq_tol(len[1], len[0] / 4, 8);
}
END_TEST

START_TEST(an_empty_plot_says_so)
{
    struct ui_plot plot = small_plot();
    plot.series_count = 0;
    begin();
    ui_plot(ui, "accuracy", (struct ui_rect){0, 0, 600, 300}, &plot);
    end();
    ck_assert(text_is_shown("Nothing has been trained yet."));
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("plot");
    TCase *tests = tcase_create("plot");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, ticks_stand_at_round_numbers_and_enclose_the_range);
    tcase_add_test(tests, thinning_keeps_the_spike);
    tcase_add_test(tests, a_plot_leaves_a_gap_where_there_is_no_value);
    tcase_add_test(tests, a_plot_stays_in_its_rectangle);
    tcase_add_test(tests, the_x_axis_of_a_narrow_plot_has_more_than_one_number);
    tcase_add_test(tests, a_plot_shows_the_values_at_the_pointer);
    tcase_add_test(tests, marks_are_named_on_the_plot_and_in_the_box_of_values);
    tcase_add_test(tests, marks_side_by_side_do_not_write_over_one_another);
    tcase_add_test(tests, a_dashed_curve_is_half_ink);
    tcase_add_test(tests, gaps_longer_than_dashes_leave_less_ink);
    tcase_add_test(tests, an_empty_plot_says_so);
    suite_add_tcase(suite, tests);
    return suite;
}
