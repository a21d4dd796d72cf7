/* SPDX-License-Identifier: MIT */
#include "data/idx.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/err.h"
#include "base/files.h"

enum {
    SIDE = 28,
    IMAGES_MAGIC = 0x803,
    LABELS_MAGIC = 0x801,
    IMAGES_HEAD = 16,
    LABELS_HEAD = 8,
    DIGITS = 10,
    DEFLATE_MOST = 1032, /* times that deflate can make anything smaller */
};

#define REMEDY "fetch it again (the README says where)"

/* A file while it is read, and what it says of itself. */
struct idx {
    const char *path;
    size_t head; /* bytes before the items */
    size_t item; /* bytes of one */
    uint32_t magic, count;
    uint8_t *stored; /* the file as it stands on disk */
    size_t stored_size;
    z_stream stream; /* where we are in it; without gzip, only next_in and avail_in serve */
    bool zipped, ended, damaged;
};

static uint32_t read_big_endian(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* Unpacks the next `size` bytes, or as many as there are. */
static size_t read_bytes(struct idx *file, uint8_t *out, size_t size)
{
    z_stream *z = &file->stream;
    if (!file->zipped) {
        size = size < z->avail_in ? size : z->avail_in;
        memcpy(out, z->next_in, size);
        z->next_in += size;
        z->avail_in -= (uInt)size;
        file->ended = z->avail_in == 0;
        return size;
    }
    z->next_out = out;
    z->avail_out = (uInt)size;
    while (z->avail_out > 0 && !file->ended && !file->damaged) {
        int status = inflate(z, Z_NO_FLUSH);
        file->ended = status == Z_STREAM_END;
        file->damaged = status != Z_STREAM_END && status != Z_OK;
    }
    return size - z->avail_out;
}

static bool say_short(const struct idx *file, struct err *err)
{
    return err_set(err, "%s is %s; " REMEDY ".", file->path,
                   file->damaged ? "damaged or cut short" : "cut short");
}

static bool read_head(struct idx *file, struct err *err)
{
    uint8_t head[IMAGES_HEAD] = {0};
    size_t got = read_bytes(file, head, file->head);
    const char *what = file->magic == IMAGES_MAGIC ? "images" : "labels";
    if (got >= 4 && read_big_endian(head) != file->magic)
        return err_set(err, "%s is not a file of %s in the IDX format; is it the right file?",
                       file->path, what);
    if (got < file->head)
        return say_short(file, err);
    file->count = read_big_endian(head + 4);
    if (file->count == 0 || file->count > DATASET_COUNT_MAX)
        return err_set(err, "%s says that it holds %u %s, which is not from 1 to %d; " REMEDY ".",
                       file->path, file->count, what, DATASET_COUNT_MAX);
    if (file->magic != IMAGES_MAGIC)
        return true;
    uint32_t rows = read_big_endian(head + 8), cols = read_big_endian(head + 12);
    if (rows != SIDE || cols != SIDE)
        return err_set(err, "%s holds images of %ux%u, but 28x28 is needed; choose another file.",
                       file->path, rows, cols);
    return true;
}

/* Opens a file and checks its head; nothing is allocated by what the head says. */
static bool open_idx(struct idx *file, struct err *err)
{
    size_t max = file->head + file->item * DATASET_COUNT_MAX;
    file->stored = files_read(file->path, max, &file->stored_size, err);
    if (!file->stored)
        return false;
    if (file->stored_size == 0)
        return err_set(err, "%s is empty; " REMEDY ".", file->path);
    file->stream.next_in = file->stored;
    file->stream.avail_in = (uInt)file->stored_size;
    if (file->stored_size > 1 && file->stored[0] == 0x1f && file->stored[1] == 0x8b) {
        if (inflateInit2(&file->stream, 16 + MAX_WBITS) != Z_OK)
            return err_memory(err, file->path);
        file->zipped = true;
    }
    return read_head(file, err);
}

/* Whether a file of this size can hold what its head says: asked before memory is. */
static bool check_size(const struct idx *file, struct err *err)
{
    size_t most = file->zipped ? file->stored_size * DEFLATE_MOST : file->stored_size;
    return file->head + file->item * file->count <= most || say_short(file, err);
}

static void close_idx(struct idx *file)
{
    if (file->zipped)
        inflateEnd(&file->stream);
    free(file->stored);
}

/* Reads the items, after which the file must end, if gzipped with the right check sum. */
static bool read_items(struct idx *file, uint8_t *out, struct err *err)
{
    size_t size = file->item * file->count;
    uint8_t beyond;
    if (read_bytes(file, out, size) != size)
        return say_short(file, err);
    size_t more = read_bytes(file, &beyond, 1);
    if (file->damaged)
        return say_short(file, err);
    if (more > 0 || !file->ended || file->stream.avail_in > 0)
        return err_set(err, "%s goes on after the %u items that it says it holds; " REMEDY ".",
                       file->path, file->count);
    return true;
}

static bool check_labels(const char *path, const struct dataset *set, struct err *err)
{
    for (uint32_t i = 0; i < set->count; i++)
        if (set->labels[i] >= DIGITS)
            return err_set(err, "%s: label %u is %d, which is no digit; " REMEDY ".", path, i + 1,
                           set->labels[i]);
    return true;
}

static struct dataset *load_pair(struct idx *images, struct idx *labels, const char *name,
                                 struct err *err)
{
    if (!open_idx(images, err) || !open_idx(labels, err))
        return NULL;
    if (images->count != labels->count) {
        err_set(err, "%s holds %u images, but %s %u labels; they must be of the same set.",
                images->path, images->count, files_name(labels->path), labels->count);
        return NULL;
    }
    if (!check_size(images, err) || !check_size(labels, err))
        return NULL;
    struct dataset *set = dataset_new(name, images->count, err);
    if (set && read_items(images, set->pixels, err) && read_items(labels, set->labels, err) &&
        check_labels(labels->path, set, err))
        return set;
    dataset_free(set);
    return NULL;
}

struct dataset *idx_load(const char *images_path, const char *labels_path, const char *name,
                         struct err *err)
{
    struct idx images = {
        .path = images_path, .head = IMAGES_HEAD, .item = SIDE * SIDE, .magic = IMAGES_MAGIC};
    struct idx labels = {
        .path = labels_path, .head = LABELS_HEAD, .item = 1, .magic = LABELS_MAGIC};
    struct dataset *set = load_pair(&images, &labels, name, err);
    close_idx(&images);
    close_idx(&labels);
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
    return files_write(images_path, images, 2, err) && files_write(labels_path, labels, 2, err);
}

/* Both words are six letters long, as are both kinds: they are put over one another. */
static bool swap_word(char *name, const char *from, const char *to)
{
    char *at = strstr(name, from);
    if (at)
        memcpy(at, to, strlen(to));
    return at != NULL;
}

bool idx_labels_path(const char *images_path, char labels_path[FILES_PATH_MAX])
{
    if (strlen(images_path) >= FILES_PATH_MAX)
        return false;
    strcpy(labels_path, images_path);
    char *name = labels_path + (files_name(labels_path) - labels_path);
    swap_word(name, "idx3", "idx1");
    return swap_word(name, "images", "labels");
}
