/* SPDX-License-Identifier: MIT */
/* Strokes, and a drawing of them with undo, redo and the eraser. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/err.h"
#include "base/rng.h"
#include "ink/drawing.h"
#include "ink/fit.h"
#include "ink/stroke.h"
#include "seven.h"
#include "suite.h"

static void draw_line(struct drawing *d, float x0, float y0, float x1, float y1)
{
    ck_assert(drawing_begin(d, x0, y0, NULL));
    ck_assert(drawing_move(d, x1, y1, NULL));
    drawing_end(d);
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
    Suite *suite = suite_create("drawing");
    TCase *strokes = tcase_create("strokes");
    TCase *drawing = tcase_create("drawing");
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
    suite_add_tcase(suite, strokes);
    suite_add_tcase(suite, drawing);
    return suite;
}
