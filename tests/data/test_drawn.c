/* SPDX-License-Identifier: MIT */
/* A seed draws today what it drew when the models that ship were trained: recipes and figures name
 * seeds. The pictures (blocks.h) stand in golden/drawn.h. */
#include <check.h>

#include "base/rng.h"
#include "blocks.h"
#include "data/augment.h"
#include "data/outliers.h"
#include "data/synthetic.h"
#include "golden/drawn.h"
#include "ink/fit.h"
#include "ink/stroke.h"
#include "suite.h"

enum { SEED = 3 };

START_TEST(synthetic_digits_are_drawn_as_they_were)
{
    uint8_t pixels[FIT_LEN];
    char digits[GOLDEN_DIGITS + 1] = "";
    for (int i = 0; i < GOLDEN_DIGITS; i++)
        digits[i] = (char)('0' + synthetic_draw(SEED, (uint64_t)i, pixels));
    ck_assert_str_eq(digits, golden_labels);
    for (int i = 0; i < GOLDEN_DIGITS; i++) {
        synthetic_draw(SEED, (uint64_t)i, pixels);
        blocks_expect_bytes(pixels, golden_digits[i], "digit", i);
    }
}
END_TEST

/* Kinds in their order, and so many of each. */
START_TEST(outliers_of_each_kind_are_drawn_as_they_were)
{
    uint8_t pixels[FIT_LEN];
    for (int i = 0; i < GOLDEN_OUTLIERS; i++) {
        unsigned kind = 1u << i / GOLDEN_OF_A_KIND;
        outlier_draw(SEED, (uint64_t)i, kind, pixels);
        blocks_expect_bytes(pixels, golden_outliers[i], "outlier", i);
    }
}
END_TEST

static const char *const words[] = {
    "shift 2",    "shift 2.5",  "rotate 15",       "scale 0.2",
    "shear 0.3",  "aspect 0.2", "elastic 1.5",     "thick 1",
    "contrast 1", "coarse 1",   "shift 3 plain 1", "rotate 10 scale 0.1 elastic 1 coarse 1"};

enum { WORDS = sizeof words / sizeof words[0] };

static struct augment_spec parse(const char *text)
{
    struct augment_spec spec;
    ck_assert(augment_parse(text, &spec, NULL));
    return spec;
}

START_TEST(pictures_are_augmented_as_they_were)
{
    uint8_t pixels[FIT_LEN];
    float x[FIT_LEN];
    for (int i = 0; i < GOLDEN_AUGMENTED; i++) {
        struct augment_spec spec = parse(words[i % WORDS]);
        struct rng rng = rng_new(SEED, (uint64_t)i);
        synthetic_draw(SEED, (uint64_t)i, pixels);
        augment_image(&spec, &rng, pixels, x);
        blocks_expect(x, golden_augmented[i], words[i % WORDS], i);
    }
}
END_TEST

/* A hook, a bar across it and a dot, of a size that is another each time. */
static struct ink draw_ink(int i)
{
    struct ink ink = {0};
    float size = 3 + (float)i;
    static const float lines[3][4][2] = {
        {{1, 0}, {5, 1}, {4, 8}, {0, 9}}, {{0, 4}, {2, 4.5f}, {4, 4}, {7, 5}}, {{6, 8}}};
    for (int k = 0; k < 9; k++) {
        const float *at = lines[k / 4][k % 4];
        ck_assert(k % 4 ? ink_add(&ink, at[0] * size, at[1] * size, NULL)
                        : ink_begin(&ink, at[0] * size, at[1] * size, NULL));
    }
    return ink;
}

START_TEST(strokes_are_augmented_as_they_were)
{
    float x[FIT_LEN];
    for (int i = 0; i < GOLDEN_STROKES; i++) {
        struct augment_spec spec = parse(words[i % WORDS]);
        struct rng rng = rng_new(SEED, (uint64_t)i);
        struct ink ink = draw_ink(i);
        augment_ink(&spec, &rng, &ink, x);
        blocks_expect(x, golden_strokes[i], words[i % WORDS], i);
        ink_free(&ink);
    }
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("drawn");
    TCase *tests = tcase_create("drawn");
    tcase_add_test(tests, synthetic_digits_are_drawn_as_they_were);
    tcase_add_test(tests, outliers_of_each_kind_are_drawn_as_they_were);
    tcase_add_test(tests, pictures_are_augmented_as_they_were);
    tcase_add_test(tests, strokes_are_augmented_as_they_were);
    suite_add_tcase(suite, tests);
    return suite;
}
