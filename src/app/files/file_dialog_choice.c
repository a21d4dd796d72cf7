/* SPDX-License-Identifier: MIT */
/* Where a file dialog is, and what is chosen in it. */
#include "app/files/file_dialog_inside.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/files.h"
#include "base/language.h"
#include "base/paths.h"

/* Sizes in points. */
enum { LIST_ROW = 32 }; /* of ui_list */

/* ---- going about --------------------------------------------------------------------------- */

static bool read_folder(struct file_dialog *d, const char *path)
{
    struct folder listing;
    struct folder_filter filter = {
        .ends = d->ends[0] && !d->all ? d->ends : NULL,
        .hidden = d->hidden,
    };
    if (!folder_read(path, &filter, &listing, &d->trouble))
        return false;
    folder_free(&d->listing);
    d->listing = listing;
    d->trouble.text[0] = 0;
    if (listing.cut)
        err_set(&d->trouble, _("Only the first %d entries are listed; type the path of others."),
                FOLDER_ENTRIES_MAX);
    return true;
}

/* Selects the entry of that name; without one the first, unless nothing is what suits best. */
static void select_name(struct file_dialog *d, const char *name)
{
    int found = name ? folder_find(&d->listing, name) : -1;
    bool first = d->kind == FILE_DIALOG_OPEN && d->listing.count > 0;
    d->list.selected = found >= 0 ? found : first ? 0 : -1;
    d->list.scroll = fmaxf(0, (float)(d->list.selected - 3) * LIST_ROW);
}

bool file_dialog_go_to(struct file_dialog *d, const char *path, const char *name)
{
    char copy[FILES_PATH_MAX], selected[NAME_MAX + 1] = "";
    snprintf(copy, sizeof copy, "%s", path);
    if (name)
        snprintf(selected, sizeof selected, "%s", name);
    d->replacing = false;
    if (!read_folder(d, copy))
        return false;
    strcpy(d->folder, copy);
    strcpy(d->typed, copy);
    select_name(d, selected[0] ? selected : NULL);
    return true;
}

void file_dialog_go_up(struct file_dialog *d)
{
    char parent[FILES_PATH_MAX], name[NAME_MAX + 1];
    if (strcmp(d->folder, "/") == 0)
        return;
    strcpy(parent, d->folder);
    snprintf(name, sizeof name, "%s", files_name(d->folder));
    paths_cut_name(parent);
    file_dialog_go_to(d, parent, name);
}

/* Reads the folder anew, for another filter. */
void file_dialog_read_again(struct file_dialog *d)
{
    int i = d->list.selected;
    char name[NAME_MAX + 1] = "";
    if (i >= 0 && i < d->listing.count)
        snprintf(name, sizeof name, "%s", d->listing.entries[i].name);
    file_dialog_go_to(d, d->folder, name);
}

/* ---- choosing ------------------------------------------------------------------------------ */

static enum file_dialog_result choose_path(struct file_dialog *d, const char *folder,
                                           const char *name)
{
    if (paths_join(folder, name, d->chosen))
        return FILE_DIALOG_CHOSEN;
    err_set(&d->trouble, _("The path is too long; choose a shorter one."));
    return FILE_DIALOG_ASKING;
}

/* The path to save to; asks first where a file of that name is there. */
static enum file_dialog_result save_to(struct file_dialog *d, char *path)
{
    const char *name = files_name(path);
    size_t end = strcspn(d->ends, " "), len = strlen(path);
    bool fits = true;
    if (files_is_folder(path)) {
        file_dialog_go_to(d, path, NULL);
        d->name[0] = 0;
        return FILE_DIALOG_ASKING;
    }
    if (end && !paths_have_end(name, d->ends)) {
        int longer = snprintf(path + len, FILES_PATH_MAX - len, "%.*s", (int)end, d->ends);
        fits = len + (size_t)longer < FILES_PATH_MAX;
    }
    if (!fits || strlen(name) > NAME_MAX) {
        err_set(&d->trouble, _("This name is too long; choose a shorter one."));
        return FILE_DIALOG_ASKING;
    }
    if (d->holds[0] && !strstr(files_name(path), d->holds)) {
        err_set(&d->trouble, _("The name must hold \"%s\", as the one that was proposed does."),
                d->holds);
        return FILE_DIALOG_ASKING;
    }
    strcpy(d->chosen, path);
    if (!files_can_write(d->chosen, &d->trouble))
        return FILE_DIALOG_ASKING;
    d->replacing = files_exist(d->chosen);
    if (!d->replacing)
        return FILE_DIALOG_CHOSEN;
    d->focus = "file-keep";
    return FILE_DIALOG_ASKING;
}

static enum file_dialog_result save_as_named(struct file_dialog *d)
{
    char path[FILES_PATH_MAX];
    d->trouble.text[0] = 0;
    if (!d->name[0])
        err_set(&d->trouble, _("Write a name for the file first."));
    else if (!paths_absolute(d->folder, d->name, path))
        err_set(&d->trouble, _("The path is too long; choose a shorter one."));
    else
        return save_to(d, path);
    return FILE_DIALOG_ASKING;
}

/* Enter or a double click on a row. */
enum file_dialog_result file_dialog_open_row(struct file_dialog *d, int i)
{
    const struct folder_entry *entry = &d->listing.entries[i];
    char path[FILES_PATH_MAX];
    if (entry->folder) {
        if (paths_join(d->folder, entry->name, path))
            file_dialog_go_to(d, path, NULL);
        return FILE_DIALOG_ASKING;
    }
    if (d->kind == FILE_DIALOG_OPEN)
        return choose_path(d, d->folder, entry->name);
    if (d->kind == FILE_DIALOG_SAVE) {
        snprintf(d->name, sizeof d->name, "%s", entry->name);
        return save_as_named(d);
    }
    err_set(&d->trouble, _("This is a file; a folder is asked for."));
    return FILE_DIALOG_ASKING;
}

/* The folder that the button would choose: the selected one, or the one on show. */
static enum file_dialog_result choose_folder(struct file_dialog *d)
{
    int i = d->list.selected;
    if (i >= 0 && i < d->listing.count && d->listing.entries[i].folder)
        return choose_path(d, d->folder, d->listing.entries[i].name);
    strcpy(d->chosen, d->folder);
    return FILE_DIALOG_CHOSEN;
}

/* Where a folder is asked for, the one on show; else nothing yet. */
static enum file_dialog_result take_shown(struct file_dialog *d)
{
    if (d->kind != FILE_DIALOG_FOLDER)
        return FILE_DIALOG_ASKING;
    strcpy(d->chosen, d->folder);
    return FILE_DIALOG_CHOSEN;
}

/* A path that was typed: of a folder to show or, where one is asked for, to choose; or of a file to
 * choose. Where there is none, the sentence says so and nothing is chosen. */
enum file_dialog_result file_dialog_follow_path(struct file_dialog *d)
{
    char path[FILES_PATH_MAX];
    if (strcmp(d->typed, d->folder) == 0)
        return take_shown(d);
    if (!paths_absolute(d->folder, d->typed, path)) {
        err_set(&d->trouble, _("The path is too long; choose a shorter one."));
        return FILE_DIALOG_ASKING;
    }
    if (files_is_folder(path) || (!files_exist(path) && d->kind != FILE_DIALOG_SAVE))
        return file_dialog_go_to(d, path, NULL) ? take_shown(d) : FILE_DIALOG_ASKING;
    if (d->kind == FILE_DIALOG_SAVE)
        return save_to(d, path);
    if (d->kind == FILE_DIALOG_FOLDER) {
        err_set(&d->trouble, _("%.200s is a file; a folder is asked for."), files_name(d->typed));
        return FILE_DIALOG_ASKING;
    }
    strcpy(d->chosen, path);
    return FILE_DIALOG_CHOSEN;
}

/* The folder of a path that was typed and not entered becomes the one to save in. */
enum file_dialog_result file_dialog_save_in_typed(struct file_dialog *d)
{
    char path[FILES_PATH_MAX];
    if (strcmp(d->typed, d->folder) != 0 &&
        !(paths_absolute(d->folder, d->typed, path) && file_dialog_go_to(d, path, NULL)))
        return FILE_DIALOG_ASKING;
    return save_as_named(d);
}

/* What was written in the path field goes before what is selected. */
enum file_dialog_result file_dialog_press_verb(struct file_dialog *d)
{
    int i = d->list.selected;
    if (d->kind == FILE_DIALOG_SAVE)
        return file_dialog_save_in_typed(d);
    if (strcmp(d->typed, d->folder) != 0)
        return file_dialog_follow_path(d);
    if (d->kind == FILE_DIALOG_FOLDER)
        return choose_folder(d);
    if (i >= 0 && i < d->listing.count)
        return file_dialog_open_row(d, i);
    err_set(&d->trouble, _("Choose a file in the list, or write its path."));
    return FILE_DIALOG_ASKING;
}

/* ---- making -------------------------------------------------------------------------------- */

static void add_place(struct file_dialog *d, const char *label, const char *path, bool recent)
{
    if (d->place_count == PLACES_MAX || !path || path[0] != '/' || !files_exist(path))
        return;
    struct place *place = &d->places[d->place_count++];
    folder_show_name(label ? label : files_name(path), place->label, sizeof place->label);
    snprintf(place->path, sizeof place->path, "%s", path);
    place->recent = recent;
}

static void add_places(struct file_dialog *d, const struct file_dialog_ask *ask)
{
    char path[FILES_PATH_MAX];
    add_place(d, _("Home"), files_home(path), false);
    files_user_path(FILES_DATA, "models", path);
    if (ask->kind == FILE_DIALOG_SAVE)
        files_make_folder(path, NULL);
    add_place(d, _("My models"), path, false);
    if (files_here(path))
        add_place(d, _("Current folder"), path, false);
    for (int i = 0; i < ask->place_count; i++)
        add_place(d, ask->places[i].label, ask->places[i].path, false);
    add_place(d, _("Computer"), "/", false);
    for (int i = 0; i < ask->recent_count; i++)
        add_place(d, NULL, ask->recent[i], true);
}

/* A path to begin at may be a folder, or name a file in it, which need not be there. */
static void go_to_beginning(struct file_dialog *d, const char *begin)
{
    char path[FILES_PATH_MAX], home[FILES_PATH_MAX], here[FILES_PATH_MAX] = "/";
    files_here(here);
    bool ok = paths_absolute(here, begin && begin[0] ? begin : files_home(home), path);
    if (ok && !files_is_folder(path) && begin) {
        snprintf(d->name, sizeof d->name, "%s", files_name(path));
        paths_cut_name(path);
    }
    if (ok && file_dialog_go_to(d, path, d->name))
        return;
    struct err why = d->trouble;
    if (!file_dialog_go_to(d, files_home(home), NULL) && !file_dialog_go_to(d, here, NULL))
        file_dialog_go_to(d, "/", NULL);
    d->trouble = why;
}

struct file_dialog *file_dialog_new(const struct file_dialog_ask *ask, struct err *err)
{
    struct file_dialog *d = calloc(1, sizeof *d);
    if (!d) {
        err_memory(err, _("the list of files"));
        return NULL;
    }
    d->kind = ask->kind;
    d->focus = ask->kind == FILE_DIALOG_SAVE ? "file-name" : "file-list";
    snprintf(d->title, sizeof d->title, "%s", _(ask->title));
    snprintf(d->verb, sizeof d->verb, "%s", _(ask->verb));
    snprintf(d->ends, sizeof d->ends, "%s", ask->ends ? ask->ends : "");
    snprintf(d->holds, sizeof d->holds, "%s", ask->holds ? ask->holds : "");
    add_places(d, ask);
    go_to_beginning(d, ask->path);
    if (ask->trouble)
        err_set(&d->trouble, "%s", ask->trouble);
    return d;
}

void file_dialog_free(struct file_dialog *d)
{
    if (d)
        folder_free(&d->listing);
    free(d);
}

const char *file_dialog_path(const struct file_dialog *d)
{
    return d->chosen;
}
