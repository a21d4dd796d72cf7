/* SPDX-License-Identifier: MIT */
/* inkling eval: measures a model on images or on pen strokes. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/files.h"
#include "cli/cli.h"
#include "cli/options.h"
#include "cli/show.h"
#include "cli/strokes.h"
#include "data/dataset.h"
#include "data/find.h"
#include "data/unipen.h"
#include "model/model.h"
#include "nn/nn.h"
#include "train/crew.h"
#include "train/evaluate.h"

static const char name[] = "eval";

struct wishes {
    const char *model, *data, *split, *strokes, *writers, *threads, *json, *quiet;
};

struct job {
    struct model *model;
    struct crew *crew;
    struct dataset *set;
    struct evaluator *evaluator;
};

static enum options_result read_wishes(int argc, char **argv, struct wishes *w)
{
    const struct option options[] = {
        {"model", "FILE", "the model to measure; else the one that is built in", &w->model},
        {"data", "DIR", "folder of the IDX files (else $INKLING_DATA and the usual places)",
         &w->data},
        {"split", "test|train", "which images; test where nothing is said", &w->split},
        {"strokes", "FILE", "pen strokes instead (UNIPEN, gzipped or not), as the mouse draws them",
         &w->strokes},
        {"writers", "LIST", "of the strokes, only these writers', such as 25-30", &w->writers},
        {"threads", "N", "at most so many; the result is the same for any number", &w->threads},
        {"json", NULL, "print one JSON object", &w->json},
        {"quiet", NULL, "no notes", &w->quiet},
    };
    struct usage usage = {
        .command = name,
        .about = "Measures how well a model reads: accuracy, mean cost, and who is taken for whom.",
        .options = options,
        .option_count = sizeof options / sizeof options[0],
    };
    int rest;
    return options_read(&usage, argc, argv, &rest);
}

static struct dataset *load_set(const struct wishes *w, struct crew *crew, struct err *err)
{
    if (!w->strokes) {
        bool train = w->split && strcmp(w->split, "train") == 0;
        return find_data(w->data, train ? DATASET_TRAIN : DATASET_TEST, err);
    }
    struct unipen *others, *strokes = strokes_load(w->strokes, w->writers, &others, err);
    if (!strokes)
        return NULL;
    struct dataset *set = evaluate_strokes(strokes, crew, err);
    unipen_free(strokes);
    unipen_free(others);
    return set;
}

static bool prepare(const struct wishes *w, int threads, const struct kern *kern, struct job *job,
                    struct err *err)
{
    return (job->model = show_load_model(w->model, err)) &&
           (job->crew = crew_new(threads, false, err)) &&
           (job->set = load_set(w, job->crew, err)) &&
           (job->evaluator = evaluator_new(job->model->net, kern, job->crew, err));
}

static void clean_up(struct job *job)
{
    evaluator_free(job->evaluator);
    dataset_free(job->set);
    crew_free(job->crew);
    model_free(job->model);
}

/* The cost that it was trained by, where its file says. */
static enum nn_cost choose_cost(const struct model *model)
{
    enum nn_cost cost;
    const char *text = record_get(&model->record, MODEL_COST);
    if (text && nn_cost_parse(text, &cost, NULL) && nn_cost_fits(model->net, cost, NULL))
        return cost;
    return evaluate_default_cost(model->net);
}

static int print_result(const struct wishes *w, const struct job *job, const struct evaluation *e,
                        double seconds)
{
    int threads = crew_threads(job->crew);
    if (w->json)
        return show_json(json_pack("{s:s,s:s,s:b,s:f,s:f,s:I,s:I,s:f,s:o,s:f,s:i}", "model",
                                   model_name(job->model), "data", job->set->name, "synthetic",
                                   job->set->synthetic, "accuracy", e->accuracy, "error", e->error,
                                   "count", (json_int_t)e->count, "correct", (json_int_t)e->correct,
                                   "cost", e->cost, "confusion", show_confusion_json(e->confusion),
                                   "seconds", seconds, "threads", threads));
    printf("%s on %s: %u of %u right, %.2f %% (standard error %.2f), mean cost %.5f\n",
           model_name(job->model), job->set->name, e->correct, e->count, 100 * e->accuracy,
           100 * e->error, e->cost);
    printf("%.3f s on %d thread%s\n", seconds, threads, threads == 1 ? "" : "s");
    show_confusion(e->confusion);
    return CLI_DONE;
}

int cli_eval(int argc, char **argv, const struct kern *kern)
{
    struct wishes w = {0};
    enum options_result read = read_wishes(argc, argv, &w);
    if (read != OPTIONS_READ)
        return read == OPTIONS_HELPED ? CLI_DONE : CLI_WRONG;
    if (w.split && strcmp(w.split, "test") != 0 && strcmp(w.split, "train") != 0)
        return options_refuse(name, "There is no split \"%s\"; it can be test or train.", w.split);
    if (w.strokes && (w.data || w.split))
        return options_refuse(name, "Pen strokes have no --data and no --split.");
    if (w.writers && !w.strokes)
        return options_refuse(name, "--writers chooses among pen strokes; name their file with "
                                    "--strokes.");
    int threads = crew_cores();
    if (!options_whole(name, "threads", w.threads, 1, CREW_THREADS_MAX, &threads))
        return CLI_WRONG;

    struct err err;
    struct job job = {0};
    int status;
    if (prepare(&w, threads, kern, &job, &err)) {
        if (job.set->synthetic)
            show_note(w.quiet != NULL, find_note());
        double begin = clock_seconds();
        struct evaluation result = evaluator_run(
            job.evaluator, job.model->net, choose_cost(job.model), job.set, 0, job.set->count);
        status = print_result(&w, &job, &result, clock_seconds() - begin);
    } else {
        status = show_failure(&err);
    }
    clean_up(&job);
    return status;
}
