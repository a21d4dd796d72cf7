/* SPDX-License-Identifier: MIT */
/* The file of a person's digits, shared by two windows. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/rng.h"
#include "data/my_digits.h"
#include "data/my_digits_inside.h"
#include "desks.h"
#include "suite.h"

/* ---- two windows ----------------------------------------------------------------------------- */

START_TEST(a_digit_deleted_in_one_window_does_not_come_back_from_the_other)
{
    open_both();
    delete(&a, 3);
    sync_desk(&a);
    add(&b, 6, 6);
    sync_desk(&b);
    ck_assert_int_eq(label(&b, 3), -1);
    expect_same();
    ck_assert_int_eq(label(&a, 3), -1);
    ck_assert_int_eq(label(&a, 6), 6);
}
END_TEST

START_TEST(a_digit_named_anew_in_one_window_stays_so_in_the_other)
{
    open_both();
    relabel(&a, 3, 8);
    sync_desk(&a);
    delete(&b, 1);
    sync_desk(&b);
    ck_assert_int_eq(label(&b, 3), 8);
    expect_same();
    ck_assert_int_eq(label(&a, 1), -1);
}
END_TEST

START_TEST(the_later_name_of_a_digit_wins)
{
    open_both();
    relabel(&a, 3, 8);
    sync_desk(&a);
    relabel(&b, 3, 9); /* without knowing of the 8 */
    sync_desk(&b);
    expect_same();
    ck_assert_int_eq(label(&a, 3), 9);
}
END_TEST

START_TEST(a_digit_named_anew_after_it_was_deleted_elsewhere_is_kept_and_the_other_way_round)
{
    open_both();
    delete(&a, 3);
    relabel(&a, 4, 9);
    sync_desk(&a);
    relabel(&b, 3, 8);
    delete(&b, 4);
    sync_desk(&b);
    expect_same();
    ck_assert_int_eq(label(&a, 3), 8);
    ck_assert_int_eq(label(&a, 4), -1);
}
END_TEST

START_TEST(a_deletion_that_is_undone_comes_back_everywhere)
{
    open_both();
    delete(&a, 3);
    sync_desk(&a);
    sync_desk(&b);
    ck_assert_int_eq(label(&b, 3), -1);
    ck_assert(my_digits_undo(a.list));
    sync_desk(&a);
    expect_same();
    ck_assert_int_eq(label(&b, 3), 3);
}
END_TEST

START_TEST(all_deleted_in_one_window_are_deleted_in_the_other)
{
    open_both();
    for (int kind = 1; kind <= 5; kind++)
        delete(&a, kind);
    sync_desk(&a);
    expect_same();
    ck_assert_uint_eq(my_digits_count(b.list), 0);
}
END_TEST

START_TEST(undo_takes_back_what_was_done_in_this_window_only)
{
    open_both();
    relabel(&b, 1, 7);
    sync_desk(&b);
    delete(&a, 2);
    relabel(&a, 3, 8);
    add(&a, 6, 6);
    sync_desk(&a);
    sync_desk(&b);
    ck_assert(my_digits_undo(b.list));
    ck_assert_int_eq(label(&b, 1), 1);
    ck_assert_int_eq(label(&b, 2), -1);
    ck_assert_int_eq(label(&b, 3), 8);
    ck_assert_int_eq(label(&b, 6), 6);
    ck_assert(my_digits_redo(b.list));
    ck_assert_int_eq(label(&b, 1), 7);
    expect_same();
}
END_TEST

START_TEST(what_is_changed_while_a_save_is_under_way_stays)
{
    struct err said, err = {""};
    struct my_digits_news news;
    open_both();
    delete(&a, 2);
    relabel(&a, 3, 8);
    sync_desk(&a);
    const struct my_digit **digits = my_digits_all(b.list, NULL);
    ck_assert(digit_file_save(&b.file, path, digits, my_digits_count(b.list), &news, &said, &err));
    relabel(&b, 2, 9);
    relabel(&b, 3, 7);
    add(&b, 6, 6);
    ck_assert(my_digits_take_news(b.list, &news, NULL));
    my_digits_news_clear(&news);
    free(digits);
    expect_same();
    ck_assert_int_eq(label(&a, 2), 9);
    ck_assert_int_eq(label(&a, 3), 7);
    ck_assert_int_eq(label(&a, 6), 6);
}
END_TEST

START_TEST(two_digits_that_are_drawn_alike_stay_two)
{
    open_both();
    add(&a, 1, 1);
    add(&b, 3, 3);
    expect_same();
    ck_assert_uint_eq(my_digits_count(a.list), 7);
    delete(&b, 1); /* either of them: they are the same to anyone */
    sync_desk(&b);
    sync_desk(&a);
    relabel(&a, 1, 7);
    sync_desk(&a);
    sync_desk(&b);
    ck_assert_uint_eq(my_digits_count(a.list), 6);
    ck_assert_uint_eq(my_digits_count(b.list), 6);
    ck_assert_int_eq(label(&b, 1), 7);
}
END_TEST

START_TEST(a_file_that_is_gone_is_written_anew)
{
    open_both();
    remove(path);
    add(&b, 6, 6);
    sync_desk(&b);
    expect_same();
    ck_assert_uint_eq(my_digits_count(a.list), 6);
}
END_TEST

/* Whatever is done, the later wish counts: kinds that there are, by label. */
START_TEST(any_wishes_in_two_windows_are_done_in_their_order)
{
    enum { KINDS = 12, WISHES = 300 };
    int wished[KINDS];
    struct rng rng = rng_new(7, 0);
    memset(wished, -1, sizeof wished);
    open_desk(&a);
    open_desk(&b);
    for (int i = 0; i < WISHES; i++) {
        struct desk *desk = rng_below(&rng, 2) ? &a : &b;
        int kind = (int)rng_below(&rng, KINDS), to = (int)rng_below(&rng, 10);
        bool there = find(desk, kind) >= 0;
        if (there && rng_below(&rng, 3) == 0) {
            delete(desk, kind);
            wished[kind] = -1;
        } else if (there && label(desk, kind) != to) {
            relabel(desk, kind, to);
            wished[kind] = to;
        } else if (!there && wished[kind] < 0) {
            add(desk, kind, to);
            wished[kind] = to;
        }
        sync_desk(desk);
        for (int k = 0; k < KINDS; k++)
            ck_assert_msg(label(desk, k) == wished[k], "wish %d: digit %d is a %d, not a %d", i, k,
                          label(desk, k), wished[k]);
    }
    expect_same();
}
END_TEST

START_TEST(a_digit_named_anew_again_and_again_elsewhere_is_copied_once_each_time)
{
    open_both();
    uint32_t before = b.list->made_count;
    for (int i = 1; i <= 20; i++) {
        relabel(&a, 3, (3 + i) % 10);
        sync_desk(&a);
        sync_desk(&b);
    }
    ck_assert_int_eq(label(&b, 3), 3);
    ck_assert_uint_eq(b.list->made_count, before + 20);
}
END_TEST

START_TEST(what_the_file_holds_already_is_not_written)
{
    open_both();
    delete(&a, 2);
    sync_desk(&a);
    struct files_mark before = files_mark(path);
    sync_desk(&a);
    sync_desk(&b); /* which has nothing of its own */
    ck_assert_int_eq(label(&b, 2), -1);
    sync_desk(&b);
    struct files_mark after = files_mark(path);
    ck_assert(files_same_mark(&before, &after));
    expect_same();
}
END_TEST

Suite *make_suite(void)
{
    TCase *tests = tcase_create("digit_file");
    Suite *suite = suite_create("digit_file");
    tcase_add_checked_fixture(tests, make_folder, remove_folder);
    tcase_set_timeout(tests, 60);
    suite_add_tcase(suite, tests);
    tcase_add_test(tests, a_digit_deleted_in_one_window_does_not_come_back_from_the_other);
    tcase_add_test(tests, a_digit_named_anew_in_one_window_stays_so_in_the_other);
    tcase_add_test(tests, the_later_name_of_a_digit_wins);
    tcase_add_test(
        tests, a_digit_named_anew_after_it_was_deleted_elsewhere_is_kept_and_the_other_way_round);
    tcase_add_test(tests, a_deletion_that_is_undone_comes_back_everywhere);
    tcase_add_test(tests, all_deleted_in_one_window_are_deleted_in_the_other);
    tcase_add_test(tests, undo_takes_back_what_was_done_in_this_window_only);
    tcase_add_test(tests, what_is_changed_while_a_save_is_under_way_stays);
    tcase_add_test(tests, two_digits_that_are_drawn_alike_stay_two);
    tcase_add_test(tests, a_file_that_is_gone_is_written_anew);
    tcase_add_test(tests, any_wishes_in_two_windows_are_done_in_their_order);
    tcase_add_test(tests,
                   a_digit_named_anew_again_and_again_elsewhere_is_copied_once_each_time);
    tcase_add_test(tests, what_the_file_holds_already_is_not_written);
    return suite;
}
