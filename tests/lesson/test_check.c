/* SPDX-License-Identifier: MIT */
/* Checks of a task: which are read, and when they hold. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/err.h"
#include "lesson/check.h"
#include "suite.h"

static struct err err;

/* one = 1, half = 0.5, unknown is not known yet. */
static bool figure(const void *user, const char *name, double *value)
{
    static const struct {
        const char *name;
        double value;
    } known[] = {{"one", 1}, {"half", 0.5}, {"unknown", NAN}, {"out01", 1}};
    (void)user;
    for (int i = 0; i < 4; i++) {
        if (strcmp(known[i].name, name) == 0) {
            *value = known[i].value;
            return true;
        }
    }
    return false;
}

static bool holds(const char *text)
{
    struct check check;
    ck_assert_msg(check_read(text, &check, &err), "%s: %s", text, err.text);
    return check_holds(&check, figure, NULL);
}

START_TEST(each_operator_compares)
{
    static const char *const right[] = {
        "one = 1",
        "one != 2",
        "half < 1",
        "half <= 0.5",
        "one > half",
        "one >= 1",
        "1 = one",
        "one=1,half=0.5",
        "out01 = 1",
        "half = 0.6 within 0.11",
        "one = half within 0.5",
        "one < 1e3",
    };
    static const char *const wrong[] = {
        "one = 2", "one != 1",    "half < 0.5",        "half <= 0.4999",
        "one > 1", "one >= 1.01", "one = 1, half = 1", "half = 0.6 within 0.09",
    };
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        ck_assert_msg(holds(right[i]), "%s", right[i]);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ck_assert_msg(!holds(wrong[i]), "%s", wrong[i]);
}
END_TEST

START_TEST(what_is_not_known_holds_in_nothing)
{
    ck_assert(!holds("unknown = 1"));
    ck_assert(!holds("unknown != 1"));
    ck_assert(!holds("unknown < 1"));
    ck_assert(!holds("nobody >= -1"));
    ck_assert(!holds("one = 1, unknown > 0"));
}
END_TEST

START_TEST(a_stranger_is_named)
{
    struct check check;
    ck_assert(check_read("one = 1, half < nobody", &check, &err));
    ck_assert_str_eq(check_stranger(&check, figure, NULL), "nobody");
    ck_assert(check_read("one = unknown", &check, &err));
    ck_assert_ptr_null(check_stranger(&check, figure, NULL));
}
END_TEST

START_TEST(what_is_no_check_is_refused_with_the_word_that_is_wrong)
{
    static const struct {
        const char *text, *quoted;
    } wrong[] = {
        {"", "missing"},
        {"one", "= != <"},
        {"one 1", "\"1\""},
        {"one = ", "missing"},
        {"One = 1", "\"One\""},
        {"one = 1 half = 1", "\"half = 1\""},
        {"one = 1,", "missing"},
        {"one = 1 within half", "within"},
        {"one = 1 within -1", "within"},
        {"one == 1", "missing"},
    };
    struct check check;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ck_assert_msg(!check_read(wrong[i].text, &check, &err), "%s was read", wrong[i].text);
        ck_assert_msg(strstr(err.text, wrong[i].quoted) != NULL, "%s: %s", wrong[i].text, err.text);
    }
}
END_TEST

START_TEST(no_more_checks_than_there_is_room_for)
{
    char text[CHECK_TERMS_MAX * 16 + 16] = "one = 1";
    struct check check;
    for (int i = 1; i < CHECK_TERMS_MAX; i++)
        strcat(text, ", one = 1");
    ck_assert(check_read(text, &check, &err));
    ck_assert_int_eq(check.count, CHECK_TERMS_MAX);
    strcat(text, ", one = 1");
    ck_assert(!check_read(text, &check, &err));
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("check");
    TCase *tcase = tcase_create("check");
    tcase_add_test(tcase, each_operator_compares);
    tcase_add_test(tcase, what_is_not_known_holds_in_nothing);
    tcase_add_test(tcase, a_stranger_is_named);
    tcase_add_test(tcase, what_is_no_check_is_refused_with_the_word_that_is_wrong);
    tcase_add_test(tcase, no_more_checks_than_there_is_room_for);
    suite_add_tcase(suite, tcase);
    return suite;
}
