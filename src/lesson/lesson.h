/* lesson.h -- a lesson as its two files say it: the structure, and beside it the words.
 *
 * NAME.lesson, the same in every language; a line begins with one of these words:
 *
 *     lesson 6                      its number, by which lessons are sorted
 *     page downhill                 begins a page of that name
 *     stage descent                 what stands on it (app/stage/stage.h)
 *     set eta 0.5                   a value as it begins; several lines, in this order
 *     hide roll                     a control that is not shown on this page
 *     task valley cost < 0.07       a task of that name, and when it is solved (check.h)
 *     solution valley step 10       what solves it: a value to set; several lines, in this order
 *
 * en/NAME.text, the words; one such file for each language:
 *
 *     title Gradient descent        in the list of lessons
 *     page downhill                 from here on of that page
 *     heading Downhill, step by step
 *     text The cost is {cost.3}.    a paragraph; {FIGURE.DIGITS} is filled in as it is shown
 *     caption The real cost         under the picture
 *     label eta Learning rate       how a control is called
 *     figure cost.3 the cost here   a line of a table: a figure, its digits, and what it is
 *     task valley                   from here on of that task
 *     say Reach a cost below 0.07.
 *     hint Drag the ball.           at most two
 *     done Well rolled.             once it is solved
 *     choice 1 It is more.          of a question: the figure `answer` becomes 1
 *
 * A line that begins with blanks goes on with the one before it; # begins a comment, alone on its
 * line. Both files are UTF-8.
 */
#ifndef LESSON_LESSON_H
#define LESSON_LESSON_H

#include <stdbool.h>
#include <stddef.h>

#include "lesson/check.h"

struct err;

enum {
    LESSON_NAME_MAX = 24,      /* bytes of a name, with the zero at its end */
    LESSON_SIZE_MAX = 1 << 18, /* bytes of a file */
    LESSON_PAGES_MAX = 16,
    LESSON_TASKS_MAX = 6, /* of a page */
    LESSON_SETS_MAX = 64, /* of a page, and of a solution */
    LESSON_TEXTS_MAX = 4, /* of each kind, of a page */
    LESSON_ROWS_MAX = 16, /* labels, figures, hidden controls, of a page */
    LESSON_HINTS = 2,
    LESSON_CHOICES_MAX = 6,
};

/* All text lies in the lesson, and lives as long as that. */

struct lesson_set { /* "set w1 -2" */
    const char *name, *value;
    int line; /* of the structure's file */
};

struct lesson_label {
    const char *name, *text;
};

struct lesson_figure {
    const char *name, *text;
    int digits; /* behind the point */
};

struct lesson_choice {
    double value; /* of the figure `answer` */
    const char *text;
};

struct lesson_task {
    const char *name;
    int line;
    struct check check;
    struct lesson_set solution[LESSON_SETS_MAX];
    int solution_count;
    const char *say, *done; /* done may be NULL */
    const char *hints[LESSON_HINTS];
    int hint_count;
    struct lesson_choice choices[LESSON_CHOICES_MAX];
    int choice_count;
};

struct lesson_page {
    const char *name, *stage;
    int line, stage_line;
    struct lesson_set sets[LESSON_SETS_MAX];
    int set_count;
    const char *hidden[LESSON_ROWS_MAX];
    int hidden_count;
    struct lesson_task tasks[LESSON_TASKS_MAX];
    int task_count;

    const char *heading, *caption; /* caption may be NULL */
    const char *texts[LESSON_TEXTS_MAX];
    int text_count;
    struct lesson_label labels[LESSON_ROWS_MAX];
    int label_count;
    struct lesson_figure figures[LESSON_ROWS_MAX];
    int figure_count;
};

struct lesson {
    char name[LESSON_NAME_MAX];
    int number;
    const char *title;
    struct lesson_page *pages;
    int page_count;
    char *structure, *words; /* the files, in which the text lies */
};

/* A file as it was read. */
struct lesson_source {
    const char *name; /* "perceptron.lesson", for sentences */
    const void *data;
    size_t size;
};

/* NULL with a sentence that names the file and the line. `name` is the lesson's. */
struct lesson *lesson_read(const char *name, const struct lesson_source *structure,
                           const struct lesson_source *words, struct err *err);
void lesson_free(struct lesson *lesson); /* NULL is fine */

/* Whether it can name a lesson, a page, a task: a to z, 0 to 9 and -, a letter first. */
bool lesson_is_name(const char *name);

int lesson_find_page(const struct lesson *lesson, const char *name); /* -1: none */

/* The task of that name on any page; the page is in *page. -1: none. */
int lesson_find_task(const struct lesson *lesson, const char *name, int *page);

/* How the page calls that control, or NULL. */
const char *lesson_label(const struct lesson_page *page, const char *name);
bool lesson_hides(const struct lesson_page *page, const char *name);

/* ---- the numbers in a text ------------------------------------------------------------------- */

/* Copies `text` with each {FIGURE.DIGITS} as the figure's value, "\u2026" where it is not known.
 * Returns to. */
char *lesson_fill(const char *text, check_figure *figure, const void *user, char *to, size_t room);

/* The first {FIGURE} in it that is not known, copied to `name`; false: there is none. */
bool lesson_text_stranger(const char *text, check_figure *figure, const void *user,
                          char name[CHECK_NAME_MAX]);

#endif
