/* SPDX-License-Identifier: MIT */
/* Saving: rights, links, long names, what a killed save leaves; and the user's folders. */
#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"
#include "base/files.h"
#include "base/log_stream.h"
#include "suite.h"

static struct err err;
static char folder[64];

static void make_folder(void)
{
    strcpy(folder, "/tmp/inkling-files-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    strcpy(err.text, "nothing");
}

static void remove_folder(void)
{
    char command[192];
    snprintf(command, sizeof command, "chmod -R u+rwx '%s'; rm -rf '%s'", folder, folder);
    ck_assert_int_eq(system(command), 0);
}

/* Lasts until four calls later. */
static char *in_folder(const char *name)
{
    static char paths[4][FILES_PATH_MAX];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, FILES_PATH_MAX, "%s/%s", folder, name);
    return path;
}

static bool write_text(const char *path, const char *text)
{
    struct files_part part = {text, strlen(text)};
    return files_write(path, &part, 1, &err);
}

static bool has_text(const char *path, const char *text)
{
    size_t size;
    char *data = (char *)files_read(path, 1000, &size, NULL);
    bool same = data && strcmp(data, text) == 0;
    free(data);
    return same;
}

static int count_entries(const char *path)
{
    DIR *dir = opendir(path);
    int count = -2; /* "." and ".." */
    ck_assert_ptr_nonnull(dir);
    while (readdir(dir))
        count++;
    closedir(dir);
    return count;
}

static mode_t rights_of(const char *path)
{
    struct stat st;
    ck_assert_int_eq(lstat(path, &st), 0);
    return st.st_mode & 07777;
}

/* The administrator may do all: another user then does it. */
static void become_somebody(void)
{
    if (geteuid() == 0)
        ck_assert_int_eq(seteuid(65534), 0);
}

static void become_oneself(void)
{
    if (getuid() == 0)
        ck_assert_int_eq(seteuid(0), 0);
}

/* ---- rights ---------------------------------------------------------------------------------- */

START_TEST(a_save_keeps_the_rights_of_the_file)
{
    static const mode_t modes[] = {0600, 0640, 0644, 0666, 0755, 0200};
    mode_t old = umask(022);
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        ck_assert(write_text(in_folder("f"), "old"));
        ck_assert_int_eq(chmod(in_folder("f"), modes[i]), 0);
        ck_assert_msg(write_text(in_folder("f"), "new"), "%s", err.text);
        ck_assert_int_eq(rights_of(in_folder("f")), modes[i]);
        unlink(in_folder("f"));
    }
    ck_assert(write_text(in_folder("f"), "new"));
    ck_assert_int_eq(rights_of(in_folder("f")), 0644);
    umask(old);
}
END_TEST

START_TEST(a_write_protected_file_is_refused_and_stays)
{
    ck_assert(write_text(in_folder("f"), "old"));
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(chmod(in_folder("f"), i ? 0400 : 0444), 0);
        ck_assert(!files_can_write(in_folder("f"), &err));
        ck_assert(!write_text(in_folder("f"), "new"));
        ck_assert_ptr_nonnull(strstr(err.text, "f is write-protected"));
        ck_assert(has_text(in_folder("f"), "old"));
    }
    ck_assert_int_eq(symlink("f", in_folder("link")), 0);
    ck_assert(!write_text(in_folder("link"), "new"));
    ck_assert(has_text(in_folder("f"), "old"));
    ck_assert_int_eq(count_entries(folder), 2);
}
END_TEST

START_TEST(another_owners_file_keeps_its_owner)
{
    struct stat st;
    if (geteuid() != 0)
        return; /* only the administrator can give files away */
    ck_assert(write_text(in_folder("f"), "old"));
    ck_assert_int_eq(chown(in_folder("f"), 65534, 65534), 0);
    ck_assert(write_text(in_folder("f"), "new"));
    ck_assert_int_eq(stat(in_folder("f"), &st), 0);
    ck_assert_uint_eq(st.st_uid, 65534);
    ck_assert_uint_eq(st.st_gid, 65534);
}
END_TEST

START_TEST(a_folder_that_may_not_be_written_is_named_as_the_reason)
{
    ck_assert_int_eq(mkdir(in_folder("closed"), 0755), 0);
    ck_assert_int_eq(chmod(in_folder("closed"), 0555), 0);
    ck_assert_int_eq(chmod(folder, 0755), 0);
    static const char *const names[] = {"closed/f", "closed/none/f", "closed/none/deeper/f"};
    for (size_t i = 0; i < 3; i++) {
        become_somebody();
        bool can = files_can_write(in_folder(names[i]), &err), done = false;
        if (!can)
            done = write_text(in_folder(names[i]), "x");
        become_oneself();
        ck_assert(!can && !done);
        ck_assert_msg(strstr(err.text, "you may not write in the folder"), "%s", err.text);
        ck_assert_ptr_nonnull(strstr(err.text, in_folder("closed;")));
    }
    become_somebody();
    bool made = files_make_folder(in_folder("closed/none/deeper"), &err);
    become_oneself();
    ck_assert(!made);
    ck_assert_msg(strstr(err.text, "closed/none cannot be made: Permission denied"), "%s",
                  err.text);
    ck_assert(!write_text(in_folder("none/deeper/f"), "x"));
    ck_assert_msg(strstr(err.text, "there is no folder"), "%s", err.text);
    ck_assert_ptr_nonnull(strstr(err.text, in_folder("none;")));
}
END_TEST

/* ---- links ----------------------------------------------------------------------------------- */

static void check_link(const char *name, const char *leads_to, const char *file)
{
    struct stat st;
    ck_assert_int_eq(symlink(leads_to, in_folder(name)), 0);
    ck_assert_msg(write_text(in_folder(name), name), "%s", err.text);
    ck_assert_int_eq(lstat(in_folder(name), &st), 0);
    ck_assert(S_ISLNK(st.st_mode));
    ck_assert(has_text(in_folder(file), name));
    ck_assert_int_eq(lstat(in_folder(file), &st), 0);
    ck_assert(S_ISREG(st.st_mode));
}

START_TEST(what_a_dangling_link_leads_to_is_made_and_the_link_stays)
{
    ck_assert_int_eq(mkdir(in_folder("inner"), 0700), 0);
    check_link("relative", "a", "a");
    check_link("down", "inner/b", "inner/b");
    check_link("inner/up", "../c", "c");
    check_link("absolute", in_folder("d"), "d");
    check_link("twice", "once", "once"); /* a link to what is no link yet */
    ck_assert_int_eq(symlink("e", in_folder("second")), 0);
    check_link("first", "second", "e");
    ck_assert_int_eq(count_entries(in_folder("inner")), 2);
}
END_TEST

START_TEST(links_that_lead_nowhere_are_refused)
{
    ck_assert_int_eq(symlink("loop", in_folder("loop")), 0);
    ck_assert_int_eq(symlink("none/f", in_folder("away")), 0);
    ck_assert(!write_text(in_folder("loop"), "x"));
    ck_assert_ptr_nonnull(strstr(err.text, "loop cannot be written"));
    ck_assert(!write_text(in_folder("away"), "x"));
    ck_assert_ptr_nonnull(strstr(err.text, "there is no folder"));
    ck_assert_int_eq(count_entries(folder), 2);
}
END_TEST

/* ---- names ----------------------------------------------------------------------------------- */

START_TEST(names_of_any_length_are_saved)
{
    static const size_t lengths[] = {1, 8, 240, 245, 250, 255};
    char name[300];
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        memset(name, 'n', sizeof name);
        name[lengths[i]] = 0;
        ck_assert_msg(write_text(in_folder(name), "x"), "%s", err.text);
        ck_assert(has_text(in_folder(name), "x"));
        ck_assert_int_eq(count_entries(folder), (int)i + 1);
    }
    memset(name, 'n', 256);
    name[256] = 0;
    ck_assert(!write_text(in_folder(name), "x"));
    ck_assert_ptr_nonnull(strstr(err.text, "cannot be written: File name too long"));
    ck_assert_int_eq(count_entries(folder), 6);
}
END_TEST

START_TEST(a_name_alone_is_in_the_current_folder)
{
    char before[FILES_PATH_MAX];
    ck_assert_ptr_nonnull(getcwd(before, sizeof before));
    ck_assert_int_eq(chdir(folder), 0);
    bool done = files_can_write("f", &err) && write_text("f", "x");
    ck_assert_int_eq(chdir(before), 0);
    ck_assert(done);
    ck_assert(has_text(in_folder("f"), "x"));
}
END_TEST

START_TEST(of_files_that_belong_together_none_is_replaced_before_all_are_written)
{
    const struct files_part part = {"new", 3};
    ck_assert(write_text(in_folder("a"), "old"));
    struct files_file files[2] = {{in_folder("a"), &part, 1}, {in_folder("none/b"), &part, 1}};
    ck_assert(!files_write_together(files, 2, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "none/b cannot be written"));
    ck_assert(has_text(in_folder("a"), "old"));
    ck_assert_int_eq(count_entries(folder), 1);
    files[1].path = in_folder("b");
    ck_assert(files_write_together(files, 2, &err));
    ck_assert(has_text(in_folder("a"), "new"));
    ck_assert(has_text(in_folder("b"), "new"));
}
END_TEST

/* ---- what killed saves leave ----------------------------------------------------------------- */

/* A process that was here and is gone. */
static int dead_pid(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    waitpid(pid, NULL, 0);
    return pid;
}

static char *left_by(int pid, const char *rest)
{
    char name[64];
    snprintf(name, sizeof name, ".inkling-%d%s", pid, rest);
    return in_folder(name);
}

static void put(const char *path)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fclose(file);
}

START_TEST(what_a_save_of_a_process_that_is_gone_left_is_swept_and_nothing_else)
{
    int gone = dead_pid();
    put(left_by(gone, "-0"));
    put(left_by(gone, "-17"));
    put(left_by(getpid(), "-0"));
    put(left_by(gone, "-0.txt"));
    put(left_by(gone, ""));
    put(in_folder(".inkling-notes"));
    put(in_folder("f"));
    ck_assert_int_eq(mkdir(left_by(gone, "-5"), 0700), 0);
    ck_assert_int_eq(symlink("f", left_by(gone, "-6")), 0);
    int held = open(left_by(gone, "-7"), O_CREAT | O_RDWR, 0600);
    ck_assert_int_eq(flock(held, LOCK_EX), 0); /* by another machine's process, say */
    files_sweep(folder);
    ck_assert(!files_exist(left_by(gone, "-0")));
    ck_assert(!files_exist(left_by(gone, "-17")));
    ck_assert_int_eq(count_entries(folder), 8);
    close(held);
    files_sweep(folder);
    ck_assert_int_eq(count_entries(folder), 7);
}
END_TEST

START_TEST(what_another_user_left_stays)
{
    if (geteuid() != 0)
        return;
    put(left_by(dead_pid(), "-0"));
    ck_assert_int_eq(chmod(folder, 0777), 0);
    become_somebody();
    files_sweep(folder);
    become_oneself();
    ck_assert_int_eq(count_entries(folder), 1);
}
END_TEST

static void save_for_ever(const char *path)
{
    static char bytes[1 << 20];
    struct files_part parts[4];
    for (int i = 0; i < 4; i++)
        parts[i] = (struct files_part){bytes, sizeof bytes};
    for (;;)
        files_write(path, parts, 4, NULL);
}

START_TEST(killed_saves_leave_nothing_for_ever_and_the_file_is_whole)
{
    enum { KILLS = 30, KILLS_MAX = 500 };
    struct stat st;
    int left = 0;
    for (int i = 0; i < KILLS || (left == 0 && i < KILLS_MAX); i++) {
        pid_t pid = fork();
        if (pid == 0)
            save_for_ever(in_folder("f"));
        usleep(3000 + 700 * (useconds_t)(i % KILLS));
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
        left += count_entries(folder) > files_exist(in_folder("f"));
        if (i % 2 == 0)
            files_sweep(folder);
        else
            ck_assert(files_can_write(in_folder("other"), &err)); /* which sweeps, too */
        ck_assert_int_eq(count_entries(folder), files_exist(in_folder("f")));
    }
    ck_assert_msg(left > 0, "no save was killed in its midst");
    ck_assert_int_eq(stat(in_folder("f"), &st), 0);
    ck_assert_int_eq(st.st_size, 4 << 20);
}
END_TEST

START_TEST(the_users_folders_are_swept_with_those_in_them)
{
    setenv("XDG_DATA_HOME", folder, 1);
    setenv("XDG_CONFIG_HOME", folder, 1);
    setenv("XDG_STATE_HOME", folder, 1);
    ck_assert_int_eq(mkdir(in_folder("inkling"), 0700), 0);
    ck_assert_int_eq(mkdir(in_folder("inkling/models"), 0700), 0);
    char name[64];
    int gone = dead_pid();
    snprintf(name, sizeof name, "inkling/.inkling-%d-0", gone);
    put(in_folder(name));
    snprintf(name, sizeof name, "inkling/models/.inkling-%d-0", gone);
    put(in_folder(name));
    files_sweep_user();
    ck_assert_int_eq(count_entries(in_folder("inkling/models")), 0);
    ck_assert_int_eq(count_entries(in_folder("inkling")), 1);
}
END_TEST

/* ---- the user's folders ---------------------------------------------------------------------- */

/* A file of which no byte at its beginning can be read. */
START_TEST(a_file_that_the_disk_cannot_read_is_not_taken_for_a_short_one)
{
    size_t size = 0, whole = 0;
    ck_assert_ptr_null(files_read_start("/proc/self/mem", 8, &size, &whole, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "/proc/self/mem cannot be read: "));
    strcpy(err.text, "nothing");
    ck_assert_ptr_null(files_read("/proc/self/mem", 8, &size, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "/proc/self/mem cannot be read: "));
}
END_TEST

START_TEST(folders_of_ones_own_are_for_nobody_else)
{
    mode_t old = umask(022);
    ck_assert(files_make_folder(in_folder("a/b"), &err));
    ck_assert_int_eq(rights_of(in_folder("a")), 0700);
    ck_assert_int_eq(rights_of(in_folder("a/b")), 0700);
    ck_assert(files_make_open_folder(in_folder("a/open"), &err));
    ck_assert_int_eq(rights_of(in_folder("a/open")), 0755);
    ck_assert(files_make_folder(in_folder("a/open"), &err));
    ck_assert_int_eq(rights_of(in_folder("a/open")), 0755);
    umask(old);
}
END_TEST

START_TEST(without_a_home_the_password_database_tells_it)
{
    static const char *const homes[] = {NULL, "", ".", "relative/home"};
    char path[FILES_PATH_MAX], want[FILES_PATH_MAX];
    const struct passwd *entry = getpwuid(getuid());
    snprintf(want, sizeof want, "%s", entry && entry->pw_dir[0] == '/' ? entry->pw_dir : "/");
    unsetenv("XDG_DATA_HOME");
    for (size_t i = 0; i < sizeof homes / sizeof homes[0]; i++) {
        if (homes[i])
            setenv("HOME", homes[i], 1);
        else
            unsetenv("HOME");
        ck_assert_str_eq(files_home(path), want);
        files_user_path(FILES_DATA, "models", path);
        ck_assert_int_eq(strncmp(path, want, strlen(want)), 0);
        ck_assert_ptr_nonnull(strstr(path, "/.local/share/inkling/models"));
    }
    setenv("HOME", folder, 1);
    ck_assert_str_eq(files_home(path), folder);
}
END_TEST

/* ---- a log, and who reads it ----------------------------------------------------------------- */

/* A log into a pipe whose other end is *reader. */
static struct log_stream log_to_pipe(int *reader)
{
    struct log_stream log;
    int ends[2], before = dup(STDOUT_FILENO);
    fflush(stdout);
    ck_assert(pipe(ends) == 0 && dup2(ends[1], STDOUT_FILENO) >= 0);
    ck_assert(log_stream_open(&log, "-", &err));
    dup2(before, STDOUT_FILENO);
    close(before);
    close(ends[1]);
    *reader = ends[0];
    return log;
}

static const char line[] = "0123456789012345678901234567890123456789012345678901234567890123456789";
enum { LINES = 5000 }; /* more than a pipe takes */

START_TEST(a_reader_who_stops_for_a_while_gets_every_line)
{
    static char bytes[LINES * sizeof line + 1];
    int reader;
    size_t size = 0;
    struct log_stream log = log_to_pipe(&reader);
    for (int i = 0; i < LINES; i++)
        log_stream_write(&log, line);
    ck_assert_msg(log_stream_send(&log), "the pipe took all");
    while (size < LINES * sizeof line) {
        ssize_t n = read(reader, bytes + size, sizeof bytes - size);
        ck_assert_int_gt(n, 0);
        size += (size_t)n;
        log_stream_send(&log);
    }
    for (size_t i = 0; i < LINES; i++)
        ck_assert(memcmp(bytes + i * sizeof line, line, sizeof line - 1) == 0 &&
                  bytes[(i + 1) * sizeof line - 1] == '\n');
    ck_assert(log_stream_close(&log, &err));
    close(reader);
}
END_TEST

START_TEST(a_reader_who_never_goes_on_costs_a_second_and_is_told)
{
    int reader;
    struct log_stream log = log_to_pipe(&reader);
    for (int i = 0; i < LINES; i++)
        log_stream_write(&log, line);
    ck_assert(!log_stream_close(&log, &err));
    ck_assert_msg(strstr(err.text, "log") != NULL, "%s", err.text);
    close(reader);
    log = log_to_pipe(&reader);
    for (size_t i = 0; i < 2 * LOG_WAITING_MAX / sizeof line; i++)
        log_stream_write(&log, line);
    ck_assert_msg(log.file < 0 && !log.waiting, "it is not bounded");
    ck_assert(!log_stream_close(&log, &err));
    close(reader);
}
END_TEST

START_TEST(a_reader_who_leaves_is_no_trouble_and_a_full_disk_is)
{
    int reader;
    signal(SIGPIPE, SIG_IGN);
    struct log_stream log = log_to_pipe(&reader);
    close(reader);
    log_stream_write(&log, line);
    ck_assert_int_lt(log.file, 0);
    ck_assert(log_stream_close(&log, &err));
    ck_assert(log_stream_open(&log, "/dev/full", &err));
    log_stream_write(&log, line);
    ck_assert(!log_stream_close(&log, &err));
    ck_assert(!log_stream_open(&log, in_folder("none/log"), &err));
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("files");
    TCase *t = tcase_create("files");
    tcase_add_checked_fixture(t, make_folder, remove_folder);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_save_keeps_the_rights_of_the_file);
    tcase_add_test(t, a_write_protected_file_is_refused_and_stays);
    tcase_add_test(t, another_owners_file_keeps_its_owner);
    tcase_add_test(t, a_folder_that_may_not_be_written_is_named_as_the_reason);
    tcase_add_test(t, what_a_dangling_link_leads_to_is_made_and_the_link_stays);
    tcase_add_test(t, links_that_lead_nowhere_are_refused);
    tcase_add_test(t, names_of_any_length_are_saved);
    tcase_add_test(t, a_name_alone_is_in_the_current_folder);
    tcase_add_test(t, of_files_that_belong_together_none_is_replaced_before_all_are_written);
    tcase_add_test(t, what_a_save_of_a_process_that_is_gone_left_is_swept_and_nothing_else);
    tcase_add_test(t, what_another_user_left_stays);
    tcase_add_test(t, killed_saves_leave_nothing_for_ever_and_the_file_is_whole);
    tcase_add_test(t, a_reader_who_stops_for_a_while_gets_every_line);
    tcase_add_test(t, a_reader_who_never_goes_on_costs_a_second_and_is_told);
    tcase_add_test(t, a_reader_who_leaves_is_no_trouble_and_a_full_disk_is);
    tcase_add_test(t, the_users_folders_are_swept_with_those_in_them);
    tcase_add_test(t, a_file_that_the_disk_cannot_read_is_not_taken_for_a_short_one);
    tcase_add_test(t, folders_of_ones_own_are_for_nobody_else);
    tcase_add_test(t, without_a_home_the_password_database_tells_it);
    suite_add_tcase(suite, t);
    return suite;
}
