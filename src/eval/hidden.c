/* SPDX-License-Identifier: MIT */
#include "eval/hidden.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/language.h"
#include "data/dataset.h"
#include "ink/fit.h"
#include "kern/kern.h"
#include "nn/nn.h"
#include "par/pool.h"

enum {
    PIECE = 16,  /* images that a thread reads at a time */
    PIECES = 64, /* of them between one look whether to go on and the next */
};

int hidden_len(const struct nn *net, const struct kern *kern, struct err *err)
{
    int len = 0;
    if (nn_in_len(net) != FIT_LEN) {
        err_set(err, _("The network takes %d numbers; an image of a digit has 784."),
                nn_in_len(net));
        return 0;
    }
    struct nn_work *work = nn_work_new(net, kern, 1, false, err);
    if (work)
        nn_last_hidden(net, work, NULL, &len);
    nn_work_free(work);
    return len;
}

struct reading {
    const struct hidden_setup *setup;
    hidden_take *take;
    void *to;
    struct nn_work **works; /* one a thread */
    float *x;               /* [threads][PIECE][FIT_LEN] */
    uint32_t first;         /* the image that part 0 begins with */
};

static void read_piece(void *context, int part, int thread)
{
    struct reading *r = context;
    const struct hidden_setup *setup = r->setup;
    uint32_t at = r->first + (uint32_t)part * PIECE, left = setup->set->count - at;
    int count = left < PIECE ? (int)left : PIECE, len;
    float *x = r->x + (size_t)thread * PIECE * FIT_LEN;
    setup->kern->from_bytes((size_t)count * FIT_LEN, setup->set->pixels + (size_t)at * FIT_LEN,
                            FIT_SCALE, x);
    nn_sums(setup->net, r->works[thread], x, count);
    const float *hidden = nn_last_hidden(setup->net, r->works[thread], x, &len);
    for (int i = 0; i < count; i++)
        r->take(r->to, at + (uint32_t)i, hidden + (size_t)i * (size_t)len, len);
}

/* False where it was given up. */
static bool read_all(struct reading *r)
{
    const struct hidden_setup *setup = r->setup;
    uint32_t count = setup->set->count, left, at = 0;
    for (; at < count; at += PIECE * PIECES) {
        if (setup->go_on && !setup->go_on(setup->user, (double)at / count))
            return false;
        left = (count - at + PIECE - 1) / PIECE;
        r->first = at;
        pool_run(setup->pool, read_piece, r, (int)(left < PIECES ? left : PIECES));
    }
    return true;
}

static bool prepare(struct reading *r, struct err *err)
{
    int threads = pool_threads(r->setup->pool);
    r->x = malloc((size_t)threads * PIECE * FIT_LEN * sizeof *r->x);
    r->works = calloc((size_t)threads, sizeof(struct nn_work *));
    if (!r->x || !r->works)
        return err_memory(err, _("comparing images"));
    for (int i = 0; i < threads; i++) {
        r->works[i] = nn_work_new(r->setup->net, r->setup->kern, PIECE, false, err);
        if (!r->works[i])
            return false;
        nn_pack(r->setup->net, r->works[i]);
    }
    return true;
}

bool hidden_read(const struct hidden_setup *setup, hidden_take *take, void *to, struct err *err)
{
    struct reading r = {.setup = setup, .take = take, .to = to};
    bool done = prepare(&r, err);
    if (done && !read_all(&r))
        done = err_set(err, "%s", "");
    for (int i = 0; r.works && i < pool_threads(setup->pool); i++)
        nn_work_free(r.works[i]);
    free(r.works);
    free(r.x);
    return done;
}
