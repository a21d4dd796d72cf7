/* entries.h -- what stands in a folder.
 *
 *     struct entries *entries = entries_open(folder);
 *     const char *name;
 *     while (entries && (name = entries_next(entries)) != NULL)
 *         ...
 *     entries_close(entries);
 */
#ifndef BASE_ENTRIES_H
#define BASE_ENTRIES_H

#include <stdbool.h>
#include <stdint.h>

struct entries;

/* NULL with errno: ENOENT, EACCES, ENOTDIR ... */
struct entries *entries_open(const char *folder);
void entries_close(struct entries *entries); /* NULL is fine */

/* The names, in no order and without "." and "..", each until the next call. NULL past the last. */
const char *entries_next(struct entries *entries);

/* What an entry is: of a link, what it leads to. */
struct entry {
    bool folder, plain; /* or neither: a pipe, a device */
    uint64_t size;      /* of a plain file, in bytes */
    int64_t changed;    /* seconds since 1970 */
};

/* False for a link that leads nowhere. */
bool entries_look(const struct entries *entries, const char *name, struct entry *entry);

/* All names, sorted by their bytes: *count of them, which entries_free_names frees. NULL with
 * errno.
 */
char **entries_names(const char *folder, int *count);
void entries_free_names(char **names, int count);

#endif
