/* SPDX-License-Identifier: MIT */
#include "app/state/digit_map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/host.h"
#include "app/job/job.h"
#include "app/tell/notice.h"
#include "base/err.h"
#include "base/language.h"
#include "data/dataset.h"
#include "eval/embedding.h"
#include "eval/hidden.h"
#include "ink/fit.h"
#include "kern/kern.h"
#include "nn/nn.h"
#include "par/lock.h"
#include "par/pool.h"

enum {
    ALIKE = 5, /* neighbours in whose middle a drawing lies */
};

#define PERPLEXITY 30

struct digit_map_work {
    /* set before the job starts, then only read */
    const struct kern *kern;
    int threads;
    struct nn *net;                   /* that reads; NULL: the made one is embedded */
    const struct digit_map_made *own; /* the window's, which changes none of it meanwhile */

    /* the job's until it is over; then the window's */
    struct digit_map_made *made; /* by reading */
    float *xy;                   /* by embedding: [count][2] */
    bool done;
    struct err err;

    /* under the lock */
    struct lock lock;
    float *forming; /* [count][2] */
    bool news;

    struct job *job; /* the window's thread's */
};

static void free_made(struct digit_map_made *made)
{
    if (!made)
        return;
    dataset_free(made->set);
    projection_clear(&made->flat);
    free(made->features);
    free(made->squares);
    for (int i = 0; i < DIGIT_MAP_LAYOUTS; i++)
        free(made->xy[i]);
    free(made);
}

/* Waits for its job. */
static void free_work(struct digit_map_work *work)
{
    if (!work)
        return;
    job_end(work->job);
    nn_free(work->net);
    free_made(work->made);
    free(work->xy);
    free(work->forming);
    lock_clear(&work->lock);
    free(work);
}

/* ---- on the job's thread: reading ------------------------------------------------------------ */

static void take_features(void *to, uint32_t image, const float *activations, int len)
{
    struct digit_map_made *made = to;
    double sum = 0;
    for (int i = 0; i < len; i++)
        sum += (double)activations[i] * (double)activations[i];
    made->squares[image] = (float)sum;
    memcpy(made->features + image * (size_t)len, activations, (size_t)len * sizeof *activations);
}

static bool make_room(struct digit_map_made *made, struct err *err)
{
    size_t count = made->set->count, size = sizeof(float);
    made->features = malloc(count * (size_t)made->len * size + 1);
    made->squares = malloc(2 * count * size + 1);
    for (int i = 0; i < DIGIT_MAP_LAYOUTS; i++)
        made->xy[i] = calloc(2 * count + 1, size);
    return (made->features && made->squares && made->xy[DIGIT_MAP_COMPONENTS] &&
            made->xy[DIGIT_MAP_NEIGHBOURS]) ||
           err_memory(err, _("the map"));
}

static bool read_images(struct digit_map_work *work, struct pool *pool, struct job *job)
{
    struct digit_map_made *made = work->made;
    const struct hidden_setup setup = {work->net, work->kern, pool, made->set, job_go_on, job};
    made->len = hidden_len(work->net, work->kern, &work->err);
    if (made->len == 0 || !make_room(made, &work->err) ||
        !hidden_read(&setup, take_features, made, &work->err) ||
        !projection_find(made->features, made->set->count, made->len, work->kern, &made->flat,
                         &work->err))
        return false;
    for (uint32_t i = 0; i < made->set->count; i++)
        projection_place(&made->flat, made->features + i * (size_t)made->len,
                         made->xy[DIGIT_MAP_COMPONENTS] + 2 * (size_t)i);
    return true;
}

/* ---- on the job's thread: neighbours --------------------------------------------------------- */

struct under_way {
    struct job *job;
    struct digit_map_work *work;
};

static bool show_forming(void *context, double part, const float *xy)
{
    const struct under_way *under_way = context;
    struct digit_map_work *work = under_way->work;
    lock_take(&work->lock);
    memcpy(work->forming, xy, 2 * (size_t)work->own->set->count * sizeof *xy);
    work->news = true;
    lock_give(&work->lock);
    return job_step(under_way->job, part);
}

static bool embed_images(struct digit_map_work *work, struct pool *pool, struct job *job)
{
    const struct digit_map_made *own = work->own;
    struct under_way under_way = {job, work};
    const struct embedding_setup setup = {own->features, own->set->count, own->len,
                                          PERPLEXITY,    work->kern,      pool,
                                          show_forming,  &under_way};
    return embedding_find(&setup, work->xy, &work->err);
}

static void run(struct job *job, void *context)
{
    struct digit_map_work *work = context;
    struct pool *pool = pool_new(work->threads, true, &work->err);
    if (pool)
        work->done = work->net ? read_images(work, pool, job) : embed_images(work, pool, job);
    pool_free(pool);
}

/* ---- on the window's thread ------------------------------------------------------------------ */

void digit_map_begin(struct digit_map *map, const struct app_means *means)
{
    map->means = *means;
}

void digit_map_end(struct digit_map *map)
{
    if (map->work)
        job_stop(map->work->job);
    free_work(map->work);
    free_made(map->made);
    map->work = NULL;
    map->made = NULL;
}

void digit_map_choose(struct digit_map *map, enum digit_map_layout layout)
{
    map->stopped = false;
    map->changes++;
    map->layout = layout;
}

/* What was begun, or was to begin, is not begun again by itself. */
static void give_up(struct digit_map *map, const struct digit_map_key *reading)
{
    if (reading)
        map->given_up = *reading;
    else
        map->stopped = true;
}

void digit_map_stop(struct digit_map *map)
{
    const struct digit_map_work *work = map->work;
    if (!work)
        return;
    give_up(map, work->net ? &work->made->key : NULL);
    job_stop(work->job);
}

bool digit_map_busy(const struct digit_map *map)
{
    return map->work;
}

double digit_map_progress(const struct digit_map *map)
{
    return map->work ? job_progress(map->work->job) : 0;
}

static struct digit_map_key key_of(const struct digit_map_wish *wish)
{
    return (struct digit_map_key){wish->by.model, wish->set_number};
}

static bool is_same(struct digit_map_key a, struct digit_map_key b)
{
    return a.model == b.model && a.set == b.set;
}

static bool is_of(const struct digit_map_made *made, const struct digit_map_wish *wish)
{
    return made && is_same(made->key, key_of(wish));
}

bool digit_map_has(const struct digit_map *map, const struct digit_map_wish *wish)
{
    return is_of(map->made, wish);
}

uint32_t digit_map_number(const struct digit_map_made *made, uint32_t i)
{
    return (uint32_t)((uint64_t)i * made->all / made->set->count);
}

/* ---- beginning ------------------------------------------------------------------------------- */

/* Evenly from all of it, so that who wrote first has no more of the map. */
static struct dataset *choose_images(const struct dataset *set, struct err *err)
{
    uint32_t count = set->count < DIGIT_MAP_IMAGES ? set->count : DIGIT_MAP_IMAGES;
    struct dataset *chosen = dataset_new(set->name, count, err);
    for (uint32_t i = 0; chosen && i < count; i++) {
        size_t from = (size_t)((uint64_t)i * set->count / count);
        memcpy(chosen->pixels + (size_t)i * FIT_LEN, set->pixels + from * FIT_LEN, FIT_LEN);
        chosen->labels[i] = set->labels[from];
    }
    return chosen;
}

static bool prepare_reading(struct digit_map_work *work, const struct digit_map_wish *wish,
                            struct err *err)
{
    if (!(work->made = calloc(1, sizeof *work->made)))
        return err_memory(err, _("the map"));
    work->made->key = key_of(wish);
    work->made->all = wish->set->count;
    return (work->made->set = choose_images(wish->set, err)) &&
           (work->net = nn_copy(wish->by.net, err));
}

static bool prepare_embedding(struct digit_map_work *work, const struct digit_map_made *made,
                              struct err *err)
{
    size_t size = 2 * (size_t)made->set->count * sizeof(float);
    work->own = made;
    work->xy = malloc(size + 1);
    work->forming = malloc(size + 1);
    if (!work->xy || !work->forming)
        return err_memory(err, _("the map"));
    memcpy(work->xy, made->xy[DIGIT_MAP_COMPONENTS], size);
    return true;
}

/* Reads where there is a wish; else what was read is embedded. */
static void start(struct digit_map *map, const struct digit_map_wish *wish)
{
    const struct app_host *host = map->means.host;
    struct err err;
    struct digit_map_work *work = calloc(1, sizeof *work);
    if (work) {
        lock_init(&work->lock);
        work->kern = map->means.kern;
        work->threads = map->means.threads;
        const struct job_setup setup = {run, work, host->wake, host->user, _("to make the map")};
        if ((wish ? prepare_reading(work, wish, &err) : prepare_embedding(work, map->made, &err)) &&
            (work->job = job_start(&setup, &err))) {
            map->work = work;
            return;
        }
    } else
        err_memory(&err, _("the map"));
    free_work(work);
    give_up(map, wish ? &(struct digit_map_key){wish->by.model, wish->set_number} : NULL);
    notices_say(map->means.notices, NOTICE_TROUBLE, "%s", err.text);
}

void digit_map_want(struct digit_map *map, const struct digit_map_wish *wish)
{
    const struct digit_map_work *work = map->work;
    if (work) {
        bool wanted = work->net ? is_of(work->made, wish)
                                : is_of(work->own, wish) && map->layout == DIGIT_MAP_NEIGHBOURS;
        if (!wanted)
            job_stop(work->job);
        return;
    }
    if (is_of(map->made, wish)) {
        if (map->layout == DIGIT_MAP_NEIGHBOURS && !map->made->embedded && !map->stopped)
            start(map, NULL);
    } else if (wish->set && !is_same(map->given_up, key_of(wish)))
        start(map, wish);
}

/* ---- the end of it --------------------------------------------------------------------------- */

static void take_forming(struct digit_map *map)
{
    struct digit_map_work *work = map->work;
    lock_take(&work->lock);
    if (work->news) {
        memcpy(map->made->xy[DIGIT_MAP_NEIGHBOURS], work->forming,
               2 * (size_t)map->made->set->count * sizeof *work->forming);
        map->changes++;
    }
    work->news = false;
    lock_give(&work->lock);
}

static void take_work(struct digit_map *map, struct digit_map_work *work)
{
    map->changes++;
    if (work->net) {
        free_made(map->made);
        map->made = work->made;
        work->made = NULL;
        map->stopped = false;
        return;
    }
    float *before = map->made->xy[DIGIT_MAP_NEIGHBOURS];
    map->made->xy[DIGIT_MAP_NEIGHBOURS] = work->xy;
    map->made->embedded = true;
    work->xy = before;
}

void digit_map_poll(struct digit_map *map)
{
    struct digit_map_work *work = map->work;
    if (!work)
        return;
    if (!job_is_over(work->job)) {
        if (!work->net)
            take_forming(map);
        return;
    }
    map->work = NULL;
    if (work->done)
        take_work(map, work);
    else if (!job_is_stopped(work->job)) {
        give_up(map, work->net ? &work->made->key : NULL);
        notices_say(map->means.notices, NOTICE_TROUBLE, "%s", work->err.text);
    }
    free_work(work);
}

/* ---- places ---------------------------------------------------------------------------------- */

static bool shows_neighbours(const struct digit_map *map)
{
    return map->layout == DIGIT_MAP_NEIGHBOURS &&
           (map->made->embedded || (map->work && !map->work->net));
}

const float *digit_map_places(const struct digit_map *map)
{
    return map->made->xy[shows_neighbours(map) ? DIGIT_MAP_NEIGHBOURS : DIGIT_MAP_COMPONENTS];
}

/* Finds the image that is nearest to what `distance` is of, and not found again. */
static uint32_t take_nearest(float *distance, uint32_t count)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < count; i++)
        if (distance[i] < distance[best])
            best = i;
    distance[best] = INFINITY;
    return best;
}

void digit_map_place(const struct digit_map *map, const float *hidden, float xy[2])
{
    const struct digit_map_made *made = map->made;
    uint32_t count = made->set->count, near = count < ALIKE ? count : ALIKE;
    float *distance = made->squares + count;
    xy[0] = xy[1] = 0;
    if (!shows_neighbours(map)) {
        projection_place(&made->flat, hidden, xy);
        return;
    }
    map->means.kern->gemm_nt(1, (int)count, made->len, hidden, made->features, distance);
    for (uint32_t i = 0; i < count; i++)
        distance[i] = made->squares[i] - 2 * distance[i];
    for (uint32_t i = 0; i < near; i++) {
        const float *place =
            made->xy[DIGIT_MAP_NEIGHBOURS] + 2 * (size_t)take_nearest(distance, count);
        xy[0] += place[0] / (float)near;
        xy[1] += place[1] / (float)near;
    }
}
