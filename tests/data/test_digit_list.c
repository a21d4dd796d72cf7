/* SPDX-License-Identifier: MIT */
/* The digits that a person taught: a list with a history, and its files. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/files.h"
#include "data/dataset.h"
#include "data/copies.h"
#include "data/idx.h"
#include "data/my_digits.h"
#include "data/my_digits_inside.h"
#include "data/synthetic.h"
#include "data/unipen.h"
#include "digits.h"
#include "suite.h"

static char folder[64];

static char *path_of(const char *name)
{
    static char paths[4][256];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static void make_folder(void)
{
    const char *memory = "/dev/shm"; /* hundreds of small files are quicker there */
    snprintf(folder, sizeof folder, "%s/inkling-mine-XXXXXX",
             access(memory, W_OK) == 0 ? memory : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void remove_folder(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -r %s", folder);
    ck_assert_int_eq(system(command), 0);
}

static struct ink draw_hook(float x)
{
    struct ink ink = {0};
    ck_assert(ink_begin(&ink, x, 1.5f, NULL) && ink_add(&ink, x + 9, 2.25f, NULL) &&
              ink_add(&ink, x + 3, 19, NULL));
    return ink;
}

/* `count` digits: every second with strokes, the others a picture only. */
static struct my_digits *make_mine(int count)
{
    struct my_digits *my = my_digits_new(NULL);
    for (int i = 0; i < count; i++) {
        uint8_t pixels[FIT_LEN];
        struct ink ink = draw_hook((float)i);
        int label = synthetic_draw(3, (uint64_t)i, pixels);
        ck_assert(my_digits_add(my, label, i % 2 ? &ink : NULL, pixels, NULL));
        ink_free(&ink);
    }
    return my;
}

static void expect_same(const struct my_digits *a, const struct my_digits *b)
{
    ck_assert_uint_eq(my_digits_count(a), my_digits_count(b));
    for (uint32_t i = 0; i < my_digits_count(a); i++) {
        const struct my_digit *x = my_digits_at(a, i), *y = my_digits_at(b, i);
        ck_assert_int_eq(x->label, y->label);
        ck_assert_uint_eq(x->number, y->number);
        ck_assert_mem_eq(x->pixels, y->pixels, FIT_LEN);
        ck_assert_uint_eq(x->ink.point_count, y->ink.point_count);
        if (x->ink.point_count)
            ck_assert_mem_eq(x->ink.points, y->ink.points,
                             x->ink.point_count * sizeof *x->ink.points);
    }
}

static void save(const struct my_digits *my, const char *path)
{
    const struct my_digit **digits = my_digits_all(my, NULL);
    struct err err = {""};
    ck_assert_msg(my_digits_save(path, digits, my_digits_count(my), &err), "%s", err.text);
    free(digits);
}

/* ---- the list -------------------------------------------------------------------------------- */

START_TEST(teaching_relabelling_and_deleting_undo_and_redo)
{
    struct my_digits *my = make_mine(3);
    uint64_t version = my_digits_version(my), changes = my_digits_changes(my);
    int label = my_digits_at(my, 1)->label;
    ck_assert(my_digits_relabel(my, 1, (label + 1) % 10, NULL));
    ck_assert_int_eq(my_digits_at(my, 1)->label, (label + 1) % 10);
    ck_assert_uint_eq(my_digits_at(my, 1)->number, 1);
    ck_assert_uint_eq(my_digits_at(my, 1)->ink.point_count, 3);
    ck_assert(my_digits_remove(my, 0, NULL));
    ck_assert_uint_eq(my_digits_count(my), 2);
    ck_assert_uint_eq(my_digits_at(my, 0)->number, 1);
    ck_assert(my_digits_undo(my) && my_digits_undo(my));
    ck_assert_uint_eq(my_digits_version(my), version);
    ck_assert_uint_gt(my_digits_changes(my), changes);
    ck_assert_int_eq(my_digits_at(my, 1)->label, label);
    ck_assert_uint_eq(my_digits_count(my), 3);
    ck_assert(my_digits_redo(my) && my_digits_redo(my) && !my_digits_redo(my));
    ck_assert_uint_eq(my_digits_count(my), 2);
    my_digits_free(my);
}
END_TEST

START_TEST(a_number_is_never_given_twice)
{
    struct my_digits *my = make_mine(3);
    uint8_t pixels[FIT_LEN] = {0};
    ck_assert(my_digits_remove(my, 2, NULL));
    ck_assert(my_digits_add(my, 4, NULL, pixels, NULL));
    ck_assert_uint_eq(my_digits_at(my, 2)->number, 3);
    my_digits_free(my);
}
END_TEST

START_TEST(the_oldest_steps_are_forgotten_and_the_list_stays)
{
    struct my_digits *my = make_mine(MY_DIGITS_UNDO_MAX + 30);
    int undone = 0;
    while (my_digits_undo(my))
        undone++;
    ck_assert_int_eq(undone, MY_DIGITS_UNDO_MAX);
    ck_assert_uint_eq(my_digits_count(my), 30);
    my_digits_free(my);
}
END_TEST

/* Whatever the order in which they are taught: here 0 to 9 again and again. */
START_TEST(about_one_in_five_is_held_out_of_every_kind)
{
    enum { ROUNDS = 50 };
    int all = 0;
    for (uint32_t label = 0; label < 10; label++) {
        int held_out = 0;
        for (uint32_t i = 0; i < ROUNDS; i++) {
            const struct my_digit digit = {.number = 10 * i + label};
            held_out += my_digits_is_held_out(&digit);
        }
        ck_assert_int_ge(held_out, 2);
        ck_assert_int_le(held_out, 25);
        all += held_out;
    }
    ck_assert_int_ge(all, 70);
    ck_assert_int_le(all, 130);
}
END_TEST

START_TEST(many_at_once_are_one_step)
{
    struct my_digits *my = make_mine(2), *more = make_mine(7);
    ck_assert(my_digits_add_all(my, more, NULL));
    my_digits_free(more);
    ck_assert_uint_eq(my_digits_count(my), 9);
    ck_assert_uint_eq(my_digits_at(my, 8)->number, 8);
    ck_assert(my_digits_undo(my));
    ck_assert_uint_eq(my_digits_count(my), 2);
    my_digits_free(my);
}
END_TEST

START_TEST(a_full_list_says_so_and_stays)
{
    struct dataset *set = synthetic_new(1, DATASET_TEST, MY_DIGITS_MAX, NULL);
    struct my_digits *my = my_digits_from_set(set, NULL), *one = make_mine(1);
    struct err err = {""};
    uint8_t pixels[FIT_LEN] = {0};
    ck_assert_uint_eq(my_digits_count(my), MY_DIGITS_MAX);
    ck_assert(!my_digits_add(my, 1, NULL, pixels, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "5000"));
    ck_assert(!my_digits_add_all(my, one, &err));
    ck_assert_uint_eq(my_digits_count(my), MY_DIGITS_MAX);
    my_digits_free(one);
    my_digits_free(my);
    dataset_free(set);
}
END_TEST

/* ---- files ----------------------------------------------------------------------------------- */

START_TEST(a_saved_list_comes_back_with_strokes_pictures_and_numbers)
{
    struct my_digits *my = make_mine(12), *back;
    struct err err = {""};
    ck_assert(my_digits_remove(my, 4, NULL));
    save(my, path_of("mine.unp"));
    back = load_digits(path_of("mine.unp"), &err);
    ck_assert_msg(back != NULL, "%s", err.text);
    expect_same(my, back);
    ck_assert(!my_digits_can_undo(back));
    uint8_t pixels[FIT_LEN] = {0};
    ck_assert(my_digits_add(back, 1, NULL, pixels, NULL));
    ck_assert_uint_eq(my_digits_at(back, 11)->number, 12);
    my_digits_free(back);
    my_digits_free(my);
}
END_TEST

START_TEST(strokes_of_others_get_pictures_and_numbers_of_their_own)
{
    struct unipen *unipen = unipen_new(NULL);
    struct ink ink = draw_hook(4);
    struct unipen_digit digit = {.label = 7, .writer = 3, .number = 9, .ink = ink};
    struct ink_fit fit;
    ck_assert(unipen_add_digit(unipen, &digit, NULL) && unipen_add_digit(unipen, &digit, NULL));
    ck_assert(unipen_save(path_of("theirs.unp"), unipen, NULL));
    struct my_digits *my = load_digits(path_of("theirs.unp"), NULL);
    ck_assert_uint_eq(my_digits_count(my), 2);
    ck_assert_uint_eq(my_digits_at(my, 1)->number, 1);
    ink_fit(&ink, &fit);
    ck_assert_mem_eq(my_digits_at(my, 0)->pixels, fit.pixels, FIT_LEN);
    my_digits_free(my);
    unipen_free(unipen);
    ink_free(&ink);
}
END_TEST

START_TEST(a_file_cut_anywhere_is_refused_or_a_beginning_and_never_more)
{
    struct my_digits *my = make_mine(4);
    size_t size;
    save(my, path_of("mine.unp"));
    unsigned char *bytes = files_read(path_of("mine.unp"), 1 << 20, &size, NULL);
    int refused = 0;
    for (size_t cut = 0; cut < size; cut += 31) {
        struct err err = {""};
        struct files_part part = {bytes, cut};
        ck_assert(files_write(path_of("cut.unp"), &part, 1, NULL));
        struct my_digits *back = load_digits(path_of("cut.unp"), &err);
        if (back)
            ck_assert_uint_le(my_digits_count(back), 4);
        else
            ck_assert_ptr_nonnull(strstr(err.text, "cut.unp"));
        refused += !back;
        my_digits_free(back);
    }
    ck_assert_int_gt(refused, 100);
    free(bytes);
    my_digits_free(my);
}
END_TEST

START_TEST(a_picture_with_a_wrong_letter_is_refused_with_its_line)
{
    struct err err = {""};
    static const char text[] = ".SEGMENT DIGIT 0 ? \"1\"\n.COMMENT PICTURE 00ffgg\n";
    struct files_part part = {text, strlen(text)};
    ck_assert(files_write(path_of("bad.unp"), &part, 1, NULL));
    ck_assert_ptr_null(load_digits(path_of("bad.unp"), &err));
    ck_assert_ptr_nonnull(strstr(err.text, "line 2: the picture is cut short or damaged"));
}
END_TEST

static uint64_t id_at(float x)
{
    uint8_t pixels[FIT_LEN] = {0};
    struct ink ink = {0};
    ck_assert(ink_begin(&ink, x, 2, NULL));
    uint64_t id = my_digits_content_id(&ink, pixels);
    ink_free(&ink);
    return id;
}

START_TEST(the_least_step_aside_is_another_digit_but_minus_nought_is_nought)
{
    ck_assert(id_at(-0.0f) == id_at(0));
    ck_assert(id_at(1e-9f) != id_at(2e-9f));
    ck_assert(id_at(1e-9f) != id_at(0));
    ck_assert(id_at(-1) != id_at(1));
}
END_TEST

START_TEST(a_digit_is_known_by_its_pixels_and_points)
{
    struct my_digits *my = make_mine(6), *of = my_digits_new(NULL);
    const struct my_digit **known = my_digits_all(my, NULL);
    struct ink two = {0};
    uint8_t fresh[FIT_LEN] = {0};
    fresh[5] = 255;
    ck_assert(ink_begin(&two, 1, 1, NULL) && ink_add(&two, 9, 9, NULL));
    ck_assert(my_digits_add_all(of, my, NULL));
    ck_assert(
        my_digits_add(of, 3, NULL, known[1]->pixels, NULL)); /* what it became in a PNG file */
    ck_assert(my_digits_add(of, 3, &two, known[1]->pixels, NULL)); /* drawn in another way */
    ck_assert(my_digits_add(of, 4, NULL, fresh, NULL));
    struct my_digits *unknown =
        my_digits_unknown(of, (const struct my_digit *const *)known, 6, NULL);
    ck_assert_uint_eq(my_digits_count(unknown), 2);
    ck_assert_uint_eq(my_digits_at(unknown, 0)->ink.point_count, 2);
    ck_assert_mem_eq(my_digits_at(unknown, 1)->pixels, fresh, FIT_LEN);
    ck_assert_uint_eq(my_digits_at(unknown, 0)->number, known[5]->number + 1);
    ink_free(&two);
    free(known);
    my_digits_free(unknown);
    my_digits_free(of);
    my_digits_free(my);
}
END_TEST

START_TEST(pictures_go_to_idx_and_back)
{
    struct my_digits *my = make_mine(9);
    const struct my_digit **digits = my_digits_all(my, NULL);
    struct dataset *set = my_digits_to_set(digits, 9, NULL);
    char labels[FILES_PATH_MAX];
    ck_assert(copies_labels_path(path_of("my-images-idx3-ubyte"), labels));
    ck_assert_str_eq(labels, path_of("my-labels-idx1-ubyte"));
    ck_assert(idx_save(path_of("my-images-idx3-ubyte"), labels, set, NULL));
    struct dataset *read = idx_load(path_of("my-images-idx3-ubyte"), labels, "x", "", NULL);
    ck_assert_ptr_nonnull(read);
    struct my_digits *back = my_digits_from_set(read, NULL);
    ck_assert_uint_eq(my_digits_count(back), 9);
    for (uint32_t i = 0; i < 9; i++) {
        ck_assert_int_eq(my_digits_at(back, i)->label, my_digits_at(my, i)->label);
        ck_assert_mem_eq(my_digits_at(back, i)->pixels, my_digits_at(my, i)->pixels, FIT_LEN);
        ck_assert_uint_eq(my_digits_at(back, i)->ink.stroke_count, 0);
    }
    my_digits_free(back);
    my_digits_free(my);
    dataset_free(read);
    dataset_free(set);
    free(digits);
}
END_TEST

START_TEST(a_name_without_images_has_no_labels)
{
    char labels[FILES_PATH_MAX];
    ck_assert(!copies_labels_path("/images/digits.png", labels));
    ck_assert(copies_labels_path("t10k-images.idx3-ubyte.gz", labels));
    ck_assert_str_eq(labels, "t10k-labels.idx1-ubyte.gz");
}
END_TEST

Suite *make_suite(void)
{
    TCase *list = tcase_create("list"), *files = tcase_create("files");
    tcase_add_checked_fixture(files, make_folder, remove_folder);
    tcase_add_test(list, teaching_relabelling_and_deleting_undo_and_redo);
    tcase_add_test(list, a_number_is_never_given_twice);
    tcase_add_test(list, the_oldest_steps_are_forgotten_and_the_list_stays);
    tcase_add_test(list, about_one_in_five_is_held_out_of_every_kind);
    tcase_add_test(list, many_at_once_are_one_step);
    tcase_add_test(list, a_full_list_says_so_and_stays);
    tcase_add_test(files, a_saved_list_comes_back_with_strokes_pictures_and_numbers);
    tcase_add_test(files, strokes_of_others_get_pictures_and_numbers_of_their_own);
    tcase_add_test(files, a_file_cut_anywhere_is_refused_or_a_beginning_and_never_more);
    tcase_add_test(files, a_picture_with_a_wrong_letter_is_refused_with_its_line);
    tcase_add_test(files, the_least_step_aside_is_another_digit_but_minus_nought_is_nought);
    tcase_add_test(files, a_digit_is_known_by_its_pixels_and_points);
    tcase_add_test(files, pictures_go_to_idx_and_back);
    tcase_add_test(files, a_name_without_images_has_no_labels);
    Suite *suite = suite_create("mine");
    suite_add_tcase(suite, list);
    suite_add_tcase(suite, files);
    return suite;
}
