/* my_digits.h -- the digits that the person taught, as the window has them.
 *
 * The list (data/mine.h) is changed by the window's thread alone. Other threads load, save,
 * import and export them (digit_jobs.h); fine-tuning (finetuning.h) learns from a copy.
 */
#ifndef APP_STATE_MY_DIGITS_H
#define APP_STATE_MY_DIGITS_H

#include <stdbool.h>
#include <stdint.h>

#include "app/state/exchange.h"
#include "app/state/reader.h"

struct app;
struct err;
struct digit_jobs;
struct mine;

enum { TEACH_MARKS_MAX = 64 };

/* What lay on the canvas when a digit was filed, and which list that led to: so Ctrl Z takes back
 * strokes and filings in the order in which they came. */
struct teach_mark {
    uint64_t step, picture; /* drawing_step(), canvas.picture.number */
    uint64_t version;       /* mine_version() after it */
    uint64_t digit;         /* the id of what was filed */
};

struct my_digits {
    struct mine *list;        /* never NULL */
    struct digit_jobs *jobs;
    bool loaded;              /* before that, nothing can be filed */
    bool saving;              /* a save is not answered yet */
    uint64_t import_version;  /* mine_version() after the last import */
    uint64_t given_changes;   /* mine_changes() that were last given to be saved, */
    uint64_t saved_changes;   /* and that are saved; or exported, when that was to keep them */
    struct err trouble;       /* why the last save failed */

    struct teach_mark marks[TEACH_MARKS_MAX];
    int mark_count, mark_at;  /* those before mark_at can be undone, the others redone */

    int only;                 /* the digit that is shown alone, or -1 for all */
    int page;
    uint32_t selected;        /* by its number (struct mine_digit) */
    bool any_selected;
    struct answer answer;     /* what the network reads in the selected one */
    uint64_t answer_of;       /* mine_changes() that it was read at, with: */
    uint32_t answer_number;
    uint64_t answer_model;    /* models.number */
    struct reader *reader;
};

/* To the log: "taught", "relabelled", "deleted" ...; the label, or -1. */
void my_digits_log(const struct app *app, const char *what, int label);

bool my_digits_start(struct app *app, struct err *err);

/* Stops imports and waits until all that was changed is saved, or cannot be. Where the person said
 * to go whatever is lost, nothing is tried again. */
void my_digits_finish(struct app *app);

/* my_digits_finish() first; then frees. */
void my_digits_free(struct app *app);

/* Takes in what other threads finished, has changes saved, and reads the selected digit. */
void my_digits_poll(struct app *app);

/* Whether there is something that is not saved; and has it saved, or loaded, once more. */
bool my_digits_unsaved(const struct app *app);
bool my_digits_exporting(const struct app *app);
void my_digits_try_again(struct app *app);

/* Takes in what other windows did to the file, if they did. */
void my_digits_look(struct app *app);

/* Gives an import up, if there is one. */
bool my_digits_stop_import(struct app *app);

/* Parts of my_digits_poll(), in my_digits_files.c: takes the answers of other threads, and has
 * changes saved. */
void my_digits_take_answers(struct app *app);
void my_digits_save(struct app *app);

/* The place of the selected digit in the list, or -1. */
int my_digits_selected(const struct app *app);

/* ---- from the canvas ------------------------------------------------------------------------- */

/* Files what is on the canvas under a label; where it is filed already, gives it the new label. */
void my_digits_teach(struct app *app, int label);

/* The label under which what is on the canvas is filed, or -1. */
int my_digits_filed(const struct app *app);

/* Take back, or do again, a filing if that was the last thing done on the canvas. */
bool my_digits_undo_teaching(struct app *app);
bool my_digits_redo_teaching(struct app *app);
bool my_digits_can_undo_teaching(const struct app *app);
bool my_digits_can_redo_teaching(const struct app *app);

/* A new stroke begins: filings that were taken back cannot be done again, and those of strokes that
 * were cannot be undone from the canvas. */
void my_digits_forget_redo(struct app *app);

/* ---- in their own view ----------------------------------------------------------------------- */

void my_digits_select(struct app *app, uint32_t number);
void my_digits_show_only(struct app *app, int digit); /* -1: all */
void my_digits_label(struct app *app, int label); /* the selected one */
void my_digits_delete(struct app *app);           /* the selected one */
void my_digits_undo(struct app *app);
void my_digits_redo(struct app *app);
void my_digits_import(struct app *app, const char *path);
void my_digits_export(struct app *app, const char *path, enum exchange_format format);

/* As UNIPEN, to keep what cannot be saved: while the window closes. */
void my_digits_export_instead(struct app *app, const char *path);

#endif
