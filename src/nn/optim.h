/* optim.h -- the step that changes the weights, and the learning rate over time.
 *
 * An optimiser keeps state beside the weights (momentum, Adam's moments): one array of floats and a
 * step counter, so that a checkpoint can hold it. It decays weights only, never biases or batch
 * norm, and moves batch norm's running mean and variance towards the batch's.
 */
#ifndef NN_OPTIM_H
#define NN_OPTIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;
struct kern;
struct nn;

enum optim_kind {
    OPTIM_SGD,      /* w -= rate * g */
    OPTIM_MOMENTUM, /* v = beta1 v + g;  w -= rate * v (Sutskever et al. 2013) */
    OPTIM_ADAM, /* Kingma and Ba 2015, weight decay decoupled as in Loshchilov and Hutter 2019 */
};
const char *optim_name(enum optim_kind kind); /* "sgd", "momentum", "adam" */
bool optim_parse(const char *name, enum optim_kind *kind, struct err *err);

struct optim_spec {
    enum optim_kind kind;
    float beta1, beta2; /* momentum uses beta1 alone */
    float decay;        /* decoupled: w -= rate * decay * w */
    float l2;           /* added to the gradient: g += l2 * w (the book's lambda / n) */
};

struct optim;

struct optim *optim_new(const struct nn *net, struct optim_spec spec, struct err *err);
void optim_free(struct optim *optim); /* NULL is fine */

/* One step, in parts that several threads may do at once: one optim_begin_step, then
 * optim_step_range for ranges [from, to) of the weights that together are all of them. `grad` is
 * the sum over `count` samples (see nn_gradient). */
void optim_begin_step(struct optim *optim);
void optim_step_range(const struct optim *optim, const struct kern *kern, struct nn *net,
                      const float *grad, int count, float rate, size_t from, size_t to);

/* For checkpoints: the state, *len floats (0 for plain SGD), and the number of steps taken. */
float *optim_state(struct optim *optim, size_t *len);
uint64_t optim_steps(const struct optim *optim);
void optim_set_steps(struct optim *optim, uint64_t steps);

enum schedule_kind {
    SCHEDULE_CONSTANT,
    SCHEDULE_ONE_CYCLE, /* cosine from rate/25 up to rate and down to rate/250000 (Smith 2018) */
    SCHEDULE_TRIANGLE,  /* the same in straight lines */
    SCHEDULE_KINDS
};
const char *schedule_name(enum schedule_kind kind); /* "constant", "one-cycle", "triangle" */
bool schedule_parse(const char *name, enum schedule_kind *kind, struct err *err);

struct schedule {
    enum schedule_kind kind;
    float rate;   /* the constant one, or the highest */
    float rising; /* the others: the part of the steps on the way up, such as 0.25 */
};

/* The learning rate of step `step` (from 0) of `total`. */
float schedule_rate(const struct schedule *schedule, uint64_t step, uint64_t total);

#endif
