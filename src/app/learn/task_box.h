/* task_box.h -- a task of a page: what is to be done, hints, its question, and whether that is so.
 */
#ifndef APP_LEARN_TASK_BOX_H
#define APP_LEARN_TASK_BOX_H

#include <stddef.h>

#include "ui/layout.h"

struct actions;
struct lesson_task;
struct lessons;
struct ui;

struct task_shown {
    const struct lessons *lessons;
    const struct lesson_task *task;
    int number; /* of the page, from 0 */
};

/* Cuts what it needs from the top of *rest. `answer` is what is being typed. */
void task_box_cut(const struct task_shown *shown, char *answer, size_t room, struct ui *ui,
                  struct ui_rect *rest, struct actions *actions);

#endif
