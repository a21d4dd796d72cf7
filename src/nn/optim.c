/* SPDX-License-Identifier: MIT */
#include "nn/optim.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "kern/kern.h"
#include "nn/nn.h"

static const char *names[] = {
    [OPTIM_SGD] = "sgd", [OPTIM_MOMENTUM] = "momentum", [OPTIM_ADAM] = "adam"};

static const float STAT_RATE = 0.1f;     /* how far a running mean moves towards the batch's */
static const float ADAM_EPSILON = 1e-8f; /* keeps a weight without slope from dividing by zero */

struct optim {
    struct optim_spec spec;
    float *state; /* momentum: v;  Adam: m, then v */
    size_t state_len;
    uint64_t steps;
};

const char *optim_name(enum optim_kind kind)
{
    return names[kind];
}

bool optim_parse(const char *name, enum optim_kind *kind, struct err *err)
{
    for (int i = 0; i < 3; i++) {
        if (strcmp(name, names[i]) == 0) {
            *kind = (enum optim_kind)i;
            return true;
        }
    }
    return err_set(err, _("\"%s\" is no optimiser; use sgd, momentum or adam."), name);
}

struct optim *optim_new(const struct nn *net, struct optim_spec spec, struct err *err)
{
    static const size_t arrays[] = {[OPTIM_SGD] = 0, [OPTIM_MOMENTUM] = 1, [OPTIM_ADAM] = 2};
    struct optim *o = calloc(1, sizeof *o);
    if (o) {
        o->spec = spec;
        o->state_len = arrays[spec.kind] * nn_param_len(net);
        o->state = calloc(o->state_len + 1, sizeof *o->state);
    }
    if (!o || !o->state) {
        optim_free(o);
        err_memory(err, _("the optimiser"));
        return NULL;
    }
    return o;
}

void optim_free(struct optim *optim)
{
    if (!optim)
        return;
    free(optim->state);
    free(optim);
}

/* Weights [at, at + len), which are all of one tensor. */
struct piece {
    enum nn_role role;
    size_t at, len;
};

/* g += l2 w, then v = beta1 v + g for momentum, then w -= rate g and w -= rate decay w. */
static void descend(const struct optim *o, struct piece p, const float *grad, float *w,
                    float scale, float rate)
{
    const struct optim_spec *s = &o->spec;
    float l2 = p.role == NN_WEIGHT ? s->l2 : 0, decay = p.role == NN_WEIGHT ? s->decay : 0;
    float *v = s->kind == OPTIM_MOMENTUM ? o->state : NULL;
    for (size_t i = p.at; i < p.at + p.len; i++) {
        float slope = scale * grad[i] + l2 * w[i];
        if (v)
            slope = v[i] = s->beta1 * v[i] + slope;
        w[i] -= rate * (slope + decay * w[i]);
    }
}

static void step_adam(const struct optim *o, const struct kern *kern, struct piece p,
                      const float *grad, float *w, float scale, float rate)
{
    const struct optim_spec *s = &o->spec;
    float *m = o->state, *v = o->state + o->state_len / 2;
    struct kern_adam how = {
        .rate = rate,
        .beta1 = s->beta1,
        .beta2 = s->beta2,
        .epsilon = ADAM_EPSILON,
        .decay = p.role == NN_WEIGHT ? s->decay : 0,
        .l2 = p.role == NN_WEIGHT ? s->l2 : 0,
        .fix1 = (float)(1 / (1 - pow((double)s->beta1, (double)o->steps))),
        .fix2 = (float)(1 / (1 - pow((double)s->beta2, (double)o->steps))),
        .scale = scale,
    };
    kern->adam(p.len, &how, grad + p.at, w + p.at, m + p.at, v + p.at);
}

static void follow_stats(struct piece p, const float *grad, float *w, float scale)
{
    for (size_t i = p.at; i < p.at + p.len; i++)
        w[i] += STAT_RATE * (scale * grad[i] - w[i]);
}

static void step_piece(const struct optim *o, const struct kern *kern, struct piece p,
                       const float *grad, float *w, float scale, float rate)
{
    bool plain = o->spec.kind == OPTIM_SGD && o->spec.decay == 0 && o->spec.l2 == 0;
    if (p.role == NN_STAT)
        follow_stats(p, grad, w, scale);
    else if (o->spec.kind == OPTIM_ADAM)
        step_adam(o, kern, p, grad, w, scale, rate);
    else if (plain)
        kern->add_scaled(p.len, -rate * scale, grad + p.at, w + p.at);
    else
        descend(o, p, grad, w, scale, rate);
}

void optim_begin_step(struct optim *optim)
{
    optim->steps++;
}

void optim_step_range(const struct optim *optim, const struct kern *kern, struct nn *net,
                      const float *grad, int count, float rate, size_t from, size_t to)
{
    for (int i = 0; i < nn_tensor_count(net); i++) {
        const struct nn_tensor *t = nn_tensor(net, i);
        size_t begin = t->at > from ? t->at : from, end = t->at + t->len < to ? t->at + t->len : to;
        if (begin < end)
            step_piece(optim, kern, (struct piece){t->role, begin, end - begin}, grad,
                       nn_params(net), 1 / (float)count, rate);
    }
}

float *optim_state(struct optim *optim, size_t *len)
{
    *len = optim->state_len;
    return optim->state;
}

uint64_t optim_steps(const struct optim *optim)
{
    return optim->steps;
}

void optim_set_steps(struct optim *optim, uint64_t steps)
{
    optim->steps = steps;
}
