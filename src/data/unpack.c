/* SPDX-License-Identifier: MIT */
#include "data/unpack.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/err.h"
#include "base/files.h"
#include "base/language.h"
#include "base/text.h"

enum {
    PIECE = 1 << 17, /* bytes that are read from the disk at a time */
    MOST_AT_ONCE = 1 << 30,
    HEAD = 512,
    ANY_DENSITY = 128 << 20, /* bytes that may be packed however small */
    DENSITY_MOST = 100,
};

struct unpack {
    const char *path;
    gzFile file;
    enum unpack_state state;
    uint64_t stored; /* the file's size, where it is known */
    bool known;
    char first_name[UNPACK_NAME_MAX];
};

/* The name in the head of the first member (RFC 1952, 2.3), which a field of any length may
 * precede. */
static void read_first_name(struct unpack *unpack, const unsigned char *head, size_t size)
{
    enum { EXTRA = 4, NAME = 8 };
    size_t at = 10;
    if (size < at + 2 || head[0] != 0x1f || head[1] != 0x8b || !(head[3] & NAME))
        return;
    if (head[3] & EXTRA)
        at += 2 + (size_t)(head[at] | head[at + 1] << 8);
    const unsigned char *end = at < size ? memchr(head + at, 0, size - at) : NULL;
    if (!end || (size_t)(end - (head + at)) >= UNPACK_NAME_MAX)
        return;
    memcpy(unpack->first_name, head + at, (size_t)(end - (head + at)) + 1);
    text_mend(unpack->first_name);
}

static void look_at_file(struct unpack *unpack, int fd)
{
    unsigned char head[HEAD];
    unpack->known = files_length(fd, &unpack->stored);
    if (unpack->known)
        read_first_name(unpack, head, files_head(fd, head, sizeof head));
}

struct unpack *unpack_open(const char *path, struct err *err)
{
    int fd = files_open(path, err);
    if (fd < 0)
        return NULL;
    struct unpack *unpack = calloc(1, sizeof *unpack);
    if (unpack) {
        unpack->path = path;
        look_at_file(unpack, fd);
        unpack->file = gzdopen(fd, "rb");
    }
    if (unpack && unpack->file) {
        gzbuffer(unpack->file, PIECE);
        return unpack;
    }
    files_close(fd);
    free(unpack);
    err_memory(err, path);
    return NULL;
}

void unpack_close(struct unpack *unpack)
{
    if (!unpack)
        return;
    gzclose_r(unpack->file);
    free(unpack);
}

/* Of what zlib says after it gave fewer bytes than it was asked for. */
static enum unpack_state judge(const struct unpack *unpack, struct err *err)
{
    int why = errno, status;
    gzerror(unpack->file, &status);
    switch (status) {
    case Z_OK:
    case Z_STREAM_END: return UNPACK_SOUND;
    case Z_BUF_ERROR: return UNPACK_CUT;
    case Z_DATA_ERROR: return UNPACK_DAMAGED;
    case Z_MEM_ERROR: err_memory(err, unpack->path); return UNPACK_UNREADABLE;
    default:
        err_set(err, _("%s cannot be read: %s."), unpack->path, strerror(why));
    }
    return UNPACK_UNREADABLE;
}

size_t unpack_read(struct unpack *unpack, void *out, size_t size, struct err *err)
{
    size_t done = 0;
    while (done < size && unpack->state == UNPACK_SOUND) {
        size_t want = size - done < MOST_AT_ONCE ? size - done : MOST_AT_ONCE;
        errno = 0;
        int got = gzread(unpack->file, (char *)out + done, (unsigned)want);
        done += got > 0 ? (size_t)got : 0;
        if (got == (int)want)
            continue;
        unpack->state = judge(unpack, err);
        break;
    }
    return done;
}

enum unpack_state unpack_state(const struct unpack *unpack)
{
    return unpack->state;
}

bool unpack_is_zipped(const struct unpack *unpack)
{
    return !gzdirect(unpack->file);
}

bool unpack_is_too_dense(uint64_t stored, uint64_t size)
{
    return size > ANY_DENSITY && size / DENSITY_MOST > stored;
}

bool unpack_is_bomb(const struct unpack *unpack, uint64_t size)
{
    return unpack->known && unpack_is_zipped(unpack) && unpack_is_too_dense(unpack->stored, size);
}

bool unpack_can_hold(const struct unpack *unpack, uint64_t size)
{
    uint64_t most = unpack_is_zipped(unpack) ? UNPACK_DEFLATE_MOST : 1;
    return !unpack->known || size <= unpack->stored * most;
}

const char *unpack_first_name(const struct unpack *unpack)
{
    return unpack->first_name;
}
