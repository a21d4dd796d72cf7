/* SPDX-License-Identifier: MIT */
#include "app/files/folder.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/entries.h"
#include "base/err.h"
#include "base/language.h"
#include "base/paths.h"
#include "base/text.h"

/* ---- names as text ------------------------------------------------------------------------- */

#define NO_CHARACTER "\uFFFD"

char *folder_show_name(const char *name, char *text, size_t room)
{
    size_t at = 0;
    while (*name) {
        size_t size = text_shown_character(name);
        const char *from = size ? name : NO_CHARACTER;
        size_t len = size ? size : strlen(NO_CHARACTER);
        if (at + len + 1 > room)
            break;
        memcpy(text + at, from, len);
        at += len;
        name += size ? size : 1;
    }
    text[at] = 0;
    return text;
}

size_t folder_shown_at(const char *name, size_t at)
{
    const char *begin = name;
    for (size_t shown = 0; *name && shown < at;) {
        size_t size = text_shown_character(name);
        shown += size ? size : strlen(NO_CHARACTER);
        name += size ? size : 1;
    }
    return (size_t)(name - begin);
}

/* ---- the memory of names ------------------------------------------------------------------- */

enum { BLOCK_SIZE = 1 << 16 };

struct folder_text {
    struct folder_text *next;
    size_t used;
    char bytes[BLOCK_SIZE];
};

/* Copies a text that is shorter than a block; NULL when memory is short. */
static const char *keep_text(struct folder *folder, const char *text)
{
    size_t size = strlen(text) + 1;
    struct folder_text *block = folder->text;
    if (!block || BLOCK_SIZE - block->used < size) {
        block = malloc(sizeof *block);
        if (!block)
            return NULL;
        block->next = folder->text;
        block->used = 0;
        folder->text = block;
    }
    char *copy = memcpy(block->bytes + block->used, text, size);
    block->used += size;
    return copy;
}

static bool keep_names(struct folder *folder, struct folder_entry *entry, const char *name)
{
    char shown[FOLDER_SHOWN_MAX(NAME_MAX)];
    folder_show_name(name, shown, sizeof shown);
    entry->name = keep_text(folder, name);
    entry->shown = strcmp(name, shown) == 0 ? entry->name : keep_text(folder, shown);
    return entry->name && entry->shown;
}

void folder_free(struct folder *folder)
{
    while (folder->text) {
        struct folder_text *next = folder->text->next;
        free(folder->text);
        folder->text = next;
    }
    free(folder->entries);
    *folder = (struct folder){0};
}

/* ---- order --------------------------------------------------------------------------------- */

static size_t skip_zeros(const char *s)
{
    size_t n = strspn(s, "0");
    return isdigit((unsigned char)s[n]) ? n : n > 0 ? n - 1 : 0;
}

/* Numbers by their value, letters without regard to case. */
static int compare_names(const char *a, const char *b)
{
    while (*a && *b) {
        if (isdigit((unsigned char)*a) && isdigit((unsigned char)*b)) {
            a += skip_zeros(a);
            b += skip_zeros(b);
            size_t m = strspn(a, "0123456789"), n = strspn(b, "0123456789");
            int order = m != n ? (m < n ? -1 : 1) : strncmp(a, b, m);
            if (order)
                return order;
            a += m;
            b += n;
        } else {
            int order = tolower((unsigned char)*a++) - tolower((unsigned char)*b++);
            if (order)
                return order;
        }
    }
    return (unsigned char)*a - (unsigned char)*b;
}

static int compare_entries(const void *left, const void *right)
{
    const struct folder_entry *a = left, *b = right;
    if (a->folder != b->folder)
        return a->folder ? -1 : 1;
    int order = compare_names(a->name, b->name);
    return order ? order : strcmp(a->name, b->name);
}

/* ---- reading ------------------------------------------------------------------------------- */

/* Looks at one name. A link that leads nowhere, and what is neither file nor folder, is left out:
 * it could not be opened. */
static bool is_wanted(const struct entries *entries, const char *name,
                      const struct folder_filter *filter, struct folder_entry *entry)
{
    struct entry found;
    if ((name[0] == '.' && !filter->hidden) || !entries_look(entries, name, &found) ||
        !(found.folder || found.plain))
        return false;
    entry->folder = found.folder;
    entry->size = found.size;
    entry->changed = (time_t)found.changed;
    return entry->folder ||
           (!filter->folders_only && (!filter->ends || paths_have_end(name, filter->ends)));
}

static bool add_entry(struct folder *folder, int *room, const struct folder_entry *entry,
                      const char *name)
{
    if (folder->count == *room) {
        int more = *room ? 2 * *room : 256;
        struct folder_entry *entries = realloc(folder->entries, (size_t)more * sizeof *entries);
        if (!entries)
            return false;
        folder->entries = entries;
        *room = more;
    }
    folder->entries[folder->count] = *entry;
    if (!keep_names(folder, &folder->entries[folder->count], name))
        return false;
    folder->count++;
    return true;
}

static bool read_entries(struct entries *entries, const struct folder_filter *filter,
                         struct folder *folder, struct err *err)
{
    const char *name;
    int room = 0;
    while ((name = entries_next(entries)) != NULL) {
        struct folder_entry entry = {0};
        if (!is_wanted(entries, name, filter, &entry))
            continue;
        if (folder->count == FOLDER_ENTRIES_MAX) {
            folder->cut = true;
            break;
        }
        if (!add_entry(folder, &room, &entry, name))
            return err_memory(err, _("the list of files"));
    }
    return true;
}

/* The reasons that a person meets, in plain words. */
static bool explain_failure(const char *path, int why, struct err *err)
{
    char shown[200];
    folder_show_name(path, shown, sizeof shown);
    if (why == ENOENT)
        return err_set(err, _("There is no folder %s; choose another one."), shown);
    if (why == EACCES || why == EPERM)
        return err_set(err, _("You are not allowed to look into %s; choose another folder."),
                       shown);
    if (why == ENOTDIR)
        return err_set(err, _("%s is not a folder."), shown);
    return err_set(err, _("%s cannot be read: %s."), shown, strerror(why));
}

bool folder_read(const char *path, const struct folder_filter *filter, struct folder *folder,
                 struct err *err)
{
    *folder = (struct folder){0};
    struct entries *entries = entries_open(path);
    if (!entries)
        return explain_failure(path, errno, err);
    bool ok = read_entries(entries, filter, folder, err);
    entries_close(entries);
    if (!ok) {
        folder_free(folder);
        return false;
    }
    if (folder->count > 1)
        qsort(folder->entries, (size_t)folder->count, sizeof *folder->entries, compare_entries);
    return true;
}

int folder_find(const struct folder *folder, const char *name)
{
    for (int i = 0; i < folder->count; i++)
        if (strcmp(folder->entries[i].name, name) == 0)
            return i;
    return -1;
}
