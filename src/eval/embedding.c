/* SPDX-License-Identifier: MIT */
/* p_ij: how much of a neighbour j is to i among the rows, by a normal distribution whose width
 * suits i (its entropy is that of `perplexity` equal neighbours), made symmetric q_ij = n_ij / Z,
 * n_ij = 1 / (1 + |y_i - y_j|^2), Z = sum n_ij
 *
 * Going down the divergence of q from p:  dC/dy_i = 4 sum_j (p_ij - q_ij) n_ij (y_i - y_j)
 *
 * Early on, all p are 12 times as large, so that groups find one another (ibid., 3.4); each step
 * has a gain of its own in each coordinate (Jacobs 1988), and momentum.
 */
#include "eval/embedding.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clamp.h"
#include "base/err.h"
#include "base/language.h"
#include "kern/kern.h"
#include "par/pool.h"

enum {
    BLOCK = 64,     /* rows that a thread takes at a time */
    EARLY = 120,    /* steps during which p is exaggerated */
    TRIES = 40,     /* to find the width of a row's neighbourhood */
    BETWEEN = 10,   /* steps between one look whether to go on and the next */
    PER_MATRIX = 4, /* looks while the neighbours are being found */
};

#define EXAGGERATION    12.0f
#define BEGIN_DEVIATION 1e-2f
#define LEAST_Z 1e-9

struct embedding {
    const struct embedding_setup *setup;
    uint32_t first;      /* of the rows whose neighbours are found together */
    float *squares;      /* [count]: of the length of each row */
    float *p;            /* [count][count] */
    float *weights;      /* [threads][3][count]: p n, n n and n of a row */
    float *sides;        /* [3][count]: 1, x and y */
    float *sums;         /* [count][3][3]: each of the weights with each of the sides */
    float *x;            /* [2][count]: the places, */
    float *speed, *gain; /* likewise */
    float exaggeration;
};

/* ---- p --------------------------------------------------------------------------------------- */

/* Turns squared distances from row i into weights of that entropy. */
static void weigh_neighbours(float *row, uint32_t count, uint32_t i, double entropy)
{
    double beta = 1, low = 0, high = INFINITY;
    float nearest = INFINITY;
    for (uint32_t j = 0; j < count; j++)
        if (j != i)
            nearest = fminf(nearest, row[j]);
    for (int try = 0; try < TRIES; try++) {
        double sum = 0, mean = 0;
        for (uint32_t j = 0; j < count; j++) {
            double weight = j == i ? 0 : exp(-beta * (double)(row[j] - nearest));
            sum += weight;
            mean += weight * (double)(row[j] - nearest);
        }
        double found = log(sum) + beta * mean / sum;
        if (fabs(found - entropy) < 1e-4)
            break;
        *(found > entropy ? &low : &high) = beta;
        beta = isinf(high) ? 2 * beta : (low + high) / 2;
    }
    double sum = 0;
    for (uint32_t j = 0; j < count; j++) {
        row[j] = j == i ? 0 : expf((float)-beta * (row[j] - nearest));
        sum += (double)row[j];
    }
    for (uint32_t j = 0; j < count; j++)
        row[j] = (float)((double)row[j] / sum);
}

static void find_neighbours(void *context, int part, int thread)
{
    (void)thread;
    struct embedding *e = context;
    const struct embedding_setup *s = e->setup;
    uint32_t count = s->count, first = e->first + (uint32_t)part * BLOCK;
    uint32_t rows = count - first < BLOCK ? count - first : BLOCK;
    float *p = e->p + (size_t)first * count;
    s->kern->gemm_nt((int)rows, (int)count, s->len, s->rows + (size_t)first * (size_t)s->len,
                     s->rows, p);
    for (uint32_t i = 0; i < rows; i++) {
        float *row = p + (size_t)i * count;
        for (uint32_t j = 0; j < count; j++)
            row[j] = max_float(e->squares[first + i] + e->squares[j] - 2 * row[j], 0);
        weigh_neighbours(row, count, first + i, log(fmin(s->perplexity, count / 3.0)));
    }
}

static void make_symmetric(struct embedding *e)
{
    uint32_t count = e->setup->count;
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t j = 0; j < i; j++) {
            float *there = e->p + (size_t)i * count + j, *back = e->p + (size_t)j * count + i;
            *there = *back = (*there + *back) / (2 * (float)count);
        }
}

static void measure_rows(struct embedding *e)
{
    const struct embedding_setup *s = e->setup;
    for (uint32_t i = 0; i < s->count; i++) {
        double sum = 0;
        const float *row = s->rows + (size_t)i * (size_t)s->len;
        for (int j = 0; j < s->len; j++)
            sum += (double)row[j] * (double)row[j];
        e->squares[i] = (float)sum;
    }
}

/* ---- steps ----------------------------------------------------------------------------------- */

static void pull_rows(void *context, int part, int thread)
{
    struct embedding *e = context;
    uint32_t count = e->setup->count, first = (uint32_t)part * BLOCK;
    float *near = e->weights + (size_t)thread * 3 * count;
    float *far = near + count, *all = far + count;
    const float *x = e->x, *y = x + count;
    for (uint32_t i = first; i < count && i < first + BLOCK; i++) {
        const float *p = e->p + (size_t)i * count;
        for (uint32_t j = 0; j < count; j++) {
            float dx = x[i] - x[j], dy = y[i] - y[j];
            float n = 1 / (1 + dx * dx + dy * dy);
            near[j] = p[j] * n;
            far[j] = n * n;
            all[j] = n;
        }
        e->setup->kern->gemm_nt(3, 3, (int)count, near, e->sides, e->sums + (size_t)i * 9);
    }
}

/* One coordinate of a row: by its gradient, with gain and momentum. */
static void move_place(struct embedding *e, size_t at, float gradient, float momentum, float rate)
{
    bool same = (gradient > 0) == (e->speed[at] > 0);
    e->gain[at] = max_float(same ? e->gain[at] * 0.8f : e->gain[at] + 0.2f, 0.01f);
    e->speed[at] = momentum * e->speed[at] - rate * e->gain[at] * gradient;
    e->x[at] += e->speed[at];
}

static void take_step(struct embedding *e, float momentum)
{
    uint32_t count = e->setup->count;
    float rate = max_float((float)count / EXAGGERATION / 4, 50);
    double z = -(double)count; /* without each row's own */
    memcpy(e->sides + count, e->x, 2 * (size_t)count * sizeof *e->x);
    pool_run(e->setup->pool, pull_rows, e, (int)((count + BLOCK - 1) / BLOCK));
    for (uint32_t i = 0; i < count; i++)
        z += (double)e->sums[(size_t)i * 9 + 6];
    z = fmax(z, LEAST_Z); /* of a few rows that flew far apart nothing is left */
    for (uint32_t i = 0; i < count; i++) {
        const float *near = e->sums + (size_t)i * 9, *far = near + 3;
        for (uint32_t axis = 0; axis < 2; axis++) {
            size_t at = (size_t)axis * count + i;
            float own = e->x[at];
            float pull = own * near[0] - near[1 + axis], push = own * far[0] - far[1 + axis];
            move_place(e, at, 4 * (e->exaggeration * pull - push / (float)z), momentum, rate);
        }
    }
}

/* ---- from the beginning to the end ----------------------------------------------------------- */

static void tell_places(const struct embedding *e, float *xy)
{
    uint32_t count = e->setup->count;
    for (uint32_t axis = 0; axis < 2; axis++) {
        double sum = 0;
        for (uint32_t i = 0; i < count; i++)
            sum += (double)e->x[(size_t)axis * count + i];
        for (uint32_t i = 0; i < count; i++)
            xy[2 * i + axis] = (float)((double)e->x[(size_t)axis * count + i] - sum / count);
    }
}

static void begin_places(struct embedding *e, const float *xy)
{
    uint32_t count = e->setup->count;
    double squares = 0;
    for (uint32_t i = 0; i < 2 * count; i++)
        squares += (double)xy[i] * (double)xy[i];
    float scale = squares > 0 ? BEGIN_DEVIATION / (float)sqrt(squares / count) : 0;
    for (uint32_t i = 0; i < count; i++) {
        e->x[i] = xy[2 * i] * scale;
        e->x[count + i] = xy[2 * i + 1] * scale;
        e->sides[i] = 1;
    }
    for (size_t i = 0; i < 2 * (size_t)count; i++)
        e->gain[i] = 1;
}

/* The parts of the whole: the neighbours are a tenth of it. */
static bool goes_on(const struct embedding *e, double part, const float *xy)
{
    return !e->setup->go_on || e->setup->go_on(e->setup->user, part, xy);
}

static bool find_all_neighbours(struct embedding *e, const float *xy)
{
    uint32_t count = e->setup->count, step = (count / PER_MATRIX / BLOCK + 1) * BLOCK;
    measure_rows(e);
    for (e->first = 0; e->first < count; e->first += step) {
        if (!goes_on(e, 0.1 * e->first / count, xy))
            return false;
        uint32_t left = count - e->first < step ? count - e->first : step;
        pool_run(e->setup->pool, find_neighbours, e, (int)((left + BLOCK - 1) / BLOCK));
    }
    make_symmetric(e);
    return true;
}

static bool take_steps(struct embedding *e, float *xy)
{
    begin_places(e, xy);
    for (int step = 0; step < EMBEDDING_STEPS; step++) {
        bool early = step < EARLY;
        e->exaggeration = early ? EXAGGERATION : 1;
        take_step(e, early ? 0.5f : 0.8f);
        if (step % BETWEEN > 0)
            continue;
        tell_places(e, xy);
        if (!goes_on(e, 0.1 + 0.9 * step / EMBEDDING_STEPS, xy))
            return false;
    }
    tell_places(e, xy);
    return true;
}

bool embedding_find(const struct embedding_setup *setup, float *xy, struct err *err)
{
    const size_t count = setup->count, size = sizeof(float);
    struct embedding e = {.setup = setup,
                          .squares = malloc((count + 1) * size),
                          .p = malloc((count * count + 1) * size),
                          .weights =
                              malloc((size_t)pool_threads(setup->pool) * 3 * count * size + 1),
                          .sides = malloc(3 * count * size + 1),
                          .sums = malloc(9 * count * size + 1),
                          .x = malloc(2 * count * size + 1),
                          .speed = calloc(2 * count + 1, size),
                          .gain = malloc(2 * count * size + 1)};
    bool done = (e.squares && e.p && e.weights && e.sides && e.sums && e.x && e.speed && e.gain) ||
                err_memory(err, _("the map"));
    if (done && count > 1)
        done = (find_all_neighbours(&e, xy) && take_steps(&e, xy)) || err_set(err, "%s", "");
    free(e.squares);
    free(e.p);
    free(e.weights);
    free(e.sides);
    free(e.sums);
    free(e.x);
    free(e.speed);
    free(e.gain);
    return done;
}
