/* folder.h -- what is in a folder, as a person wants to see it.
 *
 * Folders come first, then files, each in the order in which people count: "run 9" before "run 10".
 * A link is what it leads to. Hidden files are left out unless asked for. Names are bytes: `shown`
 * is the name as text, with a mark in place of what is no UTF-8.
 */
#ifndef APP_FILES_FOLDER_H
#define APP_FILES_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

struct err;

/* More than these are left out, and `cut` says so. */
enum { FOLDER_ENTRIES_MAX = 100000 };

struct folder_entry {
    const char *name, *shown; /* may be the same */
    bool folder;
    uint64_t size;            /* of a file */
    time_t changed;
};

struct folder {
    struct folder_entry *entries;
    int count;
    bool cut;
    struct folder_text *text; /* blocks of memory with the names */
};

struct folder_filter {
    const char *ends;    /* ".safetensors", or several: ".png .jpg"; NULL: all. Case is ignored */
    bool hidden;         /* show names that begin with a dot, too */
    bool folders_only;
};

/* Fills *folder, which folder_free() ends. On failure it is empty, and the sentence says why. */
bool folder_read(const char *path, const struct folder_filter *filter, struct folder *folder,
                 struct err *err);
void folder_free(struct folder *folder);

/* The index of the entry of that name, or -1. */
int folder_find(const struct folder *folder, const char *name);

/* Writes a name or a path as text: what is no UTF-8, and what must not be shown (base/text.h),
 * becomes U+FFFD. Returns `text`, which is cut where it does not fit. */
char *folder_show_name(const char *name, char *text, size_t room);

/* The room for the text of a name or path of `size` bytes: each may become a mark of three. */
#define FOLDER_SHOWN_MAX(size) (3 * (size) + 1)

/* How many bytes of the name are shown as the first `at` of its text. */
size_t folder_shown_at(const char *name, size_t at);

#endif
