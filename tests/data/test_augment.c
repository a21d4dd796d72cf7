/* SPDX-License-Identifier: MIT */
/* Augmentation: its words, and what each does to a picture and to ink. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/err.h"
#include "base/rng.h"
#include "data/augment.h"
#include "data/synthetic.h"
#include "data/unipen.h"
#include "ink/fit.h"
#include "stroke_files.h"
#include "suite.h"

enum { LEN = 28 * 28 };

static struct augment_spec parse(const char *words)
{
    struct augment_spec spec;
    struct err err = {""};
    ck_assert_msg(augment_parse(words, &spec, &err), "%s", err.text);
    return spec;
}

START_TEST(augmentation_words_have_one_canonical_form)
{
    static const char all[] =
        "shift 2 rotate 10 scale 0.1 shear 0.1 aspect 0.05 elastic 1 thick 0.5 contrast 1 "
        "coarse 0.25 plain 0.5";
    char words[AUGMENT_WORDS_MAX];
    struct augment_spec spec = parse(" thick .5, elastic 1  rotate 10 shear 0.10 scale 1e-1 aspect "
                                     "0.05 shift 2 coarse .25 contrast 1 plain .5");
    ck_assert_str_eq(augment_words(&spec, words), all);
    ck_assert(spec.shift == 2 && spec.thick == 0.5f);
    spec = parse("none");
    ck_assert_str_eq(augment_words(&spec, words), "none");
    ck_assert(augment_is_none(&spec));
    spec = parse(NULL);
    ck_assert(augment_is_none(&spec));
    spec = parse("rotate 0");
    ck_assert(augment_is_none(&spec));
}
END_TEST

START_TEST(augmentation_words_keep_every_bit)
{
    char words[AUGMENT_WORDS_MAX];
    struct augment_spec spec = parse("rotate 12.34567 scale 0.3333333 elastic 1.17549435e-38");
    struct augment_spec again = parse(augment_words(&spec, words));
    ck_assert_mem_eq(&spec, &again, sizeof spec);
}
END_TEST

START_TEST(wrong_augmentation_words_are_quoted)
{
    static const char *const wrong[][2] = {
        {"shift 2 twist 3", "\"twist\""},
        {"shift", "after \"shift\""},
        {"shift two", "\"two\""},
        {"shift -1", "\"-1\""},
        {"scale 5", "\"5\""},
        {"shift 1 shift 2", "twice"},
        {"none shift", "\"shift\""},
        {"rotate nan", "\"nan\""},
        {"shift 1 none", "\"none\""},
        {"shift 1x", "\"1x\""},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct augment_spec spec = {.shift = 9};
        struct err err = {""};
        ck_assert(!augment_parse(wrong[i][0], &spec, &err));
        ck_assert_msg(strstr(err.text, wrong[i][1]), "%s", err.text);
        ck_assert(spec.shift == 9);
    }
}
END_TEST

START_TEST(each_amount_has_its_limit)
{
    static const struct {
        const char *most, *more;
    } limits[] = {
        {"shift 10", "shift 10.01"}, {"rotate 180", "rotate 180.1"},  {"scale 1", "scale 1.01"},
        {"shear 1", "shear 1.01"},   {"aspect 1", "aspect 1.01"},     {"elastic 5", "elastic 5.01"},
        {"thick 1", "thick 1.01"},   {"contrast 4", "contrast 4.01"}, {"coarse 1", "coarse 1.01"},
        {"plain 1", "plain 1.01"},
    };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct augment_spec spec;
        struct err err = {""};
        ck_assert_msg(augment_parse(limits[i].most, &spec, &err), "%s", err.text);
        ck_assert_msg(!augment_parse(limits[i].more, &spec, &err), "%s", limits[i].more);
    }
}
END_TEST

static const char everything[] = "shift 2 rotate 15 scale .2 shear .2 aspect .2 elastic 1 thick .5 "
                                 "contrast .5 coarse .5";

static double sum_of(const float *x)
{
    double sum = 0;
    for (int i = 0; i < LEN; i++)
        sum += x[i];
    return sum;
}

START_TEST(no_augmentation_leaves_the_picture)
{
    uint8_t pixels[LEN];
    float out[LEN];
    struct rng rng = rng_new(1, 1);
    struct augment_spec spec = {0};
    synthetic_draw(1, 3, pixels);
    augment_image(&spec, &rng, pixels, out);
    for (int i = 0; i < LEN; i++)
        ck_assert(out[i] == (float)pixels[i] * (1 / 255.0f));
}
END_TEST

START_TEST(a_generator_always_gives_the_same_picture)
{
    uint8_t pixels[LEN];
    float a[LEN], b[LEN];
    struct augment_spec spec = parse(everything);
    synthetic_draw(1, 3, pixels);
    for (uint64_t i = 0; i < 50; i++) {
        struct rng one = rng_new(4, i), two = rng_new(4, i);
        augment_image(&spec, &one, pixels, a);
        augment_image(&spec, &two, pixels, b);
        ck_assert_mem_eq(a, b, sizeof a);
        augment_image(&spec, &two, pixels, b);
        ck_assert_mem_ne(a, b, sizeof a);
    }
}
END_TEST

START_TEST(augmented_pictures_stay_between_paper_and_ink)
{
    uint8_t pixels[LEN], blank[LEN] = {0};
    float out[LEN];
    int bad = 0;
    double ink = 0, before = 0;
    struct rng rng = rng_new(1, 1);
    struct augment_spec spec =
        parse("shift 10 rotate 180 scale 1 shear 1 aspect 1 elastic 5 thick 1 contrast 4 coarse 1");
    for (uint64_t n = 0; n < 300; n++) {
        augment_image(&spec, &rng, blank, out);
        bad += sum_of(out) != 0;
        synthetic_draw(1, n, pixels);
        augment_image(&spec, &rng, pixels, out);
        for (int i = 0; i < LEN; i++)
            bad += !(out[i] >= 0 && out[i] <= 1);
    }
    ck_assert_int_eq(bad, 0);
    spec = parse(everything);
    for (uint64_t n = 0; n < 300; n++) {
        synthetic_draw(1, n, pixels);
        for (int i = 0; i < LEN; i++)
            before += pixels[i] / 255.0;
        augment_image(&spec, &rng, pixels, out);
        ink += sum_of(out);
    }
    ck_assert_double_eq_tol(ink / before, 1, 0.15); /* no less and no more ink on the whole */
}
END_TEST

/* The centre of mass, in pixels. */
static void find_centre(const float *x, double *col, double *row)
{
    *col = *row = 0;
    for (int i = 0; i < LEN; i++) {
        *col += x[i] * (i % 28);
        *row += x[i] * (int)(i / 28);
    }
    *col /= sum_of(x);
    *row /= sum_of(x);
}

/* Whether `out` is the picture moved by so many pixels, with paper where nothing came from. */
static bool is_moved(const uint8_t *pixels, int dx, int dy, const float *out)
{
    for (int i = 0; i < LEN; i++) {
        int row = i / 28 - dy, col = i % 28 - dx;
        bool inside = row >= 0 && row < 28 && col >= 0 && col < 28;
        if (out[i] != (inside ? (float)pixels[row * 28 + col] * (1 / 255.0f) : 0))
            return false;
    }
    return true;
}

/* Each of the 25 shifts is drawn, and none other: the picture is found again, moved as a whole. */
START_TEST(a_whole_shift_alone_leaves_a_picture_sharp)
{
    uint8_t pixels[LEN];
    float out[LEN];
    int seen[5][5] = {{0}}, sharp = 0;
    struct rng rng = rng_new(3, 0);
    struct augment_spec spec = parse("shift 2");
    synthetic_draw(1, 3, pixels);
    for (int n = 0; n < 500; n++) {
        augment_image(&spec, &rng, pixels, out);
        for (int dy = -2; dy <= 2; dy++)
            for (int dx = -2; dx <= 2; dx++)
                if (is_moved(pixels, dx, dy, out)) {
                    seen[dy + 2][dx + 2]++;
                    sharp++;
                }
    }
    ck_assert_int_eq(sharp, 500);
    for (int i = 0; i < 25; i++)
        ck_assert_int_ge(seen[i / 5][i % 5], 5);
}
END_TEST

START_TEST(each_kind_of_augmentation_does_what_its_word_says)
{
    uint8_t bar[LEN] = {0};
    float out[LEN];
    double col, row, most = 0, turned = 0, least_ink = 1e9, most_ink = 0;
    for (int i = 6; i < 23; i++)
        for (int k = 13; k < 16; k++)
            bar[i * 28 + k] = 255; /* upright, its middle at (14, 14) */
    struct rng rng = rng_new(9, 0);
    struct augment_spec shift = parse("shift 3"), rotate = parse("rotate 20"),
                        thick = parse("thick 1");
    for (int n = 0; n < 400; n++) {
        augment_image(&shift, &rng, bar, out);
        find_centre(out, &col, &row);
        most = fmax(most, fmax(fabs(col - 14), fabs(row - 14)));
        augment_image(&rotate, &rng, bar, out);
        find_centre(out, &col, &row);
        ck_assert(fabs(col - 14) < 0.05 && fabs(row - 14) < 0.05);
        double lean = 0;
        for (int i = 0; i < LEN; i++)
            lean += out[i] * (i % 28 - 14) * (14 - (int)(i / 28));
        turned = fmax(turned, lean / sum_of(out) / 24); /* 24: the bar's own mean of rows squared */
        augment_image(&thick, &rng, bar, out);
        least_ink = fmin(least_ink, sum_of(out));
        most_ink = fmax(most_ink, sum_of(out));
    }
    ck_assert(most > 2.8 && most <= 3.01);
    ck_assert(turned > 0.26 && turned < 0.37);  /* sin 20 cos 20 = 0.32, less the bar's width */
    ck_assert(least_ink < 20 && most_ink > 85); /* 15 eroded wholly, 51, and 91 dilated */
}
END_TEST

static float find_brightest(const float *x)
{
    float most = 0;
    for (int i = 0; i < LEN; i++)
        most = fmaxf(most, x[i]);
    return most;
}

/* The sum of the steps from pixel to pixel: how sharp a picture is. */
static double sum_steps(const float *x)
{
    double sum = 0;
    for (int i = 0; i + 1 < LEN; i++)
        sum += fabsf(x[i + 1] - x[i]);
    return sum;
}

START_TEST(a_coarse_picture_is_blurred_and_stays_where_it_is)
{
    uint8_t pixels[LEN];
    float out[LEN], plain[LEN];
    struct augment_spec none = {0}, coarse = parse("coarse 1"), half = parse("coarse 0.5");
    struct rng rng = rng_new(3, 0);
    int changed = 0, bad = 0;
    double sharp = 0, sharp_before = 0;
    for (uint64_t n = 0; n < 400; n++) {
        double col, row, col0, row0;
        synthetic_draw(2, n, pixels);
        augment_image(&none, &rng, pixels, plain);
        augment_image(&coarse, &rng, pixels, out);
        find_centre(plain, &col0, &row0);
        find_centre(out, &col, &row);
        bad += fabs(col - col0) > 0.2 || fabs(row - row0) > 0.2;
        bad += fabsf(find_brightest(out) - find_brightest(plain)) > 1e-5f;
        sharp += sum_steps(out);
        sharp_before += sum_steps(plain);
        augment_image(&half, &rng, pixels, out);
        changed += memcmp(out, plain, sizeof out) != 0;
    }
    ck_assert_int_eq(bad, 0);
    ck_assert_double_lt(sharp, 0.9 * sharp_before);
    ck_assert(changed > 150 && changed < 250);
}
END_TEST

START_TEST(plain_pictures_are_only_moved_by_whole_pixels)
{
    uint8_t pixels[LEN];
    float out[LEN], shifted[LEN];
    struct augment_spec spec = parse("shift 1.5 rotate 20 thick 1 coarse 1 plain 0.5");
    struct rng rng = rng_new(3, 2);
    int moved = 0;
    synthetic_draw(2, 4, pixels);
    for (int n = 0; n < 400; n++) {
        augment_image(&spec, &rng, pixels, out);
        bool same = false;
        for (int at = 0; at < 9 && !same; at++) {
            memset(shifted, 0, sizeof shifted);
            for (int i = 29; i + 29 < LEN; i++)
                shifted[i + at / 3 * 28 + at % 3 - 29] = (float)pixels[i] * FIT_SCALE;
            same = memcmp(out, shifted, sizeof out) == 0;
        }
        moved += same;
    }
    ck_assert(moved > 150 && moved < 250);
}
END_TEST

START_TEST(contrast_makes_greys_darker_or_lighter_and_keeps_paper_and_ink)
{
    uint8_t pixels[LEN] = {0};
    float out[LEN], least = 1, most = 0;
    pixels[100] = 255;
    pixels[101] = 128;
    struct augment_spec spec = parse("contrast 1");
    struct rng rng = rng_new(3, 1);
    for (int n = 0; n < 400; n++) {
        augment_image(&spec, &rng, pixels, out);
        ck_assert_float_eq_tol(out[100], 1, 1e-6f);
        ck_assert_float_eq(out[99], 0);
        least = fminf(least, out[101]);
        most = fmaxf(most, out[101]);
    }
    ck_assert_float_eq_tol(least, 0.25f, 0.01f); /* 1/2 squared, and its root */
    ck_assert_float_eq_tol(most, 0.71f, 0.01f);
}
END_TEST

START_TEST(augmented_strokes_are_the_fit_of_other_strokes)
{
    struct err err;
    struct unipen *u = load_strokes(two_digits, &err);
    float a[LEN], b[LEN];
    struct ink_fit fit;
    struct augment_spec none = {0}, spec = parse(everything);
    struct rng rng = rng_new(1, 5);
    const struct ink *ink = &u->digits[0].ink;
    ink_fit(ink, &fit);
    augment_ink(&none, &rng, ink, a);
    int off = 0;
    for (int i = 0; i < LEN; i++)
        off += fabsf(a[i] - (float)fit.pixels[i] / 255) > 0.005f;
    ck_assert_int_eq(off, 0);
    for (int n = 0; n < 200; n++) {
        augment_ink(&spec, &rng, &u->digits[n % 2].ink, b);
        ck_assert(sum_of(b) > 5 && sum_of(b) < 400);
    }
    ck_assert_mem_ne(a, b, sizeof a);
    unipen_free(u);
}
END_TEST

START_TEST(ink_of_any_length_can_be_augmented)
{
    struct augment_spec spec = parse(everything);
    struct rng rng = rng_new(1, 6);
    float out[LEN];
    static const int stroke_lengths[] = {1, 2, 3, 100, INK_POINTS_MAX};
    for (int n = 0; n < 5; n++) {
        struct ink ink = {0};
        bool ok = true;
        for (int i = 0; ok; i++) {
            float x = rng_range(&rng, 0, 500), y = rng_range(&rng, 0, 500);
            ok = i % stroke_lengths[n] ? ink_add(&ink, x, y, NULL) : ink_begin(&ink, x, y, NULL);
        }
        augment_ink(&spec, &rng, &ink, out);
        ck_assert(sum_of(out) > 5);
        ink_free(&ink);
    }
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("augment");
    TCase *tests = tcase_create("augment");
    tcase_add_checked_fixture(tests, files_begin, files_end);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, augmentation_words_have_one_canonical_form);
    tcase_add_test(tests, augmentation_words_keep_every_bit);
    tcase_add_test(tests, wrong_augmentation_words_are_quoted);
    tcase_add_test(tests, each_amount_has_its_limit);
    tcase_add_test(tests, no_augmentation_leaves_the_picture);
    tcase_add_test(tests, a_generator_always_gives_the_same_picture);
    tcase_add_test(tests, augmented_pictures_stay_between_paper_and_ink);
    tcase_add_test(tests, a_whole_shift_alone_leaves_a_picture_sharp);
    tcase_add_test(tests, each_kind_of_augmentation_does_what_its_word_says);
    tcase_add_test(tests, a_coarse_picture_is_blurred_and_stays_where_it_is);
    tcase_add_test(tests, plain_pictures_are_only_moved_by_whole_pixels);
    tcase_add_test(tests, contrast_makes_greys_darker_or_lighter_and_keeps_paper_and_ink);
    tcase_add_test(tests, augmented_strokes_are_the_fit_of_other_strokes);
    tcase_add_test(tests, ink_of_any_length_can_be_augmented);
    suite_add_tcase(suite, tests);
    return suite;
}
