/* SPDX-License-Identifier: MIT */
/* training.c -- the way of a run: waiting for data, live, ended; and what becomes of its result. */
#include "app/train/training.h"

#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/log.h"
#include "app/mine/learner.h"
#include "app/models.h"
#include "data/dataset.h"
#include "data/find.h"
#include "model/model.h"
#include "nn/nn.h"
#include "train/report.h"
#include "ui/format.h"

bool run_busy(const struct run *run)
{
    return run->stage == RUN_WAITING || run->stage == RUN_LIVE;
}

/* ---- starting -------------------------------------------------------------------------------- */

/* The run that is in view becomes the one before, if it has a curve to show. */
static void keep_before(struct run *run)
{
    if (run->stage != RUN_ENDED || run->view.history.point_count == 0)
        return;
    run->has_before = true;
    run->before_recipe = run->view.recipe;
    run->before = run->view.history;
}

static void begin_run(struct app *app, const struct recipe *recipe, bool from_checkpoint)
{
    struct run *run = &app->run;
    keep_before(run);
    run->recipe = *recipe;
    if (app->has_seed && !from_checkpoint)
        run->recipe.seed = app->seed;
    memset(&run->view, 0, sizeof run->view);
    run->view.recipe = run->recipe;
    run->from_checkpoint = from_checkpoint;
    run->can_resume = run->start_asked = false;
    run->stage = RUN_WAITING;
    app->notice = (struct notice){0}; /* what is said of the run before is over */
    app->unlogged.epochs = 0;
    library_load(app->library);
    training_poll(app);
}

/* A new run's checkpoint takes the place of the one that there is. */
static void ask_to_start(struct app *app)
{
    struct run *run = &app->run;
    run->start_asked = true;
    app_say(app, NOTICE_WORD,
            run->resume_is_result
                ? "The result of training %s is not saved; a new training takes its place."
                : "The training of %s can go on; a new one takes its place.",
            run->resume_recipe.name);
    app_offer(app, run->resume_is_result ? "Take it" : "Go on", ACT_RESUME);
    app_offer(app, "Start anew", ACT_START);
}

void training_start(struct app *app, const struct recipe *recipe)
{
    struct err err;
    if (run_busy(&app->run))
        app_say(app, NOTICE_TROUBLE, "A training is under way; stop it before you start another.");
    else if (learner_busy(app->my.learner))
        app_say(app, NOTICE_TROUBLE, "Your hand is being learnt; wait for that, or stop it in My "
                "digits.");
    else if (!recipe_check(recipe, &err))
        app_say(app, NOTICE_TROUBLE, "%s", err.text);
    else if (app->run.can_resume && !app->run.start_asked)
        ask_to_start(app);
    else
        begin_run(app, recipe, false);
}

void training_resume(struct app *app)
{
    if (app->run.can_resume && !run_busy(&app->run) && !learner_busy(app->my.learner))
        begin_run(app, &app->run.resume_recipe, true);
}

void training_look_back(struct app *app)
{
    struct run *run = &app->run;
    double progress = 0;
    bool there = files_exist(run->checkpoint) &&
                 trainer_peek(run->checkpoint, &run->resume_recipe, &progress, NULL, NULL);
    run->resume_is_result = progress >= 1;
    run->start_asked = false;
    run->can_resume = there && !(run->resume_is_result && run->stage == RUN_ENDED);
}

void training_result_saved(struct app *app)
{
    double progress, seconds;
    struct recipe recipe;
    struct run *run = &app->run;
    if (!run_busy(run) && files_exist(run->checkpoint) &&
        trainer_peek(run->checkpoint, &recipe, &progress, &seconds, NULL) && progress >= 1 &&
        report_is_of(&app->models.current->record, &recipe, seconds))
        remove(run->checkpoint);
    training_look_back(app);
}

/* Ends a run that never came to train. */
static void give_up(struct app *app, const char *why)
{
    app->run.stage = RUN_NONE;
    nn_free(app->run.view.net);
    app->run.view.net = NULL;
    training_look_back(app);
    app_say(app, NOTICE_TROUBLE, "%s", why);
    log_training(app, "failed");
}

static void make_checkpoint_folder(const struct run *run)
{
    char folder[FILES_PATH_MAX];
    snprintf(folder, sizeof folder, "%s", run->checkpoint);
    char *slash = strrchr(folder, '/');
    if (slash)
        *slash = 0;
    files_make_folder(folder, NULL); /* the trainer says so where it cannot save */
}

static void launch_trainer(struct app *app)
{
    struct run *run = &app->run;
    struct err err;
    struct trainer_setup setup = {
        .recipe = run->recipe,
        .train = library_train(app->library),
        .test = library_test(app->library),
        .kern = app->kern,
        .threads = app->threads,
        .fits_rule = true,
        .checkpoint = run->checkpoint,
        .wake = app->host.wake,
        .wake_context = app->host.user,
    };
    make_checkpoint_folder(run);
    run->view.net = nn_new(run->recipe.net, &err);
    if (run->view.net)
        run->trainer = run->from_checkpoint ? trainer_resume(&setup, run->checkpoint, &err)
                                            : trainer_start(&setup, &err);
    if (!run->trainer) {
        give_up(app, err.text);
        return;
    }
    run->stage = RUN_LIVE;
    trainer_poll(run->trainer, &run->view);
    log_training(app, run->from_checkpoint ? "resumed" : "started");
}

/* ---- the result ------------------------------------------------------------------------------ */

/* The weights to keep, as a model. NULL with a sentence. */
static struct model *make_result(struct app *app, struct err *err)
{
    struct run *run = &app->run;
    struct nn *net = nn_new(run->view.recipe.net, err);
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
    const char *how = app->run.view.state == TRAINER_DONE ? "Training done" : "Training stopped";
    char measured[80] = "";
    double accuracy = models_accuracy(model);
    bool guessing = accuracy >= 0 && accuracy < HISTORY_GUESSING;
    if (accuracy >= 0)
        snprintf(measured, sizeof measured, " (%s of the %s)", ui_percent(accuracy, 2).text,
                 models_measured_on(model));
    if (guessing)
        app_say(app, NOTICE_TROUBLE, "%s: %s still guesses%s. Lower the learning rate (it is %g), "
                "or start again with another seed.", how, model_name(model), measured,
                (double)app->run.view.recipe.schedule.rate);
    else
        app_say(app, NOTICE_DONE, "%s: %s%s is the model in use now, not saved yet.", how,
                model_name(model), measured);
    if (guessing && app->models.before)
        app_offer(app, "Go back", ACT_MODEL_BACK);
    app_offer(app, "Save", ACT_MODEL_SAVE);
    if (!guessing && app->models.before)
        app_offer(app, "Go back", ACT_MODEL_BACK);
}

static void take_result(struct app *app)
{
    struct err err;
    struct model *model = make_result(app, &err);
    if (!model) {
        app_say(app, NOTICE_TROUBLE, "%s", err.text);
        return;
    }
    models_use(app, model, "", true);
    say_result(app, model);
}

static void end_run(struct app *app)
{
    struct run *run = &app->run;
    enum trainer_state state = run->view.state;
    static const char *const names[] = {
        [TRAINER_DONE] = "done", [TRAINER_STOPPED] = "stopped", [TRAINER_FAILED] = "failed",
    };
    run->stage = RUN_ENDED;
    log_training(app, names[state]);
    if (state == TRAINER_FAILED)
        app_say(app, NOTICE_TROUBLE, "%s", run->view.trouble);
    else if (state == TRAINER_DONE || run->view.history.epoch_count > 0)
        take_result(app);
    trainer_free(run->trainer);
    run->trainer = NULL;
    nn_free(run->view.net);
    run->view.net = NULL;
    app->canvas.stale = true;
    training_look_back(app);
}

/* ---- on the way ------------------------------------------------------------------------------ */

static void log_new_epochs(struct app *app)
{
    const struct history *history = &app->run.view.history;
    while (app->unlogged.epochs < history->epoch_count)
        log_epoch(app, &history->epochs[app->unlogged.epochs++]);
}

static void watch_trainer(struct app *app)
{
    struct run *run = &app->run;
    char before[sizeof run->view.trouble];
    memcpy(before, run->view.trouble, sizeof before);
    trainer_poll(run->trainer, &run->view);
    log_new_epochs(app);
    if (run->view.state >= TRAINER_DONE)
        end_run(app);
    else if (run->view.trouble[0] && strcmp(before, run->view.trouble) != 0)
        app_say(app, NOTICE_TROUBLE, "%s", run->view.trouble);
}

static void watch_library(struct app *app)
{
    if (!library_poll(app->library))
        return;
    bool waiting = app->run.stage == RUN_WAITING;
    if (library_state(app->library) == LIBRARY_READY)
        log_data(app);
    else if (library_state(app->library) == LIBRARY_FAILED && !waiting)
        app_say(app, NOTICE_TROUBLE, "%s", library_trouble(app->library));
    if (waiting && library_source(app->library) == LIBRARY_USUAL && library_drawn(app->library))
        app_say(app, NOTICE_WORD, "%s", find_note());
}

void training_poll(struct app *app)
{
    struct run *run = &app->run;
    watch_library(app);
    if (run->stage == RUN_WAITING && library_state(app->library) == LIBRARY_READY)
        launch_trainer(app);
    else if (run->stage == RUN_WAITING && library_state(app->library) == LIBRARY_FAILED)
        give_up(app, library_trouble(app->library));
    else if (run->stage == RUN_LIVE)
        watch_trainer(app);
}

void training_pause(struct app *app)
{
    struct run *run = &app->run;
    if (run->stage != RUN_LIVE)
        return;
    bool paused = run->view.state == TRAINER_PAUSED;
    (paused ? trainer_continue : trainer_pause)(run->trainer);
    log_training(app, paused ? "continued" : "paused");
}

void training_stop(struct app *app)
{
    struct run *run = &app->run;
    if (run->stage == RUN_LIVE) {
        trainer_stop(run->trainer);
    } else if (run->stage == RUN_WAITING) {
        run->stage = RUN_NONE;
        training_look_back(app);
        log_training(app, "stopped");
    }
}

void training_clear(struct app *app)
{
    struct run *run = &app->run;
    trainer_free(run->trainer);
    nn_free(run->view.net);
    run->trainer = NULL;
    run->view.net = NULL;
}
