/* costs.h -- the quadratic cost of a network over many images: of each of them, of networks that
 * read alike, and along one of its weights.
 *
 * All of it takes a while where there are many images: each function asks `go_on` now and then, and
 * gives up where that says false.
 */
#ifndef LESSON_COSTS_H
#define LESSON_COSTS_H

#include <stdbool.h>
#include <stdint.h>

struct dataset;
struct err;
struct kern;
struct nn;

enum { COSTS_OUTPUTS = 10 };

/* What it is computed on, and whether it shall go on (NULL: it shall). */
struct costs_setup {
    const struct kern *kern;
    const struct dataset *set;
    bool (*go_on)(void *user, double part);
    void *user;
};

/* One image. */
struct costs_image {
    float out[COSTS_OUTPUTS], wanted[COSTS_OUTPUTS];
    double square[COSTS_OUTPUTS]; /* (a - y)^2 of each output */
    double cost;                  /* half of their sum, by nn_cost_of */
    int label, answer;
};

/* Image i of the set, read by the network. False with a sentence: no memory. */
bool costs_read(const struct nn *net, const struct kern *kern, const struct dataset *set,
                uint32_t i, struct costs_image *image, struct err *err);

/* The cost of each image, and whether it is read right: [set->count] of both. */
bool costs_each(const struct costs_setup *setup, const struct nn *net, float *cost, bool *right,
                struct err *err);

/* Cost and accuracy of all images together. */
struct costs_mean {
    double cost, accuracy;
    uint32_t right;
};
bool costs_mean(const struct costs_setup *setup, const struct nn *net, struct costs_mean *mean,
                struct err *err);

/* A copy whose last layer has all weights and biases times `times`. Where each output is a sigmoid
 * and `times` is above 0, the largest output stays the largest. NULL with a sentence. */
struct nn *costs_scaled(const struct nn *net, float times, struct err *err);

/* A weight of the last layer. */
struct costs_place {
    int output, from; /* from hidden neuron `from`, both from 0 */
    float weight;
    double slope; /* d mean cost / d weight */
};
/* Those on which the cost of all images hangs most, the one with the largest slope first. There are
 * at least `count` of them. */
bool costs_steepest(const struct costs_setup *setup, const struct nn *net,
                    struct costs_place *places, int count, struct err *err);

/* The means with that weight moved by each of shifts[count]. */
bool costs_along(const struct costs_setup *setup, const struct nn *net,
                 const struct costs_place *place, const float *shifts, int count,
                 struct costs_mean *means, struct err *err);

#endif
