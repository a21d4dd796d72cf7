/* SPDX-License-Identifier: MIT */
/* Strokes that go from one ink to another. */
#include <check.h>

#include "ink/stroke.h"
#include "suite.h"

/* Strokes of one, two, three ... points, whose x are 0, 1, 2 ... in the order of all points. */
static void draw_strokes(struct ink *ink, int count)
{
    int x = 0;
    for (int stroke = 0; stroke < count; stroke++)
        for (int i = 0; i <= stroke; i++, x++)
            ck_assert(i ? ink_add(ink, (float)x, 5, NULL) : ink_begin(ink, (float)x, 5, NULL));
}

START_TEST(any_row_of_strokes_can_be_appended)
{
    enum { COUNT = 5 };
    struct ink from = {0};
    draw_strokes(&from, COUNT);
    for (uint32_t first = 0; first < COUNT; first++)
        for (uint32_t count = 0; first + count <= COUNT; count++) {
            struct ink to = {0};
            draw_strokes(&to, 2);
            ck_assert(ink_append(&to, &from, first, count, NULL));
            uint32_t at = 3;
            ck_assert_uint_eq(to.stroke_count, 2 + count);
            for (uint32_t i = 0; i < count; i++) {
                const struct ink_stroke *stroke = &to.strokes[2 + i],
                                        *was = &from.strokes[first + i];
                ck_assert_uint_eq(stroke->at, at);
                ck_assert_uint_eq(stroke->count, was->count);
                ck_assert_float_eq(to.points[at].x, from.points[was->at].x);
                at += stroke->count;
            }
            ck_assert_uint_eq(to.point_count, at);
            ink_free(&to);
        }
    ink_free(&from);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("stroke");
    TCase *tests = tcase_create("stroke");
    tcase_add_test(tests, any_row_of_strokes_can_be_appended);
    suite_add_tcase(suite, tests);
    return suite;
}
