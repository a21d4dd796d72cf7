/* SPDX-License-Identifier: MIT */
#include "train/stepper.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "base/rng.h"
#include "data/augment.h"
#include "data/dataset.h"
#include "eval/verdict.h"
#include "ink/fit.h"
#include "kern/kern.h"
#include "nn/dense_sgd.h"
#include "nn/nn.h"
#include "nn/optim.h"
#include "par/pool.h"
#include "train/recipe.h"
#include "train/sampler.h"

enum {
    SHARDS_MAX = 8,
    SHARD_LEAST = 32, /* images; smaller shards cost more in overhead than threads gain */
    RANGE = 1 << 14,  /* weights that one thread adds up at a time: they fit in its L1 and L2 */
};

/* What a stream of random numbers is for: its highest byte. */
enum purpose { FOR_ORDER = 1, FOR_AUGMENTING = 2, FOR_DROPOUT = 3 };

/* One part of a mini-batch; touched by the thread that does it, and by the caller after that. */
struct shard {
    struct nn_work *work;
    float *x, *y;          /* [shard_max][FIT_LEN], [shard_max][VERDICT_CLASSES] */
    uint32_t first, count; /* of the epoch's order */
    struct stepper_sum sum;
};

struct stepper {
    struct recipe recipe;
    struct sampler sampler;
    const struct kern *kern;
    struct pool *pool;
    bool as_it_is; /* the pictures of the set, and nothing else */
    struct nn *net, *average;
    struct optim *optim;
    struct dense_sgd *sgd; /* where it fits; it has the weights while `away`, else the net */
    bool away;
    uint32_t count, steps;
    uint32_t *order; /* [count]: image numbers in the order of this epoch */
    int epoch;
    uint64_t dropout_seed; /* of this step; likewise: */
    int step_count;        /* images */
    float step_rate;
    int shard_count;
    struct shard shards[SHARDS_MAX];
};

static struct rng draw_for(const struct stepper *stepper, enum purpose purpose, uint64_t number)
{
    return rng_new(stepper->recipe.seed,
                   (uint64_t)purpose << 56 | (uint64_t)stepper->epoch << 32 | number);
}

/* A power of two, so that two, four or eight threads have equal shares. */
static int count_shards(int batch)
{
    int n = 1;
    while (n < SHARDS_MAX && batch / (2 * n) >= SHARD_LEAST)
        n *= 2;
    return n;
}

static bool new_shards(struct stepper *stepper, struct err *err)
{
    stepper->shard_count = count_shards(stepper->recipe.batch);
    int most = (stepper->recipe.batch + stepper->shard_count - 1) / stepper->shard_count;
    size_t len = nn_work_len(stepper->net, stepper->kern, most, true);
    if (len > NN_WORK_MAX || len > NN_WORKS_MAX / (size_t)stepper->shard_count)
        return err_set(err,
                       _("Mini-batches of %d need %.1f GB of memory with this network, and %.1f "
                         "are the most; use smaller ones, or a smaller network."),
                       stepper->recipe.batch,
                       (double)len * sizeof(float) * stepper->shard_count / 1e9,
                       (double)NN_WORKS_MAX * sizeof(float) / 1e9);
    for (int i = 0; i < stepper->shard_count; i++) {
        struct shard *shard = &stepper->shards[i];
        shard->work = nn_work_new(stepper->net, stepper->kern, most, true, err);
        if (!shard->work)
            return false;
        shard->x = malloc((size_t)most * FIT_LEN * sizeof *shard->x);
        shard->y = malloc((size_t)most * VERDICT_CLASSES * sizeof *shard->y);
        if (!shard->x || !shard->y)
            return err_memory(err, _("a mini-batch; use a smaller one"));
    }
    return true;
}

static bool take_weights(struct nn *to, const struct nn *from, struct err *err)
{
    if (strcmp(nn_words(to), nn_words(from)) != 0)
        return err_set(err,
                       _("The weights to begin with are of another network (%.80s) than the "
                         "recipe's (%.80s); choose the same one."),
                       nn_words(from), nn_words(to));
    memcpy(nn_params(to), nn_weights(from), nn_param_len(to) * sizeof(float));
    return true;
}

/* The book's way: small mini-batches of pictures as they are, dense layers, nothing but the rate.
 */
static bool descends_plainly(const struct stepper *stepper)
{
    const struct optim_spec *optim = &stepper->recipe.optim;
    return optim->kind == OPTIM_SGD && optim->decay == 0 && optim->l2 == 0 &&
           stepper->recipe.averaging == 0 && stepper->as_it_is && stepper->shard_count == 1 &&
           dense_sgd_fits(stepper->net);
}

static bool fill_stepper(struct stepper *stepper, const struct nn *begin_with, struct err *err)
{
    const struct recipe *recipe = &stepper->recipe;
    stepper->net = nn_new(recipe->net, err);
    if (!stepper->net)
        return false;
    if (begin_with && !take_weights(stepper->net, begin_with, err))
        return false;
    if (!begin_with)
        nn_init(stepper->net, recipe->start, recipe->seed);
    if (recipe->averaging > 0 && !(stepper->average = nn_copy(stepper->net, err)))
        return false;
    stepper->optim = optim_new(stepper->net, recipe->optim, err);
    if (!stepper->optim)
        return false;
    stepper->order = malloc(stepper->count * sizeof *stepper->order);
    if (!stepper->order)
        return err_memory(err, _("the order of the images"));
    if (!new_shards(stepper, err))
        return false;
    return !descends_plainly(stepper) ||
           (stepper->sgd = dense_sgd_new(stepper->net, stepper->kern, recipe->batch, err));
}

struct stepper *stepper_new(const struct recipe *recipe, const struct nn *begin_with,
                            const struct dataset *set, uint32_t count, const struct unipen *strokes,
                            const struct kern *kern, struct pool *pool, struct err *err)
{
    struct stepper *stepper = calloc(1, sizeof *stepper);
    if (!stepper) {
        err_memory(err, _("the training"));
        return NULL;
    }
    stepper->recipe = *recipe;
    stepper->sampler = sampler_new(&stepper->recipe, set, count, strokes);
    stepper->count = sampler_count(&stepper->sampler);
    stepper->as_it_is = augment_is_none(&recipe->augment) && stepper->count == count;
    stepper->kern = kern;
    stepper->pool = pool;
    stepper->steps = (stepper->count + (uint32_t)recipe->batch - 1) / (uint32_t)recipe->batch;
    if (!fill_stepper(stepper, begin_with, err)) {
        stepper_free(stepper);
        return NULL;
    }
    return stepper;
}

void stepper_free(struct stepper *stepper)
{
    if (!stepper)
        return;
    for (int i = 0; i < stepper->shard_count; i++) {
        nn_work_free(stepper->shards[i].work);
        free(stepper->shards[i].x);
        free(stepper->shards[i].y);
    }
    free(stepper->order);
    dense_sgd_free(stepper->sgd);
    optim_free(stepper->optim);
    nn_free(stepper->average);
    nn_free(stepper->net);
    free(stepper);
}

uint32_t stepper_images(const struct stepper *stepper)
{
    return stepper->count;
}

uint32_t stepper_steps(const struct stepper *stepper)
{
    return stepper->steps;
}

void stepper_begin_epoch(struct stepper *stepper, int epoch)
{
    stepper->epoch = epoch;
    for (uint32_t i = 0; i < stepper->count; i++)
        stepper->order[i] = i;
    struct rng rng = draw_for(stepper, FOR_ORDER, 0);
    rng_shuffle(&rng, stepper->order, stepper->count);
}

/* ---- one shard ----------------------------------------------------------------------------- */

static const uint8_t *pixels_of(const struct stepper *stepper, uint32_t image)
{
    return stepper->sampler.pictures->pixels + (size_t)image * FIT_LEN;
}

/* Asks for the picture that stands in the next mini-batch where `at` stands in this one: it lies
 * anywhere in 47 MB. Inlined by force, since a call of what only asks would be left out. */
static inline __attribute__((always_inline)) void fetch_ahead(const struct stepper *stepper,
                                                              uint32_t at)
{
    enum { CACHE_LINE = 64 };
    uint32_t next = at + (uint32_t)stepper->recipe.batch;
    if (next >= stepper->count || stepper->order[next] >= stepper->sampler.counts[SAMPLER_PICTURES])
        return;
    const uint8_t *pixels = pixels_of(stepper, stepper->order[next]);
    for (int i = 0; i < FIT_LEN; i += CACHE_LINE)
        __builtin_prefetch(pixels + i);
}

static void gather_image(const struct stepper *stepper, uint32_t image, float *x)
{
    if (stepper->as_it_is) {
        stepper->kern->from_bytes(FIT_LEN, pixels_of(stepper, image), FIT_SCALE, x);
        return;
    }
    struct rng rng = draw_for(stepper, FOR_AUGMENTING, image);
    sampler_draw(&stepper->sampler, image, stepper->epoch, &rng, x);
}

static void gather_answers(const struct stepper *stepper, struct shard *shard)
{
    for (uint32_t i = 0; i < shard->count; i++)
        sampler_want(&stepper->sampler, stepper->order[shard->first + i],
                     shard->y + (size_t)i * VERDICT_CLASSES);
}

static void gather_images(const struct stepper *stepper, struct shard *shard)
{
    for (uint32_t i = 0; i < shard->count; i++) {
        fetch_ahead(stepper, shard->first + i);
        gather_image(stepper, stepper->order[shard->first + i], shard->x + (size_t)i * FIT_LEN);
    }
}

static bool is_right(const struct stepper *stepper, const float *answer, uint32_t at)
{
    return sampler_is_right(&stepper->sampler, stepper->order[at], answer);
}

static uint32_t count_correct(const struct stepper *stepper, const struct shard *shard)
{
    const float *answer = nn_answers(stepper->net, shard->work);
    uint32_t correct = 0;
    for (uint32_t i = 0; i < shard->count; i++, answer += VERDICT_CLASSES)
        correct += is_right(stepper, answer, shard->first + i);
    return correct;
}

static void do_shard(void *context, int part, int thread)
{
    (void)thread;
    const struct stepper *stepper = context;
    struct shard *shard = &((struct stepper *)context)->shards[part];
    gather_images(stepper, shard);
    gather_answers(stepper, shard);
    shard->sum.cost =
        nn_gradient(stepper->net, shard->work, stepper->recipe.cost, shard->x, shard->y,
                    (int)shard->count, stepper->dropout_seed + (uint64_t)part);
    shard->sum.correct = count_correct(stepper, shard);
    shard->sum.count = shard->count;
}

/* ---- one step ------------------------------------------------------------------------------ */

/* The average starts quickly, so that it forgets the first weights: its memory is at most a tenth
 * of the steps so far. */
static void follow_average(struct stepper *stepper, size_t from, size_t to)
{
    double step = (double)optim_steps(stepper->optim), start = (1 + step) / (10 + step);
    float keep = (float)fmin((double)stepper->recipe.averaging, start);
    float *average = nn_params(stepper->average);
    const float *weights = nn_weights(stepper->net);
    for (size_t i = from; i < to; i++)
        average[i] += (1 - keep) * (weights[i] - average[i]);
}

/* Adds up the gradients and steps, for one range of the weights: while it is in the cache. */
static void step_range(void *context, int part, int thread)
{
    (void)thread;
    struct stepper *stepper = context;
    size_t from = (size_t)part * RANGE, len = nn_param_len(stepper->net) - from;
    if (len > RANGE)
        len = RANGE;
    float *sum = nn_work_gradient(stepper->shards[0].work);
    for (int i = 1; i < stepper->shard_count; i++)
        stepper->kern->add(len, nn_work_gradient(stepper->shards[i].work) + from, sum + from);
    optim_step_range(stepper->optim, stepper->kern, stepper->net, sum, stepper->step_count,
                     stepper->step_rate, from, from + len);
    if (stepper->average)
        follow_average(stepper, from, from + len);
}

/* One shard is a mini-batch too small to wake anybody for. */
static void step_weights(struct stepper *stepper)
{
    int ranges = (int)((nn_param_len(stepper->net) + RANGE - 1) / RANGE);
    optim_begin_step(stepper->optim);
    if (stepper->shard_count > 1)
        pool_run(stepper->pool, step_range, stepper, ranges);
    else
        for (int i = 0; i < ranges; i++)
            step_range(stepper, i, 0);
}

/* Cuts images first .. end - 1 of the order into shards, evenly. */
static void cut_shards(struct stepper *stepper, uint32_t first, uint32_t end)
{
    uint32_t shards = (uint32_t)stepper->shard_count, count = end - first;
    for (uint32_t i = 0; i < shards; i++) {
        stepper->shards[i].first = first + count * i / shards;
        stepper->shards[i].count = count * (i + 1) / shards - count * i / shards;
    }
}

/* A whole mini-batch by dense_sgd.h. */
static struct stepper_sum descend(struct stepper *stepper, float rate)
{
    struct shard *shard = &stepper->shards[0];
    const uint8_t *images[2 * SHARD_LEAST];
    if (!stepper->away)
        dense_sgd_take(stepper->sgd, stepper->net);
    stepper->away = true;
    for (uint32_t i = 0; i < shard->count; i++) {
        fetch_ahead(stepper, shard->first + i);
        images[i] = pixels_of(stepper, stepper->order[shard->first + i]);
    }
    gather_answers(stepper, shard);
    struct stepper_sum sum = {.count = shard->count};
    sum.cost = dense_sgd_step(stepper->sgd, stepper->net, stepper->recipe.cost, images, FIT_SCALE,
                              shard->y, (int)shard->count, rate);
    for (uint32_t i = 0; i < shard->count; i++)
        sum.correct += is_right(stepper, dense_sgd_answer(stepper->sgd, (int)i), shard->first + i);
    if (isfinite(sum.cost))
        optim_begin_step(stepper->optim);
    return sum;
}

static void bring_back(struct stepper *stepper)
{
    if (stepper->away)
        dense_sgd_give(stepper->sgd, stepper->net);
    stepper->away = false;
}

struct stepper_sum stepper_take(struct stepper *stepper, uint32_t step, float rate)
{
    uint64_t count = stepper->count;
    cut_shards(stepper, (uint32_t)(count * step / stepper->steps),
               (uint32_t)(count * (step + 1) / stepper->steps));
    if (stepper->sgd)
        return descend(stepper, rate);
    struct rng rng = draw_for(stepper, FOR_DROPOUT, step);
    stepper->dropout_seed = rng_next(&rng);
    pool_run(stepper->pool, do_shard, stepper, stepper->shard_count);

    struct stepper_sum sum = {0};
    for (int i = 0; i < stepper->shard_count; i++) {
        sum.cost += stepper->shards[i].sum.cost;
        sum.correct += stepper->shards[i].sum.correct;
        sum.count += stepper->shards[i].sum.count;
    }
    if (!isfinite(sum.cost))
        return sum;
    stepper->step_count = (int)sum.count;
    stepper->step_rate = rate;
    step_weights(stepper);
    return sum;
}

/* What the image at that place of the order was answered in the last step. */
static const float *find_answer(const struct stepper *stepper, uint32_t at)
{
    const struct shard *shard = &stepper->shards[0];
    if (stepper->sgd)
        return dense_sgd_answer(stepper->sgd, (int)(at - shard->first));
    while (at >= shard->first + shard->count)
        shard++;
    return nn_answers(stepper->net, shard->work) + (size_t)(at - shard->first) * VERDICT_CLASSES;
}

void stepper_look(const struct stepper *stepper, uint32_t i, struct stepper_image *image)
{
    uint32_t at = stepper->shards[0].first + i, number = stepper->order[at];
    float want[VERDICT_CLASSES];
    gather_image(stepper, number, image->x);
    sampler_want(&stepper->sampler, number, want);
    memcpy(image->answer, find_answer(stepper, at), sizeof image->answer);
    image->digit = sampler_digit(&stepper->sampler, number);
    image->right = is_right(stepper, image->answer, at);
    image->cost = nn_cost_of(stepper->net, stepper->recipe.cost, image->answer, want);
}

struct nn *stepper_net(struct stepper *stepper)
{
    bring_back(stepper);
    return stepper->net;
}

struct nn *stepper_average(struct stepper *stepper)
{
    return stepper->average;
}

const struct nn *stepper_kept(struct stepper *stepper)
{
    return stepper->average ? stepper->average : stepper_net(stepper);
}

struct optim *stepper_optim(struct stepper *stepper)
{
    return stepper->optim;
}
