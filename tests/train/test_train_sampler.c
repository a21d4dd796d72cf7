/* SPDX-License-Identifier: MIT */
/* What an epoch is made of, and runs that mix pen strokes in. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/rng.h"
#include "data/dataset.h"
#include "data/unipen.h"
#include "digits.h"
#include "ink/fit.h"
#include "kern/kern.h"
#include "nn/nn.h"
#include "par/pool.h"
#include "train/run.h"
#include "train/sampler.h"
#include "train_helpers.h"

enum { PICTURES = 300, STROKES = 40 };

static const char small[] = "epochs 2; batch 130; stroke-share 0.5; drawn-share 0.1; "
                            "outlier-share 0.05; "
                            "net conv 4 5x5 stride 3 norm relu, dropout 0.3, dense 10 softmax";

/* Scrawls of a few strokes; what they look like does not matter here. */
static struct unipen *draw_strokes(uint64_t seed)
{
    struct unipen *u = unipen_new(NULL);
    struct rng rng = rng_new(seed, 0);
    for (int i = 0; i < STROKES; i++) {
        struct ink ink = {0};
        for (int k = 0; k < 12; k++) {
            float x = rng_range(&rng, 0, 100), y = rng_range(&rng, 0, 100);
            ck_assert(k % 6 ? ink_add(&ink, x, y, NULL) : ink_begin(&ink, x, y, NULL));
        }
        ck_assert(add_strokes(u, i * 7 % 10, i % 4, &ink, NULL));
        ink_free(&ink);
    }
    return u;
}

START_TEST(an_epoch_has_the_shares_that_the_recipe_says)
{
    struct recipe recipe = make_recipe("best", small);
    struct dataset *set = draw_digits(PICTURES);
    struct unipen *strokes = draw_strokes(1);
    struct sampler sampler = sampler_new(&recipe, set, PICTURES, strokes);
    ck_assert_uint_eq(sampler_count(&sampler), PICTURES + 150 + 30 + 15);
    for (uint32_t i = 0; i < PICTURES; i++)
        ck_assert_int_eq(sampler_digit(&sampler, i), set->labels[i]);
    for (uint32_t i = 0; i < 150; i++)
        ck_assert_int_eq(sampler_digit(&sampler, PICTURES + i), strokes->digits[i % STROKES].label);
    for (uint32_t i = 0; i < 45; i++)
        ck_assert_int_eq(sampler_digit(&sampler, PICTURES + 150 + i),
                         i < 30 ? (int)(i % 10) : (int)SAMPLER_NO_DIGIT);
    struct sampler alone = sampler_new(&recipe, set, PICTURES, NULL);
    ck_assert_uint_eq(sampler_count(&alone), PICTURES + 30 + 15);
    unipen_free(strokes);
    dataset_free(set);
}
END_TEST

static bool is_near(const float *a, const float *b)
{
    float off = 0;
    for (int i = 0; i < FIT_LEN; i++)
        off = fmaxf(off, fabsf(a[i] - b[i]));
    return off < 0.01f;
}

static void draw(const struct sampler *sampler, uint32_t i, int epoch, uint64_t stream, float *x)
{
    struct rng rng = rng_new(1, stream);
    sampler_draw(sampler, i, epoch, &rng, x);
}

START_TEST(an_outlier_wants_all_digits_alike_and_is_right_in_doubt)
{
    struct recipe recipe = make_recipe("best", small);
    struct dataset *set = draw_digits(PICTURES);
    struct sampler sampler = sampler_new(&recipe, set, PICTURES, NULL);
    uint32_t outlier = sampler_count(&sampler) - 1;
    float y[10], sure[10] = {0, 0, 0, 0.6f, 0.4f}, doubt[10] = {0, 0, 0, 0.45f, 0.4f, 0.15f};
    sampler_want(&sampler, outlier, y);
    for (int k = 0; k < 10; k++)
        ck_assert_float_eq_tol(y[k], 0.1f, 1e-6f);
    ck_assert(!sampler_is_right(&sampler, outlier, sure) &&
              sampler_is_right(&sampler, outlier, doubt));
    sampler_want(&sampler, 4, y);
    for (int k = 0; k < 10; k++)
        ck_assert_float_eq_tol(y[k], k == set->labels[4] ? 0.955f : 0.005f, 1e-6f);
    for (uint32_t i = 0; i < 50; i++)
        ck_assert(sampler_is_right(&sampler, i, doubt) == (set->labels[i] == 3));
    dataset_free(set);
}
END_TEST

/* Nobody has asked for it where drawings stay as they are. */
START_TEST(some_fours_lose_their_last_stroke)
{
    struct recipe recipe = make_recipe("best", small);
    recipe.augment = (struct augment_spec){.contrast = 1e-6f};
    struct dataset *set = draw_digits(PICTURES);
    struct unipen *strokes = draw_strokes(1);
    struct sampler sampler = sampler_new(&recipe, set, PICTURES, strokes);
    for (uint32_t i = 0; i < STROKES; i++) {
        struct ink ink = strokes->digits[i].ink, cut = ink;
        cut.stroke_count = 1;
        cut.point_count = cut.strokes[0].count;
        struct ink_fit fit;
        float whole[FIT_LEN], less[FIT_LEN], x[FIT_LEN];
        ink_fit(&ink, &fit);
        fit_floats(fit.pixels, 1, whole);
        ink_fit(&cut, &fit);
        fit_floats(fit.pixels, 1, less);
        int lost = 0, kept = 0;
        for (uint64_t stream = 0; stream < 200; stream++) {
            draw(&sampler, PICTURES + i, 0, stream, x);
            lost += is_near(x, less);
            kept += is_near(x, whole);
        }
        int label = strokes->digits[i].label;
        ck_assert_int_eq(lost + kept, 200);
        ck_assert(label == 4 || label == 7 ? lost > 5 && lost < 45 : lost == 0);
    }
    unipen_free(strokes);
    dataset_free(set);
}
END_TEST

/* Without augmentation only what the program draws differs from epoch to epoch. */
START_TEST(each_number_is_drawn_from_its_own_source)
{
    struct recipe recipe = make_recipe("best", small);
    recipe.augment = (struct augment_spec){0};
    struct dataset *set = draw_digits(PICTURES);
    struct unipen *strokes = draw_strokes(1);
    struct sampler sampler = sampler_new(&recipe, set, PICTURES, strokes);
    float a[FIT_LEN], b[FIT_LEN];
    for (uint32_t i = 0; i < sampler_count(&sampler); i++) {
        bool drawn = i >= PICTURES + 150;
        draw(&sampler, i, 0, 1, a);
        draw(&sampler, i, 0, 1, b);
        ck_assert_mem_eq(a, b, sizeof a);
        draw(&sampler, i, 1, 1, b);
        ck_assert((memcmp(a, b, sizeof a) != 0) == drawn);
    }
    struct ink_fit fit;
    ink_fit(&strokes->digits[3].ink, &fit);
    fit_floats(fit.pixels, 1, b);
    draw(&sampler, PICTURES + STROKES + 3, 0, 1, a);
    ck_assert_mem_eq(a, b, sizeof a);
    recipe.augment.elastic = 1;
    draw(&sampler, PICTURES + STROKES + 3, 0, 1, a);
    draw(&sampler, PICTURES + STROKES + 3, 0, 2, b);
    ck_assert_mem_ne(a, b, sizeof a);
    unipen_free(strokes);
    dataset_free(set);
}
END_TEST

static struct run_setup make_setup(const struct recipe *recipe, const struct dataset *set,
                                   const struct unipen *strokes, struct pool *pool)
{
    return (struct run_setup){
        .recipe = recipe, .train = set, .strokes = strokes, .kern = kern_best(), .pool = pool};
}

static struct run *move_run(const struct run_setup *setup, int steps)
{
    struct err err = {""};
    struct run *run = run_new(setup, &err);
    ck_assert_msg(run != NULL, "%s", err.text);
    for (int i = 0; i < steps && run->state == RUN_GOES_ON; i++)
        run_step(run);
    return run;
}

static void compare_weights(struct run *a, struct run *b)
{
    const struct nn *one = stepper_kept(a->stepper), *other = stepper_kept(b->stepper);
    ck_assert_mem_eq(nn_weights(one), nn_weights(other), nn_param_len(one) * sizeof(float));
}

START_TEST(a_run_with_strokes_gives_the_same_bits_for_any_number_of_threads)
{
    struct recipe recipe = make_recipe("best", small);
    struct dataset *set = draw_digits(PICTURES);
    struct unipen *strokes = draw_strokes(1);
    struct pool *one = pool_new(1, false, NULL), *three = pool_new(3, false, NULL);
    struct run_setup setup = make_setup(&recipe, set, strokes, one);
    struct run *a = move_run(&setup, 1000);
    setup.pool = three;
    struct run *b = move_run(&setup, 1000);
    ck_assert_int_eq(a->state, RUN_DONE);
    ck_assert_uint_eq(a->train_count, PICTURES + 150 + 30 + 15);
    compare_weights(a, b);
    run_free(a);
    run_free(b);
    pool_free(one);
    pool_free(three);
    unipen_free(strokes);
    dataset_free(set);
}
END_TEST

START_TEST(a_run_goes_on_with_the_same_strokes_and_no_others)
{
    struct recipe recipe = make_recipe("best", small);
    struct dataset *set = draw_digits(PICTURES);
    struct unipen *strokes = draw_strokes(1), *wrong = draw_strokes(2);
    struct pool *pool = pool_new(2, false, NULL);
    struct run_setup setup = make_setup(&recipe, set, strokes, pool);
    struct run *whole = move_run(&setup, 1000), *part = move_run(&setup, 5);
    const char *path = temporary_path("strokes.checkpoint");
    struct err err = {""};
    ck_assert_msg(run_save(part, path, &err), "%s", err.text);
    run_free(part);
    part = run_load(&setup, path, &err);
    ck_assert_msg(part != NULL, "%s", err.text);
    while (part->state == RUN_GOES_ON)
        run_step(part);
    compare_weights(whole, part);
    setup.strokes = wrong;
    ck_assert_ptr_null(run_load(&setup, path, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "other images"));
    setup.strokes = NULL;
    ck_assert_ptr_null(run_load(&setup, path, &err));
    run_free(whole);
    run_free(part);
    pool_free(pool);
    unipen_free(strokes);
    unipen_free(wrong);
    dataset_free(set);
}
END_TEST

START_TEST(other_writers_are_looked_at_beside_what_is_held_back)
{
    struct recipe recipe = make_recipe("best", small);
    recipe.hold_back = 60;
    struct dataset *set = draw_digits(PICTURES), others = dataset_part(set, 0, 90);
    struct pool *pool = pool_new(2, false, NULL);
    struct run_setup setup = make_setup(&recipe, set, NULL, pool);
    setup.others = &others;
    struct run *run = move_run(&setup, 1000);
    ck_assert_uint_eq(run->valid_count, 150);
    float right = run->history.epochs[1].valid_accuracy * 150;
    ck_assert_float_eq_tol(right, (float)(int)(right + 0.5f), 1e-3f);
    ck_assert_int_ge(run->best_epoch, 1);
    run_free(run);
    pool_free(pool);
    dataset_free(set);
}
END_TEST

TCase *sampler_tests(void)
{
    TCase *t = tcase_create("sampler");
    tcase_add_test(t, an_epoch_has_the_shares_that_the_recipe_says);
    tcase_add_test(t, an_outlier_wants_all_digits_alike_and_is_right_in_doubt);
    tcase_add_test(t, some_fours_lose_their_last_stroke);
    tcase_add_test(t, each_number_is_drawn_from_its_own_source);
    tcase_add_test(t, a_run_with_strokes_gives_the_same_bits_for_any_number_of_threads);
    tcase_add_test(t, a_run_goes_on_with_the_same_strokes_and_no_others);
    tcase_add_test(t, other_writers_are_looked_at_beside_what_is_held_back);
    return t;
}
