/* SPDX-License-Identifier: MIT */
/* How a file dialog looks, and what clicks and keys do to it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/files/file_dialog_inside.h"
#include "app/files/path_field.h"
#include "base/err.h"
#include "base/language.h"
#include "base/paths.h"
#include "ui/format.h"

/* Sizes in points. */
enum {
    WIDTH = 780,
    HEIGHT = 560,
    PLACES_WIDTH = 164,
    UP_WIDTH = 64,
    NAME_LABEL = 60,
    TIMES_FROM = 460, /* a list that is less wide has dates alone */
};

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
    const struct ui_field field = {.label = _("Path"), .placeholder = "/home/\u2026"};
    struct ui_rect up = ui_cut_left(&rect, UP_WIDTH);
    ui_cut_left(&rect, UI_GAP);
    bool top = strcmp(d->folder, "/") == 0;
    if (ui_button(ui, "file-up", up, _("Up"), UI_CENTER | (top ? UI_OFF : 0)))
        file_dialog_go_up(d);
    ui_tip(ui, _("To the folder above (Backspace)"));
    unsigned event = path_field(ui, "file-path", rect, d->typed, &field);
    ui_tip(ui, _("Write the path of a folder or a file, and press Enter (Ctrl L)"));
    if (event & UI_FIELD_ENTERED && enter_was_pressed(ui))
        return file_dialog_follow_path(d);
    return FILE_DIALOG_ASKING;
}

static void visit_place(struct file_dialog *d, const struct place *place)
{
    char folder[FILES_PATH_MAX];
    d->focus = "file-list";
    if (files_is_folder(place->path)) {
        file_dialog_go_to(d, place->path, NULL);
        return;
    }
    strcpy(folder, place->path);
    paths_cut_name(folder);
    if (file_dialog_go_to(d, folder, files_name(place->path)) && d->kind == FILE_DIALOG_SAVE)
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
            ui_heading(ui, ui_cut_top(&rect, UI_HEADING - UI_GAP), _("Recent"));
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
    int event =
        ui_list(ui, "file-list", rect, _("Files"), &d->list, d->listing.count, describe_row, d);
    if (d->listing.count == 0)
        ui_label(ui, ui_inset_xy(rect, UI_INSIDE, 0), UI_QUIET | UI_CENTER,
                 d->ends[0] && !d->all ? _("Nothing here that fits; try All files.")
                                       : _("This folder is empty."));
    if (event == UI_LIST_SELECTED)
        take_name(d);
    if (event == UI_LIST_CHOSEN && d->list.selected >= 0)
        return file_dialog_open_row(d, d->list.selected);
    return FILE_DIALOG_ASKING;
}

static enum file_dialog_result show_name(struct file_dialog *d, struct ui *ui, struct ui_rect rect)
{
    const struct ui_field field = {.label = _("Name"), .placeholder = _("a name")};
    ui_label(ui, ui_cut_left(&rect, NAME_LABEL), UI_QUIET, _("Name"));
    unsigned event = path_field(ui, "file-name", rect, d->name, &field);
    ui_tip(ui, _("The name to save under; Enter saves"));
    if (event & UI_FIELD_CHANGED) {
        d->replacing = false;
        d->trouble.text[0] = 0;
    }
    if (event & UI_FIELD_ENTERED && enter_was_pressed(ui))
        return file_dialog_save_in_typed(d);
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
        changed |= ui_check(ui, "file-all", ui_cut_left(&rect, 108), _("All files"), &d->all, 0);
        ui_tip(ui, _("List every file, not only those that fit"));
    }
    changed |=
        ui_check(ui, "file-hidden", ui_cut_left(&rect, 128), _("Hidden files"), &d->hidden, 0);
    ui_tip(ui, _("List names that begin with a dot, too"));
    if (changed)
        file_dialog_read_again(d);
}

static enum file_dialog_result show_buttons(struct file_dialog *d, struct ui *ui,
                                            struct ui_rect rect)
{
    float verb = fmaxf(96, ui_button_width(ui, d->verb, 0));
    struct ui_rect right = ui_cut_right(&rect, verb);
    ui_cut_right(&rect, UI_GAP);
    struct ui_rect left = ui_cut_right(&rect, ui_button_width(ui, _("Cancel"), 0));
    show_checks(d, ui, rect);
    bool cancel = ui_button(ui, "file-cancel", left, _("Cancel"), UI_CENTER);
    ui_tip(ui, _("Leave everything as it is (Escape)"));
    if (ui_button(ui, "file-ok", right, d->verb, UI_CENTER | UI_PRIMARY))
        return file_dialog_press_verb(d);
    return cancel ? FILE_DIALOG_CANCELLED : FILE_DIALOG_ASKING;
}

static void keep_file(struct file_dialog *d)
{
    d->replacing = false;
    d->focus = "file-name";
}

/* In place of the buttons. Keeping the file is what Enter does, and the ring says so. */
static enum file_dialog_result show_question(struct file_dialog *d, struct ui *ui,
                                             struct ui_rect rect)
{
    char shown[120], text[200];
    struct ui_rect right = ui_cut_right(&rect, ui_button_width(ui, _("Replace it"), 0));
    ui_cut_right(&rect, UI_GAP);
    struct ui_rect left = ui_cut_right(&rect, ui_button_width(ui, _("Keep it"), 0));
    ui_cut_right(&rect, UI_GAP);
    folder_show_name(files_name(d->chosen), shown, sizeof shown);
    snprintf(text, sizeof text, _("%s is there already. Replace it?"), shown);
    ui_label(ui, rect, UI_SECOND, text);
    ui_area(ui, "file-question", rect, UI_ROLE_VALUE, text);
    if (ui_button(ui, "file-keep", left, _("Keep it"), UI_CENTER | UI_PRIMARY))
        keep_file(d);
    ui_tip(ui, _("Leave the file as it is (Escape)"));
    if (ui_button(ui, "file-replace", right, _("Replace it"), UI_CENTER))
        return FILE_DIALOG_CHOSEN;
    ui_tip(ui, _("What is in the file now will be gone"));
    return FILE_DIALOG_ASKING;
}

/* Keys that no control has used. */
static enum file_dialog_result follow_keys(struct file_dialog *d, struct ui *ui)
{
    if (ui_key(ui, UI_KEY_BACKSPACE, 0) || ui_key(ui, UI_KEY_UP, UI_ALT))
        file_dialog_go_up(d);
    if (ui_key(ui, 'l', UI_CTRL))
        ui_focus(ui, "file-path");
    if (!d->replacing && (ui_key(ui, UI_KEY_ENTER, 0) || ui_key(ui, UI_KEY_ENTER, UI_CTRL)))
        return file_dialog_press_verb(d);
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

/* A path that is typed where the list has the focus is no name to find in it. */
static void begin_path(struct ui *ui)
{
    if (ui_has_focus(ui, "file-list") && (ui_types(ui, '/') || ui_types(ui, '~')))
        ui_focus(ui, "file-path");
}

enum file_dialog_result file_dialog_show(struct file_dialog *d, struct ui *ui)
{
    struct ui_rect rect = ui_modal_begin(ui, "file-dialog", WIDTH, HEIGHT, d->title);
    if (d->focus)
        ui_focus(ui, d->focus);
    if (d->focus && d->replacing)
        ui_show_focus(ui);
    d->focus = NULL;
    begin_path(ui);
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
