/* SPDX-License-Identifier: MIT */
/* does.c -- the one place where what was asked for becomes a change of state. */
#include "app/shell/does.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/shell/dialogs.h"
#include "app/shell/events.h"
#include "app/shell/leave.h"
#include "app/shell/flow.h"
#include "app/shell/state.h"
#include "app/state/canvas.h"
#include "app/state/finetuning.h"
#include "app/state/models.h"
#include "app/state/training.h"
#include "app/state/zoom.h"
#include "app/tell/log.h"
#include "app/train/curves_export.h"
#include "base/files.h"
#include "data/find.h"
#include "data/unipen.h"
#include "model/model.h"
#include "ui/ui.h"

static bool write_curves(struct app *app, enum action_kind format, const char *path,
                         struct err *err)
{
    const struct training *training = &app->training;
    const struct export_run run = {
        .recipe = &training->view.recipe,
        .history = &training->view.history,
        .before = training->has_before ? &training->before : NULL,
        .before_recipe = training->has_before ? &training->before_recipe : NULL,
        .data = training->data,
    };
    const struct export_painter painter = {app->host.user, app->host.save_picture};
    if (format == ACT_CURVES_CSV)
        return export_csv_file(&run, path, err);
    if (!painter.save)
        return err_set(err, "No picture can be painted here; export a table instead.");
    return export_png_file(&run, &painter, ui_metrics(app->ui), app->theme, path, err);
}

static void export_curves(struct app *app, enum action_kind format, const char *path)
{
    struct err err;
    if (write_curves(app, format, path, &err))
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

/* The folder in which the next import or export begins: the one that was chosen, or the one that
 * what was chosen stands in. */
static void remember_exchange(struct app *app, const char *path, bool whole)
{
    char *folder = app->settings.exchange;
    if (!realpath(path, folder))
        snprintf(folder, FILES_PATH_MAX, "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash && !(whole && files_is_folder(folder)))
        slash[slash == folder] = 0;
}

static void import_digits(struct app *app, const char *path)
{
    remember_exchange(app, path, true);
    digit_store_import(&app->store, path);
}

static void export_digits(struct app *app, const char *path, enum exchange_format format,
                          bool instead)
{
    remember_exchange(app, path, false);
    digit_store_export(&app->store, path, format, instead);
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
        canvas_lift(&app->canvas); /* no pen reaches it there */
    app->view = view;
    snprintf(app->settings.view, sizeof app->settings.view, "%s", view_name(view));
    flow_enter_view(app);
}

/* The one of that number, if it is still there. 0 is Escape or the button: it stops an import,
 * unless there is another sentence to be put away. */
static void dismiss(struct app *app, uint64_t number)
{
    bool other = app->notices.now.kind != NOTICE_NONE && app->notices.now.about != NOTICE_IMPORT;
    bool meant = number == 0 ? other || !digit_store_stop_import(&app->store)
                            : number == app->notices.now.number;
    if (meant)
        notices_put_away(&app->notices);
}

/* Of the frame that this action is part of, once it is laid out. */
static void ask_for_picture(struct app *app, const char *path)
{
    if (strlen(path) < sizeof app->screenshot)
        strcpy(app->screenshot, path);
    else
        notices_say(&app->notices, NOTICE_TROUBLE, "This path is too long for a picture.");
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
    case ACT_SCREENSHOT: ask_for_picture(app, action->text); break;
    case ACT_QUIT: app->quit = true; break;
    case ACT_LEAVE_AGAIN: leave_try_again(app); break;
    case ACT_LEAVE_EXPORT: export_digits(app, action->text, EXCHANGE_UNIPEN, true); break;
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

/* Where the drawing is filed, the next stroke begins another digit. */
static void follow_pen(struct app *app)
{
    const struct ui_pad *pad = &app->draw.pad;
    struct canvas *canvas = &app->canvas;
    struct pen_move move;
    for (int i = 0; i < pad->count; i++) {
        if (!draw_view_pen(&app->draw, i, canvas->eraser, &move))
            continue;
        bool down = move.kind == PEN_DOWN;
        bool filed = down && teaching_filed(&app->teaching, canvas, &app->store) >= 0;
        if (down)
            teaching_forget_redo(&app->teaching, canvas);
        canvas_pen(canvas, &move, (float)app->settings.brush, filed);
    }
    if (pad->count > 0 && app->unlogged.moved == 0)
        app->unlogged.moved = pad->moves[0].microseconds;
}

/* A digit of a file of strokes, as large as the rule makes it, on an empty canvas. */
static void draw_digit(struct app *app, const char *path, double number)
{
    struct err err;
    struct unipen *file = unipen_load(path, &err);
    if (!file || number >= file->count || file->digits[(uint32_t)number].ink.stroke_count == 0) {
        if (file)
            err_set(&err, "%s has no strokes of a digit %.0f; it holds %u, counted from 0.",
                    files_name(path), number, file->count);
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
    } else {
        canvas_draw(&app->canvas, &file->digits[(uint32_t)number].ink);
    }
    unipen_free(file);
}

static void undo(struct app *app)
{
    if (!teaching_undo(&app->teaching, &app->canvas, &app->store))
        canvas_undo(&app->canvas);
}

static void redo(struct app *app)
{
    if (!teaching_redo(&app->teaching, &app->canvas, &app->store))
        canvas_redo(&app->canvas);
}

/* Whoever does not see the steps must not be read without one of them. */
static void turn_steps(struct app *app)
{
    app->steps_open = !app->steps_open;
    canvas_set_steps(&app->canvas, FIT_ALL);
}

static void set_brush(struct app *app, double brush)
{
    app->settings.brush = fmin(fmax(brush, BRUSH_MIN), BRUSH_MAX);
}

static bool act_on_canvas(struct app *app, const struct action *action)
{
    static const double brush_step = 0.25;
    struct canvas *canvas = &app->canvas;
    int number = (int)action->number;
    switch (action->kind) {
    case ACT_PEN: follow_pen(app); break;
    case ACT_DRAW: draw_digit(app, action->text, action->number); break;
    case ACT_CLEAR: canvas_clear(canvas); break;
    case ACT_UNDO: undo(app); break;
    case ACT_REDO: redo(app); break;
    case ACT_ERASER: canvas->eraser = !canvas->eraser; break;
    case ACT_BRUSH: set_brush(app, action->number); break;
    case ACT_THICKER: set_brush(app, app->settings.brush + brush_step); break;
    case ACT_THINNER: set_brush(app, app->settings.brush - brush_step); break;
    case ACT_PICTURE: canvas_open_picture(canvas, action->text); break;
    case ACT_STEPS: turn_steps(app); break;
    case ACT_STEP: canvas_set_steps(canvas, canvas->steps ^ (unsigned)number); break;
    case ACT_STEPS_ALL: canvas_set_steps(canvas, FIT_ALL); break;
    case ACT_TEACH: teaching_file(&app->teaching, canvas, &app->store, number); break;
    default: return false;
    }
    return true;
}

/* ---- my digits ------------------------------------------------------------------------------- */

static void turn_page(struct app *app, int by)
{
    int last = app->my_digits.page_count - 1, page = app->choice.page;
    page = (page < last ? page : last) + by;
    page = page < last ? page : last;
    app->choice.page = page > 0 ? page : 0;
}

static void label_digit(struct app *app, int label)
{
    int at = digit_choice_at(&app->choice, app->store.list);
    if (at >= 0)
        digit_store_relabel(&app->store, (uint32_t)at, label);
}

static void delete_digit(struct app *app)
{
    int at = digit_choice_at(&app->choice, app->store.list);
    if (at >= 0 && digit_store_remove(&app->store, (uint32_t)at))
        digit_choice_pass_on(&app->choice, app->store.list, (uint32_t)at);
}

static bool act_on_my_digits(struct app *app, const struct action *action)
{
    int number = (int)action->number;
    const char *path = action->text;
    struct digit_store *store = &app->store;
    struct digit_choice *choice = &app->choice;
    switch (action->kind) {
    case ACT_DIGITS_SELECT:
        digit_choice_select(choice, store->list, (uint32_t)action->number);
        break;
    case ACT_DIGITS_ONLY: digit_choice_show_only(choice, number); break;
    case ACT_DIGITS_PAGE: choice->page = number; break;
    case ACT_DIGITS_PAGE_NEXT: turn_page(app, 1); break;
    case ACT_DIGITS_PAGE_BEFORE: turn_page(app, -1); break;
    case ACT_DIGITS_LABEL: label_digit(app, number); break;
    case ACT_DIGITS_DELETE: delete_digit(app); break;
    case ACT_DIGITS_UNDO: digit_choice_undo(choice, store); break;
    case ACT_DIGITS_REDO: digit_choice_redo(choice, store); break;
    case ACT_DIGITS_IMPORT:
    case ACT_DIGITS_IMPORT_FOLDER: import_digits(app, path); break;
    case ACT_DIGITS_IMPORT_STOP: digit_store_stop_import(store); break;
    case ACT_DIGITS_EXPORT_UNIPEN: export_digits(app, path, EXCHANGE_UNIPEN, false); break;
    case ACT_DIGITS_EXPORT_IDX: export_digits(app, path, EXCHANGE_IDX, false); break;
    case ACT_DIGITS_EXPORT_SHEET: export_digits(app, path, EXCHANGE_SHEET, false); break;
    case ACT_DIGITS_EXPORT_PNG: export_digits(app, path, EXCHANGE_PNG, false); break;
    case ACT_DIGITS_AGAIN: digit_store_try_again(store); break;
    default: return false;
    }
    return true;
}

static bool act_on_hand(struct app *app, const struct action *action)
{
    switch (action->kind) {
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
    if (!recipe && !train_form_ready(&app->form)) {
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", app->form.error.text);
        return;
    }
    training_start(&app->training, recipe ? recipe : &app->form.recipe, gives_way);
    want_data(app);
}

static void choose_recipe(struct app *app, const char *name)
{
    struct recipe recipe;
    struct err err;
    if (recipe_find(name, &recipe, &err))
        train_form_choose(&app->form, &recipe, app->form.images);
    else
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
}

/* "rate 0.5" */
static void set_value(struct app *app, const char *words)
{
    char key[32];
    int len = 0;
    struct err err;
    if (sscanf(words, "%31s %n", key, &len) != 1 || !words[len])
        notices_say(&app->notices, NOTICE_TROUBLE,
                    "A setting is its name and its value, as in \"rate 0.5\", not \"%s\".", words);
    else if (!train_form_set_value(&app->form, key, words + len, &err))
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
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
    case ACT_FORM: app->form = *action->form; break;
    case ACT_RECIPE: choose_recipe(app, action->text); break;
    case ACT_SET: set_value(app, action->text); break;
    case ACT_START: start_training(app, action->recipe, NULL); break;
    case ACT_START_ANEW: start_training(app, action->recipe, action->text); break;
    case ACT_PAUSE: training_pause(run); break;
    case ACT_STOP: training_stop(run); break;
    case ACT_RATE: set_rate(run, action->number); break;
    case ACT_RESUME: resume_training(app, action->text); break;
    case ACT_RUN_DISCARD: training_discard_ask(run, action->text); break;
    case ACT_RUN_DISCARD_SURE: training_discard(run, action->text); break;
    case ACT_CURVES_PNG: export_curves(app, ACT_CURVES_PNG, action->text); break;
    case ACT_CURVES_CSV: export_curves(app, ACT_CURVES_CSV, action->text); break;
    default: return false;
    }
    return true;
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
        act_on_hand(app, action) || act_on_models(app, action) || act_on_training(app, action))
        flow_settle(app);
    return true;
}
