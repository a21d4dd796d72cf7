/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/rng.h"
#include "ink/drawing.h"
#include "ink/fit.h"
#include "ink/plane.h"
#include "ink/stroke.h"
#include "suite.h"

/* ---- help ---------------------------------------------------------------------------------- */

/* A seven with its bar, from (0, 0) to (60, 100), times scale, moved. */
static struct ink draw_seven(float scale, float x, float y)
{
    struct ink ink = {0};
    ck_assert(ink_begin(&ink, x, y, NULL));
    ck_assert(ink_add(&ink, x + 60 * scale, y, NULL));
    ck_assert(ink_add(&ink, x + 20 * scale, y + 100 * scale, NULL));
    ck_assert(ink_begin(&ink, x + 16 * scale, y + 50 * scale, NULL));
    ck_assert(ink_add(&ink, x + 56 * scale, y + 50 * scale, NULL));
    return ink;
}

static void draw_line(struct drawing *d, float x0, float y0, float x1, float y1)
{
    ck_assert(drawing_begin(d, x0, y0, NULL));
    ck_assert(drawing_move(d, x1, y1, NULL));
    drawing_end(d);
}

static void centre_of_mass(const uint8_t *pixels, double *x, double *y)
{
    double sum = 0, sum_x = 0, sum_y = 0;
    for (int i = 0; i < FIT_LEN; i++) {
        sum += pixels[i];
        sum_x += pixels[i] * (i % FIT_SIZE);
        sum_y += pixels[i] * (i / FIT_SIZE);
    }
    *x = sum_x / sum;
    *y = sum_y / sum;
}

struct extent {
    int rows, cols, brightest;
};

static struct extent measure_extent(const uint8_t *pixels)
{
    int row0 = FIT_SIZE, row1 = -1, col0 = FIT_SIZE, col1 = -1, most = 0;
    for (int i = 0; i < FIT_LEN; i++) {
        int row = i / FIT_SIZE, col = i % FIT_SIZE;
        if (!pixels[i])
            continue;
        row0 = row < row0 ? row : row0;
        row1 = row > row1 ? row : row1;
        col0 = col < col0 ? col : col0;
        col1 = col > col1 ? col : col1;
        most = pixels[i] > most ? pixels[i] : most;
    }
    return (struct extent){row1 - row0 + 1, col1 - col0 + 1, most};
}

static int largest_difference(const uint8_t *a, const uint8_t *b)
{
    int most = 0;
    for (int i = 0; i < FIT_LEN; i++)
        most = abs(a[i] - b[i]) > most ? abs(a[i] - b[i]) : most;
    return most;
}

/* ---- strokes ------------------------------------------------------------------------------- */

START_TEST(strokes_share_one_array_of_points)
{
    struct ink ink = draw_seven(1, 0, 0);
    ck_assert_uint_eq(ink.stroke_count, 2);
    ck_assert_uint_eq(ink.point_count, 5);
    ck_assert_uint_eq(ink.strokes[1].at, 3);
    ck_assert_uint_eq(ink.strokes[1].count, 2);
    struct ink_box box;
    ck_assert(ink_bounds(&ink, &box));
    ck_assert(box.x0 == 0 && box.y0 == 0 && box.x1 == 60 && box.y1 == 100);
    ink_truncate(&ink, 1);
    ck_assert_uint_eq(ink.point_count, 3);
    ink_free(&ink);
    ck_assert(!ink_bounds(&ink, &box));
}
END_TEST

START_TEST(a_repeated_point_is_left_out)
{
    struct ink ink = {0};
    ck_assert(ink_begin(&ink, 1, 2, NULL) && ink_add(&ink, 1, 2, NULL));
    ck_assert_uint_eq(ink.point_count, 1);
    ink_free(&ink);
}
END_TEST

START_TEST(a_point_that_is_no_number_is_refused_and_changes_nothing)
{
    struct ink ink = draw_seven(1, 0, 0);
    struct err err = {""};
    ck_assert(!ink_begin(&ink, NAN, 0, &err) && err.text[0]);
    ck_assert(!ink_add(&ink, 0, INFINITY, NULL));
    ck_assert_uint_eq(ink.point_count, 5);
    ck_assert_uint_eq(ink.stroke_count, 2);
    ink_free(&ink);
}
END_TEST

START_TEST(ink_that_is_full_says_so_and_stays_as_it_was)
{
    struct ink ink = {0};
    struct err err = {""};
    bool ok = ink_begin(&ink, -1, 0, NULL);
    for (int i = 1; i < INK_POINTS_MAX; i++)
        ok = ok && ink_add(&ink, (float)i, 0, NULL);
    ck_assert(ok);
    ck_assert(!ink_add(&ink, 0, 1, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "full"));
    ck_assert(!ink_begin(&ink, 0, 1, NULL));
    ck_assert_uint_eq(ink.point_count, INK_POINTS_MAX);
    ck_assert_uint_eq(ink.stroke_count, 1);
    ink_free(&ink);
}
END_TEST

START_TEST(appended_strokes_keep_their_points)
{
    struct ink ink = {0}, seven = draw_seven(1, 0, 0);
    ck_assert(ink_begin(&ink, 9, 9, NULL));
    ck_assert(ink_append(&ink, &seven, 1, 1, NULL));
    ck_assert_uint_eq(ink.strokes[1].at, 1);
    ck_assert(ink.points[1].x == 16 && ink.points[2].x == 56);
    ink_free(&ink);
    ink_free(&seven);
}
END_TEST

START_TEST(a_tail_that_does_not_fit_leaves_the_ink_as_it_was)
{
    struct ink ink = {0}, tail = {0};
    for (int i = 0; i < 3; i++)
        ck_assert(ink_begin(&ink, (float)i, 0, NULL) && ink_add(&ink, (float)i, 9, NULL));
    for (int i = 0; i < INK_STROKES_MAX; i++)
        ck_assert(ink_begin(&tail, 7, (float)i, NULL));
    ck_assert(!ink_replace_tail(&ink, 1, &tail, NULL));
    ck_assert_uint_eq(ink.stroke_count, 3);
    ck_assert_uint_eq(ink.point_count, 6);
    ck_assert_float_eq(ink.points[5].x, 2);
    ck_assert_float_eq(ink.points[5].y, 9);
    ck_assert(ink_replace_tail(&ink, 0, &tail, NULL)); /* full is not too full */
    ck_assert_uint_eq(ink.stroke_count, INK_STROKES_MAX);
    ck_assert_float_eq(ink.points[1].y, 1);
    ink_free(&ink);
    ink_free(&tail);
}
END_TEST

/* ---- drawing ------------------------------------------------------------------------------- */

START_TEST(undo_and_redo_walk_through_200_strokes)
{
    struct drawing *d = drawing_new(NULL);
    for (int i = 0; i < 200; i++)
        draw_line(d, (float)i, 0, (float)i, 10);
    int undone = 0, redone = 0;
    while (drawing_undo(d))
        undone++;
    ck_assert_int_eq(undone, 200);
    ck_assert_uint_eq(drawing_ink(d)->stroke_count, 0);
    while (drawing_redo(d))
        redone++;
    ck_assert_int_eq(redone, 200);
    ck_assert_uint_eq(drawing_ink(d)->stroke_count, 200);
    ck_assert(drawing_ink(d)->points[399].x == 199 && drawing_ink(d)->points[399].y == 10);
    drawing_free(d);
}
END_TEST

START_TEST(more_strokes_than_undo_holds_forget_the_oldest)
{
    struct drawing *d = drawing_new(NULL);
    for (int i = 0; i < DRAWING_UNDO_MAX + 20; i++)
        draw_line(d, (float)i, 0, (float)i, 10);
    while (drawing_undo(d))
        ;
    ck_assert_uint_eq(drawing_ink(d)->stroke_count, 20);
    ck_assert(!drawing_can_undo(d) && drawing_can_redo(d));
    drawing_free(d);
}
END_TEST

START_TEST(a_new_stroke_forgets_what_could_be_redone)
{
    struct drawing *d = drawing_new(NULL);
    draw_line(d, 0, 0, 1, 1);
    draw_line(d, 2, 2, 3, 3);
    ck_assert(drawing_undo(d) && drawing_can_redo(d));
    draw_line(d, 4, 4, 5, 5);
    ck_assert(!drawing_can_redo(d) && !drawing_redo(d));
    ck_assert_uint_eq(drawing_ink(d)->stroke_count, 2);
    ck_assert(drawing_ink(d)->points[2].x == 4);
    ck_assert(drawing_undo(d) && drawing_undo(d) && !drawing_undo(d));
    ck_assert_uint_eq(drawing_ink(d)->stroke_count, 0);
    drawing_free(d);
}
END_TEST

START_TEST(a_clear_can_be_undone_and_an_empty_one_is_no_step)
{
    struct drawing *d = drawing_new(NULL);
    ck_assert(drawing_clear(d, NULL) && !drawing_can_undo(d));
    draw_line(d, 0, 0, 9, 9);
    ck_assert(drawing_clear(d, NULL));
    ck_assert_uint_eq(drawing_ink(d)->stroke_count, 0);
    ck_assert(drawing_undo(d));
    ck_assert_uint_eq(drawing_ink(d)->point_count, 2);
    ck_assert(drawing_redo(d));
    ck_assert_uint_eq(drawing_ink(d)->point_count, 0);
    drawing_free(d);
}
END_TEST

START_TEST(a_click_leaves_a_dot)
{
    struct drawing *d = drawing_new(NULL);
    ck_assert(drawing_begin(d, 5, 6, NULL));
    drawing_end(d);
    ck_assert_uint_eq(drawing_ink(d)->point_count, 1);
    struct ink_fit fit;
    ink_fit(drawing_ink(d), &fit);
    ck_assert(fit.any);
    ck_assert_int_eq(measure_extent(fit.pixels).brightest, 255);
    drawing_free(d);
}
END_TEST

START_TEST(the_counter_goes_up_with_every_change_and_only_then)
{
    struct drawing *d = drawing_new(NULL);
    uint64_t before = drawing_changes(d);
    ck_assert(drawing_begin(d, 0, 0, NULL) && drawing_changes(d) > before);
    before = drawing_changes(d);
    ck_assert(drawing_move(d, 0, 0, NULL) && drawing_changes(d) == before);
    ck_assert(drawing_move(d, 10, 0, NULL) && drawing_changes(d) > before);
    before = drawing_changes(d);
    drawing_end(d);
    ck_assert(drawing_begin_erasing(d, 50, 50, 3, NULL));
    drawing_end(d);
    ck_assert(drawing_changes(d) == before);
    ck_assert(drawing_undo(d) && drawing_changes(d) > before);
    before = drawing_changes(d);
    ck_assert(!drawing_undo(d) && drawing_changes(d) == before);
    drawing_free(d);
}
END_TEST

START_TEST(the_eraser_splits_a_stroke_at_its_edge)
{
    struct drawing *d = drawing_new(NULL);
    draw_line(d, 0, 0, 100, 0);
    ck_assert(drawing_begin_erasing(d, 50, 30, 10, NULL));
    ck_assert(drawing_move(d, 50, -30, NULL));
    drawing_end(d);
    const struct ink *ink = drawing_ink(d);
    ck_assert_uint_eq(ink->stroke_count, 2);
    ck_assert_uint_eq(ink->point_count, 4);
    ck_assert_float_eq_tol(ink->points[1].x, 40, 0.01f);
    ck_assert_float_eq_tol(ink->points[2].x, 60, 0.01f);
    ck_assert(drawing_undo(d));
    ck_assert_uint_eq(drawing_ink(d)->stroke_count, 1);
    ck_assert(drawing_ink(d)->points[1].x == 100);
    drawing_free(d);
}
END_TEST

START_TEST(one_eraser_gesture_is_one_step_of_undo)
{
    struct drawing *d = drawing_new(NULL);
    for (int i = 0; i < 5; i++)
        draw_line(d, 0, (float)(20 * i), 100, (float)(20 * i));
    ck_assert(drawing_begin_erasing(d, 50, -10, 5, NULL));
    for (int i = 0; i < 12; i++)
        ck_assert(drawing_move(d, 50, (float)(10 * i), NULL));
    drawing_end(d);
    ck_assert_uint_eq(drawing_ink(d)->stroke_count, 10);
    ck_assert(drawing_undo(d));
    ck_assert_uint_eq(drawing_ink(d)->stroke_count, 5);
    ck_assert_uint_eq(drawing_ink(d)->point_count, 10);
    ck_assert(drawing_redo(d));
    ck_assert_uint_eq(drawing_ink(d)->stroke_count, 10);
    drawing_free(d);
}
END_TEST

/* A fast eraser must not jump over ink between two samples, nor a sparse stroke over the eraser. */
START_TEST(a_fast_eraser_leaves_nothing_in_its_path)
{
    struct drawing *d = drawing_new(NULL);
    struct rng rng = rng_new(3, 0);
    for (int i = 0; i < 40; i++)
        draw_line(d, rng_range(&rng, 0, 200), rng_range(&rng, 0, 200), rng_range(&rng, 0, 200),
                  rng_range(&rng, 0, 200));
    ck_assert(drawing_begin_erasing(d, -50, 100, 8, NULL));
    ck_assert(drawing_move(d, 250, 100, NULL));
    drawing_end(d);
    const struct ink *ink = drawing_ink(d);
    int inside = 0;
    for (uint32_t i = 0; i < ink->stroke_count; i++)
        for (uint32_t k = 1; k < ink->strokes[i].count; k++) {
            struct ink_point a = ink->points[ink->strokes[i].at + k - 1];
            struct ink_point b = ink->points[ink->strokes[i].at + k];
            for (int t = 0; t <= 100; t++)
                inside += fabsf(a.y + (b.y - a.y) * (float)t / 100 - 100) < 7.9f;
        }
    ck_assert_int_eq(inside, 0);
    ck_assert_uint_gt(ink->stroke_count, 40);
    drawing_free(d);
}
END_TEST

START_TEST(erasing_a_dot_takes_it_away)
{
    struct drawing *d = drawing_new(NULL);
    ck_assert(drawing_begin(d, 5, 5, NULL));
    ck_assert(drawing_begin_erasing(d, 6, 6, 3, NULL));
    ck_assert_uint_eq(drawing_ink(d)->stroke_count, 0);
    drawing_end(d);
    ck_assert(drawing_undo(d));
    ck_assert_uint_eq(drawing_ink(d)->stroke_count, 1);
    drawing_free(d);
}
END_TEST

/* Whatever is done, undoing all and redoing all leads back to the same ink, point for point. */
START_TEST(random_editing_undoes_and_redoes_to_the_same_ink)
{
    struct rng rng = rng_new(11, 0);
    struct drawing *d = drawing_new(NULL);
    struct ink end = {0};
    for (int i = 0; i < 150; i++) {
        float x = rng_range(&rng, 0, 100), y = rng_range(&rng, 0, 100);
        uint32_t what = rng_below(&rng, 10);
        if (what < 6)
            ck_assert(drawing_begin(d, x, y, NULL));
        else if (what < 9)
            ck_assert(drawing_begin_erasing(d, x, y, 6, NULL));
        else
            ck_assert(drawing_clear(d, NULL));
        for (int k = 0; k < 5; k++)
            ck_assert(drawing_move(d, rng_range(&rng, 0, 100), rng_range(&rng, 0, 100), NULL));
        if (rng_below(&rng, 8) == 0)
            drawing_undo(d);
    }
    drawing_end(d);
    ck_assert(ink_copy(&end, drawing_ink(d), NULL));
    int steps = 0;
    while (drawing_undo(d))
        steps++;
    ck_assert_int_gt(steps, 50);
    ck_assert_uint_eq(drawing_ink(d)->point_count, 0);
    for (; steps > 0; steps--)
        ck_assert(drawing_redo(d));
    const struct ink *ink = drawing_ink(d);
    ck_assert_uint_eq(ink->point_count, end.point_count);
    ck_assert_uint_eq(ink->stroke_count, end.stroke_count);
    ck_assert_mem_eq(ink->points, end.points, end.point_count * sizeof *end.points);
    ck_assert_mem_eq(ink->strokes, end.strokes, end.stroke_count * sizeof *end.strokes);
    ink_free(&end);
    drawing_free(d);
}
END_TEST

/* ---- plane --------------------------------------------------------------------------------- */

START_TEST(a_level_stroke_covers_its_width_in_every_column)
{
    float grey[20 * 20] = {0};
    struct plane plane = {20, 20, grey};
    struct plane_pen a = {-5, 10.3f, 3.25f}, b = {25, 10.3f, 3.25f};
    plane_piece(&plane, a, b, 1);
    for (int col = 0; col < 20; col++) {
        double sum = 0;
        for (int row = 0; row < 20; row++)
            sum += grey[row * 20 + col];
        ck_assert_double_eq_tol(sum, 3.25, 1e-4);
    }
}
END_TEST

START_TEST(strokes_outside_of_the_plane_leave_it_alone)
{
    float grey[12] = {0};
    struct plane plane = {3, 4, grey};
    struct plane_pen far[] = {{-90, -90, 3}, {90, -90, 3}, {90, 90, 3}, {1e9f, 1e9f, 3}};
    for (int i = 0; i < 3; i++)
        plane_piece(&plane, far[i], far[i + 1], 1);
    for (int i = 0; i < 12; i++)
        ck_assert(grey[i] == 0);
}
END_TEST

/* ---- fit of strokes ------------------------------------------------------------------------ */

START_TEST(no_ink_has_no_answer)
{
    struct ink ink = {0};
    struct ink_fit fit;
    ink_fit(&ink, &fit);
    ck_assert(!fit.any);
    ck_assert_int_eq(measure_extent(fit.pixels).brightest, 0);
}
END_TEST

START_TEST(strokes_become_20_pixels_with_their_mass_in_the_middle)
{
    struct ink ink = draw_seven(3, 100, 200);
    struct ink_fit fit;
    double x, y;
    ink_fit(&ink, &fit);
    ck_assert(fit.any);
    ck_assert_int_eq(measure_extent(fit.pixels).rows, 20);
    ck_assert_int_eq(measure_extent(fit.pixels).brightest, 255);
    centre_of_mass(fit.pixels, &x, &y);
    ck_assert(x > 13.4 && x < 14.6 && y > 13.4 && y < 14.6);
    ink_free(&ink);
}
END_TEST

START_TEST(size_and_place_of_a_drawing_do_not_matter)
{
    struct rng rng = rng_new(5, 0);
    struct ink_fit fit, other;
    struct ink ink = draw_seven(1, 0, 0);
    ink_fit(&ink, &fit);
    ink_free(&ink);
    int worst = 0, exact = 0;
    for (int i = 0; i < 200; i++) {
        ink = draw_seven(rng_range(&rng, 0.1f, 30), rng_range(&rng, -500, 500),
                         rng_range(&rng, -500, 500));
        ink_fit(&ink, &other);
        ink_free(&ink);
        int off = largest_difference(fit.pixels, other.pixels);
        worst = off > worst ? off : worst;
        exact += off == 0;
    }
    ck_assert_int_le(worst, 1); /* what rounding of the coordinates themselves does */
    ck_assert_int_gt(exact, 150);
    float doubled[] = {2, 0.5f, 64};
    for (int i = 0; i < 3; i++) { /* and where they are not rounded, to the bit */
        ink = draw_seven(doubled[i], 128, -32);
        ink_fit(&ink, &other);
        ink_free(&ink);
        ck_assert_mem_eq(fit.pixels, other.pixels, FIT_LEN);
    }
}
END_TEST

START_TEST(the_fit_tells_where_a_point_of_the_ink_went)
{
    struct ink ink = draw_seven(3, 100, 200);
    struct ink_fit fit;
    ink_fit(&ink, &fit);
    for (uint32_t i = 0; i < ink.point_count; i++) {
        int col = (int)floorf(fit.scale * ink.points[i].x + fit.x0);
        int row = (int)floorf(fit.scale * ink.points[i].y + fit.y0);
        ck_assert_int_gt(fit.pixels[row * FIT_SIZE + col], 100);
    }
    double x, y;
    centre_of_mass(fit.pixels, &x, &y);
    ck_assert_double_eq_tol(fit.scale * fit.mass_x + fit.x0, x + 0.5, 0.01);
    ck_assert_double_eq_tol(fit.scale * fit.mass_y + fit.y0, y + 0.5, 0.01);
    ink_free(&ink);
}
END_TEST

START_TEST(extreme_coordinates_do_no_harm)
{
    const float places[] = {0, 1e-40f, 1e-30f, 1, 1e30f, 3e38f, -3e38f};
    enum { PLACES = sizeof places / sizeof *places };
    struct ink_fit fit;
    for (int i = 0; i < PLACES * PLACES * PLACES; i++) {
        struct ink ink = {0};
        ck_assert(ink_begin(&ink, places[i % PLACES], places[i / PLACES % PLACES], NULL));
        ck_assert(ink_add(&ink, places[i / PLACES / PLACES], 1, NULL));
        ink_fit(&ink, &fit);
        ck_assert(fit.any);
        ck_assert_int_eq(measure_extent(fit.pixels).brightest, 255);
        ink_free(&ink);
    }
}
END_TEST

START_TEST(light_pressure_draws_thinner_and_still_fills_the_box)
{
    struct ink ink = draw_seven(1, 0, 0);
    float pressure[5] = {1, 0.5f, 0.3f, 0.4f, 0.4f};
    struct ink_fit full, light;
    ink_fit_with(&ink, (struct fit_pen){4, 1, NULL}, &full);
    ink_fit_with(&ink, (struct fit_pen){4, 1, pressure}, &light);
    long full_sum = 0, light_sum = 0;
    for (int i = 0; i < FIT_LEN; i++) {
        full_sum += full.pixels[i];
        light_sum += light.pixels[i];
    }
    ck_assert_int_lt(light_sum * 10, full_sum * 8);
    ck_assert_int_eq(measure_extent(light.pixels).rows, 20);
    ink_free(&ink);
}
END_TEST

/* ---- fit of pictures ----------------------------------------------------------------------- */

/* Ink as a picture of its own: lines `wide` pixels wide, dark ink of 30 on paper of 220, turned
 * round for light ink. */
static void paint_picture(const struct ink *ink, int rows, int cols, float wide, bool light,
                          uint8_t *out)
{
    float *grey = calloc((size_t)rows * (size_t)cols, sizeof *grey);
    struct plane plane = {rows, cols, grey};
    for (uint32_t i = 0; i < ink->stroke_count; i++)
        for (uint32_t k = 1; k < ink->strokes[i].count; k++) {
            const struct ink_point *p = &ink->points[ink->strokes[i].at + k];
            plane_piece(&plane, (struct plane_pen){p[-1].x, p[-1].y, wide},
                        (struct plane_pen){p->x, p->y, wide}, 1);
        }
    for (int i = 0; i < rows * cols; i++) {
        float shade = 220 - 190 * grey[i];
        out[i] = (uint8_t)(light ? 255 - shade : shade);
    }
    free(grey);
}

START_TEST(a_fitted_digit_comes_through_the_picture_rule_unchanged)
{
    struct ink ink = draw_seven(1, 0, 0);
    struct ink_fit fit, again;
    uint8_t negative[FIT_LEN];
    ink_fit(&ink, &fit);
    ck_assert(ink_fit_picture(fit.pixels, FIT_SIZE, FIT_SIZE, FIT_SIZE, &again, NULL));
    ck_assert(!again.dark_on_light);
    ck_assert_mem_eq(fit.pixels, again.pixels, FIT_LEN);
    for (int i = 0; i < FIT_LEN; i++)
        negative[i] = (uint8_t)(255 - fit.pixels[i]);
    ck_assert(ink_fit_picture(negative, FIT_SIZE, FIT_SIZE, FIT_SIZE, &again, NULL));
    ck_assert(again.dark_on_light);
    ck_assert_mem_eq(fit.pixels, again.pixels, FIT_LEN);
    ink_free(&ink);
}
END_TEST

START_TEST(dark_and_light_ink_give_the_same_picture)
{
    enum { ROWS = 300, COLS = 200 };
    static uint8_t dark[ROWS * COLS], light[ROWS * COLS];
    struct ink ink = draw_seven(1.6f, 50, 60);
    struct ink_fit a, b;
    paint_picture(&ink, ROWS, COLS, 20, false, dark);
    paint_picture(&ink, ROWS, COLS, 20, true, light);
    ck_assert(ink_fit_picture(dark, ROWS, COLS, COLS, &a, NULL));
    ck_assert(ink_fit_picture(light, ROWS, COLS, COLS, &b, NULL));
    ck_assert(a.any && b.any);
    ck_assert(a.dark_on_light != b.dark_on_light);
    ck_assert_int_le(largest_difference(a.pixels, b.pixels), 1);
    ck_assert_int_eq(measure_extent(a.pixels).rows, 20);
    ck_assert_float_eq_tol(a.box.y0, 50, 2);
    ck_assert_float_eq_tol(a.box.y1, 230, 2);
    ink_free(&ink);
}
END_TEST

/* A photograph: light falls from one side, the sensor is noisy, there is dust. */
START_TEST(shaded_noisy_dusty_paper_gives_nearly_the_same_picture)
{
    enum { ROWS = 900, COLS = 700 };
    static uint8_t clean[ROWS * COLS], photo[ROWS * COLS];
    struct rng rng = rng_new(1, 0);
    struct ink ink = draw_seven(5, 180, 200);
    struct ink_fit a, b;
    paint_picture(&ink, ROWS, COLS, 60, false, clean);
    for (int i = 0; i < ROWS * COLS; i++) {
        float light = 0.7f + 0.3f * (float)(i % COLS) / COLS;
        float shade = clean[i] * light + 5 * rng_normal(&rng);
        photo[i] = (uint8_t)(shade < 0 ? 0 : shade > 255 ? 255 : shade);
    }
    for (int i = 0; i < 12; i++) {
        int at = (int)rng_below(&rng, ROWS - 8) * COLS + (int)rng_below(&rng, 90);
        for (int k = 0; k < 25; k++)
            photo[at + k / 5 * COLS + k % 5] = 40;
    }
    ck_assert(ink_fit_picture(clean, ROWS, COLS, COLS, &a, NULL));
    ck_assert(ink_fit_picture(photo, ROWS, COLS, COLS, &b, NULL));
    ck_assert(a.any && b.any);
    ck_assert_float_eq_tol(a.box.y0, 170, 4);
    ck_assert_float_eq_tol(a.box.y1, 730, 4);
    ck_assert_float_eq_tol(b.box.x0, 150, 8);
    ck_assert_float_eq_tol(b.scale, a.scale, 0.02f * a.scale);
    long off = 0;
    for (int i = 0; i < FIT_LEN; i++)
        off += abs(a.pixels[i] - b.pixels[i]);
    ck_assert_int_lt(off, 3 * FIT_LEN);
    ink_free(&ink);
}
END_TEST

START_TEST(blank_paper_has_no_answer_even_when_noisy)
{
    enum { ROWS = 200, COLS = 240 };
    static uint8_t paper[ROWS * COLS];
    struct rng rng = rng_new(2, 0);
    struct ink_fit fit;
    memset(paper, 255, sizeof paper);
    ck_assert(ink_fit_picture(paper, ROWS, COLS, COLS, &fit, NULL) && !fit.any);
    memset(paper, 0, sizeof paper);
    ck_assert(ink_fit_picture(paper, ROWS, COLS, COLS, &fit, NULL) && !fit.any);
    for (int i = 0; i < ROWS * COLS; i++)
        paper[i] = (uint8_t)(200 + 3 * rng_normal(&rng));
    ck_assert(ink_fit_picture(paper, ROWS, COLS, COLS, &fit, NULL) && !fit.any);
}
END_TEST

START_TEST(pictures_of_every_small_size_do_no_harm)
{
    struct rng rng = rng_new(4, 0);
    uint8_t grey[34 * 34];
    struct ink_fit fit;
    for (int i = 0; i < 33 * 33; i++) {
        int rows = 1 + i / 33, cols = 1 + i % 33;
        for (int k = 0; k < rows * cols; k++)
            grey[k] = rng_below(&rng, 4) ? 0 : (uint8_t)rng_next(&rng);
        ck_assert(ink_fit_picture(grey, rows, cols, cols, &fit, NULL));
        ck_assert(!fit.any || measure_extent(fit.pixels).brightest == 255);
    }
}
END_TEST

START_TEST(a_picture_of_an_impossible_size_is_refused_with_a_sentence)
{
    uint8_t grey[1] = {0};
    struct ink_fit fit;
    struct err err = {""};
    ck_assert(!ink_fit_picture(grey, 0, 5, 5, &fit, &err) && err.text[0]);
    ck_assert(!ink_fit_picture(grey, 5, FIT_PICTURE_MAX + 1, 5, &fit, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "16384"));
}
END_TEST

/* ---- the steps of the fit -------------------------------------------------------------------- */

static const struct ink_box paper = {0, 0, 280, 280};

START_TEST(all_steps_together_are_the_rule)
{
    struct ink ink = draw_seven(0.9f, 40, 150);
    struct ink_fit whole, steps;
    ink_fit(&ink, &whole);
    ink_fit_steps(&ink, paper, FIT_ALL, &steps);
    ck_assert_mem_eq(&whole, &steps, sizeof whole);
    ink_free(&ink);
}
END_TEST

START_TEST(without_the_box_the_place_on_the_paper_stays)
{
    struct ink ink = draw_seven(0.5f, 200, 200); /* at the bottom right */
    struct ink_fit fit;
    double x, y;
    ink_fit_steps(&ink, paper, FIT_ALL & ~(FIT_TIGHT | FIT_MASS), &fit);
    ck_assert(fit.any);
    centre_of_mass(fit.pixels, &x, &y);
    ck_assert(x > 18 && y > 18);
    struct extent extent = measure_extent(fit.pixels);
    ck_assert_int_lt(extent.rows, 10);
    ink_free(&ink);
}
END_TEST

START_TEST(without_the_square_a_one_becomes_as_wide_as_high)
{
    struct ink ink = {0};
    struct ink_fit fit;
    ck_assert(ink_begin(&ink, 100, 20, NULL) && ink_add(&ink, 110, 220, NULL));
    ink_fit(&ink, &fit);
    ck_assert_int_lt(measure_extent(fit.pixels).cols, 8);
    ink_fit_steps(&ink, paper, FIT_ALL & ~FIT_SQUARE, &fit);
    ck_assert_int_ge(measure_extent(fit.pixels).cols, 19);
    ck_assert_int_ge(measure_extent(fit.pixels).rows, 19);
    ck_assert(fit.scale > 5 * fit.scale_y);
    ink_free(&ink);
}
END_TEST

START_TEST(without_twenty_the_ink_fills_the_picture)
{
    struct ink ink = draw_seven(1, 20, 20);
    struct ink_fit fit;
    ink_fit_steps(&ink, paper, FIT_ALL & ~(FIT_TWENTY | FIT_MASS), &fit);
    ck_assert_int_eq(measure_extent(fit.pixels).rows, FIT_SIZE);
    ink_free(&ink);
}
END_TEST

START_TEST(without_the_mass_the_box_is_in_the_middle)
{
    struct ink ink = draw_seven(1, 20, 20);
    struct ink_fit with, without;
    double x, y;
    ink_fit(&ink, &with);
    ink_fit_steps(&ink, paper, FIT_ALL & ~FIT_MASS, &without);
    ck_assert(memcmp(with.pixels, without.pixels, FIT_LEN) != 0);
    centre_of_mass(without.pixels, &x, &y);
    ck_assert(fabs(y - 14) > 1); /* a seven has its mass at the top */
    for (int i = 0; i < 4 * FIT_SIZE; i++)
        ck_assert_int_eq(without.pixels[i], 0);
    ink_free(&ink);
}
END_TEST

START_TEST(a_picture_goes_through_the_same_steps)
{
    uint8_t grey[60 * 40];
    struct ink_fit whole, steps;
    for (int i = 0; i < 60 * 40; i++)
        grey[i] = i % 40 >= 25 && i % 40 < 31 && i / 40 >= 10 && i / 40 < 50 ? 0 : 255;
    ck_assert(ink_fit_picture(grey, 60, 40, 40, &whole, NULL));
    ck_assert(ink_fit_picture_steps(grey, 60, 40, 40, FIT_ALL, &steps, NULL));
    ck_assert_mem_eq(whole.pixels, steps.pixels, FIT_LEN);
    ck_assert(ink_fit_picture_steps(grey, 60, 40, 40, FIT_ALL & ~FIT_SQUARE, &steps, NULL));
    ck_assert_int_eq(measure_extent(steps.pixels).cols, FIT_BOX);
    ck_assert(ink_fit_picture_steps(grey, 60, 40, 40, 0, &steps, NULL));
    ck_assert_int_lt(measure_extent(steps.pixels).rows, 22); /* 40 of 60 rows, in 28 */
}
END_TEST

START_TEST(every_mixture_of_steps_does_no_harm_to_any_ink)
{
    struct ink inks[3] = {draw_seven(1, 20, 20)};
    struct ink_fit fit;
    ck_assert(ink_begin(&inks[1], 280, 280, NULL)); /* a dot at the paper's corner */
    ck_assert(ink_begin(&inks[2], 0, 5, NULL) && ink_add(&inks[2], 280, 5, NULL));
    for (unsigned steps = 0; steps <= FIT_ALL; steps++)
        for (int i = 0; i < 3; i++) {
            ink_fit_steps(&inks[i], paper, steps, &fit);
            ck_assert(fit.any && measure_extent(fit.pixels).brightest == 255);
        }
    ink_fit_steps(&inks[1], (struct ink_box){0, 0, 10, 10}, 0, &fit); /* far outside the paper */
    ck_assert(!fit.any);
    for (int i = 0; i < 3; i++)
        ink_free(&inks[i]);
}
END_TEST

START_TEST(the_step_goes_up_with_strokes_and_down_with_undo)
{
    struct drawing *d = drawing_new(NULL);
    for (uint64_t i = 0; i < 2 * DRAWING_UNDO_MAX; i++) {
        ck_assert_uint_eq(drawing_step(d), i);
        draw_line(d, (float)i, 0, (float)i, 9);
    }
    ck_assert(drawing_undo(d));
    ck_assert_uint_eq(drawing_step(d), 2 * DRAWING_UNDO_MAX - 1);
    ck_assert(drawing_redo(d));
    ck_assert_uint_eq(drawing_step(d), 2 * DRAWING_UNDO_MAX);
    drawing_free(d);
}
END_TEST

Suite *make_suite(void)
{
    TCase *strokes = tcase_create("strokes"), *drawing = tcase_create("drawing");
    TCase *plane = tcase_create("plane"), *fit = tcase_create("fit");
    TCase *pictures = tcase_create("pictures");
    tcase_add_test(strokes, strokes_share_one_array_of_points);
    tcase_add_test(strokes, a_repeated_point_is_left_out);
    tcase_add_test(strokes, a_point_that_is_no_number_is_refused_and_changes_nothing);
    tcase_add_test(strokes, ink_that_is_full_says_so_and_stays_as_it_was);
    tcase_add_test(strokes, appended_strokes_keep_their_points);
    tcase_add_test(strokes, a_tail_that_does_not_fit_leaves_the_ink_as_it_was);
    tcase_add_test(drawing, undo_and_redo_walk_through_200_strokes);
    tcase_add_test(drawing, more_strokes_than_undo_holds_forget_the_oldest);
    tcase_add_test(drawing, a_new_stroke_forgets_what_could_be_redone);
    tcase_add_test(drawing, a_clear_can_be_undone_and_an_empty_one_is_no_step);
    tcase_add_test(drawing, a_click_leaves_a_dot);
    tcase_add_test(drawing, the_counter_goes_up_with_every_change_and_only_then);
    tcase_add_test(drawing, the_eraser_splits_a_stroke_at_its_edge);
    tcase_add_test(drawing, one_eraser_gesture_is_one_step_of_undo);
    tcase_add_test(drawing, a_fast_eraser_leaves_nothing_in_its_path);
    tcase_add_test(drawing, erasing_a_dot_takes_it_away);
    tcase_add_test(drawing, random_editing_undoes_and_redoes_to_the_same_ink);
    tcase_add_test(drawing, the_step_goes_up_with_strokes_and_down_with_undo);
    tcase_add_test(plane, a_level_stroke_covers_its_width_in_every_column);
    tcase_add_test(plane, strokes_outside_of_the_plane_leave_it_alone);
    tcase_add_test(fit, no_ink_has_no_answer);
    tcase_add_test(fit, strokes_become_20_pixels_with_their_mass_in_the_middle);
    tcase_add_test(fit, size_and_place_of_a_drawing_do_not_matter);
    tcase_add_test(fit, the_fit_tells_where_a_point_of_the_ink_went);
    tcase_add_test(fit, extreme_coordinates_do_no_harm);
    tcase_add_test(fit, light_pressure_draws_thinner_and_still_fills_the_box);
    tcase_add_test(fit, all_steps_together_are_the_rule);
    tcase_add_test(fit, without_the_box_the_place_on_the_paper_stays);
    tcase_add_test(fit, without_the_square_a_one_becomes_as_wide_as_high);
    tcase_add_test(fit, without_twenty_the_ink_fills_the_picture);
    tcase_add_test(fit, without_the_mass_the_box_is_in_the_middle);
    tcase_add_test(fit, every_mixture_of_steps_does_no_harm_to_any_ink);
    tcase_add_test(pictures, a_picture_goes_through_the_same_steps);
    tcase_add_test(pictures, a_fitted_digit_comes_through_the_picture_rule_unchanged);
    tcase_add_test(pictures, dark_and_light_ink_give_the_same_picture);
    tcase_add_test(pictures, shaded_noisy_dusty_paper_gives_nearly_the_same_picture);
    tcase_add_test(pictures, blank_paper_has_no_answer_even_when_noisy);
    tcase_add_test(pictures, pictures_of_every_small_size_do_no_harm);
    tcase_add_test(pictures, a_picture_of_an_impossible_size_is_refused_with_a_sentence);
    Suite *suite = suite_create("ink");
    suite_add_tcase(suite, strokes);
    suite_add_tcase(suite, drawing);
    suite_add_tcase(suite, plane);
    suite_add_tcase(suite, fit);
    suite_add_tcase(suite, pictures);
    return suite;
}
