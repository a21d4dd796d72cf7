/* SPDX-License-Identifier: MIT */
/* training.c -- the way of a run: waiting for data, live, ended; and what becomes of its result. */
#include "app/state/training.h"

#include <stdio.h>
#include <string.h>

#include "app/shell/state.h"
#include "app/state/finetuning.h"
#include "app/state/models.h"
#include "app/tell/log.h"
#include "base/json_text.h"
#include "base/lock_beside.h"
#include "data/dataset.h"
#include "data/find.h"
#include "model/model.h"
#include "nn/nn.h"
#include "train/report.h"
#include "ui/format.h"

/* ---- the log ------------------------------------------------------------------------------------
 */

static void log_training(const struct app *app, const char *what)
{
    log_event(&app->log, json_pack("{s:s, s:s, s:o, s:o}", "event", "training", "state", what,
                                   "recipe", json_any_text(app->training.recipe.name), "net",
                                   json_any_text(app->training.recipe.net)));
}

static void log_data(const struct app *app)
{
    const struct dataset *train = library_train(app->library);
    log_event(&app->log, json_pack("{s:s, s:o, s:i, s:b}", "event", "data", "name",
                                   json_any_text(library_name(app->library)), "count",
                                   train ? (int)train->count : 0, "synthetic",
                                   (int)library_drawn(app->library)));
}

static void log_epoch(const struct app *app, const struct history_epoch *epoch)
{
    log_event(&app->log,
              json_pack("{s:s, s:i, s:i, s:o, s:o, s:o, s:o, s:o, s:o, s:f, s:f}", "event", "epoch",
                        "epoch", epoch->epoch, "epochs", app->training.view.recipe.epochs,
                        "train_cost", log_number((double)epoch->train_cost), "train_accuracy",
                        log_number((double)epoch->train_accuracy), "valid_cost",
                        log_number((double)epoch->valid_cost), "valid_accuracy",
                        log_number((double)epoch->valid_accuracy), "test_cost",
                        log_number((double)epoch->test_cost), "test_accuracy",
                        log_number((double)epoch->test_accuracy), "rate", (double)epoch->rate,
                        "seconds", (double)epoch->seconds));
}

bool training_busy(const struct training *run)
{
    return run->stage == TRAINING_WAITING || run->stage == TRAINING_LIVE;
}

/* ---- those that are left --------------------------------------------------------------------- */

/* Whether it is the result that the model in use, or the one before it, holds unsaved: nobody needs
 * to be offered that. */
static bool is_in_use(const struct app *app, const struct runs_item *item)
{
    const struct models *models = &app->models;
    return runs_is_result(item) &&
           ((models->current && models->unsaved &&
             report_is_of(&models->current->record, &item->recipe, item->seconds)) ||
            (models->before && models->before_unsaved &&
             report_is_of(&models->before->record, &item->recipe, item->seconds)));
}

static void find_left(struct app *app)
{
    struct runs *left = &app->training.left;
    int kept = 0;
    runs_find(left);
    for (int i = 0; i < left->count; i++)
        if (!is_in_use(app, &left->items[i]))
            left->items[kept++] = left->items[i];
    left->count = kept;
}

void training_look_back(struct app *app)
{
    app->training.left.count = 0;
    if (!training_busy(&app->training))
        find_left(app);
}

/* ---- starting -------------------------------------------------------------------------------- */

/* The run that is in view becomes the one before, if it has a curve to show. */
static void keep_before(struct training *run)
{
    if (run->stage != TRAINING_ENDED || run->view.history.point_count == 0)
        return;
    run->has_before = true;
    run->before_recipe = run->view.recipe;
    run->before = run->view.history;
}

/* Goes on by the run's checkpoint, which is locked, or begins a new one. */
static void begin_run(struct app *app, const struct recipe *recipe, bool from_checkpoint)
{
    struct training *run = &app->training;
    run->stopping = false;
    run->recipe = *recipe;
    if (app->has_seed && !from_checkpoint)
        run->recipe.seed = app->seed;
    memset(&run->view, 0, sizeof run->view);
    run->view.recipe = run->recipe;
    run->number++;
    run->from_checkpoint = from_checkpoint;
    run->stage = TRAINING_WAITING;
    if (app->notices.now.about != NOTICE_STORE)
        notices_put_away(&app->notices); /* what is said of the run before is over */
    app->training.logged_epochs = 0;
    training_look_back(app);
    library_load(app->library);
    training_poll(app);
}

/* Where as many are left as are kept. */
static void ask_to_start(struct app *app, const struct runs_item *item)
{
    char title[RECIPE_TITLE_MAX], progress[RUNS_PROGRESS_MAX];
    notices_say(
        &app->notices, NOTICE_WORD,
        "%d trainings can still go on, and no more are kept: a new one takes the place of %s "
        "(%s).",
        app->training.left.count, recipe_title(&item->recipe, title),
        runs_progress(item, progress));
    if (runs_is_result(item))
        notices_offer_text(&app->notices, "Take it", ACT_RESUME, item->path);
    else
        notices_offer(&app->notices, "Resume the newest", ACT_RESUME);
    notices_offer_text(&app->notices, "Start anew", ACT_START_ANEW, item->path);
}

static void start_new(struct app *app, const struct recipe *recipe, const char *gives_way)
{
    struct training *run = &app->training;
    keep_before(run);
    snprintf(run->gives_way, sizeof run->gives_way, "%s", gives_way);
    runs_begin(run->checkpoint, &run->lock);
    begin_run(app, recipe, false);
}

void training_start(struct app *app, const struct recipe *recipe, const char *gives_way)
{
    struct err err;
    const struct runs_item *item = runs_in_the_way(&app->training.left);
    if (training_busy(&app->training))
        notices_say(&app->notices, NOTICE_TROUBLE,
                    "A training is under way; stop it before you start another.");
    else if (finetuning_busy(app->my.finetuning))
        notices_say(&app->notices, NOTICE_TROUBLE,
                    "Your hand is being learnt; wait for that, or stop it in My "
                    "digits.");
    else if (!recipe_check(recipe, &err))
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
    else if (item && (!gives_way || strcmp(item->path, gives_way) != 0))
        ask_to_start(app, item);
    else
        start_new(app, recipe, item ? item->path : "");
}

void training_resume(struct app *app, const char *path)
{
    struct training *run = &app->training;
    struct err err;
    const struct runs_item *item = path                ? runs_at(&run->left, path)
                                   : run->left.count ? &run->left.items[0]
                                                     : NULL;
    if (!item || training_busy(run) || finetuning_busy(app->my.finetuning))
        return;
    if (!runs_take(item->path, &run->lock, &err)) {
        training_look_back(app);
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
        return;
    }
    struct recipe recipe = item->recipe;
    if (strcmp(run->checkpoint, item->path) != 0) /* else it is the one in view that goes on */
        keep_before(run);
    run->gives_way[0] = 0;
    memcpy(run->checkpoint, item->path, sizeof run->checkpoint);
    begin_run(app, &recipe, true);
}

/* ---- and what becomes of them ---------------------------------------------------------------- */

void training_discard_ask(struct app *app, const char *path)
{
    const struct runs_item *item = runs_at(&app->training.left, path);
    char title[RECIPE_TITLE_MAX], progress[RUNS_PROGRESS_MAX];
    if (!item)
        return;
    notices_say(&app->notices, NOTICE_WORD,
                "Throw away the training of %s (%s)? It cannot be brought back.",
                recipe_title(&item->recipe, title), runs_progress(item, progress));
    notices_offer_text(&app->notices, "Throw away", ACT_RUN_DISCARD, item->path);
}

void training_discard(struct app *app, const char *path)
{
    struct err err;
    if (!runs_remove(path, &err))
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
    training_look_back(app);
}

void training_result_saved(struct app *app)
{
    const struct record *record = &app->models.current->record;
    struct runs runs = {0};
    runs_find(&runs);
    for (int i = 0; i < runs.count; i++)
        if (runs_is_result(&runs.items[i]) &&
            report_is_of(record, &runs.items[i].recipe, runs.items[i].seconds))
            runs_remove(runs.items[i].path, NULL);
    runs_clear(&runs);
    training_look_back(app);
}

void training_name_checkpoint(const struct app *app, struct err *err)
{
    const struct record *record = &app->models.current->record;
    struct runs runs = {0};
    runs_find(&runs);
    for (int i = 0; i < runs.count; i++)
        if (report_is_of(record, &runs.items[i].recipe, runs.items[i].seconds)) {
            report_name_checkpoint(runs.items[i].path, err);
            break;
        }
    runs_clear(&runs);
}

bool training_holds(const struct record *record)
{
    struct runs runs = {0};
    bool held = false;
    runs_find(&runs);
    for (int i = 0; i < runs.count && !held; i++)
        held = report_is_of(record, &runs.items[i].recipe, runs.items[i].seconds);
    runs_clear(&runs);
    return held;
}

/* ---- on the way to the trainer --------------------------------------------------------------- */

/* Stops it if need be; nobody holds the checkpoint from then on. */
static void free_trainer(struct training *run)
{
    trainer_free(run->trainer);
    nn_free(run->view.net);
    run->trainer = NULL;
    run->view.net = NULL;
    lock_beside_leave(run->checkpoint, run->lock);
    run->lock = -1;
}

/* Ends a run that never came to train. */
static void give_up(struct app *app, const char *why)
{
    struct training *run = &app->training;
    run->stage = TRAINING_NONE;
    free_trainer(run);
    training_look_back(app);
    notices_say(&app->notices, NOTICE_TROUBLE, "%s", why);
    log_training(app, "failed");
}

static void launch_trainer(struct app *app)
{
    struct training *run = &app->training;
    struct err err;
    struct trainer_setup setup = {
        .recipe = run->recipe,
        .train = library_train(app->library),
        .test = library_test(app->library),
        .called = "This run",
        .remedy = "choose them in the Data menu, then Resume",
        .kern = app->kern,
        .threads = app->threads,
        .fits_rule = true,
        .checkpoint = run->checkpoint,
        .wake = app->host.wake,
        .wake_context = app->host.user,
    };
    run->trainer = run->from_checkpoint ? trainer_resume(&setup, run->checkpoint, &err)
                                        : trainer_start(&setup, &err);
    if (run->trainer)
        run->view.net = trainer_net(run->trainer, &err);
    if (!run->view.net) {
        give_up(app, err.text);
        return;
    }
    if (run->gives_way[0]) /* one that another window took up meanwhile is in nobody's way */
        runs_remove(run->gives_way, NULL);
    run->stage = TRAINING_LIVE;
    snprintf(run->data, sizeof run->data, "%s", library_name(app->library));
    trainer_poll(run->trainer, &run->view);
    run->recipe = run->view.recipe;
    if (library_source(app->library) == LIBRARY_USUAL && library_drawn(app->library))
        notices_say(&app->notices, NOTICE_WORD, "%s", find_note());
    log_training(app, run->from_checkpoint ? "resumed" : "started");
}

/* ---- the result ------------------------------------------------------------------------------ */

/* The weights to keep, as a model. NULL with a sentence. */
static struct model *make_result(struct app *app, struct err *err)
{
    struct training *run = &app->training;
    struct nn *net = trainer_net(run->trainer, err);
    if (!net)
        return NULL;
    int epoch = trainer_result(run->trainer, net);
    struct report report = {
        .view = &run->view, .epoch = epoch, .train = library_train(app->library),
        .test = library_test(app->library), .threads = app->threads,
    };
    return report_model(&report, net, err);
}

/* Says what became of the model, with the figure of the set that it was measured on. */
static void say_result(struct app *app, const struct model *model)
{
    const char *how =
        app->training.view.state == TRAINER_DONE ? "Training done" : "Training stopped";
    char measured[80] = "";
    double accuracy = models_accuracy(model);
    bool guessing = accuracy >= 0 && accuracy < HISTORY_GUESSING;
    if (accuracy >= 0)
        snprintf(measured, sizeof measured, " (%s of the %s)", ui_percent(accuracy, 2).text,
                 models_measured_on(model));
    if (guessing)
        notices_say_about(&app->notices, NOTICE_MODEL, NOTICE_TROUBLE,
                          "%s: %s still guesses%s. Lower the learning rate (it is %g), "
                          "or start again with another seed.",
                          how, model_name(model), measured,
                          (double)app->training.view.recipe.schedule.rate);
    else
        notices_say(&app->notices, NOTICE_DONE, "%s: %s%s is the model in use now, not saved yet.",
                    how, model_name(model), measured);
    if (guessing && app->models.before)
        notices_offer(&app->notices, "Go back", ACT_MODEL_BACK);
    notices_offer(&app->notices, "Save", ACT_MODEL_SAVE);
    if (!guessing && app->models.before)
        notices_offer(&app->notices, "Go back", ACT_MODEL_BACK);
}

static void take_result(struct app *app)
{
    struct err err;
    struct model *model = make_result(app, &err);
    if (!model) {
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
        return;
    }
    models_use(app, model, "", true);
    say_result(app, model);
}

static void end_run(struct app *app)
{
    struct training *run = &app->training;
    enum trainer_state state = run->view.state;
    static const char *const names[] = {
        [TRAINER_DONE] = "done", [TRAINER_STOPPED] = "stopped", [TRAINER_FAILED] = "failed",
    };
    run->stage = TRAINING_ENDED;
    log_training(app, names[state]);
    if (state == TRAINER_FAILED)
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", run->view.trouble);
    else if (state == TRAINER_DONE || run->view.history.epoch_count > 0)
        take_result(app);
    free_trainer(run);
    app->canvas.stale = true;
    training_look_back(app);
}

/* ---- on the way ------------------------------------------------------------------------------ */

static void log_new_epochs(struct app *app)
{
    const struct history *history = &app->training.view.history;
    while (app->training.logged_epochs < history->epoch_count)
        log_epoch(app, &history->epochs[app->training.logged_epochs++]);
}

static void watch_trainer(struct app *app)
{
    struct training *run = &app->training;
    char before[sizeof run->view.trouble];
    memcpy(before, run->view.trouble, sizeof before);
    trainer_poll(run->trainer, &run->view);
    log_new_epochs(app);
    if (run->view.state >= TRAINER_DONE)
        end_run(app);
    else if (run->view.trouble[0] && strcmp(before, run->view.trouble) != 0)
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", run->view.trouble);
}

static void watch_library(struct app *app)
{
    if (!library_poll(app->library))
        return;
    bool waiting = app->training.stage == TRAINING_WAITING;
    if (library_state(app->library) == LIBRARY_READY)
        log_data(app);
    else if (library_state(app->library) == LIBRARY_FAILED && !waiting)
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", library_trouble(app->library));
    if (library_note(app->library)[0])
        notices_say(&app->notices, NOTICE_WORD, "%s", library_note(app->library));
}

void training_poll(struct app *app)
{
    struct training *run = &app->training;
    watch_library(app);
    if (run->stage == TRAINING_WAITING && library_state(app->library) == LIBRARY_READY)
        launch_trainer(app);
    else if (run->stage == TRAINING_WAITING && library_state(app->library) == LIBRARY_FAILED)
        give_up(app, library_trouble(app->library));
    else if (run->stage == TRAINING_LIVE)
        watch_trainer(app);
}

void training_pause(struct app *app)
{
    struct training *run = &app->training;
    if (run->stage != TRAINING_LIVE)
        return;
    bool paused = run->view.state == TRAINER_PAUSED;
    (paused ? trainer_continue : trainer_pause)(run->trainer);
    log_training(app, paused ? "continued" : "paused");
}

void training_stop(struct app *app)
{
    struct training *run = &app->training;
    if (run->stage == TRAINING_LIVE) {
        trainer_stop(run->trainer);
        run->stopping = true;
    } else if (run->stage == TRAINING_WAITING) {
        run->stage = TRAINING_NONE;
        free_trainer(run);
        training_look_back(app);
        log_training(app, "stopped");
    }
}

void training_clear(struct app *app)
{
    if (training_busy(&app->training))
        free_trainer(&app->training);
    runs_clear(&app->training.left);
}
