/* lessons.h -- the lessons, the page that is open, what stands on it, and which tasks are solved.
 *
 * Whatever is set on the page goes through lessons_set; each frame lessons_update looks whether a
 * task is solved by now, notes that, and logs it:
 *
 *     {"event":"lesson","number":1,"name":"perceptron","page":"gates","task":"nand","done":true}
 */
#ifndef APP_STATE_LESSONS_H
#define APP_STATE_LESSONS_H

#include <stdbool.h>
#include <stdint.h>

#include "app/stage/stage.h"
#include "app/state/means.h"
#include "app/state/progress.h"
#include "base/err.h"
#include "lesson/lesson_list.h"

/* From zeros: lessons_begin. */
struct lessons {
    struct app_means means;
    bool loaded;
    struct lesson_list list;
    struct progress progress;

    int lesson, page;      /* that are open; without one, lesson is -1 */
    int task;              /* of the page, that is worked on; -1: none is left */
    struct stage *stage;   /* or NULL, because of `trouble` */
    struct err trouble;
    const char *pending;   /* a figure that is the answer as soon as it is known; or NULL */
    double answer;         /* to a question of the page; NAN: none was given */
    int hints[LESSON_TASKS_MAX]; /* how many are shown */
    bool shown[LESSON_TASKS_MAX]; /* the solution was */
    const struct dataset *data; /* that the page was shown last */
    uint64_t opened;       /* up by one with each page that is opened */
};

void lessons_begin(struct lessons *lessons, const struct app_means *means);
void lessons_end(struct lessons *lessons);

/* Reads them, unless that is done, and opens the first page of the first, where none is open. */
bool lessons_load(struct lessons *lessons, const struct stage_world *world, struct err *err);

const struct lesson *lessons_open_lesson(const struct lessons *lessons); /* NULL: none */
const struct lesson_page *lessons_open_page(const struct lessons *lessons); /* NULL: none */

/* "perceptron", or with the name of a page or a task of it. False with a sentence. */
bool lessons_open(struct lessons *lessons, const struct stage_world *world, const char *where,
                  struct err *err);

/* The page after this one (1) or before it (-1), of this lesson or the next. False: none. */
bool lessons_turn(struct lessons *lessons, const struct stage_world *world, int by);
bool lessons_can_turn(const struct lessons *lessons, int by);

/* "w1 -2": gives something on the page a value. */
bool lessons_set(struct lessons *lessons, const char *text, struct err *err);
bool lessons_answer(struct lessons *lessons, const char *text, struct err *err);

/* The page as it began. */
bool lessons_restart(struct lessons *lessons, const struct stage_world *world, struct err *err);

/* The task that is worked on. */
bool lessons_choose_task(struct lessons *lessons, const char *name, struct err *err);
bool lessons_hint(struct lessons *lessons, struct err *err);
bool lessons_solve(struct lessons *lessons, struct err *err);

/* Each frame that the page is shown. True: another is wanted soon. */
bool lessons_update(struct lessons *lessons, const struct stage_world *world);
bool lessons_busy(const struct lessons *lessons);

/* A figure of the page: the stage's, or `answer`. As check.h wants it, with the lessons as user. */
bool lessons_figure(const void *lessons, const char *name, double *value);

bool lessons_task_done(const struct lessons *lessons, int task); /* of the open page */
bool lessons_lesson_done(const struct lessons *lessons, int lesson); /* all of its tasks */
int lessons_done_count(const struct lessons *lessons);

/* Nothing is solved any more: of the open lesson, or of all. */
bool lessons_forget(struct lessons *lessons, bool all, struct err *err);

/* What stands on the page, with its values as they begin. NULL with a sentence. */
struct stage *lessons_begin_stage(const struct lesson *lesson, const struct lesson_page *page,
                                  const struct stage_world *world, struct err *err);

/* Whether the stage of each page knows what the lesson says of it. False with a sentence that names
 * the file and the line. */
bool lessons_verify(const struct lesson *lesson, const struct stage_world *world, struct err *err);

#endif
