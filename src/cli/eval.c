/* SPDX-License-Identifier: MIT */
/* inkling eval: measures a model on images or on pen strokes. */
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/files.h"
#include "base/json_text.h"
#include "base/language.h"
#include "cli/cli.h"
#include "cli/images.h"
#include "cli/misread.h"
#include "cli/options.h"
#include "cli/robust.h"
#include "cli/show.h"
#include "cli/strokes.h"
#include "data/dataset.h"
#include "data/find.h"
#include "data/outliers.h"
#include "data/unipen.h"
#include "eval/calibrate.h"
#include "eval/disturb.h"
#include "eval/evaluate.h"
#include "model/model.h"
#include "nn/nn.h"
#include "par/pool.h"
#include "train/measure.h"

static const char name[] = "eval";

enum { OUTLIERS_MAX = 1000000 };

struct wishes {
    const char *model, *data, *split, *strokes, *writers, *threads, *json, *quiet;
    const char *outliers, *seed, *transpose, *trust, *robust, *misread;
};

struct job {
    struct model *model;
    struct pool *pool;
    struct dataset *set;
    int outliers, seed;
    struct disturb_result *disturbed; /* where that was asked for, as are */
    struct misread misread;
};

static enum options_result read_wishes(int argc, char **argv, struct wishes *w)
{
    const struct option options[] = {
        {"model", "FILE", show_model_help, &w->model},
        {"trust", NULL, show_trust_help, &w->trust},
        {"data", "DIR",
         N_("folder or file of the images (else $INKLING_DATA and the usual places)"), &w->data},
        {"transpose", NULL,
         N_("the images lie on their side: set them upright (EMNIST's are, by their name)"),
         &w->transpose},
        {"split", "test|train", N_("which images; test where nothing is said"), &w->split},
        {"strokes", "FILE",
         N_("pen strokes instead (UNIPEN, gzipped or not), as the mouse draws them"), &w->strokes},
        {"writers", "LIST", N_("of the strokes, only these writers', such as 25-30"), &w->writers},
        {"outliers", "N",
         N_("draw so many things that are no digits, too, of kinds never trained on, and "
            "count those called sure"),
         &w->outliers},
        {"outlier-seed", "N", N_("other drawings of them (1)"), &w->seed},
        {"robust", NULL, N_("read them moved, turned, blurred and so on, too, at three strengths"),
         &w->robust},
        {"misread", "FILE.png",
         N_("list those that are misread, most confident first, and save them as a picture"),
         &w->misread},
        {"threads", "N", N_("at most so many; the result is the same for any number"), &w->threads},
        {"json", NULL, N_("print one JSON object"), &w->json},
        {"quiet", NULL, N_("no notes"), &w->quiet},
    };
    struct usage usage = {
        .command = name,
        .about =
            _("Measures how well a model reads: accuracy, mean cost, and who is taken for whom."),
        .options = options,
        .option_count = sizeof options / sizeof options[0],
    };
    int rest;
    return options_read(&usage, argc, argv, &rest);
}

static struct dataset *load_set(const struct wishes *w, struct pool *pool, struct err *err)
{
    if (!w->strokes) {
        bool train = w->split && strcmp(w->split, "train") == 0;
        return images_load(w->data, train ? DATASET_TRAIN : DATASET_TEST, w->transpose != NULL,
                           w->quiet != NULL, err);
    }
    struct unipen *others;
    struct unipen *strokes =
        strokes_load(w->strokes, w->writers, w->quiet != NULL, &others, err);
    if (!strokes)
        return NULL;
    struct dataset *set = evaluate_strokes(strokes, pool, err);
    unipen_free(strokes);
    unipen_free(others);
    return set;
}

static bool prepare(const struct wishes *w, int threads, struct job *job, struct err *err)
{
    return (job->model = show_load_model(w->model, w->trust != NULL, err)) &&
           (job->pool = pool_new(threads, false, err)) && (job->set = load_set(w, job->pool, err));
}

static void clean_up(struct job *job)
{
    free(job->disturbed);
    free(job->misread.images);
    dataset_free(job->set);
    pool_free(job->pool);
    model_free(job->model);
}

/* The verdicts on things that are no digits. */
static bool judge_outliers(const struct job *job, const struct kern *kern,
                           struct calibrate_report *report, struct err *err)
{
    *report = (struct calibrate_report){0};
    if (job->outliers == 0)
        return true;
    struct dataset *set =
        outliers_new((uint64_t)job->seed, OUTLIER_APART, (uint32_t)job->outliers, err);
    const struct measure_setup setup = {job->model, kern, job->pool, set, NULL, NULL};
    struct measure measure = {.answers = NULL};
    bool done = set && measure_run(&setup, &measure, err);
    if (done) {
        const struct calibrate_answers answers = {measure.answers, NULL, set->count};
        *report = measure_verdicts(job->model, &answers);
    }
    measure_clear(&measure);
    dataset_free(set);
    return done;
}

/* What else was asked for. */
static bool look_closer(const struct wishes *w, struct job *job, const struct kern *kern,
                        const struct measure *measure, struct err *err)
{
    const struct disturb_setup setup = {job->model->net, measure_cost(job->model), kern, job->pool,
                                        job->set,        (uint64_t)job->seed,      NULL, NULL};
    if (w->robust && !(job->disturbed = malloc(sizeof *job->disturbed)))
        return err_memory(err, _("the figures"));
    if (w->robust && !disturb_measure(&setup, job->disturbed, err))
        return false;
    return !w->misread || (misread_find(job->model, measure, job->set, &job->misread, err) &&
                           misread_save(&job->misread, job->set, w->misread, err));
}

static double part_of(uint32_t count, uint32_t whole)
{
    return whole > 0 ? (double)count / whole : 0;
}

static json_t *counts_json(const struct calibrate_report *report)
{
    const uint32_t *count = report->count;
    uint32_t all = count[VERDICT_SURE] + count[VERDICT_DOUBTFUL] + count[VERDICT_NO_DIGIT];
    return json_pack(
        "{s:I,s:I,s:I,s:I,s:f}", "count", (json_int_t)all, "sure", (json_int_t)count[VERDICT_SURE],
        "doubtful", (json_int_t)count[VERDICT_DOUBTFUL], "no_digit",
        (json_int_t)count[VERDICT_NO_DIGIT], "sure_rate", part_of(count[VERDICT_SURE], all));
}

static void print_verdicts(const struct job *job, const struct measure *m,
                           const struct calibrate_report *outliers)
{
    const uint32_t *count = m->verdicts.count;
    printf(m->guesses
               ? _("only guesses; by itself sure of %u, of which %.2f %% right; doubtful %u; "
                   "no digit %u; calibration error %.2f %%\n")
               : _("sure of %u, of which %.2f %% right; doubtful %u; no digit %u; "
                   "calibration error %.2f %%\n"),
           count[VERDICT_SURE], 100 * part_of(m->verdicts.sure_correct, count[VERDICT_SURE]),
           count[VERDICT_DOUBTFUL], count[VERDICT_NO_DIGIT], 100 * m->verdicts.error);
    if (job->outliers > 0)
        printf(_("of %d things that are no digits: called sure %u, doubtful %u, no digit %u\n"),
               job->outliers, outliers->count[VERDICT_SURE], outliers->count[VERDICT_DOUBTFUL],
               outliers->count[VERDICT_NO_DIGIT]);
}

static json_t *result_json(const struct job *job, const struct measure *m,
                           const struct calibrate_report *outliers)
{
    const struct evaluation *e = &m->figures;
    const uint32_t *count = m->verdicts.count;
    return json_pack("{s:s,s:o,s:b,s:f,s:f,s:I,s:I,s:o,s:o,s:f,s:i,s:I,s:I,s:I,s:f,s:f,s:b,s:o}",
                     "model", model_name(job->model), "data", json_any_text(job->set->name),
                     "synthetic", job->set->synthetic, "accuracy", e->accuracy, "error", e->error,
                     "count", (json_int_t)e->count, "correct", (json_int_t)e->correct, "cost",
                     isfinite(e->cost) ? json_real(e->cost) : json_null(), "confusion",
                     show_confusion_json(e->confusion), "seconds", m->seconds, "threads",
                     pool_threads(job->pool), "sure", (json_int_t)count[VERDICT_SURE], "doubtful",
                     (json_int_t)count[VERDICT_DOUBTFUL], "no_digit",
                     (json_int_t)count[VERDICT_NO_DIGIT], "sure_accuracy",
                     part_of(m->verdicts.sure_correct, count[VERDICT_SURE]), "calibration_error",
                     m->verdicts.error, "guesses", m->guesses, "outliers",
                     job->outliers > 0 ? counts_json(outliers) : json_null());
}

static int print_result(const struct wishes *w, const struct job *job, const struct measure *m,
                        const struct calibrate_report *outliers)
{
    const struct evaluation *e = &m->figures;
    int threads = pool_threads(job->pool);
    if (w->json) {
        json_t *result = result_json(job, m, outliers);
        if (w->robust)
            json_object_set_new(result, "robust", robust_json(job->disturbed));
        if (w->misread)
            json_object_set_new(result, "misread", misread_json(&job->misread));
        return show_json(result);
    }
    show_line(stdout, _("%s on %s: %u of %u right, %.2f %% (standard error %.2f), mean cost %.5f"),
              model_name(job->model), job->set->name, e->correct, e->count, 100 * e->accuracy,
              100 * e->error, e->cost);
    printf(P_("%.3f s on %d thread\n", "%.3f s on %d threads\n", threads), m->seconds, threads);
    print_verdicts(job, m, outliers);
    show_confusion(e->confusion);
    if (w->robust)
        robust_print(job->disturbed);
    if (w->misread)
        misread_print(&job->misread);
    return CLI_DONE;
}

int cli_eval(int argc, char **argv, const struct kern *kern)
{
    struct wishes w = {0};
    enum options_result read = read_wishes(argc, argv, &w);
    if (read != OPTIONS_READ)
        return read == OPTIONS_HELPED ? CLI_DONE : CLI_WRONG;
    if (w.split && strcmp(w.split, "test") != 0 && strcmp(w.split, "train") != 0)
        return options_refuse(name, _("There is no split \"%s\"; it can be test or train."),
                              w.split);
    if (w.strokes && (w.data || w.split || w.transpose))
        return options_refuse(name,
                              _("Pen strokes have no --data, no --split and no --transpose."));
    if (w.writers && !w.strokes)
        return options_refuse(name, _("--writers chooses among pen strokes; name their file with "
                                      "--strokes."));
    int threads = pool_cores();
    struct job job = {.seed = 1};
    if (!options_whole(name, "threads", w.threads, 1, POOL_THREADS_MAX, &threads) ||
        !options_whole(name, "outliers", w.outliers, 0, OUTLIERS_MAX, &job.outliers) ||
        !options_whole(name, "outlier-seed", w.seed, 0, INT_MAX, &job.seed))
        return CLI_WRONG;

    struct err err;
    int status;
    if (prepare(&w, threads, &job, &err)) {
        if (job.set->synthetic)
            show_note(w.quiet != NULL, find_note());
        const struct measure_setup setup = {job.model, kern, job.pool, job.set, NULL, NULL};
        struct calibrate_report outliers;
        struct measure measure = {.answers = NULL};
        bool done = measure_run(&setup, &measure, &err) &&
                    judge_outliers(&job, kern, &outliers, &err) &&
                    look_closer(&w, &job, kern, &measure, &err);
        status = done ? print_result(&w, &job, &measure, &outliers) : show_failure(&err);
        measure_clear(&measure);
    } else {
        status = show_failure(&err);
    }
    clean_up(&job);
    return status;
}
