/* SPDX-License-Identifier: MIT */
/* From strokes and from pictures to 28x28, step by step. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/rng.h"
#include "ink/fit.h"
#include "ink/plane.h"
#include "ink/stroke.h"
#include "seven.h"
#include "suite.h"

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

static int largest_difference(const uint8_t *a, const uint8_t *b)
{
    int most = 0;
    for (int i = 0; i < FIT_LEN; i++)
        most = abs(a[i] - b[i]) > most ? abs(a[i] - b[i]) : most;
    return most;
}

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

Suite *make_suite(void)
{
    Suite *suite = suite_create("fit");
    TCase *plane = tcase_create("plane");
    TCase *fit = tcase_create("fit");
    TCase *pictures = tcase_create("pictures");
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
    suite_add_tcase(suite, plane);
    suite_add_tcase(suite, fit);
    suite_add_tcase(suite, pictures);
    return suite;
}
