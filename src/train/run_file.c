/* SPDX-License-Identifier: MIT */
/* A run as a file: model/checkpoint.h's container, filled and emptied. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "data/dataset.h"
#include "model/checkpoint.h"
#include "nn/nn.h"
#include "nn/optim.h"
#include "train/run.h"

/* The counters of a run, as they stand in the record. */
enum counter {
    EPOCH,
    STEP,
    BEST_EPOCH,
    OPTIM_STEPS,
    POINT_CORRECT,
    POINT_COUNT,
    EPOCH_CORRECT,
    EPOCH_COUNT,
    IMAGES,
    FINGERPRINT,
    COUNTERS
};
enum sum { POINT_COST, EPOCH_COST, SECONDS, EPOCH_SECONDS, SUMS };

/* Each struct of the history becomes a row of floats; an epoch's number is its row's. */
enum { POINT_LEN = 3, CHECK_LEN = 3, EPOCH_LEN = 8 };

struct rows {
    float points[HISTORY_POINTS_MAX][POINT_LEN];
    float checks[HISTORY_CHECKS_MAX][CHECK_LEN];
    float epochs[RECIPE_EPOCHS_MAX][EPOCH_LEN];
};

static void fill_rows(const struct history *history, struct rows *rows)
{
    for (int i = 0; i < history->point_count; i++) {
        const struct history_point *p = &history->points[i];
        memcpy(rows->points[i], (float[]){p->epoch, p->cost, p->accuracy}, sizeof rows->points[i]);
    }
    for (int i = 0; i < history->check_count; i++) {
        const struct history_check *c = &history->checks[i];
        memcpy(rows->checks[i], (float[]){c->epoch, c->cost, c->accuracy}, sizeof rows->checks[i]);
    }
    for (int i = 0; i < history->epoch_count; i++) {
        const struct history_epoch *e = &history->epochs[i];
        const float row[EPOCH_LEN] = {e->train_cost,     e->train_accuracy, e->valid_cost,
                                      e->valid_accuracy, e->test_cost,      e->test_accuracy,
                                      e->rate,           e->seconds};
        memcpy(rows->epochs[i], row, sizeof row);
    }
}

static void read_rows(struct history *history, const float *points, size_t point_count,
                      const float *checks, size_t check_count, const float *epochs,
                      size_t epoch_count)
{
    for (size_t i = 0; i < point_count; i++, points += POINT_LEN)
        history_add_point(history, (struct history_point){points[0], points[1], points[2]});
    for (size_t i = 0; i < check_count; i++, checks += CHECK_LEN)
        history_add_check(history, (struct history_check){checks[0], checks[1], checks[2]});
    for (size_t i = 0; i < epoch_count; i++, epochs += EPOCH_LEN)
        history_add_epoch(history, (struct history_epoch){(int)i + 1, epochs[0], epochs[1],
                                                          epochs[2], epochs[3], epochs[4],
                                                          epochs[5], epochs[6], epochs[7]});
}

/* ---- saving -------------------------------------------------------------------------------- */

static bool add_record(struct run *run, struct record *record, struct err *err)
{
    char *recipe = recipe_to_text(&run->recipe, err);
    uint64_t counters[COUNTERS] = {
        [EPOCH] = (uint64_t)run->epoch,
        [STEP] = run->step,
        [BEST_EPOCH] = (uint64_t)run->best_epoch,
        [OPTIM_STEPS] = optim_steps(stepper_optim(run->stepper)),
        [POINT_CORRECT] = run->point_sum.correct,
        [POINT_COUNT] = run->point_sum.count,
        [EPOCH_CORRECT] = run->epoch_sum.correct,
        [EPOCH_COUNT] = run->epoch_sum.count,
        [IMAGES] = run->train->count,
        [FINGERPRINT] = run->fingerprint,
    };
    const double sums[SUMS] = {
        [POINT_COST] = run->point_sum.cost,
        [EPOCH_COST] = run->epoch_sum.cost,
        [SECONDS] = run->seconds,
        [EPOCH_SECONDS] = run->epoch_seconds,
    };
    uint64_t bits[SUMS];
    memcpy(bits, sums, sizeof bits);
    bool ok = recipe && record_set(record, "recipe", recipe, err) &&
              record_set(record, "data", run->train->name, err) &&
              record_set_bits(record, "counters", counters, COUNTERS, err) &&
              record_set_bits(record, "sums", bits, SUMS, err);
    free(recipe);
    return ok;
}

static bool add_weights(struct run *run, struct checkpoint *point, struct err *err)
{
    size_t len;
    const float *state = optim_state(stepper_optim(run->stepper), &len);
    const struct nn *average = stepper_average(run->stepper);
    return checkpoint_add_net(point, "net", stepper_net(run->stepper), err) &&
           checkpoint_add_floats(point, "optim", state, len, err) &&
           (!average || checkpoint_add_net(point, "average", average, err)) &&
           (!run->best || checkpoint_add_net(point, "best", run->best, err));
}

static bool add_history(const struct run *run, struct rows *rows, struct checkpoint *point,
                        struct err *err)
{
    const struct history *history = &run->history;
    fill_rows(history, rows);
    return checkpoint_add_floats(point, "points", rows->points[0],
                                 (size_t)history->point_count * POINT_LEN, err) &&
           checkpoint_add_floats(point, "checks", rows->checks[0],
                                 (size_t)history->check_count * CHECK_LEN, err) &&
           checkpoint_add_floats(point, "epochs", rows->epochs[0],
                                 (size_t)history->epoch_count * EPOCH_LEN, err);
}

bool run_save(struct run *run, const char *path, struct err *err)
{
    struct rows *rows = malloc(sizeof *rows);
    struct checkpoint *point = checkpoint_new(err);
    if (!rows)
        err_memory(err, _("the checkpoint"));
    bool ok = rows && point && add_record(run, &point->record, err) &&
              add_weights(run, point, err) && add_history(run, rows, point, err) &&
              checkpoint_save(point, path, err);
    checkpoint_free(point);
    free(rows);
    return ok;
}

/* ---- loading ------------------------------------------------------------------------------- */

static bool refuse(const char *path, struct err *err)
{
    return err_set(err, _("%s is no checkpoint of a training run; start the training again."),
                   path);
}

static bool read_recipe(const struct record *record, const char *path, struct recipe *recipe,
                        struct err *err)
{
    const char *text = record_get(record, "recipe");
    return text ? recipe_from_text(text, recipe, err) : refuse(path, err);
}

bool run_peek(const char *path, struct recipe *recipe, double *progress, double *seconds,
              struct err *err)
{
    struct record record = {0};
    uint64_t counters[COUNTERS], bits[SUMS];
    bool ok = checkpoint_peek(path, &record, err) && read_recipe(&record, path, recipe, err);
    if (ok && (!record_get_bits(&record, "counters", counters, COUNTERS) ||
               !record_get_bits(&record, "sums", bits, SUMS)))
        ok = refuse(path, err);
    if (ok && progress)
        *progress = fmin((double)counters[EPOCH] / recipe->epochs, 1);
    if (ok && seconds)
        memcpy(seconds, &bits[SECONDS], sizeof *seconds);
    record_clear(&record);
    return ok;
}

static bool read_net(const struct checkpoint *point, const char *name, struct nn *to,
                     struct err *err)
{
    struct nn *from = checkpoint_net(point, name, err);
    if (!from)
        return false;
    bool same = strcmp(nn_words(from), nn_words(to)) == 0;
    if (same)
        memcpy(nn_params(to), nn_weights(from), nn_param_len(to) * sizeof(float));
    nn_free(from);
    return same || err_set(err, _("The checkpoint's networks differ; start the training again."));
}

static bool read_weights(struct run *run, const struct checkpoint *point, const char *path,
                         struct err *err)
{
    size_t len, wanted;
    float *state = optim_state(stepper_optim(run->stepper), &wanted);
    const float *saved = checkpoint_floats(point, "optim", &len, err);
    if (!saved)
        return false;
    if (len != wanted)
        return refuse(path, err);
    if (len > 0)
        memcpy(state, saved, len * sizeof *state);
    return read_net(point, "net", stepper_net(run->stepper), err) &&
           (!stepper_average(run->stepper) ||
            read_net(point, "average", stepper_average(run->stepper), err)) &&
           (!run->best || read_net(point, "best", run->best, err));
}

static bool read_history(struct run *run, const struct checkpoint *point, const char *path,
                         struct err *err)
{
    size_t points_len, checks_len, epochs_len;
    const float *points = checkpoint_floats(point, "points", &points_len, err);
    const float *checks = checkpoint_floats(point, "checks", &checks_len, err);
    const float *epochs = checkpoint_floats(point, "epochs", &epochs_len, err);
    if (!points || !checks || !epochs)
        return false;
    if (epochs_len != (size_t)run->epoch * EPOCH_LEN)
        return refuse(path, err);
    read_rows(&run->history, points, points_len / POINT_LEN, checks, checks_len / CHECK_LEN, epochs,
              epochs_len / EPOCH_LEN);
    return true;
}

static bool refuse_images(const struct run_setup *setup, const struct record *record,
                          const char *path, struct err *err)
{
    const char *data = record_get(record, "data");
    return err_set(err, _("%s was trained on other images (%s); %s."),
                   setup->called ? setup->called : path, data ? data : "unknown",
                   setup->remedy ? setup->remedy : _("start the training again"));
}

static bool read_record(struct run *run, const struct run_setup *setup,
                        const struct record *record, const char *path, struct err *err)
{
    uint64_t counters[COUNTERS], bits[SUMS];
    if (!record_get_bits(record, "counters", counters, COUNTERS) ||
        !record_get_bits(record, "sums", bits, SUMS))
        return refuse(path, err);
    if (counters[FINGERPRINT] != run->fingerprint || counters[IMAGES] != run->train->count)
        return refuse_images(setup, record, path, err);
    uint64_t epochs = (uint64_t)run->recipe.epochs;
    if (counters[EPOCH] > epochs || counters[STEP] >= run->steps ||
        (counters[EPOCH] == epochs && counters[STEP] > 0) || counters[BEST_EPOCH] > counters[EPOCH])
        return refuse(path, err);
    if (counters[EPOCH] == epochs)
        run->state = RUN_DONE;
    double sums[SUMS];
    memcpy(sums, bits, sizeof sums);
    run->epoch = (int)counters[EPOCH];
    run->step = (uint32_t)counters[STEP];
    run->best_epoch = (int)counters[BEST_EPOCH];
    optim_set_steps(stepper_optim(run->stepper), counters[OPTIM_STEPS]);
    run->point_sum = (struct stepper_sum){sums[POINT_COST], (uint32_t)counters[POINT_CORRECT],
                                          (uint32_t)counters[POINT_COUNT]};
    run->epoch_sum = (struct stepper_sum){sums[EPOCH_COST], (uint32_t)counters[EPOCH_CORRECT],
                                          (uint32_t)counters[EPOCH_COUNT]};
    run->seconds = sums[SECONDS];
    run->epoch_seconds = sums[EPOCH_SECONDS];
    return true;
}

static struct run *read_run(const struct run_setup *setup, const struct checkpoint *point,
                            const char *path, struct err *err)
{
    struct recipe recipe;
    if (!read_recipe(&point->record, path, &recipe, err))
        return NULL;
    struct run_setup own = *setup;
    own.recipe = &recipe;
    own.begin_with = NULL;
    struct run *run = run_new(&own, err);
    if (!run)
        return NULL;
    if (!read_record(run, setup, &point->record, path, err) ||
        !read_weights(run, point, path, err) || !read_history(run, point, path, err)) {
        run_free(run);
        return NULL;
    }
    if (run->step > 0)
        stepper_begin_epoch(run->stepper, run->epoch);
    return run;
}

struct run *run_load(const struct run_setup *setup, const char *path, struct err *err)
{
    struct checkpoint *point = checkpoint_load(path, err);
    if (!point)
        return NULL;
    struct run *run = read_run(setup, point, path, err);
    checkpoint_free(point);
    return run;
}
