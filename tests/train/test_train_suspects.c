/* SPDX-License-Identifier: MIT */
/* Labels that were spoiled on purpose are found, and few others. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "data/dataset.h"
#include "data/synthetic.h"
#include "ink/fit.h"
#include "kern/kern.h"
#include "par/pool.h"
#include "train_helpers.h"
#include "train/suspects.h"

enum { IMAGES = 1000, EVERY = 50, SPOILED = IMAGES / EVERY };

static struct err err;

static bool is_spoiled(uint32_t image)
{
    return image % EVERY == 7;
}

static struct dataset *spoiled_set(void)
{
    struct dataset *set = dataset_new("spoiled", IMAGES, &err);
    ck_assert_ptr_nonnull(set);
    for (uint32_t i = 0; i < IMAGES; i++) {
        int digit = synthetic_draw(3, i, set->pixels + (size_t)i * FIT_LEN);
        set->labels[i] = (uint8_t)(is_spoiled(i) ? (digit + 3) % 10 : digit);
    }
    return set;
}

static bool count_calls(void *user, double part)
{
    int *left = user;
    ck_assert(part >= 0 && part <= 1);
    return --*left > 0;
}

START_TEST(spoiled_labels_are_found_and_few_others)
{
    static struct suspect found[SUSPECTS_MAX];
    struct dataset *set = spoiled_set();
    struct pool *pool = pool_new(2, false, &err);
    int count = -1, right = 0, calls = 1 << 20;
    ck_assert_msg(
        suspects_find(&(struct suspects_setup){set, kern_best(), pool, 5, count_calls, &calls},
                      found, &count, &err),
        "%s", err.text);
    for (int i = 0; i < count; i++) {
        uint8_t pixels[FIT_LEN];
        int digit = synthetic_draw(3, found[i].image, pixels);
        ck_assert_uint_eq(found[i].label,
                          is_spoiled(found[i].image) ? (uint8_t)((digit + 3) % 10) : digit);
        ck_assert_uint_ne(found[i].label, found[i].answer);
        ck_assert(found[i].confidence >= SUSPECTS_CONFIDENCE && found[i].denied < 0.1f);
        ck_assert(i == 0 || found[i].confidence <= found[i - 1].confidence);
        for (int j = 0; j < i; j++)
            ck_assert_uint_ne(found[i].image, found[j].image);
        right += is_spoiled(found[i].image) && found[i].answer == digit;
    }
    ck_assert_msg(right >= SPOILED * 4 / 10, "only %d of %d found", right, SPOILED);
    ck_assert_msg(count - right <= SPOILED / 2, "%d others", count - right);
    pool_free(pool);
    dataset_free(set);
}
END_TEST

START_TEST(finding_suspects_gives_up_when_told_to)
{
    static struct suspect found[SUSPECTS_MAX];
    struct dataset *set = spoiled_set();
    struct pool *pool = pool_new(1, false, &err);
    int count = -1, calls = 3;
    struct suspects_setup setup = {set, kern_best(), pool, 5, count_calls, &calls};
    ck_assert(!suspects_find(&setup, found, &count, &err));
    ck_assert_str_eq(err.text, "");
    ck_assert_int_eq(count, 0);
    struct dataset few = dataset_part(set, 0, 20);
    setup.set = &few;
    ck_assert(!suspects_find(&setup, found, &count, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "20"));
    pool_free(pool);
    dataset_free(set);
}
END_TEST

TCase *suspects_tests(void)
{
    TCase *tests = tcase_create("suspects");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, spoiled_labels_are_found_and_few_others);
    tcase_add_test(tests, finding_suspects_gives_up_when_told_to);
    return tests;
}
