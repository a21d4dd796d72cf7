/* SPDX-License-Identifier: MIT */
/* inkling calibrate: fits when a finished model's answers are sure. */
#include <limits.h>
#include <stdio.h>

#include "base/err.h"
#include "base/files.h"
#include "base/json_text.h"
#include "base/language.h"
#include "cli/cli.h"
#include "cli/images.h"
#include "cli/options.h"
#include "cli/show.h"
#include "cli/strokes.h"
#include "data/dataset.h"
#include "data/find.h"
#include "data/unipen.h"
#include "eval/calibrate.h"
#include "eval/evaluate.h"
#include "model/model.h"
#include "model/named.h"
#include "par/pool.h"
#include "train/rule.h"

static const char name[] = "calibrate";

struct wishes {
    const char *data, *images, *strokes, *writers, *like, *trust, *out, *json, *quiet, *transpose;
};

struct job {
    struct model *model;
    struct pool *pool;
    struct dataset *images, *strokes; /* strokes: maybe NULL */
};

static enum options_result read_wishes(int argc, char **argv, struct wishes *w)
{
    const struct option options[] = {
        {"data", "DIR",
         N_("folder or file of the images (else $INKLING_DATA and the usual places)"), &w->data},
        {"transpose", NULL,
         N_("the images lie on their side: set them upright (EMNIST's are, by their name)"),
         &w->transpose},
        {"images", "N", N_("on the last so many training images (10000)"), &w->images},
        {"strokes", "FILE", N_("and on pen strokes (UNIPEN, gzipped or not)"), &w->strokes},
        {"writers", "LIST", N_("of the strokes, only these writers', such as 25-30"), &w->writers},
        {"like", "FILE",
         N_("as that model is: the same training, with some digits held back to fit on"), &w->like},
        {"trust", NULL, show_trust_help, &w->trust},
        {"out", "FILE",
         N_("write the model here; else over FILE, which needs data: --data, or in the usual "
            "places"),
         &w->out},
        {"json", NULL, N_("print one JSON object"), &w->json},
        {"quiet", NULL, N_("no notes"), &w->quiet},
    };
    struct usage usage = {
        .command = name,
        .rest = "FILE",
        .rest_least = 1,
        .rest_most = 1,
        .about =
            _("Fits the temperature of a model and when it is sure, on digits that should not be "
              "those that\nit was trained on, and on drawings that are no digits, and writes that "
              "into FILE, or into --out."),
        .options = options,
        .option_count = sizeof options / sizeof options[0],
    };
    int rest;
    return options_read(&usage, argc, argv, &rest);
}

/* Over the old file, unless that would be fitted on drawings alone, or there is none. */
static bool choose_out(const struct wishes *w, const char *typed, struct model_place *place,
                       struct err *err)
{
    char guess[DATASET_NAME_MAX];
    model_find(typed, place);
    if (w->out)
        snprintf(place->path, sizeof place->path, "%s", w->out);
    else if (place->builtin >= 0)
        return err_set(
            err, _("The model %s is built in; choose a file for the new one with --out."), typed);
    else if (!w->like && !w->data && !find_guess(NULL, DATASET_TRAIN, guess))
        return err_set(err,
                       _("No data was found, and a fit on the program's own drawings is not "
                         "written over %s; give --data DIR, or --out FILE for the new model."),
                       place->path);
    return files_can_write(place->path, err);
}

static bool load_strokes(const struct wishes *w, struct job *job, struct err *err)
{
    struct unipen *others, *strokes;
    if (!w->strokes)
        return true;
    if (!(strokes = strokes_load(w->strokes, w->writers, w->quiet != NULL, &others, err)))
        return false;
    job->strokes = evaluate_strokes(strokes, job->pool, err);
    unipen_free(strokes);
    unipen_free(others);
    return job->strokes != NULL;
}

static bool fit_model(const struct wishes *w, uint32_t count, const struct kern *kern,
                      struct job *job, struct err *err)
{
    job->images = images_load(w->data, DATASET_TRAIN, w->transpose != NULL, w->quiet != NULL, err);
    if (!job->images || !load_strokes(w, job, err))
        return false;
    if (job->images->synthetic)
        show_note(w->quiet != NULL, find_note());
    count = count < job->images->count ? count : job->images->count;
    struct dataset part = dataset_part(job->images, job->images->count - count, count);
    const struct dataset *sets[] = {&part, job->strokes};
    struct verdict_rule rule;
    struct evaluator *evaluator = evaluator_new(job->model->net, kern, job->pool, err);
    bool ok =
        evaluator &&
        calibrate_net(job->model->net, sets, 2, CALIBRATE_OUTLIERS, evaluator, NULL, &rule, err) &&
        rule_write(&rule, &job->model->record, err);
    evaluator_free(evaluator);
    return ok;
}

/* A model that was trained on all there is has no digit left to be fitted on. */
static bool take_rule(const struct wishes *w, struct job *job, struct err *err)
{
    struct model *like = show_load_model(w->like, w->trust != NULL, err);
    if (!like)
        return false;
    struct verdict_rule rule = rule_read(&like->record);
    model_free(like);
    return rule_write(&rule, &job->model->record, err);
}

static int print_rule(const struct wishes *w, const struct job *job, const char *path)
{
    struct verdict_rule rule = rule_read(&job->model->record);
    if (w->json)
        return show_json(json_pack("{s:o,s:f,s:f,s:f,s:f}", "model", json_any_text(path),
                                   "temperature", rule.temperature, "sure", rule.sure, "spread",
                                   rule.spread, "rest", rule.rest));
    show_line(
        stdout,
        _("Saved %s: temperature %.3f; sure from %.1f %% on, spread over at most %.2f digits"),
        path, rule.temperature, 100 * rule.sure, rule.spread);
    return CLI_DONE;
}

int cli_calibrate(int argc, char **argv, const struct kern *kern)
{
    struct wishes w = {0};
    int count = CALIBRATE_IMAGES;
    enum options_result read = read_wishes(argc, argv, &w);
    if (read != OPTIONS_READ)
        return read == OPTIONS_HELPED ? CLI_DONE : CLI_WRONG;
    if (!options_whole(name, "images", w.images, 1, INT_MAX, &count))
        return CLI_WRONG;
    if (w.writers && !w.strokes)
        return options_refuse(name, _("--writers chooses among pen strokes; name their file with "
                                      "--strokes."));
    if (w.like && (w.data || w.images || w.strokes))
        return options_refuse(name, _("--like takes what was fitted before; leave out --data, "
                                      "--images and --strokes."));
    struct err err;
    struct job job = {0};
    struct model_place out;
    bool ok =
        (job.model = show_load_model(argv[0], w.trust != NULL, &err)) &&
        choose_out(&w, argv[0], &out, &err) && (job.pool = pool_new(pool_cores(), false, &err)) &&
        (w.like ? take_rule(&w, &job, &err) : fit_model(&w, (uint32_t)count, kern, &job, &err)) &&
        model_save(job.model, out.path, &err);
    int status = ok ? print_rule(&w, &job, out.path) : show_failure(&err);
    dataset_free(job.strokes);
    dataset_free(job.images);
    pool_free(job.pool);
    model_free(job.model);
    return status;
}
