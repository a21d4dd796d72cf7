/* SPDX-License-Identifier: MIT */
/* training.c -- the way of a run: waiting for data, live, ended; and what becomes of its result. */
#include "app/state/training.h"

#include <stdio.h>
#include <string.h>

#include "app/host.h"
#include "app/job/hold.h"
#include "app/job/job.h"
#include "app/tell/log.h"
#include "app/tell/notice.h"
#include "base/json_text.h"
#include "base/language.h"
#include "base/lock_beside.h"
#include "data/dataset.h"
#include "model/model.h"
#include "nn/nn.h"
#include "train/report.h"

void training_begin(struct training *run, const struct training_means *means)
{
    run->means = *means;
    run->lock = -1;
}

bool training_busy(const struct training *run)
{
    return run->stage == TRAINING_WAITING || run->stage == TRAINING_LIVE;
}

bool training_is_held(const struct training *run)
{
    return run->stage == TRAINING_LIVE && run->view.state == TRAINER_PAUSED &&
           run->view.watch.number >= run->wanted_batch;
}

/* ---- those that are left --------------------------------------------------------------------- */

/* Whether it is the result that one of those models is. */
static bool is_unsaved(const struct training_unsaved *unsaved, const struct runs_item *item)
{
    bool is = false;
    for (int i = 0; i < unsaved->count && runs_is_result(item); i++)
        is |= report_is_of(unsaved->records[i], &item->recipe, item->seconds);
    return is;
}

void training_look_back(struct training *run, const struct training_unsaved *unsaved)
{
    struct runs *left = &run->left;
    int kept = 0;
    left->count = 0;
    if (training_busy(run))
        return;
    runs_find(left);
    for (int i = 0; i < left->count; i++)
        if (!is_unsaved(unsaved, &left->items[i]))
            left->items[kept++] = left->items[i];
    left->count = kept;
}

/* ---- the log --------------------------------------------------------------------------------- */

static void log_training(const struct training *run, const char *what)
{
    log_event(run->means.log,
              json_pack("{s:s, s:s, s:o, s:o}", "event", "training", "state", what, "recipe",
                        json_any_text(run->recipe.name), "net", json_any_text(run->recipe.net)));
}

static void log_epoch(const struct training *run, const struct history_epoch *epoch)
{
    log_event(run->means.log,
              json_pack("{s:s, s:i, s:i, s:o, s:o, s:o, s:o, s:o, s:o, s:f, s:f}", "event", "epoch",
                        "epoch", epoch->epoch, "epochs", run->view.recipe.epochs, "train_cost",
                        log_number((double)epoch->train_cost), "train_accuracy",
                        log_number((double)epoch->train_accuracy), "valid_cost",
                        log_number((double)epoch->valid_cost), "valid_accuracy",
                        log_number((double)epoch->valid_accuracy), "test_cost",
                        log_number((double)epoch->test_cost), "test_accuracy",
                        log_number((double)epoch->test_accuracy), "rate", (double)epoch->rate,
                        "seconds", (double)epoch->seconds));
}

/* ---- starting -------------------------------------------------------------------------------- */

/* The run that is in view becomes one of the past, if it has a curve to show. */
static void keep_past(struct training *run)
{
    if (run->stage != TRAINING_ENDED || run->view.history.point_count == 0)
        return;
    struct past_run past = {.number = run->number,
                            .recipe = run->view.recipe,
                            .history = run->view.history,
                            .seconds = run->view.seconds};
    memcpy(past.checkpoint, run->checkpoint, sizeof past.checkpoint);
    past_runs_add(&run->past, &past);
}

/* Goes on by the run's checkpoint, which is locked, or begins a new one. */
static void begin_run(struct training *run, const struct recipe *recipe, bool from_checkpoint)
{
    run->stopping = false;
    run->recipe = *recipe;
    if (run->means.has_seed && !from_checkpoint)
        run->recipe.seed = run->means.seed;
    memset(&run->view, 0, sizeof run->view);
    memset(&run->marks, 0, sizeof run->marks);
    run->view.recipe = run->recipe;
    run->number++;
    run->from_checkpoint = from_checkpoint;
    run->stage = TRAINING_WAITING;
    hold_take(run->means.hold, HOLD_TRAINING);
    if (run->means.notices->now.about != NOTICE_STORE)
        notices_put_away(run->means.notices); /* what is said of the run before is over */
    run->logged_epochs = 0;
    run->logged_batch = run->wanted_batch = 0;
    run->changes++;
}

/* Where as many are left as are kept. */
static void ask_to_start(struct training *run, const struct runs_item *item)
{
    char title[RECIPE_TITLE_MAX], progress[RUNS_PROGRESS_MAX];
    notices_say(
        run->means.notices, NOTICE_WORD,
        _("%d trainings can still go on, and no more are kept: a new one takes the place of %s "
          "(%s)."),
        run->left.count, recipe_title(&item->recipe, title), runs_progress(item, progress));
    if (runs_is_result(item))
        notices_offer_text(run->means.notices, _("Take it"), ACT_RESUME, item->path);
    else
        notices_offer(run->means.notices, _("Resume the newest"), ACT_RESUME);
    notices_offer_text(run->means.notices, _("Start anew"), ACT_START_ANEW, item->path);
}

static void start_new(struct training *run, const struct recipe *recipe, const char *gives_way)
{
    keep_past(run);
    snprintf(run->gives_way, sizeof run->gives_way, "%s", gives_way);
    runs_begin(run->checkpoint, &run->lock);
    begin_run(run, recipe, false);
}

void training_start(struct training *run, const struct recipe *recipe, const char *gives_way)
{
    struct err err;
    const struct runs_item *item = runs_in_the_way(&run->left);
    if (!hold_is_free(run->means.hold, &err) || !recipe_check(recipe, &err))
        notices_say(run->means.notices, NOTICE_TROUBLE, "%s", err.text);
    else if (item && (!gives_way || strcmp(item->path, gives_way) != 0))
        ask_to_start(run, item);
    else
        start_new(run, recipe, item ? item->path : "");
}

void training_resume(struct training *run, const char *path)
{
    struct err err;
    const struct runs_item *item = path                ? runs_at(&run->left, path)
                                   : run->left.count ? &run->left.items[0]
                                                     : NULL;
    if (!item || !hold_is_free(run->means.hold, NULL))
        return;
    if (!runs_take(item->path, &run->lock, &err)) {
        run->changes++;
        notices_say(run->means.notices, NOTICE_TROUBLE, "%s", err.text);
        return;
    }
    struct recipe recipe = item->recipe;
    if (strcmp(run->checkpoint, item->path) != 0) /* else it is the one in view that goes on */
        keep_past(run);
    past_runs_drop(&run->past, item->path);
    run->gives_way[0] = 0;
    memcpy(run->checkpoint, item->path, sizeof run->checkpoint);
    begin_run(run, &recipe, true);
}

/* ---- and what becomes of them ---------------------------------------------------------------- */

void training_discard_ask(struct training *run, const char *path)
{
    const struct runs_item *item = runs_at(&run->left, path);
    char title[RECIPE_TITLE_MAX], progress[RUNS_PROGRESS_MAX];
    if (!item)
        return;
    notices_say(run->means.notices, NOTICE_WORD,
                _("Throw away the training of %s (%s)? It cannot be brought back."),
                recipe_title(&item->recipe, title), runs_progress(item, progress));
    notices_offer_text(run->means.notices, _("Throw away"), ACT_RUN_DISCARD_SURE, item->path);
}

void training_discard(struct training *run, const char *path)
{
    struct err err;
    if (!runs_remove(path, &err))
        notices_say(run->means.notices, NOTICE_TROUBLE, "%s", err.text);
    run->changes++;
}

/* ---- on the way to the trainer --------------------------------------------------------------- */

/* Stops it if need be; nobody holds the checkpoint from then on. */
static void free_trainer(struct training *run)
{
    if (run->job)
        trainer_leave(run->trainer);
    job_end(run->job);
    run->job = NULL;
    trainer_free(run->trainer);
    hold_give(run->means.hold, HOLD_TRAINING);
    nn_free(run->view.net);
    run->trainer = NULL;
    run->view.net = NULL;
    lock_beside_leave(run->checkpoint, run->lock);
    run->lock = -1;
}

void training_give_up(struct training *run, const char *why)
{
    run->stage = TRAINING_NONE;
    free_trainer(run);
    run->changes++;
    notices_say(run->means.notices, NOTICE_TROUBLE, "%s", why);
    log_training(run, "failed");
}

static void run_trainer(struct job *job, void *trainer)
{
    (void)job; /* the trainer shows how far it is, and hears when it is to stop */
    trainer_run(trainer);
}

/* False with a sentence. */
static bool start_trainer(struct training *run, const struct training_data *data, struct err *err)
{
    const struct training_means *means = &run->means;
    struct trainer_setup setup = {
        .recipe = run->recipe,
        .train = data->train,
        .test = data->test,
        .called = _("This run"),
        .remedy = _("choose them in the Data menu, then Resume"),
        .kern = means->kern,
        .threads = means->threads,
        .pace = run->pace,
        .fits_rule = true,
        .checkpoint = run->checkpoint,
        .unstarted = true,
        .wake = means->host->wake,
        .wake_context = means->host->user,
    };
    run->trainer = run->from_checkpoint ? trainer_resume(&setup, run->checkpoint, err)
                                        : trainer_start(&setup, err);
    if (!run->trainer || !(run->view.net = trainer_net(run->trainer, err)))
        return false;
    const struct job_setup job = {
        .run = run_trainer, .work = run->trainer, .purpose = _("for the training")};
    run->job = job_start(&job, err);
    return run->job != NULL;
}

/* Where it is now. */
static void mark_place(struct training *run, enum run_mark_kind kind, float rate)
{
    float epoch = (float)(run->view.progress * run->view.recipe.epochs);
    run_marks_add(&run->marks, (struct run_mark){kind, epoch, rate});
}

void training_launch(struct training *run, const struct training_data *data)
{
    struct err err;
    hold_begin(run->means.hold);
    if (!start_trainer(run, data, &err)) {
        training_give_up(run, err.text);
        return;
    }
    if (run->gives_way[0]) /* one that another window took up meanwhile is in nobody's way */
        runs_remove(run->gives_way, NULL);
    run->stage = TRAINING_LIVE;
    snprintf(run->data, sizeof run->data, "%s", data->name);
    trainer_poll(run->trainer, &run->view);
    run->recipe = run->view.recipe;
    if (run->from_checkpoint)
        mark_place(run, RUN_MARK_RESUMED, 0);
    run->sets = *data;
    log_training(run, run->from_checkpoint ? "resumed" : "started");
}

/* ---- the result ------------------------------------------------------------------------------ */

/* The weights to keep, as a model. NULL with a sentence. */
static struct model *make_result(struct training *run, struct err *err)
{
    struct nn *net = trainer_net(run->trainer, err);
    if (!net)
        return NULL;
    int epoch = trainer_result(run->trainer, net);
    struct report report = {
        .view = &run->view,
        .epoch = epoch,
        .train = run->sets.train,
        .test = run->sets.test,
        .threads = run->means.threads,
    };
    return report_model(&report, net, err);
}

static void end_run(struct training *run)
{
    enum trainer_state state = run->view.state;
    struct err err;
    static const char *const names[] = {
        [TRAINER_DONE] = "done", [TRAINER_STOPPED] = "stopped", [TRAINER_FAILED] = "failed",
    };
    run->stage = TRAINING_ENDED;
    log_training(run, names[state]);
    if (state == TRAINER_FAILED)
        notices_say(run->means.notices, NOTICE_TROUBLE, "%s", run->view.trouble);
    else if ((state == TRAINER_DONE || run->view.history.epoch_count > 0) &&
             !(run->result = make_result(run, &err)))
        notices_say(run->means.notices, NOTICE_TROUBLE, "%s", err.text);
    free_trainer(run);
    run->changes++;
}

/* ---- on the way ------------------------------------------------------------------------------ */

static void log_new_epochs(struct training *run)
{
    const struct history *history = &run->view.history;
    while (run->logged_epochs < history->epoch_count)
        log_epoch(run, &history->epochs[run->logged_epochs++]);
}

static void log_new_batch(struct training *run)
{
    const struct watch *watch = &run->view.watch;
    if (run->logged_batch == watch->number)
        return;
    run->logged_batch = watch->number;
    log_event(run->means.log,
              json_pack("{s:s, s:i, s:I, s:I, s:I, s:I, s:f, s:f, s:f, s:f}", "event", "mini-batch",
                        "epoch", watch->epoch, "step", (json_int_t)watch->step, "steps",
                        (json_int_t)watch->steps, "count", (json_int_t)watch->count, "correct",
                        (json_int_t)watch->correct, "cost", watch->cost, "rate",
                        (double)watch->rate, "moved", watch->moved, "length", watch->length));
}

static void watch_trainer(struct training *run)
{
    char before[sizeof run->view.trouble];
    memcpy(before, run->view.trouble, sizeof before);
    trainer_poll(run->trainer, &run->view);
    log_new_batch(run);
    log_new_epochs(run);
    if (run->view.state >= TRAINER_DONE)
        end_run(run);
    else if (run->view.trouble[0] && strcmp(before, run->view.trouble) != 0)
        notices_say(run->means.notices, NOTICE_TROUBLE, "%s", run->view.trouble);
}

void training_poll(struct training *run)
{
    if (run->stage == TRAINING_LIVE)
        watch_trainer(run);
}

struct model *training_take_result(struct training *run)
{
    struct model *result = run->result;
    run->result = NULL;
    return result;
}

void training_pause(struct training *run)
{
    if (run->stage != TRAINING_LIVE)
        return;
    bool paused = run->view.state == TRAINER_PAUSED;
    if (run->pace == TRAINER_STEP)
        training_set_pace(run, paused ? run->flow : TRAINER_STEP);
    else
        (paused ? trainer_continue : trainer_pause)(run->trainer);
    if (!paused)
        mark_place(run, RUN_MARK_PAUSED, 0);
    log_training(run, paused ? "continued" : "paused");
}

/* A click trains a mini-batch, however it was held before. */
void training_set_pace(struct training *run, enum trainer_pace pace)
{
    run->pace = pace;
    run->wanted_batch = 0;
    if (pace != TRAINER_STEP)
        run->flow = pace;
    if (run->stage != TRAINING_LIVE)
        return;
    trainer_set_pace(run->trainer, pace);
    if (pace == TRAINER_STEP)
        trainer_continue(run->trainer);
}

void training_step(struct training *run, int count)
{
    if (run->stage != TRAINING_LIVE)
        return;
    if (run->pace != TRAINER_STEP)
        training_set_pace(run, TRAINER_STEP);
    uint64_t done = run->view.watch.number;
    run->wanted_batch = (uint64_t)count + (run->wanted_batch > done ? run->wanted_batch : done);
    trainer_step(run->trainer, count);
}

void training_set_rate(struct training *run, float rate)
{
    if (run->stage != TRAINING_LIVE)
        return;
    trainer_set_rate(run->trainer, rate);
    mark_place(run, RUN_MARK_RATE, rate);
}

void training_stop(struct training *run)
{
    if (run->stage == TRAINING_LIVE) {
        trainer_stop(run->trainer);
        run->stopping = true;
    } else if (run->stage == TRAINING_WAITING) {
        run->stage = TRAINING_NONE;
        free_trainer(run);
        run->changes++;
        log_training(run, "stopped");
    }
}

void training_clear(struct training *run)
{
    if (training_busy(run))
        free_trainer(run);
    model_free(run->result);
    runs_clear(&run->left);
}
