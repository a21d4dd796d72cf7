/* SPDX-License-Identifier: MIT */
/* The file of a person's digits: shared by two windows, damaged, or out of reach. */
#include <check.h>
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/mine/digit_file.h"
#include "base/err.h"
#include "base/rng.h"
#include "data/dataset.h"
#include "data/mine.h"
#include "suite.h"

static char folder[64], path[128];

/* A window as far as the digits in it go. */
struct desk {
    struct digit_file file;
    struct mine *mine;
};

static struct desk a, b;

static void close_desk(struct desk *desk)
{
    mine_free(desk->mine);
    digit_file_forget(&desk->file);
    *desk = (struct desk){.mine = NULL};
}

static const char *open_desk(struct desk *desk)
{
    static struct err said;
    struct err err = {""};
    close_desk(desk);
    desk->mine = digit_file_load(&desk->file, path, &said, &err);
    ck_assert_msg(desk->mine != NULL, "%s", err.text);
    return said.text;
}

static bool try_to_save(struct desk *desk, struct err *said, struct err *err)
{
    struct mine_news news;
    const struct mine_digit **digits = mine_digits(desk->mine, NULL);
    bool done = digit_file_save(&desk->file, path, digits, mine_count(desk->mine), &news, said, err);
    if (done)
        ck_assert(mine_take_news(desk->mine, &news, NULL));
    mine_news_clear(&news);
    free(digits);
    return done;
}

/* Saves, and takes in what the other window did. */
static const char *sync_desk(struct desk *desk)
{
    static struct err said;
    struct err err = {""};
    ck_assert_msg(try_to_save(desk, &said, &err), "%s", err.text);
    return said.text;
}

static void make_folder(void)
{
    const char *memory = "/dev/shm"; /* hundreds of small files are quicker there */
    snprintf(folder, sizeof folder, "%s/inkling-store-XXXXXX",
             access(memory, W_OK) == 0 ? memory : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/my-digits.unp", folder);
}

static void remove_folder(void)
{
    char command[128];
    close_desk(&a);
    close_desk(&b);
    snprintf(command, sizeof command, "rm -r %s", folder);
    ck_assert_int_eq(system(command), 0);
}

/* Every `kind` is drawn in its own way. */
static void add(struct desk *desk, int kind, int label)
{
    struct ink ink = {0};
    uint8_t pixels[FIT_LEN] = {0};
    for (int i = 0; i < 20; i++)
        pixels[300 + i] = (uint8_t)(kind >> i % 8 & 255);
    memcpy(pixels + 400, &kind, sizeof kind);
    ck_assert(ink_begin(&ink, (float)kind, 1.5f, NULL) && ink_add(&ink, 9.25f, -3, NULL));
    ck_assert(mine_add(desk->mine, label, kind % 3 ? &ink : NULL, pixels, NULL));
    ink_free(&ink);
}

static int kind_of(const struct mine_digit *digit)
{
    int kind;
    memcpy(&kind, digit->pixels + 400, sizeof kind);
    return kind;
}

static int find(const struct desk *desk, int kind)
{
    for (uint32_t i = 0; i < mine_count(desk->mine); i++)
        if (kind_of(mine_at(desk->mine, i)) == kind)
            return (int)i;
    return -1;
}

/* The label of that digit, or -1 where it is not there. */
static int label(const struct desk *desk, int kind)
{
    int at = find(desk, kind);
    return at < 0 ? -1 : mine_at(desk->mine, (uint32_t)at)->label;
}

static void relabel(struct desk *desk, int kind, int to)
{
    ck_assert_int_ge(find(desk, kind), 0);
    ck_assert(mine_relabel(desk->mine, (uint32_t)find(desk, kind), to, NULL));
}

static void delete(struct desk *desk, int kind)
{
    ck_assert_int_ge(find(desk, kind), 0);
    ck_assert(mine_remove(desk->mine, (uint32_t)find(desk, kind), NULL));
}

/* Two windows with the digits 1 to 5, each named by its kind. */
static void open_both(void)
{
    open_desk(&a);
    for (int kind = 1; kind <= 5; kind++)
        add(&a, kind, kind);
    sync_desk(&a);
    open_desk(&b);
    ck_assert_uint_eq(mine_count(b.mine), 5);
}

/* In both windows and in the file, and under the same numbers, which rise in the file. */
static void expect_same(void)
{
    struct desk file = {.mine = NULL};
    sync_desk(&a);
    sync_desk(&b);
    sync_desk(&a);
    ck_assert_str_eq(open_desk(&file), "");
    const struct desk *const desks[] = {&a, &b};
    for (int i = 0; i < 2; i++) {
        ck_assert_uint_eq(mine_count(desks[i]->mine), mine_count(file.mine));
        for (uint32_t k = 0; k < mine_count(file.mine); k++) {
            const struct mine_digit *digit = mine_at(file.mine, k);
            int at = mine_find(desks[i]->mine, digit->id);
            ck_assert_int_ge(at, 0);
            ck_assert_int_eq(mine_at(desks[i]->mine, (uint32_t)at)->label, digit->label);
            ck_assert_uint_eq(mine_at(desks[i]->mine, (uint32_t)at)->number, digit->number);
            if (k > 0)
                ck_assert_uint_gt(digit->number, mine_at(file.mine, k - 1)->number);
        }
    }
    close_desk(&file);
}

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
    ck_assert(mine_undo(a.mine));
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
    ck_assert_uint_eq(mine_count(b.mine), 0);
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
    ck_assert(mine_undo(b.mine));
    ck_assert_int_eq(label(&b, 1), 1);
    ck_assert_int_eq(label(&b, 2), -1);
    ck_assert_int_eq(label(&b, 3), 8);
    ck_assert_int_eq(label(&b, 6), 6);
    ck_assert(mine_redo(b.mine));
    ck_assert_int_eq(label(&b, 1), 7);
    expect_same();
}
END_TEST

START_TEST(what_is_changed_while_a_save_is_under_way_stays)
{
    struct err said, err = {""};
    struct mine_news news;
    open_both();
    delete(&a, 2);
    relabel(&a, 3, 8);
    sync_desk(&a);
    const struct mine_digit **digits = mine_digits(b.mine, NULL);
    ck_assert(digit_file_save(&b.file, path, digits, mine_count(b.mine), &news, &said, &err));
    relabel(&b, 2, 9);
    relabel(&b, 3, 7);
    add(&b, 6, 6);
    ck_assert(mine_take_news(b.mine, &news, NULL));
    mine_news_clear(&news);
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
    ck_assert_uint_eq(mine_count(a.mine), 7);
    delete(&b, 1); /* either of them: they are the same to anyone */
    sync_desk(&b);
    sync_desk(&a);
    relabel(&a, 1, 7);
    sync_desk(&a);
    sync_desk(&b);
    ck_assert_uint_eq(mine_count(a.mine), 6);
    ck_assert_uint_eq(mine_count(b.mine), 6);
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
    ck_assert_uint_eq(mine_count(a.mine), 6);
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
    ck_assert_uint_eq(mine_count(a.mine), 4);
    expect_aside(1, bytes, size);
    ck_assert_str_eq(open_desk(&b), ""); /* it was written anew */
    ck_assert_uint_eq(mine_count(b.mine), 4);
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
        ck_assert_uint_le(mine_count(a.mine), begun);
        ck_assert_uint_ge(mine_count(a.mine) + 1, begun);
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
    ck_assert_uint_eq(mine_count(b.mine), 6); /* what is not in it was not deleted */
    ck_assert_str_eq(open_desk(&a), "");
    ck_assert_uint_eq(mine_count(a.mine), 6);
    write_bytes("", 0);
    sync_desk(&a);
    ck_assert_uint_eq(mine_count(a.mine), 6);
    ck_assert_str_eq(open_desk(&b), "");
    ck_assert_uint_eq(mine_count(b.mine), 6);
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
    ck_assert_uint_ge(mine_count(b.mine), 5);
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
    ck_assert_uint_eq(mine_count(b.mine), 6);
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
    ck_assert_uint_eq(mine_count(b.mine), 6);
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
    ck_assert_uint_eq(mine_count(a.mine), 4);
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
    enum { COUNT = MINE_MAX + 700 };
    struct dataset *set = dataset_new("many", MINE_MAX, NULL);
    for (uint32_t i = 0; i < MINE_MAX; i++) {
        memset(set->pixels + (size_t)i * FIT_LEN, 0, FIT_LEN);
        memcpy(set->pixels + (size_t)i * FIT_LEN + 400, &i, sizeof i);
        set->labels[i] = (uint8_t)(i % 10);
    }
    open_desk(&a);
    open_desk(&b);
    mine_free(b.mine);
    b.mine = mine_from_set(set, NULL);
    for (int i = 0; i < 700; i++)
        add(&a, 100000 + i, 3);
    sync_desk(&a);
    sync_desk(&b);
    ck_assert_uint_eq(mine_count(b.mine), COUNT);
    ck_assert_str_eq(open_desk(&a), "");
    ck_assert_uint_eq(mine_count(a.mine), COUNT);
    delete(&a, 17);
    sync_desk(&a);
    sync_desk(&b);
    ck_assert_uint_eq(mine_count(b.mine), COUNT - 1);
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

Suite *make_suite(void)
{
    TCase *windows = tcase_create("two windows"), *damage = tcase_create("damage"),
          *reach = tcase_create("out of reach");
    TCase *const cases[] = {windows, damage, reach};
    Suite *suite = suite_create("digit_file");
    for (int i = 0; i < 3; i++) {
        tcase_add_checked_fixture(cases[i], make_folder, remove_folder);
        tcase_set_timeout(cases[i], 60);
        suite_add_tcase(suite, cases[i]);
    }
    tcase_add_test(windows, a_digit_deleted_in_one_window_does_not_come_back_from_the_other);
    tcase_add_test(windows, a_digit_named_anew_in_one_window_stays_so_in_the_other);
    tcase_add_test(windows, the_later_name_of_a_digit_wins);
    tcase_add_test(
        windows, a_digit_named_anew_after_it_was_deleted_elsewhere_is_kept_and_the_other_way_round);
    tcase_add_test(windows, a_deletion_that_is_undone_comes_back_everywhere);
    tcase_add_test(windows, all_deleted_in_one_window_are_deleted_in_the_other);
    tcase_add_test(windows, undo_takes_back_what_was_done_in_this_window_only);
    tcase_add_test(windows, what_is_changed_while_a_save_is_under_way_stays);
    tcase_add_test(windows, two_digits_that_are_drawn_alike_stay_two);
    tcase_add_test(windows, a_file_that_is_gone_is_written_anew);
    tcase_add_test(windows, any_wishes_in_two_windows_are_done_in_their_order);
    tcase_add_test(damage, one_damaged_digit_costs_itself_alone);
    tcase_add_test(damage, a_file_cut_anywhere_keeps_its_whole_digits_and_is_put_aside);
    tcase_add_test(damage, a_file_damaged_while_the_window_is_open_is_put_aside_and_written_anew);
    tcase_add_test(damage, what_another_window_filed_is_taken_out_of_a_damaged_file);
    tcase_add_test(reach, what_cannot_be_read_is_no_damage);
    tcase_add_test(reach, a_full_disk_leaves_the_file_and_what_is_to_be_saved);
    tcase_add_test(reach, a_full_disk_loses_nothing_of_a_damaged_file);
    tcase_add_test(reach, a_lock_that_is_held_is_said_in_time);
    tcase_add_test(reach, more_digits_than_are_kept_are_read_and_written_all);
    tcase_add_test(reach, a_linked_file_stays_linked_and_what_was_damaged_in_it_is_kept);
    return suite;
}
