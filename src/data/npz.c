/* SPDX-License-Identifier: MIT */
#include "data/npz.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/files.h"
#include "base/language.h"
#include "data/set_name.h"
#include "data/unpack.h"
#include "data/zip.h"
#include "ink/fit.h"

enum {
    SIDE = FIT_SIZE,
    DIGITS = 10,
    HEAD_MAX = 4096, /* bytes of the text before an array */
    DIMS_MAX = 4,
    KIND_MAX = 8,
    PIECE = 1 << 16, /* bytes of labels that are read at a time; a multiple of every item's */
};

static const char *const images_names[] = {[DATASET_TRAIN] = "x_train.npy",
                                           [DATASET_TEST] = "x_test.npy"};
static const char *const labels_names[] = {[DATASET_TRAIN] = "y_train.npy",
                                           [DATASET_TEST] = "y_test.npy"};

/* What the head of an array says. */
struct array {
    const char *path;
    const struct zip_entry *entry;
    char kind[KIND_MAX]; /* such as "<i8" */
    uint64_t count, rest; /* of items: along the first dimension, and the product of the others */
    size_t head;          /* bytes before the items */
};

static bool refuse_array(const struct array *a, const char *wanted, struct err *err)
{
    return err_set(err, _("%s: %s is not %s; save it so with numpy.savez_compressed."), a->path,
                   a->entry->name, wanted);
}

/* The value of a key in the head, which is a Python dictionary; "" where it is missing. */
static const char *find_value(const char *head, const char *key)
{
    const char *at = strstr(head, key);
    if (!at)
        return "";
    at += strlen(key);
    while (*at == ':' || isspace((unsigned char)*at))
        at++;
    return at;
}

/* "(60000, 28, 28)" */
static bool read_shape(const char *text, struct array *a)
{
    int dims = 0;
    a->count = a->rest = 1;
    for (char *end; *text && *text != ')'; text = end) {
        text += strspn(text, "(, ");
        if (*text == ')')
            break;
        unsigned long long size = strtoull(text, &end, 10);
        if (end == text || dims == DIMS_MAX || size > (dims == 0 ? UINT32_MAX : SIDE * SIDE))
            return false;
        *(dims == 0 ? &a->count : &a->rest) *= size;
        dims++;
    }
    return dims > 0 && a->rest <= SIDE * SIDE;
}

static bool read_text(struct array *a, const char *text, struct err *err)
{
    const char *kind = find_value(text, "'descr'");
    size_t length = kind[0] == '\'' ? strcspn(kind + 1, "'") : KIND_MAX;
    if (length >= KIND_MAX)
        return refuse_array(a, _("a plain array"), err);
    memcpy(a->kind, kind + 1, length);
    a->kind[length] = 0;
    if (!read_shape(find_value(text, "'shape'"), a))
        return refuse_array(a, _("of the shape (n, 28, 28), or (n,) for labels"), err);
    if (a->rest > 1 && strncmp(find_value(text, "'fortran_order'"), "False", 5) != 0)
        return refuse_array(a, _("laid out row by row"), err);
    return true;
}

/* Begins with an array and reads its head. */
static bool begin_array(struct zip *zip, struct array *a, struct err *err)
{
    static const char magic[] = "\x93NUMPY";
    unsigned char start[12];
    char text[HEAD_MAX + 1];
    if (!zip_begin(zip, a->entry, err) || !zip_read(zip, start, 10, err))
        return false;
    bool wide = start[6] > 1; /* the version: the length has 4 bytes then */
    if (memcmp(start, magic, 6) != 0 || (wide && !zip_read(zip, start + 10, 2, err)))
        return refuse_array(a, _("an array of numpy's"), err);
    size_t length = start[8] | (size_t)start[9] << 8;
    if (wide)
        length |= (size_t)start[10] << 16 | (size_t)start[11] << 24;
    if (length > HEAD_MAX)
        return refuse_array(a, _("an array of numpy's"), err);
    if (!zip_read(zip, text, length, err))
        return false;
    text[length] = 0;
    a->head = (wide ? 12 : 10) + length;
    return read_text(a, text, err);
}

static bool check_images(const struct array *a, struct err *err)
{
    if (strcmp(a->kind + 1, "u1") != 0)
        return refuse_array(a, _("of bytes (uint8), 0 paper to 255 ink"), err);
    if (a->rest != SIDE * SIDE)
        return refuse_array(a, _("of images of 28x28"), err);
    if (a->count < 1 || a->count > DATASET_COUNT_MAX)
        return err_set(err, _("%s says that it holds %llu images, which is not from 1 to %d."),
                       a->path, (unsigned long long)a->count, DATASET_COUNT_MAX);
    if (a->entry->size != a->head + a->count * SIDE * SIDE ||
        unpack_is_too_dense(a->entry->packed, a->entry->size))
        return err_set(err,
                       _("%s says that it holds %llu images, which are not packed into so few "
                         "bytes; get it again."),
                       a->path, (unsigned long long)a->count);
    return true;
}

/* Bytes of a label; 0 for another kind. */
static size_t measure_label(const struct array *a)
{
    bool whole = strchr("|<>", a->kind[0]) && strchr("iu", a->kind[1]) && a->kind[2] && !a->kind[3];
    return whole && strchr("1248", a->kind[2]) ? (size_t)(a->kind[2] - '0') : 0;
}

/* Any value that is no digit comes out as one that is none. */
static unsigned read_label(const unsigned char *at, size_t size, bool big_endian)
{
    unsigned value = at[big_endian ? size - 1 : 0];
    for (size_t i = 0; i < size; i++)
        if (i != (big_endian ? size - 1 : 0) && at[i] != 0)
            return DIGITS;
    return value;
}

static bool read_labels(struct zip *zip, const struct array *a, struct dataset *set,
                        struct err *err)
{
    unsigned char piece[PIECE];
    size_t size = measure_label(a);
    uint32_t at_once = (uint32_t)(PIECE / size);
    for (uint32_t i = 0; i < set->count;) {
        uint32_t count = set->count - i < at_once ? set->count - i : at_once;
        if (!zip_read(zip, piece, count * size, err))
            return false;
        for (const unsigned char *at = piece; count > 0; count--, i++, at += size) {
            unsigned label = read_label(at, size, a->kind[0] == '>');
            if (label >= DIGITS)
                return err_set(err,
                               _("%s: label %u of %s is no digit; choose a set of digits alone."),
                               a->path, i + 1, a->entry->name);
            set->labels[i] = (uint8_t)label;
        }
    }
    return zip_end(zip, err);
}

/* Both heads before anything is allocated; then the labels, and the images straight to where they
 * stay. */
static struct dataset *load_arrays(struct zip *zip, struct array *images, struct array *labels,
                                   const char *name, struct err *err)
{
    if (!begin_array(zip, images, err) || !check_images(images, err) ||
        !begin_array(zip, labels, err))
        return NULL;
    if (measure_label(labels) == 0 || labels->rest != 1) {
        refuse_array(labels, _("of whole numbers, one for each image"), err);
        return NULL;
    }
    if (labels->count != images->count) {
        err_set(err, _("%s holds %llu images, but %llu labels; they must be of the same set."),
                images->path, (unsigned long long)images->count, (unsigned long long)labels->count);
        return NULL;
    }
    struct dataset *set = dataset_new(name, (uint32_t)images->count, err);
    if (set && read_labels(zip, labels, set, err) && begin_array(zip, images, err) &&
        zip_read(zip, set->pixels, (size_t)set->count * SIDE * SIDE, err) && zip_end(zip, err))
        return set;
    dataset_free(set);
    return NULL;
}

struct dataset *npz_load(const char *path, enum dataset_split split, const char *name,
                         struct err *err)
{
    struct zip *zip = zip_open(path, err);
    if (!zip)
        return NULL;
    struct array images = {.path = path, .entry = zip_find(zip, images_names[split])};
    struct array labels = {.path = path, .entry = zip_find(zip, labels_names[split])};
    struct dataset *set = NULL;
    if (images.entry && labels.entry)
        set = load_arrays(zip, &images, &labels, name, err);
    else
        err_set(err,
                _("%s has no %s; it should hold x_train, y_train, x_test and y_test, as Keras's "
                  "mnist.npz does."),
                path, images.entry ? labels_names[split] : images_names[split]);
    zip_close(zip);
    if (set && set_name_says_emnist(path))
        dataset_turn_emnist(set);
    return set;
}

bool npz_has(const char *path, enum dataset_split split)
{
    struct zip *zip = zip_open(path, NULL);
    bool has = zip && zip_find(zip, images_names[split]) && zip_find(zip, labels_names[split]);
    bool damaged = !zip && files_exist(path);
    zip_close(zip);
    return has || damaged;
}
