/* lesson_list.h -- all lessons: those that ship, compiled in, and those of the user's folder,
 * $XDG_DATA_HOME/inkling/lessons. One of the same name takes the place of one that ships.
 */
#ifndef LESSON_LESSON_LIST_H
#define LESSON_LESSON_LIST_H

#include "base/err.h"
#include "lesson/lesson.h"

enum { LESSON_LIST_MAX = 64, LESSON_TROUBLES_MAX = 16 };

struct lesson_list {
    struct lesson *lessons[LESSON_LIST_MAX]; /* by their numbers, then their names */
    bool users[LESSON_LIST_MAX];             /* it is the user's */
    int count;
    struct err troubles[LESSON_TROUBLES_MAX]; /* of the user's files that are no lessons */
    int trouble_count;
};

/* Reads all of them. `folder` is the user's; NULL: without those. False with a sentence: no memory,
 * or a lesson that ships is broken. */
bool lesson_list_load(struct lesson_list *list, const char *folder, struct err *err);
void lesson_list_free(struct lesson_list *list); /* leaves an empty one */

/* Takes the lesson out, and notes why. */
void lesson_list_refuse(struct lesson_list *list, int i, const struct err *why);

int lesson_list_find(const struct lesson_list *list, const char *name); /* -1: none */

#endif
