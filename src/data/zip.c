/* SPDX-License-Identifier: MIT */
#include "data/zip.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/crc.h"
#include "base/err.h"
#include "base/files.h"
#include "base/language.h"
#include "data/unpack.h"

enum {
    PIECE = 1 << 16,
    TAIL_HEAD = 22, /* the record at the end, before its comment of up to 65,535 bytes */
    TAIL_MAX = TAIL_HEAD + 65535,
    LIST_MAX = 1 << 20, /* bytes of the list of entries */
    ENTRY_HEAD = 46,
    LOCAL_HEAD = 30,
    STORED = 0,
    DEFLATED = 8,
    ENCRYPTED = 1, /* a flag */
};
#define TAIL_MARK 0x06054b50u
#define ENTRY_MARK 0x02014b50u
#define LOCAL_MARK 0x04034b50u

struct zip {
    const char *path;
    FILE *file;
    uint64_t size;
    int why; /* errno of a read that failed, or ENOMEM; 0 where what was read is all there is */
    struct zip_entry entries[ZIP_ENTRIES_MAX];
    int count;

    /* the entry that is being read */
    struct zip_entry entry;
    uint64_t packed_left, left; /* bytes still to be read, and to be given */
    uint32_t crc;               /* of what was given */
    bool inflating;
    z_stream z;
    unsigned char piece[PIECE];
};

static uint32_t read_two(const unsigned char *at)
{
    return at[0] | (uint32_t)at[1] << 8;
}

static uint32_t read_four(const unsigned char *at)
{
    return read_two(at) | read_two(at + 2) << 16;
}

/* What went wrong: the disk, memory, or else the file. */
static bool say_why(const struct zip *zip, struct err *err)
{
    if (zip->why == ENOMEM)
        return err_memory(err, zip->path);
    if (zip->why != 0)
        return err_set(err, _("%s cannot be read: %s."), zip->path, strerror(zip->why));
    return err_set(err, _("%s is damaged or cut short: it is not a whole zip file; get it again."),
                   zip->path);
}

static bool read_next(struct zip *zip, void *out, size_t size)
{
    errno = 0;
    if (fread(out, 1, size, zip->file) == size)
        return true;
    if (ferror(zip->file))
        zip->why = errno;
    return false;
}

static bool read_at(struct zip *zip, uint64_t at, void *out, size_t size)
{
    return fseeko(zip->file, (off_t)at, SEEK_SET) == 0 && read_next(zip, out, size);
}

/* ---- the list of entries --------------------------------------------------------------------- */

/* Finds the record at the end, searching backwards as a comment may follow it: where the list
 * begins and how long it is. */
static bool find_list(struct zip *zip, uint64_t *at, size_t *size, struct err *err)
{
    size_t tail_size = zip->size < TAIL_MAX ? (size_t)zip->size : TAIL_MAX;
    unsigned char *tail = malloc(tail_size + 1);
    bool found = false;
    *at = *size = 0;
    if (!tail)
        return err_memory(err, zip->path);
    bool read = read_at(zip, zip->size - tail_size, tail, tail_size);
    for (size_t i = tail_size; read && !found && i >= TAIL_HEAD; i--) {
        const unsigned char *record = tail + i - TAIL_HEAD;
        found = read_four(record) == TAIL_MARK;
        *size = read_four(record + 12);
        *at = read_four(record + 16);
    }
    free(tail);
    if (!found || *at > zip->size || *size > zip->size - *at)
        return say_why(zip, err);
    return *size <= LIST_MAX ||
           err_set(err, _("%s holds too many files; is it the right one?"), zip->path);
}

/* Takes an entry of the list; returns how long it is there, 0 for none. */
static size_t take_entry(struct zip *zip, const unsigned char *at, size_t size)
{
    if (size < ENTRY_HEAD || read_four(at) != ENTRY_MARK)
        return 0;
    size_t name = read_two(at + 28);
    size_t whole = ENTRY_HEAD + name + read_two(at + 30) + read_two(at + 32);
    if (whole > size)
        return 0;
    if (name >= ZIP_NAME_MAX || zip->count == ZIP_ENTRIES_MAX)
        return whole;
    struct zip_entry *entry = &zip->entries[zip->count++];
    *entry = (struct zip_entry){
        .flags = read_two(at + 8), .method = read_two(at + 10), .crc = read_four(at + 16),
        .packed = read_four(at + 20), .size = read_four(at + 24), .at = read_four(at + 42),
    };
    memcpy(entry->name, at + ENTRY_HEAD, name);
    return whole;
}

static bool read_list(struct zip *zip, struct err *err)
{
    uint64_t at = 0;
    size_t size = 0, used = 0, step = 1;
    if (!find_list(zip, &at, &size, err))
        return false;
    unsigned char *list = malloc(size + 1);
    if (!list)
        return err_memory(err, zip->path);
    bool ok = read_at(zip, at, list, size);
    for (; ok && used < size && step > 0; used += step)
        step = take_entry(zip, list + used, size - used);
    free(list);
    return (ok && step > 0) || say_why(zip, err);
}

struct zip *zip_open(const char *path, struct err *err)
{
    FILE *file = files_open_stream(path, err);
    struct zip *zip = file ? calloc(1, sizeof *zip) : NULL;
    if (!zip) {
        if (file) {
            fclose(file);
            err_memory(err, path);
        }
        return NULL;
    }
    zip->path = path;
    zip->file = file;
    off_t end = fseeko(file, 0, SEEK_END) == 0 ? ftello(file) : 0;
    zip->size = end > 0 ? (uint64_t)end : 0;
    if (read_list(zip, err))
        return zip;
    zip_close(zip);
    return NULL;
}

static void stop_inflating(struct zip *zip)
{
    if (zip->inflating)
        inflateEnd(&zip->z);
    zip->inflating = false;
}

void zip_close(struct zip *zip)
{
    if (!zip)
        return;
    stop_inflating(zip);
    fclose(zip->file);
    free(zip);
}

const struct zip_entry *zip_find(const struct zip *zip, const char *name)
{
    for (int i = 0; i < zip->count; i++)
        if (strcmp(zip->entries[i].name, name) == 0)
            return &zip->entries[i];
    return NULL;
}

/* ---- one entry ------------------------------------------------------------------------------- */

static bool check_entry(const struct zip *zip, const struct zip_entry *entry, struct err *err)
{
    if ((entry->flags & ENCRYPTED) || (entry->method != STORED && entry->method != DEFLATED))
        return err_set(err,
                       _("%s: %s is packed in a way that is not read here; save it anew with "
                         "numpy.savez_compressed."),
                       zip->path, entry->name);
    bool fits = entry->method == STORED ? entry->size == entry->packed
                                        : entry->size / UNPACK_DEFLATE_MOST <= entry->packed;
    return (fits && entry->packed <= zip->size) || say_why(zip, err);
}

bool zip_begin(struct zip *zip, const struct zip_entry *entry, struct err *err)
{
    unsigned char head[LOCAL_HEAD];
    stop_inflating(zip);
    if (!check_entry(zip, entry, err))
        return false;
    if (!read_at(zip, entry->at, head, sizeof head) || read_four(head) != LOCAL_MARK ||
        fseeko(zip->file, (off_t)(read_two(head + 26) + read_two(head + 28)), SEEK_CUR) != 0)
        return say_why(zip, err);
    zip->entry = *entry;
    zip->packed_left = entry->packed;
    zip->left = entry->size;
    zip->crc = 0;
    zip->z = (z_stream){0};
    if (entry->method == DEFLATED && inflateInit2(&zip->z, -MAX_WBITS) != Z_OK)
        return err_memory(err, zip->path);
    zip->inflating = entry->method == DEFLATED;
    return true;
}

static bool read_packed(struct zip *zip, void *out, size_t size)
{
    if (size > zip->packed_left || !read_next(zip, out, size))
        return false;
    zip->packed_left -= size;
    return true;
}

static bool inflate_some(struct zip *zip, void *out, size_t size)
{
    zip->z.next_out = out;
    zip->z.avail_out = (uInt)size; /* less than 4 GB, as the entry is */
    while (zip->z.avail_out > 0) {
        if (zip->z.avail_in == 0) {
            size_t piece = zip->packed_left < PIECE ? (size_t)zip->packed_left : PIECE;
            if (piece == 0 || !read_packed(zip, zip->piece, piece))
                return false;
            zip->z.next_in = zip->piece;
            zip->z.avail_in = (uInt)piece;
        }
        int status = inflate(&zip->z, Z_NO_FLUSH);
        if (status == Z_STREAM_END)
            break;
        if (status == Z_MEM_ERROR)
            zip->why = ENOMEM;
        if (status != Z_OK)
            return false;
    }
    return zip->z.avail_out == 0;
}

bool zip_read(struct zip *zip, void *out, size_t size, struct err *err)
{
    if (size > zip->left)
        return say_why(zip, err);
    if (!(zip->inflating ? inflate_some(zip, out, size) : read_packed(zip, out, size)))
        return say_why(zip, err);
    zip->left -= size;
    zip->crc = crc_add(zip->crc, out, size);
    return true;
}

bool zip_end(struct zip *zip, struct err *err)
{
    return (zip->left == 0 && zip->crc == zip->entry.crc) || say_why(zip, err);
}
