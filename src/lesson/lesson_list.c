/* SPDX-License-Identifier: MIT */
#include "lesson/lesson_list.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/entries.h"
#include "base/files.h"
#include "base/language.h"
#include "base/text.h"

#define STRUCTURE ".lesson"
#define WORDS     ".text"
#define LANGUAGE  "en"

/* ---- those that ship ------------------------------------------------------------------------- */

/* SHIPPED(perceptron) for each, from meson.build; the arrays are written by embed.c. */
#define SHIPPED(name)                                                                              \
    extern const uint64_t lesson_##name[], words_##name[];                                         \
    extern const size_t lesson_##name##_size, words_##name##_size;
LESSONS_THAT_SHIP
#undef SHIPPED

static const struct {
    const char *name;
    const uint64_t *structure, *words;
    const size_t *structure_size, *words_size;
} shipped[] = {
#define SHIPPED(name)                                                                              \
    {#name, lesson_##name, words_##name, &lesson_##name##_size, &words_##name##_size},
    LESSONS_THAT_SHIP
#undef SHIPPED
};

static struct lesson *read_shipped(size_t i, struct err *err)
{
    char structure_name[LESSON_NAME_MAX + 16], words_name[LESSON_NAME_MAX + 16];
    snprintf(structure_name, sizeof structure_name, "%s" STRUCTURE, shipped[i].name);
    snprintf(words_name, sizeof words_name, LANGUAGE "/%s" WORDS, shipped[i].name);
    const struct lesson_source structure = {structure_name, shipped[i].structure,
                                            *shipped[i].structure_size};
    const struct lesson_source words = {words_name, shipped[i].words, *shipped[i].words_size};
    return lesson_read(shipped[i].name, &structure, &words, err);
}

/* ---- those of the user ----------------------------------------------------------------------- */

static void note_trouble(struct lesson_list *list, const struct err *err)
{
    if (list->trouble_count < LESSON_TROUBLES_MAX)
        list->troubles[list->trouble_count++] = *err;
}

static bool read_source(const char *path, struct lesson_source *source, struct err *err)
{
    source->name = path;
    source->data = files_read(path, LESSON_SIZE_MAX, &source->size, err);
    return source->data != NULL;
}

static struct lesson *read_user(const char *folder, const char *name, struct err *err)
{
    char structure_path[FILES_PATH_MAX + 64], words_path[FILES_PATH_MAX + 64];
    struct lesson_source structure, words = {NULL};
    struct lesson *lesson = NULL;
    snprintf(structure_path, sizeof structure_path, "%s/%s" STRUCTURE, folder, name);
    snprintf(words_path, sizeof words_path, "%s/" LANGUAGE "/%s" WORDS, folder, name);
    if (read_source(structure_path, &structure, err) && read_source(words_path, &words, err)) {
        structure.name = files_name(structure_path);
        words.name = words_path + strlen(folder) + 1;
        lesson = lesson_read(name, &structure, &words, err);
    }
    free((void *)structure.data);
    free((void *)words.data);
    return lesson;
}

/* ---- the list -------------------------------------------------------------------------------- */

int lesson_list_find(const struct lesson_list *list, const char *name)
{
    for (int i = 0; i < list->count; i++)
        if (strcmp(list->lessons[i]->name, name) == 0)
            return i;
    return -1;
}

/* In the place of one of that name, or behind the others. */
static void put(struct lesson_list *list, struct lesson *lesson, bool users)
{
    int at = lesson_list_find(list, lesson->name);
    if (at >= 0)
        lesson_free(list->lessons[at]);
    else if (list->count < LESSON_LIST_MAX)
        at = list->count++;
    if (at < 0) {
        lesson_free(lesson);
        return;
    }
    list->lessons[at] = lesson;
    list->users[at] = users;
}

/* "tides.lesson" becomes "tides". */
static bool cut_name(const char *file, char name[LESSON_NAME_MAX])
{
    size_t length = strlen(file) - (text_ends_with(file, STRUCTURE) ? strlen(STRUCTURE) : 0);
    if (!file[length] || length >= LESSON_NAME_MAX)
        return false;
    memcpy(name, file, length);
    name[length] = 0;
    return true;
}

static void read_entry(struct lesson_list *list, const char *folder, const char *file)
{
    char name[LESSON_NAME_MAX];
    struct err err;
    struct lesson *lesson = NULL;
    if (!text_ends_with(file, STRUCTURE) || file[0] == '.')
        return;
    if (!cut_name(file, name) || !lesson_is_name(name))
        err_set(&err,
                _("%.80s: a lesson's name is made of at most %d letters from a to z, digits "
                  "and -, a letter first; rename the file."),
                file, LESSON_NAME_MAX - 1);
    else
        lesson = read_user(folder, name, &err);
    if (lesson)
        put(list, lesson, true);
    else
        note_trouble(list, &err);
}

static void read_folder(struct lesson_list *list, const char *folder)
{
    int count;
    char **names = entries_names(folder, &count);
    for (int i = 0; names && i < count; i++)
        read_entry(list, folder, names[i]);
    if (names)
        entries_free_names(names, count);
}

static int compare(const struct lesson *left, const struct lesson *right)
{
    if (left->number != right->number)
        return left->number - right->number;
    return strcmp(left->name, right->name);
}

static void swap(struct lesson_list *list, int i, int j)
{
    struct lesson *lesson = list->lessons[i];
    bool users = list->users[i];
    list->lessons[i] = list->lessons[j];
    list->users[i] = list->users[j];
    list->lessons[j] = lesson;
    list->users[j] = users;
}

static void sort(struct lesson_list *list)
{
    for (int i = 1; i < list->count; i++)
        for (int j = i; j > 0 && compare(list->lessons[j], list->lessons[j - 1]) < 0; j--)
            swap(list, j, j - 1);
}

void lesson_list_refuse(struct lesson_list *list, int i, const struct err *why)
{
    lesson_free(list->lessons[i]);
    for (list->count--; i < list->count; i++) {
        list->lessons[i] = list->lessons[i + 1];
        list->users[i] = list->users[i + 1];
    }
    note_trouble(list, why);
}

bool lesson_list_load(struct lesson_list *list, const char *folder, struct err *err)
{
    lesson_list_free(list);
    for (size_t i = 0; i < sizeof shipped / sizeof *shipped; i++) {
        struct lesson *lesson = read_shipped(i, err);
        if (!lesson)
            return false;
        put(list, lesson, false);
    }
    if (folder)
        read_folder(list, folder);
    sort(list);
    return true;
}

void lesson_list_free(struct lesson_list *list)
{
    for (int i = 0; i < list->count; i++)
        lesson_free(list->lessons[i]);
    *list = (struct lesson_list){.count = 0};
}
