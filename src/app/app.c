/* SPDX-License-Identifier: MIT */
/* app.c -- begins, runs and ends the frame. */
#include "app/app.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/act/keys.h"
#include "app/frame/dock.h"
#include "app/frame/top_bar.h"
#include "app/shell/bars.h"
#include "app/shell/dialogs.h"
#include "app/shell/does.h"
#include "app/shell/drops.h"
#include "app/shell/events.h"
#include "app/shell/flow.h"
#include "app/shell/leave.h"
#include "app/shell/script.h"
#include "app/shell/state.h"
#include "app/shell/views.h"
#include "app/state/canvas.h"
#include "app/state/finetuning.h"
#include "app/state/models.h"
#include "app/state/training.h"
#include "app/state/zoom.h"
#include "app/tell/log.h"
#include "base/language.h"
#include "data/dataset.h"
#include "data/find.h"
#include "model/model.h"
#include "ui/layout.h"

enum { PASSES_MAX = 4 }; /* of the views in one frame, until nothing more is asked for */

/* ---- beginning and end ----------------------------------------------------------------------- */

static bool choose_theme(struct app *app, const char *name, struct err *err)
{
    if (name && strcmp(name, "dark") != 0 && strcmp(name, "light") != 0)
        return err_set(err, _("There is no theme \"%s\": choose dark or light."), name);
    if (name)
        app->settings.dark = strcmp(name, "dark") == 0;
    app->theme = app->settings.dark ? ui_theme_dark() : ui_theme_light();
    return true;
}

/* A file that was asked for must open; without one it is that of the settings. */
static bool begin_models(struct app *app, const struct app_setup *setup, struct err *err)
{
    if (!setup->model) {
        const char *chosen = app->settings.default_model;
        models_open_last(&app->models, chosen[0] ? chosen : app->settings.model);
        return true;
    }
    models_open_named(&app->models, setup->model, setup->trust);
    if (!app->models.current) {
        err_set(err, "%s", app->notices.now.text);
        if (app->models.changed_path[0])
            model_say_trust(err);
        return false;
    }
    notices_put_away(&app->notices);
    return true;
}

/* What was asked for, or else chosen last, where that is still there. */
static bool begin_library(struct app *app, const char *folder, struct err *err)
{
    app->library = library_new(app->host.wake, app->host.user, err);
    const char *kept = app->settings.data;
    if (!app->library)
        return false;
    if (folder)
        library_set(app->library, LIBRARY_FOLDER, folder);
    else if (strcmp(kept, SETTINGS_DRAWN) == 0)
        library_set(app->library, LIBRARY_SYNTHETIC, NULL);
    else if (kept[0] && find_here(kept, DATASET_TRAIN))
        library_set(app->library, LIBRARY_FOLDER, kept);
    return true;
}

static bool begin_canvas(struct app *app, struct err *err)
{
    const struct canvas_means means = {&app->host, &app->log, &app->notices};
    return canvas_begin(&app->canvas, &means, err);
}

static bool begin_digits(struct app *app, struct err *err)
{
    const struct digit_store_means means = {&app->host, &app->log, &app->notices};
    return digit_store_begin(&app->store, &means, err) &&
           digit_choice_begin(&app->choice, app->kern, err);
}

static bool begin_learning(struct app *app, const struct app_setup *setup, struct err *err)
{
    const struct training_means training = {
        .host = &app->host,
        .log = &app->log,
        .notices = &app->notices,
        .hold = &app->hold,
        .kern = setup->kern,
        .threads = setup->threads,
        .has_seed = setup->has_seed,
        .seed = setup->seed,
    };
    const struct finetuning_means finetuning = {
        .host = &app->host,
        .log = &app->log,
        .notices = &app->notices,
        .hold = &app->hold,
        .kern = setup->kern,
        .threads = setup->threads,
    };
    const struct app_means means = {&app->host, &app->log, &app->notices, setup->kern,
                                    setup->threads};
    training_begin(&app->training, &training);
    evaluating_begin(&app->evaluating, &means);
    robustness_begin(&app->robustness, &means);
    suspecting_begin(&app->suspecting, &means);
    digit_map_begin(&app->digit_map, &means);
    lessons_begin(&app->lessons, &means);
    explaining_begin(&app->explaining, &means);
    alike_begin(&app->alike, &means);
    app->explain_digit = -1;
    app->finetuning = finetuning_new(&finetuning, err);
    return app->finetuning != NULL;
}

/* Where the last window was closed, unless one was asked for. */
static void begin_view(struct app *app, const char *name)
{
    int view = view_find(name ? name : app->settings.view);
    if (view >= 0)
        app->view = (enum app_view)view;
}

static bool begin_parts(struct app *app, const struct app_setup *setup, struct err *err)
{
    app->ui = ui_new(&setup->metrics, setup->clipboard, err);
    train_form_choose(&app->form, recipe_at(0), 0);
    app->reader = reader_new(app->kern);
    app->still = calloc(1, sizeof *app->still);
    begin_view(app, setup->view);
    if (!app->ui)
        return false;
    if (!app->reader || !app->still)
        return err_memory(err, _("the window"));
    if (!choose_theme(app, setup->theme, err) || !begin_canvas(app, err) ||
        !begin_library(app, setup->data, err) || !begin_digits(app, err) ||
        !begin_learning(app, setup, err) || !begin_models(app, setup, err))
        return false;
    flow_settle(app);
    app->script_stays = setup->script_stays;
    return !setup->script ||
           script_begin(app, setup->script, setup->script_name, setup->script_picture, err);
}

struct app *app_new(const struct app_setup *setup, struct err *err)
{
    char path[FILES_PATH_MAX];
    struct app *app = calloc(1, sizeof *app);
    if (!app) {
        err_memory(err, _("the window"));
        return NULL;
    }
    app->host = setup->host;
    app->log.host = &app->host;
    app->notices.log = &app->log;
    app->kern = setup->kern;
    app->models.log = &app->log;
    app->models.notices = &app->notices;
    settings_open(&app->settings_file, &app->settings,
                  setup->fresh ? "" : files_user_path(FILES_CONFIG, "settings.json", path));
    app->zoom = setup->zoom > 0 ? setup->zoom : app->settings.zoom;
    if (!begin_parts(app, setup, err)) {
        app->settings_file.path[0] = 0; /* what was not begun is not to be remembered */
        app_free(app);
        return NULL;
    }
    return app;
}

static void save_settings(struct app *app)
{
    char folder[FILES_PATH_MAX];
    struct err err;
    if (!app->settings_file.path[0])
        return;
    if (!files_make_folder(files_user_path(FILES_CONFIG, NULL, folder), &err) ||
        !settings_write(&app->settings_file, &app->settings, &err))
        log_error(&app->log, err.text);
}

bool app_finish(struct app *app, struct err *err)
{
    const struct digit_store *store = &app->store;
    bool gone = app->leaving.stage == LEAVE_GONE;
    digit_store_finish(&app->store, gone);
    if (script_trouble(app)[0])
        return err_set(err, "%s", script_trouble(app));
    if (digit_store_unsaved(store))
        return err_set(err, _("What you last taught is lost. %s"), store->trouble.text);
    return !store->export_trouble.text[0] || gone || err_set(err, "%s", store->export_trouble.text);
}

void app_free(struct app *app)
{
    if (!app)
        return;
    training_clear(&app->training);
    evaluating_end(&app->evaluating);
    robustness_end(&app->robustness);
    digit_map_end(&app->digit_map);
    suspecting_end(&app->suspecting);
    lessons_end(&app->lessons);
    dataset_free(app->corrected);
    explaining_end(&app->explaining);
    alike_end(&app->alike);
    compared_end(&app->compared);
    weight_edits_end(&app->weight_edits);
    finetuning_free(app->finetuning);
    digit_store_finish(&app->store, app->leaving.stage == LEAVE_GONE);
    digit_store_end(&app->store);
    digit_choice_end(&app->choice);
    save_settings(app);
    settings_close(&app->settings_file);
    library_free(app->library);
    dialogs_close(app);
    script_end(app);
    views_end(app);
    models_clear(&app->models);
    canvas_end(&app->canvas);
    reader_free(app->reader);
    ui_free(app->ui);
    free(app->still);
    free(app);
}

/* ---- a frame --------------------------------------------------------------------------------- */

/* Runs the views once. */
static const struct ui_shapes *show_all(struct app *app, const struct ui_input *input,
                                        struct actions *actions)
{
    ui_begin(app->ui, input, app->theme);
    const struct ui_rect window = {0, 0, input->width, input->height};
    struct ui_rect rest = window;
    bool alone = app->presenting && app->view == APP_LEARN;
    struct ui_rect top = ui_cut_top(&rest, alone ? 0 : TOP_BAR_HEIGHT),
                   dock = ui_cut_bottom(&rest, alone ? 0 : DOCK_HEIGHT);
    if (!alone)
        bars_show_top(app, top, actions);
    views_show(app, rest, actions);
    if (!alone)
        bars_show_dock(app, dock, actions);
    if (app->notice_open)
        bars_show_notice(app, window, actions);
    if (app->dialog)
        dialogs_show(app, actions);
    else if (leave_is_shown(app))
        leave_show(app, app->ui, actions);
    else if (app->keys_open)
        keys_sheet_show(&app->keys, app->ui, actions);
    bool dialog = app->dialog || leave_is_shown(app) || app->keys_open;
    keys_take(app->ui, app->view, dialog, actions);
    const struct ui_shapes *shapes = ui_end(app->ui);
    app->unlogged.layout |= ui_layout_changed(app->ui);
    return shapes;
}

/* Opens or closes the notice, but not under a pen that is drawing. */
static void settle_notice(struct app *app)
{
    if (!views_pad(app)->pad.held)
        app->notice_open = app->notices.now.kind != NOTICE_NONE;
}

/* What took too long for before the first frame. */
static void settle(struct app *app)
{
    app->settled = true;
    models_find(&app->models);
    flow_look_back(app);
    views_enter(app);
}

/* The same window and pointer, a moment later. */
static const struct ui_input *still_input(struct app *app, const struct ui_input *input)
{
    app->still->width = input->width;
    app->still->height = input->height;
    app->still->scale = input->scale;
    app->still->now = input->now;
    app->still->left = input->left;
    return app->still;
}

static bool ask_can(const void *user, const struct action *action, struct err *why)
{
    return app_can(user, action, why);
}

static void apply_actions(struct app *app, const struct actions *actions)
{
    for (int i = 0; i < actions->count; i++)
        app_act(app, &actions->items[i]);
}

/* Lets the views run until nothing more is asked for, so that the frame shows what it led to. */
static const struct ui_shapes *run_views(struct app *app, const struct ui_input *input)
{
    const struct ui_shapes *shapes;
    struct actions actions = {.can = ask_can, .user = app};
    bool again;
    drops_take(app, input, &actions);
    flow_read(app);
    settle_notice(app);
    for (int pass = 0; pass < PASSES_MAX; pass++) {
        bool notice = app->notice_open;
        shapes = show_all(app, pass == 0 ? input : still_input(app, input), &actions);
        again = actions.count > 0;
        apply_actions(app, &actions);
        actions.count = 0;
        if (again)
            flow_poll_digits(app);
        again |= flow_read(app);
        settle_notice(app);
        if (!again && app->notice_open == notice)
            break;
    }
    return shapes;
}

static void remember_size(struct app *app, const struct ui_input *input)
{
    if (app->full_screen)
        return;
    app->settings.width = input->width;
    app->settings.height = input->height;
}

static uint64_t next_wake(struct app *app, const struct ui_input *input, bool first)
{
    uint64_t leave = leave_wake(app), script = script_wake(app, input->now);
    uint64_t wake = first ? input->now : ui_wake(app->ui);
    wake = leave < wake ? leave : wake;
    return script < wake ? script : wake;
}

/* A page that is presented is larger, as far as the screen allows. */
static float zoom_of(const struct app *app)
{
    const double larger = 1.25;
    double zoom = app->zoom;
    if (app->presenting && app->view == APP_LEARN)
        zoom = fmax(zoom, fmin(zoom * larger, app->zoom_max > 0 ? app->zoom_max : ZOOM_MOST));
    return (float)zoom;
}

struct app_frame app_update(struct app *app, const struct ui_input *input)
{
    bool first = app->still->width == 0;
    if (!first && !app->settled)
        settle(app);
    flow_poll(app);
    flow_poll_digits(app);
    if (input->focused)
        digit_store_look(&app->store);
    remember_size(app, input);
    app->zoom_max = (double)input->zoom_max;
    bool quit = leave_update(app, input->quit, input->now) || input->ended;
    if (!first)
        script_step(app, input->now);
    const struct ui_shapes *shapes = run_views(app, input);
    script_paint(app, shapes, input);
    quit |= script_is_over(app) && (!app->script_stays || script_trouble(app)[0]);
    settings_watch(&app->settings_file, &app->settings);
    still_input(app, input);
    if (app->unlogged.layout)
        events_layout(app, input->width, input->height, input->scale);
    app->unlogged.layout = false;
    struct app_frame frame = {
        .shapes = shapes, .ground = app->theme->ground, .cursor = ui_cursor(app->ui),
        .full_screen = app->full_screen_asked, .zoom = zoom_of(app),
        .quit = leave_update(app, app->quit, input->now) || quit,
        .wake = next_wake(app, input, first),
    };
    app->full_screen_asked = app->quit = false;
    return frame;
}

void app_painted(struct app *app, uint64_t now)
{
    uint64_t moved = app->unlogged.moved;
    if (app->unlogged.prediction)
        events_prediction(app, moved > 0 && now > moved ? now - moved : 0);
    app->unlogged.prediction = false;
    app->unlogged.moved = 0;
}
