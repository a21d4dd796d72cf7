/* SPDX-License-Identifier: MIT */
/* does.c -- the one place where what was asked for becomes a change of state. */
#include "app/shell/does.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/mine/mine_view.h"
#include "app/shell/dialogs.h"
#include "app/shell/events.h"
#include "app/shell/leave.h"
#include "app/shell/state.h"
#include "app/state/canvas.h"
#include "app/state/finetuning.h"
#include "app/state/models.h"
#include "app/state/training.h"
#include "app/state/zoom.h"
#include "app/tell/log.h"
#include "app/train/train_view.h"
#include "base/files.h"
#include "data/find.h"
#include "data/mine.h"
#include "ink/drawing.h"
#include "model/model.h"
#include "ui/ui.h"

static void export_curves(struct app *app, enum train_export what, const char *path)
{
    struct err err;
    if (train_view_export(app->train, app, what, path, &err))
        notices_say(&app->notices, NOTICE_DONE, "Saved %s.", path);
    else
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
}

static void save_model_as(struct app *app, const char *path)
{
    struct models *models = &app->models;
    struct err err;
    if (models_save(models, path, &err))
        return;
    if (models->unsaved)
        runs_name_checkpoint(&models->current->record, &err);
    notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
}

/* Where it came from; asks where it has no file yet. */
static void save_model(struct app *app)
{
    if (app->models.path[0])
        save_model_as(app, app->models.path);
    else
        dialogs_ask(app, ACT_MODEL_SAVE_AS);
}

/* ---- data ------------------------------------------------------------------------------------ */

/* For the next start, which may be in another working folder. */
static void remember_data(struct app *app)
{
    char *to = app->settings.data, *whole = NULL;
    const char *from = "";
    if (library_source(app->library) == LIBRARY_SYNTHETIC)
        from = SETTINGS_DRAWN;
    else if (library_source(app->library) == LIBRARY_FOLDER)
        from = whole = realpath(library_folder(app->library), NULL);
    if (from && strlen(from) < sizeof app->settings.data)
        strcpy(to, from);
    free(whole);
}

static void use_data(struct app *app, enum library_source source, const char *folder)
{
    struct err err;
    if (source == LIBRARY_FOLDER && !find_check(folder, DATASET_TRAIN, &err)) {
        notices_say(&app->notices, NOTICE_TROUBLE, "%s The data stays as it was.", err.text);
        return;
    }
    library_set(app->library, source, folder);
    library_load(app->library);
    remember_data(app);
    if (source == LIBRARY_USUAL && library_drawn(app->library))
        notices_say(&app->notices, NOTICE_WORD, "%s", find_note());
}

/* Whoever waits for the data has it loaded. */
static void want_data(struct app *app)
{
    if (app->training.stage == TRAINING_WAITING ||
        finetuning_stage(app->finetuning) == FINETUNING_WAITING)
        library_load(app->library);
}

static void learn_hand(struct app *app)
{
    finetuning_start(app->finetuning);
    want_data(app);
}

/* ---- the window ------------------------------------------------------------------------------ */

/* 0: to the other one; 1: dark; 2: light. */
static void turn_theme(struct app *app, int to)
{
    app->settings.dark = to == 0 ? !app->settings.dark : to == 1;
    app->theme = app->settings.dark ? ui_theme_dark() : ui_theme_light();
}

static void turn_full_screen(struct app *app)
{
    app->full_screen = !app->full_screen;
    app->full_screen_asked = true;
}

/* Where the window would not fit the screen, the last step that does stays. */
static void change_zoom(struct app *app, int direction)
{
    double most = app->zoom_max > 0 ? fmin(app->zoom_max, ZOOM_MOST) : ZOOM_MOST;
    double zoom = direction == 0 ? 1 : zoom_step(fmin(app->zoom, most), direction);
    if (zoom > most) {
        notices_say(&app->notices, NOTICE_WORD,
                    "Larger than this the window would not fit the screen.");
        return;
    }
    app->zoom = app->settings.zoom = zoom;
}

static void show_view(struct app *app, enum app_view view)
{
    if (view != app->view)
        drawing_end(app->canvas.drawing); /* no pen reaches it there */
    app->view = view;
    snprintf(app->settings.view, sizeof app->settings.view, "%s", view_name(view));
    flow_enter_view(app);
}

/* The one of that number, if it is still there. 0 is Escape or the button: it stops an import,
 * unless there is another sentence to be put away. */
static void dismiss(struct app *app, uint64_t number)
{
    bool other = app->notices.now.kind != NOTICE_NONE && app->notices.now.about != NOTICE_IMPORT;
    if (number == 0 ? other || !my_digits_stop_import(app) : number == app->notices.now.number)
        notices_put_away(&app->notices);
}

static bool act_on_window(struct app *app, const struct action *action)
{
    switch (action->kind) {
    case ACT_VIEW: show_view(app, (enum app_view)action->number); break;
    case ACT_THEME: turn_theme(app, (int)action->number); break;
    case ACT_FULL_SCREEN: turn_full_screen(app); break;
    case ACT_LARGER: change_zoom(app, 1); break;
    case ACT_SMALLER: change_zoom(app, -1); break;
    case ACT_USUAL_SIZE: change_zoom(app, 0); break;
    case ACT_KEYS: app->keys_open = !app->keys_open; break;
    case ACT_DISMISS: dismiss(app, (uint64_t)action->number); break;
    case ACT_DIALOG_CLOSE: dialogs_close(app); break;
    case ACT_QUIT: app->quit = true; break;
    case ACT_LEAVE_AGAIN: leave_try_again(app); break;
    case ACT_LEAVE_EXPORT: my_digits_export_instead(app, action->text); break;
    case ACT_LEAVE_MODEL:
        leave_stay(app);
        save_model(app);
        break;
    case ACT_LEAVE_ANYWAY: leave_anyway(app); break;
    case ACT_LEAVE_STAY: leave_stay(app); break;
    default: return false;
    }
    return true;
}

/* ---- the canvas ------------------------------------------------------------------------------ */

/* Whoever does not see the steps must not be read without one of them. */
static void turn_steps(struct app *app)
{
    app->steps_open = !app->steps_open;
    canvas_set_steps(app, FIT_ALL);
}

static void set_brush(struct app *app, double brush)
{
    app->settings.brush = fmin(fmax(brush, BRUSH_MIN), BRUSH_MAX);
}

static bool act_on_canvas(struct app *app, const struct action *action)
{
    static const double brush_step = 0.25;
    switch (action->kind) {
    case ACT_PEN: canvas_pen(app); break;
    case ACT_CLEAR: canvas_clear(app); break;
    case ACT_UNDO: canvas_undo(app); break;
    case ACT_REDO: canvas_redo(app); break;
    case ACT_ERASER: app->canvas.eraser = !app->canvas.eraser; break;
    case ACT_BRUSH: set_brush(app, action->number); break;
    case ACT_THICKER: set_brush(app, app->settings.brush + brush_step); break;
    case ACT_THINNER: set_brush(app, app->settings.brush - brush_step); break;
    case ACT_PICTURE: canvas_open_picture(app, action->text); break;
    case ACT_STEPS: turn_steps(app); break;
    case ACT_STEP: canvas_set_steps(app, app->canvas.steps ^ (unsigned)action->number); break;
    case ACT_STEPS_ALL: canvas_set_steps(app, FIT_ALL); break;
    case ACT_TEACH: my_digits_teach(app, (int)action->number); break;
    default: return false;
    }
    return true;
}

/* ---- my digits ------------------------------------------------------------------------------- */

static void turn_page(struct app *app, int by)
{
    int last = app->mine.page_count - 1, page = app->my.page < last ? app->my.page : last;
    page = page + by < last ? page + by : last;
    app->my.page = page > 0 ? page : 0;
}

static bool act_on_my_digits(struct app *app, const struct action *action)
{
    int number = (int)action->number;
    const char *path = action->text;
    switch (action->kind) {
    case ACT_DIGITS_SELECT: my_digits_select(app, (uint32_t)action->number); break;
    case ACT_DIGITS_ONLY: my_digits_show_only(app, number); break;
    case ACT_DIGITS_PAGE: app->my.page = number; break;
    case ACT_DIGITS_PAGE_NEXT: turn_page(app, 1); break;
    case ACT_DIGITS_PAGE_BEFORE: turn_page(app, -1); break;
    case ACT_DIGITS_LABEL: my_digits_label(app, number); break;
    case ACT_DIGITS_DELETE: my_digits_delete(app); break;
    case ACT_DIGITS_UNDO: my_digits_undo(app); break;
    case ACT_DIGITS_REDO: my_digits_redo(app); break;
    case ACT_DIGITS_IMPORT:
    case ACT_DIGITS_IMPORT_FOLDER: my_digits_import(app, path); break;
    case ACT_DIGITS_IMPORT_STOP: my_digits_stop_import(app); break;
    case ACT_DIGITS_EXPORT_UNIPEN: my_digits_export(app, path, EXCHANGE_UNIPEN); break;
    case ACT_DIGITS_EXPORT_IDX: my_digits_export(app, path, EXCHANGE_IDX); break;
    case ACT_DIGITS_EXPORT_SHEET: my_digits_export(app, path, EXCHANGE_SHEET); break;
    case ACT_DIGITS_EXPORT_PNG: my_digits_export(app, path, EXCHANGE_PNG); break;
    case ACT_DIGITS_AGAIN: my_digits_try_again(app); break;
    case ACT_HAND_START: learn_hand(app); break;
    case ACT_HAND_STOP: finetuning_stop(app->finetuning); break;
    case ACT_HAND_ACCEPT: flow_accept_hand(app); break;
    case ACT_HAND_DISCARD: finetuning_end(app->finetuning, FINETUNING_DISCARDED); break;
    default: return false;
    }
    return true;
}

/* ---- models ---------------------------------------------------------------------------------- */

static bool act_on_models(struct app *app, const struct action *action)
{
    struct models *models = &app->models;
    switch (action->kind) {
    case ACT_MODEL: models_open_named(models, action->text, false); break;
    case ACT_MODEL_TRUST: models_open_changed(models); break;
    case ACT_MODEL_BACK: models_back(models); break;
    case ACT_MODEL_SAVE: save_model(app); break;
    case ACT_MODEL_SAVE_AS: save_model_as(app, action->text); break;
    default: return false;
    }
    return true;
}

/* ---- training -------------------------------------------------------------------------------- */

/* F5 starts from any view, so that the form's sentence may be out of sight. */
static void start_training(struct app *app, const struct recipe *recipe, const char *gives_way)
{
    struct err err;
    if (!recipe)
        recipe = train_view_recipe(app->train, &err);
    if (!recipe) {
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
        return;
    }
    training_start(&app->training, recipe, gives_way);
    want_data(app);
}

static void resume_training(struct app *app, const char *path)
{
    training_resume(&app->training, path);
    want_data(app);
}

static void set_rate(struct training *run, double rate)
{
    if (rate > 0)
        training_set_rate(run, (float)rate);
}

static bool act_on_training(struct app *app, const struct action *action)
{
    struct training *run = &app->training;
    switch (action->kind) {
    case ACT_DATA: use_data(app, LIBRARY_FOLDER, action->text); break;
    case ACT_DATA_USUAL: use_data(app, LIBRARY_USUAL, NULL); break;
    case ACT_DATA_SYNTHETIC: use_data(app, LIBRARY_SYNTHETIC, NULL); break;
    case ACT_DATA_LOAD: library_load(app->library); break;
    case ACT_START: start_training(app, action->recipe, NULL); break;
    case ACT_START_ANEW: start_training(app, action->recipe, action->text); break;
    case ACT_PAUSE: training_pause(run); break;
    case ACT_STOP: training_stop(run); break;
    case ACT_RATE: set_rate(run, action->number); break;
    case ACT_RESUME: resume_training(app, action->text); break;
    case ACT_RUN_DISCARD: training_discard_ask(run, action->text); break;
    case ACT_RUN_DISCARD_SURE: training_discard(run, action->text); break;
    case ACT_CURVES_PNG: export_curves(app, TRAIN_EXPORT_PNG, action->text); break;
    case ACT_CURVES_CSV: export_curves(app, TRAIN_EXPORT_CSV, action->text); break;
    default: return false;
    }
    return true;
}

/* ---- whether it is possible ------------------------------------------------------------------ */

static bool is_training(const struct app *app)
{
    return training_busy(&app->training);
}

static bool can_use_data(const struct app *app, struct err *why)
{
    if (is_training(app))
        return err_set(why, "A training is using the data; stop it before you choose another.");
    return !finetuning_busy(app->finetuning) ||
           err_set(why, "The data is in use while your hand is learnt; wait for that, or stop it "
                        "in My digits.");
}

static bool can_train(const struct app *app, struct err *why)
{
    if (is_training(app))
        return err_set(why, "A training is under way; stop it before you start another.");
    return !finetuning_busy(app->finetuning) ||
           err_set(why, "Your hand is being learnt; wait for that, or stop it in My digits.");
}

static bool can_resume(const struct app *app, struct err *why)
{
    if (!can_train(app, why))
        return false;
    return app->training.left.count > 0 || err_set(why, "There is no training to go on with.");
}

static bool can_pause(const struct app *app, struct err *why)
{
    return app->training.stage == TRAINING_LIVE || err_set(why, "No training is under way.");
}

static bool can_stop(const struct app *app, struct err *why)
{
    if (!is_training(app))
        return err_set(why, "No training is under way.");
    return !app->training.stopping || err_set(why, "The training is being stopped.");
}

static bool can_save_curves(const struct app *app, struct err *why)
{
    const struct training *run = &app->training;
    return (run->stage != TRAINING_NONE && run->view.history.point_count > 0) || run->has_before ||
           err_set(why, "There are no curves to save yet.");
}

static bool can_save_model(const struct app *app, struct err *why)
{
    return app->models.current || err_set(why, "There is no model to save.");
}

static bool can_go_back(const struct app *app, struct err *why)
{
    return app->models.before || err_set(why, "There is no model before this one.");
}

static bool can_undo(const struct app *app, struct err *why)
{
    return canvas_can_undo(app) || err_set(why, "There is nothing to undo.");
}

static bool can_redo(const struct app *app, struct err *why)
{
    return canvas_can_redo(app) || err_set(why, "There is nothing to redo.");
}

static bool can_clear(const struct app *app, struct err *why)
{
    return !canvas_is_empty(app) || err_set(why, "The canvas is clear.");
}

static bool can_undo_digits(const struct app *app, struct err *why)
{
    return mine_can_undo(app->my.list) || err_set(why, "There is nothing to undo.");
}

static bool can_redo_digits(const struct app *app, struct err *why)
{
    return mine_can_redo(app->my.list) || err_set(why, "There is nothing to redo.");
}

static bool can_change_digit(const struct app *app, struct err *why)
{
    return my_digits_selected(app) >= 0 || err_set(why, "Choose one of your digits first.");
}

static bool can_export_digits(const struct app *app, struct err *why)
{
    return mine_count(app->my.list) > 0 ||
           err_set(why, "There are no digits of yours to export yet.");
}

static bool can_learn_hand(const struct app *app, struct err *why)
{
    if (finetuning_busy(app->finetuning))
        return err_set(why, "Your hand is being learnt.");
    if (!app->models.current)
        return err_set(why, "There is no model to teach your hand to; open one first.");
    if (is_training(app))
        return err_set(why, "A training is under way; stop it before your hand is learnt.");
    return mine_count(app->my.list) >= FINETUNE_DIGITS_LEAST ||
           err_set(why, "Teach at least %d digits first, one of each is best.",
                   FINETUNE_DIGITS_LEAST);
}

static bool can_stop_learning(const struct app *app, struct err *why)
{
    return finetuning_busy(app->finetuning) || err_set(why, "Your hand is not being learnt.");
}

static bool can_take_hand(const struct app *app, struct err *why)
{
    return finetuning_stage(app->finetuning) == FINETUNING_READY ||
           err_set(why, "No hand has been learnt that could be taken.");
}

typedef bool condition(const struct app *app, struct err *why);

/* Those that are not always possible. */
static condition *const conditions[ACTION_COUNT] = {
    [ACT_CLEAR] = can_clear,
    [ACT_UNDO] = can_undo,
    [ACT_REDO] = can_redo,
    [ACT_DIGITS_LABEL] = can_change_digit,
    [ACT_DIGITS_DELETE] = can_change_digit,
    [ACT_DIGITS_UNDO] = can_undo_digits,
    [ACT_DIGITS_REDO] = can_redo_digits,
    [ACT_DIGITS_EXPORT_UNIPEN] = can_export_digits,
    [ACT_DIGITS_EXPORT_IDX] = can_export_digits,
    [ACT_DIGITS_EXPORT_SHEET] = can_export_digits,
    [ACT_DIGITS_EXPORT_PNG] = can_export_digits,
    [ACT_HAND_START] = can_learn_hand,
    [ACT_HAND_STOP] = can_stop_learning,
    [ACT_HAND_ACCEPT] = can_take_hand,
    [ACT_HAND_DISCARD] = can_take_hand,
    [ACT_LEAVE_MODEL] = can_save_model,
    [ACT_MODEL_BACK] = can_go_back,
    [ACT_MODEL_SAVE] = can_save_model,
    [ACT_MODEL_SAVE_AS] = can_save_model,
    [ACT_DATA] = can_use_data,
    [ACT_DATA_USUAL] = can_use_data,
    [ACT_DATA_SYNTHETIC] = can_use_data,
    [ACT_START] = can_train,
    [ACT_START_ANEW] = can_train,
    [ACT_PAUSE] = can_pause,
    [ACT_STOP] = can_stop,
    [ACT_RATE] = can_pause,
    [ACT_RESUME] = can_resume,
    [ACT_CURVES_PNG] = can_save_curves,
    [ACT_CURVES_CSV] = can_save_curves,
};

bool app_can(const struct app *app, const struct action *action, struct err *why)
{
    condition *holds = conditions[action->kind];
    return !holds || holds(app, why);
}

/* ---- doing it -------------------------------------------------------------------------------- */

bool app_act(struct app *app, const struct action *action)
{
    const struct action_row *row = action_row(action->kind);
    struct err why;
    if (!app_can(app, action, &why)) {
        notices_say(&app->notices, NOTICE_WORD, "%s", why.text);
        log_error(&app->log, why.text);
        return false;
    }
    if (row->argument == ARGUMENT_PATH && !action->text) {
        dialogs_ask(app, action->kind);
        return true;
    }
    events_action(app, action);
    if (act_on_window(app, action) || act_on_canvas(app, action) || act_on_my_digits(app, action) ||
        act_on_models(app, action) || act_on_training(app, action))
        flow_settle(app);
    return true;
}
