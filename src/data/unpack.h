/* unpack.h -- a file read piece by piece, unpacked on the way where it is gzipped, whatever its
 * name.
 *
 * Several gzip members one after the other are one text, and what follows the last of them and is
 * none (the zeros that a tape leaves) is passed over, as gzip itself does. Nothing is held but a
 * piece.
 */
#ifndef DATA_UNPACK_H
#define DATA_UNPACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;

enum {
    UNPACK_NAME_MAX = 256,
    UNPACK_DEFLATE_MOST = 1032, /* times that deflate can make anything smaller */
};

enum unpack_state {
    UNPACK_SOUND,
    UNPACK_CUT,        /* the file ends before its last gzip member does */
    UNPACK_DAMAGED,    /* not what was packed: a check sum says so, or the code itself */
    UNPACK_UNREADABLE, /* the disk, or memory; `err` of unpack_read has the sentence */
};

struct unpack;

/* NULL with a sentence: no such file, a folder, no memory. `path` must last as long. */
struct unpack *unpack_open(const char *path, struct err *err);
void unpack_close(struct unpack *unpack); /* NULL is fine */

/* Reads the next `size` bytes, or as many as there are before the end or the first that is not
 * sound; returns how many. The check sum of a gzip member is looked at when something is asked for
 * beyond its last byte. */
size_t unpack_read(struct unpack *unpack, void *out, size_t size, struct err *err);

/* Of all that was asked for so far. */
enum unpack_state unpack_state(const struct unpack *unpack);

bool unpack_is_zipped(const struct unpack *unpack);

/* Whether so many unpacked bytes can come out of this file; true where its size is not known, as
 * of a pipe. */
bool unpack_can_hold(const struct unpack *unpack, uint64_t size);

/* Whether it would be a file that was made to fill memory, were it to unpack to so many bytes. */
bool unpack_is_bomb(const struct unpack *unpack, uint64_t size);

/* The same of any file: very much in very little. Pictures of digits pack to a fifth. */
bool unpack_is_too_dense(uint64_t stored, uint64_t size);

/* The name that the file had when it was gzipped, or "". */
const char *unpack_first_name(const struct unpack *unpack);

#endif
