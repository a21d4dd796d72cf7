/* SPDX-License-Identifier: MIT */
/* What base asks of the system beside files: the entries of a folder, other programs. */
#include <check.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/crc.h"
#include "base/entries.h"
#include "base/err.h"
#include "base/files.h"
#include "base/quiet_stderr.h"
#include "base/lock_beside.h"
#include "base/process.h"
#include "descriptors.h"
#include "suite.h"

static char folder[64];

static char *in(const char *name)
{
    static char paths[4][200];
    static int turn;
    char *path = paths[turn = (turn + 1) % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static void write_bytes(const char *path, size_t size)
{
    FILE *file = fopen(path, "wb");
    for (size_t i = 0; i < size; i++)
        fputc('x', file);
    fclose(file);
}

static void make_folder(void)
{
    strcpy(folder, "/tmp/inkling-system-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    write_bytes(in("b.txt"), 5);
    write_bytes(in(".hidden"), 0);
    ck_assert_int_eq(mkdir(in("a"), 0700), 0);
    ck_assert_int_eq(symlink(in("a"), in("to-a")), 0);
    ck_assert_int_eq(symlink(in("b.txt"), in("to-b")), 0);
    ck_assert_int_eq(symlink(in("nothing"), in("to-nothing")), 0);
    ck_assert_int_eq(mkfifo(in("pipe"), 0600), 0);
}

static void remove_folder(void)
{
    char command[100];
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    ck_assert_int_eq(system(command), 0);
}

START_TEST(what_stands_in_a_folder_is_told_and_what_links_lead_to)
{
    static const struct {
        const char *name;
        bool there, folder, plain;
        uint64_t size;
    } wanted[] = {{".hidden", true, false, true, 0},     {"a", true, true, false, 0},
                  {"b.txt", true, false, true, 5},       {"pipe", true, false, false, 0},
                  {"to-a", true, true, false, 0},        {"to-b", true, false, true, 5},
                  {"to-nothing", false, false, false, 0}};
    enum { COUNT = sizeof wanted / sizeof wanted[0] };
    struct entries *entries = entries_open(folder);
    ck_assert_ptr_nonnull(entries);
    int found = 0;
    for (const char *name; (name = entries_next(entries)) != NULL; found++) {
        struct entry entry;
        size_t i = 0;
        while (i < COUNT && strcmp(wanted[i].name, name) != 0)
            i++;
        ck_assert_msg(i < COUNT, "%s", name);
        ck_assert_int_eq(entries_look(entries, name, &entry), wanted[i].there);
        if (!wanted[i].there)
            continue;
        ck_assert_int_eq(entry.folder, wanted[i].folder);
        ck_assert_int_eq(entry.plain, wanted[i].plain);
        ck_assert(!entry.plain || entry.size == wanted[i].size);
        ck_assert_int_gt(entry.changed, 1000000000);
    }
    entries_close(entries);
    ck_assert_int_eq(found, COUNT);
    ck_assert(files_is_link(in("to-nothing")) && !files_is_link(in("a")));
}
END_TEST

START_TEST(names_come_sorted)
{
    int count;
    char **names = entries_names(folder, &count);
    ck_assert_int_eq(count, 7);
    for (int i = 1; i < count; i++)
        ck_assert_int_lt(strcmp(names[i - 1], names[i]), 0);
    entries_free_names(names, count);
    ck_assert_ptr_null(entries_names(in("nowhere"), &count));
    ck_assert_int_eq(errno, ENOENT);
    ck_assert_ptr_null(entries_open(in("b.txt")));
    ck_assert_int_eq(errno, ENOTDIR);
}
END_TEST

START_TEST(a_second_name_is_given_unless_it_is_taken)
{
    bool moved = true;
    ck_assert(files_add_name(in("b.txt"), in("c.txt"), &moved));
    ck_assert(!moved && files_exist(in("b.txt")) && files_exist(in("c.txt")));
    ck_assert(!files_add_name(in("b.txt"), in("c.txt"), &moved));
    ck_assert_int_eq(errno, EEXIST);
}
END_TEST

START_TEST(the_head_and_the_length_of_a_file_are_told_without_reading_it)
{
    char head[16] = "";
    uint64_t length;
    int fd = files_open(in("b.txt"), NULL);
    ck_assert(files_length(fd, &length) && length == 5);
    ck_assert_uint_eq(files_head(fd, head, sizeof head), 5);
    ck_assert_uint_eq(files_head(fd, head, 2), 2); /* from the beginning again */
    ck_assert_int_eq(memcmp(head, "xxxxx", 5), 0);
    files_close(fd);
}
END_TEST

START_TEST(this_program_and_its_folder_are_known)
{
    char path[FILES_PATH_MAX];
    ck_assert(files_program(path) && strstr(path, "test_system") != NULL);
    ck_assert(files_here(path) && path[0] == '/');
}
END_TEST

START_TEST(another_program_is_asked_and_answers_in_time_or_not)
{
    static char *const say[] = {"echo", "hello", NULL}, *const rest[] = {"sleep", "100", NULL},
                       *const none[] = {"no-such-program-here", NULL};
    char text[32];
    struct process process = process_ask(say);
    ck_assert(process_answer(&process, text, sizeof text, 30000000));
    ck_assert_str_eq(text, "hello\n");
    process = process_ask(rest);
    int pid = process.pid;
    ck_assert(process_lives(pid));
    double began = clock_seconds();
    ck_assert(!process_answer(&process, text, sizeof text, 100000));
    ck_assert(clock_seconds() - began < 30);
    ck_assert(!process_lives(pid));
    process = process_ask(none);
    ck_assert(!process_answer(&process, text, sizeof text, 30000000) || !text[0]);
}
END_TEST

START_TEST(signals_that_are_held_back_here_are_not_in_the_other)
{
    static char *const kill_itself[] = {"sh", "-c", "kill -TERM $$; echo alive", NULL};
    char text[32] = "";
    sigset_t held, before;
    sigemptyset(&held);
    sigaddset(&held, SIGTERM);
    sigprocmask(SIG_BLOCK, &held, &before);
    struct process process = process_ask(kill_itself);
    ck_assert(process_answer(&process, text, sizeof text, 30000000));
    sigprocmask(SIG_SETMASK, &before, NULL);
    ck_assert_str_eq(text, "");
}
END_TEST

/* ---- nothing stays open ---------------------------------------------------------------------- */

static void be_quiet(void)
{
    int kept = quiet_stderr_begin();
    ck_assert_int_ge(kept, 0);
    ck_assert_int_eq(quiet_stderr_begin(), -1); /* it is quiet already */
    quiet_stderr_end(-1);
    quiet_stderr_end(kept);
}

static void list_names(void)
{
    int count;
    char **names = entries_names(folder, &count);
    entries_free_names(names, count);
    ck_assert_ptr_null(entries_names(in("nowhere"), &count));
}

static void read_and_write(void)
{
    struct err err;
    size_t size;
    const struct files_part part = {"text", 4};
    const struct files_file both[] = {{in("one"), &part, 1}, {in("two"), &part, 1}};
    const struct files_file half[] = {{in("one"), &part, 1}, {in("nowhere/two"), &part, 1}};
    ck_assert(files_write(in("one"), &part, 1, &err));
    ck_assert(files_write_together(both, 2, &err) && !files_write_together(half, 2, &err));
    ck_assert(!files_write(in("nowhere/one"), &part, 1, &err) &&
              !files_write(folder, &part, 1, &err));
    ck_assert(files_can_write(in("one"), &err) && !files_can_write(in("nowhere/one"), &err));
    free(files_read(in("one"), 10, &size, &err));
    ck_assert_ptr_null(files_read(in("one"), 3, &size, &err)); /* too large */
    ck_assert_ptr_null(files_read(folder, 10, &size, &err));
    free(files_read_start(in("one"), 2, &size, &size, &err));
    ck_assert_int_eq(files_open(folder, &err), -1);
}

static void ask_another(void)
{
    static char *const say[] = {"echo", "hello", NULL}, *const rest[] = {"sleep", "100", NULL};
    char text[32];
    struct process process = process_ask(say);
    ck_assert(process_answer(&process, text, sizeof text, 30000000));
    process = process_ask(rest);
    ck_assert(!process_answer(&process, text, sizeof text, 1000));
}

static void hold_a_lock(void)
{
    int lock, other;
    ck_assert(lock_beside_take(in("one"), 0, &lock) && lock >= 0);
    ck_assert(!lock_beside_take(in("one"), 0, &other));
    lock_beside_leave(in("one"), lock);
}

START_TEST(nothing_stays_open)
{
    static void (*const uses[])(void) = {be_quiet, list_names, read_and_write, ask_another,
                                         hold_a_lock};
    for (int i = 0; i < 5; i++) {
        int before = count_descriptors();
        uses[i]();
        ck_assert_msg(count_descriptors() == before, "use %d leaves %d open", i,
                      count_descriptors() - before);
    }
}
END_TEST

START_TEST(a_checksum_is_the_same_in_pieces)
{
    ck_assert_uint_eq(crc_add(0, "123456789", 9), 0xcbf43926u); /* the catalogue's check value */
    ck_assert_uint_eq(crc_add(crc_add(0, "1234", 4), "56789", 5), 0xcbf43926u);
    ck_assert_uint_eq(crc_add(7, NULL, 0), 7);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("system");
    TCase *tests = tcase_create("system");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, make_folder, remove_folder);
    tcase_add_test(tests, what_stands_in_a_folder_is_told_and_what_links_lead_to);
    tcase_add_test(tests, names_come_sorted);
    tcase_add_test(tests, a_second_name_is_given_unless_it_is_taken);
    tcase_add_test(tests, the_head_and_the_length_of_a_file_are_told_without_reading_it);
    tcase_add_test(tests, this_program_and_its_folder_are_known);
    tcase_add_test(tests, another_program_is_asked_and_answers_in_time_or_not);
    tcase_add_test(tests, signals_that_are_held_back_here_are_not_in_the_other);
    tcase_add_test(tests, nothing_stays_open);
    tcase_add_test(tests, a_checksum_is_the_same_in_pieces);
    suite_add_tcase(suite, tests);
    return suite;
}
