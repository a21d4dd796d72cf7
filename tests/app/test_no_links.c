/* SPDX-License-Identifier: MIT */
/* A damaged file of digits on a disk where a file has one name only: link() is this program's. */
#include <check.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/files.h"
#include "data/my_digits.h"
#include "desks.h"
#include "suite.h"

static int reason; /* why there is no second name */

int __wrap_link(const char *from, const char *to);

int __wrap_link(const char *from, const char *to)
{
    (void)from, (void)to;
    errno = reason;
    return -1;
}

static void begin(void)
{
    make_folder();
    open_both();
    reason = EPERM;
}

static void cut_file(void)
{
    struct stat st;
    ck_assert_int_eq(stat(path, &st), 0);
    ck_assert_int_eq(truncate(path, st.st_size - 3), 0);
}

static const char *aside(int number)
{
    static char name[200];
    snprintf(name, sizeof name, "%s.damaged-%d", path, number);
    return name;
}

START_TEST(the_damaged_file_gets_another_name_that_is_free)
{
    static const int reasons[] = {EPERM, EOPNOTSUPP, EMLINK};
    for (int i = 0; i < 3; i++) {
        reason = reasons[i];
        cut_file();
        const char *said = open_desk(&a);
        ck_assert_msg(strstr(said, "kept as my-digits.unp.damaged-") != NULL, "%s", said);
        for (int k = 1; k <= i + 1; k++)
            ck_assert(files_exist(aside(k)));
    }
}
END_TEST

START_TEST(for_other_reasons_it_stays_where_it_is)
{
    reason = ENOSPC;
    cut_file();
    const char *said = open_desk(&a);
    ck_assert_msg(strstr(said, "cannot be put aside: No space left") != NULL, "%s", said);
    ck_assert(files_exist(path) && !files_exist(aside(1)));
}
END_TEST

START_TEST(a_link_to_it_stays_a_link)
{
    char elsewhere[200];
    struct stat st;
    snprintf(elsewhere, sizeof elsewhere, "%s/elsewhere.unp", folder);
    cut_file();
    ck_assert_int_eq(rename(path, elsewhere), 0);
    ck_assert_int_eq(symlink(elsewhere, path), 0);
    ck_assert_ptr_nonnull(strstr(open_desk(&a), "kept as my-digits.unp.damaged-1"));
    ck_assert(lstat(path, &st) == 0 && S_ISLNK(st.st_mode));
    ck_assert(lstat(aside(1), &st) == 0 && S_ISREG(st.st_mode));
    ck_assert_str_eq(open_desk(&b), "");
}
END_TEST

START_TEST(where_nothing_can_be_written_it_gets_its_name_back)
{
    struct rlimit before, none;
    struct stat old, now;
    cut_file();
    stat(path, &old);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    none = (struct rlimit){100, before.rlim_max};
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &none), 0);
    const char *said = open_desk(&a);
    setrlimit(RLIMIT_FSIZE, &before);
    ck_assert_msg(strstr(said, "is damaged") != NULL, "%s", said);
    ck_assert(stat(path, &now) == 0 && now.st_ino == old.st_ino && now.st_size == old.st_size);
    ck_assert(!files_exist(aside(1)));
}
END_TEST

Suite *make_suite(void)
{
    TCase *tests = tcase_create("no links");
    Suite *suite = suite_create("no_links");
    tcase_add_checked_fixture(tests, begin, remove_folder);
    suite_add_tcase(suite, tests);
    tcase_add_test(tests, the_damaged_file_gets_another_name_that_is_free);
    tcase_add_test(tests, for_other_reasons_it_stays_where_it_is);
    tcase_add_test(tests, a_link_to_it_stays_a_link);
    tcase_add_test(tests, where_nothing_can_be_written_it_gets_its_name_back);
    return suite;
}
