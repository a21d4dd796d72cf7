/* SPDX-License-Identifier: MIT */
#include "train/lesson.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/rng.h"
#include "data/augment.h"
#include "data/dataset.h"
#include "eval/verdict.h"
#include "ink/fit.h"
#include "kern/kern.h"
#include "nn/descent.h"
#include "nn/nn.h"
#include "nn/optim.h"
#include "par/pool.h"
#include "train/mix.h"
#include "train/recipe.h"

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
    struct lesson_sum sum;
};

struct lesson {
    struct recipe recipe;
    struct mix mix;
    const struct kern *kern;
    struct pool *pool;
    bool as_it_is; /* the pictures of the set, and nothing else */
    struct nn *net, *average;
    struct optim *optim;
    struct descent *descent; /* where it fits; it has the weights while `away`, else the net */
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

static struct rng draw_for(const struct lesson *lesson, enum purpose purpose, uint64_t number)
{
    return rng_new(lesson->recipe.seed,
                   (uint64_t)purpose << 56 | (uint64_t)lesson->epoch << 32 | number);
}

/* A power of two, so that two, four or eight threads have equal shares. */
static int count_shards(int batch)
{
    int n = 1;
    while (n < SHARDS_MAX && batch / (2 * n) >= SHARD_LEAST)
        n *= 2;
    return n;
}

static bool new_shards(struct lesson *lesson, struct err *err)
{
    lesson->shard_count = count_shards(lesson->recipe.batch);
    int most = (lesson->recipe.batch + lesson->shard_count - 1) / lesson->shard_count;
    size_t len = nn_work_len(lesson->net, lesson->kern, most, true);
    if (len > NN_WORK_MAX || len > NN_WORKS_MAX / (size_t)lesson->shard_count)
        return err_set(err, "Mini-batches of %d need %.1f GB of memory with this network, and %.1f "
                            "are the most; use smaller ones, or a smaller network.",
                       lesson->recipe.batch,
                       (double)len * sizeof(float) * lesson->shard_count / 1e9,
                       (double)NN_WORKS_MAX * sizeof(float) / 1e9);
    for (int i = 0; i < lesson->shard_count; i++) {
        struct shard *shard = &lesson->shards[i];
        shard->work = nn_work_new(lesson->net, lesson->kern, most, true, err);
        if (!shard->work)
            return false;
        shard->x = malloc((size_t)most * FIT_LEN * sizeof *shard->x);
        shard->y = malloc((size_t)most * VERDICT_CLASSES * sizeof *shard->y);
        if (!shard->x || !shard->y)
            return err_memory(err, "a mini-batch; use a smaller one");
    }
    return true;
}

static bool take_weights(struct nn *to, const struct nn *from, struct err *err)
{
    if (strcmp(nn_words(to), nn_words(from)) != 0)
        return err_set(err, "The weights to begin with are of another network (%.80s) than the "
                       "recipe's (%.80s); choose the same one.", nn_words(from), nn_words(to));
    memcpy(nn_params(to), nn_weights(from), nn_param_len(to) * sizeof(float));
    return true;
}

/* The book's way: small mini-batches of pictures as they are, dense layers, nothing but the rate.
 */
static bool descends_plainly(const struct lesson *lesson)
{
    const struct optim_spec *optim = &lesson->recipe.optim;
    return optim->kind == OPTIM_SGD && optim->decay == 0 && optim->l2 == 0 &&
           lesson->recipe.averaging == 0 && lesson->as_it_is && lesson->shard_count == 1 &&
           descent_fits(lesson->net);
}

static bool fill_lesson(struct lesson *lesson, const struct nn *begin_with, struct err *err)
{
    const struct recipe *recipe = &lesson->recipe;
    lesson->net = nn_new(recipe->net, err);
    if (!lesson->net)
        return false;
    if (begin_with && !take_weights(lesson->net, begin_with, err))
        return false;
    if (!begin_with)
        nn_init(lesson->net, recipe->start, recipe->seed);
    if (recipe->averaging > 0 && !(lesson->average = nn_copy(lesson->net, err)))
        return false;
    lesson->optim = optim_new(lesson->net, recipe->optim, err);
    if (!lesson->optim)
        return false;
    lesson->order = malloc(lesson->count * sizeof *lesson->order);
    if (!lesson->order)
        return err_memory(err, "the order of the images");
    if (!new_shards(lesson, err))
        return false;
    return !descends_plainly(lesson) ||
           (lesson->descent = descent_new(lesson->net, lesson->kern, recipe->batch, err));
}

struct lesson *lesson_new(const struct recipe *recipe, const struct nn *begin_with,
                          const struct dataset *set, uint32_t count, const struct unipen *strokes,
                          const struct kern *kern, struct pool *pool, struct err *err)
{
    struct lesson *lesson = calloc(1, sizeof *lesson);
    if (!lesson) {
        err_memory(err, "the training");
        return NULL;
    }
    lesson->recipe = *recipe;
    lesson->mix = mix_new(&lesson->recipe, set, count, strokes);
    lesson->count = mix_count(&lesson->mix);
    lesson->as_it_is = augment_is_none(&recipe->augment) && lesson->count == count;
    lesson->kern = kern;
    lesson->pool = pool;
    lesson->steps = (lesson->count + (uint32_t)recipe->batch - 1) / (uint32_t)recipe->batch;
    if (!fill_lesson(lesson, begin_with, err)) {
        lesson_free(lesson);
        return NULL;
    }
    return lesson;
}

void lesson_free(struct lesson *lesson)
{
    if (!lesson)
        return;
    for (int i = 0; i < lesson->shard_count; i++) {
        nn_work_free(lesson->shards[i].work);
        free(lesson->shards[i].x);
        free(lesson->shards[i].y);
    }
    free(lesson->order);
    descent_free(lesson->descent);
    optim_free(lesson->optim);
    nn_free(lesson->average);
    nn_free(lesson->net);
    free(lesson);
}

uint32_t lesson_count(const struct lesson *lesson)
{
    return lesson->count;
}

uint32_t lesson_steps(const struct lesson *lesson)
{
    return lesson->steps;
}

void lesson_begin_epoch(struct lesson *lesson, int epoch)
{
    lesson->epoch = epoch;
    for (uint32_t i = 0; i < lesson->count; i++)
        lesson->order[i] = i;
    struct rng rng = draw_for(lesson, FOR_ORDER, 0);
    rng_shuffle(&rng, lesson->order, lesson->count);
}

/* ---- one shard ----------------------------------------------------------------------------- */

static const uint8_t *pixels_of(const struct lesson *lesson, uint32_t image)
{
    return lesson->mix.pictures->pixels + (size_t)image * FIT_LEN;
}

/* Asks for the picture that stands in the next mini-batch where `at` stands in this one: it lies
 * anywhere in 47 MB. Inlined by force, since a call of what only asks would be left out. */
static inline __attribute__((always_inline)) void fetch_ahead(const struct lesson *lesson,
                                                              uint32_t at)
{
    enum { CACHE_LINE = 64 };
    uint32_t next = at + (uint32_t)lesson->recipe.batch;
    if (next >= lesson->count || lesson->order[next] >= lesson->mix.counts[MIX_PICTURES])
        return;
    const uint8_t *pixels = pixels_of(lesson, lesson->order[next]);
    for (int i = 0; i < FIT_LEN; i += CACHE_LINE)
        __builtin_prefetch(pixels + i);
}

static void gather_image(const struct lesson *lesson, uint32_t image, float *x)
{
    if (lesson->as_it_is) {
        lesson->kern->from_bytes(FIT_LEN, pixels_of(lesson, image), FIT_SCALE, x);
        return;
    }
    struct rng rng = draw_for(lesson, FOR_AUGMENTING, image);
    mix_draw(&lesson->mix, image, lesson->epoch, &rng, x);
}

static void gather_answers(const struct lesson *lesson, struct shard *shard)
{
    for (uint32_t i = 0; i < shard->count; i++)
        mix_want(&lesson->mix, lesson->order[shard->first + i],
                 shard->y + (size_t)i * VERDICT_CLASSES);
}

static void gather_images(const struct lesson *lesson, struct shard *shard)
{
    for (uint32_t i = 0; i < shard->count; i++) {
        fetch_ahead(lesson, shard->first + i);
        gather_image(lesson, lesson->order[shard->first + i], shard->x + (size_t)i * FIT_LEN);
    }
}

static bool is_right(const struct lesson *lesson, const float *answer, uint32_t at)
{
    return mix_is_right(&lesson->mix, lesson->order[at], answer);
}

static uint32_t count_correct(const struct lesson *lesson, const struct shard *shard)
{
    const float *answer = nn_answers(lesson->net, shard->work);
    uint32_t correct = 0;
    for (uint32_t i = 0; i < shard->count; i++, answer += VERDICT_CLASSES)
        correct += is_right(lesson, answer, shard->first + i);
    return correct;
}

static void do_shard(void *context, int part, int thread)
{
    (void)thread;
    const struct lesson *lesson = context;
    struct shard *shard = &((struct lesson *)context)->shards[part];
    gather_images(lesson, shard);
    gather_answers(lesson, shard);
    shard->sum.cost = nn_gradient(lesson->net, shard->work, lesson->recipe.cost, shard->x, shard->y,
                                  (int)shard->count, lesson->dropout_seed + (uint64_t)part);
    shard->sum.correct = count_correct(lesson, shard);
    shard->sum.count = shard->count;
}

/* ---- one step ------------------------------------------------------------------------------ */

/* The average starts quickly, so that it forgets the first weights: its memory is at most a tenth
 * of the steps so far. */
static void follow_average(struct lesson *lesson, size_t from, size_t to)
{
    double step = (double)optim_steps(lesson->optim), start = (1 + step) / (10 + step);
    float keep = (float)fmin((double)lesson->recipe.averaging, start);
    float *average = nn_params(lesson->average);
    const float *weights = nn_weights(lesson->net);
    for (size_t i = from; i < to; i++)
        average[i] += (1 - keep) * (weights[i] - average[i]);
}

/* Adds up the gradients and steps, for one range of the weights: while it is in the cache. */
static void step_range(void *context, int part, int thread)
{
    (void)thread;
    struct lesson *lesson = context;
    size_t from = (size_t)part * RANGE, len = nn_param_len(lesson->net) - from;
    if (len > RANGE)
        len = RANGE;
    float *sum = nn_work_gradient(lesson->shards[0].work);
    for (int i = 1; i < lesson->shard_count; i++)
        lesson->kern->add(len, nn_work_gradient(lesson->shards[i].work) + from, sum + from);
    optim_step_range(lesson->optim, lesson->kern, lesson->net, sum, lesson->step_count,
                     lesson->step_rate, from, from + len);
    if (lesson->average)
        follow_average(lesson, from, from + len);
}

/* One shard is a mini-batch too small to wake anybody for. */
static void step_weights(struct lesson *lesson)
{
    int ranges = (int)((nn_param_len(lesson->net) + RANGE - 1) / RANGE);
    optim_begin_step(lesson->optim);
    if (lesson->shard_count > 1)
        pool_run(lesson->pool, step_range, lesson, ranges);
    else
        for (int i = 0; i < ranges; i++)
            step_range(lesson, i, 0);
}

/* Cuts images first .. end - 1 of the order into shards, evenly. */
static void cut_shards(struct lesson *lesson, uint32_t first, uint32_t end)
{
    uint32_t shards = (uint32_t)lesson->shard_count, count = end - first;
    for (uint32_t i = 0; i < shards; i++) {
        lesson->shards[i].first = first + count * i / shards;
        lesson->shards[i].count = count * (i + 1) / shards - count * i / shards;
    }
}

/* A whole mini-batch by descent.h. */
static struct lesson_sum descend(struct lesson *lesson, float rate)
{
    struct shard *shard = &lesson->shards[0];
    const uint8_t *images[2 * SHARD_LEAST];
    if (!lesson->away)
        descent_take(lesson->descent, lesson->net);
    lesson->away = true;
    for (uint32_t i = 0; i < shard->count; i++) {
        fetch_ahead(lesson, shard->first + i);
        images[i] = pixels_of(lesson, lesson->order[shard->first + i]);
    }
    gather_answers(lesson, shard);
    struct lesson_sum sum = {.count = shard->count};
    sum.cost = descent_step(lesson->descent, lesson->net, lesson->recipe.cost, images,
                            FIT_SCALE, shard->y, (int)shard->count, rate);
    for (uint32_t i = 0; i < shard->count; i++)
        sum.correct += is_right(lesson, descent_answer(lesson->descent, (int)i), shard->first + i);
    if (isfinite(sum.cost))
        optim_begin_step(lesson->optim);
    return sum;
}

static void bring_back(struct lesson *lesson)
{
    if (lesson->away)
        descent_give(lesson->descent, lesson->net);
    lesson->away = false;
}

struct lesson_sum lesson_step(struct lesson *lesson, uint32_t step, float rate)
{
    uint64_t count = lesson->count;
    cut_shards(lesson, (uint32_t)(count * step / lesson->steps),
               (uint32_t)(count * (step + 1) / lesson->steps));
    if (lesson->descent)
        return descend(lesson, rate);
    struct rng rng = draw_for(lesson, FOR_DROPOUT, step);
    lesson->dropout_seed = rng_next(&rng);
    pool_run(lesson->pool, do_shard, lesson, lesson->shard_count);

    struct lesson_sum sum = {0};
    for (int i = 0; i < lesson->shard_count; i++) {
        sum.cost += lesson->shards[i].sum.cost;
        sum.correct += lesson->shards[i].sum.correct;
        sum.count += lesson->shards[i].sum.count;
    }
    if (!isfinite(sum.cost))
        return sum;
    lesson->step_count = (int)sum.count;
    lesson->step_rate = rate;
    step_weights(lesson);
    return sum;
}

struct nn *lesson_net(struct lesson *lesson)
{
    bring_back(lesson);
    return lesson->net;
}

struct nn *lesson_average(struct lesson *lesson)
{
    return lesson->average;
}

const struct nn *lesson_kept(struct lesson *lesson)
{
    return lesson->average ? lesson->average : lesson_net(lesson);
}

struct optim *lesson_optim(struct lesson *lesson)
{
    return lesson->optim;
}
