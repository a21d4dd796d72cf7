/* SPDX-License-Identifier: MIT */
#include "data/corrections.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/err.h"
#include "base/language.h"
#include "data/dataset.h"

enum {
    SIZE_MAX_READ = 32 << 20, /* bytes of a file: every image of the largest set */
    LOCK_SECONDS = 2,
};

static const char first_line[] = "inkling corrections 1";

/* ---- the list in memory ---------------------------------------------------------------------- */

static bool make_room(struct correction **items, uint32_t count, uint32_t *room, struct err *err)
{
    if (count < *room)
        return true;
    uint32_t more = *room ? 2 * *room : 16;
    struct correction *grown = realloc(*items, more * sizeof *grown);
    if (!grown)
        return err_memory(err, _("the corrections"));
    *items = grown;
    *room = more;
    return true;
}

/* The place of the image, or where it would stand. */
static uint32_t find_place(const struct corrections *list, uint32_t image)
{
    uint32_t low = 0, high = list->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (list->items[middle].image < image)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_there(const struct corrections *list, uint32_t place, uint32_t image)
{
    return place < list->count && list->items[place].image == image;
}

uint8_t corrections_of(const struct corrections *list, uint32_t image)
{
    uint32_t place = find_place(list, image);
    return is_there(list, place, image) ? list->items[place].label : CORRECTION_NONE;
}

static bool put(struct corrections *list, uint32_t image, uint8_t label, struct err *err)
{
    uint32_t place = find_place(list, image);
    bool there = is_there(list, place, image);
    struct correction *at = list->items + place;
    size_t behind = (list->count - place) * sizeof *at;
    if (label == CORRECTION_NONE) {
        if (there)
            memmove(at, at + 1, behind - sizeof *at);
        list->count -= there;
        return true;
    }
    if (!there && !make_room(&list->items, list->count, &list->room, err))
        return false;
    at = list->items + place;
    if (!there && behind > 0)
        memmove(at + 1, at, behind);
    *at = (struct correction){image, label};
    list->count += !there;
    return true;
}

void corrections_close(struct corrections *list)
{
    free(list->items);
    free(list->undo);
    *list = (struct corrections){.changes = list->changes + 1};
}

/* ---- the file -------------------------------------------------------------------------------- */

/* "59915 7" or "4476 out" */
static bool read_line(struct corrections *list, const char *text, int number, struct err *err)
{
    unsigned image;
    char word[8], after;
    if (sscanf(text, "%u %7s %c", &image, word, &after) == 2 && image < list->images) {
        if (strcmp(word, "out") == 0)
            return put(list, image, CORRECTION_OUT, err);
        if (word[0] >= '0' && word[0] <= '9' && !word[1])
            return put(list, image, (uint8_t)(word[0] - '0'), err);
    }
    return err_set(err,
                   _("Line %d of %s is no correction: it should be the number of an image below "
                     "%u, and a digit or \"out\". Mend it or remove the file."),
                   number, list->path, list->images);
}

static bool read_lines(struct corrections *list, char *text, struct err *err)
{
    int number = 0;
    for (char *line = text, *next; *line; line = next) {
        char *end = strchr(line, '\n');
        next = end ? end + 1 : line + strlen(line);
        if (end)
            *end = 0;
        number++;
        if (number == 1 && strcmp(line, first_line) != 0)
            return err_set(err,
                           _("%s does not begin with \"%s\": it is no list of corrections. Remove "
                             "the file."),
                           list->path, first_line);
        if (number > 2 && *line && !read_line(list, line, number, err))
            return false;
    }
    return true;
}

/* What the file says, in place of what is there. */
static bool load(struct corrections *list, struct err *err)
{
    size_t size;
    list->count = 0;
    if (!files_exist(list->path))
        return true;
    char *text = (char *)files_read(list->path, SIZE_MAX_READ, &size, err);
    bool done = text && read_lines(list, text, err);
    free(text);
    return done;
}

static bool save(const struct corrections *list, struct err *err)
{
    struct buffer buffer = {0};
    struct files_part part;
    buffer_print(&buffer, "%s\n%u images of %s\n", first_line, list->images, list->name);
    for (uint32_t i = 0; i < list->count; i++) {
        const struct correction *item = &list->items[i];
        if (item->label == CORRECTION_OUT)
            buffer_print(&buffer, "%u out\n", item->image);
        else
            buffer_print(&buffer, "%u %u\n", item->image, (unsigned)item->label);
    }
    char *text = buffer_take(&buffer, &part.size);
    part.data = text;
    bool saved =
        text ? files_write(list->path, &part, 1, err) : err_memory(err, _("the corrections"));
    free(text);
    return saved;
}

bool corrections_open(struct corrections *list, const struct dataset *set, struct err *err)
{
    char name[48];
    corrections_close(list);
    snprintf(name, sizeof name, "corrections/%016" PRIx64 ".txt", dataset_fingerprint(set));
    files_user_path(FILES_DATA, name, list->path);
    snprintf(list->name, sizeof list->name, "%s", set->name);
    list->images = set->count;
    if (load(list, err))
        return true;
    corrections_close(list);
    return false;
}

static bool make_folder(struct err *err)
{
    char folder[FILES_PATH_MAX];
    return files_make_folder(files_user_path(FILES_DATA, "corrections", folder), err);
}

/* ---- changes --------------------------------------------------------------------------------- */

/* Reads the list anew, changes it, and saves it. */
static bool change(struct corrections *list, uint32_t image, uint8_t label, struct err *err)
{
    char lock_path[FILES_PATH_MAX + 8];
    int lock = -1;
    if (!make_folder(err))
        return false;
    snprintf(lock_path, sizeof lock_path, "%s.lock", list->path);
    if (!files_lock(lock_path, LOCK_SECONDS, &lock, err))
        return false;
    bool done = load(list, err) && put(list, image, label, err) && save(list, err);
    files_unlock(lock);
    list->changes++;
    return done;
}

bool corrections_set(struct corrections *list, uint32_t image, uint8_t label, struct err *err)
{
    if (!make_room(&list->undo, list->undo_count, &list->undo_room, err))
        return false;
    struct correction before = {image, corrections_of(list, image)};
    if (!change(list, image, label, err)) {
        struct err again;
        load(list, &again); /* as the file is */
        return false;
    }
    list->undo[list->undo_count++] = before;
    return true;
}

bool corrections_undo(struct corrections *list, struct err *err)
{
    const struct correction *last = &list->undo[list->undo_count - 1];
    if (!change(list, last->image, last->label, err))
        return false;
    list->undo_count--;
    return true;
}

/* ---- what comes of it ------------------------------------------------------------------------ */

void corrections_count(const struct corrections *list, uint32_t *out, uint32_t *relabelled)
{
    *out = 0;
    for (uint32_t i = 0; i < list->count; i++)
        *out += list->items[i].label == CORRECTION_OUT;
    *relabelled = list->count - *out;
}

struct dataset *corrections_apply(const struct corrections *list, const struct dataset *set,
                                  struct err *err)
{
    uint32_t out, relabelled, to = 0, item = 0;
    const size_t len = (size_t)set->rows * (size_t)set->cols;
    char name[sizeof set->name + 40];
    corrections_count(list, &out, &relabelled);
    snprintf(name, sizeof name,
             P_("%s, %u label corrected", "%s, %u labels corrected", list->count), set->name,
             list->count);
    struct dataset *corrected = dataset_new(name, set->count - out, err);
    for (uint32_t i = 0; corrected && i < set->count; i++) {
        bool listed = item < list->count && list->items[item].image == i;
        uint8_t label = listed ? list->items[item++].label : set->labels[i];
        if (label == CORRECTION_OUT)
            continue;
        corrected->labels[to] = label;
        memcpy(corrected->pixels + to++ * len, set->pixels + i * len, len);
    }
    if (corrected) {
        corrected->synthetic = set->synthetic;
        memcpy(corrected->note, set->note, sizeof set->note);
    }
    return corrected;
}
