/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/err.h"
#include "base/files.h"
#include "base/rng.h"
#include "data/augment.h"
#include "data/dataset.h"
#include "data/find.h"
#include "data/idx.h"
#include "data/synthetic.h"
#include "data/unipen.h"
#include "data/writers.h"
#include "digits.h"
#include "ink/fit.h"
#include "suite.h"

enum { LEN = 28 * 28, COUNT = 3 };

/* ---- a folder of its own for every test ---------------------------------------------------- */

static char folder[64];

static void make_folder(void)
{
    const char *memory = "/dev/shm"; /* thousands of small files are quicker there */
    snprintf(folder, sizeof folder, "%s/inkling-data-XXXXXX",
             access(memory, W_OK) == 0 ? memory : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void remove_folder(void)
{
    char command[128];
    ck_assert_int_eq(chdir("/"), 0);
    snprintf(command, sizeof command, "rm -r %s", folder);
    ck_assert_int_eq(system(command), 0);
}

static char *path_of(const char *name)
{
    static char paths[4][256];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static void write_file(const char *name, const void *data, size_t size)
{
    FILE *file = fopen(path_of(name), "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(data, 1, size, file), size);
    fclose(file);
}

/* The gzip of some bytes; *size is changed to the packed size. */
static void pack(const uint8_t *data, size_t *size, uint8_t *out, size_t room)
{
    z_stream z = {.next_in = (Bytef *)data,
                  .avail_in = (uInt)*size,
                  .next_out = out,
                  .avail_out = (uInt)room};
    ck_assert_int_eq(deflateInit2(&z, 9, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY), Z_OK);
    ck_assert_int_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
    *size = room - z.avail_out;
    deflateEnd(&z);
}

/* ---- IDX ----------------------------------------------------------------------------------- */

enum { IMAGES_SIZE = 16 + COUNT * LEN, LABELS_SIZE = 8 + COUNT };

/* Three pictures with something in them, and their labels 7, 0, 9. */
static void make_idx(uint8_t *images, uint8_t *labels)
{
    static const uint8_t images_head[16] = {0, 0, 8, 3, 0, 0, 0, COUNT, 0, 0, 0, 28, 0, 0, 0, 28};
    static const uint8_t labels_file[LABELS_SIZE] = {0, 0, 8, 1, 0, 0, 0, COUNT, 7, 0, 9};
    memcpy(images, images_head, 16);
    for (int i = 0; i < COUNT * LEN; i++)
        images[16 + i] = i % 5 == 0 ? (uint8_t)i : 0;
    memcpy(labels, labels_file, LABELS_SIZE);
}

static void write_idx(const char *images_name, const char *labels_name)
{
    uint8_t images[IMAGES_SIZE], labels[LABELS_SIZE];
    make_idx(images, labels);
    write_file(images_name, images, IMAGES_SIZE);
    write_file(labels_name, labels, LABELS_SIZE);
}

static struct dataset *load(const char *images, const char *labels, struct err *err)
{
    return idx_load(path_of(images), path_of(labels), "test", "fetch it again", err);
}

/* Refused, with a sentence, to its full stop or question mark, that names the file. */
static void expect_refused(const char *images, const char *labels, const char *blamed)
{
    struct err err = {""};
    struct dataset *set = load(images, labels, &err);
    if (set || !strstr(err.text, blamed) || !strchr(".?", err.text[strlen(err.text) - 1]))
        ck_abort_msg("%s: %s", set ? "accepted" : "sentence", err.text);
}

START_TEST(idx_files_are_read_raw_and_gzipped)
{
    uint8_t images[IMAGES_SIZE], labels[LABELS_SIZE], packed[8192];
    size_t size = IMAGES_SIZE;
    struct err err;
    make_idx(images, labels);
    write_idx("i", "l");
    pack(images, &size, packed, sizeof packed);
    write_file("z", packed, size);
    const char *names[] = {"i", "z"};
    for (int i = 0; i < 2; i++) {
        struct dataset *set = load(names[i], "l", &err);
        ck_assert_msg(set, "%s", err.text);
        ck_assert_uint_eq(set->count, COUNT);
        ck_assert(set->rows == 28 && set->cols == 28 && !set->synthetic);
        ck_assert_mem_eq(set->pixels, images + 16, COUNT * LEN);
        ck_assert_mem_eq(set->labels, labels + 8, COUNT);
        dataset_free(set);
    }
}
END_TEST

START_TEST(an_idx_file_cut_at_any_byte_is_refused)
{
    uint8_t images[IMAGES_SIZE], labels[LABELS_SIZE];
    make_idx(images, labels);
    write_idx("i", "l");
    for (int size = 0; size < IMAGES_SIZE; size++) {
        write_file("cut", images, (size_t)size);
        expect_refused("cut", "l", "/cut");
    }
    for (int size = 0; size < LABELS_SIZE; size++) {
        write_file("cut", labels, (size_t)size);
        expect_refused("i", "cut", "/cut");
    }
}
END_TEST

START_TEST(a_gzipped_idx_file_cut_at_any_byte_is_refused)
{
    uint8_t images[IMAGES_SIZE], labels[LABELS_SIZE], packed[8192];
    size_t whole = IMAGES_SIZE;
    make_idx(images, labels);
    write_idx("i", "l");
    pack(images, &whole, packed, sizeof packed);
    for (size_t size = 0; size < whole; size++) {
        write_file("cut", packed, size);
        expect_refused("cut", "l", "/cut");
    }
}
END_TEST

START_TEST(a_whole_gzip_stream_of_too_few_items_is_refused)
{
    uint8_t images[IMAGES_SIZE], labels[LABELS_SIZE], packed[8192];
    make_idx(images, labels);
    write_idx("i", "l");
    for (size_t less = 1; less < IMAGES_SIZE; less += 31) {
        size_t size = IMAGES_SIZE - less;
        pack(images, &size, packed, sizeof packed);
        write_file("few", packed, size);
        expect_refused("few", "l", "/few is cut short");
    }
}
END_TEST

START_TEST(an_idx_file_with_more_behind_it_is_refused)
{
    uint8_t images[IMAGES_SIZE + 1], labels[LABELS_SIZE], packed[8192];
    make_idx(images, labels);
    images[IMAGES_SIZE] = 0;
    write_idx("i", "l");
    write_file("long", images, IMAGES_SIZE + 1);
    expect_refused("long", "l", "goes on after the 3 items");
    size_t size = IMAGES_SIZE + 1;
    pack(images, &size, packed, sizeof packed);
    write_file("long", packed, size);
    expect_refused("long", "l", "goes on after the 3 items");
}
END_TEST

/* Every byte of both heads, to every value: accepted only as it should be. */
START_TEST(an_idx_head_with_any_byte_changed_is_refused)
{
    uint8_t images[IMAGES_SIZE], labels[LABELS_SIZE];
    make_idx(images, labels);
    write_idx("i", "l");
    for (int at = 0; at < 16; at++)
        for (int value = 0; value < 256; value += at == 7 ? 1 : 15) {
            uint8_t right = images[at];
            images[at] = (uint8_t)value;
            write_file("bad", images, IMAGES_SIZE);
            images[at] = right;
            if (value != right)
                expect_refused("bad", "l", "/bad");
        }
    for (int at = 0; at < 8; at++)
        for (int value = 0; value < 256; value += at == 7 ? 1 : 15) {
            uint8_t right = labels[at];
            labels[at] = (uint8_t)value;
            write_file("bad", labels, LABELS_SIZE);
            labels[at] = right;
            if (value != right)
                expect_refused("i", "bad", "bad");
        }
}
END_TEST

START_TEST(a_damaged_gzip_stream_never_gives_pictures)
{
    uint8_t images[IMAGES_SIZE], labels[LABELS_SIZE], packed[8192];
    size_t size = IMAGES_SIZE;
    make_idx(images, labels);
    write_idx("i", "l");
    pack(images, &size, packed, sizeof packed);
    for (size_t at = 10; at < size; at++) { /* before it stand a time and flags without effect */
        packed[at] ^= 0x55;
        write_file("bad", packed, size);
        packed[at] ^= 0x55;
        expect_refused("bad", "l", "/bad");
    }
}
END_TEST

START_TEST(a_count_that_no_file_can_hold_is_refused_before_memory_is_asked_for)
{
    uint8_t head[16] = {0, 0, 8, 3, 0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 28, 0, 0, 0, 28};
    write_idx("i", "l");
    write_file("huge", head, 16);
    expect_refused("huge", "l", "2147483647");
    const uint8_t million[4] = {0, 0x10, 0, 0};
    memcpy(head + 4, million, 4); /* just allowed, but the file is 16 bytes */
    write_file("huge", head, 16);
    uint8_t labels[8] = {0, 0, 8, 1, 0, 0x10, 0, 0};
    write_file("labels", labels, 8);
    expect_refused("huge", "labels", "cut short");
}
END_TEST

START_TEST(a_label_that_is_no_digit_is_refused)
{
    uint8_t images[IMAGES_SIZE], labels[LABELS_SIZE];
    make_idx(images, labels);
    write_idx("i", "l");
    labels[9] = 10;
    write_file("l", labels, LABELS_SIZE);
    expect_refused("i", "l", "label 2 is 10");
}
END_TEST

START_TEST(images_and_labels_of_different_counts_are_refused)
{
    uint8_t labels[LABELS_SIZE - 1] = {0, 0, 8, 1, 0, 0, 0, COUNT - 1, 1, 2};
    write_idx("i", "l");
    write_file("l", labels, sizeof labels);
    expect_refused("i", "l", "3 images, but l 2 labels");
}
END_TEST

START_TEST(missing_and_impossible_files_are_refused)
{
    write_idx("i", "l");
    expect_refused("nothing", "l", "/nothing");
    expect_refused("i", "nothing", "/nothing");
    expect_refused(".", "l", "folder");
    expect_refused("l", "l", "not a file of images");
    expect_refused("i", "i", "not a file of labels");
}
END_TEST

START_TEST(a_part_of_a_set_shares_its_pictures)
{
    struct err err;
    write_idx("i", "l");
    struct dataset *set = load("i", "l", &err);
    struct dataset part = dataset_part(set, set->count - 1, 1);
    ck_assert_uint_eq(part.count, 1);
    ck_assert_ptr_eq(part.pixels, set->pixels + 2 * LEN);
    ck_assert_int_eq(part.labels[0], 9);
    ck_assert_uint_eq(dataset_part(set, 3, 0).count, 0);
    dataset_free(set);
}
END_TEST

/* ---- where data comes from ----------------------------------------------------------------- */

/* No data is found but in `folder`. */
static void point_nowhere(void)
{
    unsetenv("INKLING_DATA");
    setenv("XDG_DATA_HOME", folder, 1);
    ck_assert_int_eq(chdir(folder), 0);
}

static struct dataset *find(const char *where, enum dataset_split split)
{
    struct err err = {""};
    struct dataset *set = find_data(where, split, &err);
    ck_assert_msg(set, "%s", err.text);
    return set;
}

START_TEST(both_spellings_are_found_raw_and_gzipped)
{
    static const char *const names[][2] = {
        {"t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"},
        {"t10k-images.idx3-ubyte", "t10k-labels.idx1-ubyte"},
        {"t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"},
        {"t10k-images.idx3-ubyte.gz", "t10k-labels.idx1-ubyte"},
    };
    for (int i = 0; i < 4; i++) {
        write_idx(names[i][0], names[i][1]);
        ck_assert(find_here(folder, DATASET_TEST) && !find_here(folder, DATASET_TRAIN));
        struct dataset *set = find(folder, DATASET_TEST);
        ck_assert_uint_eq(set->count, COUNT);
        dataset_free(set);
        unlink(path_of(names[i][0]));
        unlink(path_of(names[i][1]));
        ck_assert(!find_here(folder, DATASET_TEST));
    }
}
END_TEST

START_TEST(a_folder_that_was_asked_for_is_the_only_one_looked_in)
{
    struct err err = {""};
    point_nowhere();
    ck_assert_ptr_null(find_data(folder, DATASET_TRAIN, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "train-images-idx3-ubyte"));
    ck_assert_ptr_nonnull(strstr(err.text, folder));
    ck_assert_ptr_null(find_data(path_of("none"), DATASET_TRAIN, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "no folder"));
    write_idx("train-images-idx3-ubyte", "other");
    ck_assert_ptr_null(find_data(folder, DATASET_TRAIN, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "train-labels-idx1-ubyte"));
}
END_TEST

START_TEST(the_usual_places_are_looked_in_one_after_the_other)
{
    point_nowhere();
    ck_assert_int_eq(mkdir("data", 0700) | mkdir("data/mnist", 0700) | mkdir("inkling", 0700) |
                         mkdir("inkling/mnist", 0700) | mkdir("mine", 0700),
                     0);
    write_idx("data/mnist/t10k-images-idx3-ubyte", "data/mnist/t10k-labels-idx1-ubyte");
    struct dataset *set = find(NULL, DATASET_TEST);
    ck_assert_str_eq(set->name, "MNIST");
    ck_assert_uint_eq(set->count, COUNT);
    dataset_free(set);
    uint8_t junk[4] = {0};
    write_file("inkling/mnist/t10k-images-idx3-ubyte", junk, 4);
    write_file("inkling/mnist/t10k-labels-idx1-ubyte", junk, 4);
    struct err err = {""}; /* damaged files are an error, not a reason to go on looking */
    ck_assert_ptr_null(find_data("", DATASET_TEST, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "inkling/mnist/t10k-images"));
    write_idx("mine/t10k-images-idx3-ubyte", "mine/t10k-labels-idx1-ubyte");
    setenv("INKLING_DATA", path_of("mine/"), 1);
    set = find(NULL, DATASET_TEST);
    ck_assert_str_eq(set->name, "mine");
    dataset_free(set);
    unlink("mine/t10k-labels-idx1-ubyte"); /* half a pair is an error too */
    ck_assert_ptr_null(find_data(NULL, DATASET_TEST, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "mine/ has no t10k-labels-idx1-ubyte"));
    ck_assert_int_eq(rename("data/mnist", "data/MniSt"), 0);
    set = find("data/MniSt//", DATASET_TEST);
    ck_assert_str_eq(set->name, "MNIST");
    dataset_free(set);
}
END_TEST

START_TEST(without_any_files_the_program_draws_the_digits)
{
    point_nowhere();
    struct dataset *set = find(NULL, DATASET_TEST);
    ck_assert(set->synthetic);
    ck_assert_str_eq(set->name, "synthetic");
    ck_assert_uint_eq(set->count, SYNTHETIC_TEST);
    ck_assert_ptr_nonnull(strstr(find_note(), "README"));
    dataset_free(set);
}
END_TEST

START_TEST(mnist_itself_is_read_where_it_is_at_hand)
{
    const char *where = getenv("INKLING_DATA");
    struct err err = {""};
    if (!where || !find_here(where, DATASET_TRAIN)) {
        fprintf(stderr, "skipped: INKLING_DATA names no folder with MNIST's training images\n");
        return;
    }
    struct dataset *set = find_data(where, DATASET_TRAIN, &err);
    ck_assert_msg(set, "%s", err.text);
    ck_assert_uint_eq(set->count, 60000);
    uint32_t near = 0; /* the fit makes of MNIST's images what they are already */
    for (uint32_t i = 0; i < 2000; i++) {
        struct ink_fit fit;
        const uint8_t *pixels = set->pixels + (size_t)i * LEN;
        ck_assert(ink_fit_picture(pixels, 28, 28, 28, &fit, NULL));
        int worst = 0;
        for (int k = 0; k < LEN; k++)
            worst = abs(fit.pixels[k] - pixels[k]) > worst ? abs(fit.pixels[k] - pixels[k]) : worst;
        near += worst <= 1;
    }
    ck_assert_uint_ge(near, 1995);
    dataset_free(set);
}
END_TEST

/* ---- synthetic digits ---------------------------------------------------------------------- */

START_TEST(a_seed_always_draws_the_same_digits)
{
    uint8_t a[LEN], b[LEN];
    for (uint64_t i = 0; i < 200; i++) {
        int digit = synthetic_draw(7, 199 - i, a);
        ck_assert_int_eq(digit, (int)((199 - i) % 10));
        ck_assert_int_eq(synthetic_draw(7, 199 - i, b), digit);
        ck_assert_mem_eq(a, b, LEN);
        synthetic_draw(8, 199 - i, b);
        ck_assert_mem_ne(a, b, LEN);
    }
}
END_TEST

static bool holds_picture(const struct dataset *set, const uint8_t *pixels)
{
    for (uint32_t i = 0; i < set->count; i++)
        if (memcmp(set->pixels + (size_t)i * LEN, pixels, LEN) == 0)
            return true;
    return false;
}

START_TEST(the_two_splits_have_no_picture_in_common)
{
    struct dataset *train = synthetic_new(1, DATASET_TRAIN, 1000, NULL);
    struct dataset *test = synthetic_new(1, DATASET_TEST, 500, NULL);
    struct dataset *more = synthetic_new(1, DATASET_TRAIN, 1200, NULL);
    for (uint32_t i = 0; i < test->count; i++)
        ck_assert(!holds_picture(train, test->pixels + (size_t)i * LEN));
    ck_assert_mem_eq(train->pixels, more->pixels, 1000 * LEN); /* a longer set begins the same */
    ck_assert_mem_eq(train->labels, more->labels, 1000);
    dataset_free(train);
    dataset_free(test);
    dataset_free(more);
}
END_TEST

START_TEST(synthetic_digits_that_nobody_wants_are_given_up)
{
    struct err err = {""};
    atomic_bool abandoned = true;
    ck_assert_ptr_null(synthetic_new_unless(&abandoned, 1, DATASET_TRAIN, 1000, &err));
    ck_assert_str_ne(err.text, "");
}
END_TEST

START_TEST(synthetic_digits_have_the_measure_of_mnist)
{
    struct dataset *set = synthetic_new(3, DATASET_TRAIN, 5000, NULL);
    double sum = 0;
    int counts[10] = {0}, off_centre = 0, dim = 0;
    for (uint32_t i = 0; i < set->count; i++) {
        const uint8_t *p = set->pixels + (size_t)i * LEN;
        double mass = 0, x = 0, y = 0;
        int most = 0;
        for (int k = 0; k < LEN; k++) {
            mass += p[k];
            x += p[k] * (k % 28);
            y += p[k] * (k / 28);
            most = p[k] > most ? p[k] : most;
        }
        sum += mass;
        off_centre += fabs(x / mass - 14) > 0.6 || fabs(y / mass - 14) > 0.6;
        dim += most < 255;
        counts[set->labels[i]]++;
    }
    ck_assert_double_eq_tol(sum / 255 / LEN / set->count, 0.1307, 0.01);
    ck_assert_int_eq(dim, 0);
    ck_assert_int_le(off_centre, 5);
    for (int d = 0; d < 10; d++)
        ck_assert_int_eq(counts[d], 500);
    dataset_free(set);
}
END_TEST

/* ---- pen strokes --------------------------------------------------------------------------- */

static const char two_digits[] = ".INCLUDE x.doc\n.LEXICON \"0\" \"1\"\n.HIERARCHY DIGIT\n\n"
                                 ".SEGMENT DIGIT    0 ? \"8\"\n.COMMENT 8 12  224\n.PEN_DOWN\n"
                                 " 267  333\n 267.5  336\n -3 4e1\n.PEN_UP\n.DT 100\n"
                                 ".SEGMENT DIGIT    1 ? \"1\"\r\n.PEN_DOWN\r\n 5 5\r\n.PEN_UP\r\n"
                                 ".PEN_DOWN\n 7 8\n.PEN_UP\n";

static struct unipen *load_strokes(const char *text, struct err *err)
{
    write_file("s.unp", text, strlen(text));
    return unipen_load(path_of("s.unp"), err);
}

static void expect_unipen_refused(const char *text, const char *why)
{
    struct err err = {""};
    struct unipen *u = load_strokes(text, &err);
    if (u || !strstr(err.text, why) || !strstr(err.text, "/s.unp"))
        ck_abort_msg("%s: %s", u ? "accepted" : "sentence", err.text);
}

START_TEST(pen_strokes_are_read_with_y_turned_down)
{
    struct err err;
    struct unipen *u = load_strokes(two_digits, &err);
    ck_assert_msg(u, "%s", err.text);
    ck_assert_uint_eq(u->count, 2);
    ck_assert(u->digits[0].label == 8 && u->digits[0].writer == 12);
    ck_assert(u->digits[1].label == 1 && u->digits[1].writer == 0);
    ck_assert_uint_eq(u->digits[0].ink.stroke_count, 1);
    ck_assert_uint_eq(u->digits[1].ink.stroke_count, 2);
    ck_assert(u->digits[0].ink.points[1].x == 267.5f && u->digits[0].ink.points[1].y == -336);
    ck_assert(u->digits[0].ink.points[2].x == -3 && u->digits[0].ink.points[2].y == -40);
    unipen_free(u);
}
END_TEST

START_TEST(wrong_strokes_files_are_refused_with_the_line)
{
    expect_unipen_refused("", "holds no digits");
    expect_unipen_refused("hello there\n", "line 1: \"hello there\" is neither");
    expect_unipen_refused(".PEN_DOWN\n 1 2\n.PEN_UP\n", "holds no digits");
    expect_unipen_refused(".SEGMENT DIGIT 0 ? x\n", "line 1: .SEGMENT DIGIT must end");
    expect_unipen_refused(".SEGMENT DIGIT 0 ? \"1\n", "line 1: .SEGMENT DIGIT must end");
    expect_unipen_refused(".SEGMENT DIGIT 0 ? \"1\"\n", "has no strokes");
    expect_unipen_refused(".SEGMENT D 0 \"1\"\n.PEN_DOWN\n.PEN_UP\n", "line 3: a stroke has no");
    expect_unipen_refused(".SEGMENT D 0 \"1\"\n.PEN_DOWN\n 1 2\n", "not ended by .PEN_UP");
    expect_unipen_refused(".SEGMENT D 0 \"1\"\n.PEN_DOWN\n 1 2 3\n", "line 3: \"1 2 3\"");
    expect_unipen_refused(".SEGMENT D 0 \"1\"\n.PEN_DOWN\n 1 2x\n", "line 3: \"1 2x\"");
    expect_unipen_refused(".SEGMENT D 0 \"1\"\n.PEN_DOWN\n 1\n", "line 3: \"1\"");
    expect_unipen_refused(".SEGMENT D 0 \"1\"\n.PEN_DOWN\n 1e9 2\n", "lies outside");
    expect_unipen_refused(".SEGMENT D 0 \"1\"\n.PEN_DOWN\n nan 2\n", "lies outside");
    expect_unipen_refused(".SEGMENT D 0 \"1\"\n 1 2\n", "has no strokes");
    expect_unipen_refused(".SEGMENT D 0 \"1\"\n 1 2\n.PEN_UP\n", "line 3: .PEN_UP comes without");
    expect_unipen_refused(".SEGMENT D 0 \"1\"\n.PEN_DOWN\n 1 2\n.PEN_DOWN\n", "line 4: .PEN_DOWN");
    struct err err = {""};
    ck_assert_ptr_null(unipen_load(path_of("none.unp"), &err));
    ck_assert_ptr_nonnull(strstr(err.text, "none.unp"));
    write_file("zero.unp", "a\0b", 3);
    ck_assert_ptr_null(unipen_load(path_of("zero.unp"), &err));
    ck_assert_ptr_nonnull(strstr(err.text, "not a text"));
}
END_TEST

/* A text may be cut where it still makes sense, but then all that it holds is whole. */
START_TEST(a_strokes_file_cut_at_any_byte_does_no_harm)
{
    int accepted = 0;
    for (size_t size = 0; size < sizeof two_digits; size++) {
        struct err err = {""};
        write_file("cut.unp", two_digits, size);
        struct unipen *u = unipen_load(path_of("cut.unp"), &err);
        if (!u)
            ck_assert_ptr_nonnull(strstr(err.text, "cut.unp"));
        for (uint32_t i = 0; u && i < u->count; i++)
            ck_assert_uint_gt(u->digits[i].ink.point_count, 0);
        accepted += u != NULL;
        unipen_free(u);
    }
    ck_assert_int_gt(accepted, 2);
    ck_assert_int_lt(accepted, 60);
}
END_TEST

START_TEST(a_strokes_file_with_any_byte_changed_does_no_harm)
{
    char text[sizeof two_digits];
    for (size_t at = 0; at + 1 < sizeof two_digits; at++)
        for (int i = 0; i < 6; i++) {
            struct err err = {""};
            memcpy(text, two_digits, sizeof text);
            text[at] = "\0\n\xff.9\""[i];
            write_file("bad.unp", text, sizeof text - 1);
            struct unipen *u = unipen_load(path_of("bad.unp"), &err);
            ck_assert(u || strstr(err.text, "bad.unp"));
            unipen_free(u);
        }
}
END_TEST

START_TEST(a_gzipped_strokes_file_cut_or_damaged_anywhere_is_refused)
{
    uint8_t packed[2048];
    size_t whole = sizeof two_digits - 1;
    struct err err;
    pack((const uint8_t *)two_digits, &whole, packed, sizeof packed);
    write_file("z.unp.gz", packed, whole);
    struct unipen *u = unipen_load(path_of("z.unp.gz"), &err);
    ck_assert_msg(u && u->count == 2, "%s", err.text);
    unipen_free(u);
    for (size_t size = 0; size < whole; size++) {
        write_file("z.unp.gz", packed, size);
        ck_assert_ptr_null(unipen_load(path_of("z.unp.gz"), &err));
        ck_assert_ptr_nonnull(strstr(err.text, "z.unp.gz"));
    }
    for (size_t at = 10; at < whole; at++) {
        packed[at] ^= 0x11;
        write_file("z.unp.gz", packed, whole);
        packed[at] ^= 0x11;
        ck_assert_ptr_null(unipen_load(path_of("z.unp.gz"), &err));
    }
}
END_TEST

START_TEST(strokes_are_written_and_read_back_exactly)
{
    static const char *const names[] = {"out.unp", "out.unp.gz"};
    struct rng rng = rng_new(1, 2);
    struct unipen *u = unipen_new(NULL);
    for (int i = 0; i < 20; i++) {
        struct ink ink = {0};
        for (int k = 0; k < 30; k++) {
            float x = rng_normal(&rng) * 1000, y = k ? rng_normal(&rng) / 3 : 0;
            ck_assert(k % 10 ? ink_add(&ink, x, y, NULL) : ink_begin(&ink, x, y, NULL));
        }
        ck_assert(add_strokes(u, i % 10, i, &ink, NULL));
        ink_free(&ink);
    }
    for (int n = 0; n < 2; n++) {
        struct err err = {""};
        ck_assert_msg(unipen_save(path_of(names[n]), u, &err), "%s", err.text);
        struct unipen *v = unipen_load(path_of(names[n]), &err);
        ck_assert_msg(v, "%s", err.text);
        ck_assert_uint_eq(v->count, 20);
        for (uint32_t i = 0; i < 20; i++) {
            const struct ink *a = &u->digits[i].ink, *b = &v->digits[i].ink;
            ck_assert_int_eq(v->digits[i].label, (int)i % 10);
            ck_assert_int_eq(v->digits[i].writer, (int)i);
            ck_assert_uint_eq(b->stroke_count, 3);
            ck_assert_mem_eq(a->points, b->points, a->point_count * sizeof *a->points);
        }
        unipen_free(v);
    }
    unipen_free(u);
}
END_TEST

START_TEST(strokes_are_parted_by_writer)
{
    static const struct ink_point points[] = {{1, 2}, {3, 4}};
    static const struct ink_stroke stroke = {0, 2};
    struct ink ink = {.points = (struct ink_point *)points, .point_count = 2,
                      .strokes = (struct ink_stroke *)&stroke, .stroke_count = 1};
    struct writers writers;
    struct unipen *u = unipen_new(NULL);
    for (int i = 0; i < 100; i++)
        ck_assert(add_strokes(u, i % 10, i % 7, &ink, NULL));
    ck_assert(writers_parse("1-3,6", &writers, NULL));
    struct unipen *others = unipen_split(u, &writers, NULL);
    ck_assert_uint_eq(u->count + others->count, 100);
    ck_assert_uint_eq(u->count, 15 + 14 + 14 + 14); /* 100 = 14 * 7 + 2 */
    for (uint32_t i = 0; i < u->count; i++)
        ck_assert(writers_have(&writers, u->digits[i].writer));
    for (uint32_t i = 0; i < others->count; i++)
        ck_assert(!writers_have(&writers, others->digits[i].writer));
    unipen_free(u);
    unipen_free(others);
}
END_TEST

START_TEST(lists_of_writers_that_make_no_sense_are_refused)
{
    static const char *const wrong[] = {"",    "a",   "1-",  "-3",       "3-1",
                                        "1,,2", "1, 2", "1,2,", "12345678", "1-2-3"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct writers writers = {.count = -1};
        struct err err = {""};
        ck_assert_msg(!writers_parse(wrong[i], &writers, &err), "%s", wrong[i]);
        ck_assert_ptr_nonnull(strstr(err.text, "such as 1-24"));
        ck_assert_int_eq(writers.count, -1);
    }
}
END_TEST

/* ---- augmentation -------------------------------------------------------------------------- */

static struct augment_spec parse(const char *words)
{
    struct augment_spec spec;
    struct err err = {""};
    ck_assert_msg(augment_parse(words, &spec, &err), "%s", err.text);
    return spec;
}

START_TEST(augmentation_words_have_one_canonical_form)
{
    static const char all[] =
        "shift 2 rotate 10 scale 0.1 shear 0.1 aspect 0.05 elastic 1 thick 0.5 contrast 1 "
        "coarse 0.25 plain 0.5";
    char words[AUGMENT_WORDS_MAX];
    struct augment_spec spec = parse(" thick .5, elastic 1  rotate 10 shear 0.10 scale 1e-1 aspect "
                                     "0.05 shift 2 coarse .25 contrast 1 plain .5");
    ck_assert_str_eq(augment_words(&spec, words), all);
    ck_assert(spec.shift == 2 && spec.thick == 0.5f);
    spec = parse("none");
    ck_assert_str_eq(augment_words(&spec, words), "none");
    ck_assert(augment_is_none(&spec));
    spec = parse(NULL);
    ck_assert(augment_is_none(&spec));
    spec = parse("rotate 0");
    ck_assert(augment_is_none(&spec));
}
END_TEST

START_TEST(augmentation_words_keep_every_bit)
{
    char words[AUGMENT_WORDS_MAX];
    struct augment_spec spec = parse("rotate 12.34567 scale 0.3333333 elastic 1.17549435e-38");
    struct augment_spec again = parse(augment_words(&spec, words));
    ck_assert_mem_eq(&spec, &again, sizeof spec);
}
END_TEST

START_TEST(wrong_augmentation_words_are_quoted)
{
    static const char *const wrong[][2] = {
        {"shift 2 twist 3", "\"twist\""},
        {"shift", "after \"shift\""},
        {"shift two", "\"two\""},
        {"shift -1", "\"-1\""},
        {"scale 5", "\"5\""},
        {"shift 1 shift 2", "twice"},
        {"none shift", "\"shift\""},
        {"rotate nan", "\"nan\""},
        {"shift 1 none", "\"none\""},
        {"shift 1x", "\"1x\""},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct augment_spec spec = {.shift = 9};
        struct err err = {""};
        ck_assert(!augment_parse(wrong[i][0], &spec, &err));
        ck_assert_msg(strstr(err.text, wrong[i][1]), "%s", err.text);
        ck_assert(spec.shift == 9);
    }
}
END_TEST

static const char everything[] = "shift 2 rotate 15 scale .2 shear .2 aspect .2 elastic 1 thick .5 "
                                 "contrast .5 coarse .5";

static double sum_of(const float *x)
{
    double sum = 0;
    for (int i = 0; i < LEN; i++)
        sum += x[i];
    return sum;
}

START_TEST(no_augmentation_leaves_the_picture)
{
    uint8_t pixels[LEN];
    float out[LEN];
    struct rng rng = rng_new(1, 1);
    struct augment_spec spec = {0};
    synthetic_draw(1, 3, pixels);
    augment_image(&spec, &rng, pixels, out);
    for (int i = 0; i < LEN; i++)
        ck_assert(out[i] == (float)pixels[i] * (1 / 255.0f));
}
END_TEST

START_TEST(a_generator_always_gives_the_same_picture)
{
    uint8_t pixels[LEN];
    float a[LEN], b[LEN];
    struct augment_spec spec = parse(everything);
    synthetic_draw(1, 3, pixels);
    for (uint64_t i = 0; i < 50; i++) {
        struct rng one = rng_new(4, i), two = rng_new(4, i);
        augment_image(&spec, &one, pixels, a);
        augment_image(&spec, &two, pixels, b);
        ck_assert_mem_eq(a, b, sizeof a);
        augment_image(&spec, &two, pixels, b);
        ck_assert_mem_ne(a, b, sizeof a);
    }
}
END_TEST

START_TEST(augmented_pictures_stay_between_paper_and_ink)
{
    uint8_t pixels[LEN], blank[LEN] = {0};
    float out[LEN];
    int bad = 0;
    double ink = 0, before = 0;
    struct rng rng = rng_new(1, 1);
    struct augment_spec spec =
        parse("shift 10 rotate 180 scale 1 shear 1 aspect 1 elastic 5 thick 1 contrast 4 coarse 1");
    for (uint64_t n = 0; n < 300; n++) {
        augment_image(&spec, &rng, blank, out);
        bad += sum_of(out) != 0;
        synthetic_draw(1, n, pixels);
        augment_image(&spec, &rng, pixels, out);
        for (int i = 0; i < LEN; i++)
            bad += !(out[i] >= 0 && out[i] <= 1);
    }
    ck_assert_int_eq(bad, 0);
    spec = parse(everything);
    for (uint64_t n = 0; n < 300; n++) {
        synthetic_draw(1, n, pixels);
        for (int i = 0; i < LEN; i++)
            before += pixels[i] / 255.0;
        augment_image(&spec, &rng, pixels, out);
        ink += sum_of(out);
    }
    ck_assert_double_eq_tol(ink / before, 1, 0.15); /* no less and no more ink on the whole */
}
END_TEST

/* The centre of mass, in pixels. */
static void find_centre(const float *x, double *col, double *row)
{
    *col = *row = 0;
    for (int i = 0; i < LEN; i++) {
        *col += x[i] * (i % 28);
        *row += x[i] * (int)(i / 28);
    }
    *col /= sum_of(x);
    *row /= sum_of(x);
}

/* Whether `out` is the picture moved by so many pixels, with paper where nothing came from. */
static bool is_moved(const uint8_t *pixels, int dx, int dy, const float *out)
{
    for (int i = 0; i < LEN; i++) {
        int row = i / 28 - dy, col = i % 28 - dx;
        bool inside = row >= 0 && row < 28 && col >= 0 && col < 28;
        if (out[i] != (inside ? (float)pixels[row * 28 + col] * (1 / 255.0f) : 0))
            return false;
    }
    return true;
}

/* Each of the 25 shifts is drawn, and none other: the picture is found again, moved as a whole. */
START_TEST(a_whole_shift_alone_leaves_a_picture_sharp)
{
    uint8_t pixels[LEN];
    float out[LEN];
    int seen[5][5] = {{0}}, sharp = 0;
    struct rng rng = rng_new(3, 0);
    struct augment_spec spec = parse("shift 2");
    synthetic_draw(1, 3, pixels);
    for (int n = 0; n < 500; n++) {
        augment_image(&spec, &rng, pixels, out);
        for (int dy = -2; dy <= 2; dy++)
            for (int dx = -2; dx <= 2; dx++)
                if (is_moved(pixels, dx, dy, out)) {
                    seen[dy + 2][dx + 2]++;
                    sharp++;
                }
    }
    ck_assert_int_eq(sharp, 500);
    for (int i = 0; i < 25; i++)
        ck_assert_int_ge(seen[i / 5][i % 5], 5);
}
END_TEST

START_TEST(each_kind_of_augmentation_does_what_its_word_says)
{
    uint8_t bar[LEN] = {0};
    float out[LEN];
    double col, row, most = 0, turned = 0, least_ink = 1e9, most_ink = 0;
    for (int i = 6; i < 23; i++)
        for (int k = 13; k < 16; k++)
            bar[i * 28 + k] = 255; /* upright, its middle at (14, 14) */
    struct rng rng = rng_new(9, 0);
    struct augment_spec shift = parse("shift 3"), rotate = parse("rotate 20"),
                        thick = parse("thick 1");
    for (int n = 0; n < 400; n++) {
        augment_image(&shift, &rng, bar, out);
        find_centre(out, &col, &row);
        most = fmax(most, fmax(fabs(col - 14), fabs(row - 14)));
        augment_image(&rotate, &rng, bar, out);
        find_centre(out, &col, &row);
        ck_assert(fabs(col - 14) < 0.05 && fabs(row - 14) < 0.05);
        double lean = 0;
        for (int i = 0; i < LEN; i++)
            lean += out[i] * (i % 28 - 14) * (14 - (int)(i / 28));
        turned = fmax(turned, lean / sum_of(out) / 24); /* 24: the bar's own mean of rows squared */
        augment_image(&thick, &rng, bar, out);
        least_ink = fmin(least_ink, sum_of(out));
        most_ink = fmax(most_ink, sum_of(out));
    }
    ck_assert(most > 2.8 && most <= 3.01);
    ck_assert(turned > 0.26 && turned < 0.37);  /* sin 20 cos 20 = 0.32, less the bar's width */
    ck_assert(least_ink < 20 && most_ink > 85); /* 15 eroded wholly, 51, and 91 dilated */
}
END_TEST

static float find_brightest(const float *x)
{
    float most = 0;
    for (int i = 0; i < LEN; i++)
        most = fmaxf(most, x[i]);
    return most;
}

/* The sum of the steps from pixel to pixel: how sharp a picture is. */
static double sum_steps(const float *x)
{
    double sum = 0;
    for (int i = 0; i + 1 < LEN; i++)
        sum += fabsf(x[i + 1] - x[i]);
    return sum;
}

START_TEST(a_coarse_picture_is_blurred_and_stays_where_it_is)
{
    uint8_t pixels[LEN];
    float out[LEN], plain[LEN];
    struct augment_spec none = {0}, coarse = parse("coarse 1"), half = parse("coarse 0.5");
    struct rng rng = rng_new(3, 0);
    int changed = 0, bad = 0;
    double sharp = 0, sharp_before = 0;
    for (uint64_t n = 0; n < 400; n++) {
        double col, row, col0, row0;
        synthetic_draw(2, n, pixels);
        augment_image(&none, &rng, pixels, plain);
        augment_image(&coarse, &rng, pixels, out);
        find_centre(plain, &col0, &row0);
        find_centre(out, &col, &row);
        bad += fabs(col - col0) > 0.2 || fabs(row - row0) > 0.2;
        bad += fabsf(find_brightest(out) - find_brightest(plain)) > 1e-5f;
        sharp += sum_steps(out);
        sharp_before += sum_steps(plain);
        augment_image(&half, &rng, pixels, out);
        changed += memcmp(out, plain, sizeof out) != 0;
    }
    ck_assert_int_eq(bad, 0);
    ck_assert_double_lt(sharp, 0.9 * sharp_before);
    ck_assert(changed > 150 && changed < 250);
}
END_TEST

START_TEST(plain_pictures_are_only_moved_by_whole_pixels)
{
    uint8_t pixels[LEN];
    float out[LEN], shifted[LEN];
    struct augment_spec spec = parse("shift 1.5 rotate 20 thick 1 coarse 1 plain 0.5");
    struct rng rng = rng_new(3, 2);
    int moved = 0;
    synthetic_draw(2, 4, pixels);
    for (int n = 0; n < 400; n++) {
        augment_image(&spec, &rng, pixels, out);
        bool same = false;
        for (int at = 0; at < 9 && !same; at++) {
            memset(shifted, 0, sizeof shifted);
            for (int i = 29; i + 29 < LEN; i++)
                shifted[i + at / 3 * 28 + at % 3 - 29] = (float)pixels[i] * FIT_SCALE;
            same = memcmp(out, shifted, sizeof out) == 0;
        }
        moved += same;
    }
    ck_assert(moved > 150 && moved < 250);
}
END_TEST

START_TEST(contrast_makes_greys_darker_or_lighter_and_keeps_paper_and_ink)
{
    uint8_t pixels[LEN] = {0};
    float out[LEN], least = 1, most = 0;
    pixels[100] = 255;
    pixels[101] = 128;
    struct augment_spec spec = parse("contrast 1");
    struct rng rng = rng_new(3, 1);
    for (int n = 0; n < 400; n++) {
        augment_image(&spec, &rng, pixels, out);
        ck_assert_float_eq_tol(out[100], 1, 1e-6f);
        ck_assert_float_eq(out[99], 0);
        least = fminf(least, out[101]);
        most = fmaxf(most, out[101]);
    }
    ck_assert_float_eq_tol(least, 0.25f, 0.01f); /* 1/2 squared, and its root */
    ck_assert_float_eq_tol(most, 0.71f, 0.01f);
}
END_TEST

START_TEST(augmented_strokes_are_the_fit_of_other_strokes)
{
    struct err err;
    struct unipen *u = load_strokes(two_digits, &err);
    float a[LEN], b[LEN];
    struct ink_fit fit;
    struct augment_spec none = {0}, spec = parse(everything);
    struct rng rng = rng_new(1, 5);
    const struct ink *ink = &u->digits[0].ink;
    ink_fit(ink, &fit);
    augment_ink(&none, &rng, ink, a);
    int off = 0;
    for (int i = 0; i < LEN; i++)
        off += fabsf(a[i] - (float)fit.pixels[i] / 255) > 0.005f;
    ck_assert_int_eq(off, 0);
    for (int n = 0; n < 200; n++) {
        augment_ink(&spec, &rng, &u->digits[n % 2].ink, b);
        ck_assert(sum_of(b) > 5 && sum_of(b) < 400);
    }
    ck_assert_mem_ne(a, b, sizeof a);
    unipen_free(u);
}
END_TEST

START_TEST(ink_of_any_length_can_be_augmented)
{
    struct augment_spec spec = parse(everything);
    struct rng rng = rng_new(1, 6);
    float out[LEN];
    static const int stroke_lengths[] = {1, 2, 3, 100, INK_POINTS_MAX};
    for (int n = 0; n < 5; n++) {
        struct ink ink = {0};
        bool ok = true;
        for (int i = 0; ok; i++) {
            float x = rng_range(&rng, 0, 500), y = rng_range(&rng, 0, 500);
            ok = i % stroke_lengths[n] ? ink_add(&ink, x, y, NULL) : ink_begin(&ink, x, y, NULL);
        }
        augment_ink(&spec, &rng, &ink, out);
        ck_assert(sum_of(out) > 5);
        ink_free(&ink);
    }
}
END_TEST

Suite *make_suite(void)
{
    TCase *idx = tcase_create("idx"), *where = tcase_create("find");
    TCase *synthetic = tcase_create("synthetic"), *strokes = tcase_create("unipen");
    TCase *augment = tcase_create("augment");
    TCase *all[] = {idx, where, synthetic, strokes, augment};
    Suite *suite = suite_create("data");
    for (int i = 0; i < 5; i++) {
        tcase_add_checked_fixture(all[i], make_folder, remove_folder);
        tcase_set_timeout(all[i], 60);
        suite_add_tcase(suite, all[i]);
    }
    tcase_add_test(idx, idx_files_are_read_raw_and_gzipped);
    tcase_add_test(idx, an_idx_file_cut_at_any_byte_is_refused);
    tcase_add_test(idx, a_gzipped_idx_file_cut_at_any_byte_is_refused);
    tcase_add_test(idx, a_whole_gzip_stream_of_too_few_items_is_refused);
    tcase_add_test(idx, an_idx_file_with_more_behind_it_is_refused);
    tcase_add_test(idx, an_idx_head_with_any_byte_changed_is_refused);
    tcase_add_test(idx, a_damaged_gzip_stream_never_gives_pictures);
    tcase_add_test(idx, a_count_that_no_file_can_hold_is_refused_before_memory_is_asked_for);
    tcase_add_test(idx, a_label_that_is_no_digit_is_refused);
    tcase_add_test(idx, images_and_labels_of_different_counts_are_refused);
    tcase_add_test(idx, missing_and_impossible_files_are_refused);
    tcase_add_test(idx, a_part_of_a_set_shares_its_pictures);
    tcase_add_test(where, mnist_itself_is_read_where_it_is_at_hand);
    tcase_add_test(where, both_spellings_are_found_raw_and_gzipped);
    tcase_add_test(where, a_folder_that_was_asked_for_is_the_only_one_looked_in);
    tcase_add_test(where, the_usual_places_are_looked_in_one_after_the_other);
    tcase_add_test(where, without_any_files_the_program_draws_the_digits);
    tcase_add_test(synthetic, a_seed_always_draws_the_same_digits);
    tcase_add_test(synthetic, the_two_splits_have_no_picture_in_common);
    tcase_add_test(synthetic, synthetic_digits_that_nobody_wants_are_given_up);
    tcase_add_test(synthetic, synthetic_digits_have_the_measure_of_mnist);
    tcase_add_test(strokes, pen_strokes_are_read_with_y_turned_down);
    tcase_add_test(strokes, wrong_strokes_files_are_refused_with_the_line);
    tcase_add_test(strokes, a_strokes_file_cut_at_any_byte_does_no_harm);
    tcase_add_test(strokes, a_strokes_file_with_any_byte_changed_does_no_harm);
    tcase_add_test(strokes, a_gzipped_strokes_file_cut_or_damaged_anywhere_is_refused);
    tcase_add_test(strokes, strokes_are_written_and_read_back_exactly);
    tcase_add_test(strokes, strokes_are_parted_by_writer);
    tcase_add_test(strokes, lists_of_writers_that_make_no_sense_are_refused);
    tcase_add_test(augment, augmentation_words_have_one_canonical_form);
    tcase_add_test(augment, augmentation_words_keep_every_bit);
    tcase_add_test(augment, wrong_augmentation_words_are_quoted);
    tcase_add_test(augment, no_augmentation_leaves_the_picture);
    tcase_add_test(augment, a_generator_always_gives_the_same_picture);
    tcase_add_test(augment, augmented_pictures_stay_between_paper_and_ink);
    tcase_add_test(augment, a_whole_shift_alone_leaves_a_picture_sharp);
    tcase_add_test(augment, each_kind_of_augmentation_does_what_its_word_says);
    tcase_add_test(augment, a_coarse_picture_is_blurred_and_stays_where_it_is);
    tcase_add_test(augment, plain_pictures_are_only_moved_by_whole_pixels);
    tcase_add_test(augment, contrast_makes_greys_darker_or_lighter_and_keeps_paper_and_ink);
    tcase_add_test(augment, augmented_strokes_are_the_fit_of_other_strokes);
    tcase_add_test(augment, ink_of_any_length_can_be_augmented);
    return suite;
}
