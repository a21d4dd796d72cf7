/* SPDX-License-Identifier: MIT */
#include "app/leave.h"

#include <stdio.h>

#include "app/app.h"
#include "app/log.h"
#include "ui/layout.h"
#include "ui/ui.h"

enum {
    WIDTH = 620, HEIGHT = 214,
    PATIENCE = 600000,   /* microseconds of saving before the window says that it does */
    AGAIN_AFTER = 1000000, /* a double click on the window's cross is no answer */
};

static void enter_stage(struct app *app, enum leave_stage stage, uint64_t now)
{
    app->leaving = (struct leaving){stage, now};
}

static bool go(struct app *app, uint64_t now)
{
    enter_stage(app, LEAVE_GONE, now);
    return true;
}

static bool is_finished(const struct app *app)
{
    return !my_digits_unsaved(app) && !my_digits_exporting(app);
}

/* The first time all is tried once more; then the answer is awaited. */
static bool begin(struct app *app, uint64_t now)
{
    my_digits_stop_import(app);
    if (is_finished(app))
        return true;
    enter_stage(app, LEAVE_SAVING, now);
    my_digits_try_again(app);
    return false;
}

static bool see_whether_saved(struct app *app, uint64_t now)
{
    if (is_finished(app))
        return true;
    if (my_digits_unsaved(app) && !app->my.saving) {
        enter_stage(app, LEAVE_ASKING, now);
        log_error(app, app->my.trouble.text);
    }
    return false;
}

bool leave_update(struct app *app, bool wanted, uint64_t now)
{
    struct leaving *leaving = &app->leaving;
    switch (leaving->stage) {
    case LEAVE_NOT: return wanted && begin(app, now);
    case LEAVE_SAVING: return see_whether_saved(app, now);
    case LEAVE_ASKING:
        if (is_finished(app))
            return true;
        return wanted && now - leaving->since > AGAIN_AFTER && go(app, now);
    case LEAVE_GONE: return true;
    }
    return false;
}

uint64_t leave_wake(const struct app *app)
{
    const struct leaving *leaving = &app->leaving;
    bool soon = leaving->stage == LEAVE_SAVING && app->still->now < leaving->since + PATIENCE;
    return soon ? leaving->since + PATIENCE : UI_NEVER;
}

void leave_try_again(struct app *app)
{
    app->leaving.stage = LEAVE_SAVING;
    my_digits_try_again(app);
}

void leave_stay(struct app *app)
{
    app->leaving.stage = LEAVE_NOT;
}

void leave_anyway(struct app *app)
{
    app->leaving.stage = LEAVE_GONE;
}

/* ---- the dialog ------------------------------------------------------------------------------ */

bool leave_is_shown(const struct app *app)
{
    const struct leaving *leaving = &app->leaving;
    uint64_t now = ui_input(app->ui)->now;
    return !app->dialog &&
           (leaving->stage == LEAVE_ASKING ||
            (leaving->stage == LEAVE_SAVING && now - leaving->since >= PATIENCE));
}

struct choice {
    const char *name, *label, *tip;
    enum action_kind action;
    unsigned flags;
};

/* From the right. */
static void show_choices(struct ui *ui, struct ui_rect row, const struct choice *choices, int count,
                         struct actions *actions)
{
    for (int i = 0; i < count; i++) {
        const struct choice *choice = &choices[i];
        struct ui_rect rect =
            ui_cut_right(&row, ui_button_width(ui, choice->label, choice->flags));
        ui_cut_right(&row, UI_GAP);
        if (ui_button(ui, choice->name, rect, choice->label, choice->flags))
            action_add(actions, choice->action);
        ui_tip(ui, choice->tip);
    }
}

void leave_show(const struct app *app, struct ui *ui, struct actions *actions)
{
    static const struct choice choices[] = {
        {"leave-again", "Try again", "Save my digits once more, and close", ACT_LEAVE_AGAIN,
         UI_PRIMARY | UI_CENTER},
        {"leave-export", "Export elsewhere\u2026",
         "Save all of my digits to another file, and close", ACT_LEAVE_EXPORT, UI_CENTER},
        {"leave-anyway", "Quit all the same", "What is not written yet is lost", ACT_LEAVE_ANYWAY,
         UI_CENTER},
        {"leave-stay", "Stay", "Do not close the window (Escape)", ACT_LEAVE_STAY, UI_CENTER},
    };
    bool asking = app->leaving.stage == LEAVE_ASKING;
    const char *title = asking                   ? "Quit and lose what you taught last?"
                        : my_digits_unsaved(app) ? "Saving your digits\u2026"
                                                 : "Exporting your digits\u2026";
    struct ui_rect rect = ui_modal_begin(ui, "leave", WIDTH, HEIGHT, title);
    struct ui_rect row = ui_cut_bottom(&rect, UI_ROW);
    ui_cut_bottom(&rect, UI_GAP);
    ui_area(ui, "leave-why", rect, UI_ROLE_VALUE, app->my.trouble.text);
    ui_wrapped(ui, rect, 0, asking ? app->my.trouble.text : "The window closes when that is done.");
    if (asking)
        show_choices(ui, row, choices, 4, actions);
    else
        show_choices(ui, row, choices + 2, 2, actions);
    if (ui_modal_end(ui))
        action_add(actions, ACT_LEAVE_STAY);
}
