/* SPDX-License-Identifier: MIT */
/* inkling train: trains by a recipe and saves the model. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/files.h"
#include "base/json_text.h"
#include "base/language.h"
#include "base/lock_beside.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/finetune.h"
#include "cli/images.h"
#include "cli/interrupt.h"
#include "cli/options.h"
#include "cli/out.h"
#include "cli/show.h"
#include "cli/strokes.h"
#include "cli/train_wishes.h"
#include "data/dataset.h"
#include "data/find.h"
#include "data/unipen.h"
#include "eval/evaluate.h"
#include "model/model.h"
#include "nn/nn.h"
#include "par/pool.h"
#include "train/report.h"
#include "train/trainer.h"

static const char name[] = "train";
static const double LOCK_SECONDS = 0.1; /* a window that looks for runs holds it for a moment */

enum { WAIT_MS = 100, RESUME_MAX = 8 * FILES_PATH_MAX };

/* What it takes, from the wishes to the end. */
struct job {
    struct train_wishes wishes;
    const struct kern *kern;
    struct recipe recipe;
    float new_rate; /* in place of the recipe's or the checkpoint's; 0: as it was */
    int threads;
    bool json, quiet, lines; /* lines: JSON lines for each epoch */
    struct out out;
    char resume[FILES_PATH_MAX];     /* the checkpoint to go on from, or "" */
    char checkpoint[FILES_PATH_MAX]; /* the one to write; its lock, or -1: */
    int lock;
    struct dataset *train, *test, *others; /* others: strokes of writers not trained on */
    struct unipen *strokes;
    struct trainer *trainer;
    struct trainer_view view;
    int shown; /* epochs on stdout */
};

/* ---- before ------------------------------------------------------------------------------ */

/* The checkpoint stands beside the model: digits.safetensors, digits.checkpoint. */
static void replace_end(const char *path, const char *from, const char *to, char *out)
{
    size_t len = strlen(path) - (text_ends_with(path, from) ? strlen(from) : 0);
    snprintf(out, FILES_PATH_MAX, "%.*s%s", (int)len, path, to);
}

static bool apply_settings(const struct train_wishes *wishes, struct job *job)
{
    struct err err;
    for (int i = 0; i < TRAIN_SETTINGS; i++) {
        const char *value = wishes->settings[i];
        if (!value)
            continue;
        if (wishes->resume && strcmp(train_setting_key(i), "rate") != 0) {
            options_refuse(name,
                           _("--resume goes on by the recipe of the checkpoint; leave out --%s."),
                           train_setting_key(i));
            return false;
        }
        if (!recipe_set(&job->recipe, train_setting_key(i), value, &err)) {
            options_refuse(name, "%s", err.text);
            return false;
        }
    }
    return true;
}

/* Fills in the recipe of the job. Where a run is resumed, of its checkpoint. */
static enum cli_status choose_recipe(const struct train_wishes *wishes, struct job *job)
{
    struct err err;
    if (wishes->resume) {
        if (wishes->recipe)
            return options_refuse(
                name, _("--resume goes on by the recipe of the checkpoint; leave out --recipe."));
        bool is_model = text_ends_with(wishes->resume, ".safetensors");
        replace_end(wishes->resume, ".safetensors", is_model ? ".checkpoint" : "", job->resume);
        if (!trainer_peek(job->resume, &job->recipe, NULL, NULL, &err))
            return show_failure(&err);
    } else if (!recipe_find(wishes->recipe ? wishes->recipe : "nielsen-30", &job->recipe, &err)) {
        return options_refuse(name, "%s", err.text);
    }
    float rate = job->recipe.schedule.rate;
    if (!apply_settings(wishes, job))
        return CLI_WRONG;
    if (job->recipe.schedule.rate != rate)
        job->new_rate = job->recipe.schedule.rate;
    if (!recipe_check(&job->recipe, &err))
        return options_refuse(name, "%s", err.text);
    return CLI_DONE;
}

/* The file to write must be possible before hours are spent on what goes into it. */
static bool choose_out(const struct train_wishes *wishes, struct job *job, struct err *err)
{
    char *path = job->out.path;
    if (wishes->out && strlen(wishes->out) >= FILES_PATH_MAX - 16)
        return err_set(err, _("The path after --out is too long; choose a shorter one."));
    if (wishes->out) {
        snprintf(path, FILES_PATH_MAX, "%s", wishes->out);
    } else if (job->resume[0]) {
        replace_end(job->resume, ".checkpoint", ".safetensors", path);
    } else if (!out_free(job->recipe.name, &job->out, err)) {
        return false;
    }
    if (!files_name(path)[0] || files_is_folder(path))
        return err_set(err, _("--out must name a file, and \"%s\" is none; add a name to it."),
                       path);
    replace_end(path, ".safetensors", ".checkpoint", job->checkpoint);
    return files_can_write(path, err) && files_can_write(job->checkpoint, err);
}

static bool lock_out(struct job *job, struct err *err)
{
    return lock_beside_take(job->checkpoint, LOCK_SECONDS, &job->lock) ||
           err_set(err,
                   _("Another training writes to %s; wait until it ends, or choose another file "
                     "with --out."),
                   job->out.path);
}

/* Test images are a bonus: a folder may have none, and real ones are not mixed with drawn ones. */
static bool load_data(const struct train_wishes *wishes, struct job *job, struct err *err)
{
    const char *folder = wishes->data;
    bool transpose = wishes->transpose != NULL;
    job->train = images_load(folder, DATASET_TRAIN, transpose, job->quiet, err);
    if (!job->train)
        return false;
    if (job->train->synthetic)
        show_note(job->quiet, find_note());
    if (folder && folder[0] && !find_here(folder, DATASET_TEST)) {
        show_note(job->quiet,
                  _("There are no test images there, so no test accuracy is measured."));
        return true;
    }
    job->test = images_load(folder, DATASET_TEST, transpose, job->quiet, err);
    if (!job->test)
        return false;
    if (job->test->synthetic != job->train->synthetic) {
        dataset_free(job->test);
        job->test = NULL;
    }
    return true;
}

static bool fit_others(struct job *job, const struct unipen *others, struct err *err)
{
    struct pool *pool = others->count > 0 ? pool_new(job->threads, false, err) : NULL;
    if (pool)
        job->others = evaluate_strokes(others, pool, err);
    pool_free(pool);
    return others->count == 0 || job->others;
}

/* Pen strokes, parted by writer; none is fine. */
static bool load_strokes(const struct train_wishes *wishes, struct job *job, struct err *err)
{
    if (!wishes->strokes) {
        if (job->recipe.stroke_share > 0)
            show_note(job->quiet, _("The recipe mixes in pen strokes, and none are given "
                                    "(--strokes FILE); it trains on the images alone."));
        return true;
    }
    if (job->recipe.stroke_share <= 0)
        return err_set(err,
                       _("This recipe trains on no pen strokes; say how many for each image, such "
                         "as --stroke-share 0.5, or leave out --strokes."));
    struct unipen *others;
    job->strokes = strokes_load(wishes->strokes, wishes->writers, job->quiet, &others, err);
    bool ok = job->strokes && fit_others(job, others, err);
    if (job->strokes)
        unipen_free(others);
    return ok;
}

/* ---- while it runs ------------------------------------------------------------------------- */

/* A float in as few digits as it has: 0.9902, not 0.990199983. */
static double tidy(float value)
{
    char text[32];
    snprintf(text, sizeof text, "%.7g", (double)value);
    return strtod(text, NULL);
}

/* What was not measured is null. */
static json_t *measure_json(float value)
{
    return value >= 0 ? json_real(tidy(value)) : json_null();
}

static json_t *epoch_json(const struct history_epoch *e)
{
    return json_pack("{s:i,s:f,s:f,s:o,s:o,s:o,s:o,s:f,s:f}", "epoch", e->epoch, "train_cost",
                     tidy(e->train_cost), "train_accuracy", tidy(e->train_accuracy), "valid_cost",
                     measure_json(e->valid_cost), "valid_accuracy", measure_json(e->valid_accuracy),
                     "test_cost", measure_json(e->test_cost), "test_accuracy",
                     measure_json(e->test_accuracy), "rate", tidy(e->rate), "seconds",
                     tidy(e->seconds));
}

static void print_line(const struct history_epoch *epoch, FILE *out)
{
    json_t *line = epoch_json(epoch);
    json_object_set_new(line, "event", json_string("epoch"));
    char *text = json_text(line, JSON_COMPACT | JSON_REAL_PRECISION(9), NULL);
    if (text)
        fprintf(out, "%s\n", text);
    fflush(out);
    free(text);
    json_decref(line);
}

static void print_percent(float value)
{
    if (value >= 0)
        printf("  %8.2f %%", (double)value * 100);
    else
        printf("  %10s", "");
}

/* A row of the table; its heading first. */
static void print_row(const struct job *job, const struct history_epoch *epoch)
{
    if (job->shown == 0)
        printf(_("epoch  training cost    training  validation        test    seconds\n"));
    printf("%5d  %13.5f", epoch->epoch, (double)epoch->train_cost);
    print_percent(epoch->train_accuracy);
    print_percent(epoch->valid_accuracy);
    print_percent(epoch->test_accuracy);
    printf("  %9.3f\n", (double)epoch->seconds);
    fflush(stdout);
}

static void show_epochs(struct job *job)
{
    for (; job->shown < job->view.history.epoch_count; job->shown++) {
        const struct history_epoch *epoch = &job->view.history.epochs[job->shown];
        if (job->lines)
            print_line(epoch, job->json ? stderr : stdout);
        else if (!job->json)
            print_row(job, epoch);
    }
}

static void draw_progress(const struct job *job, struct progress *progress)
{
    char text[100];
    snprintf(text, sizeof text, "epoch %d of %d, %.0f images/s, %.0f s left", job->view.epoch,
             job->view.recipe.epochs, job->view.images_per_second, job->view.seconds_left);
    progress_draw(progress, job->view.progress, text);
}

static void watch(struct job *job)
{
    struct progress progress = progress_new(job->quiet);
    bool ended = false, stopping = false;
    while (!ended) {
        ended = trainer_wait(job->trainer, WAIT_MS);
        trainer_poll(job->trainer, &job->view);
        if (job->shown < job->view.history.epoch_count)
            progress_clear(&progress);
        show_epochs(job);
        if (!ended)
            draw_progress(job, &progress);
        if (interrupt_noted() && !stopping) {
            stopping = true;
            trainer_stop(job->trainer);
        }
    }
    progress_clear(&progress);
}

static bool start(struct job *job, struct err *err)
{
    struct trainer_setup setup = {
        .recipe = job->recipe,
        .train = job->train,
        .test = job->test,
        .strokes = job->strokes,
        .others = job->others,
        .test_each_epoch = true,
        .fits_rule = true,
        .remedy = N_("name them with --data, --strokes and --writers as they were, or start the "
                     "training again"),
        .kern = job->kern,
        .rate = job->new_rate,
        .threads = job->threads,
        .foreground = true,
        .checkpoint = job->checkpoint,
    };
    interrupt_catch();
    job->trainer =
        job->resume[0] ? trainer_resume(&setup, job->resume, err) : trainer_start(&setup, err);
    return job->trainer != NULL;
}

/* ---- the end ------------------------------------------------------------------------------- */

/* The test accuracy of the weights that are kept, or -1. */
static float find_test_accuracy(const struct job *job, int epoch)
{
    const struct history *history = &job->view.history;
    if (epoch == 0 && job->view.state == TRAINER_DONE)
        epoch = history->epoch_count;
    return epoch > 0 ? history->epochs[epoch - 1].test_accuracy : -1;
}

static json_t *job_json(const struct job *job, int epoch)
{
    const struct trainer_view *view = &job->view;
    json_t *epochs = json_array();
    for (int i = 0; i < view->history.epoch_count; i++)
        json_array_append_new(epochs, epoch_json(&view->history.epochs[i]));
    double images = view->progress * view->recipe.epochs * view->train_count;
    return json_pack(
        "{s:s,s:s,s:I,s:i,s:o,s:b,s:I,s:I,s:o,s:i,s:o,s:f,s:f,s:b,s:o}", "recipe",
        view->recipe.name, "net", view->recipe.net, "seed", (json_int_t)view->recipe.seed,
        "threads", job->threads, "data", json_any_text(job->train->name), "synthetic",
        job->train->synthetic,
        "images", (json_int_t)view->train_count, "held_back", (json_int_t)view->valid_count,
        "epochs", epochs, "saved_epoch", epoch > 0 ? epoch : view->history.epoch_count,
        "test_accuracy", measure_json(find_test_accuracy(job, epoch)), "seconds", view->seconds,
        "images_per_second", view->seconds > 0 ? images / view->seconds : 0.0, "stopped",
        view->state == TRAINER_STOPPED, "model", json_any_text(job->out.path));
}

static bool save_model(struct job *job, int *epoch, struct err *err)
{
    struct nn *net = nn_new(job->view.recipe.net, err);
    if (!net)
        return false;
    *epoch = trainer_result(job->trainer, net);
    struct report report = {
        .view = &job->view,
        .epoch = *epoch,
        .train = job->train,
        .test = job->test,
        .strokes = job->strokes,
        .strokes_file = job->strokes ? job->wishes.strokes : NULL,
        .writers = job->wishes.writers,
        .threads = job->threads,
    };
    struct model *model = report_model(&report, net, err);
    bool plain = !job->wishes.out && !job->out.renamed;
    bool named = model && (plain || model_name_after(model, job->out.path, err));
    bool ok = named && model_save(model, job->out.path, err);
    model_free(model);
    return ok;
}

/* The file that is written to when one goes on from the checkpoint and says no more. */
static bool is_usual_out(const struct job *job)
{
    char usual[FILES_PATH_MAX];
    replace_end(job->checkpoint, ".checkpoint", ".safetensors", usual);
    return strcmp(usual, job->out.path) == 0;
}

static void print_summary(const struct job *job, int epoch)
{
    const struct trainer_view *view = &job->view;
    char command[RESUME_MAX];
    FILE *out = job->lines || ferror(stdout) ? stderr : stdout;
    if (job->quiet && job->lines)
        return;
    float accuracy = find_test_accuracy(job, epoch);
    if (epoch > 0)
        fprintf(out, _("Kept the weights of epoch %d, the best on the %u images held back.\n"),
                epoch, view->valid_count);
    if (accuracy >= 0) {
        double a = (double)accuracy, error = evaluate_error(a, job->test->count);
        fprintf(out, _("Test accuracy %.2f %% (standard error %.2f) after %.2f s of training.\n"),
                100 * a, 100 * error, view->seconds);
    }
    show_line(out,
              job->out.renamed ? _("Saved %s (a new name, since the plain one is taken)")
                               : _("Saved %s"),
              job->out.path);
    if (view->state == TRAINER_STOPPED && files_exist(job->checkpoint))
        show_line(out, _("Stopped at %.1f of %d epochs; go on with: %s"),
                  view->progress * view->recipe.epochs, view->recipe.epochs,
                  train_wishes_resume(&job->wishes, job->checkpoint,
                                      is_usual_out(job) ? NULL : job->out.path, command,
                                      sizeof command));
}

/* What was learnt is not lost with the model's file: the checkpoint has it. */
static enum cli_status refuse_save(const struct job *job, const struct err *err)
{
    char command[RESUME_MAX];
    if (!files_exist(job->checkpoint))
        return show_failure(err);
    show_line(stderr,
              _("inkling: %s What was learnt is kept in %s; save it elsewhere with: %s --out FILE"),
              err->text, job->checkpoint,
              train_wishes_resume(&job->wishes, job->checkpoint, NULL, command, sizeof command));
    return CLI_FAILED;
}

static enum cli_status finish(struct job *job)
{
    struct err err;
    int epoch;
    if (job->view.state == TRAINER_FAILED) {
        err_set(&err, "%s", job->view.trouble);
        return show_failure(&err);
    }
    if (job->view.trouble[0])
        show_note(job->quiet, job->view.trouble);
    if (!save_model(job, &epoch, &err))
        return refuse_save(job, &err);
    if (job->view.state == TRAINER_DONE)
        unlink(job->checkpoint);
    if (job->json)
        return show_json(job_json(job, epoch));
    print_summary(job, epoch);
    return CLI_DONE;
}

static enum cli_status prepare(const struct train_wishes *wishes, struct job *job)
{
    struct err err;
    job->json = wishes->json != NULL;
    job->quiet = wishes->quiet != NULL;
    job->lines = wishes->progress != NULL;
    if (wishes->writers && !wishes->strokes)
        return options_refuse(name, _("--writers chooses among pen strokes; name their file with "
                                      "--strokes."));
    if (wishes->trust)
        return options_refuse(name, _("--trust is for the model of --tune."));
    if (job->lines && strcmp(wishes->progress, "json") != 0)
        return options_refuse(name, _("There is no --progress %s; it can be json."),
                              wishes->progress);
    job->threads = pool_cores();
    if (!options_whole(name, "threads", wishes->threads, 1, POOL_THREADS_MAX, &job->threads))
        return CLI_WRONG;
    enum cli_status status = choose_recipe(wishes, job);
    if (status != CLI_DONE)
        return status;
    if (!choose_out(wishes, job, &err) || !lock_out(job, &err) || !load_data(wishes, job, &err) ||
        !load_strokes(wishes, job, &err) || !start(job, &err))
        return show_failure(&err);
    return CLI_DONE;
}

/* Learning a hand goes by its own way; the same names serve for files and people. */
static int tune(const struct train_wishes *wishes, const struct kern *kern)
{
    struct finetune_wishes tuning = {
        .model = wishes->tune,
        .strokes = wishes->strokes,
        .writers = wishes->writers,
        .data = wishes->data,
        .out = wishes->out,
        .threads = pool_cores(),
        .trust = wishes->trust != NULL,
        .json = wishes->json != NULL,
        .quiet = wishes->quiet != NULL,
        .transpose = wishes->transpose != NULL,
    };
    if (wishes->recipe || wishes->resume || wishes->progress)
        return options_refuse(name, _("--tune goes by its own recipe; leave out --%s."),
                              wishes->recipe   ? "recipe"
                              : wishes->resume ? "resume"
                                               : "progress");
    for (int i = 0; i < TRAIN_SETTINGS; i++)
        if (wishes->settings[i])
            return options_refuse(name, _("--tune goes by its own recipe; leave out --%s."),
                                  train_setting_key(i));
    if (wishes->writers && !wishes->strokes)
        return options_refuse(name, _("--writers chooses among pen strokes; name their file with "
                                      "--strokes."));
    if (!options_whole(name, "threads", wishes->threads, 1, POOL_THREADS_MAX, &tuning.threads))
        return CLI_WRONG;
    return cli_finetune(&tuning, kern);
}

int cli_train(int argc, char **argv, const struct kern *kern)
{
    struct train_wishes wishes = {0};
    enum options_result read = train_wishes_read(argc, argv, &wishes);
    if (read != OPTIONS_READ)
        return read == OPTIONS_HELPED ? CLI_DONE : CLI_WRONG;
    if (wishes.tune)
        return tune(&wishes, kern);
    struct job *job = calloc(1, sizeof *job);
    if (!job) {
        struct err err;
        err_memory(&err, _("the training"));
        return show_failure(&err);
    }
    job->wishes = wishes;
    job->kern = kern;
    job->lock = -1;
    enum cli_status status = prepare(&wishes, job);
    if (status == CLI_DONE) {
        watch(job);
        status = finish(job);
    }
    trainer_free(job->trainer);
    lock_beside_leave(job->checkpoint, job->lock);
    dataset_free(job->train);
    dataset_free(job->test);
    dataset_free(job->others);
    unipen_free(job->strokes);
    free(job);
    return status;
}
