/* SPDX-License-Identifier: MIT */
#include "app/shell/flow.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/shell/state.h"
#include "app/state/finetuning.h"
#include "base/json_text.h"
#include "base/language.h"
#include "data/dataset.h"
#include "data/find.h"
#include "data/my_digits.h"
#include "model/model.h"
#include "train/rule.h"
#include "ui/format.h"

/* ---- who reads ------------------------------------------------------------------------------- */

bool app_reads_newest(const struct app *app)
{
    const struct training *run = &app->training;
    return run->stage == TRAINING_LIVE && run->view.net && run->view.weights > 0;
}

const struct nn *app_net(const struct app *app)
{
    if (app_reads_newest(app))
        return app->training.view.net;
    return app->models.current ? app->models.current->net : NULL;
}

/* Weights changed by hand have a number that no model has. */
#define EDITED (UINT64_C(1) << 63)

/* The model in use, with what was changed in it by hand. */
static struct reading_by by_model(const struct app *app)
{
    struct reading_by by = reader_by(app->models.current, app->models.number);
    if (!app->weight_edits.net)
        return by;
    by.net = app->weight_edits.net;
    by.model = EDITED | app->weight_edits.changes;
    return by;
}

/* What is known of a model is not known of weights that are still being learnt. */
struct reading_by flow_reader(const struct app *app)
{
    if (!app_reads_newest(app))
        return by_model(app);
    return (struct reading_by){
        .net = app->training.view.net,
        .model = app->models.number,
        .weights = app->training.view.weights,
        .rule = verdict_usual,
        .guess = true,
    };
}

/* Once for each model and each run: of whose weights read, which are the run's newest, or else
 * those of the model in use. */
static void tell_slow(struct app *app)
{
    const struct models *models = &app->models;
    bool newest = app->canvas.read.weights > 0;
    double seconds = app->canvas.answer.microseconds / 1e6;
    uint64_t *told = newest ? &app->flow.slow_run : &app->flow.slow_model;
    uint64_t number = newest ? app->training.number : models->number;
    char title[RECIPE_TITLE_MAX];
    if (seconds < VERDICT_SLOW_SECONDS || *told == number)
        return;
    *told = number;
    notices_say_about(&app->notices, NOTICE_MODEL, NOTICE_TROUBLE,
                      _("%s takes %.1f s to read a drawing, and the window waits for it."),
                      newest ? recipe_title(&app->training.view.recipe, title)
                             : model_name(models->current),
                      seconds);
    if (!newest && models->before)
        notices_offer(&app->notices, _("Go back"), ACT_MODEL_BACK);
}

bool flow_read(struct app *app)
{
    const struct reading_by by = flow_reader(app);
    bool before = app->canvas.answer.any;
    if (!canvas_read(&app->canvas, app->reader, &by))
        return false;
    if (app->canvas.answer.any)
        tell_slow(app);
    app->unlogged.prediction |= before || app->canvas.answer.any;
    return true;
}

void flow_poll_digits(struct app *app)
{
    digit_store_poll(&app->store);
    if (app->view != APP_MY_DIGITS)
        return;
    const struct reading_by by = by_model(app);
    digit_choice_read(&app->choice, app->store.list, &by);
}

/* ---- the data -------------------------------------------------------------------------------- */

static void log_data(const struct app *app)
{
    const struct dataset *train = library_train(app->library);
    log_event(&app->log, json_pack("{s:s, s:o, s:i, s:b}", "event", "data", "name",
                                   json_any_text(library_name(app->library)), "count",
                                   train ? (int)train->count : 0, "synthetic",
                                   (int)library_drawn(app->library)));
}

/* Who trains says himself why there is no data. */
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

/* With what the person corrected; those of the training before are freed once it is gone. */
static void launch_training(struct app *app)
{
    struct library *library = app->library;
    struct err err;
    struct dataset *corrected;
    const struct dataset *train = library_train(library);
    suspecting_follow(&app->suspecting, train, library_number(library));
    if (!suspecting_apply(&app->suspecting, train, &corrected, &err)) {
        training_give_up(&app->training, err.text);
        return;
    }
    const struct training_data data = {corrected ? corrected : train, library_test(library),
                                       corrected ? corrected->name : library_name(library)};
    training_launch(&app->training, &data);
    bool begun = app->training.stage == TRAINING_LIVE;
    dataset_free(begun ? app->corrected : corrected);
    if (begun)
        app->corrected = corrected;
    if (app->training.stage == TRAINING_LIVE && library_source(library) == LIBRARY_USUAL &&
        library_drawn(library))
        notices_say(&app->notices, NOTICE_WORD, "%s", find_note());
}

static void launch_finetuning(struct app *app)
{
    struct library *library = app->library;
    const struct finetuning_from from = {
        .model = app->models.current,
        .digits = app->store.list,
        .train = library_train(library),
        .test = library_test(library),
        .data = library_name(library),
    };
    finetuning_launch(app->finetuning, &from);
}

/* The library's sentence is said already. */
static void give_up_finetuning(struct app *app)
{
    finetuning_give_up(app->finetuning);
}

static void give_up_training(struct app *app)
{
    training_give_up(&app->training, library_trouble(app->library));
}

/* The set, or NULL with a sentence. *own is one that is to be freed. */
static const struct dataset *find_set(struct app *app, struct dataset *part, struct dataset **own,
                                      struct err *err)
{
    const struct dataset *train = library_train(app->library), *test = library_test(app->library);
    uint32_t held_back = app->form.recipe.hold_back;
    switch (app->evaluating.wanted) {
    case EVALUATING_TEST:
        err_set(err, _("%s has no test images."), library_name(app->library));
        return test;
    case EVALUATING_TRAIN:
        return train;
    case EVALUATING_HELD_BACK:
        if (held_back == 0 || held_back > train->count) {
            err_set(err, _("The form of the next training holds no images back."));
            return NULL;
        }
        *part = dataset_part(train, train->count - held_back, held_back);
        return part;
    case EVALUATING_MY_DIGITS: {
        const struct my_digit **digits = my_digits_all(app->store.list, err);
        if (digits)
            *own = my_digits_to_set((const struct my_digit *const *)digits,
                                    my_digits_count(app->store.list), err);
        free(digits);
        return *own;
    }
    case EVALUATING_STROKES:
    case EVALUATING_SETS:
        break;
    }
    return NULL;
}

uint64_t flow_images_number(const struct app *app, enum evaluating_set set)
{
    uint64_t number = library_number(app->library);
    switch (set) {
    case EVALUATING_MY_DIGITS:
        return my_digits_version(app->store.list);
    case EVALUATING_HELD_BACK:
        return number << 32 | app->form.recipe.hold_back;
    case EVALUATING_STROKES:
        return 0;
    default:
        return number;
    }
}

static void launch_evaluation(struct app *app)
{
    struct err err;
    struct dataset part, *own = NULL;
    enum evaluating_set wanted = app->evaluating.wanted;
    const struct dataset *set = find_set(app, &part, &own, &err);
    const struct evaluating_from from = {
        .model = app->models.current,
        .model_number = app->models.number,
        .set = set,
        .images_number = flow_images_number(app, wanted),
    };
    if (set || wanted == EVALUATING_STROKES) {
        evaluating_launch(&app->evaluating, &from);
    } else {
        evaluating_stop(&app->evaluating);
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
    }
    dataset_free(own);
}

/* The library's sentence is said where it has failed. */
static void feed_evaluation(struct app *app)
{
    enum library_state state = library_state(app->library);
    enum evaluating_set wanted = app->evaluating.wanted;
    bool own = wanted == EVALUATING_MY_DIGITS || wanted == EVALUATING_STROKES;
    if (!app->evaluating.waiting)
        return;
    if (own || state == LIBRARY_READY)
        launch_evaluation(app);
    else if (state == LIBRARY_FAILED)
        evaluating_stop(&app->evaluating);
    else
        library_load(app->library);
}

static void feed_suspecting(struct app *app)
{
    struct library *library = app->library;
    if (!app->suspecting.waiting)
        return;
    if (library_state(library) == LIBRARY_READY)
        suspecting_launch(&app->suspecting, library_train(library), library_number(library));
    else if (library_state(library) == LIBRARY_FAILED)
        suspecting_stop(&app->suspecting);
    else
        library_load(library);
}

/* Whoever waits for the data gets it, or learns that there is none. */
static void feed_waiting(struct app *app)
{
    static const struct {
        void (*launch)(struct app *app);
        void (*give_up)(struct app *app);
    } holders[] = {
        [HOLD_TRAINING] = {launch_training, give_up_training},
        [HOLD_FINETUNING] = {launch_finetuning, give_up_finetuning},
    };
    enum library_state state = library_state(app->library);
    if (!app->hold.waiting)
        return;
    if (state == LIBRARY_READY)
        holders[app->hold.holder].launch(app);
    else if (state == LIBRARY_FAILED)
        holders[app->hold.holder].give_up(app);
}

void flow_want_data(struct app *app)
{
    if (app->hold.waiting)
        library_load(app->library);
}

/* ---- models ---------------------------------------------------------------------------------- */

/* What became of a training: the model, with the figure of the set that it was measured on. */
/* "nielsen-30 (95.64 % of the validation images)", or the name alone where nothing was measured. */
static void write_measured(const struct model *model, char *text, size_t size)
{
    double accuracy = models_accuracy(&model->record);
    if (accuracy >= 0)
        snprintf(text, size, _("%s (%s of the %s)"), model_name(model),
                 ui_percent(accuracy, 2).text, models_measured_on(&model->record));
    else
        snprintf(text, size, "%s", model_name(model));
}

static void say_guessing(struct app *app, const struct model *model)
{
    const struct trainer_view *view = &app->training.view;
    char measured[80];
    snprintf(measured, sizeof measured, _("%s of the %s"),
             ui_percent(models_accuracy(&model->record), 2).text,
             models_measured_on(&model->record));
    notices_say_about(
        &app->notices, NOTICE_MODEL, NOTICE_TROUBLE,
        view->state == TRAINER_DONE
            ? _("Training done: %s still guesses (%s). Lower the learning rate (it "
                "is %g), or start again with another seed.")
            : _("Training stopped: %s still guesses (%s). Lower the learning rate (it "
                "is %g), or start again with another seed."),
        model_name(model), measured, (double)view->recipe.schedule.rate);
}

static void say_result(struct app *app, const struct model *model)
{
    struct notices *notices = &app->notices;
    double accuracy = models_accuracy(&model->record);
    bool guessing = accuracy >= 0 && accuracy < HISTORY_GUESSING;
    char measured[EVALUATED_NAME_MAX + 80];
    write_measured(model, measured, sizeof measured);
    if (guessing)
        say_guessing(app, model);
    else
        notices_say(notices, NOTICE_DONE,
                    app->training.view.state == TRAINER_DONE
                        ? _("Training done: %s is the model in use now, not saved yet.")
                        : _("Training stopped: %s is the model in use now, not saved yet."),
                    measured);
    if (guessing && app->models.before)
        notices_offer(notices, _("Go back"), ACT_MODEL_BACK);
    notices_offer(notices, _("Save"), ACT_MODEL_SAVE);
    if (!guessing && app->models.before)
        notices_offer(notices, _("Go back"), ACT_MODEL_BACK);
}

static void take_result(struct app *app)
{
    struct model *model = training_take_result(&app->training);
    if (!model)
        return;
    models_use(&app->models, model, "", true);
    say_result(app, model);
}

void flow_accept_hand(struct app *app)
{
    struct err err;
    if (finetuning_stage(app->finetuning) != FINETUNING_READY)
        return;
    struct model *model = finetuning_model(app->finetuning, &err);
    if (model) {
        models_use(&app->models, model, "", true);
        notices_say(&app->notices, NOTICE_DONE,
                    _("%s reads your drawing now; it is not saved yet."), model_name(model));
        notices_offer(&app->notices, _("Save"), ACT_MODEL_SAVE);
        notices_offer(&app->notices, _("Go back"), ACT_MODEL_BACK);
    } else {
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
    }
    finetuning_end(app->finetuning, model ? FINETUNING_ACCEPTED : FINETUNING_FAILED);
}

bool flow_model_is_at_risk(const struct app *app)
{
    const struct models *models = &app->models;
    return models->current && models->unsaved && !runs_hold(&models->current->record);
}

/* Once the first frame is shown, the result of a run is offered while no model here is it. */
static void settle_models(struct app *app)
{
    const struct models *models = &app->models;
    struct flow *seen = &app->flow;
    bool another = models->number != seen->model, saved = models->saved != seen->saved;
    if (models->opened != seen->opened || saved)
        settings_add_recent(&app->settings, models->path);
    if (saved)
        runs_drop_result(&models->current->record);
    if (another || saved)
        models_remember(models, app->settings.model);
    if (app->settled && (another || saved))
        flow_look_back(app);
    seen->model = models->number;
    seen->opened = models->opened;
    seen->saved = models->saved;
}

/* ---- runs ------------------------------------------------------------------------------------ */

void flow_look_back(struct app *app)
{
    const struct models *models = &app->models;
    struct training_unsaved unsaved = {.count = 0};
    if (models->current && models->unsaved)
        unsaved.records[unsaved.count++] = &models->current->record;
    if (models->before && models->before_unsaved)
        unsaved.records[unsaved.count++] = &models->before->record;
    training_look_back(&app->training, &unsaved);
    app->flow.runs = app->training.changes;
}

/* ---- all of it ------------------------------------------------------------------------------- */

/* They belong to one model. */
static void settle_edits(struct app *app)
{
    if (app->weight_edits.net && app->weight_edits.model != app->models.number)
        weight_edits_end(&app->weight_edits);
}

/* What is trained on, and by what, stands in the form of the next training. */
static void settle_form(struct app *app)
{
    const struct dataset *train = library_train(app->library);
    uint32_t images = train ? train->count : 0;
    if (images != app->form.images)
        train_form_set_images(&app->form, images);
    train_form_follow(&app->form, training_busy(&app->training) ? &app->training.recipe : NULL);
}

void flow_settle(struct app *app)
{
    watch_library(app);
    feed_waiting(app);
    feed_evaluation(app);
    feed_suspecting(app);
    take_result(app);
    settle_models(app);
    settle_form(app);
    settle_edits(app);
    if (app->training.changes != app->flow.runs)
        flow_look_back(app);
}

void flow_poll(struct app *app)
{
    training_poll(&app->training);
    finetuning_poll(app->finetuning);
    evaluating_poll(&app->evaluating);
    explaining_poll(&app->explaining);
    robustness_poll(&app->robustness);
    suspecting_poll(&app->suspecting);
    digit_map_poll(&app->digit_map);
    alike_poll(&app->alike, library_train(app->library), library_number(app->library));
    flow_settle(app);
}
