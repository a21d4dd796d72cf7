/* hidden.h -- what the last hidden layer of a network makes of every image of a set: the numbers
 * from which likeness (nearest.h) and the map (projection.h, embedding.h) are worked out. Where a
 * network has no hidden layer they are the pictures.
 */
#ifndef EVAL_HIDDEN_H
#define EVAL_HIDDEN_H

#include <stdbool.h>
#include <stdint.h>

struct dataset;
struct err;
struct kern;
struct nn;
struct pool;

struct hidden_setup {
    const struct nn *net; /* of 784 inputs */
    const struct kern *kern;
    struct pool *pool;
    const struct dataset *set;
    /* Asked now and then, with the part that is done; false gives it up. NULL: to the end. */
    bool (*go_on)(void *user, double part);
    void *user;
};

/* Given the `len` activations of an image, on any of the pool's threads. */
typedef void hidden_take(void *to, uint32_t image, const float *activations, int len);

/* How many activations there are. 0 with a sentence: the network takes no digits, no memory. */
int hidden_len(const struct nn *net, const struct kern *kern, struct err *err);

/* Gives each image's to `take`. False with a sentence, or with "" where it was given up. */
bool hidden_read(const struct hidden_setup *setup, hidden_take *take, void *to, struct err *err);

#endif
