/* SPDX-License-Identifier: MIT */
#include "eval/evaluate.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "data/dataset.h"
#include "data/unipen.h"
#include "eval/verdict.h"
#include "ink/fit.h"
#include "kern/kern.h"
#include "par/pool.h"

enum {
    BLOCK = 100, /* images that one thread reads at a time */
    BLOCKS_MAX = DATASET_COUNT_MAX / BLOCK + 1,
};

/* One thread's own. */
struct worker {
    struct nn_work *work;
    float *x; /* [BLOCK][FIT_LEN] */
    uint32_t confusion[VERDICT_CLASSES][VERDICT_CLASSES];
};

struct evaluator {
    const struct kern *kern;
    struct pool *pool;
    int piece;               /* images that go through the network at a time, at most BLOCK */
    struct worker *workers;  /* [threads] */
    double cost[BLOCKS_MAX]; /* of each block, so that they are added up in order */

    /* Of the evaluation under way. */
    const struct nn *net;
    enum nn_cost cost_kind;
    const struct dataset *set;
    uint32_t first, count;
    float *answers; /* [count][VERDICT_CLASSES], where they are wanted */
};

/* As many images at a time as the memory for all threads allows; 0 with a sentence: not even one.
 */
static int choose_piece(const struct nn *net, const struct kern *kern, int threads, struct err *err)
{
    for (int piece = BLOCK; piece > 0; piece /= 2) {
        size_t len = nn_work_len(net, kern, piece, false);
        if (len <= NN_WORK_MAX && len <= NN_WORKS_MAX / (size_t)threads)
            return piece;
    }
    err_set(err,
            _("The network needs too much memory to read on %d threads at once; use fewer, or a "
              "smaller network."),
            threads);
    return 0;
}

struct evaluator *evaluator_new(const struct nn *net, const struct kern *kern, struct pool *pool,
                                struct err *err)
{
    if (nn_in_len(net) != FIT_LEN || nn_out_len(net) != VERDICT_CLASSES) {
        err_set(err,
                _("The network takes %d numbers and gives %d; reading digits needs 784 and 10."),
                nn_in_len(net), nn_out_len(net));
        return NULL;
    }
    int threads = pool_threads(pool), piece = choose_piece(net, kern, threads, err);
    if (piece == 0)
        return NULL;
    struct evaluator *e = calloc(1, sizeof *e);
    struct worker *workers = calloc((size_t)threads, sizeof *workers);
    if (!e || !workers) {
        free(e);
        free(workers);
        err_memory(err, _("the evaluation"));
        return NULL;
    }
    e->kern = kern;
    e->pool = pool;
    e->piece = piece;
    e->workers = workers;
    bool ok = true;
    for (int i = 0; i < threads && ok; i++) {
        workers[i].work = nn_work_new(net, kern, piece, false, err);
        workers[i].x = malloc(BLOCK * FIT_LEN * sizeof *workers[i].x);
        if (!workers[i].x)
            err_memory(err, _("the evaluation"));
        ok = workers[i].work && workers[i].x;
    }
    if (ok)
        return e;
    evaluator_free(e);
    return NULL;
}

void evaluator_free(struct evaluator *evaluator)
{
    if (!evaluator)
        return;
    for (int i = 0; i < pool_threads(evaluator->pool); i++) {
        nn_work_free(evaluator->workers[i].work);
        free(evaluator->workers[i].x);
    }
    free(evaluator->workers);
    free(evaluator);
}

static uint32_t lesser(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* Reads images at .. at + count - 1, a piece of a block, and adds up what they cost. */
static void read_piece(struct evaluator *e, struct worker *worker, uint32_t at, uint32_t count,
                       double *cost)
{
    const uint8_t *pixels = e->set->pixels + (size_t)(e->first + at) * FIT_LEN;
    e->kern->from_bytes((size_t)count * FIT_LEN, pixels, FIT_SCALE, worker->x);
    const float *answer = nn_predict(e->net, worker->work, worker->x, (int)count);
    if (e->answers)
        memcpy(e->answers + (size_t)at * VERDICT_CLASSES, answer,
               count * VERDICT_CLASSES * sizeof *answer);
    for (uint32_t i = 0; i < count; i++, answer += VERDICT_CLASSES) {
        int truth = e->set->labels[e->first + at + i];
        float wanted[VERDICT_CLASSES] = {0};
        wanted[truth] = 1;
        *cost += nn_cost_of(e->net, e->cost_kind, answer, wanted);
        worker->confusion[truth][verdict_best(answer)]++;
    }
}

static void read_block(void *context, int part, int thread)
{
    struct evaluator *e = context;
    uint32_t begin = (uint32_t)part * BLOCK, end = begin + lesser(BLOCK, e->count - begin);
    uint32_t piece = (uint32_t)e->piece;
    e->cost[part] = 0;
    for (uint32_t at = begin; at < end; at += piece)
        read_piece(e, &e->workers[thread], at, lesser(piece, end - at), &e->cost[part]);
}

/* Counts of all threads into the result. */
static void add_confusions(struct evaluator *e, struct evaluation *result)
{
    for (int i = 0; i < pool_threads(e->pool); i++) {
        for (int truth = 0; truth < VERDICT_CLASSES; truth++)
            for (int answer = 0; answer < VERDICT_CLASSES; answer++)
                result->confusion[truth][answer] += e->workers[i].confusion[truth][answer];
        memset(e->workers[i].confusion, 0, sizeof e->workers[i].confusion);
    }
    for (int digit = 0; digit < VERDICT_CLASSES; digit++)
        result->correct += result->confusion[digit][digit];
}

double evaluate_error(double part, uint64_t count)
{
    return count > 0 ? sqrt(part * (1 - part) / (double)count) : 0;
}

static void set_accuracy(struct evaluation *e)
{
    e->accuracy = (double)e->correct / e->count;
    e->error = evaluate_error(e->accuracy, e->count);
}

struct evaluation evaluator_run(struct evaluator *evaluator, const struct nn *net,
                                enum nn_cost cost, const struct dataset *set, uint32_t first,
                                uint32_t count)
{
    struct evaluator *e = evaluator;
    assert(first <= set->count && count <= set->count - first);
    struct evaluation result = {.count = count};
    if (count == 0)
        return result;
    e->net = net;
    e->cost_kind = cost;
    e->set = set;
    e->first = first;
    e->count = count;
    for (int i = 0; i < pool_threads(e->pool); i++)
        nn_pack(net, e->workers[i].work);
    int blocks = (int)((count + BLOCK - 1) / BLOCK);
    pool_run(e->pool, read_block, e, blocks);
    add_confusions(e, &result);
    for (int i = 0; i < blocks; i++)
        result.cost += e->cost[i];
    result.cost /= count;
    set_accuracy(&result);
    return result;
}

struct evaluation evaluator_read(struct evaluator *evaluator, const struct nn *net,
                                 enum nn_cost cost, const struct dataset *set, uint32_t first,
                                 uint32_t count, float *answers)
{
    evaluator->answers = answers;
    struct evaluation result = evaluator_run(evaluator, net, cost, set, first, count);
    evaluator->answers = NULL;
    return result;
}

struct evaluation evaluation_join(const struct evaluation *a, const struct evaluation *b)
{
    struct evaluation both = {.count = a->count + b->count, .correct = a->correct + b->correct};
    if (both.count == 0)
        return both;
    for (int truth = 0; truth < VERDICT_CLASSES; truth++)
        for (int answer = 0; answer < VERDICT_CLASSES; answer++)
            both.confusion[truth][answer] =
                a->confusion[truth][answer] + b->confusion[truth][answer];
    both.cost = (a->cost * a->count + b->cost * b->count) / both.count;
    set_accuracy(&both);
    return both;
}

/* ---- pen strokes --------------------------------------------------------------------------- */

struct fitting {
    const struct unipen *strokes;
    struct dataset *set;
};

static void fit_block(void *context, int part, int thread)
{
    (void)thread;
    struct fitting *fitting = context;
    uint32_t count = fitting->strokes->count, end = (uint32_t)(part + 1) * BLOCK;
    for (uint32_t i = (uint32_t)part * BLOCK; i < end && i < count; i++) {
        const struct unipen_digit *digit = &fitting->strokes->digits[i];
        unipen_picture(digit, fitting->set->pixels + (size_t)i * FIT_LEN);
        fitting->set->labels[i] = (uint8_t)digit->label;
    }
}

struct dataset *evaluate_strokes(const struct unipen *strokes, struct pool *pool, struct err *err)
{
    struct fitting fitting = {strokes, dataset_new("pen strokes", strokes->count, err)};
    if (fitting.set)
        pool_run(pool, fit_block, &fitting, (int)((strokes->count + BLOCK - 1) / BLOCK));
    return fitting.set;
}

enum nn_cost evaluate_default_cost(const struct nn *net)
{
    const char *words = nn_layer(net, nn_layer_count(net) - 1)->words;
    return strstr(words, "softmax") ? NN_CROSS_ENTROPY : NN_QUADRATIC;
}
