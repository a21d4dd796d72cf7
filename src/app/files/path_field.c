/* SPDX-License-Identifier: MIT */
#include "app/files/path_field.h"

#include <stdbool.h>
#include <string.h>

#include "app/files/folder.h"
#include "base/files.h"
#include "base/text.h"
#include "ui/ui.h"

enum { SHOWN_MAX = FOLDER_SHOWN_MAX(FILES_PATH_MAX - 1) };

/* How many bytes both texts begin with, up to the beginning of a character of both. */
static size_t count_same_head(const char *a, const char *b)
{
    size_t n = 0;
    while (a[n] && a[n] == b[n])
        n++;
    while (n > 0 && (text_continues(a[n]) || text_continues(b[n])))
        n--;
    return n;
}

/* How many bytes both end with, from the beginning of a character on. */
static size_t count_same_tail(const char *a, const char *b)
{
    size_t a_len = strlen(a), b_len = strlen(b), n = 0;
    while (n < a_len && n < b_len && a[a_len - 1 - n] == b[b_len - 1 - n])
        n++;
    while (n > 0 && text_continues(a[a_len - n]))
        n--;
    return n;
}

/* Does to the path what turned its text `before` into `after`; nothing where that does not fit. */
static void edit_path(char *path, const char *before, const char *after)
{
    size_t head = count_same_head(before, after);
    size_t tail = count_same_tail(before + head, after + head);
    size_t begin = folder_shown_at(path, head);
    size_t end = folder_shown_at(path, strlen(before) - tail);
    size_t put = strlen(after) - tail - head, kept = strlen(path + end);
    if (begin + put + kept >= FILES_PATH_MAX)
        return;
    memmove(path + begin + put, path + end, kept + 1);
    memcpy(path + begin, after + head, put);
}

unsigned path_field(struct ui *ui, const char *name, struct ui_rect rect, char *path,
                    const struct ui_field *field)
{
    char before[SHOWN_MAX], after[SHOWN_MAX];
    folder_show_name(path, before, sizeof before);
    strcpy(after, before);
    unsigned events = ui_field(ui, name, rect, after, sizeof after, field, 0);
    if (strcmp(before, after) != 0)
        edit_path(path, before, after);
    return events;
}
