/* dialog_page.h -- the file dialog without a window and without the app. */
#ifndef TESTS_DIALOG_PAGE_H
#define TESTS_DIALOG_PAGE_H

#include "app/files/file_dialog.h"
#include "robot.h"

extern struct robot robot;
extern struct file_dialog *dialog;
extern enum file_dialog_result result; /* the last that was not ASKING */
extern char root[64];                  /* the temporary folder; it is the home folder too */

/* Fixtures: files in the root, which an open dialog shows. */
void set_up(void);
void tear_down(void);

const char *in_root(const char *name); /* its path; lasts until four calls later */
void put_file(const char *name, const char *text);
void open_dialog(enum file_dialog_kind kind, const char *path);

/* The dialog has ended with this file of the root. */
void check_chosen(const char *name);

#endif
