/* zip.h -- what stands in a zip file, read piece by piece: entries that are stored or deflated, as
 * numpy writes them (PKWARE's APPNOTE.TXT, 4.3). No encryption, no entry of 4 GB or more.
 */
#ifndef DATA_ZIP_H
#define DATA_ZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;

enum { ZIP_ENTRIES_MAX = 64, ZIP_NAME_MAX = 64 };

struct zip_entry {
    char name[ZIP_NAME_MAX];
    unsigned method, flags;
    uint32_t crc;
    uint64_t at, packed, size; /* bytes: where it begins, in the file, unpacked */
};

struct zip;

/* NULL with a sentence: no such file, no zip file, a damaged list of entries, a disk error. Of a
 * long list the first ZIP_ENTRIES_MAX are looked at. `path` must last as long. */
struct zip *zip_open(const char *path, struct err *err);
void zip_close(struct zip *zip); /* NULL is fine */

/* NULL: there is none of that name. */
const struct zip_entry *zip_find(const struct zip *zip, const char *name);

/* Begins with an entry, and gives up the one before it. */
bool zip_begin(struct zip *zip, const struct zip_entry *entry, struct err *err);

/* Reads exactly `size` bytes of it, or says that the file is damaged, that the disk cannot be read,
 * or that memory is short. */
bool zip_read(struct zip *zip, void *out, size_t size, struct err *err);

/* After its last byte: whether that was all, with the right check sum. */
bool zip_end(struct zip *zip, struct err *err);

#endif
