/* SPDX-License-Identifier: MIT */
#include "app/shell/leave.h"

#include <stdio.h>

#include "app/frame/leave_dialog.h"
#include "app/shell/dialogs.h"
#include "app/shell/flow.h"
#include "app/shell/state.h"
#include "app/state/models.h"
#include "app/tell/log.h"
#include "base/language.h"
#include "model/model.h"
#include "ui/ui.h"

enum {
    PATIENCE = 600000,     /* microseconds of saving before the window says that it does */
    AGAIN_AFTER = 1000000, /* a double click on the window's cross is no answer */
};

static void enter_stage(struct app *app, enum leave_stage stage, uint64_t now)
{
    app->leaving.stage = stage;
    app->leaving.since = now;
    app->store.closing = true;
    dialogs_close(app); /* it would hide what is asked */
}

static bool go(struct app *app, uint64_t now)
{
    enter_stage(app, LEAVE_GONE, now);
    return true;
}

static bool any_export_failed(const struct app *app)
{
    return app->store.export_trouble.text[0];
}

static bool is_saved(const struct app *app)
{
    return !digit_store_unsaved(&app->store) && !digit_store_exporting(&app->store) &&
           !any_export_failed(app);
}

static bool is_finished(const struct app *app)
{
    return is_saved(app) && !app->leaving.model;
}

/* The first time all is tried once more; then the answer is awaited. */
static bool begin(struct app *app, uint64_t now)
{
    digit_store_stop_import(&app->store);
    app->leaving.model = flow_model_is_at_risk(app);
    if (is_finished(app))
        return true;
    enter_stage(app, is_saved(app) ? LEAVE_ASKING : LEAVE_SAVING, now);
    if (!is_saved(app))
        digit_store_try_again(&app->store);
    return false;
}

/* What there is to be asked about; "" where that is nothing. */
static const char *find_trouble(const struct app *app, struct err *trouble)
{
    bool unsaved = digit_store_unsaved(&app->store), both = unsaved && any_export_failed(app);
    if (is_saved(app))
        err_set(trouble,
                _("%s has learnt your hand and is in no file; it is lost with the window."),
                model_name(app->models.current));
    else
        err_set(trouble, "%s%s%s", unsaved ? app->store.trouble.text : "", both ? " " : "",
                app->store.export_trouble.text);
    return trouble->text;
}

static bool see_whether_saved(struct app *app, uint64_t now)
{
    struct err trouble;
    if (is_finished(app))
        return true;
    if (is_saved(app)) {
        enter_stage(app, LEAVE_ASKING, now);
    } else if (!app->store.saving && (digit_store_unsaved(&app->store) || any_export_failed(app))) {
        enter_stage(app, LEAVE_ASKING, now);
        log_error(&app->log, find_trouble(app, &trouble));
    }
    return false;
}

/* A dialog that was opened from the question is given up first, and the question is there again. */
static bool see_whether_to_go(struct app *app, bool wanted, uint64_t now)
{
    if (is_finished(app))
        return true;
    if (!wanted || now - app->leaving.since <= AGAIN_AFTER)
        return false;
    if (!app->dialog)
        return go(app, now);
    enter_stage(app, LEAVE_ASKING, now);
    return false;
}

bool leave_update(struct app *app, bool wanted, uint64_t now)
{
    switch (app->leaving.stage) {
    case LEAVE_NOT: return wanted && begin(app, now);
    case LEAVE_SAVING: return see_whether_saved(app, now);
    case LEAVE_ASKING: return see_whether_to_go(app, wanted, now);
    case LEAVE_GONE: return true;
    }
    return false;
}

uint64_t leave_wake(const struct app *app)
{
    const struct leaving *leaving = &app->leaving;
    bool soon = leaving->stage == LEAVE_SAVING && app->still->now < leaving->since + PATIENCE;
    bool fresh = leaving->stage == LEAVE_ASKING && app->still->now == leaving->since;
    return soon ? leaving->since + PATIENCE : fresh ? leaving->since : UI_NEVER;
}

void leave_try_again(struct app *app)
{
    app->leaving.stage = LEAVE_SAVING;
    app->store.export_trouble.text[0] = 0;
    digit_store_try_again(&app->store);
}

void leave_stay(struct app *app)
{
    app->leaving = (struct leaving){.stage = LEAVE_NOT};
    app->store.closing = false;
    app->store.export_trouble.text[0] = 0;
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

static const char *find_title(const struct app *app)
{
    bool asking = app->leaving.stage == LEAVE_ASKING;
    if (digit_store_unsaved(&app->store))
        return asking ? _("Quit and lose what you taught last?") : _("Saving your digits\u2026");
    if (is_saved(app))
        return _("Quit without saving the model?");
    return asking ? _("Quit without the export?") : _("Exporting your digits\u2026");
}

void leave_show(const struct app *app, struct ui *ui, struct actions *actions)
{
    struct err trouble;
    bool asking = app->leaving.stage == LEAVE_ASKING, saved = is_saved(app);
    const struct leave_shown shown = {
        .title = find_title(app),
        .why = asking ? find_trouble(app, &trouble) : _("The window closes when that is done."),
        .again = asking && digit_store_unsaved(&app->store),
        .export = asking && !saved,
        .model = asking && saved,
    };
    leave_dialog_show(&shown, ui, actions);
}
