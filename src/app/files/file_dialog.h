/* file_dialog.h -- asks for a file or a folder: the usual places, a list, a path that can be typed.
 *
 *     dialog = file_dialog_new(&ask, &err);
 *     ... each frame: switch (file_dialog_show(dialog, ui)) ...
 *     file_dialog_free(dialog);
 *
 * Keys: in the list, type to find, Enter opens, Backspace or Alt Up goes up, Ctrl Enter is the
 * button; Ctrl L writes a path, and Enter there takes what it names: a file, or where a folder is
 * asked for that folder; Escape leaves.
 */
#ifndef APP_FILES_FILE_DIALOG_H
#define APP_FILES_FILE_DIALOG_H

#include <stdbool.h>

struct err;
struct file_dialog;
struct ui;

enum file_dialog_kind { FILE_DIALOG_OPEN, FILE_DIALOG_SAVE, FILE_DIALOG_FOLDER };

/* A folder or file to reach with one click. */
struct file_dialog_place {
    const char *label; /* NULL: its name */
    const char *path;
};

struct file_dialog_ask {
    enum file_dialog_kind kind;
    const char *title; /* "Open a model" */
    const char *verb;  /* on the button: "Open" */
    const char *ends;  /* ".safetensors", ".png .jpg": what is listed; the first is added to a name
                        * to save that has none of them; NULL: all */
    const char *holds; /* what a name to save must hold, "images"; NULL: nothing */
    const char *path;  /* where to begin: a folder, or a file whose name is proposed; NULL: home */
    const char *trouble; /* a sentence that it begins with, or NULL */
    /* Beside the home folder, the user's models and the current folder. Those that are not there
     * are left out. */
    const struct file_dialog_place *places;
    int place_count;
    const char *const *recent; /* files used lately, newest first */
    int recent_count;
};

/* The texts are copied. A folder that cannot be read is said inside the dialog. */
struct file_dialog *file_dialog_new(const struct file_dialog_ask *ask, struct err *err);
void file_dialog_free(struct file_dialog *dialog); /* NULL is fine */

enum file_dialog_result { FILE_DIALOG_ASKING, FILE_DIALOG_CANCELLED, FILE_DIALOG_CHOSEN };

/* Shows it as a modal dialog; call it after all other controls of the frame. Replacing a file that
 * is there is confirmed inside before it counts as chosen. */
enum file_dialog_result file_dialog_show(struct file_dialog *dialog, struct ui *ui);

/* What was chosen: a whole path, which lives as long as the dialog. */
const char *file_dialog_path(const struct file_dialog *dialog);

#endif
