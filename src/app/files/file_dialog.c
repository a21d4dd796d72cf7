/* SPDX-License-Identifier: MIT */
#include "app/files/file_dialog.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/files/folder.h"
#include "app/files/path_field.h"
#include "app/files/paths.h"
#include "base/err.h"
#include "base/files.h"
#include "ui/format.h"
#include "ui/ui.h"

/* Sizes in points. */
enum {
    WIDTH = 780,
    HEIGHT = 560,
    PLACES_WIDTH = 164,
    UP_WIDTH = 64,
    NAME_LABEL = 60,
    LIST_ROW = 32, /* of ui_list */
    TIMES_FROM = 460, /* a list that is less wide has dates alone */
};

enum { PLACES_MAX = 16, LABEL_MAX = 64, ENDS_MAX = 120 };

struct place {
    char label[LABEL_MAX];
    char path[FILES_PATH_MAX];
    bool recent;
};

struct file_dialog {
    enum file_dialog_kind kind;
    char title[80], verb[32], ends[ENDS_MAX];
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
        err_set(&d->trouble, "Only the first %d entries are listed; type the path of others.",
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

/* Shows that folder with `name` (or NULL) selected. Where it cannot be read, all stays as it is
 * and the sentence says why. */
static bool go_to(struct file_dialog *d, const char *path, const char *name)
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

static void go_up(struct file_dialog *d)
{
    char parent[FILES_PATH_MAX], name[NAME_MAX + 1];
    if (strcmp(d->folder, "/") == 0)
        return;
    strcpy(parent, d->folder);
    snprintf(name, sizeof name, "%s", files_name(d->folder));
    paths_cut_name(parent);
    go_to(d, parent, name);
}

/* Reads the folder anew, for another filter. */
static void read_again(struct file_dialog *d)
{
    int i = d->list.selected;
    char name[NAME_MAX + 1] = "";
    if (i >= 0 && i < d->listing.count)
        snprintf(name, sizeof name, "%s", d->listing.entries[i].name);
    go_to(d, d->folder, name);
}

/* ---- choosing ------------------------------------------------------------------------------ */

static enum file_dialog_result choose_path(struct file_dialog *d, const char *folder,
                                           const char *name)
{
    if (paths_join(folder, name, d->chosen))
        return FILE_DIALOG_CHOSEN;
    err_set(&d->trouble, "The path is too long; choose a shorter one.");
    return FILE_DIALOG_ASKING;
}

/* The path to save to; asks first where a file of that name is there. */
static enum file_dialog_result save_to(struct file_dialog *d, char *path)
{
    const char *name = files_name(path);
    size_t end = strcspn(d->ends, " "), len = strlen(path);
    bool fits = true;
    if (files_is_folder(path)) {
        go_to(d, path, NULL);
        d->name[0] = 0;
        return FILE_DIALOG_ASKING;
    }
    if (end && !paths_have_end(name, d->ends)) {
        int longer = snprintf(path + len, FILES_PATH_MAX - len, "%.*s", (int)end, d->ends);
        fits = len + (size_t)longer < FILES_PATH_MAX;
    }
    if (!fits || strlen(name) > NAME_MAX) {
        err_set(&d->trouble, "This name is too long; choose a shorter one.");
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
        err_set(&d->trouble, "Write a name for the file first.");
    else if (!paths_absolute(d->folder, d->name, path))
        err_set(&d->trouble, "The path is too long; choose a shorter one.");
    else
        return save_to(d, path);
    return FILE_DIALOG_ASKING;
}

/* Enter or a double click on a row. */
static enum file_dialog_result open_row(struct file_dialog *d, int i)
{
    const struct folder_entry *entry = &d->listing.entries[i];
    char path[FILES_PATH_MAX];
    if (entry->folder) {
        if (paths_join(d->folder, entry->name, path))
            go_to(d, path, NULL);
        return FILE_DIALOG_ASKING;
    }
    if (d->kind == FILE_DIALOG_OPEN)
        return choose_path(d, d->folder, entry->name);
    if (d->kind == FILE_DIALOG_SAVE) {
        snprintf(d->name, sizeof d->name, "%s", entry->name);
        return save_as_named(d);
    }
    err_set(&d->trouble, "This is a file; a folder is asked for.");
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
static enum file_dialog_result follow_path(struct file_dialog *d)
{
    char path[FILES_PATH_MAX];
    if (strcmp(d->typed, d->folder) == 0)
        return take_shown(d);
    if (!paths_absolute(d->folder, d->typed, path)) {
        err_set(&d->trouble, "The path is too long; choose a shorter one.");
        return FILE_DIALOG_ASKING;
    }
    if (files_is_folder(path) || (!files_exist(path) && d->kind != FILE_DIALOG_SAVE))
        return go_to(d, path, NULL) ? take_shown(d) : FILE_DIALOG_ASKING;
    if (d->kind == FILE_DIALOG_SAVE)
        return save_to(d, path);
    if (d->kind == FILE_DIALOG_FOLDER) {
        err_set(&d->trouble, "%.200s is a file; a folder is asked for.", files_name(d->typed));
        return FILE_DIALOG_ASKING;
    }
    strcpy(d->chosen, path);
    return FILE_DIALOG_CHOSEN;
}

/* The folder of a path that was typed and not entered becomes the one to save in. */
static enum file_dialog_result save_in_typed(struct file_dialog *d)
{
    char path[FILES_PATH_MAX];
    if (strcmp(d->typed, d->folder) != 0 &&
        !(paths_absolute(d->folder, d->typed, path) && go_to(d, path, NULL)))
        return FILE_DIALOG_ASKING;
    return save_as_named(d);
}

/* What was written in the path field goes before what is selected. */
static enum file_dialog_result press_verb(struct file_dialog *d)
{
    int i = d->list.selected;
    if (d->kind == FILE_DIALOG_SAVE)
        return save_in_typed(d);
    if (strcmp(d->typed, d->folder) != 0)
        return follow_path(d);
    if (d->kind == FILE_DIALOG_FOLDER)
        return choose_folder(d);
    if (i >= 0 && i < d->listing.count)
        return open_row(d, i);
    err_set(&d->trouble, "Choose a file in the list, or write its path.");
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

static bool current_folder(char path[FILES_PATH_MAX])
{
    return getcwd(path, FILES_PATH_MAX) != NULL;
}

static void add_places(struct file_dialog *d, const struct file_dialog_ask *ask)
{
    char path[FILES_PATH_MAX];
    add_place(d, "Home", files_home(path), false);
    files_user_path(FILES_DATA, "models", path);
    if (ask->kind == FILE_DIALOG_SAVE)
        files_make_folder(path, NULL);
    add_place(d, "My models", path, false);
    if (current_folder(path))
        add_place(d, "Current folder", path, false);
    for (int i = 0; i < ask->place_count; i++)
        add_place(d, ask->places[i].label, ask->places[i].path, false);
    add_place(d, "Computer", "/", false);
    for (int i = 0; i < ask->recent_count; i++)
        add_place(d, NULL, ask->recent[i], true);
}

/* A path to begin at may be a folder, or name a file in it, which need not be there. */
static void go_to_beginning(struct file_dialog *d, const char *begin)
{
    char path[FILES_PATH_MAX], home[FILES_PATH_MAX], here[FILES_PATH_MAX] = "/";
    current_folder(here);
    bool ok = paths_absolute(here, begin && begin[0] ? begin : files_home(home), path);
    if (ok && !files_is_folder(path) && begin) {
        snprintf(d->name, sizeof d->name, "%s", files_name(path));
        paths_cut_name(path);
    }
    if (ok && go_to(d, path, d->name))
        return;
    struct err why = d->trouble;
    if (!go_to(d, files_home(home), NULL) && !go_to(d, here, NULL))
        go_to(d, "/", NULL);
    d->trouble = why;
}

struct file_dialog *file_dialog_new(const struct file_dialog_ask *ask, struct err *err)
{
    struct file_dialog *d = calloc(1, sizeof *d);
    if (!d) {
        err_memory(err, "the list of files");
        return NULL;
    }
    d->kind = ask->kind;
    d->focus = ask->kind == FILE_DIALOG_SAVE ? "file-name" : "file-list";
    snprintf(d->title, sizeof d->title, "%s", ask->title);
    snprintf(d->verb, sizeof d->verb, "%s", ask->verb);
    snprintf(d->ends, sizeof d->ends, "%s", ask->ends ? ask->ends : "");
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

/* ---- showing ------------------------------------------------------------------------------- */

/* A field is also entered when the focus leaves it, which must not choose a file. */
static bool enter_was_pressed(struct ui *ui)
{
    const struct ui_input *input = ui_input(ui);
    for (int i = 0; i < input->key_count; i++)
        if (input->keys[i].key == UI_KEY_ENTER)
            return true;
    return false;
}

static enum file_dialog_result show_path(struct file_dialog *d, struct ui *ui, struct ui_rect rect)
{
    static const struct ui_field field = {.label = "Path", .placeholder = "/home/\u2026"};
    struct ui_rect up = ui_cut_left(&rect, UP_WIDTH);
    ui_cut_left(&rect, UI_GAP);
    bool top = strcmp(d->folder, "/") == 0;
    if (ui_button(ui, "file-up", up, "Up", UI_CENTER | (top ? UI_OFF : 0)))
        go_up(d);
    ui_tip(ui, "To the folder above (Backspace)");
    unsigned event = path_field(ui, "file-path", rect, d->typed, &field);
    ui_tip(ui, "Write the path of a folder or a file, and press Enter (Ctrl L)");
    if (event & UI_FIELD_ENTERED && enter_was_pressed(ui))
        return follow_path(d);
    return FILE_DIALOG_ASKING;
}

static void visit_place(struct file_dialog *d, const struct place *place)
{
    char folder[FILES_PATH_MAX];
    d->focus = "file-list";
    if (files_is_folder(place->path)) {
        go_to(d, place->path, NULL);
        return;
    }
    strcpy(folder, place->path);
    paths_cut_name(folder);
    if (go_to(d, folder, files_name(place->path)) && d->kind == FILE_DIALOG_SAVE)
        snprintf(d->name, sizeof d->name, "%s", files_name(place->path));
}

static void show_places(struct file_dialog *d, struct ui *ui, struct ui_rect rect)
{
    char name[32], shown[FOLDER_SHOWN_MAX(FILES_PATH_MAX)];
    bool recent = false;
    ui_group_begin(ui, "file-places");
    for (int i = 0; i < d->place_count; i++) {
        const struct place *place = &d->places[i];
        if (place->recent && !recent && rect.h >= 2 * UI_ROW) {
            ui_cut_top(&rect, UI_GAP);
            ui_heading(ui, ui_cut_top(&rect, UI_HEADING - UI_GAP), "Recent");
        }
        recent = place->recent;
        if (rect.h < UI_ROW)
            break;
        snprintf(name, sizeof name, "place/%d", i);
        unsigned here = strcmp(place->path, d->folder) == 0 ? UI_TOGGLE | UI_ON : UI_TOGGLE;
        const struct ui_part part = {place->label, 0};
        if (ui_button_parts(ui, name, ui_cut_top(&rect, UI_ROW), &part, 1, UI_BARE | here))
            visit_place(d, place);
        ui_tip(ui, folder_show_name(place->path, shown, sizeof shown));
    }
    ui_group_end(ui);
}

static struct ui_row describe_row(void *user, int i)
{
    struct file_dialog *d = user;
    const struct folder_entry *entry = &d->listing.entries[i];
    char date[40] = "";
    struct tm local;
    if (localtime_r(&entry->changed, &local))
        strftime(date, sizeof date, d->narrow ? "%Y-%m-%d" : "%Y-%m-%d %H:%M", &local);
    snprintf(d->row_text, sizeof d->row_text, "%s%s", entry->shown, entry->folder ? "/" : "");
    snprintf(d->row_detail, sizeof d->row_detail, "%s%s%s",
             entry->folder ? "" : ui_bytes(entry->size).text, entry->folder ? "" : "   ", date);
    bool dim = d->kind == FILE_DIALOG_FOLDER && !entry->folder;
    return (struct ui_row){d->row_text, d->row_detail, dim ? UI_QUIET : 0};
}

/* When saving, the name of the file that is selected is the one to replace. */
static void take_name(struct file_dialog *d)
{
    int i = d->list.selected;
    strcpy(d->typed, d->folder);
    d->replacing = false;
    d->trouble.text[0] = 0;
    if (d->kind == FILE_DIALOG_SAVE && i >= 0 && !d->listing.entries[i].folder)
        snprintf(d->name, sizeof d->name, "%s", d->listing.entries[i].name);
}

static enum file_dialog_result show_list(struct file_dialog *d, struct ui *ui,
                                         struct ui_rect rect)
{
    d->narrow = rect.w < TIMES_FROM;
    int event = ui_list(ui, "file-list", rect, "Files", &d->list, d->listing.count, describe_row,
                        d);
    if (d->listing.count == 0)
        ui_label(ui, ui_inset_xy(rect, UI_INSIDE, 0), UI_QUIET | UI_CENTER,
                 d->ends[0] && !d->all ? "Nothing here that fits; try All files."
                                       : "This folder is empty.");
    if (event == UI_LIST_SELECTED)
        take_name(d);
    if (event == UI_LIST_CHOSEN && d->list.selected >= 0)
        return open_row(d, d->list.selected);
    return FILE_DIALOG_ASKING;
}

static enum file_dialog_result show_name(struct file_dialog *d, struct ui *ui, struct ui_rect rect)
{
    static const struct ui_field field = {.label = "Name", .placeholder = "a name"};
    ui_label(ui, ui_cut_left(&rect, NAME_LABEL), UI_QUIET, "Name");
    unsigned event = path_field(ui, "file-name", rect, d->name, &field);
    ui_tip(ui, "The name to save under; Enter saves");
    if (event & UI_FIELD_CHANGED) {
        d->replacing = false;
        d->trouble.text[0] = 0;
    }
    if (event & UI_FIELD_ENTERED && enter_was_pressed(ui))
        return save_in_typed(d);
    return FILE_DIALOG_ASKING;
}

/* The sentence about what was tried, or the folder that would be chosen. */
static void show_sentence(struct file_dialog *d, struct ui *ui, struct ui_rect rect)
{
    int i = d->list.selected;
    char path[FILES_PATH_MAX], shown[FOLDER_SHOWN_MAX(FILES_PATH_MAX)];
    if (d->trouble.text[0]) {
        ui_wrapped(ui, rect, UI_SECOND, d->trouble.text);
        ui_area(ui, "file-trouble", rect, UI_ROLE_VALUE, d->trouble.text);
    } else if (d->kind == FILE_DIALOG_FOLDER) {
        bool typed = strcmp(d->typed, d->folder) != 0;
        bool inner = !typed && i >= 0 && i < d->listing.count && d->listing.entries[i].folder;
        if (!inner || !paths_join(d->folder, d->listing.entries[i].name, path))
            strcpy(path, d->typed);
        ui_label(ui, rect, UI_QUIET, folder_show_name(path, shown, sizeof shown));
    }
}

static void show_checks(struct file_dialog *d, struct ui *ui, struct ui_rect rect)
{
    bool changed = false;
    if (d->ends[0]) {
        changed |= ui_check(ui, "file-all", ui_cut_left(&rect, 108), "All files", &d->all, 0);
        ui_tip(ui, "List every file, not only those that fit");
    }
    changed |= ui_check(ui, "file-hidden", ui_cut_left(&rect, 128), "Hidden files", &d->hidden, 0);
    ui_tip(ui, "List names that begin with a dot, too");
    if (changed)
        read_again(d);
}

static enum file_dialog_result show_buttons(struct file_dialog *d, struct ui *ui,
                                            struct ui_rect rect)
{
    float verb = fmaxf(96, ui_button_width(ui, d->verb, 0));
    struct ui_rect right = ui_cut_right(&rect, verb);
    ui_cut_right(&rect, UI_GAP);
    struct ui_rect left = ui_cut_right(&rect, ui_button_width(ui, "Cancel", 0));
    show_checks(d, ui, rect);
    bool cancel = ui_button(ui, "file-cancel", left, "Cancel", UI_CENTER);
    ui_tip(ui, "Leave everything as it is (Escape)");
    if (ui_button(ui, "file-ok", right, d->verb, UI_CENTER | UI_PRIMARY))
        return press_verb(d);
    return cancel ? FILE_DIALOG_CANCELLED : FILE_DIALOG_ASKING;
}

static void keep_file(struct file_dialog *d)
{
    d->replacing = false;
    d->focus = "file-name";
}

/* In place of the buttons. Keeping the file is what Enter does. */
static enum file_dialog_result show_question(struct file_dialog *d, struct ui *ui,
                                             struct ui_rect rect)
{
    char shown[120], text[200];
    struct ui_rect right = ui_cut_right(&rect, ui_button_width(ui, "Replace it", 0));
    ui_cut_right(&rect, UI_GAP);
    struct ui_rect left = ui_cut_right(&rect, ui_button_width(ui, "Keep it", 0));
    ui_cut_right(&rect, UI_GAP);
    folder_show_name(files_name(d->chosen), shown, sizeof shown);
    snprintf(text, sizeof text, "%s is there already. Replace it?", shown);
    ui_label(ui, rect, UI_SECOND, text);
    ui_area(ui, "file-question", rect, UI_ROLE_VALUE, text);
    if (ui_button(ui, "file-keep", left, "Keep it", UI_CENTER))
        keep_file(d);
    ui_tip(ui, "Leave the file as it is (Escape)");
    if (ui_button(ui, "file-replace", right, "Replace it", UI_CENTER | UI_PRIMARY))
        return FILE_DIALOG_CHOSEN;
    ui_tip(ui, "What is in the file now will be gone");
    return FILE_DIALOG_ASKING;
}

/* Keys that no control has used. */
static enum file_dialog_result follow_keys(struct file_dialog *d, struct ui *ui)
{
    if (ui_key(ui, UI_KEY_BACKSPACE, 0) || ui_key(ui, UI_KEY_UP, UI_ALT))
        go_up(d);
    if (ui_key(ui, 'l', UI_CTRL))
        ui_focus(ui, "file-path");
    if (!d->replacing && (ui_key(ui, UI_KEY_ENTER, 0) || ui_key(ui, UI_KEY_ENTER, UI_CTRL)))
        return press_verb(d);
    return FILE_DIALOG_ASKING;
}

static void keep_result(enum file_dialog_result *result, enum file_dialog_result next)
{
    if (*result == FILE_DIALOG_ASKING)
        *result = next;
}

static enum file_dialog_result show_inside(struct file_dialog *d, struct ui *ui,
                                           struct ui_rect rect)
{
    enum file_dialog_result result = show_path(d, ui, ui_cut_top(&rect, UI_ROW));
    ui_cut_top(&rect, 3 * UI_STEP);
    struct ui_rect buttons = ui_cut_bottom(&rect, UI_ROW);
    struct ui_rect sentence = ui_cut_bottom(&rect, 2 * UI_LINE + UI_STEP);
    sentence = ui_inset_xy(sentence, 0, UI_STEP / 2);
    struct ui_rect name = {0};
    if (d->kind == FILE_DIALOG_SAVE) {
        name = ui_cut_bottom(&rect, UI_ROW);
        ui_cut_bottom(&rect, UI_GAP);
    }
    struct ui_rect places = ui_cut_left(&rect, PLACES_WIDTH);
    ui_cut_left(&rect, 3 * UI_STEP);
    show_places(d, ui, places);
    keep_result(&result, show_list(d, ui, rect));
    if (d->kind == FILE_DIALOG_SAVE)
        keep_result(&result, show_name(d, ui, name));
    show_sentence(d, ui, sentence);
    if (d->replacing)
        keep_result(&result, show_question(d, ui, buttons));
    else
        keep_result(&result, show_buttons(d, ui, buttons));
    keep_result(&result, follow_keys(d, ui));
    return result;
}

/* What a key or a click changed may already have been drawn as it was. */
static bool something_was_done(struct ui *ui)
{
    const struct ui_input *input = ui_input(ui);
    for (int i = 0; i < input->move_count; i++)
        if (input->moves[i].kind != UI_MOVE)
            return true;
    return input->key_count > 0 || input->typed[0];
}

enum file_dialog_result file_dialog_show(struct file_dialog *d, struct ui *ui)
{
    struct ui_rect rect = ui_modal_begin(ui, "file-dialog", WIDTH, HEIGHT, d->title);
    if (d->focus)
        ui_focus(ui, d->focus);
    d->focus = NULL;
    bool replacing = d->replacing;
    enum file_dialog_result result = show_inside(d, ui, rect);
    if (ui_modal_end(ui) && result == FILE_DIALOG_ASKING) {
        if (!replacing)
            return FILE_DIALOG_CANCELLED;
        keep_file(d);
    }
    if (something_was_done(ui))
        ui_again(ui);
    return result;
}
