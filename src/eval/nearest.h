/* nearest.h -- which images of a set a network takes to be most like a picture.
 *
 * Two pictures are alike when the last hidden layer makes much the same of them: that is all that
 * the answer is made from. Likeness is the cosine between their activations, 1 for the same
 * direction and 0 for nothing in common, so that a pale drawing finds the dark images of its kind.
 * Where a network has no hidden layer it is the cosine between the pictures.
 *
 * The activations of the whole set are read once and kept, in bytes (a 255th of the largest of each
 * image: the cosine is right to 0.01): 69 MB for the 1152 of the shipped model and MNIST's 60,000
 * images, 6 MB for a hidden layer of 100. After that a look takes 20 ms and 1 ms.
 *
 * A window reads the set in a job, anew for every model and set, and looks as the drawing changes:
 *
 *     static bool step(void *job, double part) { return job_step(job, part); }
 *     struct nearest *near = nearest_new(&(struct hidden_setup){net, kern, pool, set, step, job},
 *                                        &err);
 *     count = nearest_find(near, net, x, 8, hits);       one thread at a time
 */
#ifndef EVAL_NEAREST_H
#define EVAL_NEAREST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;
struct hidden_setup;
struct nearest;
struct nn;

enum { NEAREST_MAX = 100 };

struct nearest_hit {
    uint32_t image; /* its number in the set */
    float cosine;
};

/* Needs the set no longer when it is done. NULL with a sentence, or with "" where it was given up.
 */
struct nearest *nearest_new(const struct hidden_setup *setup, struct err *err);
void nearest_free(struct nearest *nearest); /* NULL is fine */

size_t nearest_size(const struct nearest *nearest); /* bytes that it keeps */

/* Writes the `count` images most like x, FIT_LEN floats, most alike first and of equals the first,
 * and returns how many there are: fewer where the set has fewer. `net` is the one that read the
 * set. count: NEAREST_MAX at most. */
int nearest_find(struct nearest *nearest, const struct nn *net, const float *x, int count,
                 struct nearest_hit *hits);

#endif
