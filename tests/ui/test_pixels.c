/* SPDX-License-Identifier: MIT */
/* Room for the pixels of pictures: one's own within a frame, and there again in the next. */
#include <check.h>
#include <string.h>

#include "frames.h"
#include "suite.h"
#include "ui/ui.h"

enum { SMALL = 9, LARGE = 5000, MANY = 400 };

START_TEST(each_picture_of_a_frame_has_its_own)
{
    begin();
    uint32_t *first = ui_pixels(ui, SMALL), *second = ui_pixels(ui, LARGE);
    ck_assert(first && second && first != second);
    memset(first, 1, SMALL * sizeof *first);
    memset(second, 2, LARGE * sizeof *second);
    ck_assert_uint_eq(first[SMALL - 1], 0x01010101);
    ck_assert_uint_eq(second[0], 0x02020202);
    end();
    ck_assert_uint_eq(second[LARGE - 1], 0x02020202); /* until it is painted */
    begin();
    ck_assert_ptr_eq(ui_pixels(ui, SMALL), first); /* the room is kept */
    uint32_t *grown = ui_pixels(ui, 2 * LARGE);
    ck_assert_ptr_nonnull(grown);
    memset(grown, 3, 2 * LARGE * sizeof *grown);
    end();
}
END_TEST

START_TEST(too_many_pictures_get_none)
{
    int count = 0;
    begin();
    while (count < MANY && ui_pixels(ui, SMALL))
        count++;
    ck_assert_int_eq(count, 256);
    end();
    begin();
    ck_assert_ptr_nonnull(ui_pixels(ui, SMALL));
    end();
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("pixels");
    TCase *tcase = tcase_create("pixels");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, each_picture_of_a_frame_has_its_own);
    tcase_add_test(tcase, too_many_pictures_get_none);
    suite_add_tcase(suite, tcase);
    return suite;
}
