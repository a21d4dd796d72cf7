/* SPDX-License-Identifier: MIT */
#include "app/state/evaluating.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/host.h"
#include "app/job/job.h"
#include "app/tell/log.h"
#include "app/tell/notice.h"
#include "base/err.h"
#include "base/json_text.h"
#include "base/language.h"
#include "data/unipen.h"
#include "eval/evaluate.h"
#include "model/model.h"
#include "par/pool.h"

static const struct {
    const char *name, *label;
} sets[EVALUATING_SETS] = {
    [EVALUATING_TEST] = {"test", N_("Test images")},
    [EVALUATING_TRAIN] = {"train", N_("Training images")},
    [EVALUATING_HELD_BACK] = {"held-back", N_("Images held back")},
    [EVALUATING_MY_DIGITS] = {"mine", N_("My digits")},
    [EVALUATING_STROKES] = {"strokes", N_("A file of strokes\u2026")},
};

const char *evaluating_set_name(enum evaluating_set set)
{
    return sets[set].name;
}

const char *evaluating_set_label(enum evaluating_set set)
{
    return _(sets[set].label);
}

int evaluating_find_set(const char *name)
{
    for (int i = 0; i < EVALUATING_SETS; i++)
        if (strcmp(sets[i].name, name) == 0)
            return i;
    return -1;
}

/* ---- one evaluation -------------------------------------------------------------------------- */

struct evaluating_work {
    /* set before the job starts, then only read */
    struct model *model;
    const struct kern *kern;
    int threads;
    char path[FILES_PATH_MAX]; /* of the strokes, where the result has no set yet */

    /* the job's until it is over; then the window's */
    struct evaluated *result;
    bool done;
    struct err err;

    struct job *job; /* the window's thread's */
};

static void free_result(struct evaluated *result)
{
    if (!result)
        return;
    measure_clear(&result->measure);
    dataset_free(result->set);
    free(result->best);
    free(result->confidence);
    free(result->verdict);
    free(result->other);
    free(result);
}

static void free_work(struct evaluating_work *work)
{
    if (!work)
        return;
    job_end(work->job);
    model_free(work->model);
    free_result(work->result);
    free(work);
}

/* ---- on the job's thread --------------------------------------------------------------------- */

/* For the answers to its set. */
static bool make_room(struct evaluated *result, struct err *err)
{
    size_t count = result->set->count;
    result->best = malloc(count + 1);
    result->verdict = malloc(count + 1);
    result->confidence = malloc((count + 1) * sizeof *result->confidence);
    return (result->best && result->verdict && result->confidence) ||
           err_memory(err, _("the evaluation"));
}

static bool read_strokes(struct evaluating_work *work, struct pool *pool)
{
    struct unipen *strokes = unipen_load(work->path, &work->err);
    if (strokes && strokes->count == 0)
        err_set(&work->err, _("%s holds no digits."), files_name(work->path));
    else if (strokes)
        work->result->set = evaluate_strokes(strokes, pool, &work->err);
    unipen_free(strokes);
    return work->result->set;
}

/* The answer to each image, as the canvas would say it. */
static void judge_each(struct evaluating_work *work)
{
    struct evaluated *result = work->result;
    const struct measure *measure = &result->measure;
    const struct verdict_rule *rule = &measure->rule;
    for (uint32_t i = 0; i < result->set->count; i++) {
        struct verdict_probabilities read = measure_read(measure, work->model->net, i);
        enum verdict verdict = verdict_judge(rule, &read);
        result->best[i] = (uint8_t)read.best;
        result->confidence[i] = read.of[read.best];
        result->verdict[i] = (uint8_t)(measure->guesses ? verdict_of_guess(verdict) : verdict);
    }
}

static void evaluate(struct job *job, void *context)
{
    struct evaluating_work *work = context;
    struct pool *pool = pool_new(work->threads, true, &work->err);
    struct evaluated *result = work->result;
    if (pool && (result->set || read_strokes(work, pool)) && make_room(result, &work->err)) {
        const struct measure_setup setup = {work->model, work->kern, pool,
                                            result->set, job_go_on, job};
        work->done = measure_run(&setup, &result->measure, &work->err);
    }
    pool_free(pool);
    if (work->done)
        judge_each(work);
}

/* ---- on the window's thread ------------------------------------------------------------------ */

void evaluating_begin(struct evaluating *evaluating, const struct app_means *means)
{
    evaluating->means = *means;
}

void evaluating_end(struct evaluating *evaluating)
{
    if (evaluating->work)
        job_stop(evaluating->work->job);
    free_work(evaluating->work);
    free_result(evaluating->result);
    *evaluating = (struct evaluating){.waiting = false};
}

bool evaluating_busy(const struct evaluating *evaluating)
{
    return evaluating->waiting || evaluating->work;
}

double evaluating_progress(const struct evaluating *evaluating)
{
    return evaluating->work ? job_progress(evaluating->work->job) : 0;
}

void evaluating_start(struct evaluating *evaluating, enum evaluating_set set)
{
    if (evaluating_busy(evaluating))
        return;
    evaluating->waiting = true;
    evaluating->wanted = set;
}

void evaluating_start_file(struct evaluating *evaluating, const char *path)
{
    if (evaluating_busy(evaluating))
        return;
    snprintf(evaluating->path, sizeof evaluating->path, "%s", path);
    evaluating_start(evaluating, EVALUATING_STROKES);
}

static struct evaluating_work *new_work(const struct evaluating *evaluating,
                                        const struct evaluating_from *from, struct err *err)
{
    struct evaluating_work *work = calloc(1, sizeof *work);
    struct evaluated *result = work ? calloc(1, sizeof *result) : NULL;
    if (!result) {
        free(work);
        err_memory(err, _("the evaluation"));
        return NULL;
    }
    work->result = result;
    work->kern = evaluating->means.kern;
    work->threads = evaluating->means.threads;
    result->which = evaluating->wanted;
    result->model_number = from->model_number;
    result->images_number = from->images_number;
    snprintf(result->model, sizeof result->model, "%s", model_name(from->model));
    snprintf(work->path, sizeof work->path, "%s", evaluating->path);
    work->model = model_copy(from->model, err);
    if (work->model && (!from->set || (result->set = dataset_copy(from->set, err))))
        return work;
    free_work(work);
    return NULL;
}

void evaluating_launch(struct evaluating *evaluating, const struct evaluating_from *from)
{
    const struct app_host *host = evaluating->means.host;
    struct err err;
    evaluating->waiting = false;
    struct evaluating_work *work = new_work(evaluating, from, &err);
    const struct job_setup setup = {evaluate, work, host->wake, host->user, _("to evaluate")};
    if (work && (work->job = job_start(&setup, &err))) {
        evaluating->work = work;
        return;
    }
    free_work(work);
    notices_say(evaluating->means.notices, NOTICE_TROUBLE, "%s", err.text);
}

void evaluating_stop(struct evaluating *evaluating)
{
    evaluating->waiting = false;
    if (evaluating->work)
        job_stop(evaluating->work->job);
}

/* ---- the result ------------------------------------------------------------------------------ */

static json_t *pack_confusion(const struct evaluation *figures)
{
    json_t *rows = json_array();
    for (int truth = 0; truth < VERDICT_CLASSES; truth++) {
        json_t *row = json_array();
        for (int answer = 0; answer < VERDICT_CLASSES; answer++)
            json_array_append_new(row, json_integer(figures->confusion[truth][answer]));
        json_array_append_new(rows, row);
    }
    return rows;
}

/* The keys of `inkling eval --json`. */
static void log_result(const struct evaluating *evaluating)
{
    const struct evaluated *result = evaluating->result;
    const struct evaluation *figures = &result->measure.figures;
    const struct calibrate_report *verdicts = &result->measure.verdicts;
    log_event(evaluating->means.log,
              json_pack("{s:s, s:o, s:s, s:o, s:i, s:i, s:f, s:f, s:o, s:i, s:i, s:i, s:f, s:o}",
                        "event", "evaluation", "model", json_any_text(result->model), "set",
                        sets[result->which].name, "data", json_any_text(result->set->name), "count",
                        (int)figures->count, "correct", (int)figures->correct, "accuracy",
                        figures->accuracy, "error", figures->error, "cost",
                        log_number(figures->cost), "sure", (int)verdicts->count[VERDICT_SURE],
                        "doubtful", (int)verdicts->count[VERDICT_DOUBTFUL], "no_digit",
                        (int)verdicts->count[VERDICT_NO_DIGIT], "calibration_error",
                        verdicts->error, "confusion", pack_confusion(figures)));
}

static bool same_images(const struct evaluated *a, const struct evaluated *b)
{
    return a->which == b->which && a->images_number == b->images_number &&
           a->set->count == b->set->count && strcmp(a->set->name, b->set->name) == 0;
}

/* What another model answered to the same images goes over from the figures before. */
static void take_other(struct evaluated *result, struct evaluated *before)
{
    if (!before || !same_images(result, before))
        return;
    bool another = before->model_number != result->model_number;
    uint8_t **from = another ? &before->best : &before->other;
    snprintf(result->other_model, sizeof result->other_model, "%s",
             another ? before->model : before->other_model);
    result->other = *from;
    *from = NULL;
}

void evaluating_poll(struct evaluating *evaluating)
{
    struct evaluating_work *work = evaluating->work;
    if (!work || !job_is_over(work->job))
        return;
    evaluating->work = NULL;
    if (work->done) {
        take_other(work->result, evaluating->result);
        free_result(evaluating->result);
        evaluating->result = work->result;
        evaluating->number++;
        work->result = NULL;
        log_result(evaluating);
    } else if (!job_is_stopped(work->job)) {
        notices_say(evaluating->means.notices, NOTICE_TROUBLE, "%s", work->err.text);
    }
    free_work(work);
}
