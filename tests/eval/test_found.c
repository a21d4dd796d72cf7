/* SPDX-License-Identifier: MIT */
/* What is found in pictures of every kind that people drop: to the pixel what was found when the
 * shares in the README were counted. The pictures (blocks.h) stand in golden/found.h, with a letter
 * for whether ink was found that is dark on light (d) or light on dark (l), and one for whether
 * there are others beside it (s) or not (o). */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/rng.h"
#include "blocks.h"
#include "data/synthetic.h"
#include "golden/found.h"
#include "ink/fit.h"
#include "picture_kinds.h"
#include "suite.h"

enum { SEED = 6 };

static struct kind_picture make_picture(enum kind kind, int number)
{
    uint8_t digit[FIT_LEN], other[FIT_LEN];
    struct rng rng = rng_new(SEED, (uint64_t)number);
    synthetic_draw(SEED, (uint64_t)number, digit);
    synthetic_draw(SEED, (uint64_t)number + 5, other);
    return kind_make(kind, (struct scene_digit){.pixels = digit},
                     (struct scene_digit){.pixels = other}, &rng);
}

START_TEST(in_each_kind_of_picture_the_same_is_found_as_ever)
{
    enum kind kind = (enum kind)_i;
    for (int i = 0; i < GOLDEN_OF_A_KIND; i++) {
        int number = _i * GOLDEN_OF_A_KIND + i;
        struct kind_picture picture = make_picture(kind, number);
        struct ink_fit fit;
        struct err err = {""};
        ck_assert_msg(
            ink_fit_picture(picture.grey, picture.rows, picture.cols, picture.cols, &fit, &err),
            "%s", err.text);
        const char told[] = {!fit.any            ? '-'
                             : fit.dark_on_light ? 'd'
                                                 : 'l',
                             fit.several ? 's' : 'o', 0};
        ck_assert_msg(strcmp(told, golden_found[number].told) == 0, "%s %d: \"%s\"",
                      kind_name(kind), number, told);
        blocks_expect_bytes(fit.pixels, golden_found[number].pixels, kind_name(kind), number);
        free(picture.grey);
    }
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("found");
    TCase *tests = tcase_create("found");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, in_each_kind_of_picture_the_same_is_found_as_ever, 0, KINDS);
    suite_add_tcase(suite, tests);
    return suite;
}
