/* SPDX-License-Identifier: MIT */
#include "data/idx.h"

#include <string.h>

#include "base/err.h"
#include "base/files.h"
#include "base/language.h"
#include "data/set_name.h"
#include "data/unpack.h"
#include "ink/fit.h"

enum {
    SIDE = FIT_SIZE,
    IMAGES_MAGIC = 0x803,
    LABELS_MAGIC = 0x801,
    IMAGES_HEAD = 16,
    LABELS_HEAD = 8,
    FIELDS_MAX = 16, /* integers for each label: QMNIST has 8 */
    PIECE = 1 << 16, /* bytes of wide labels that are read at a time */
    DIGITS = 10,
};

/* A file while it is read, and what it says of itself. */
struct idx {
    const char *path, *what; /* "images" or "labels" */
    const char *remedy;      /* for one that is damaged */
    bool (*read_head)(struct idx *file, struct err *err);
    struct unpack *in;
    uint32_t count;
    size_t item; /* bytes of one */
};

static uint32_t read_big_endian(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* Of a file that gave fewer bytes than it should have. */
static bool say_short(const struct idx *file, struct err *err)
{
    enum unpack_state state = unpack_state(file->in);
    if (state == UNPACK_UNREADABLE)
        return false;
    return err_set(err, "%s is %s; %s.", file->path,
                   state == UNPACK_SOUND ? _("cut short") : _("damaged or cut short"),
                   file->remedy);
}

static bool read_all(struct idx *file, void *out, size_t size, struct err *err)
{
    return unpack_read(file->in, out, size, err) == size || say_short(file, err);
}

static bool refuse_kind(const struct idx *file, struct err *err)
{
    return err_set(err, _("%s is not a file of %s in the IDX format; is it the right file?"),
                   file->path, file->what);
}

/* Reads the magic number. */
static bool read_magic(struct idx *file, uint8_t magic[4], struct err *err)
{
    size_t got = unpack_read(file->in, magic, 4, err);
    if (got == 0 && unpack_state(file->in) == UNPACK_SOUND)
        return err_set(err, _("%s is empty; %s."), file->path, file->remedy);
    return got == 4 || say_short(file, err);
}

static bool check_count(const struct idx *file, struct err *err)
{
    if (file->count > 0 && file->count <= DATASET_COUNT_MAX)
        return true;
    return err_set(err, _("%s says that it holds %u %s, which is not from 1 to %d; %s."),
                   file->path, file->count, file->what, DATASET_COUNT_MAX, file->remedy);
}

static bool read_images_head(struct idx *file, struct err *err)
{
    uint8_t magic[4], sizes[12];
    if (!read_magic(file, magic, err))
        return false;
    if (read_big_endian(magic) != IMAGES_MAGIC)
        return refuse_kind(file, err);
    if (!read_all(file, sizes, sizeof sizes, err))
        return false;
    uint32_t rows = read_big_endian(sizes + 4), cols = read_big_endian(sizes + 8);
    file->count = read_big_endian(sizes);
    file->item = SIDE * SIDE;
    if (!check_count(file, err))
        return false;
    if (rows != SIDE || cols != SIDE)
        return err_set(err,
                       _("%s holds images of %ux%u, but 28x28 is needed; choose another file."),
                       file->path, rows, cols);
    return true;
}

/* MNIST's labels are bytes; QMNIST's are rows of integers, of which the first is the label. */
static bool read_labels_head(struct idx *file, struct err *err)
{
    uint8_t magic[4], sizes[8] = {0};
    if (!read_magic(file, magic, err))
        return false;
    bool wide = magic[2] == IDX_INTS;
    if (magic[0] || magic[1] || (magic[2] != IDX_BYTES && !wide) || magic[3] < 1 ||
        magic[3] > 1 + wide)
        return refuse_kind(file, err);
    if (!read_all(file, sizes, 4 * (size_t)magic[3], err))
        return false;
    uint32_t fields = magic[3] > 1 ? read_big_endian(sizes + 4) : 1;
    file->count = read_big_endian(sizes);
    if (fields < 1 || fields > FIELDS_MAX)
        return err_set(err, _("%s has %u integers for each label, which is not from 1 to %d; %s."),
                       file->path, fields, FIELDS_MAX, file->remedy);
    file->item = wide ? 4 * (size_t)fields : 1;
    return check_count(file, err);
}

/* Whether the file can hold what its head says, asked before memory is; nothing is allocated by
 * what the head says. */
static bool check_size(const struct idx *file, struct err *err)
{
    uint64_t size = (uint64_t)file->item * file->count;
    if (!unpack_can_hold(file->in, size))
        return say_short(file, err);
    if (unpack_is_bomb(file->in, size))
        return err_set(err,
                       _("%s says that it holds %u %s, which are not packed into so few bytes; "
                         "%s."),
                       file->path, file->count, file->what, file->remedy);
    return true;
}

static bool open_idx(struct idx *file, struct err *err)
{
    file->in = unpack_open(file->path, err);
    return file->in && file->read_head(file, err) && check_size(file, err);
}

/* After the items the file must end, if gzipped with the right check sum. */
static bool check_end(struct idx *file, struct err *err)
{
    uint8_t beyond;
    size_t more = unpack_read(file->in, &beyond, 1, err);
    if (unpack_state(file->in) != UNPACK_SOUND)
        return say_short(file, err);
    if (more > 0)
        return err_set(err, _("%s goes on after the %u items that it says it holds; %s."),
                       file->path, file->count, file->remedy);
    return true;
}

static bool take_label(const struct idx *file, struct dataset *set, uint32_t i, uint32_t label,
                       struct err *err)
{
    if (label >= DIGITS)
        return err_set(err,
                       _("%s: label %u is %u, which is no digit; choose a set of digits alone, "
                         "or %s."),
                       file->path, i + 1, label, file->remedy);
    set->labels[i] = (uint8_t)label;
    return true;
}

static bool read_labels(struct idx *file, struct dataset *set, struct err *err)
{
    uint8_t piece[PIECE];
    uint32_t at_once = (uint32_t)(PIECE / file->item);
    for (uint32_t i = 0; i < file->count;) {
        uint32_t count = file->count - i < at_once ? file->count - i : at_once;
        if (!read_all(file, piece, count * file->item, err))
            return false;
        for (const uint8_t *at = piece; count > 0; count--, i++, at += file->item)
            if (!take_label(file, set, i, file->item > 1 ? read_big_endian(at) : *at, err))
                return false;
    }
    return check_end(file, err);
}

/* Straight to where they stay. */
static bool read_images(struct idx *file, struct dataset *set, struct err *err)
{
    return read_all(file, set->pixels, file->item * file->count, err) && check_end(file, err);
}

static struct dataset *load_pair(struct idx *images, struct idx *labels, const char *name,
                                 struct err *err)
{
    if (!open_idx(images, err) || !open_idx(labels, err))
        return NULL;
    if (images->count != labels->count) {
        err_set(err, _("%s holds %u images, but %s %u labels; they must be of the same set."),
                images->path, images->count, files_name(labels->path), labels->count);
        return NULL;
    }
    struct dataset *set = dataset_new(name, images->count, err);
    if (set && read_labels(labels, set, err) && read_images(images, set, err))
        return set;
    dataset_free(set);
    return NULL;
}

struct dataset *idx_load(const char *images_path, const char *labels_path, const char *name,
                         const char *remedy, struct err *err)
{
    struct idx images = {images_path, "images", remedy, .read_head = read_images_head};
    struct idx labels = {labels_path, "labels", remedy, .read_head = read_labels_head};
    struct dataset *set = load_pair(&images, &labels, name, err);
    if (set &&
        (set_name_says_emnist(images_path) || set_name_says_emnist(unpack_first_name(images.in))))
        dataset_turn_emnist(set);
    unpack_close(images.in);
    unpack_close(labels.in);
    return set;
}

/* ---- writing ------------------------------------------------------------------------------- */

static void write_big_endian(uint8_t *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (uint8_t)(value >> (24 - 8 * i));
}

bool idx_save(const char *images_path, const char *labels_path, const struct dataset *set,
              struct err *err)
{
    uint8_t images_head[IMAGES_HEAD], labels_head[LABELS_HEAD];
    write_big_endian(images_head, IMAGES_MAGIC);
    write_big_endian(images_head + 4, set->count);
    write_big_endian(images_head + 8, SIDE);
    write_big_endian(images_head + 12, SIDE);
    write_big_endian(labels_head, LABELS_MAGIC);
    write_big_endian(labels_head + 4, set->count);
    const struct files_part images[] = {
        {images_head, sizeof images_head}, {set->pixels, (size_t)set->count * SIDE * SIDE}};
    const struct files_part labels[] = {
        {labels_head, sizeof labels_head}, {set->labels, set->count}};
    const struct files_file both[] = {{images_path, images, 2}, {labels_path, labels, 2}};
    return files_write_together(both, 2, err);
}
