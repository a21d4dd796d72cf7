/* SPDX-License-Identifier: MIT */
#include "base/json_text.h"
#include "base/language.h"
#include "cli/finetune.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/files.h"
#include "cli/cli.h"
#include "cli/images.h"
#include "cli/interrupt.h"
#include "cli/out.h"
#include "cli/show.h"
#include "cli/strokes.h"
#include "data/dataset.h"
#include "data/find.h"
#include "data/unipen.h"
#include "ink/fit.h"
#include "model/model.h"
#include "train/finetune.h"

struct job {
    struct model *base, *tuned;
    struct unipen *strokes;
    struct finetune_digit *digits;
    uint8_t *pixels; /* [digits][FIT_LEN] */
    struct dataset *train, *test;
    struct finetune_result result;
    struct progress progress;
    struct out out;
};

/* ---- before ---------------------------------------------------------------------------------- */

/* The file must be possible before time is spent on what goes into it. */
static bool choose_out(const struct finetune_wishes *w, struct job *job, struct err *err)
{
    if (w->out)
        snprintf(job->out.path, sizeof job->out.path, "%s", w->out);
    else if (!out_free("my-hand", &job->out, err))
        return false;
    return files_can_write(job->out.path, err);
}

static bool load_strokes(const struct finetune_wishes *w, struct job *job, struct err *err)
{
    char own[FILES_PATH_MAX];
    struct unipen *others = NULL;
    const char *path = w->strokes ? w->strokes : files_user_path(FILES_DATA, "my-digits.unp", own);
    if (!w->strokes && !files_exist(path))
        return err_set(err, _("No digits were taught in the window yet; name a file of them with "
                              "--strokes."));
    job->strokes = strokes_load(path, w->writers, w->quiet, &others, err);
    unipen_free(others);
    return job->strokes != NULL;
}

static bool make_digits(struct job *job, struct err *err)
{
    uint32_t count = job->strokes->count;
    job->digits = calloc(count, sizeof *job->digits);
    job->pixels = malloc((size_t)count * FIT_LEN);
    if (!job->digits || !job->pixels)
        return err_memory(err, _("the digits"));
    for (uint32_t i = 0; i < count; i++) {
        const struct unipen_digit *digit = &job->strokes->digits[i];
        uint8_t *pixels = job->pixels + (size_t)i * FIT_LEN;
        unipen_picture(digit, pixels);
        job->digits[i] =
            (struct finetune_digit){.label = digit->label, .ink = &digit->ink, .pixels = pixels};
    }
    return true;
}

/* Real test images are not mixed with drawn ones, and a folder may have none. */
static bool load_data(const struct finetune_wishes *w, struct job *job, struct err *err)
{
    job->train = images_load(w->data, DATASET_TRAIN, w->transpose, w->quiet, err);
    if (!job->train)
        return false;
    if (job->train->synthetic)
        show_note(w->quiet, find_note());
    if (w->data && !find_here(w->data, DATASET_TEST))
        return true;
    job->test = images_load(w->data, DATASET_TEST, w->transpose, w->quiet, err);
    if (job->test && job->test->synthetic != job->train->synthetic) {
        dataset_free(job->test);
        job->test = NULL;
        return true;
    }
    return job->test != NULL;
}

/* ---- while it runs --------------------------------------------------------------------------- */

static bool go_on(void *user, double part)
{
    struct job *job = user;
    progress_draw(&job->progress, part, _("learning the hand"));
    return !interrupt_noted();
}

static bool run(const struct finetune_wishes *w, const struct kern *kern, struct job *job,
                struct err *err)
{
    struct finetune_setup setup = {
        .net = job->base->net,
        .digits = job->digits,
        .count = job->strokes->count,
        .replay = job->train,
        .test = job->test,
        .kern = kern,
        .threads = w->threads,
        .foreground = true,
        .go_on = go_on,
        .user = job,
    };
    interrupt_catch();
    job->progress = progress_new(w->quiet);
    bool done = finetune_run(&setup, &job->result, err);
    progress_clear(&job->progress);
    job->tuned = done ? finetune_model(&setup, &job->result, job->base, err) : NULL;
    if (!job->tuned || (w->out && !model_name_after(job->tuned, job->out.path, err)))
        return false;
    return model_save(job->tuned, job->out.path, err);
}

/* ---- after ----------------------------------------------------------------------------------- */

static const char *const checks[] = {[FINETUNE_BY_LEARNT] = "learnt",
                                     [FINETUNE_CROSSWISE] = "crosswise",
                                     [FINETUNE_BY_HELD_OUT] = N_("held out")};

static json_t *score_json(struct finetune_score before, struct finetune_score after)
{
    return after.count == 0
               ? json_null()
               : json_pack("{s:I,s:I,s:I}", "before", (json_int_t)before.correct, "after",
                           (json_int_t)after.correct, "count", (json_int_t)after.count);
}

static void print_score(const char *of, struct finetune_score before, struct finetune_score after)
{
    if (after.count > 0)
        show_line(stdout, _("%-24s %5u of %u right before, %u after"), of, before.correct,
                  after.count, after.correct);
}

static int print_result(const struct finetune_wishes *w, const struct job *job)
{
    const struct finetune_result *r = &job->result;
    if (w->json)
        return show_json(json_pack(
            "{s:I,s:s,s:o,s:o,s:o,s:f,s:o}", "digits", (json_int_t)job->strokes->count, "checked",
            checks[r->check], "own", score_json(r->own_before, r->own_after), "data",
            json_any_text(job->train->name), "test", score_json(r->test_before, r->test_after),
            "seconds", r->seconds, "model", json_any_text(job->out.path)));
    char own[60], test[DATASET_NAME_MAX + 10];
    snprintf(own, sizeof own, _("The digits (%s)"), checks[r->check]);
    snprintf(test, sizeof test, "%s, test", job->train->name);
    print_score(own, r->own_before, r->own_after);
    print_score(test, r->test_before, r->test_after);
    show_line(
        stdout,
        job->out.renamed
            ? _("Learnt %u digits in %.1f s. Saved %s (a new name, since the plain one is taken)")
            : _("Learnt %u digits in %.1f s. Saved %s"),
        job->strokes->count, r->seconds, job->out.path);
    return CLI_DONE;
}

static void clean_up(struct job *job)
{
    model_free(job->tuned);
    model_free(job->base);
    unipen_free(job->strokes);
    dataset_free(job->train);
    dataset_free(job->test);
    free(job->digits);
    free(job->pixels);
}

int cli_finetune(const struct finetune_wishes *wishes, const struct kern *kern)
{
    struct err err;
    struct job job = {0};
    bool done = choose_out(wishes, &job, &err) &&
                (job.base = show_load_model(wishes->model, wishes->trust, &err)) &&
                load_strokes(wishes, &job, &err) && make_digits(&job, &err) &&
                load_data(wishes, &job, &err) && run(wishes, kern, &job, &err);
    int status = done ? print_result(wishes, &job) : show_failure(&err);
    clean_up(&job);
    return status;
}
