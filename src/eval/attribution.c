/* SPDX-License-Identifier: MIT */
#include "eval/attribution.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "nn/nn.h"

enum { SIDE = FIT_SIZE, DIGITS = ATTRIBUTION_DIGITS, BATCH = 16 };

const struct occlusion occlusion_usual = {.side = 5, .step = 2};

struct attributor {
    struct nn_work *work;
    float x[BATCH * FIT_LEN]; /* pictures with a square of paper */
    int at[BATCH];            /* the pixel in the middle of each */
};

struct attributor *attributor_new(const struct nn *net, const struct kern *kern, struct err *err)
{
    if (nn_in_len(net) != FIT_LEN || nn_out_len(net) != DIGITS) {
        err_set(err,
                _("The network takes %d numbers and gives %d; reading digits needs 784 and 10."),
                nn_in_len(net), nn_out_len(net));
        return NULL;
    }
    struct attributor *a = calloc(1, sizeof *a);
    if (!a) {
        err_memory(err, _("looking into the network"));
        return NULL;
    }
    a->work = nn_work_new(net, kern, BATCH, true, err);
    if (a->work)
        return a;
    attributor_free(a);
    return NULL;
}

void attributor_free(struct attributor *attributor)
{
    if (!attributor)
        return;
    nn_work_free(attributor->work);
    free(attributor);
}

void attribution_gradient(struct attributor *attributor, const struct nn *net, const float *x,
                          struct attribution *result)
{
    float dz[DIGITS][DIGITS] = {{0}};
    for (int digit = 0; digit < DIGITS; digit++)
        dz[digit][digit] = 1;
    memcpy(result->z, nn_begin_slopes(net, attributor->work, x), sizeof result->z);
    nn_slopes(net, attributor->work, x, dz[0], DIGITS, result->of[0]);
    for (int digit = 0; digit < DIGITS; digit++)
        for (int i = 0; i < FIT_LEN; i++)
            result->of[digit][i] *= x[i];
}

/* ---- occlusion ----------------------------------------------------------------------------- */

/* The rows or columns of a square around `middle` that lie in the picture: [begin, end). */
struct span {
    int begin, end;
};

static struct span cut_span(int middle, int side)
{
    struct span span = {middle - side / 2, middle + side / 2 + 1};
    if (span.begin < 0)
        span.begin = 0;
    if (span.end > SIDE)
        span.end = SIDE;
    return span;
}

/* Copies x to `out` with paper in the square around pixel `at`. Returns whether ink was there. */
static bool cover(const float *x, int at, int side, float *out)
{
    struct span rows = cut_span(at / SIDE, side), cols = cut_span(at % SIDE, side);
    bool any = false;
    memcpy(out, x, FIT_LEN * sizeof *out);
    for (int row = rows.begin; row < rows.end; row++)
        for (int col = cols.begin; col < cols.end; col++) {
            any |= x[row * SIDE + col] > 0;
            out[row * SIDE + col] = 0;
        }
    return any;
}

/* One figure for the block of step x step whose middle is pixel `at`. */
static void fill_block(float *of, int at, int step, float value)
{
    int top = at / SIDE - step / 2, left = at % SIDE - step / 2;
    for (int row = top; row < top + step; row++)
        for (int col = left; col < left + step; col++)
            of[row * SIDE + col] = value;
}

static void read_covered(struct attributor *a, const struct nn *net, int count, int step,
                         struct attribution *result)
{
    const float *z = nn_sums(net, a->work, a->x, count);
    for (int i = 0; i < count; i++, z += DIGITS)
        for (int digit = 0; digit < DIGITS; digit++)
            fill_block(result->of[digit], a->at[i], step, result->z[digit] - z[digit]);
}

bool attribution_occlusion(struct attributor *a, const struct nn *net, const float *x,
                           struct occlusion how, bool (*go_on)(void *user, double part), void *user,
                           struct attribution *result)
{
    assert(SIDE % how.step == 0);
    int count = 0;
    memset(result, 0, sizeof *result);
    nn_pack(net, a->work);
    memcpy(result->z, nn_sums(net, a->work, x, 1), sizeof result->z);
    for (int row = 0; row < SIDE; row += how.step)
        for (int col = 0; col < SIDE; col += how.step) {
            a->at[count] = (row + how.step / 2) * SIDE + col + how.step / 2;
            if (!cover(x, a->at[count], how.side, a->x + (size_t)count * FIT_LEN))
                continue;
            if (++count < BATCH)
                continue;
            read_covered(a, net, count, how.step, result);
            count = 0;
            if (go_on && !go_on(user, (double)row / SIDE))
                return false;
        }
    if (count > 0)
        read_covered(a, net, count, how.step, result);
    return true;
}
