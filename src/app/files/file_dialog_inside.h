/* file_dialog_inside.h -- what the two files of the dialog share; nobody else includes it. */
#ifndef APP_FILES_FILE_DIALOG_INSIDE_H
#define APP_FILES_FILE_DIALOG_INSIDE_H

#include <limits.h>

#include "app/files/file_dialog.h"
#include "app/files/folder.h"
#include "base/err.h"
#include "base/files.h"
#include "ui/ui.h"

enum { PLACES_MAX = 16, LABEL_MAX = 64, ENDS_MAX = 120 };

struct place {
    char label[LABEL_MAX];
    char path[FILES_PATH_MAX];
    bool recent;
};

struct file_dialog {
    enum file_dialog_kind kind;
    char title[80], verb[32], ends[ENDS_MAX], holds[32];
    struct place places[PLACES_MAX];
    int place_count;

    /* Paths and names are bytes, not text. */
    char folder[FILES_PATH_MAX]; /* the one on show: absolute */
    char typed[FILES_PATH_MAX];  /* the path field: another while it is being written */
    char name[FILES_PATH_MAX];   /* the name field, when saving: may be a path, too */
    char chosen[FILES_PATH_MAX];
    struct folder listing;
    struct ui_list list;
    struct err trouble;          /* "" or a sentence about what was tried last */
    bool narrow;                 /* there is no room for all of a date */
    bool all, hidden;            /* show every file; show hidden ones */
    bool replacing;              /* `chosen` is there already: asked whether to replace it */
    const char *focus;           /* the control that is to get the keys next, or NULL */

    char row_text[FOLDER_SHOWN_MAX(NAME_MAX) + 1], row_detail[96]; /* of the row asked for last */
};

/* Shows that folder with `name` (or NULL) selected. Where it cannot be read, all stays as it is
 * and the sentence says why. */
bool file_dialog_go_to(struct file_dialog *d, const char *path, const char *name);
void file_dialog_go_up(struct file_dialog *d);
void file_dialog_read_again(struct file_dialog *d); /* for another filter */

enum file_dialog_result file_dialog_open_row(struct file_dialog *d, int i);
enum file_dialog_result file_dialog_follow_path(struct file_dialog *d); /* that was typed */
enum file_dialog_result file_dialog_save_in_typed(struct file_dialog *d);
enum file_dialog_result file_dialog_press_verb(struct file_dialog *d);

#endif
