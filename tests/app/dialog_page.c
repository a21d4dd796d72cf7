/* SPDX-License-Identifier: MIT */
#include "dialog_page.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/files.h"

struct robot robot;
struct file_dialog *dialog;
enum file_dialog_result result; /* the last that was not ASKING */
char root[64];                  /* the temporary folder; it is the home folder too */

const char *in_root(const char *name)
{
    static char paths[4][FILES_PATH_MAX];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, FILES_PATH_MAX, "%s/%s", root, name);
    return path;
}

void put_file(const char *name, const char *text)
{
    FILE *file = fopen(in_root(name), "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

static void fill_root(void)
{
    strcpy(root, "/tmp/inkling-dialog-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(root));
    setenv("HOME", root, 1);
    unsetenv("XDG_DATA_HOME");
    mkdir(in_root("attic"), 0777);
    mkdir(in_root("zoo"), 0777);
    put_file("run 10.safetensors", "ten");
    put_file("run 9.safetensors", "nine");
    put_file("Best.safetensors", "best");
    put_file("notes.txt", "notes");
    put_file(".hidden.safetensors", "hidden");
    put_file("attic/old.safetensors", "old");
}

static void show(void *user, struct ui *ui)
{
    (void)user;
    if (!dialog)
        return;
    enum file_dialog_result now = file_dialog_show(dialog, ui);
    result = now != FILE_DIALOG_ASKING ? now : result;
}

void open_dialog(enum file_dialog_kind kind, const char *path)
{
    const char *recent[] = {in_root("attic/old.safetensors"), in_root("gone.safetensors")};
    const struct file_dialog_ask ask = {
        .kind = kind,
        .title = "Open a model",
        .verb = "Go",
        .ends = kind == FILE_DIALOG_FOLDER ? NULL : ".safetensors",
        .path = path,
        .recent = recent,
        .recent_count = 2,
    };
    file_dialog_free(dialog);
    dialog = file_dialog_new(&ask, NULL);
    ck_assert_ptr_nonnull(dialog);
    result = FILE_DIALOG_ASKING;
    robot_frame(&robot);
}

void set_up(void)
{
    fill_root();
    dialog = NULL;
    robot_begin(&robot, 960, 640, show, NULL);
    open_dialog(FILE_DIALOG_OPEN, root);
}

void tear_down(void)
{
    char command[256];
    file_dialog_free(dialog);
    robot_end(&robot);
    snprintf(command, sizeof command, "chmod -R u+rwx '%s'; rm -rf '%s'", root, root);
    ck_assert_int_eq(system(command), 0);
}

void check_chosen(const char *name)
{
    ck_assert_int_eq(result, FILE_DIALOG_CHOSEN);
    ck_assert_str_eq(file_dialog_path(dialog), in_root(name));
}
