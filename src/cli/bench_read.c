/* SPDX-License-Identifier: MIT */
/* inkling bench: how long reading takes, and loading the data. */
#include <stdlib.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/language.h"
#include "cli/bench.h"
#include "cli/interrupt.h"
#include "data/dataset.h"
#include "data/find.h"
#include "ink/fit.h"
#include "model/model.h"
#include "train/recipe.h"

enum {
    WARM_UP = 100, /* readings that are not counted: caches and branches are new to them */
    ROUNDS = 3,    /* batches in a run */
    BLOCK = 100,   /* images in a pass: as evaluate.c does it, their numbers stay in the cache */
};

/* The networks that read: as in a recipe, in words, or else the default model. */
static const struct network {
    const char *name, *recipe, *words;
} networks[BENCH_READERS] = {
    {"784-100-10", "nielsen-100", NULL},
    {"lenet5", "lenet5", NULL},
    {"small-cnn", NULL, bench_small_cnn},
    {"default", NULL, NULL},
};

/* ---- the networks -------------------------------------------------------------------------- */

/* Weights do not change how long reading takes, so those that were not trained just start. */
static struct nn *start_net(const struct network *network, struct err *err)
{
    struct recipe recipe;
    if (network->recipe && !recipe_find(network->recipe, &recipe, err))
        return NULL;
    struct nn *net = nn_new(network->recipe ? recipe.net : network->words, err);
    if (net)
        nn_init(net, NN_START_AUTO, 1);
    return net;
}

/* What reading needs; the pictures are real ones, for zeros may be skipped. */
struct desk {
    struct model *model; /* that the net is of, or NULL */
    struct nn *net;
    struct nn_work *work;
    float *x; /* [BENCH_BATCH][FIT_LEN] */
};

static bool fill_desk(struct desk *desk, const struct bench *bench, const struct network *network,
                      struct err *err)
{
    if (!network->recipe && !network->words) {
        desk->model = show_load_model(NULL, false, err);
        desk->net = desk->model ? desk->model->net : NULL;
    } else {
        desk->net = start_net(network, err);
    }
    if (!desk->net || !(desk->work = nn_work_new(desk->net, bench->kern, BLOCK, false, err)))
        return false;
    nn_pack(desk->net, desk->work);
    desk->x = malloc(sizeof(float) * BENCH_BATCH * FIT_LEN);
    if (!desk->x)
        return err_memory(err, _("the pictures to read"));
    for (uint32_t i = 0; i < BENCH_BATCH; i++)
        fit_floats(bench->test->pixels + (size_t)(i % bench->test->count) * FIT_LEN, 1,
                   desk->x + (size_t)i * FIT_LEN);
    return true;
}

static void clear_desk(struct desk *desk)
{
    free(desk->x);
    nn_work_free(desk->work);
    if (desk->model)
        model_free(desk->model);
    else
        nn_free(desk->net);
}

/* ---- reading ------------------------------------------------------------------------------- */

static double read_images(struct desk *desk, int first, int count)
{
    double begin = clock_seconds();
    for (int i = 0; i < count; i += BLOCK)
        nn_predict(desk->net, desk->work, desk->x + (size_t)(first + i) * FIT_LEN,
                   count - i < BLOCK ? count - i : BLOCK);
    return clock_seconds() - begin;
}

static double time_image(struct desk *desk)
{
    struct series seconds = {0};
    for (int i = 0; i < WARM_UP; i++)
        read_images(desk, i, 1);
    for (int i = 0; i < BENCH_BATCH; i++)
        series_add(&seconds, read_images(desk, i, 1));
    return series_median(&seconds);
}

static double time_batch(struct desk *desk)
{
    struct series seconds = {0};
    for (int i = 0; i < ROUNDS; i++)
        series_add(&seconds, read_images(desk, 0, BENCH_BATCH));
    return series_median(&seconds);
}

bool bench_read(struct bench *bench, const char *name, struct err *err)
{
    bool ok = true;
    for (int i = 0; i < BENCH_READERS && ok; i++) {
        struct bench_reader *reader = &bench->readers[i];
        struct desk desk = {0};
        reader->name = networks[i].name;
        ok = fill_desk(&desk, bench, &networks[i], err);
        for (int run = 0; run < bench->runs && ok && !interrupt_noted(); run++) {
            series_add(&reader->microseconds, 1e6 * time_image(&desk));
            series_add(&reader->per_second, BENCH_BATCH / time_batch(&desk));
            bench_progress(bench, name, (i + (run + 1.0) / bench->runs) / BENCH_READERS);
        }
        clear_desk(&desk);
    }
    return ok;
}

/* ---- loading ------------------------------------------------------------------------------- */

/* Digits that the program drew are not loaded, so there is nothing to measure then. */
bool bench_load(struct bench *bench, const char *name, struct err *err)
{
    for (int run = 0; run < bench->runs && !bench->train->synthetic && !interrupt_noted(); run++) {
        double begin = clock_seconds();
        struct dataset *train = find_data(bench->folder, DATASET_TRAIN, err);
        struct dataset *test = train ? find_data(bench->folder, DATASET_TEST, err) : NULL;
        double seconds = clock_seconds() - begin;
        bool ok = test != NULL;
        dataset_free(train);
        dataset_free(test);
        if (!ok)
            return false;
        series_add(&bench->loading, seconds);
        bench_progress(bench, name, (run + 1.0) / bench->runs);
    }
    return true;
}
