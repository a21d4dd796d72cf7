/* SPDX-License-Identifier: MIT */
/* does.c -- the one place where what was asked for becomes a change of state. */
#include "app/shell/does.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "app/shell/state.h"
#include "app/files/file_dialog.h"
#include "app/mine/mine_view.h"
#include "app/shell/leave.h"
#include "app/state/canvas.h"
#include "app/state/finetuning.h"
#include "app/state/models.h"
#include "app/state/training.h"
#include "app/state/zoom.h"
#include "app/tell/log.h"
#include "app/train/train_view.h"
#include "base/files.h"
#include "base/paths.h"
#include "data/find.h"
#include "data/mine.h"
#include "ink/drawing.h"
#include "model/model.h"
#include "ui/ui.h"

/* ---- dialogs --------------------------------------------------------------------------------- */

static void ask_path(struct app *app, const struct file_dialog_ask *ask, enum action_kind then)
{
    struct err err;
    file_dialog_free(app->dialog);
    app->dialog = file_dialog_new(ask, &err);
    app->dialog_action = then;
    if (!app->dialog)
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
}

static void ask_model(struct app *app)
{
    char path[FILES_PATH_MAX], folder[FILES_PATH_MAX];
    const char *recent[SETTINGS_RECENT_MAX];
    const struct file_dialog_place shipped = {"Shipped models", models_shipped(folder)};
    for (int i = 0; i < app->settings.recent_count; i++)
        recent[i] = app->settings.recent[i];
    ask_path(app,
             &(struct file_dialog_ask){
                 .kind = FILE_DIALOG_OPEN,
                 .title = "Open a model",
                 .verb = "Open",
                 .ends = ".safetensors",
                 .path = models_look(&app->models, path),
                 .places = &shipped,
                 .place_count = 1,
                 .recent = recent,
                 .recent_count = app->settings.recent_count,
             },
             ACT_MODEL_OPEN);
}

static void ask_save(struct app *app)
{
    struct err err;
    char path[FILES_PATH_MAX], folder[FILES_PATH_MAX];
    if (!app->models.current)
        return;
    bool made = files_make_folder(files_user_path(FILES_DATA, "models", folder), &err);
    ask_path(app,
             &(struct file_dialog_ask){
                 .kind = FILE_DIALOG_SAVE,
                 .title = "Save the model",
                 .verb = "Save",
                 .ends = ".safetensors",
                 .path = models_propose(&app->models, path),
                 .trouble = made ? NULL : err.text,
             },
             ACT_MODEL_SAVE_AS);
}

static void ask_data(struct app *app)
{
    const char *folder = library_folder(app->library);
    ask_path(app, &(struct file_dialog_ask){
        .kind = FILE_DIALOG_FOLDER, .title = "Choose a folder with MNIST's files",
        .verb = "Choose", .path = folder[0] ? folder : NULL,
    }, ACT_DATA_FOLDER);
}

static void ask_export(struct app *app, enum train_export what)
{
    bool png = what == TRAIN_EXPORT_PNG;
    ask_path(app, &(struct file_dialog_ask){
        .kind = FILE_DIALOG_SAVE, .title = png ? "Save the curves as a picture"
                                               : "Save the curves as a table",
        .verb = "Save", .ends = png ? ".png" : ".csv", .path = png ? "curves.png" : "curves.csv",
    }, png ? ACT_EXPORT_PNG : ACT_EXPORT_CSV);
}

/* Where the last import or export was, if it is still there; else NULL. */
static const char *exchange_folder(const struct app *app)
{
    const char *folder = app->settings.exchange;
    return folder[0] && files_is_folder(folder) ? folder : NULL;
}

static void ask_import(struct app *app, bool folder)
{
    ask_path(app, &(struct file_dialog_ask){
        .kind = folder ? FILE_DIALOG_FOLDER : FILE_DIALOG_OPEN,
        .title = folder ? "Import a folder of pictures (7.png, 7-anything.jpg, 7/0001.png)"
                        : "Import digits: UNIPEN, IDX images, or a picture",
        .verb = "Import", .path = exchange_folder(app),
    }, ACT_MINE_IMPORT);
}

static void ask_digits_export(struct app *app, enum exchange_format format, enum action_kind then)
{
    static const struct file_dialog_ask asks[EXCHANGE_FORMATS] = {
        [EXCHANGE_UNIPEN] = {.title = "Export my digits as UNIPEN", .ends = ".unp .gz",
                             .path = "my-digits.unp"},
        [EXCHANGE_IDX] = {.title = "Export my digits as IDX: images, and labels beside them",
                          .path = "my-images-idx3-ubyte", .holds = "images"},
        [EXCHANGE_SHEET] = {.title = "Export my digits as a sheet", .ends = ".png",
                            .path = "my-digits.png"},
        [EXCHANGE_PNG] = {.title = "Export a picture of each digit to a new folder",
                          .path = "my-digits"},
    };
    struct file_dialog_ask ask = asks[format];
    char path[FILES_PATH_MAX];
    const char *folder = exchange_folder(app);
    if (folder && snprintf(path, sizeof path, "%s/%s", folder, ask.path) < (int)sizeof path)
        ask.path = path;
    ask.kind = FILE_DIALOG_SAVE;
    ask.verb = "Export";
    app->my.export_format = format;
    ask_path(app, &ask, then);
}

void act_close_dialog(struct app *app)
{
    file_dialog_free(app->dialog);
    app->dialog = NULL;
}

static void export_curves(struct app *app, enum train_export what, const char *path)
{
    struct err err;
    if (train_view_export(app->train, app, what, path, &err))
        notices_say(&app->notices, NOTICE_DONE, "Saved %s.", path);
    else
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
}

/* ---- models ---------------------------------------------------------------------------------- */

static void save_model_as(struct app *app, const char *path)
{
    struct models *models = &app->models;
    struct err err;
    if (!models->current || models_save(models, path, &err))
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
        ask_save(app);
}

/* ---- data ------------------------------------------------------------------------------------ */

static bool data_is_free(struct app *app)
{
    if (training_busy(&app->training))
        notices_say(&app->notices, NOTICE_TROUBLE,
                    "A training is using the data; stop it before you choose "
                    "another.");
    else if (finetuning_busy(app->finetuning))
        notices_say(&app->notices, NOTICE_TROUBLE,
                    "The data is in use while your hand is learnt; wait for that, "
                    "or stop it in My digits.");
    return !training_busy(&app->training) && !finetuning_busy(app->finetuning);
}

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
    if (!data_is_free(app))
        return;
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
    struct notices *notices = &app->notices;
    if (finetuning_busy(app->finetuning))
        return;
    if (!app->models.current) {
        notices_say(notices, NOTICE_TROUBLE,
                    "There is no model to teach your hand to; open one first.");
    } else if (training_busy(&app->training)) {
        notices_say(notices, NOTICE_TROUBLE,
                    "A training is under way; stop it before your hand is learnt.");
    } else if (mine_count(app->my.list) < FINETUNE_DIGITS_LEAST) {
        notices_say(notices, NOTICE_TROUBLE, "Teach at least %d digits first, one of each is best.",
                    FINETUNE_DIGITS_LEAST);
    } else {
        finetuning_start(app->finetuning);
        want_data(app);
    }
}

/* ---- the window ------------------------------------------------------------------------------ */

static void turn_theme(struct app *app)
{
    app->settings.dark = !app->settings.dark;
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

/* The Train view is where data will be wanted: begin to load before Start is pressed. */
void act_show_view(struct app *app, enum app_view view)
{
    if (view != app->view)
        drawing_end(app->canvas.drawing); /* no pen reaches it there */
    app->view = view;
    snprintf(app->settings.view, sizeof app->settings.view, "%s", view_name(view));
    if (view == APP_MINE)
        my_digits_look(app); /* other windows may have filed some */
    if (view == APP_TRAIN)
        flow_look_back(app); /* other windows may have left some */
    if (view == APP_TRAIN && library_state(app->library) == LIBRARY_IDLE)
        library_load(app->library);
}

/* The one of that number, if it is still there. 0 is Escape or the button: it stops an import,
 * unless there is another sentence to be put away. */
static void dismiss(struct app *app, uint64_t number)
{
    bool other = app->notices.now.kind != NOTICE_NONE && app->notices.now.about != NOTICE_IMPORT;
    if (number == 0 ? other || !my_digits_stop_import(app) : number == app->notices.now.number)
        notices_put_away(&app->notices);
}

static void act_on_window(struct app *app, const struct action *action)
{
    switch (action->kind) {
    case ACT_VIEW: act_show_view(app, (enum app_view)action->number); break;
    case ACT_THEME: turn_theme(app); break;
    case ACT_FULL_SCREEN: turn_full_screen(app); break;
    case ACT_ZOOM: change_zoom(app, (int)action->number); break;
    case ACT_DISMISS: dismiss(app, (uint64_t)action->number); break;
    case ACT_DIALOG_CLOSE: act_close_dialog(app); break;
    case ACT_QUIT: app->quit = true; break;
    case ACT_LEAVE_AGAIN: leave_try_again(app); break;
    case ACT_LEAVE_EXPORT: ask_digits_export(app, EXCHANGE_UNIPEN, ACT_LEAVE_EXPORT_TO); break;
    case ACT_LEAVE_EXPORT_TO: my_digits_export_instead(app, action->text); break;
    case ACT_LEAVE_MODEL:
        leave_stay(app);
        save_model(app);
        break;
    case ACT_LEAVE_ANYWAY: leave_anyway(app); break;
    case ACT_LEAVE_STAY: leave_stay(app); break;
    default: break;
    }
}

/* Whoever does not see the steps must not be read without one of them. */
static void turn_steps(struct app *app)
{
    app->steps_open = !app->steps_open;
    canvas_set_steps(app, FIT_ALL);
}

static void act_on_canvas(struct app *app, const struct action *action)
{
    switch (action->kind) {
    case ACT_PEN: canvas_pen(app); break;
    case ACT_CLEAR: canvas_clear(app); break;
    case ACT_UNDO: canvas_undo(app); break;
    case ACT_REDO: canvas_redo(app); break;
    case ACT_ERASER: app->canvas.eraser = !app->canvas.eraser; break;
    case ACT_BRUSH:
        app->settings.brush = fmin(fmax(action->number, BRUSH_MIN), BRUSH_MAX);
        break;
    case ACT_PICTURE: canvas_open_picture(app, action->text); break;
    case ACT_STEPS: turn_steps(app); break;
    case ACT_STEP: canvas_set_steps(app, app->canvas.steps ^ (unsigned)action->number); break;
    case ACT_STEPS_ALL: canvas_set_steps(app, FIT_ALL); break;
    case ACT_TEACH: my_digits_teach(app, (int)action->number); break;
    default: break;
    }
}

static void act_on_my_digits(struct app *app, const struct action *action)
{
    int number = (int)action->number;
    switch (action->kind) {
    case ACT_MINE_SELECT: my_digits_select(app, (uint32_t)action->number); break;
    case ACT_MINE_ONLY: my_digits_show_only(app, number); break;
    case ACT_MINE_PAGE: app->my.page = number; break;
    case ACT_MINE_LABEL: my_digits_label(app, number); break;
    case ACT_MINE_DELETE: my_digits_delete(app); break;
    case ACT_MINE_UNDO: my_digits_undo(app); break;
    case ACT_MINE_REDO: my_digits_redo(app); break;
    case ACT_MINE_IMPORT_ASK: ask_import(app, number == 1); break;
    case ACT_MINE_IMPORT: my_digits_import(app, action->text); break;
    case ACT_MINE_EXPORT_ASK:
        ask_digits_export(app, (enum exchange_format)number, ACT_MINE_EXPORT);
        break;
    case ACT_MINE_EXPORT: my_digits_export(app, action->text); break;
    case ACT_MINE_IMPORT_STOP: my_digits_stop_import(app); break;
    case ACT_MINE_AGAIN: my_digits_try_again(app); break;
    case ACT_HAND_START:
        learn_hand(app);
        break;
    case ACT_HAND_STOP:
        finetuning_stop(app->finetuning);
        break;
    case ACT_HAND_ACCEPT:
        flow_accept_hand(app);
        break;
    case ACT_HAND_DISCARD:
        finetuning_end(app->finetuning, FINETUNING_DISCARDED);
        break;
    default: break;
    }
}

static void act_on_models(struct app *app, const struct action *action)
{
    switch (action->kind) {
    case ACT_MODEL_ASK: ask_model(app); break;
    case ACT_MODEL_OPEN:
        models_open(&app->models, action->text, false);
        break;
    case ACT_MODEL_TRUST:
        models_open_changed(&app->models);
        break;
    case ACT_MODEL_BUILTIN:
        models_open_builtin(&app->models, (int)action->number);
        break;
    case ACT_MODEL_BACK:
        models_back(&app->models);
        break;
    case ACT_MODEL_SAVE:
        save_model(app);
        break;
    case ACT_MODEL_SAVE_ASK: ask_save(app); break;
    case ACT_MODEL_SAVE_AS:
        save_model_as(app, action->text);
        break;
    default: break;
    }
}

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
    if (finetuning_busy(app->finetuning)) {
        notices_say(&app->notices, NOTICE_TROUBLE,
                    "Your hand is being learnt; wait for that, or stop it in My digits.");
        return;
    }
    training_start(&app->training, recipe, gives_way);
    want_data(app);
}

static void resume_training(struct app *app, const char *path)
{
    if (finetuning_busy(app->finetuning))
        return;
    training_resume(&app->training, path);
    want_data(app);
}

static void act_on_training(struct app *app, const struct action *action)
{
    switch (action->kind) {
    case ACT_DATA_ASK:
        if (data_is_free(app))
            ask_data(app);
        break;
    case ACT_DATA_FOLDER: use_data(app, LIBRARY_FOLDER, action->text); break;
    case ACT_DATA_USUAL: use_data(app, LIBRARY_USUAL, NULL); break;
    case ACT_DATA_SYNTHETIC: use_data(app, LIBRARY_SYNTHETIC, NULL); break;
    case ACT_DATA_LOAD: library_load(app->library); break;
    case ACT_START: start_training(app, action->recipe, NULL); break;
    case ACT_START_ANEW: start_training(app, action->recipe, action->text); break;
    case ACT_PAUSE:
        training_pause(&app->training);
        break;
    case ACT_STOP:
        training_stop(&app->training);
        break;
    case ACT_RATE:
        if (action->number > 0)
            training_set_rate(&app->training, (float)action->number);
        break;
    case ACT_RESUME:
        resume_training(app, action->text);
        break;
    case ACT_RUN_DISCARD_ASK:
        training_discard_ask(&app->training, action->text);
        break;
    case ACT_RUN_DISCARD:
        training_discard(&app->training, action->text);
        break;
    case ACT_EXPORT_ASK: ask_export(app, (enum train_export)action->number); break;
    case ACT_EXPORT_PNG: export_curves(app, TRAIN_EXPORT_PNG, action->text); break;
    case ACT_EXPORT_CSV: export_curves(app, TRAIN_EXPORT_CSV, action->text); break;
    default: break;
    }
}

void app_act(struct app *app, const struct action *action)
{
    if (action->kind < ACT_PEN)
        act_on_window(app, action);
    else if (action->kind < ACT_MINE_SELECT)
        act_on_canvas(app, action);
    else if (action->kind < ACT_MODEL_ASK)
        act_on_my_digits(app, action);
    else if (action->kind < ACT_DATA_ASK)
        act_on_models(app, action);
    else
        act_on_training(app, action);
    flow_settle(app);
}

/* ---- keys ------------------------------------------------------------------------------------ */

static void act_view_keys(struct ui *ui, struct actions *actions)
{
    for (int view = 0; view < APP_VIEW_COUNT; view++)
        if (ui_key(ui, '1' + view, UI_CTRL) || ui_key(ui, '1' + view, UI_ALT))
            action_add_number(actions, ACT_VIEW, view);
}

/* + lies over = on many keyboards: with Shift or without. */
static void act_zoom_keys(struct ui *ui, struct actions *actions)
{
    if (ui_key(ui, '+', UI_CTRL) || ui_key(ui, '=', UI_CTRL) ||
        ui_key(ui, '=', UI_CTRL | UI_SHIFT))
        action_add_number(actions, ACT_ZOOM, 1);
    if (ui_key(ui, '-', UI_CTRL))
        action_add_number(actions, ACT_ZOOM, -1);
    if (ui_key(ui, '0', UI_CTRL))
        action_add_number(actions, ACT_ZOOM, 0);
}

static void act_brush_keys(const struct app *app, struct actions *actions)
{
    static const double step = 0.25;
    int steps = ui_key_held(app->ui, ']', 0) - ui_key_held(app->ui, '[', 0);
    if (steps != 0)
        action_add_number(actions, ACT_BRUSH, app->settings.brush + steps * step);
}

/* What was done last is taken back where one looks. */
static void act_undo_keys(const struct app *app, struct actions *actions)
{
    bool mine = app->view == APP_MINE;
    int redo = ui_key_held(app->ui, 'z', UI_CTRL | UI_SHIFT) + ui_key_held(app->ui, 'y', UI_CTRL);
    for (int count = ui_key_held(app->ui, 'z', UI_CTRL); count > 0; count--)
        action_add(actions, mine ? ACT_MINE_UNDO : ACT_UNDO);
    for (; redo > 0; redo--)
        action_add(actions, mine ? ACT_MINE_REDO : ACT_REDO);
}

/* A digit's key files the drawing; S shows the steps to it. */
static void act_draw_keys(struct ui *ui, struct actions *actions)
{
    for (int digit = 0; digit < 10; digit++)
        if (ui_key(ui, '0' + digit, 0))
            action_add_number(actions, ACT_TEACH, digit);
    if (ui_key(ui, 's', 0))
        action_add(actions, ACT_STEPS);
}

void act_keys(const struct app *app, struct actions *actions)
{
    static const struct {
        int key;
        unsigned mods;
        enum action_kind kind;
    } keys[] = {
        {'c', 0, ACT_CLEAR}, {'e', 0, ACT_ERASER}, {'o', UI_CTRL, ACT_MODEL_ASK},
        {'l', UI_CTRL, ACT_HAND_START},
        {'s', UI_CTRL, ACT_MODEL_SAVE}, {'s', UI_CTRL | UI_SHIFT, ACT_MODEL_SAVE_ASK},
        {' ', 0, ACT_PAUSE}, {'t', UI_CTRL, ACT_THEME}, {UI_KEY_F5, 0, ACT_START},
        {UI_KEY_F11, 0, ACT_FULL_SCREEN}, {UI_KEY_ESCAPE, 0, ACT_DISMISS}, {'q', UI_CTRL, ACT_QUIT},
    };
    act_zoom_keys(app->ui, actions);
    if (app->dialog || leave_is_shown(app))
        return;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (ui_key(app->ui, keys[i].key, keys[i].mods))
            action_add(actions, keys[i].kind);
    act_view_keys(app->ui, actions);
    act_undo_keys(app, actions);
    act_brush_keys(app, actions);
    if (app->view == APP_DRAW)
        act_draw_keys(app->ui, actions);
    else if (app->view == APP_MINE)
        mine_view_keys(app, app->ui, actions);
}
