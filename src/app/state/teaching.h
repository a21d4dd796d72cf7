/* teaching.h -- what is on the canvas is filed among my digits, and the filing taken back.
 *
 * Strokes have a history of their own (canvas.h), and so has the list of digits (digit_store.h).
 * Marks tell what lay on the canvas when a digit was filed, and which list that led to: so Ctrl Z
 * takes back strokes and filings in the order in which they came.
 */
#ifndef APP_STATE_TEACHING_H
#define APP_STATE_TEACHING_H

#include <stdbool.h>
#include <stdint.h>

struct canvas;
struct digit_store;

enum { TEACHING_MARKS_MAX = 64 };

struct teaching_mark {
    uint64_t step, picture; /* drawing_step(), the picture's number */
    uint64_t version;       /* my_digits_version() after it */
    uint64_t digit;         /* the id of what was filed */
};

/* From zeros. */
struct teaching {
    struct teaching_mark marks[TEACHING_MARKS_MAX];
    int count, at; /* those before `at` can be undone, the others redone */
};

/* Files what is on the canvas under a label; where it is filed already, gives it the new label.
 * Says what goes wrong. */
void teaching_file(struct teaching *teaching, struct canvas *canvas, struct digit_store *store,
                   int label);

/* The label under which what is on the canvas is filed, or -1. */
int teaching_filed(const struct teaching *teaching, const struct canvas *canvas,
                   const struct digit_store *store);

/* Take back, or do again, a filing if that was the last thing done on the canvas. */
bool teaching_can_undo(const struct teaching *teaching, const struct canvas *canvas,
                       const struct digit_store *store);
bool teaching_can_redo(const struct teaching *teaching, const struct canvas *canvas,
                       const struct digit_store *store);
bool teaching_undo(struct teaching *teaching, const struct canvas *canvas,
                   struct digit_store *store);
bool teaching_redo(struct teaching *teaching, const struct canvas *canvas,
                   struct digit_store *store);

/* A new stroke begins: filings that were taken back cannot be done again, and those of strokes that
 * were cannot be undone from the canvas. */
void teaching_forget_redo(struct teaching *teaching, const struct canvas *canvas);

#endif
