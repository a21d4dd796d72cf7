/* SPDX-License-Identifier: MIT */
/* What is written in a model about itself. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "model/record.h"
#include "suite.h"

START_TEST(a_record_keeps_its_keys_in_order)
{
    struct record record = {0};
    static const char *const keys[] = {"m", "b", "z", "a", "mm", "b"};
    for (int i = 0; i < 6; i++)
        ck_assert(record_set(&record, keys[i], i == 5 ? "again" : keys[i], NULL));
    ck_assert_int_eq(record.count, 5);
    for (int i = 1; i < record.count; i++)
        ck_assert_int_lt(strcmp(record.items[i - 1].key, record.items[i].key), 0);
    ck_assert_str_eq(record_get(&record, "b"), "again");
    ck_assert_ptr_null(record_get(&record, "c"));
    ck_assert(record_set(&record, "b", NULL, NULL) && record_set(&record, "c", NULL, NULL));
    ck_assert_ptr_null(record_get(&record, "b"));
    ck_assert_int_eq(record.count, 4);
    record_clear(&record);
    ck_assert_int_eq(record.count, 0);
}
END_TEST

START_TEST(numbers_in_a_record_come_back_exactly)
{
    static const double numbers[] = {0, 0.1, 1.0 / 3, 3, -1e-300, 0.99345678901234567, 1e22};
    struct record record = {0};
    for (int i = 0; i < 7; i++) {
        double number = 7;
        ck_assert(record_set_number(&record, "x", numbers[i], NULL));
        ck_assert(record_get_number(&record, "x", &number));
        ck_assert(number == numbers[i]);
    }
    record_set_number(&record, "x", 0.1, NULL);
    ck_assert_str_eq(record_get(&record, "x"), "0.1");
    uint64_t count = 7, bits[3] = {1, 2, 3}, seen[3];
    ck_assert(record_set_count(&record, "n", UINT64_MAX, NULL));
    ck_assert(record_get_count(&record, "n", &count) && count == UINT64_MAX);
    ck_assert(record_set_bits(&record, "b", bits, 3, NULL));
    ck_assert(!record_get_bits(&record, "b", seen, 2));
    ck_assert(record_get_bits(&record, "b", seen, 3) && memcmp(bits, seen, sizeof bits) == 0);
    record_clear(&record);
}
END_TEST

START_TEST(texts_that_are_no_numbers_are_not_taken_for_one)
{
    static const char *const texts[] = {"", "x", "1x", "nan", "inf", "1e999", "0x"};
    static const char *const counts[] = {"", "-1", "+1", " 1", "1.0", "18446744073709551616"};
    struct record record = {0};
    double number = 7;
    uint64_t count = 7;
    for (int i = 0; i < 7; i++) {
        record_set(&record, "x", texts[i], NULL);
        ck_assert_msg(!record_get_number(&record, "x", &number), "%s", texts[i]);
    }
    for (int i = 0; i < 6; i++) {
        record_set(&record, "x", counts[i], NULL);
        ck_assert_msg(!record_get_count(&record, "x", &count), "%s", counts[i]);
    }
    ck_assert(!record_get_number(&record, "none", &number) && number == 7);
    ck_assert(!record_get_count(&record, "none", &count) && count == 7);
    record_clear(&record);
}
END_TEST

START_TEST(what_is_not_utf8_becomes_question_marks)
{
    static const char good[] = "gr\xc3\xbc\xc3\x9f \xe2\x9c\x93 \xf0\x9f\x96\x8b";
    static const char *const pairs[][2] = {
        {good, good},
        {"caf\xe9", "caf?"},
        {"\xc0\x80 \xed\xa0\x80 \xf4\x90\x80\x80", "?? ??? ????"},
        {"\xe0\x9f\xbf \xf0\x8f\xbf\xbf \xf5\x80\x80\x80", "??? ???? ????"},
        {"\xe2\x9c", "??"},
    };
    struct record record = {0};
    for (int i = 0; i < 5; i++) {
        record_set(&record, "x", pairs[i][0], NULL);
        ck_assert_str_eq(record_get(&record, "x"), pairs[i][1]);
    }
    record_clear(&record);
}
END_TEST

START_TEST(a_record_refuses_what_is_beyond_its_maximum)
{
    struct record record = {0};
    static char value[RECORD_VALUE_MAX + 1], key[RECORD_KEY_MAX + 1];
    struct err err = {""};
    memset(value, 'v', RECORD_VALUE_MAX);
    memset(key, 'k', RECORD_KEY_MAX);
    ck_assert(!record_set(&record, "x", value, &err));
    ck_assert_msg(strstr(err.text, "\"x\""), "%s", err.text);
    ck_assert(!record_set(&record, key, "x", &err));
    ck_assert(record_set(&record, "x", value + 1, &err));
    for (int i = 1; i < RECORD_ITEMS_MAX; i++) {
        snprintf(key, sizeof key, "%d", i);
        ck_assert(record_set(&record, key, "x", &err));
    }
    ck_assert(!record_set(&record, "one more", "x", &err));
    ck_assert(record_set(&record, "1", "replaced", &err));
    record_clear(&record);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("record");
    TCase *tests = tcase_create("record");
    tcase_add_test(tests, a_record_keeps_its_keys_in_order);
    tcase_add_test(tests, numbers_in_a_record_come_back_exactly);
    tcase_add_test(tests, texts_that_are_no_numbers_are_not_taken_for_one);
    tcase_add_test(tests, what_is_not_utf8_becomes_question_marks);
    tcase_add_test(tests, a_record_refuses_what_is_beyond_its_maximum);
    suite_add_tcase(suite, tests);
    return suite;
}
