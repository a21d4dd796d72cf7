/* SPDX-License-Identifier: MIT */
/* The file of a person's digits, damaged or out of reach. */
#include <check.h>
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/files.h"
#include "data/dataset.h"
#include "data/my_digits.h"
#include "desks.h"
#include "suite.h"

/* ---- damage ---------------------------------------------------------------------------------- */

static unsigned char *read_bytes(const char *name, size_t *size)
{
    struct err err = {""};
    unsigned char *bytes = files_read(name, 1 << 24, size, &err);
    ck_assert_msg(bytes != NULL, "%s", err.text);
    return bytes;
}

static void write_bytes(const void *bytes, size_t size)
{
    const struct files_part part = {bytes, size};
    ck_assert(files_write(path, &part, 1, NULL));
}

static const char *aside(int number)
{
    static char name[200];
    snprintf(name, sizeof name, "%s.damaged-%d", path, number);
    return name;
}

static void expect_aside(int number, const void *bytes, size_t size)
{
    size_t kept_size;
    unsigned char *kept = read_bytes(aside(number), &kept_size);
    ck_assert_uint_eq(kept_size, size);
    ck_assert_mem_eq(kept, bytes, size);
    free(kept);
}

START_TEST(one_damaged_digit_costs_itself_alone)
{
    size_t size;
    open_both();
    unsigned char *bytes = read_bytes(path, &size);
    char *third = strstr((char *)bytes, "SEGMENT DIGIT 2");
    ck_assert_ptr_nonnull(third);
    char *pen = strstr(third, ".PEN_UP"); /* of the fourth: the third has no strokes */
    memcpy(pen, ".PEN_DOWN\n", 7);
    pen[6] = '\n';
    memcpy(pen, "what?", 5);
    write_bytes(bytes, size);
    const char *said = open_desk(&a);
    ck_assert_msg(strstr(said, "4 could be read, 1 could not") != NULL, "%s", said);
    ck_assert_ptr_nonnull(strstr(said, "kept as my-digits.unp.damaged-1"));
    ck_assert_uint_eq(my_digits_count(a.list), 4);
    expect_aside(1, bytes, size);
    ck_assert_str_eq(open_desk(&b), ""); /* it was written anew */
    ck_assert_uint_eq(my_digits_count(b.list), 4);
    free(bytes);
}
END_TEST

START_TEST(a_file_cut_anywhere_keeps_its_whole_digits_and_is_put_aside)
{
    size_t size;
    open_both();
    unsigned char *bytes = read_bytes(path, &size);
    for (size_t cut = 0, step = 0; cut < size; cut += 97, step++) {
        write_bytes(bytes, cut);
        uint32_t begun = 0;
        for (size_t i = 0; i + 8 < cut; i++)
            begun += memcmp(bytes + i, ".SEGMENT", 8) == 0;
        const char *said = open_desk(&a);
        ck_assert_uint_le(my_digits_count(a.list), begun);
        ck_assert_uint_ge(my_digits_count(a.list) + 1, begun);
        if (said[0])
            expect_aside(1, bytes, cut);
        remove(aside(1));
    }
    free(bytes);
}
END_TEST

START_TEST(a_file_damaged_while_the_window_is_open_is_put_aside_and_written_anew)
{
    static const char rubbish[] = "hello\0world\n\xff";
    open_both();
    write_bytes(rubbish, sizeof rubbish);
    add(&b, 6, 6);
    const char *said = sync_desk(&b);
    ck_assert_msg(strstr(said, "kept as my-digits.unp.damaged-1") != NULL, "%s", said);
    ck_assert_msg(strstr(said, "nothing that this window shows is lost") != NULL, "%s", said);
    ck_assert_ptr_null(strstr(said, "anew"));
    expect_aside(1, rubbish, sizeof rubbish);
    ck_assert_uint_eq(my_digits_count(b.list), 6); /* what is not in it was not deleted */
    ck_assert_str_eq(open_desk(&a), "");
    ck_assert_uint_eq(my_digits_count(a.list), 6);
    write_bytes("", 0);
    sync_desk(&a);
    ck_assert_uint_eq(my_digits_count(a.list), 6);
    ck_assert_str_eq(open_desk(&b), "");
    ck_assert_uint_eq(my_digits_count(b.list), 6);
}
END_TEST

START_TEST(what_another_window_filed_is_taken_out_of_a_damaged_file)
{
    size_t size;
    open_both();
    add(&a, 6, 6);
    delete(&a, 2);
    sync_desk(&a);
    unsigned char *bytes = read_bytes(path, &size);
    write_bytes(bytes, size - 12); /* the last, the 6, has no strokes but a picture */
    free(bytes);
    relabel(&b, 1, 9);
    sync_desk(&b);
    ck_assert_uint_ge(my_digits_count(b.list), 5);
    ck_assert_int_eq(label(&b, 2), 2); /* that it was deleted cannot be told */
    ck_assert_int_eq(label(&b, 1), 9);
}
END_TEST

/* ---- out of reach ---------------------------------------------------------------------------- */

static bool any_aside(void)
{
    bool any = false;
    DIR *dir = opendir(folder);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        any |= strstr(entry->d_name, "damaged") != NULL;
    closedir(dir);
    return any;
}

START_TEST(what_cannot_be_read_is_no_damage)
{
    struct err said, err = {""};
    open_both();
    remove(path);
    mkdir(path, 0700); /* a folder in its place */
    ck_assert_ptr_null(digit_file_load(&a.file, path, &said, &err));
    ck_assert_msg(strstr(err.text, "my-digits.unp") != NULL, "%s", err.text);
    add(&b, 6, 6);
    ck_assert(!try_to_save(&b, &said, &err));
    ck_assert(!any_aside());
    rmdir(path);
    sync_desk(&b);
    ck_assert_uint_eq(my_digits_count(b.list), 6);
}
END_TEST

START_TEST(a_full_disk_leaves_the_file_and_what_is_to_be_saved)
{
    struct rlimit before, none;
    struct err said, err = {""};
    size_t size, after;
    open_both();
    unsigned char *bytes = read_bytes(path, &size);
    add(&a, 6, 6);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    none = (struct rlimit){size / 2, before.rlim_max};
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &none), 0);
    bool done = try_to_save(&a, &said, &err);
    setrlimit(RLIMIT_FSIZE, &before);
    ck_assert(!done);
    ck_assert_msg(strstr(err.text, "not saved yet") != NULL, "%s", err.text);
    unsigned char *left = read_bytes(path, &after);
    ck_assert_uint_eq(size, after);
    ck_assert_mem_eq(left, bytes, size);
    sync_desk(&a);
    expect_same();
    ck_assert_uint_eq(my_digits_count(b.list), 6);
    free(bytes);
    free(left);
}
END_TEST

START_TEST(a_full_disk_loses_nothing_of_a_damaged_file)
{
    struct rlimit before, none;
    size_t size, after;
    open_both();
    unsigned char *bytes = read_bytes(path, &size);
    write_bytes(bytes, size - 3);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    none = (struct rlimit){100, before.rlim_max};
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &none), 0);
    const char *said = open_desk(&a);
    setrlimit(RLIMIT_FSIZE, &before);
    ck_assert_msg(strstr(said, "is damaged") != NULL, "%s", said);
    ck_assert_uint_eq(my_digits_count(a.list), 4);
    unsigned char *left = read_bytes(path, &after);
    ck_assert_uint_eq(after, size - 3);
    ck_assert(!any_aside());
    ck_assert_ptr_nonnull(strstr(sync_desk(&a), "kept as"));
    expect_aside(1, bytes, size - 3);
    free(bytes);
    free(left);
}
END_TEST

START_TEST(a_lock_that_is_held_is_said_in_time)
{
    char lock_path[200];
    struct err said, err = {""};
    int lock;
    open_both();
    snprintf(lock_path, sizeof lock_path, "%s.lock", path);
    ck_assert(files_lock(lock_path, 0, &lock, &err));
    add(&a, 6, 6);
    ck_assert(!try_to_save(&a, &said, &err));
    ck_assert_msg(strstr(err.text, "my-digits.unp.lock") != NULL, "%s", err.text);
    files_unlock(lock);
    sync_desk(&a);
    expect_same();
}
END_TEST

START_TEST(more_digits_than_are_kept_are_read_and_written_all)
{
    enum { COUNT = MY_DIGITS_MAX + 700 };
    struct dataset *set = dataset_new("many", MY_DIGITS_MAX, NULL);
    for (uint32_t i = 0; i < MY_DIGITS_MAX; i++) {
        memset(set->pixels + (size_t)i * FIT_LEN, 0, FIT_LEN);
        memcpy(set->pixels + (size_t)i * FIT_LEN + 400, &i, sizeof i);
        set->labels[i] = (uint8_t)(i % 10);
    }
    open_desk(&a);
    open_desk(&b);
    my_digits_free(b.list);
    b.list = my_digits_from_set(set, NULL);
    for (int i = 0; i < 700; i++)
        add(&a, 100000 + i, 3);
    sync_desk(&a);
    sync_desk(&b);
    ck_assert_uint_eq(my_digits_count(b.list), COUNT);
    ck_assert_str_eq(open_desk(&a), "");
    ck_assert_uint_eq(my_digits_count(a.list), COUNT);
    delete(&a, 17);
    sync_desk(&a);
    sync_desk(&b);
    ck_assert_uint_eq(my_digits_count(b.list), COUNT - 1);
    ck_assert(!any_aside());
    dataset_free(set);
}
END_TEST

START_TEST(a_linked_file_stays_linked_and_what_was_damaged_in_it_is_kept)
{
    char elsewhere[200];
    size_t size;
    open_both();
    unsigned char *bytes = read_bytes(path, &size);
    snprintf(elsewhere, sizeof elsewhere, "%s/elsewhere.unp", folder);
    ck_assert_int_eq(rename(path, elsewhere), 0);
    ck_assert_int_eq(symlink(elsewhere, path), 0);
    write_bytes(bytes, size - 3);
    open_desk(&a);
    expect_aside(1, bytes, size - 3);
    struct stat st;
    ck_assert(lstat(path, &st) == 0 && S_ISLNK(st.st_mode));
    free(bytes);
}
END_TEST

/* The file without its end. */
static size_t damage(unsigned char **bytes)
{
    size_t size;
    open_both();
    *bytes = read_bytes(path, &size);
    write_bytes(*bytes, size - 3);
    return size - 3;
}

START_TEST(a_damaged_file_never_takes_the_name_of_an_older_one)
{
    unsigned char *bytes;
    char nowhere[200];
    size_t size = damage(&bytes);
    snprintf(nowhere, sizeof nowhere, "%s/nowhere", folder);
    ck_assert_int_eq(symlink(nowhere, aside(1)), 0); /* there, and yet not to be read */
    ck_assert_int_eq(mkdir(aside(2), 0700), 0);
    ck_assert_ptr_nonnull(strstr(open_desk(&a), "kept as my-digits.unp.damaged-3"));
    expect_aside(3, bytes, size);
    struct stat st;
    ck_assert(lstat(aside(1), &st) == 0 && S_ISLNK(st.st_mode));
    free(bytes);
}
END_TEST

START_TEST(where_no_name_is_left_that_is_said)
{
    unsigned char *bytes;
    damage(&bytes);
    for (int i = 1; i < 1000; i++)
        ck_assert_int_eq(symlink("nowhere", aside(i)), 0);
    const char *said = open_desk(&a);
    ck_assert_msg(strstr(said, "there is no name left for it") != NULL, "%s", said);
    ck_assert_uint_eq(my_digits_count(a.list), 4);
    free(bytes);
}
END_TEST

START_TEST(a_damaged_file_that_a_link_leads_to_on_another_disk_is_kept_beside_itself)
{
    char elsewhere[] = "/tmp/inkling-elsewhere-XXXXXX", real[200], kept[220], command[200];
    unsigned char *bytes;
    struct stat here, there;
    size_t size = damage(&bytes), kept_size;
    ck_assert_ptr_nonnull(mkdtemp(elsewhere));
    ck_assert(stat(folder, &here) == 0 && stat(elsewhere, &there) == 0);
    snprintf(real, sizeof real, "%s/real.unp", elsewhere);
    snprintf(kept, sizeof kept, "%s.damaged-1", here.st_dev == there.st_dev ? path : real);
    remove(path);
    ck_assert_int_eq(symlink(real, path), 0);
    write_bytes(bytes, size);
    const char *said = open_desk(&a);
    ck_assert_msg(strstr(said, "kept as") != NULL, "%s", said);
    unsigned char *old = read_bytes(kept, &kept_size);
    ck_assert_uint_eq(kept_size, size);
    ck_assert_mem_eq(old, bytes, size);
    ck_assert(lstat(path, &there) == 0 && S_ISLNK(there.st_mode));
    snprintf(command, sizeof command, "rm -r %s", elsewhere);
    ck_assert_int_eq(system(command), 0);
    free(old);
    free(bytes);
}
END_TEST

Suite *make_suite(void)
{
    TCase *tests = tcase_create("digit_damage");
    Suite *suite = suite_create("digit_damage");
    tcase_add_checked_fixture(tests, make_folder, remove_folder);
    tcase_set_timeout(tests, 60);
    suite_add_tcase(suite, tests);
    tcase_add_test(tests, one_damaged_digit_costs_itself_alone);
    tcase_add_test(tests, a_file_cut_anywhere_keeps_its_whole_digits_and_is_put_aside);
    tcase_add_test(tests, a_file_damaged_while_the_window_is_open_is_put_aside_and_written_anew);
    tcase_add_test(tests, what_another_window_filed_is_taken_out_of_a_damaged_file);
    tcase_add_test(tests, what_cannot_be_read_is_no_damage);
    tcase_add_test(tests, a_full_disk_leaves_the_file_and_what_is_to_be_saved);
    tcase_add_test(tests, a_full_disk_loses_nothing_of_a_damaged_file);
    tcase_add_test(tests, a_lock_that_is_held_is_said_in_time);
    tcase_add_test(tests, more_digits_than_are_kept_are_read_and_written_all);
    tcase_add_test(tests, a_linked_file_stays_linked_and_what_was_damaged_in_it_is_kept);
    tcase_add_test(tests, a_damaged_file_never_takes_the_name_of_an_older_one);
    tcase_add_test(tests, where_no_name_is_left_that_is_said);
    tcase_add_test(tests,
                   a_damaged_file_that_a_link_leads_to_on_another_disk_is_kept_beside_itself);
    return suite;
}
