/* SPDX-License-Identifier: MIT */
/* Orthogonal iteration: two directions are multiplied by the covariance, without its ever being
 * written down, and set upright again, until they stay. */
#include "eval/projection.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "base/rng.h"
#include "kern/kern.h"

enum { AXES = PROJECTION_AXES, TURNS_MAX = 600, SEED = 1 };

#define STILL 1e-10 /* 1 - the cosine between a direction and what a turn makes of it */

struct finding {
    const struct kern *kern;
    uint32_t count;
    int len;
    float *centred; /* [count][len] */
    float *places;  /* [count][AXES] */
    float *turned;  /* [AXES][len] */
};

static double dot(const float *a, const float *b, int len)
{
    double sum = 0;
    for (int i = 0; i < len; i++)
        sum += (double)a[i] * (double)b[i];
    return sum;
}

/* Takes away what lies along the axes before it, and makes it 1 long. Returns how long it was. */
static double set_upright(float *axes, int axis, int len)
{
    float *own = axes + (size_t)axis * (size_t)len;
    for (int i = 0; i < axis; i++) {
        const float *before = axes + (size_t)i * (size_t)len;
        double along = dot(own, before, len);
        for (int j = 0; j < len; j++)
            own[j] -= (float)along * before[j];
    }
    double length = sqrt(dot(own, own, len));
    for (int j = 0; j < len && length > 0; j++)
        own[j] = (float)((double)own[j] / length);
    return length;
}

static void centre(const float *rows, struct finding *f, struct projection *p)
{
    p->whole = 0;
    for (int j = 0; j < f->len; j++) {
        double sum = 0;
        for (uint32_t i = 0; i < f->count; i++)
            sum += (double)rows[(size_t)i * (size_t)f->len + (size_t)j];
        p->mean[j] = f->count ? (float)(sum / f->count) : 0;
    }
    for (uint32_t i = 0; i < f->count; i++) {
        float *row = f->centred + (size_t)i * (size_t)f->len;
        for (int j = 0; j < f->len; j++)
            row[j] = rows[(size_t)i * (size_t)f->len + (size_t)j] - p->mean[j];
        p->whole += dot(row, row, f->len);
    }
    p->whole = f->count > 1 ? p->whole / (f->count - 1) : 0;
}

/* One turn. Returns by how much the direction that moved most did. */
static double turn(struct finding *f, struct projection *p)
{
    const size_t len = (size_t)f->len;
    double most = 0;
    f->kern->gemm_nt((int)f->count, AXES, f->len, f->centred, p->axes, f->places);
    f->kern->gemm_tn(AXES, f->len, (int)f->count, f->places, f->centred, f->turned);
    for (int axis = 0; axis < AXES; axis++) {
        double length = set_upright(f->turned, axis, f->len);
        if (length <= 0) /* there is no variance left: any direction will do */
            memcpy(f->turned + (size_t)axis * len, p->axes + (size_t)axis * len,
                   len * sizeof *f->turned);
        p->variance[axis] = f->count > 1 ? length / (f->count - 1) : 0;
        most = fmax(most, 1 - fabs(dot(f->turned + (size_t)axis * len, p->axes + (size_t)axis * len,
                                       f->len)));
    }
    memcpy(p->axes, f->turned, AXES * len * sizeof *p->axes);
    return most;
}

static void begin_axes(struct projection *p)
{
    struct rng rng = rng_new(SEED, 0);
    for (int i = 0; i < AXES * p->len; i++)
        p->axes[i] = rng_normal(&rng);
    for (int axis = 0; axis < AXES; axis++)
        set_upright(p->axes, axis, p->len);
}

/* So that the same rows give the same picture, not its mirror image. */
static void choose_sign(float *axis, int len)
{
    int largest = 0;
    for (int i = 1; i < len; i++)
        if (fabsf(axis[i]) > fabsf(axis[largest]))
            largest = i;
    float sign = axis[largest] < 0 ? -1 : 1;
    for (int i = 0; i < len; i++)
        axis[i] *= sign;
}

static void find_axes(struct finding *f, struct projection *p)
{
    begin_axes(p);
    for (int i = 0; i < TURNS_MAX && f->count > 0; i++)
        if (turn(f, p) < STILL)
            break;
    for (int axis = 0; axis < AXES; axis++)
        choose_sign(p->axes + (size_t)axis * (size_t)p->len, p->len);
}

bool projection_find(const float *rows, uint32_t count, int len, const struct kern *kern,
                     struct projection *p, struct err *err)
{
    const size_t width = (size_t)len;
    struct finding f = {kern,
                        count,
                        len,
                        malloc((count * width + 1) * sizeof(float)),
                        malloc((count * (size_t)AXES + 1) * sizeof(float)),
                        malloc(AXES * width * sizeof(float))};
    *p = (struct projection){.len = len,
                             .mean = malloc(width * sizeof *p->mean),
                             .axes = malloc(AXES * width * sizeof *p->axes)};
    bool room = f.centred && f.places && f.turned && p->mean && p->axes;
    if (room) {
        centre(rows, &f, p);
        find_axes(&f, p);
    } else
        projection_clear(p);
    free(f.centred);
    free(f.places);
    free(f.turned);
    return room || err_memory(err, _("the map"));
}

void projection_place(const struct projection *p, const float *row, float xy[AXES])
{
    for (int axis = 0; axis < AXES; axis++) {
        const float *direction = p->axes + (size_t)axis * (size_t)p->len;
        double sum = 0;
        for (int i = 0; i < p->len; i++)
            sum += (double)(row[i] - p->mean[i]) * (double)direction[i];
        xy[axis] = (float)sum;
    }
}

void projection_clear(struct projection *p)
{
    free(p->mean);
    free(p->axes);
    *p = (struct projection){.len = 0};
}
